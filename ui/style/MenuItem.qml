import QtQuick
import QtQuick.Templates as T
import Cantilena

T.MenuItem {
    id: control

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: 32
    leftPadding: control.checkable ? 30 : 12
    rightPadding: 18
    font.pixelSize: Theme.bodySize
    hoverEnabled: true

    Accessible.role: Accessible.MenuItem
    Accessible.name: text

    contentItem: Text {
        text: control.text
        font: control.font
        color: control.enabled ? Theme.text : Theme.textFaint
        verticalAlignment: Text.AlignVCenter
        textFormat: Text.PlainText
    }

    indicator: Icon {
        x: 9
        anchors.verticalCenter: parent ? parent.verticalCenter : undefined
        visible: control.checkable && control.checked
        name: "check"
        size: 14
        color: Theme.accent
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.highlighted ? Theme.hover : "transparent"
        border.width: control.highlighted && control.visualFocus ? 2 : 0
        border.color: Theme.focus
    }
}
