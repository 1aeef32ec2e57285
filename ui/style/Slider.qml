import QtQuick
import QtQuick.Templates as T
import Cantilena

T.Slider {
    id: control

    property string name: ""
    property string valueText: ""

    implicitWidth: 120
    implicitHeight: 22
    padding: 0
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.Slider
    Accessible.name: name
    Accessible.description: valueText

    background: Rectangle {
        x: control.leftPadding
        y: control.topPadding + control.availableHeight / 2 - height / 2
        width: control.availableWidth
        height: 4
        radius: 2
        color: Theme.pressed

        Rectangle {
            width: control.visualPosition * (parent.width - 14) + 7
            height: parent.height
            radius: 2
            color: control.enabled ? Theme.textMuted : Theme.line
        }
    }

    handle: Rectangle {
        x: control.leftPadding + control.visualPosition * (control.availableWidth - width)
        y: control.topPadding + control.availableHeight / 2 - height / 2
        width: 14
        height: 14
        radius: 7
        color: control.pressed ? Theme.accentPressed : control.hovered || control.visualFocus ? Theme.accent : Theme.text

        FocusRing {
            shown: control.visualFocus
            radius: 9
        }
    }
}
