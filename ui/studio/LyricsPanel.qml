pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The words by section and line; the line that sounds stands out. Words and lines are edited here.
Rectangle {
    id: panel

    required property Workspace workspace
    readonly property LyricsModel model: workspace.song.lyrics
    readonly property TransportViewModel transport: workspace.transport
    property bool spoken: workspace.setting("syllablesShown", "no") === "yes"

    function rowItem(index: int): LyricRow {
        return list.itemAtIndex(index) as LyricRow;
    }

    color: Theme.surface

    Connections {
        target: panel.transport
        function onPositionChanged() {
            panel.model.follow(panel.transport.position);
        }
    }
    Connections {
        target: panel.model
        function onCurrentRowChanged() {
            if (panel.model.currentRow >= 0)
                list.positionViewAtIndex(panel.model.currentRow, ListView.Contain);
        }
    }
    Component.onCompleted: panel.model.follow(panel.transport.position)

    Item {
        id: header
        width: parent.width
        height: 36

        Label {
            x: Theme.gap + 5
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Lyrics")
            font.pixelSize: Theme.labelSize
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        IconButton {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            width: 28
            height: 28
            iconName: "syllables"
            iconSize: 16
            checked: panel.spoken
            Accessible.checkable: true
            text: panel.spoken ? qsTr("Hide syllables and stress") : qsTr("Show syllables and stress")
            onClicked: {
                panel.spoken = !panel.spoken;
                panel.workspace.setSetting("syllablesShown", panel.spoken ? "yes" : "no");
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
    }

    // A tune without words asks what they should be about.
    Column {
        id: asking
        visible: panel.model.wordless
        anchors.top: header.bottom
        x: Theme.gap + 5
        width: panel.width - 2 * x
        topPadding: Theme.gap
        bottomPadding: Theme.gap
        spacing: Theme.gapSmall

        Label {
            width: parent.width
            text: qsTr("This tune has no words yet. What should they be about?")
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            color: Theme.textMuted
            font.pixelSize: Theme.labelSize
        }
        TextField {
            id: subject
            objectName: "subjectOfWords"
            width: parent.width
            name: qsTr("What the words are about")
            placeholderText: qsTr("My old dog, the sea in winter…")
            maximumLength: 500
            onAccepted: write.clicked()
        }
        Button {
            id: write
            text: panel.workspace.song.changing ? qsTr("Writing…") : qsTr("Write words")
            primary: true
            enabled: subject.text.trim() !== "" && !panel.workspace.song.changing
            onClicked: {
                if (enabled)
                    panel.workspace.song.writeWords(subject.text);
            }
        }
    }

    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: header.height + (asking.visible ? asking.height : 0)
        anchors.leftMargin: 1
        bottomMargin: Theme.gapLarge
        model: panel.model
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        cacheBuffer: 400
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Lyrics")
        T.ScrollBar.vertical: ScrollBar {}

        delegate: LyricRow {
            id: row
            width: list.width
            spoken: panel.spoken
            busy: lineEditor.visible && lineEditor.line === row.line
            onSeekRequested: tick => panel.transport.seek(tick)
            onWordRequested: (word, item) => {
                wordEditor.row = row.index;
                wordEditor.edit(row.line, word, item.mapToItem(panel, 0, 0, item.width, 26));
            }
            onRewriteRequested: byKeyboard => lineEditor.suggest(row.index, row.line, row.mapToItem(panel, 0, 0, row.width, row.height), byKeyboard)
            onTypingRequested: lineEditor.type(row.index, row.line, row.mapToItem(panel, 0, 0, row.width, row.height))
        }
    }

    WordEditor {
        id: wordEditor

        property int row: -1

        model: panel.model
        rhymes: panel.workspace.song.rhymes
        offersLine: true
        onLineRequested: panel.rowItem(wordEditor.row)?.typingRequested()
    }

    LineEditor {
        id: lineEditor
        model: panel.workspace.song.rewrite
        onClosed: panel.rowItem(lineEditor.row)?.takeFocus()
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.line
    }
}
