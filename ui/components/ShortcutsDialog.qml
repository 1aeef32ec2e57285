pragma ComponentBehavior: Bound
import QtQuick
import Cantilena

Dialog {
    id: dialog

    title: qsTr("Keyboard shortcuts")

    Row {
        spacing: Theme.gapHuge

        Repeater {
            model: [[["Space", qsTr("Play or stop")], ["Home", qsTr("Go to the start")], ["L", qsTr("Loop the section")], ["Ctrl+Z", qsTr("Undo")], ["Ctrl+Shift+Z", qsTr("Redo")], ["Ctrl+S", qsTr("Save as")], ["Ctrl+O", qsTr("Open a file")], ["Ctrl+N", qsTr("New song")], ["Ctrl+E", qsTr("Export as audio")], ["F1", qsTr("These shortcuts")], [qsTr("Double click"), qsTr("Add a note, or edit its word")], ["F2", qsTr("Retype a line of lyrics")]], [["← →", qsTr("Select a note")], ["Alt + ← →", qsTr("Move the note in time")], ["Alt + ↑ ↓", qsTr("Move the note in pitch")], ["Shift + ← →", qsTr("Shorten or lengthen")], ["Enter", qsTr("Edit the word")], ["P", qsTr("Draw notes")], ["B", qsTr("Draw the voice's pitch")], ["T", qsTr("New tune")], ["Insert", qsTr("Add a note after this one")], ["Delete", qsTr("Remove the notes")], ["Ctrl+A", qsTr("Select all notes")], ["+ −", qsTr("Zoom")], [qsTr("Ctrl + wheel"), qsTr("Zoom at the pointer")], [qsTr("Shift + drag"), qsTr("Move without snapping")]]]

            delegate: Column {
                id: column

                required property var modelData

                spacing: 6

                Repeater {
                    model: column.modelData

                    delegate: Row {
                        id: entry

                        required property var modelData

                        spacing: Theme.gap

                        Rectangle {
                            width: 116
                            height: 26
                            radius: Theme.radiusSmall
                            color: Theme.raised
                            border.width: 1
                            border.color: Theme.line

                            Label {
                                anchors.centerIn: parent
                                text: entry.modelData[0]
                                font.pixelSize: Theme.captionSize
                            }
                        }
                        Label {
                            width: 170
                            height: 26
                            text: entry.modelData[1]
                            color: Theme.textMuted
                            font.pixelSize: Theme.labelSize
                        }
                    }
                }
            }
        }
    }
}
