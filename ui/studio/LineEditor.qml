pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Cantilena

// One line anew: typed by hand, with its syllables held against the notes, or taken from what the models suggest.
T.Popup {
    id: popup

    required property RewriteViewModel model
    property real line: 0
    property int row: -1

    function type(row: int, line: real, place: rect) {
        show(row, line, place);
        field.selectAll();
        field.forceActiveFocus(Qt.PopupFocusReason);
    }

    function suggest(row: int, line: real, place: rect, byKeyboard: bool) {
        show(row, line, place);
        popup.model.ask(0);
        (chips.itemAt(0) as Item).forceActiveFocus(byKeyboard ? Qt.TabFocusReason : Qt.PopupFocusReason);
    }

    function show(row: int, line: real, place: rect) {
        popup.row = row;
        popup.line = line;
        popup.model.open(line);
        field.text = popup.model.text;
        popup.x = popup.parent.width - popup.width - Theme.gapSmall;
        popup.y = place.y - 6;
        popup.open();
    }

    function keep() {
        if (popup.model.keep())
            popup.close();
    }

    width: 480
    height: column.height + 2 * padding
    margins: Theme.gapSmall
    padding: Theme.gap + 2
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onClosed: popup.model.close()

    Column {
        id: column
        width: parent.width
        spacing: Theme.gapSmall

        TextField {
            id: field
            width: parent.width
            rightPadding: count.width + 18
            name: qsTr("The line")
            maximumLength: 300
            Accessible.description: popup.model.countText + ", " + popup.model.fitText
            onTextChanged: popup.model.text = text
            onAccepted: popup.keep()
            Keys.onDownPressed: (chips.itemAt(Math.max(0, popup.model.wish)) as Item).forceActiveFocus(Qt.TabFocusReason)

            Label {
                id: count
                anchors.right: parent.right
                anchors.rightMargin: 10
                height: parent.height
                text: popup.model.countText
                font.pixelSize: Theme.labelSize
                color: popup.model.fits ? Theme.success : Theme.warning
                Accessible.name: qsTr("Syllables typed and wanted: %1").arg(text)
            }
        }

        Item {
            width: parent.width
            height: Theme.smallControlHeight

            Label {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - replace.width - Theme.gapSmall
                text: popup.model.fitText
                font.pixelSize: Theme.captionSize
                color: Theme.textMuted
            }
            Button {
                id: replace
                anchors.right: parent.right
                height: Theme.smallControlHeight
                leftPadding: 12
                rightPadding: 12
                font.pixelSize: Theme.labelSize
                primary: true
                visible: popup.model.changed
                text: qsTr("Replace")
                onClicked: popup.keep()
            }
        }

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }

        Flow {
            width: parent.width
            spacing: 6

            Repeater {
                id: chips
                model: popup.model.wishes

                delegate: Chip {
                    id: chip

                    required property int index
                    required property string modelData

                    text: modelData
                    chosen: popup.model.wish === index
                    checkable: false
                    Accessible.role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: chosen
                    onClicked: popup.model.ask(index)
                    Keys.onRightPressed: chip.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onLeftPressed: chip.nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onDownPressed: {
                        if (found.count > 0)
                            (found.itemAt(0) as Item).forceActiveFocus(Qt.TabFocusReason);
                    }
                    Keys.onUpPressed: field.forceActiveFocus(Qt.TabFocusReason)
                }
            }
        }

        Item {
            width: parent.width
            height: 8 * 30
            visible: popup.model.wish >= 0

            Column {
                width: parent.width
                opacity: popup.model.busy ? 0.45 : 1

                Repeater {
                    id: found
                    model: popup.model.suggestions

                    delegate: T.ItemDelegate {
                        id: suggestion

                        required property int index
                        required property string modelData

                        width: column.width
                        height: 30
                        hoverEnabled: true
                        focusPolicy: Qt.StrongFocus
                        enabled: !popup.model.busy
                        Accessible.role: Accessible.Button
                        Accessible.name: modelData.replace(/·/g, "")
                        Accessible.description: qsTr("Makes this the line")
                        Keys.onReturnPressed: suggestion.clicked()
                        Keys.onEnterPressed: suggestion.clicked()
                        Keys.onDownPressed: {
                            if (index + 1 < found.count)
                                (found.itemAt(index + 1) as Item).forceActiveFocus(Qt.TabFocusReason);
                        }
                        Keys.onUpPressed: {
                            const above = index > 0 ? found.itemAt(index - 1) : chips.itemAt(Math.max(0, popup.model.wish));
                            (above as Item).forceActiveFocus(Qt.TabFocusReason);
                        }
                        onClicked: {
                            if (popup.model.take(index))
                                popup.close();
                        }

                        background: Rectangle {
                            radius: Theme.radiusSmall
                            color: suggestion.down ? Theme.pressed : suggestion.hovered ? Theme.hover : "transparent"

                            FocusRing {
                                shown: suggestion.visualFocus
                                distance: 0
                                radius: Theme.radiusSmall
                            }
                        }
                        contentItem: Label {
                            leftPadding: Theme.gapSmall
                            rightPadding: Theme.gapSmall
                            text: suggestion.modelData
                            Accessible.ignored: true
                        }
                    }
                }
            }
            Label {
                width: parent.width
                topPadding: Theme.gapSmall
                leftPadding: Theme.gapSmall
                visible: popup.model.notice !== "" && !popup.model.busy
                text: popup.model.notice
                color: Theme.textMuted
                font.pixelSize: Theme.labelSize
                wrapMode: Text.Wrap
            }
            BusySign {
                anchors.centerIn: parent
                running: popup.model.busy
                name: qsTr("Looking for words")
            }
        }

        Item {
            width: parent.width
            height: 30
            visible: popup.model.wish >= 0 || popup.model.places > 1

            Chip {
                visible: popup.model.places > 1
                checkable: true
                checked: popup.model.everywhere
                chosen: checked
                text: qsTr("In all %n places of the song", "", popup.model.places)
                onToggled: popup.model.everywhere = checked
            }
            Button {
                anchors.right: parent.right
                height: 30
                quiet: true
                leftPadding: 12
                rightPadding: 12
                visible: popup.model.wish >= 0
                font.pixelSize: Theme.labelSize
                text: popup.model.busy ? qsTr("Stop") : qsTr("More lines")
                Accessible.description: popup.model.busy ? "" : qsTr("Suggests other lines of the same kind")
                onClicked: {
                    if (popup.model.busy)
                        popup.model.stop();
                    else
                        popup.model.ask(popup.model.wish);
                }
            }
        }
    }

    background: Rectangle {
        radius: Theme.radius + 2
        color: Theme.raised
        border.width: 1
        border.color: Theme.lineStrong

        Rectangle {
            z: -1
            anchors.fill: parent
            anchors.topMargin: 3
            anchors.bottomMargin: -4
            radius: parent.radius
            color: Theme.shadow
        }
    }
}
