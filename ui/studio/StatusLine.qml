import QtQuick
import Cantilena

// Saved, device, job: what goes on behind the screen.
Rectangle {
    id: bar

    required property Workspace workspace
    readonly property SongViewModel song: workspace.song
    readonly property TransportViewModel transport: workspace.transport

    height: 30
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }

    Row {
        id: saved
        x: Theme.gap
        height: parent.height
        spacing: 6

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: bar.song.saveState === SongViewModel.Failed ? "alert" : bar.song.saveState === SongViewModel.Saving ? "clock" : "check"
            size: 14
            color: bar.song.saveState === SongViewModel.Failed ? Theme.danger : Theme.success
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, 300)
            text: bar.song.saveText
            font.pixelSize: Theme.captionSize
            color: bar.song.saveState === SongViewModel.Failed ? Theme.danger : Theme.textMuted
        }
    }

    Row {
        anchors.left: saved.right
        anchors.leftMargin: Theme.gapHuge
        anchors.right: job.visible ? job.left : bar.right
        anchors.rightMargin: Theme.gapLarge
        height: parent.height
        spacing: 6
        clip: true

        Icon {
            id: deviceIcon
            anchors.verticalCenter: parent.verticalCenter
            name: bar.transport.notice !== "" ? "speaker-off" : "speaker"
            size: 14
            color: bar.transport.notice !== "" ? Theme.warning : Theme.textMuted
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width - deviceIcon.width - 6)
            text: bar.transport.notice !== "" ? bar.transport.notice : bar.transport.device !== "" ? bar.transport.device : qsTr("The sound device opens with Play")
            font.pixelSize: Theme.captionSize
            color: Theme.textMuted
        }
    }

    Row {
        id: job
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapSmall
        height: parent.height
        visible: bar.song.jobRunning
        spacing: Theme.gapSmall

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: bar.song.jobText
            font.pixelSize: Theme.captionSize
        }
        ProgressBar {
            anchors.verticalCenter: parent.verticalCenter
            width: 140
            name: bar.song.jobText
            value: bar.song.jobFraction
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: 32
            horizontalAlignment: Text.AlignRight
            text: Math.round(bar.song.jobFraction * 100) + " %"
            font.pixelSize: Theme.captionSize
            color: Theme.textMuted
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            width: 24
            height: 24
            iconName: "close"
            iconSize: 14
            text: qsTr("Cancel")
            onClicked: bar.song.cancelJob()
        }
    }
}
