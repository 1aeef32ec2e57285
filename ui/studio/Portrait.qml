import QtQuick
import Cantilena

// A singer's picture, drawn sharp at its size.
Rectangle {
    id: portrait

    property url source
    property real size: 40
    property bool chosen: false

    width: size
    height: size
    radius: Theme.radius
    color: Theme.sunken
    border.width: chosen ? 2 : 0
    border.color: Theme.accent

    Image {
        anchors.fill: parent
        anchors.margins: portrait.chosen ? 3 : 0
        source: portrait.source
        sourceSize.width: portrait.size * 2
        sourceSize.height: portrait.size * 2
        fillMode: Image.PreserveAspectFit
        smooth: true
        mipmap: true
    }
}
