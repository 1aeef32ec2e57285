pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Cantilena

// A chip that opens a menu of choices; the first of them leaves the matter open.
Chip {
    id: chip

    property string label: ""
    property var options: [] // of {id, name}
    property string value: ""

    signal picked(string id)

    readonly property string valueName: {
        const found = options.find(option => option.id === value);
        return found ? found.name : "";
    }

    text: value === "" ? label : valueName
    chosen: value !== ""
    opensMenu: true
    Accessible.name: value === "" ? label : label + ": " + valueName
    onClicked: menu.popup(chip, 0, chip.height + 6)

    Menu {
        id: menu

        MenuItem {
            text: qsTr("Any")
            checkable: true
            checked: chip.value === ""
            onTriggered: chip.picked("")
        }
        MenuSeparator {}
        Instantiator {
            model: chip.options
            delegate: MenuItem {
                required property var modelData

                text: modelData.name
                checkable: true
                checked: chip.value === modelData.id
                onTriggered: chip.picked(modelData.id)
            }
            onObjectAdded: (index, object) => menu.insertItem(index + 2, object)
            onObjectRemoved: (index, object) => menu.removeItem(object)
        }
    }
}
