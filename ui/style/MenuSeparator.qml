import QtQuick
import QtQuick.Templates as T
import Cantilena

T.MenuSeparator {
    implicitHeight: 9
    padding: 4

    contentItem: Rectangle {
        implicitHeight: 1
        color: Theme.line
    }
}
