import QtQuick
import QtQuick.Dialogs
import Cantilena

FocusScope {
    id: screen

    required property Workspace workspace
    readonly property SongViewModel song: workspace.song
    readonly property TransportViewModel transport: workspace.transport
    property bool lyricsShown: workspace.setting("lyricsShown", "yes") === "yes"

    function saveAs() {
        saveDialog.propose(screen.song.musicFolder(), screen.song.proposedFile("cantilena"));
    }

    TransportBar {
        id: bar
        width: parent.width
        workspace: screen.workspace
        lyricsShown: screen.lyricsShown
        onLyricsToggled: {
            screen.lyricsShown = !screen.lyricsShown;
            screen.workspace.setSetting("lyricsShown", screen.lyricsShown ? "yes" : "no");
        }
        onSaveRequested: screen.saveAs()
        onAudioRequested: audioDialog.propose(screen.song.musicFolder(), screen.song.proposedFile("wav"))
        onMidiRequested: midiDialog.propose(screen.song.musicFolder(), screen.song.proposedFile("mid"))
    }

    SectionStrip {
        id: strip
        anchors.top: bar.bottom
        width: parent.width
        song: screen.song
        transport: screen.transport
    }

    TrackList {
        id: tracks
        anchors.top: strip.bottom
        anchors.bottom: status.top
        width: screen.width < 1150 ? 212 : 244
        song: screen.song
        selected: roll.track
        onPicked: id => roll.track = id
        singerShown: singerPanel.visible
        onSingerToggled: singerPanel.visible = !singerPanel.visible
    }

    RollPanel {
        id: roll
        anchors.top: strip.bottom
        anchors.bottom: status.top
        anchors.left: tracks.right
        anchors.right: lyrics.left
        workspace: screen.workspace
        focus: true
    }

    LyricsPanel {
        id: lyrics
        anchors.top: strip.bottom
        anchors.bottom: status.top
        anchors.right: parent.right
        width: screen.lyricsShown ? (screen.width < 1150 ? 256 : 308) + (lyrics.spoken ? 56 : 0) : 0
        visible: width > 0
        workspace: screen.workspace
    }

    SingerPanel {
        id: singerPanel
        anchors.left: tracks.right
        anchors.leftMargin: Theme.gapSmall
        anchors.bottom: status.top
        anchors.bottomMargin: Theme.gapSmall
        visible: false
        singer: screen.song.singer
        available: screen.width - tracks.width - 2 * Theme.gapSmall
        room: status.y - strip.y - 2 * Theme.gapSmall
        onClosed: {
            singerPanel.visible = false;
            roll.forceActiveFocus();
        }
    }

    StatusLine {
        id: status
        anchors.bottom: parent.bottom
        width: parent.width
        workspace: screen.workspace
    }

    SaveFileDialog {
        id: saveDialog
        title: qsTr("Save the song as")
        nameFilters: [qsTr("Cantilena songs (*.cantilena)")]
        defaultSuffix: "cantilena"
        onAccepted: screen.song.saveAs(saveDialog.selectedFile)
    }
    SaveFileDialog {
        id: audioDialog
        title: qsTr("Export as audio")
        nameFilters: [qsTr("WAV audio (*.wav)"), qsTr("FLAC audio (*.flac)"), qsTr("Ogg Vorbis audio (*.ogg)"), qsTr("MP3 audio (*.mp3)")]
        defaultSuffix: "wav"
        onAccepted: screen.song.exportAudio(audioDialog.selectedFile)
    }
    SaveFileDialog {
        id: midiDialog
        title: qsTr("Export as MIDI")
        nameFilters: [qsTr("MIDI files (*.mid)")]
        defaultSuffix: "mid"
        onAccepted: screen.song.exportMidi(midiDialog.selectedFile)
    }
    FileDialog {
        id: openDialog
        title: qsTr("Open a song")
        currentFolder: screen.song.musicFolder()
        acceptLabel: qsTr("Open")
        rejectLabel: qsTr("Cancel")
        nameFilters: [qsTr("Songs and melodies (*.cantilena *.mid *.midi *.musicxml *.xml)"), qsTr("Cantilena songs (*.cantilena)"), qsTr("All files (*)")]
        onAccepted: screen.workspace.start.openFile(openDialog.selectedFile)
    }

    Shortcut {
        sequence: "Space"
        onActivated: screen.transport.toggle()
    }
    Shortcut {
        sequence: "Home"
        onActivated: screen.transport.toStart()
    }
    Shortcut {
        sequence: "L"
        onActivated: screen.transport.toggleLoop()
    }
    Shortcut {
        sequence: "Ctrl+Z"
        onActivated: screen.song.undo()
    }
    Shortcut {
        sequences: ["Ctrl+Shift+Z", "Ctrl+Y"]
        onActivated: screen.song.redo()
    }
    Shortcut {
        sequence: "Ctrl+S"
        onActivated: {
            if (screen.song.untitled)
                screen.saveAs();
            else
                screen.song.confirmSaved();
        }
    }
    Shortcut {
        sequence: "Ctrl+O"
        onActivated: openDialog.open()
    }
    Shortcut {
        sequence: "Ctrl+N"
        onActivated: screen.song.close()
    }
    Shortcut {
        sequence: "Ctrl+E"
        onActivated: audioDialog.propose(screen.song.musicFolder(), screen.song.proposedFile("wav"))
    }

    Component.onCompleted: {
        roll.track = screen.song.tracks.firstTrack();
        roll.forceActiveFocus();
    }
    Connections {
        target: screen.workspace.session
        function onSongReplaced() {
            roll.track = screen.song.tracks.firstTrack();
        }
        function onSongEdited() {
            if (!screen.song.tracks.contains(roll.track))
                roll.track = screen.song.tracks.firstTrack();
        }
    }
}
