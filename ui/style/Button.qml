import QtQuick
import QtQuick.Templates as T
import Cantilena

T.Button {
    id: control

    property bool primary: false
    property bool quiet: false
    property string iconName: ""

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.controlHeight
    leftPadding: iconName === "" ? 16 : 12
    rightPadding: 16
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.bodySize
    font.weight: Font.Medium
    opacity: enabled ? 1 : 0.45

    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    readonly property color inkColor: primary ? Theme.onAccent : Theme.text

    contentItem: IconLabel {
        iconName: control.iconName
        text: control.text
        font: control.font
        color: control.inkColor
    }

    background: Rectangle {
        radius: Theme.radius
        color: {
            if (control.primary)
                return control.down ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent;
            if (control.down)
                return Theme.pressed;
            if (control.hovered)
                return Theme.hover;
            return control.quiet ? "transparent" : Theme.raised;
        }
        border.width: control.primary || control.quiet ? 0 : 1
        border.color: Theme.line

        FocusRing {
            shown: control.visualFocus
        }
    }
}
