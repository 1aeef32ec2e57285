pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The editor of one matter: its options, a number, or the two directions of a mood.
T.Popup {
    id: popup

    required property BriefModel model
    property BriefChip chip: null
    readonly property int matter: chip?.matter ?? 0
    readonly property string choice: chip?.choice ?? ""
    readonly property string entry: chip?.entry ?? ""
    readonly property var options: chip?.options ?? []
    readonly property bool isKey: matter === BriefModel.Key
    readonly property int keyWidth: 82 // major and minor keys in rows of six
    readonly property bool isTempo: matter === BriefModel.Tempo
    readonly property bool isNumber: chip?.editor === BriefModel.NumberEditor
    readonly property bool isMood: chip?.editor === BriefModel.MoodEditor
    property bool byKeyboard: false

    function edit(chip: BriefChip, byKeyboard: bool) {
        const place = chip.mapToItem(popup.parent, 0, 0);
        popup.chip = chip;
        popup.byKeyboard = byKeyboard;
        popup.x = place.x;
        popup.y = place.y + chip.height + 6;
        popup.open();
        if (popup.isNumber) {
            field.text = popup.entry;
            field.selectAll();
            field.forceActiveFocus(Qt.PopupFocusReason);
            return;
        }
        const at = popup.options.findIndex(option => option.id === popup.choice);
        (choices.itemAt(Math.max(0, at)) as Item).forceActiveFocus(byKeyboard ? Qt.TabFocusReason : Qt.PopupFocusReason);
    }

    function keep() {
        if (field.text.trim() !== "" && field.text !== popup.entry)
            popup.model.choose(popup.matter, field.text);
        popup.close();
    }

    component MoodSlider: Column {
        id: feeling

        required property string low
        required property string high
        property alias value: slider.value

        signal moved(real value)

        width: parent ? parent.width : 0
        spacing: 0

        Item {
            width: parent.width
            height: 16

            Label {
                text: feeling.low
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
            }
            Label {
                anchors.right: parent.right
                text: feeling.high
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
            }
        }
        Slider {
            id: slider
            width: parent.width
            from: -1
            to: 1
            stepSize: 0.05
            name: feeling.low + " – " + feeling.high
            onMoved: feeling.moved(value)
        }
    }

    width: isKey ? 6 * keyWidth + 5 * 6 + 2 * padding : options.length > 12 ? 440 : 300
    height: column.height + 2 * padding
    margins: Theme.gapSmall
    padding: Theme.gap
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onClosed: chip?.forceActiveFocus(byKeyboard ? Qt.TabFocusReason : Qt.PopupFocusReason)

    Column {
        id: column
        width: parent.width
        spacing: Theme.gap

        Row {
            visible: popup.isNumber
            width: parent.width
            spacing: Theme.gap

            TextField {
                id: field
                width: 76
                name: popup.chip?.label ?? ""
                maximumLength: 8
                onAccepted: popup.keep()
            }
            Slider {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - field.width - Theme.gap
                from: popup.isTempo ? 40 : 15
                to: popup.isTempo ? 220 : 360
                stepSize: popup.isTempo ? 1 : 5
                value: popup.chip?.number ?? 0
                name: popup.chip?.label ?? ""
                valueText: popup.chip?.value ?? ""
                onMoved: {
                    popup.model.choose(popup.matter, Math.round(value).toString());
                    field.text = popup.entry;
                }
            }
        }

        Flow {
            width: parent.width
            spacing: 6

            Repeater {
                id: choices
                model: popup.options

                delegate: Chip {
                    id: choice

                    required property int index
                    required property var modelData

                    width: popup.isKey ? popup.keyWidth : implicitWidth
                    text: modelData.name
                    chosen: popup.choice === modelData.id
                    Accessible.role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: chosen
                    onClicked: {
                        popup.model.choose(popup.matter, modelData.id);
                        if (!popup.isMood)
                            popup.close();
                    }
                    Keys.onRightPressed: (choices.itemAt(Math.min(choices.count - 1, index + 1)) as Item).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onLeftPressed: (choices.itemAt(Math.max(0, index - 1)) as Item).forceActiveFocus(Qt.TabFocusReason)
                }
            }
        }

        MoodSlider {
            visible: popup.isMood
            low: qsTr("Sad")
            high: qsTr("Happy")
            value: popup.model.valence
            onMoved: value => popup.model.setMood(value, popup.model.arousal)
        }
        MoodSlider {
            visible: popup.isMood
            low: qsTr("Calm")
            high: qsTr("Excited")
            value: popup.model.arousal
            onMoved: value => popup.model.setMood(popup.model.valence, value)
        }

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }

        Row {
            spacing: 6

            Label {
                visible: !back.visible
                height: Theme.smallControlHeight
                leftPadding: 2
                rightPadding: 10
                text: popup.chip?.source === BriefModel.Sentence ? qsTr("From the sentence") : qsTr("Nothing said")
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
            }
            Button {
                id: back
                height: Theme.smallControlHeight
                leftPadding: 10
                rightPadding: 12
                font.pixelSize: Theme.labelSize
                quiet: true
                iconName: "undo"
                visible: popup.chip?.own ?? false
                text: qsTr("Back to the sentence")
                onClicked: {
                    popup.model.choose(popup.matter, "");
                    popup.close();
                }
            }
            Button {
                height: Theme.smallControlHeight
                quiet: true
                leftPadding: 10
                rightPadding: 10
                font.pixelSize: Theme.labelSize
                visible: popup.chip?.openable ?? false
                enabled: popup.choice !== "open"
                text: qsTr("Leave open")
                Accessible.description: qsTr("Style and mood decide")
                onClicked: {
                    popup.model.choose(popup.matter, "open");
                    popup.close();
                }
            }
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
