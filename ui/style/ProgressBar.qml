import QtQuick
import QtQuick.Templates as T
import Cantilena

T.ProgressBar {
    id: control

    property string name: ""

    implicitWidth: 120
    implicitHeight: 4

    Accessible.role: Accessible.ProgressBar
    Accessible.name: name
    Accessible.description: Math.round(control.position * 100) + " %"

    background: Rectangle {
        radius: height / 2
        color: Theme.pressed
    }

    contentItem: Item {
        Rectangle {
            width: parent.width * control.position
            height: parent.height
            radius: height / 2
            color: Theme.accent
        }
    }
}
