import QtQuick
import QtQuick.Templates as T
import Cantilena

// A small field over a word. Enter keeps what was typed, Escape drops it, Tab goes on to the next word.
T.Popup {
    id: popup

    required property LyricsModel model
    property real line: 0
    property int word: 0

    signal moveOn(int direction)

    function edit(line: real, word: int, place: rect) {
        popup.line = line;
        popup.word = word;
        field.text = popup.model.word(line, word);
        popup.x = Math.max(0, place.x - 8);
        popup.y = place.y + place.height / 2 - popup.height / 2;
        popup.open();
        field.selectAll();
        field.forceActiveFocus();
    }

    function finish(direction: int) {
        const text = field.text;
        popup.close();
        popup.model.retype(popup.line, popup.word, text);
        if (direction !== 0)
            popup.moveOn(direction);
    }

    width: Math.max(120, Math.min(320, metrics.advanceWidth + 44))
    height: 38
    margins: 4
    padding: 0
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    TextMetrics {
        id: metrics
        font: field.font
        text: field.text
    }

    TextField {
        id: field
        anchors.fill: parent
        name: qsTr("Word")
        maximumLength: 80
        onAccepted: popup.finish(0)
        Keys.onTabPressed: popup.finish(1)
        Keys.onBacktabPressed: popup.finish(-1)
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
    }
}
