pragma ComponentBehavior: Bound
import QtQuick
import Cantilena

// Proposals for a part of the tune, one after the other in the song, until one is kept.
FocusScope {
    id: bar

    required property TakesViewModel takes
    required property TransportViewModel transport
    property real available: 460

    visible: takes.open
    width: Math.min(460, available)
    height: column.height + 2 * Theme.gapSmall + 4
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Takes of the tune: %1").arg(takes.part)
    Keys.onEscapePressed: bar.takes.cancel()

    onVisibleChanged: {
        if (visible)
            more.forceActiveFocus(Qt.PopupFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius + 2
        color: Theme.raised
        border.width: 1
        border.color: Theme.lineStrong

        Rectangle {
            z: -1
            anchors.fill: parent
            anchors.topMargin: 3
            anchors.bottomMargin: -4
            radius: parent.radius
            color: Theme.shadow
        }
    }

    // What lies under the bar is not meant.
    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        acceptedButtons: Qt.AllButtons
        onWheel: wheel => wheel.accepted = true
    }

    Column {
        id: column
        x: Theme.gap
        y: Theme.gapSmall + 2
        width: bar.width - 2 * Theme.gap
        spacing: 6

        Row {
            spacing: Theme.gapSmall

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: bar.takes.part
                font.pixelSize: Theme.labelSize
                font.weight: Font.DemiBold
            }
            IconButton {
                width: 28
                height: 28
                iconSize: 16
                iconName: bar.transport.playing ? "stop" : "play"
                text: bar.transport.playing ? qsTr("Stop") : qsTr("Listen to this part")
                onClicked: {
                    if (bar.transport.playing) {
                        bar.transport.stop();
                    } else {
                        bar.transport.seek(bar.takes.start);
                        bar.transport.play();
                    }
                }
            }
            Chip {
                anchors.verticalCenter: parent.verticalCenter
                checkable: true
                checked: bar.takes.vary
                chosen: checked
                text: qsTr("Variation")
                Accessible.description: qsTr("The next take begins like the tune as it was")
                onToggled: bar.takes.vary = checked
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                leftPadding: Theme.gapSmall
                text: qsTr("Safe")
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
                Accessible.ignored: true
            }
            Slider {
                anchors.verticalCenter: parent.verticalCenter
                width: 92
                value: bar.takes.bravery
                stepSize: 0.25
                snapMode: Slider.SnapAlways
                name: qsTr("From safe to brave")
                valueText: qsTr("%1 percent brave").arg(Math.round(value * 100))
                onMoved: bar.takes.bravery = value
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Brave")
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
                Accessible.ignored: true
            }
        }

        Flow {
            width: parent.width
            spacing: 6

            Repeater {
                model: bar.takes.takes

                delegate: Chip {
                    required property int index
                    required property string modelData

                    text: modelData
                    chosen: bar.takes.chosen === index
                    enabled: !bar.takes.busy
                    Accessible.role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: chosen
                    onClicked: bar.takes.choose(index)
                }
            }
        }

        Label {
            visible: bar.takes.notice !== ""
            width: parent.width
            text: bar.takes.notice
            color: Theme.warning
            font.pixelSize: Theme.labelSize
            wrapMode: Text.Wrap
        }

        Item {
            width: parent.width
            height: 32

            Button {
                id: more
                height: parent.height
                leftPadding: 12
                rightPadding: 12
                font.pixelSize: Theme.labelSize
                enabled: !bar.takes.busy
                text: qsTr("Another take")
                onClicked: bar.takes.another()
            }
            BusySign {
                anchors.left: more.right
                anchors.leftMargin: Theme.gapSmall
                anchors.verticalCenter: parent.verticalCenter
                running: bar.takes.busy
                name: qsTr("Writing a tune")
            }
            Row {
                anchors.right: parent.right
                height: parent.height
                spacing: 6

                Button {
                    height: parent.height
                    quiet: true
                    leftPadding: 12
                    rightPadding: 12
                    font.pixelSize: Theme.labelSize
                    text: qsTr("Cancel")
                    Accessible.description: qsTr("Leaves the tune as it was")
                    onClicked: bar.takes.cancel()
                }
                Button {
                    height: parent.height
                    primary: true
                    leftPadding: 14
                    rightPadding: 14
                    font.pixelSize: Theme.labelSize
                    text: qsTr("Keep")
                    onClicked: bar.takes.keep()
                }
            }
        }
    }
}
