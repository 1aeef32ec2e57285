import QtQuick
import Cantilena

// One control of the voice with its two ends; a double click on its name brings it back.
Item {
    id: control

    property string title
    property string low
    property string high
    property real neutral: 0.5
    property real level: 0.5

    signal chosen(real value)

    implicitHeight: 44

    Label {
        id: name
        text: control.title
        font.pixelSize: Theme.labelSize
        color: Math.abs(control.level - control.neutral) > 0.004 ? Theme.accent : Theme.text

        TapHandler {
            onDoubleTapped: control.chosen(control.neutral)
        }
    }
    Label {
        anchors.right: parent.right
        anchors.baseline: name.baseline
        text: slider.valueText
        font.pixelSize: Theme.captionSize
        color: Theme.textMuted
        Accessible.ignored: true
    }
    Slider {
        id: slider
        y: 20
        width: parent.width
        stepSize: 0.02
        value: control.level
        name: control.title
        valueText: value < 0.02 ? control.low : value > 0.98 ? control.high : Math.abs(value - 0.5) < 0.005 && control.neutral > 0 ? qsTr("neutral") : qsTr("%1 %", "per cent").arg(Math.round(value * 100))
        // Singing again takes a moment, so a drag counts when it ends; keys and clicks count at once.
        onMoved: {
            if (!pressed)
                control.chosen(value);
        }
        onPressedChanged: {
            if (pressed)
                return;
            control.chosen(value);
            value = Qt.binding(() => control.level);
        }
    }
}
