import QtQuick
import QtQuick.Templates as T
import Cantilena

// On or off, with what it does written before it.
T.Switch {
    id: control

    implicitWidth: 240
    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.bodySize
    opacity: enabled ? 1 : 0.55

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: control.click() // qmllint disable
    Keys.onEnterPressed: control.click() // qmllint disable

    contentItem: Text {
        rightPadding: 40 + Theme.gap
        text: control.text
        font: control.font
        color: Theme.text
        textFormat: Text.PlainText
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
    }

    indicator: Rectangle {
        x: control.width - width
        y: Math.round((control.height - height) / 2)
        width: 40
        height: 22
        radius: height / 2
        color: control.checked ? (control.hovered ? Theme.accentHover : Theme.accent) : control.hovered ? Theme.hover : Theme.sunken
        border.width: control.checked ? 0 : 1
        border.color: Theme.lineStrong

        Rectangle {
            x: control.visualPosition * (parent.width - width - 6) + 3
            anchors.verticalCenter: parent.verticalCenter
            width: 16
            height: 16
            radius: 8
            color: control.checked ? Theme.surface : Theme.textMuted

            Behavior on x {
                NumberAnimation {
                    duration: Theme.quick
                }
            }
        }
        FocusRing {
            shown: control.visualFocus
            radius: height / 2
        }
    }
}
