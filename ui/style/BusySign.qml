pragma ComponentBehavior: Bound
import QtQuick
import Cantilena

// Three dots that breathe while something is being looked for.
Row {
    id: sign

    property bool running: false
    property string name: ""

    visible: running
    spacing: 4
    Accessible.role: Accessible.Indicator
    Accessible.name: name

    Repeater {
        model: 3

        delegate: Rectangle {
            id: dot

            required property int index

            width: 6
            height: 6
            radius: 3
            color: Theme.accent

            SequentialAnimation on opacity {
                running: sign.running && sign.visible
                loops: Animation.Infinite

                PauseAnimation {
                    duration: dot.index * 130
                }
                NumberAnimation {
                    from: 1
                    to: 0.25
                    duration: 300
                }
                NumberAnimation {
                    to: 1
                    duration: 300
                }
                PauseAnimation {
                    duration: (2 - dot.index) * 130
                }
            }
        }
    }
}
