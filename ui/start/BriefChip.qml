pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// One matter of the brief: its name and what was understood or chosen. A click opens its editor; the cross of a choice of
// the person's own (or Delete) goes back to the sentence.
T.Button {
    id: chip

    required property int matter
    required property string label
    required property string value
    required property int source
    required property string choice
    required property string entry
    required property real number
    required property var options
    required property int editor
    required property bool openable
    required property BriefModel model
    readonly property bool own: source === BriefModel.Person

    signal editorRequested(bool byKeyboard)

    function takeAway() {
        if (chip.own)
            chip.model.choose(chip.matter, "");
        else if (chip.openable && chip.value !== "")
            chip.model.choose(chip.matter, "open");
    }

    implicitWidth: row.implicitWidth + leftPadding + rightPadding
    implicitHeight: 30
    leftPadding: 11
    rightPadding: 8
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.ButtonMenu
    Accessible.name: value === "" ? label : label + ": " + value
    Accessible.description: own ? qsTr("Your choice") : source === BriefModel.Sentence ? qsTr("From the sentence") : ""
    Keys.onReturnPressed: chip.clicked()
    Keys.onEnterPressed: chip.clicked()
    Keys.onDeletePressed: chip.takeAway()
    onClicked: chip.editorRequested(chip.visualFocus)

    Row {
        id: row
        x: chip.leftPadding
        height: parent.height
        spacing: 5

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: chip.label
            font.pixelSize: Theme.labelSize
            color: chip.own ? Theme.accent : Theme.textMuted
            textFormat: Text.PlainText
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            visible: chip.value !== ""
            text: chip.value
            font.pixelSize: Theme.labelSize
            font.weight: Font.DemiBold
            color: chip.own ? Theme.accent : Theme.text
            textFormat: Text.PlainText
        }
        Item {
            width: 16
            height: parent.height

            Icon {
                anchors.centerIn: parent
                name: chip.own ? "close" : "chevron-down"
                size: 14
                color: chip.own ? (cross.hovered ? Theme.text : Theme.accent) : Theme.textMuted
            }
            HoverHandler {
                id: cross
                enabled: chip.own
            }
            TapHandler {
                enabled: chip.own
                gesturePolicy: TapHandler.WithinBounds
                onTapped: chip.takeAway()
            }
            ToolTip {
                visible: cross.hovered && chip.own
                text: qsTr("Back to the sentence")
            }
        }
    }

    background: Rectangle {
        radius: height / 2
        color: chip.own ? Theme.accentSoft : chip.down ? Theme.pressed : chip.hovered ? Theme.hover : chip.value !== "" ? Theme.raised : "transparent"
        border.width: 1
        border.color: chip.own ? Theme.accent : Theme.line

        FocusRing {
            shown: chip.visualFocus
            radius: height / 2
        }
    }
}
