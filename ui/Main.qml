import QtQuick
import QtQuick.Templates as T
import Cantilena

T.ApplicationWindow {
    id: window

    required property Workspace workspace

    width: 1280
    height: 800
    minimumWidth: 960
    minimumHeight: 620
    visible: true
    color: Theme.window
    title: workspace.song.open ? qsTr("%1 – Cantilena").arg(workspace.song.title) : "Cantilena"

    Binding {
        target: Theme
        property: "dark"
        value: window.workspace.dark
    }

    Loader {
        id: screen
        anchors.fill: parent
        focus: true

        function show() {
            const name = window.workspace.song.open ? "studio/StudioScreen.qml" : "start/StartScreen.qml";
            setSource(name, {
                workspace: window.workspace
            });
        }

        Component.onCompleted: show()
    }

    Connections {
        target: window.workspace.song
        function onScreenChanged() {
            screen.show();
        }
    }

    MessageBar {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: window.workspace.song.open ? 44 : 28
        workspace: window.workspace
    }
}
