import QtQuick
import Cantilena

// Everything about the song as a whole: where it plays, what it is called, what can be done with it.
Rectangle {
    id: bar

    required property Workspace workspace
    required property bool lyricsShown
    readonly property SongViewModel song: workspace.song
    readonly property TransportViewModel transport: workspace.transport
    readonly property bool narrow: width < 1200

    signal lyricsToggled
    signal saveRequested
    signal audioRequested
    signal midiRequested

    height: 64
    color: Theme.surface

    Row {
        id: left
        x: Theme.gapSmall
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        IconButton {
            iconName: "home"
            text: qsTr("Start screen")
            shortcutText: "Ctrl+N"
            onClicked: bar.song.close()
        }
        TextField {
            id: title
            width: Math.min(bar.narrow ? 190 : 300, Math.max(120, implicitContentWidth + 24))
            readonly property real implicitContentWidth: titleMetrics.advanceWidth
            bare: true
            name: qsTr("Title")
            font.pixelSize: Theme.titleSize
            font.weight: Font.DemiBold
            text: bar.song.title
            maximumLength: 200
            onEditingFinished: {
                bar.song.rename(text);
                text = Qt.binding(() => bar.song.title);
                cursorPosition = 0;
            }
            Keys.onEscapePressed: {
                text = Qt.binding(() => bar.song.title);
                focus = false;
            }
            onAccepted: focus = false
            Component.onCompleted: cursorPosition = 0
            onTextChanged: {
                if (!activeFocus)
                    cursorPosition = 0;
            }

            TextMetrics {
                id: titleMetrics
                font: title.font
                text: title.text
            }
        }
        IconButton {
            iconName: "undo"
            enabled: bar.song.canUndo
            text: bar.song.undoText
            shortcutText: "Ctrl+Z"
            onClicked: bar.song.undo()
        }
        IconButton {
            iconName: "redo"
            enabled: bar.song.canRedo
            text: bar.song.redoText
            shortcutText: "Ctrl+Shift+Z"
            onClicked: bar.song.redo()
        }
    }

    Row {
        id: middle
        x: Math.max(left.x + left.width + Theme.gap, Math.min((bar.width - width) / 2, right.x - width - Theme.gap))
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gapSmall

        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            iconName: "start"
            text: qsTr("Go to the start")
            shortcutText: "Home"
            onClicked: bar.transport.toStart()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            width: 46
            height: 42
            primary: true
            iconName: bar.transport.playing ? "stop" : "play"
            iconSize: 22
            text: bar.transport.playing ? qsTr("Stop") : qsTr("Play")
            shortcutText: qsTr("Space")
            onClicked: bar.transport.toggle()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            iconName: "loop"
            checked: bar.transport.looping
            Accessible.checkable: true
            text: qsTr("Loop the section")
            shortcutText: "L"
            onClicked: bar.transport.toggleLoop()
        }

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: readout.width + 28
            height: 46
            radius: Theme.radius
            color: Theme.sunken

            Row {
                id: readout
                anchors.centerIn: parent
                spacing: Theme.gap

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    width: 58
                    text: bar.transport.barBeat
                    font.pixelSize: 20
                    font.weight: Font.DemiBold
                    Accessible.name: qsTr("Bar and beat: %1").arg(text)
                }
                Column {
                    anchors.verticalCenter: parent.verticalCenter
                    width: 50

                    Label {
                        text: bar.transport.time
                        font.pixelSize: Theme.labelSize
                        Accessible.name: qsTr("Time: %1").arg(text)
                    }
                    Label {
                        text: bar.transport.totalTime
                        font.pixelSize: 11
                        color: Theme.textMuted
                        Accessible.name: qsTr("Length: %1").arg(text)
                    }
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: 1
                    height: 28
                    color: Theme.line
                }
                Column {
                    anchors.verticalCenter: parent.verticalCenter

                    Label {
                        text: qsTr("%1 BPM").arg(bar.song.tempo)
                        font.pixelSize: Theme.labelSize
                    }
                    Label {
                        text: bar.song.key + "  " + bar.song.meter
                        font.pixelSize: 11
                        color: Theme.textMuted
                    }
                }
            }
        }
        LevelMeter {
            anchors.verticalCenter: parent.verticalCenter
            visible: bar.width >= 1040
            span: bar.narrow ? 44 : 84
            levelLeft: bar.transport.levelLeft
            levelRight: bar.transport.levelRight
        }
    }

    Row {
        id: right
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        IconButton {
            iconName: "lyrics"
            checked: bar.lyricsShown
            Accessible.checkable: true
            text: bar.lyricsShown ? qsTr("Hide the lyrics") : qsTr("Show the lyrics")
            onClicked: bar.lyricsToggled()
        }
        IconButton {
            iconName: bar.workspace.dark ? "sun" : "moon"
            text: bar.workspace.dark ? qsTr("Light theme") : qsTr("Dark theme")
            onClicked: bar.workspace.dark = !bar.workspace.dark
        }
        HelpButton {}
        IconButton {
            iconName: "save"
            text: qsTr("Save as…")
            shortcutText: "Ctrl+S"
            onClicked: bar.saveRequested()
        }
        Item {
            width: Theme.gapTiny
            height: 1
        }
        Button {
            id: exportButton
            iconName: "export"
            text: qsTr("Export")
            Accessible.role: Accessible.ButtonMenu
            onClicked: exportMenu.popup(exportButton, exportButton.width - exportMenu.width, exportButton.height + 6)

            Menu {
                id: exportMenu

                MenuItem {
                    text: qsTr("Audio (WAV, FLAC, Ogg, MP3)…")
                    onTriggered: bar.audioRequested()
                }
                MenuItem {
                    text: qsTr("MIDI…")
                    onTriggered: bar.midiRequested()
                }
            }
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
