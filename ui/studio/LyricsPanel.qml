pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// The words by section and line; the line that sounds stands out. A click on a word edits it.
Rectangle {
    id: panel

    required property Workspace workspace
    readonly property LyricsModel model: workspace.song.lyrics
    readonly property TransportViewModel transport: workspace.transport

    color: Theme.surface

    Connections {
        target: panel.transport
        function onPositionChanged() {
            panel.model.follow(panel.transport.position);
        }
    }
    Connections {
        target: panel.model
        function onCurrentRowChanged() {
            if (panel.model.currentRow >= 0)
                list.positionViewAtIndex(panel.model.currentRow, ListView.Contain);
        }
    }
    Component.onCompleted: panel.model.follow(panel.transport.position)

    ListView {
        id: list
        anchors.fill: parent
        anchors.leftMargin: 1
        topMargin: Theme.gapSmall
        bottomMargin: Theme.gapLarge
        model: panel.model
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        cacheBuffer: 400
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Lyrics")
        T.ScrollBar.vertical: ScrollBar {}

        delegate: Item {
            id: row

            required property int index
            required property bool heading
            required property string name
            required property string kind
            required property real line
            required property list<string> pieces
            required property bool spaced
            required property real start
            required property bool current

            width: list.width
            height: heading ? 40 : words.height + 10

            Rectangle {
                visible: row.current && !row.heading
                anchors.fill: parent
                anchors.leftMargin: Theme.gapSmall
                anchors.rightMargin: Theme.gapSmall
                radius: Theme.radiusSmall
                color: Theme.accentSoft
            }

            T.AbstractButton {
                id: headingButton
                visible: row.heading
                x: Theme.gapSmall
                y: 12
                width: parent.width - 2 * Theme.gapSmall
                height: 26
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("Go to %1").arg(row.name)
                Keys.onReturnPressed: headingButton.click() // qmllint disable
                onClicked: panel.transport.seek(row.start)

                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: headingButton.hovered ? Theme.hover : "transparent"

                    FocusRing {
                        shown: headingButton.visualFocus
                    }
                }
                Item {
                    anchors.fill: parent

                    Rectangle {
                        id: dot
                        x: Theme.gapSmall
                        anchors.verticalCenter: parent.verticalCenter
                        width: 8
                        height: 8
                        radius: 4
                        color: Theme.sectionColor(row.kind)
                    }
                    Label {
                        anchors.left: dot.right
                        anchors.leftMargin: Theme.gapSmall
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: row.name
                        font.pixelSize: Theme.captionSize
                        font.weight: Font.DemiBold
                        color: Theme.textMuted
                    }
                }
            }

            Flow {
                id: words
                visible: !row.heading
                x: Theme.gap + 2
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 2 * Theme.gap - 4

                Repeater {
                    model: row.heading ? [] : row.pieces

                    delegate: T.AbstractButton {
                        id: piece

                        required property int index
                        required property string modelData

                        leftPadding: row.spaced ? 3 : 0
                        rightPadding: row.spaced ? 3 : 0
                        implicitWidth: implicitContentWidth + leftPadding + rightPadding
                        implicitHeight: 26
                        hoverEnabled: true
                        focusPolicy: Qt.StrongFocus
                        Accessible.role: Accessible.Button
                        Accessible.name: piece.modelData
                        Accessible.description: qsTr("Edit the word")
                        Keys.onReturnPressed: piece.click() // qmllint disable
                        onClicked: {
                            const place = piece.mapToItem(panel, 0, 0, piece.width, piece.height);
                            editor.edit(row.line, piece.index, place);
                        }

                        background: Rectangle {
                            radius: Theme.radiusSmall
                            color: piece.hovered ? Theme.hover : "transparent"

                            FocusRing {
                                shown: piece.visualFocus
                                distance: 0
                                radius: Theme.radiusSmall
                            }
                        }
                        contentItem: Text {
                            text: piece.modelData
                            font.pixelSize: Theme.bodySize
                            font.weight: row.current ? Font.DemiBold : Font.Normal
                            color: Theme.text
                            textFormat: Text.PlainText
                            verticalAlignment: Text.AlignVCenter
                        }
                    }
                }
            }
        }
    }

    WordEditor {
        id: editor
        model: panel.model
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.line
    }
}
