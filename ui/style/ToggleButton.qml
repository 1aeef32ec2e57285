import QtQuick
import QtQuick.Templates as T
import Cantilena

// A small letter that is on or off, such as M for mute; `name` says what it is.
T.Button {
    id: control

    property string name: ""
    property color activeColor: Theme.accent
    property color activeTextColor: Theme.onAccent

    implicitWidth: 24
    implicitHeight: 22
    checkable: true
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.captionSize
    font.weight: Font.DemiBold

    // What the mouse does, for Enter; Space is the button's own.
    function press() {
        if (control.checkable) {
            control.toggle();
            control.toggled();
        }
        control.clicked();
    }

    Accessible.role: Accessible.CheckBox
    Accessible.name: name
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: control.press()
    Keys.onEnterPressed: control.press()

    contentItem: Text {
        text: control.text
        font: control.font
        color: control.checked ? control.activeTextColor : Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.checked ? control.activeColor : control.hovered ? Theme.hover : Theme.raised
        border.width: control.checked ? 0 : 1
        border.color: Theme.line

        FocusRing {
            shown: control.visualFocus
            radius: Theme.radiusSmall + 2
        }
    }

    ToolTip {
        visible: control.hovered && !control.down
        text: control.name
    }
}
