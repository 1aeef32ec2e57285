pragma Singleton
import QtQuick
import Cantilena

// What every control and screen takes its looks from. The colours are data: resources/themes.
QtObject {
    id: theme

    property bool dark: true
    readonly property var palette: ThemeFile.load(dark ? "dark" : "light")

    readonly property color window: palette.window
    readonly property color surface: palette.surface
    readonly property color raised: palette.raised
    readonly property color sunken: palette.sunken
    readonly property color hover: palette.hover
    readonly property color pressed: palette.pressed
    readonly property color line: palette.line
    readonly property color lineStrong: palette.lineStrong
    readonly property color text: palette.text
    readonly property color textMuted: palette.textMuted
    readonly property color textFaint: palette.textFaint
    readonly property color accent: palette.accent
    readonly property color accentHover: palette.accentHover
    readonly property color accentPressed: palette.accentPressed
    readonly property color onAccent: palette.onAccent
    readonly property color accentSoft: palette.accentSoft
    readonly property color focus: palette.focus
    readonly property color danger: palette.danger
    readonly property color warning: palette.warning
    readonly property color success: palette.success
    readonly property color shadow: palette.shadow

    readonly property int captionSize: 12
    readonly property int labelSize: 13
    readonly property int bodySize: 14
    readonly property int titleSize: 16
    readonly property int headingSize: 28

    readonly property int gapTiny: 4
    readonly property int gapSmall: 8
    readonly property int gap: 12
    readonly property int gapLarge: 20
    readonly property int gapHuge: 32

    readonly property int radiusSmall: 5
    readonly property int radius: 8
    readonly property int radiusLarge: 14

    readonly property int controlHeight: 36
    readonly property int smallControlHeight: 28
    readonly property int quick: 120

    function roleColor(role: string): color {
        return theme.palette.roles[role] ?? theme.textMuted;
    }
    function sectionColor(kind: string): color {
        return theme.palette.sections[kind] ?? theme.textMuted;
    }
    function faded(base: color, alpha: real): color {
        return Qt.rgba(base.r, base.g, base.b, alpha);
    }
}
