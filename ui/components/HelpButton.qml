import QtQuick
import Cantilena

// Opens the list of keyboard shortcuts, as F1 does.
IconButton {
    id: button

    iconName: "keyboard"
    text: qsTr("Keyboard shortcuts")
    shortcutText: "F1"
    onClicked: dialog.open()

    ShortcutsDialog {
        id: dialog
    }

    Shortcut {
        sequence: "F1"
        onActivated: dialog.open()
    }
}
