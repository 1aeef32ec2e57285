pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// Who sings and how: singers with their portraits, the voice's controls, second voices. What is changed is heard as
// soon as the phrase under the playhead has been sung again.
FocusScope {
    id: panel

    required property SingerViewModel singer
    property real available: 520
    property real room: 600 ///< height at most
    readonly property var places: [qsTr("Off"), qsTr("Choruses"), qsTr("Throughout")]

    signal closed

    width: Math.min(520, available)
    height: Math.min(flick.contentHeight + 2 * Theme.gap, room)
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Singer")
    Keys.onEscapePressed: panel.closed()

    onVisibleChanged: {
        if (visible)
            close.forceActiveFocus(Qt.PopupFocusReason);
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

    // What lies under the panel is not meant.
    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        acceptedButtons: Qt.AllButtons
        onWheel: wheel => wheel.accepted = true
    }

    Flickable {
        id: flick
        anchors.fill: parent
        anchors.margins: Theme.gap
        contentHeight: column.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {}

        Column {
            id: column
            width: flick.width - (flick.contentHeight > flick.height ? 12 : 0)
            spacing: Theme.gap

            Item {
                width: parent.width
                height: close.height

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Singer")
                    font.pixelSize: Theme.titleSize
                    font.weight: Font.DemiBold
                }
                Button {
                    anchors.right: close.left
                    anchors.rightMargin: Theme.gapSmall
                    visible: !panel.singer.plain
                    height: close.height
                    text: qsTr("Reset")
                    Accessible.description: qsTr("All controls and second voices as they begin")
                    onClicked: panel.singer.reset()
                }
                IconButton {
                    id: close
                    anchors.right: parent.right
                    width: 28
                    height: 28
                    iconSize: 16
                    iconName: "close"
                    text: qsTr("Close")
                    onClicked: panel.closed()
                }
            }

            Row {
                id: singers
                width: parent.width
                spacing: Theme.gapSmall

                Repeater {
                    model: panel.singer.cards

                    delegate: SingerCard {
                        required property var modelData

                        width: (singers.width - singers.spacing * (panel.singer.cards.length - 1)) / Math.max(1, panel.singer.cards.length)
                        text: modelData.name
                        style: modelData.style
                        portrait: modelData.portrait
                        chosen: panel.singer.id === modelData.id
                        onClicked: panel.singer.choose(modelData.id)
                    }
                }
            }

            Label {
                width: parent.width
                text: qsTr("%1 Sings best from %2.").arg(panel.singer.description).arg(panel.singer.range)
                wrapMode: Text.Wrap
                font.pixelSize: Theme.labelSize
                color: Theme.textMuted
            }

            Grid {
                id: grid
                width: parent.width
                columns: width > 380 ? 2 : 1
                columnSpacing: Theme.gapLarge
                rowSpacing: Theme.gapSmall

                Repeater {
                    model: [
                        {
                            control: "breath",
                            title: qsTr("Breath"),
                            low: qsTr("clear"),
                            high: qsTr("airy")
                        },
                        {
                            control: "tension",
                            title: qsTr("Tension"),
                            low: qsTr("soft"),
                            high: qsTr("pressed")
                        },
                        {
                            control: "brightness",
                            title: qsTr("Brightness"),
                            low: qsTr("dark"),
                            high: qsTr("bright")
                        },
                        {
                            control: "vibrato",
                            title: qsTr("Vibrato"),
                            low: qsTr("straight"),
                            high: qsTr("wide")
                        },
                        {
                            control: "consonants",
                            title: qsTr("Consonants"),
                            low: qsTr("smooth"),
                            high: qsTr("firm")
                        },
                        {
                            control: "gender",
                            title: qsTr("Throat"),
                            low: qsTr("larger"),
                            high: qsTr("smaller")
                        },
                        {
                            control: "growl",
                            title: qsTr("Growl"),
                            low: qsTr("none"),
                            high: qsTr("rough")
                        }
                    ]

                    delegate: VoiceControl {
                        required property var modelData

                        width: grid.columns === 2 ? (grid.width - grid.columnSpacing) / 2 : grid.width
                        title: modelData.title
                        low: modelData.low
                        high: modelData.high
                        neutral: modelData.control === "growl" ? 0 : 0.5
                        level: panel.singer.controls[modelData.control] ?? neutral
                        onChosen: value => panel.singer.setControl(modelData.control, value)
                    }
                }
            }

            ChoiceRow {
                width: parent.width
                title: qsTr("Double takes")
                choices: panel.places
                chosen: panel.singer.doubles
                onPicked: index => panel.singer.doubles = index
            }
            ChoiceRow {
                width: parent.width
                title: qsTr("Second voice")
                choices: panel.places
                chosen: panel.singer.harmony
                onPicked: index => panel.singer.harmony = index
            }
            ChoiceRow {
                width: parent.width
                visible: panel.singer.harmony > 0
                title: qsTr("It sings")
                choices: [qsTr("Above the tune"), qsTr("Below the tune")]
                chosen: panel.singer.harmonyBelow ? 1 : 0
                onPicked: index => panel.singer.harmonyBelow = index === 1
            }
        }
    }
}
