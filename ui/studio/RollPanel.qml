import QtQuick
import Cantilena

// The piano roll with its playhead, scroll bars, zoom, and the editor of a word.
FocusScope {
    id: panel

    required property Workspace workspace
    readonly property TransportViewModel transport: workspace.transport
    property alias track: roll.track

    function newTune(vary: bool) {
        const takes = panel.workspace.song.takes;
        const span = roll.chosenSpan();
        takes.vary = vary;
        takes.begin(span.x, span.y);
        if (takes.open)
            roll.reveal(span.x, span.y);
    }

    PianoRoll {
        id: roll
        anchors.fill: parent
        focus: true
        session: panel.workspace.session
        palette: Theme.palette
        playhead: panel.transport.position
        looping: panel.transport.looping
        loopStart: panel.transport.loopStart
        loopEnd: panel.transport.loopEnd
        following: panel.workspace.setting("follow", "yes") === "yes"

        Accessible.role: Accessible.Canvas
        Accessible.name: qsTr("Piano roll")
        Accessible.description: roll.description
        Accessible.focusable: true

        drawing: pencil.checked
        bending: curve.checked && curve.visible

        onSeekRequested: tick => panel.transport.seek(tick)
        onMenuRequested: (place, onNote) => {
            noteMenu.place = place;
            noteMenu.onNote = onNote;
            noteMenu.popup(roll, place.x, place.y);
        }
        onWordEditRequested: (line, word, place) => editor.edit(line, word, place)
        onViewChanged: editor.close()
    }

    Item {
        x: roll.gutter
        width: parent.width - roll.gutter
        height: parent.height
        clip: true

        Rectangle {
            x: Math.round(roll.playheadX - roll.gutter) - 1
            width: 2
            height: parent.height
            color: Theme.accent

            Rectangle {
                x: -4
                width: 10
                height: 10
                radius: 5
                color: Theme.accent
            }
        }
    }

    // The pane that has the keyboard.
    Rectangle {
        anchors.fill: parent
        anchors.rightMargin: 1
        visible: roll.activeFocus
        color: "transparent"
        border.width: 1
        border.color: Theme.faded(Theme.focus, 0.6)
    }

    Row {
        x: 2
        y: Math.round((roll.header - height) / 2)

        IconButton {
            width: 28
            height: 28
            iconName: "follow"
            iconSize: 16
            checked: roll.following
            Accessible.checkable: true
            text: roll.following ? qsTr("The view follows the playhead") : qsTr("The view stays where it is")
            onClicked: {
                roll.following = !roll.following;
                panel.workspace.setSetting("follow", roll.following ? "yes" : "no");
            }
        }
        IconButton {
            id: pencil
            width: 28
            height: 28
            iconName: "pencil"
            iconSize: 16
            checkable: true
            text: checked ? qsTr("Draw notes: on") : qsTr("Draw notes: off, a double click draws too")
            shortcutText: "P"
        }
    }

    Shortcut {
        sequence: "P"
        onActivated: pencil.toggle()
    }
    Shortcut {
        sequence: "B"
        enabled: curve.visible
        onActivated: curve.toggle()
    }
    Shortcut {
        sequence: "T"
        enabled: roll.melody
        onActivated: panel.newTune(false)
    }

    // The word of a note that is too narrow for it.
    Item {
        x: roll.hintPlace.x
        y: roll.hintPlace.y
        width: roll.hintPlace.width
        height: roll.hintPlace.height

        ToolTip {
            y: -implicitHeight - 4
            visible: roll.hint !== "" && !editor.visible && !noteMenu.visible
            text: roll.hint
            delay: 150
        }
    }

    Menu {
        id: noteMenu

        property point place
        property bool onNote: false

        onClosed: {
            if (!editor.visible)
                roll.forceActiveFocus();
        }

        MenuItem {
            text: qsTr("Edit the word")
            enabled: noteMenu.onNote && roll.singleWord
            onTriggered: roll.editSelectedWord()
        }
        MenuItem {
            text: qsTr("Add a note here")
            enabled: !noteMenu.onNote
            onTriggered: roll.addNoteAt(noteMenu.place)
        }
        MenuItem {
            text: qsTr("Select all notes")
            onTriggered: roll.selectAll()
        }
        MenuSeparator {}
        MenuItem {
            text: qsTr("New tune")
            enabled: roll.melody
            onTriggered: panel.newTune(false)
        }
        MenuItem {
            text: qsTr("Vary the tune")
            enabled: roll.melody
            onTriggered: panel.newTune(true)
        }
        MenuSeparator {}
        MenuItem {
            text: qsTr("Delete")
            enabled: noteMenu.onNote
            onTriggered: roll.removeSelected()
        }
    }

    ScrollBar {
        orientation: Qt.Horizontal
        x: roll.gutter
        anchors.bottom: parent.bottom
        width: parent.width - roll.gutter - zoomButtons.width - 8
        size: roll.xSize
        position: roll.xPosition
        Accessible.name: qsTr("Scroll in time")
        onPositionChanged: {
            if (pressed)
                roll.scrollToX(position);
        }
    }
    ScrollBar {
        orientation: Qt.Vertical
        y: roll.header
        anchors.right: parent.right
        height: parent.height - roll.header - zoomButtons.height - 8
        size: roll.ySize
        position: roll.yPosition
        Accessible.name: qsTr("Scroll in pitch")
        onPositionChanged: {
            if (pressed)
                roll.scrollToY(position);
        }
    }

    Rectangle {
        id: zoomButtons
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 6
        width: zoomRow.width + 4
        height: 32
        radius: Theme.radius
        color: Theme.surface
        border.width: 1
        border.color: Theme.line

        Row {
            id: zoomRow
            anchors.centerIn: parent

            IconButton {
                width: 28
                height: 28
                iconName: "takes"
                iconSize: 16
                visible: roll.melody
                checked: panel.workspace.song.takes.open
                text: qsTr("New tune for the selected notes, or for this section")
                shortcutText: "T"
                onClicked: panel.newTune(false)
            }
            IconButton {
                id: curve
                width: 28
                height: 28
                visible: roll.melody && panel.workspace.song.singer.sung
                iconName: "curve"
                iconSize: 16
                checkable: true
                text: checked ? qsTr("Draw the voice's pitch: on; the right button takes it away") : qsTr("Draw the voice's pitch")
                shortcutText: "B"
            }

            IconButton {
                width: 28
                height: 28
                iconName: "zoom-out"
                iconSize: 16
                text: qsTr("Zoom out")
                shortcutText: "−"
                onClicked: roll.zoomBy(0.8)
            }
            IconButton {
                width: 28
                height: 28
                iconName: "zoom-in"
                iconSize: 16
                text: qsTr("Zoom in")
                shortcutText: "+"
                onClicked: roll.zoomBy(1.25)
            }
        }
    }

    TakesBar {
        x: roll.gutter + Math.round((parent.width - roll.gutter - width) / 2)
        y: roll.header + Theme.gapSmall
        available: parent.width - roll.gutter - 2 * Theme.gapSmall
        takes: panel.workspace.song.takes
        transport: panel.transport
        onVisibleChanged: {
            if (!visible)
                roll.forceActiveFocus();
        }
    }

    WordEditor {
        id: editor
        model: panel.workspace.song.lyrics
        rhymes: panel.workspace.song.rhymes
        onMoveOn: direction => {
            roll.selectNeighbour(direction);
            Qt.callLater(roll.editSelectedWord);
        }
        onClosed: roll.forceActiveFocus()
    }
}
