import QtQuick
import QtQuick.Templates as T
import Cantilena

// Several lines of text; the surrounding card draws the frame.
T.TextArea {
    id: control

    property string name: ""

    padding: 0
    color: Theme.text
    font.pixelSize: Theme.titleSize
    placeholderTextColor: Theme.textFaint
    selectionColor: Theme.accent
    selectedTextColor: Theme.onAccent
    wrapMode: TextEdit.Wrap
    selectByMouse: true
    textFormat: TextEdit.PlainText

    Accessible.role: Accessible.EditableText
    Accessible.multiLine: true
    Accessible.name: name

    Text {
        x: control.leftPadding
        y: control.topPadding
        width: control.width - control.leftPadding - control.rightPadding
        visible: control.length === 0 && control.preeditText === ""
        text: control.placeholderText
        font: control.font
        color: control.placeholderTextColor
        wrapMode: Text.Wrap
    }
}
