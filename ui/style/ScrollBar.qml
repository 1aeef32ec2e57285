import QtQuick
import QtQuick.Templates as T
import Cantilena

T.ScrollBar {
    id: control

    implicitWidth: 10
    implicitHeight: 10
    padding: 2
    minimumSize: 0.06
    hoverEnabled: true
    visible: size < 1

    Accessible.role: Accessible.ScrollBar

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: control.pressed ? Theme.textFaint : control.hovered ? Theme.lineStrong : Theme.line
    }
}
