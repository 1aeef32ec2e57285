pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// A small field over a word, with the words that rhyme with it. Enter keeps what was typed, Escape drops it, Tab goes
// on to the next word, Down goes to the rhymes.
T.Popup {
    id: popup

    required property LyricsModel model
    required property RhymeViewModel rhymes
    property bool offersLine: false // a double click on the word types the whole line
    property real line: 0
    property int word: 0
    property real middle: 0 // of the word
    property bool upwards: false
    property real openedAt: 0

    signal moveOn(int direction)
    signal lineRequested

    function edit(line: real, word: int, place: rect) {
        popup.line = line;
        popup.word = word;
        field.text = popup.model.word(line, word);
        popup.x = Math.max(0, place.x - 8);
        popup.middle = place.y + place.height / 2;
        popup.upwards = popup.middle > popup.parent.height * 0.6;
        popup.rhymes.find(line, word);
        popup.openedAt = Date.now();
        popup.open();
        field.selectAll();
        field.forceActiveFocus();
    }

    function finish(direction: int) {
        take(field.text);
        if (direction !== 0)
            popup.moveOn(direction);
    }

    function take(text: string) {
        popup.close();
        popup.model.retype(popup.line, popup.word, text);
    }

    y: upwards ? middle + 19 - height : middle - 19
    width: 300
    height: field.height + found.height
    margins: 4
    padding: 0
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onClosed: popup.rhymes.close()

    TextField {
        id: field
        y: popup.upwards ? found.height : 0
        width: parent.width
        height: 38
        name: qsTr("Word")
        maximumLength: 80
        onAccepted: popup.finish(0)
        Keys.onTabPressed: popup.finish(1)
        Keys.onBacktabPressed: popup.finish(-1)
        Keys.onDownPressed: found.takeFocus()
        onPressed: {
            if (popup.offersLine && Date.now() - popup.openedAt < Application.styleHints.mouseDoubleClickInterval) {
                popup.close();
                popup.lineRequested();
            }
        }
    }

    RhymeList {
        id: found
        y: popup.upwards ? 0 : field.height
        width: parent.width
        model: popup.rhymes
        onPicked: word => popup.take(word)
        onDismissed: field.forceActiveFocus(Qt.TabFocusReason)
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.width: 1
        border.color: Theme.lineStrong
    }
}
