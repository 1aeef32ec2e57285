pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The sentence, what is understood of it, and Create.
FocusScope {
    id: card

    required property StartViewModel model

    implicitHeight: frame.height

    Rectangle {
        id: frame
        width: parent.width
        height: chips.y + chips.height + Theme.gapLarge
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: area.activeFocus ? 2 : 1
        border.color: area.activeFocus ? Theme.focus : Theme.lineStrong

        Flickable {
            id: paper
            x: Theme.gapLarge
            y: Theme.gapLarge
            width: parent.width - 2 * Theme.gapLarge
            height: Math.min(210, Math.max(84, area.contentHeight + 4))
            contentHeight: area.contentHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            T.ScrollBar.vertical: ScrollBar {}
            T.TextArea.flickable: TextArea {
                id: area
                focus: true
                name: qsTr("What the song is about")
                text: card.model.prompt
                font.pixelSize: 17
                placeholderText: qsTr("A rainy night in Hangzhou, missing my grandmother…")
                onTextChanged: {
                    if (length > 2000) {
                        remove(2000, length);
                        return;
                    }
                    card.model.prompt = area.text;
                }
                Keys.onPressed: event => {
                    const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                    if (enter && !(event.modifiers & Qt.ShiftModifier)) {
                        event.accepted = true;
                        card.model.create();
                    } else if (event.key === Qt.Key_Tab) {
                        event.accepted = true;
                        area.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
                    } else if (event.key === Qt.Key_Backtab) {
                        event.accepted = true;
                        area.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason);
                    }
                }
            }
        }

        SubjectChips {
            id: subject
            x: Theme.gapLarge
            anchors.top: paper.bottom
            anchors.topMargin: Theme.gapLarge
            width: parent.width - 2 * Theme.gapLarge
            model: card.model.brief
        }

        OpeningLines {
            id: opening
            x: Theme.gapLarge
            y: subject.y + subject.height + Theme.gapSmall
            width: parent.width - 2 * Theme.gapLarge
            visible: card.model.brief.hasSentence
            model: card.model.brief
        }

        Flow {
            id: chips
            x: Theme.gapLarge
            y: (opening.visible ? opening.y + opening.height : subject.y + subject.height) + Theme.gapSmall
            width: parent.width - 2 * Theme.gapLarge - create.width - Theme.gap
            spacing: 6

            Repeater {
                model: card.model.brief

                delegate: BriefChip {
                    id: chip
                    model: card.model.brief
                    onEditorRequested: byKeyboard => popup.edit(chip, byKeyboard)
                }
            }
        }

        Button {
            id: create
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapLarge
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gapLarge - 3
            primary: true
            iconName: "create"
            text: qsTr("Create")
            enabled: card.model.canCreate
            onClicked: card.model.create()
        }
    }

    BriefEditor {
        id: popup
        model: card.model.brief
    }
}
