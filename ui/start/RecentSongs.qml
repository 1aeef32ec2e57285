pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

Column {
    id: section

    required property StartViewModel model

    signal openRequested

    spacing: Theme.gapSmall
    topPadding: Theme.gap

    Item {
        width: parent.width
        height: Theme.controlHeight

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Recent songs")
            font.pixelSize: Theme.titleSize
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Button {
            anchors.right: parent.right
            quiet: true
            iconName: "folder"
            text: qsTr("Open file…")
            onClicked: section.openRequested()
        }
    }

    Label {
        visible: section.model.recent.count === 0
        width: parent.width
        text: qsTr("Songs that you make appear here. Nothing is lost when you close the window.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }

    Repeater {
        model: section.model.recent

        delegate: T.ItemDelegate {
            id: row

            required property string path
            required property string title
            required property string language
            required property string length
            required property string when
            required property bool untitled

            width: section.width
            height: 56
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Open %1").arg(row.title)
            Accessible.description: row.language + ", " + row.length + ", " + row.when
            Keys.onReturnPressed: row.clicked()
            Keys.onEnterPressed: row.clicked()
            onClicked: section.model.openRecent(row.path)

            background: Rectangle {
                radius: Theme.radius
                color: row.down ? Theme.pressed : row.hovered ? Theme.hover : "transparent"

                FocusRing {
                    shown: row.visualFocus
                }
            }

            Item {
                anchors.fill: parent

                Rectangle {
                    id: tile
                    x: Theme.gapSmall
                    anchors.verticalCenter: parent.verticalCenter
                    width: 38
                    height: 38
                    radius: Theme.radius
                    color: Theme.accentSoft

                    Icon {
                        anchors.centerIn: parent
                        name: "note"
                        color: Theme.accent
                    }
                }
                Column {
                    anchors.left: tile.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: facts.left
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 1

                    Label {
                        width: parent.width
                        text: row.title
                        font.weight: Font.Medium
                    }
                    Label {
                        width: parent.width
                        text: row.untitled ? qsTr("Kept in the library, not saved as a file yet") : row.path
                        font.pixelSize: Theme.captionSize
                        color: Theme.textMuted
                        elide: Text.ElideMiddle
                    }
                }
                Row {
                    id: facts
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.gapLarge

                    Label {
                        width: 52
                        text: row.language
                        font.pixelSize: Theme.labelSize
                        color: Theme.textMuted
                    }
                    Label {
                        width: 36
                        horizontalAlignment: Text.AlignRight
                        text: row.length
                        font.pixelSize: Theme.labelSize
                        color: Theme.textMuted
                    }
                    Label {
                        width: 118
                        horizontalAlignment: Text.AlignRight
                        text: row.when
                        font.pixelSize: Theme.labelSize
                        color: Theme.textMuted
                    }
                }
            }
        }
    }
}
