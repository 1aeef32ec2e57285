pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The whole song at a glance: its sections by length. A click goes there, a double click loops the section.
Rectangle {
    id: strip

    required property SongViewModel song
    required property TransportViewModel transport
    readonly property real span: width - 2 * Theme.gap - more.width - Theme.gapTiny
    readonly property real perTick: span / song.sections.length

    height: 52
    color: Theme.window

    Repeater {
        model: strip.song.sections

        delegate: T.AbstractButton {
            id: block

            required property string name
            required property string kind
            required property int bars
            required property real start
            required property real end
            readonly property color tint: Theme.sectionColor(kind)
            readonly property bool current: strip.transport.position >= start && strip.transport.position < end
            readonly property bool looped: strip.transport.looping && strip.transport.loopStart <= start && strip.transport.loopEnd >= end

            x: Theme.gap + start * strip.perTick
            y: 8
            width: (end - start) * strip.perTick - 3
            height: 36
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("%1, %n bar(s)", "", block.bars).arg(block.name)
            Keys.onReturnPressed: block.clicked()
            Keys.onEnterPressed: block.clicked()
            onClicked: strip.transport.seek(block.start)
            onDoubleClicked: strip.transport.loopRange(block.start, block.end)

            background: Rectangle {
                radius: Theme.radiusSmall + 1
                color: Theme.faded(block.tint, block.current ? 0.34 : block.hovered ? 0.26 : 0.17)
                border.width: block.looped ? 2 : 0
                border.color: Theme.accent

                Rectangle {
                    width: parent.width
                    height: 3
                    radius: 1.5
                    color: block.tint
                }
                FocusRing {
                    shown: block.visualFocus
                }
            }

            contentItem: Item {
                clip: true

                Column {
                    x: Theme.gapSmall
                    width: parent.width - Theme.gapSmall
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.verticalCenterOffset: 1

                    Label {
                        width: parent.width
                        text: block.name
                        font.pixelSize: Theme.captionSize
                        font.weight: block.current ? Font.DemiBold : Font.Medium
                        Accessible.ignored: true
                    }
                }
            }

            ToolTip {
                visible: block.hovered && !block.down
                text: qsTr("%1, %n bar(s)", "", block.bars).arg(block.name) + "   " + qsTr("double click: loop")
            }
        }
    }

    IconButton {
        id: more
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        y: 8
        width: 36
        height: 36
        iconName: "plus"
        iconSize: 18
        enabled: !strip.song.changing
        text: qsTr("Go on with the song")
        Accessible.role: Accessible.ButtonMenu
        onClicked: kinds.popup(more, more.width - kinds.width, more.height + 4)

        Menu {
            id: kinds

            MenuItem {
                text: qsTr("What comes next")
                onTriggered: strip.song.goOn([])
            }
            MenuSeparator {}
            MenuItem {
                text: qsTr("Verse")
                onTriggered: strip.song.goOn(["verse"])
            }
            MenuItem {
                text: qsTr("Pre-chorus")
                onTriggered: strip.song.goOn(["prechorus"])
            }
            MenuItem {
                text: qsTr("Chorus")
                onTriggered: strip.song.goOn(["chorus"])
            }
            MenuItem {
                text: qsTr("Bridge")
                onTriggered: strip.song.goOn(["bridge"])
            }
            MenuItem {
                text: qsTr("Interlude")
                onTriggered: strip.song.goOn(["interlude"])
            }
        }
    }

    Rectangle {
        x: Theme.gap + strip.transport.position * strip.perTick - 1
        y: 4
        width: 2
        height: parent.height - 8
        radius: 1
        color: Theme.text
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
