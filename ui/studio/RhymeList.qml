pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// Words that rhyme: first those that fit the notes of the word, then longer and shorter ones.
Item {
    id: list

    required property RhymeViewModel model

    signal picked(string word)
    signal dismissed

    function takeFocus() {
        const first = fitting.count > 0 ? fitting.itemAt(0) : others.count > 0 ? others.itemAt(0) : null;
        if (first)
            (first as Item).forceActiveFocus(Qt.TabFocusReason);
    }

    component Rhyme: Chip {
        id: rhyme

        required property var modelData

        signal dismissed

        text: modelData.text
        implicitHeight: 26
        leftPadding: 9
        rightPadding: 9
        Accessible.name: modelData.text
        Accessible.description: qsTr("%n syllable(s)", "", modelData.syllables)
        Keys.onRightPressed: rhyme.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onDownPressed: rhyme.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onLeftPressed: rhyme.nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: rhyme.dismissed()
    }

    height: Math.min(column.height, 236)

    Flickable {
        anchors.fill: parent
        contentHeight: column.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {}

        Column {
            id: column
            width: parent.width
            padding: 10
            spacing: 6

            Row {
                spacing: Theme.gapSmall

                Label {
                    text: list.model.notice !== "" ? list.model.notice : qsTr("Rhymes")
                    font.pixelSize: Theme.captionSize
                    color: Theme.textMuted
                }
                BusySign {
                    anchors.verticalCenter: parent.verticalCenter
                    running: list.model.busy
                    name: qsTr("Looking for rhymes")
                }
            }
            Flow {
                width: parent.width - 20
                visible: fitting.count > 0
                spacing: 5

                Repeater {
                    id: fitting
                    model: list.model.fitting
                    delegate: Rhyme {
                        onClicked: list.picked(modelData.text)
                        onDismissed: list.dismissed()
                    }
                }
            }
            Label {
                visible: others.count > 0
                text: qsTr("With more or fewer syllables")
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
            }
            Flow {
                width: parent.width - 20
                visible: others.count > 0
                spacing: 5

                Repeater {
                    id: others
                    model: list.model.others
                    delegate: Rhyme {
                        onClicked: list.picked(modelData.text)
                        onDismissed: list.dismissed()
                    }
                }
            }
        }
    }
}
