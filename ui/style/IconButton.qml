import QtQuick
import QtQuick.Templates as T
import Cantilena

// A square button with an icon; `text` is its name and its tool tip.
T.Button {
    id: control

    property string iconName: ""
    property int iconSize: 18
    property bool primary: false
    property string shortcutText: ""

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.4

    // What the mouse does, for Enter; Space is the button's own.
    function press() {
        if (control.checkable) {
            control.toggle();
            control.toggled();
        }
        control.clicked();
    }

    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Keys.onReturnPressed: control.press()
    Keys.onEnterPressed: control.press()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.iconName
            size: control.iconSize
            color: control.primary ? Theme.onAccent : control.checked ? Theme.accent : Theme.text
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: {
            if (control.primary)
                return control.down ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent;
            if (control.down)
                return Theme.pressed;
            if (control.checked)
                return Theme.accentSoft;
            return control.hovered ? Theme.hover : "transparent";
        }

        FocusRing {
            shown: control.visualFocus
        }
    }

    ToolTip {
        visible: control.hovered && !control.down && control.text !== ""
        text: control.shortcutText === "" ? control.text : control.text + "   " + control.shortcutText
    }
}
