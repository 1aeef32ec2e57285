pragma ComponentBehavior: Bound
import QtQuick
import Cantilena

// The plan as soon as it is known, and the stages on the way to the song.
Rectangle {
    id: card

    required property StartViewModel model

    implicitHeight: column.height + 2 * Theme.gapLarge
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: 1
    border.color: Theme.line

    Column {
        id: column
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - 2 * Theme.gapLarge
        spacing: Theme.gapLarge

        Label {
            width: parent.width
            text: {
                if (card.model.planTitle !== "")
                    return card.model.planTitle;
                const prompt = card.model.prompt.trim();
                return prompt === "" ? card.model.planThemes : "“" + prompt + "”";
            }
            font.pixelSize: card.model.planTitle !== "" ? 22 : 17
            font.weight: card.model.planTitle !== "" ? Font.DemiBold : Font.Normal
            color: card.model.planTitle !== "" ? Theme.text : Theme.textMuted
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }

        Flow {
            width: parent.width
            visible: card.model.planKnown
            spacing: Theme.gapHuge

            Repeater {
                model: card.model.planFacts

                delegate: Column {
                    id: fact

                    required property var modelData

                    spacing: 2

                    Label {
                        text: fact.modelData.name
                        font.pixelSize: Theme.captionSize
                        color: Theme.textMuted
                    }
                    Label {
                        text: fact.modelData.value
                        font.pixelSize: Theme.titleSize
                        font.weight: Font.Medium
                    }
                }
            }
        }

        Flow {
            width: parent.width
            visible: card.model.planKnown
            spacing: 6

            Repeater {
                model: card.model.planSections

                delegate: Rectangle {
                    id: section

                    required property var modelData
                    readonly property color tint: Theme.sectionColor(modelData.kind)

                    width: sectionName.implicitWidth + 20
                    height: 26
                    radius: Theme.radiusSmall
                    color: Theme.faded(tint, 0.16)

                    Rectangle {
                        width: 3
                        height: parent.height
                        radius: 1.5
                        color: section.tint
                    }
                    Label {
                        id: sectionName
                        anchors.centerIn: parent
                        text: section.modelData.name
                        font.pixelSize: Theme.captionSize
                    }
                }
            }
        }

        Row {
            width: parent.width
            visible: card.model.planThemes !== ""
            spacing: Theme.gapSmall

            Label {
                id: themesLabel
                text: qsTr("Subject")
                font.pixelSize: Theme.labelSize
                color: Theme.textMuted
            }
            Label {
                width: parent.width - themesLabel.width - Theme.gapSmall
                text: card.model.planThemes
                font.pixelSize: Theme.labelSize
            }
        }

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }

        Grid {
            width: parent.width
            columns: 2
            columnSpacing: Theme.gapLarge
            rowSpacing: Theme.gap

            Repeater {
                model: card.model.stages

                delegate: Row {
                    id: stageRow

                    required property string name
                    required property int stage

                    width: (column.width - Theme.gapLarge) / 2
                    spacing: 10

                    Item {
                        width: 18
                        height: 20

                        Icon {
                            anchors.centerIn: parent
                            visible: stageRow.stage === StageModel.Done
                            name: "check"
                            size: 16
                            color: Theme.success
                        }
                        Rectangle {
                            anchors.centerIn: parent
                            visible: stageRow.stage !== StageModel.Done
                            width: 8
                            height: 8
                            radius: 4
                            color: stageRow.stage === StageModel.Active ? Theme.accent : "transparent"
                            border.width: stageRow.stage === StageModel.Active ? 0 : 1
                            border.color: Theme.lineStrong

                            SequentialAnimation on opacity {
                                running: stageRow.stage === StageModel.Active && card.visible
                                loops: Animation.Infinite
                                alwaysRunToEnd: true
                                NumberAnimation {
                                    to: 0.35
                                    duration: 500
                                }
                                NumberAnimation {
                                    to: 1
                                    duration: 500
                                }
                            }
                        }
                    }
                    Label {
                        height: 20
                        text: stageRow.name
                        color: stageRow.stage === StageModel.Waiting ? Theme.textFaint : Theme.text
                        font.weight: stageRow.stage === StageModel.Active ? Font.DemiBold : Font.Normal
                    }
                }
            }
        }

        Row {
            width: parent.width
            spacing: Theme.gapLarge

            ProgressBar {
                width: parent.width - cancel.width - Theme.gapLarge
                anchors.verticalCenter: parent.verticalCenter
                height: 6
                name: qsTr("Progress of the song")
                value: card.model.fraction
            }
            Button {
                id: cancel
                text: qsTr("Cancel")
                onClicked: card.model.cancel()
            }
        }
    }
}
