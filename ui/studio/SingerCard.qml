import QtQuick
import QtQuick.Templates as T
import Cantilena

// A singer to choose.
T.Button {
    id: card

    property string style
    property url portrait
    property bool chosen: false

    implicitHeight: column.height + 2 * Theme.gapSmall
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.description: style
    Accessible.checkable: true
    Accessible.checked: chosen
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    background: Rectangle {
        radius: Theme.radius
        color: card.chosen ? Theme.accentSoft : card.down ? Theme.pressed : card.hovered ? Theme.hover : Theme.surface
        border.width: 1
        border.color: card.chosen ? Theme.accent : Theme.line

        FocusRing {
            shown: card.visualFocus
        }
    }

    Item {
        anchors.fill: parent

        Column {
            id: column
            y: Theme.gapSmall
            width: parent.width
            spacing: 2

            Portrait {
                anchors.horizontalCenter: parent.horizontalCenter
                size: 64
                source: card.portrait
            }
            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: card.text
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: card.style
                font.pixelSize: Theme.captionSize
                color: card.chosen ? Theme.accent : Theme.textMuted
                elide: Text.ElideRight
            }
        }
    }
}
