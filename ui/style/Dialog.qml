import QtQuick
import QtQuick.Templates as T
import Cantilena

// A modal card in the middle of the window with a title and a way out at its top right.
T.Dialog {
    id: control

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    implicitWidth: Math.max(320, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: implicitHeaderHeight + implicitContentHeight + topPadding + bottomPadding
    padding: Theme.gapLarge
    topPadding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    header: Item {
        implicitHeight: 56

        Label {
            anchors.left: parent.left
            anchors.leftMargin: Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            text: control.title
            font.pixelSize: Theme.titleSize
            font.weight: Font.DemiBold
        }
        IconButton {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            iconName: "close"
            text: qsTr("Close")
            focus: true
            onClicked: control.close()
        }
    }

    background: Rectangle {
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: 1
        border.color: Theme.line
    }

    T.Overlay.modal: Rectangle {
        color: Theme.faded("#000000", 0.5)
    }
}
