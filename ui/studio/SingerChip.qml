import QtQuick
import QtQuick.Templates as T
import Cantilena

// Who sings, with their portrait; opens the singer's panel.
T.Button {
    id: chip

    required property SingerViewModel singer
    property bool shown: false
    readonly property string singerName: chip.singer.name
    readonly property string singerStyle: chip.singer.style

    implicitHeight: 60
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.ButtonMenu
    text: qsTr("Singer: %1").arg(singerName)
    Accessible.name: text
    Accessible.description: singerStyle
    Keys.onReturnPressed: chip.clicked()
    Keys.onEnterPressed: chip.clicked()

    background: Rectangle {
        color: chip.shown ? Theme.accentSoft : chip.down ? Theme.pressed : chip.hovered ? Theme.hover : "transparent"

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }
        FocusRing {
            shown: chip.visualFocus
            distance: -3
        }
    }

    Item {
        anchors.fill: parent

        Portrait {
            id: portrait
            x: Theme.gap + 2
            anchors.verticalCenter: parent.verticalCenter
            size: 40
            source: chip.singer.portrait
        }
        Column {
            anchors.left: portrait.right
            anchors.leftMargin: 10
            anchors.right: arrow.left
            anchors.rightMargin: 4
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: chip.singerName
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            Label {
                width: parent.width
                text: chip.singerStyle
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
                elide: Text.ElideRight
            }
        }
        Icon {
            id: arrow
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            name: "settings"
            size: 16
            color: chip.shown ? Theme.accent : Theme.textMuted
        }
    }
}
