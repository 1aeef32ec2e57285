import QtQuick
import QtQuick.Templates as T
import Cantilena

// A small field for a word of the subject. Enter keeps it, Escape drops it, an empty field takes the word away.
T.Popup {
    id: popup

    required property BriefModel model
    property int index: -1 // of the word; -1 for a new one

    function edit(item: Item, index: int, text: string) {
        const place = item.mapToItem(popup.parent, 0, 0);
        popup.x = place.x;
        popup.y = place.y + item.height + 6;
        popup.index = index;
        field.text = text;
        popup.open();
        field.selectAll();
        field.forceActiveFocus(Qt.PopupFocusReason);
    }

    function keep(text: string) {
        const index = popup.index;
        popup.close();
        popup.model.replaceWord(index, text);
    }

    width: 240
    height: 38
    margins: Theme.gapSmall
    padding: 0
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    TextField {
        id: field
        anchors.fill: parent
        name: popup.index < 0 ? qsTr("New word of the subject") : qsTr("Word of the subject")
        placeholderText: qsTr("A word, such as lighthouse")
        maximumLength: 120
        onAccepted: popup.keep(text)
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
    }
}
