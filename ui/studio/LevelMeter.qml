pragma ComponentBehavior: Bound
import QtQuick
import Cantilena

// Peak levels left and right, in decibels from -60 to 0.
Column {
    id: meter

    property real levelLeft: 0
    property real levelRight: 0
    property int span: 84

    spacing: 3
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Level")

    Repeater {
        model: 2

        delegate: Rectangle {
            id: channel

            required property int index
            readonly property real level: index === 0 ? meter.levelLeft : meter.levelRight

            width: meter.span
            height: 6
            radius: 3
            color: Theme.pressed

            Rectangle {
                width: parent.width * channel.level
                height: parent.height
                radius: 3
                color: channel.level > 0.985 ? Theme.danger : channel.level > 0.9 ? Theme.warning : Theme.success
            }
        }
    }
}
