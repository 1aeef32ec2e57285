import QtQuick
import Cantilena

// The ring around the control that has the keyboard.
Rectangle {
    property bool shown: false
    property int distance: 2

    anchors.fill: parent
    anchors.margins: -distance
    visible: shown
    color: "transparent"
    border.color: Theme.focus
    border.width: 2
    radius: Theme.radius + distance
}
