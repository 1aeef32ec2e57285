#include "window.h"

#include <QFont>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QQuickWindow>

#include "icon_provider.h"

// Made by qt_add_qml_module; called so that the linker keeps the static library's types.
void qml_register_types_Cantilena();

namespace cantilena::ui {

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
    QObject::connect(&workspace, &Workspace::languageChanged, &engine, &QQmlEngine::retranslate);
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.addImageProvider(QStringLiteral("icons"), new IconProvider);
    engine.setInitialProperties({{QStringLiteral("workspace"), QVariant::fromValue(&workspace)}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Cantilena/Main.qml")));
    return !engine.rootObjects().isEmpty();
}

} // namespace cantilena::ui
