#pragma once

#include <QColor>
#include <QJsonObject>
#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QVariantMap>

namespace cantilena::ui {

/// The colours of a theme, read from resources/themes/<name>.json. Interface thread.
class ThemeFile : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// All colours of the theme "dark" or "light": names to colours, and the maps "roles" and "sections".
    Q_INVOKABLE QVariantMap load(const QString& theme) const;
};

/// The theme's file as it is.
QJsonObject themeFile(const QString& theme);

} // namespace cantilena::ui
