import QtQuick
import QtQuick.Window
import Cantilena

Image {
    id: icon

    property string name: ""
    property color color: Theme.text
    property int size: 18

    width: size
    height: size
    sourceSize.width: Math.round(size * Screen.devicePixelRatio)
    sourceSize.height: Math.round(size * Screen.devicePixelRatio)
    source: name === "" ? "" : "image://icons/" + name + "/" + icon.color.toString().slice(-6)
    Accessible.ignored: true
}
