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

    // Qt's own file dialogs, where the desktop has none, take their colours from here.
    palette {
        window: Theme.surface
        windowText: Theme.text
        base: Theme.sunken
        alternateBase: Theme.raised
        text: Theme.text
        placeholderText: Theme.textFaint
        button: Theme.raised
        buttonText: Theme.text
        brightText: Theme.accent
        highlight: Theme.accent
        highlightedText: Theme.onAccent
        toolTipBase: Theme.raised
        toolTipText: Theme.text
        light: Theme.hover
        midlight: Theme.hover
        mid: Theme.line
        dark: Theme.lineStrong
        shadow: Theme.window
        link: Theme.accent
    }

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
