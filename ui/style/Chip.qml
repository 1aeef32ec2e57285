import QtQuick
import QtQuick.Templates as T
import Cantilena

// A pill that holds an optional choice; it lights up when something was chosen.
T.Button {
    id: control

    property bool chosen: false
    property bool opensMenu: false

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: 30
    leftPadding: 12
    rightPadding: opensMenu ? 8 : 12
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.labelSize

    // What the mouse does, for Enter; Space is the button's own.
    function press() {
        if (control.checkable) {
            control.toggle();
            control.toggled();
        }
        control.clicked();
    }

    Accessible.role: opensMenu ? Accessible.ButtonMenu : checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Keys.onReturnPressed: control.press()
    Keys.onEnterPressed: control.press()

    contentItem: IconLabel {
        iconName: control.checkable && control.checked ? "check" : ""
        trailingIconName: control.opensMenu ? "chevron-down" : ""
        iconSize: 14
        text: control.text
        font: control.font
        color: control.chosen ? Theme.accent : Theme.textMuted
    }

    background: Rectangle {
        radius: height / 2
        color: control.chosen ? Theme.accentSoft : control.down ? Theme.pressed : control.hovered ? Theme.hover : "transparent"
        border.width: 1
        border.color: control.chosen ? Theme.accent : Theme.line

        FocusRing {
            shown: control.visualFocus
            radius: height / 2
        }
    }
}
