import QtQuick
import Cantilena

// A text field with its name above it.
FocusScope {
    id: control

    property string label: ""
    property string placeholderText: ""
    property string text: ""
    property bool readOnly: false
    property bool secret: false

    signal edited(string text)
    signal accepted

    implicitHeight: name.height + field.height + Theme.gapTiny

    Label {
        id: name
        text: control.label
        font.pixelSize: Theme.labelSize
        color: Theme.textMuted
        Accessible.ignored: true
    }
    TextField {
        id: field
        anchors.top: name.bottom
        anchors.topMargin: Theme.gapTiny
        width: parent.width
        focus: true
        name: control.label
        placeholderText: control.placeholderText
        readOnly: control.readOnly
        opacity: control.readOnly ? 0.7 : 1
        maximumLength: 4000
        echoMode: control.secret ? TextInput.Password : TextInput.Normal
        inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText | (control.secret ? Qt.ImhSensitiveData : Qt.ImhNone)
        Accessible.passwordEdit: control.secret
        onTextEdited: control.edited(field.text)
        onAccepted: control.accepted()

        // Typing breaks no binding, and a reload shows.
        Binding on text {
            value: control.text
        }
    }
}
