import QtQuick
import Cantilena

// The sentence that the program has for the person; it goes away by itself or when it is closed.
Rectangle {
    id: bar

    required property Workspace workspace

    width: Math.min(parent.width - 64, label.implicitWidth + 100)
    height: Math.max(44, label.height + 24)
    radius: Theme.radius
    color: Theme.raised
    border.width: 1
    border.color: Theme.lineStrong
    visible: opacity > 0
    opacity: workspace.message !== "" ? 1 : 0
    z: 10

    Accessible.role: Accessible.AlertMessage
    Accessible.name: label.text

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.quick
        }
    }

    Connections {
        target: bar.workspace
        function onMessageChanged() {
            if (bar.workspace.message !== "") {
                label.text = bar.workspace.message;
                timer.restart();
            }
        }
    }

    Timer {
        id: timer
        interval: 9000
        onTriggered: bar.workspace.dismissMessage()
    }

    Icon {
        id: icon
        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: "info"
        color: Theme.accent
    }
    Text {
        id: label
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: icon.right
        anchors.leftMargin: Theme.gap
        width: Math.min(implicitWidth, bar.parent.width - 164)
        color: Theme.text
        font.pixelSize: Theme.bodySize
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        maximumLineCount: 4
        elide: Text.ElideRight
    }
    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: 6
        anchors.verticalCenter: parent.verticalCenter
        width: 30
        height: 30
        iconName: "close"
        iconSize: 16
        text: qsTr("Close the message")
        onClicked: bar.workspace.dismissMessage()
    }
}
