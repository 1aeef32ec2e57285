import QtQuick
import Cantilena

// What stands in a button: an icon before or after a text, centred as one.
Item {
    id: label

    property string iconName: ""
    property string trailingIconName: ""
    property int iconSize: 18
    property string text: ""
    property font font
    property color color: Theme.text
    property color icactiveColor: color

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight

    Row {
        id: row
        anchors.centerIn: parent
        spacing: label.iconSize > 16 ? Theme.gapSmall : Theme.gapTiny

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: label.iconName !== ""
            name: label.iconName
            size: label.iconSize
            color: label.icactiveColor
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: label.text
            font: label.font
            color: label.color
            textFormat: Text.PlainText
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: label.trailingIconName !== ""
            name: label.trailingIconName
            size: label.iconSize
            color: label.icactiveColor
        }
    }
}
