pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The words of the subject. A click on one edits it, its cross or Delete takes it away, the plus adds one.
Flow {
    id: subject

    required property BriefModel model

    spacing: 6

    Label {
        height: 28
        rightPadding: 2
        text: qsTr("Subject")
        font.pixelSize: Theme.labelSize
        color: Theme.textMuted
    }

    Repeater {
        id: words
        model: subject.model.subject

        delegate: T.Button {
            id: chip

            required property int index
            required property string word
            required property bool own

            function takeAway() {
                const neighbour = words.itemAt(index + 1) ?? words.itemAt(index - 1) ?? plus;
                if (chip.activeFocus)
                    (neighbour as Item).forceActiveFocus(Qt.TabFocusReason);
                subject.model.replaceWord(index, "");
            }

            implicitWidth: name.width + 42
            implicitHeight: 28
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            Accessible.role: Accessible.ButtonMenu
            Accessible.name: word
            Accessible.description: own ? qsTr("Your choice") : qsTr("From the sentence")
            Keys.onReturnPressed: chip.clicked()
            Keys.onEnterPressed: chip.clicked()
            Keys.onDeletePressed: chip.takeAway()
            onClicked: editor.edit(chip, index, chip.word)

            Text {
                id: name
                x: 11
                height: parent.height
                width: Math.min(implicitWidth, 180)
                text: chip.word
                font.pixelSize: Theme.labelSize
                font.weight: Font.DemiBold
                color: chip.own ? Theme.accent : Theme.text
                elide: Text.ElideRight
                textFormat: Text.PlainText
                verticalAlignment: Text.AlignVCenter
            }
            Item {
                anchors.right: parent.right
                anchors.rightMargin: 6
                width: 18
                height: parent.height

                Icon {
                    anchors.centerIn: parent
                    name: "close"
                    size: 12
                    color: cross.hovered ? Theme.text : chip.own ? Theme.accent : Theme.textFaint
                }
                HoverHandler {
                    id: cross
                }
                TapHandler {
                    gesturePolicy: TapHandler.WithinBounds
                    onTapped: chip.takeAway()
                }
            }

            background: Rectangle {
                radius: height / 2
                color: chip.own ? Theme.accentSoft : chip.hovered ? Theme.hover : Theme.raised
                border.width: 1
                border.color: chip.own ? Theme.accent : Theme.line

                FocusRing {
                    shown: chip.visualFocus
                    radius: height / 2
                }
            }
        }
    }

    IconButton {
        id: plus
        width: 28
        height: 28
        iconName: "plus"
        iconSize: 16
        enabled: !subject.model.subjectFull
        text: qsTr("Add a word to the subject")
        onClicked: editor.edit(plus, -1, "")
    }
    IconButton {
        width: 28
        height: 28
        visible: subject.model.subjectTouched
        iconName: "undo"
        iconSize: 16
        text: qsTr("The subject from the sentence again")
        onClicked: subject.model.resetSubject()
    }

    SubjectEditor {
        id: editor
        model: subject.model
        onClosed: plus.forceActiveFocus(Qt.PopupFocusReason)
    }
}
