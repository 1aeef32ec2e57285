pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// A row of the lyrics: a section's heading, or a line with its words and, when `spoken`, their syllables and stress.
// A click on a word edits it; a double click or F2 types the line anew.
Item {
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
    required property list<string> readings
    required property list<string> descriptions
    required property int syllables
    required property string rhyme
    required property bool rhymes
    property bool spoken: false
    property bool busy: false // its editor is open

    signal seekRequested(real tick)
    signal wordRequested(int word, Item item)
    signal rewriteRequested(bool byKeyboard)
    signal typingRequested

    function takeFocus() {
        rewrite.forceActiveFocus(Qt.TabFocusReason);
    }

    // A word with its reading under it.
    component WordLabel: Item {
        id: label

        property alias text: word.text
        property alias reading: reading.text
        property bool strong: false

        implicitWidth: Math.max(word.implicitWidth, reading.implicitWidth)
        implicitHeight: 26

        Text {
            id: word
            anchors.horizontalCenter: parent.horizontalCenter
            height: 26
            font.pixelSize: Theme.bodySize
            font.weight: label.strong ? Font.DemiBold : Font.Normal
            color: Theme.text
            textFormat: Text.PlainText
            verticalAlignment: Text.AlignVCenter
        }
        Text {
            id: reading
            anchors.horizontalCenter: parent.horizontalCenter
            y: 22
            font.pixelSize: Theme.captionSize
            color: Theme.textMuted
            textFormat: Text.StyledText
        }
    }

    // The reading with its stressed syllables in bold.
    function marked(reading: string): string {
        const safe = reading.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
        return safe.replace(/ˈ[^·]+/g, stressed => "<b>" + stressed + "</b>");
    }

    height: heading ? 40 : Math.max(words.height, side.height) + 10

    Keys.onPressed: event => {
        if (row.heading || (event.key !== Qt.Key_F2 && event.key !== Qt.Key_Menu))
            return;
        event.accepted = true;
        if (event.key === Qt.Key_F2)
            row.typingRequested();
        else
            row.rewriteRequested(true);
    }

    HoverHandler {
        id: pointer
        enabled: !row.heading
    }

    Rectangle {
        visible: (row.current || row.busy) && !row.heading
        anchors.fill: parent
        anchors.leftMargin: Theme.gapSmall
        anchors.rightMargin: Theme.gapSmall
        radius: Theme.radiusSmall
        color: row.busy ? Theme.hover : Theme.accentSoft
    }

    MouseArea {
        anchors.fill: parent
        enabled: !row.heading
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        onClicked: mouse => {
            if (mouse.button === Qt.RightButton)
                row.rewriteRequested(false);
        }
        onDoubleClicked: mouse => {
            if (mouse.button === Qt.LeftButton)
                row.typingRequested();
        }
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
        Keys.onReturnPressed: headingButton.clicked()
        onClicked: row.seekRequested(row.start)

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
        width: side.x - x - 2

        Repeater {
            model: row.heading ? [] : row.pieces

            delegate: T.AbstractButton {
                id: piece

                required property int index
                required property string modelData
                readonly property string reading: row.readings[index] ?? ""

                leftPadding: row.spaced || row.spoken ? 3 : 0
                rightPadding: leftPadding
                implicitWidth: implicitContentWidth + leftPadding + rightPadding
                implicitHeight: row.spoken ? 42 : 26
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: piece.modelData
                Accessible.description: (row.spoken ? (row.descriptions[piece.index] ?? "") + ". " : "") + qsTr("Edit the word")
                Keys.onReturnPressed: piece.clicked()
                onClicked: row.wordRequested(piece.index, piece)

                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: piece.hovered ? Theme.hover : "transparent"

                    FocusRing {
                        shown: piece.visualFocus
                        distance: 0
                        radius: Theme.radiusSmall
                    }
                }
                contentItem: WordLabel {
                    text: piece.modelData
                    reading: row.spoken ? row.marked(piece.reading) : ""
                    strong: row.current
                }
            }
        }
    }

    Item {
        id: side
        visible: !row.heading
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapSmall + 4
        anchors.verticalCenter: parent.verticalCenter
        width: row.spoken ? 76 : 26
        height: 26

        IconButton {
            id: rewrite
            anchors.right: parent.right
            width: 26
            height: 26
            iconName: "create"
            iconSize: 16
            opacity: pointer.hovered || activeFocus || row.busy ? 1 : 0
            text: qsTr("Other words for this line")
            Accessible.description: row.name
            onClicked: row.rewriteRequested(rewrite.visualFocus)
        }
        Row {
            id: measure
            visible: row.spoken
            height: parent.height
            spacing: 6

            Label {
                width: 20
                height: parent.height
                horizontalAlignment: Text.AlignRight
                text: row.syllables
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
                Accessible.name: qsTr("%n syllable(s)", "", row.syllables)
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: row.rhyme !== ""
                width: 18
                height: 18
                radius: Theme.radiusSmall
                color: "transparent"
                border.width: 1
                border.color: row.rhymes ? Theme.line : Theme.warning

                Label {
                    anchors.centerIn: parent
                    text: row.rhyme
                    font.pixelSize: 11
                    font.weight: Font.DemiBold
                    font.strikeout: !row.rhymes
                    color: row.rhymes ? Theme.textMuted : Theme.warning
                    Accessible.name: row.rhymes ? qsTr("Rhymes as %1").arg(row.rhyme) : qsTr("Does not rhyme with the other lines of %1").arg(row.rhyme)
                }
                HoverHandler {
                    id: letter
                }
                ToolTip {
                    visible: letter.hovered
                    text: row.rhymes ? qsTr("Rhymes as %1").arg(row.rhyme) : qsTr("Does not rhyme with the other lines of %1").arg(row.rhyme)
                }
            }
        }
    }
}
