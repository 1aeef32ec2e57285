import QtQuick
import QtQuick.Templates as T
import Cantilena

T.TextField {
    id: control

    property string name: placeholderText
    property bool bare: false

    implicitWidth: 160
    implicitHeight: Theme.controlHeight
    leftPadding: 10
    rightPadding: 10
    verticalAlignment: Text.AlignVCenter
    color: Theme.text
    font.pixelSize: Theme.bodySize
    placeholderTextColor: Theme.textFaint
    selectionColor: Theme.accent
    selectedTextColor: Theme.onAccent
    selectByMouse: true
    hoverEnabled: true

    Accessible.role: Accessible.EditableText
    Accessible.name: name

    Text {
        x: control.leftPadding
        height: control.height
        width: control.width - control.leftPadding - control.rightPadding
        visible: control.length === 0 && control.preeditText === ""
        text: control.placeholderText
        font: control.font
        color: control.placeholderTextColor
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }

    background: Rectangle {
        radius: Theme.radius
        color: control.bare ? (control.activeFocus ? Theme.sunken : control.hovered ? Theme.hover : "transparent") : Theme.sunken
        border.width: control.activeFocus ? 2 : control.bare ? 0 : 1
        border.color: control.activeFocus ? Theme.focus : Theme.lineStrong
    }
}
