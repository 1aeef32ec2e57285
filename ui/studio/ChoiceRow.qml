pragma ComponentBehavior: Bound
import QtQuick
import Cantilena

// A question with a few answers, of which one holds.
Item {
    id: row

    property string title
    property var choices: []
    property int chosen: 0

    signal picked(int index)

    implicitHeight: Math.max(30, flow.height)
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Label {
        id: label
        width: 108
        height: 30
        verticalAlignment: Text.AlignVCenter
        text: row.title
        font.pixelSize: Theme.labelSize
        elide: Text.ElideRight
    }
    Flow {
        id: flow
        anchors.left: label.right
        anchors.right: parent.right
        spacing: 6

        Repeater {
            model: row.choices

            delegate: Chip {
                required property int index
                required property string modelData

                text: modelData
                chosen: row.chosen === index
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: chosen
                Accessible.description: row.title
                onClicked: row.picked(index)
            }
        }
    }
}
