import QtQuick
import QtQuick.Templates as T
import Cantilena

// The sentence, the optional choices, and Create.
FocusScope {
    id: card

    required property StartViewModel model

    implicitHeight: frame.height

    Rectangle {
        id: frame
        width: parent.width
        height: paper.height + chips.height + 3 * Theme.gapLarge
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

        Flow {
            id: chips
            x: Theme.gapLarge
            anchors.top: paper.bottom
            anchors.topMargin: Theme.gapLarge
            width: parent.width - 2 * Theme.gapLarge - create.width - Theme.gap
            spacing: Theme.gapSmall

            ChoiceChip {
                label: qsTr("Language")
                options: card.model.languageOptions
                value: card.model.songLanguage
                onPicked: id => card.model.songLanguage = id
            }
            ChoiceChip {
                label: qsTr("Mood")
                options: card.model.moodOptions
                value: card.model.mood
                onPicked: id => card.model.mood = id
            }
            ChoiceChip {
                label: qsTr("Style")
                options: card.model.styleOptions
                value: card.model.style
                onPicked: id => card.model.style = id
            }
            ChoiceChip {
                label: qsTr("Length")
                options: card.model.lengthOptions
                value: card.model.length
                onPicked: id => card.model.length = id
            }
            ChoiceChip {
                label: qsTr("Voice")
                visible: !card.model.instrumental
                options: card.model.voiceOptions
                value: card.model.voice
                onPicked: id => card.model.voice = id
            }
            Chip {
                text: qsTr("Instrumental")
                checkable: true
                checked: card.model.instrumental
                chosen: checked
                onToggled: card.model.instrumental = checked
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
}
