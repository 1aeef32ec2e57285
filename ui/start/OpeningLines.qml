pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The person's own lines that the song sings. A click edits them, the cross or Delete takes them away, the plus adds
// some.
Flow {
    id: opening

    required property BriefModel model
    readonly property string lines: model.opening

    spacing: 6

    Label {
        height: 28
        rightPadding: 2
        text: qsTr("Your words")
        font.pixelSize: Theme.labelSize
        color: Theme.textMuted
    }

    T.Button {
        id: chip

        function takeAway() {
            opening.model.setOpening("");
            plus.forceActiveFocus(Qt.TabFocusReason);
        }

        readonly property bool own: opening.model.openingOwn

        visible: opening.lines !== ""
        implicitWidth: words.width + 42
        implicitHeight: Math.max(28, words.implicitHeight + 10)
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        Accessible.role: Accessible.ButtonMenu
        Accessible.name: opening.lines
        Accessible.description: own ? qsTr("Your choice") : qsTr("From the sentence")
        Keys.onReturnPressed: chip.clicked()
        Keys.onEnterPressed: chip.clicked()
        Keys.onDeletePressed: chip.takeAway()
        onClicked: editor.edit(chip, opening.lines)

        Text {
            id: words
            x: 11
            height: parent.height
            width: Math.min(implicitWidth, opening.width - 160)
            text: opening.lines
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
            radius: 14
            color: chip.own ? Theme.accentSoft : chip.hovered ? Theme.hover : Theme.raised
            border.width: 1
            border.color: chip.own ? Theme.accent : Theme.line

            FocusRing {
                shown: chip.visualFocus
                radius: 14
            }
        }
    }

    IconButton {
        id: plus
        width: 28
        height: 28
        visible: opening.lines === ""
        iconName: "plus"
        iconSize: 16
        text: qsTr("Words of your own for the song to sing")
        onClicked: editor.edit(plus, "")
    }
    IconButton {
        width: 28
        height: 28
        visible: opening.model.openingOwn
        iconName: "undo"
        iconSize: 16
        text: qsTr("What the sentence tells again")
        onClicked: opening.model.resetOpening()
    }

    OpeningEditor {
        id: editor
        model: opening.model
        onClosed: (opening.lines === "" ? plus : chip).forceActiveFocus(Qt.PopupFocusReason)
    }
}
