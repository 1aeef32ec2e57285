import QtQuick.Dialogs

// Asks where to write a file; `propose` opens it with a folder and a name already there.
FileDialog {
    id: dialog

    function propose(folder: url, file: url) {
        dialog.currentFolder = folder;
        dialog.selectedFile = file;
        dialog.open();
    }

    fileMode: FileDialog.SaveFile
    acceptLabel: qsTr("Save")
    rejectLabel: qsTr("Cancel")
}
