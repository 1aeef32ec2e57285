pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

Rectangle {
    id: panel

    required property SongViewModel song
    required property real selected
    property bool singerShown: false

    signal picked(real id)
    signal singerToggled

    color: Theme.surface

    ListView {
        id: list
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: chip.visible ? chip.top : parent.bottom
        anchors.rightMargin: 1
        topMargin: Theme.gapSmall
        bottomMargin: Theme.gapSmall
        model: panel.song.tracks
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        spacing: 2
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Tracks")
        T.ScrollBar.vertical: ScrollBar {}

        delegate: T.ItemDelegate {
            id: row

            required property real trackId
            required property string name
            required property string role
            required property string detail
            required property real gain
            required property bool mute
            required property bool solo
            readonly property bool current: panel.selected === trackId
            readonly property color tint: Theme.roleColor(role)

            x: Theme.gapSmall
            width: list.width - 2 * Theme.gapSmall
            height: 70
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.ListItem
            Accessible.name: row.name
            Accessible.description: row.detail
            Accessible.selected: row.current
            Keys.onReturnPressed: row.clicked()
            Keys.onEnterPressed: row.clicked()
            onClicked: panel.picked(row.trackId)

            background: Rectangle {
                radius: Theme.radius
                color: row.current ? Theme.hover : row.hovered ? Theme.raised : "transparent"

                Rectangle {
                    visible: row.current
                    x: 0
                    y: 10
                    width: 3
                    height: parent.height - 20
                    radius: 1.5
                    color: row.tint
                }
                FocusRing {
                    shown: row.visualFocus
                    distance: 0
                }
            }

            Item {
                anchors.fill: parent

                Icon {
                    id: icon
                    x: Theme.gap
                    y: 11
                    name: "role-" + row.role
                    size: 20
                    color: row.tint
                    opacity: row.mute ? 0.5 : 1
                }
                Label {
                    anchors.left: icon.right
                    anchors.leftMargin: 10
                    anchors.right: buttons.left
                    anchors.rightMargin: 6
                    y: 9
                    height: 24
                    text: row.name
                    font.weight: Font.Medium
                    color: row.mute ? Theme.textFaint : Theme.text
                }
                Row {
                    id: buttons
                    anchors.right: parent.right
                    anchors.rightMargin: 10
                    y: 10
                    spacing: 4

                    ToggleButton {
                        text: qsTr("M", "mute, one letter")
                        name: qsTr("Mute %1").arg(row.name)
                        checked: row.mute
                        activeColor: Theme.warning
                        activeTextColor: Theme.window
                        onClicked: {
                            panel.song.tracks.setMute(row.trackId, checked);
                            checked = Qt.binding(() => row.mute);
                        }
                    }
                    ToggleButton {
                        text: qsTr("S", "solo, one letter")
                        name: qsTr("Solo %1").arg(row.name)
                        checked: row.solo
                        onClicked: {
                            panel.song.tracks.setSolo(row.trackId, checked);
                            checked = Qt.binding(() => row.solo);
                        }
                    }
                }
                Slider {
                    id: gain
                    x: Theme.gap
                    y: 40
                    width: parent.width - Theme.gap - 72
                    from: -36
                    to: 6
                    stepSize: 0.5
                    value: row.gain
                    name: qsTr("Gain of %1").arg(row.name)
                    valueText: gainText.text
                    // Heard at once; one undo step a gesture.
                    onMoved: {
                        if (pressed)
                            panel.song.tracks.previewGain(row.trackId, value);
                        else
                            panel.song.tracks.setGain(row.trackId, value);
                    }
                    onPressedChanged: {
                        if (pressed)
                            return;
                        panel.song.tracks.setGain(row.trackId, value);
                        value = Qt.binding(() => row.gain);
                    }
                }
                Label {
                    id: gainText
                    anchors.right: parent.right
                    anchors.rightMargin: 10
                    y: 40
                    width: 56
                    height: 22
                    horizontalAlignment: Text.AlignRight
                    text: (gain.value > 0 ? "+" : gain.value < 0 ? "−" : "") + Math.abs(gain.value).toFixed(1) + " dB"
                    font.pixelSize: 11
                    color: Theme.textMuted
                }
            }
        }
    }

    SingerChip {
        id: chip
        anchors.bottom: parent.bottom
        width: parent.width - 1
        visible: panel.song.singer.sung
        singer: panel.song.singer
        shown: panel.singerShown
        onClicked: panel.singerToggled()
    }

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.line
    }
}
