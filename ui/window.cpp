#include "window.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <QQuickStyle>
#include <QQuickWindow>

#include "icon_provider.h"
#include "palette.h"

// Made by qt_add_qml_module; called so that the linker keeps the static library's types.
void qml_register_types_Cantilena();

namespace cantilena::ui {

namespace {

/// Qt's own file dialogs, where the desktop has none, take their colours from here.
void applyPalette(bool dark)
{
    const QJsonObject colours = themeFile(dark ? QStringLiteral("dark") : QStringLiteral("light"));
    const auto get = [&](const char* name) { return QColor(colours.value(QLatin1String(name)).toString()); };
    QPalette palette;
    palette.setColor(QPalette::Window, get("surface"));
    palette.setColor(QPalette::WindowText, get("text"));
    palette.setColor(QPalette::Base, get("sunken"));
    palette.setColor(QPalette::AlternateBase, get("raised"));
    palette.setColor(QPalette::Text, get("text"));
    palette.setColor(QPalette::PlaceholderText, get("textFaint"));
    palette.setColor(QPalette::Button, get("raised"));
    palette.setColor(QPalette::ButtonText, get("text"));
    palette.setColor(QPalette::BrightText, get("accent"));
    palette.setColor(QPalette::Highlight, get("accent"));
    palette.setColor(QPalette::HighlightedText, get("onAccent"));
    palette.setColor(QPalette::ToolTipBase, get("raised"));
    palette.setColor(QPalette::ToolTipText, get("text"));
    palette.setColor(QPalette::Light, get("hover"));
    palette.setColor(QPalette::Midlight, get("hover"));
    palette.setColor(QPalette::Mid, get("line"));
    palette.setColor(QPalette::Dark, get("lineStrong"));
    palette.setColor(QPalette::Shadow, get("window"));
    palette.setColor(QPalette::Link, get("accent"));
    QGuiApplication::setPalette(palette);
}

} // namespace

void prepareApplication()
{
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC")});
    font.setPixelSize(14);
    font.setHintingPreference(QFont::PreferVerticalHinting);
    QGuiApplication::setFont(font);
    // Drawn as the desktop draws text: sharper at usual densities than scaled distance fields.
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
}

bool openWindow(QQmlApplicationEngine& engine, Workspace& workspace)
{
    qml_register_types_Cantilena();
    applyPalette(workspace.dark());
    QObject::connect(&workspace, &Workspace::darkChanged, &engine, [&workspace] { applyPalette(workspace.dark()); });
    QObject::connect(&workspace, &Workspace::languageChanged, &engine, &QQmlEngine::retranslate);
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.addImageProvider(QStringLiteral("icons"), new IconProvider);
    engine.setInitialProperties({{QStringLiteral("workspace"), QVariant::fromValue(&workspace)}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Cantilena/Main.qml")));
    return !engine.rootObjects().isEmpty();
}

} // namespace cantilena::ui
