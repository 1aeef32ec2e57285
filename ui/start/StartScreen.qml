import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Cantilena

FocusScope {
    id: screen

    required property Workspace workspace
    readonly property StartViewModel model: workspace.start
    readonly property real columnWidth: Math.min(760, width - 96)

    Item {
        id: bar
        width: parent.width
        height: 64

        Row {
            x: Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapSmall

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "logo"
                size: 28
                color: Theme.accent
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: "Cantilena"
                font.pixelSize: 18
                font.weight: Font.DemiBold
            }
        }
        Row {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapTiny

            PreferenceButtons {
                workspace: screen.workspace
            }
            IconButton {
                iconName: "settings"
                text: qsTr("Lyricist")
                onClicked: lyricistDialog.open()

                LyricistDialog {
                    id: lyricistDialog
                    model: screen.workspace.lyricist
                }
            }
            HelpButton {}
        }
    }

    Flickable {
        id: page
        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: column.y + column.height + Theme.gapHuge
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {}

        Column {
            id: column
            x: Math.round((page.width - width) / 2)
            y: Math.max(Theme.gapSmall, Math.round(page.height * 0.07))
            width: screen.columnWidth
            spacing: Theme.gapLarge

            Label {
                width: parent.width
                text: screen.model.composing ? qsTr("Composing your song") : qsTr("What should your song be about?")
                font.pixelSize: Theme.headingSize
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }

            PromptCard {
                id: card
                width: parent.width
                visible: !screen.model.composing
                focus: true
                model: screen.model
            }

            Label {
                width: parent.width
                visible: !screen.model.composing && text !== ""
                text: screen.workspace.lyricist.use
                font.pixelSize: Theme.labelSize
                color: Theme.textMuted
                wrapMode: Text.Wrap
            }

            PlanCard {
                width: parent.width
                visible: screen.model.composing
                model: screen.model
            }

            RecentSongs {
                width: parent.width
                visible: !screen.model.composing
                model: screen.model
                onOpenRequested: openDialog.open()
            }
        }
    }

    FileDialog {
        id: openDialog
        title: qsTr("Open a song")
        currentFolder: screen.workspace.song.musicFolder()
        acceptLabel: qsTr("Open")
        rejectLabel: qsTr("Cancel")
        nameFilters: [qsTr("Songs and melodies (*.cantilena *.mid *.midi *.musicxml *.xml)"), qsTr("Cantilena songs (*.cantilena)"), qsTr("All files (*)")]
        onAccepted: screen.model.openFile(openDialog.selectedFile)
    }

    Shortcut {
        sequence: "Ctrl+O"
        onActivated: openDialog.open()
    }
    Shortcut {
        sequence: "Ctrl+N"
        onActivated: card.forceActiveFocus()
    }
    Shortcut {
        sequence: "Escape"
        enabled: screen.model.composing
        onActivated: screen.model.cancel()
    }

    Component.onCompleted: card.forceActiveFocus()
    Connections {
        target: screen.model
        function onComposingChanged() {
            if (!screen.model.composing)
                card.forceActiveFocus();
        }
    }
}
