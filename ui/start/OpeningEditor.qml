import QtQuick
import QtQuick.Templates as T
import Cantilena

// A small sheet for the lines of the person's own that the song sings. Done or Ctrl+Enter keeps them, Escape drops what was typed.
T.Popup {
    id: popup

    required property BriefModel model

    function edit(item: Item, lines: string) {
        const place = item.mapToItem(popup.parent, 0, 0);
        popup.x = place.x;
        popup.y = place.y + item.height + 6;
        area.text = lines;
        popup.open();
        area.cursorPosition = area.length;
        area.forceActiveFocus(Qt.PopupFocusReason);
    }

    function keep() {
        const lines = area.text;
        popup.close();
        if (lines !== popup.model.opening)
            popup.model.setOpening(lines);
    }

    width: 400
    height: column.height + 2 * padding
    margins: Theme.gapSmall
    padding: Theme.gap
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    Column {
        id: column
        width: parent.width
        spacing: Theme.gap

        Rectangle {
            width: parent.width
            height: Math.max(88, area.contentHeight + 16)
            radius: Theme.radius
            color: Theme.surface
            border.width: area.activeFocus ? 2 : 1
            border.color: area.activeFocus ? Theme.focus : Theme.lineStrong

            TextArea {
                id: area
                anchors.fill: parent
                anchors.margins: 8
                name: qsTr("Words of your own for the song to sing")
                placeholderText: qsTr("Up to twelve lines, sung as they are; three or more are all of the song")
                onTextChanged: {
                    if (length > 600)
                        remove(600, length);
                }
                Keys.onPressed: event => {
                    const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                    if (enter && (event.modifiers & Qt.ControlModifier)) {
                        event.accepted = true;
                        popup.keep();
                    }
                }
            }
        }
        Button {
            anchors.right: parent.right
            height: Theme.smallControlHeight
            primary: true
            text: qsTr("Done")
            onClicked: popup.keep()
        }
    }

    background: Rectangle {
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
}
