import QtQuick
import QtQuick.Templates as T
import Cantilena

// The language model that may write the lyrics.
Dialog {
    id: dialog

    required property LyricistViewModel model
    readonly property bool fixed: model.fromEnvironment

    function keep() {
        if (dialog.model.save())
            dialog.close();
    }

    title: qsTr("Lyricist")
    closePolicy: T.Popup.CloseOnEscape
    onAboutToShow: model.reload()
    onOpened: (fixed ? closing : toggle).forceActiveFocus()
    onClosed: model.reload()

    Column {
        width: 480
        spacing: Theme.gapLarge

        Column {
            width: parent.width
            spacing: Theme.gapSmall

            Switch {
                id: toggle
                width: parent.width
                text: qsTr("Use an online language model as lyricist")
                font.weight: Font.Medium
                enabled: !dialog.fixed
                checked: dialog.model.enabled
                onToggled: dialog.model.enabled = checked
            }
            Label {
                width: parent.width
                text: dialog.fixed ? qsTr("The environment variables CANTILENA_LYRICIST_URL and so on say which; change them there.") : qsTr("The sentence that you type is then sent to the server below; otherwise nothing leaves this computer.")
                font.pixelSize: Theme.labelSize
                color: Theme.textMuted
                wrapMode: Text.Wrap
            }
        }

        Column {
            width: parent.width
            spacing: Theme.gap

            SettingField {
                width: parent.width
                label: qsTr("Address")
                placeholderText: "https://api.deepseek.com"
                readOnly: dialog.fixed
                text: dialog.model.url
                onEdited: text => dialog.model.url = text
                onAccepted: dialog.keep()
            }
            SettingField {
                width: parent.width
                label: qsTr("Model")
                placeholderText: "deepseek-chat"
                readOnly: dialog.fixed
                text: dialog.model.model
                onEdited: text => dialog.model.model = text
                onAccepted: dialog.keep()
            }
            Column {
                width: parent.width
                spacing: Theme.gapTiny

                Item {
                    width: parent.width
                    height: keyField.height

                    SettingField {
                        id: keyField
                        width: parent.width - (forget.visible ? forget.width + Theme.gapSmall : 0)
                        label: qsTr("Key")
                        secret: true
                        readOnly: dialog.fixed
                        placeholderText: dialog.fixed ? (dialog.model.keyKept ? qsTr("From the environment") : "") : dialog.model.keyKept ? qsTr("A key is kept; type another to replace it") : qsTr("If the server asks for one")
                        text: dialog.model.key
                        onEdited: text => dialog.model.key = text
                        onAccepted: dialog.keep()
                    }
                    Button {
                        id: forget
                        anchors.right: parent.right
                        anchors.bottom: parent.bottom
                        visible: dialog.model.keyKept && !dialog.fixed
                        text: qsTr("Forget")
                        Accessible.name: qsTr("Forget the key")
                        onClicked: {
                            dialog.model.forgetKey();
                            keyField.forceActiveFocus();
                        }
                    }
                }
                Label {
                    width: parent.width
                    visible: !dialog.fixed
                    text: qsTr("Stored on this computer only, in a file that nobody but you can read.")
                    font.pixelSize: Theme.captionSize
                    color: Theme.textMuted
                    wrapMode: Text.Wrap
                }
            }
        }

        Item {
            width: parent.width
            height: Math.max(20, status.implicitHeight)

            Icon {
                id: statusIcon
                y: 2
                visible: dialog.model.status !== ""
                name: dialog.model.works ? "check" : "alert"
                size: 16
                color: dialog.model.works ? Theme.success : Theme.danger
            }
            Label {
                id: status
                x: statusIcon.visible ? 24 : 0
                width: parent.width - x
                text: dialog.model.testing ? qsTr("Asking the server…") : dialog.model.status
                font.pixelSize: Theme.labelSize
                color: dialog.model.status === "" ? Theme.textMuted : Theme.text
                wrapMode: Text.Wrap
                maximumLineCount: 4
                Accessible.role: Accessible.AlertMessage
            }
        }

        Item {
            width: parent.width
            height: Theme.controlHeight

            Button {
                text: dialog.model.testing ? qsTr("Stop") : qsTr("Test")
                Accessible.description: qsTr("Asks the server for a word")
                enabled: dialog.model.url !== "" && dialog.model.model !== ""
                onClicked: dialog.model.testing ? dialog.model.cancelTest() : dialog.model.test()
            }
            Row {
                anchors.right: parent.right
                spacing: Theme.gapSmall

                Button {
                    id: closing
                    text: dialog.fixed ? qsTr("Close") : qsTr("Cancel")
                    onClicked: dialog.close()
                }
                Button {
                    visible: !dialog.fixed
                    primary: true
                    text: qsTr("Save")
                    onClicked: dialog.keep()
                }
            }
        }
    }
}
