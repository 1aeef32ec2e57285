import QtQuick
import Cantilena

// Language and theme, the two preferences that every screen offers.
Row {
    id: row

    required property Workspace workspace

    spacing: Theme.gapTiny

    Button {
        quiet: true
        leftPadding: 12
        rightPadding: 12
        text: row.workspace.language === "zh" ? "English" : "简体中文"
        Accessible.description: qsTr("Switches the language of the window")
        onClicked: row.workspace.language = row.workspace.language === "zh" ? "en" : "zh"
    }
    IconButton {
        iconName: row.workspace.dark ? "sun" : "moon"
        text: row.workspace.dark ? qsTr("Light theme") : qsTr("Dark theme")
        onClicked: row.workspace.dark = !row.workspace.dark
    }
}
