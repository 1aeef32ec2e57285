#include "palette.h"

#include <QFile>
#include <QJsonDocument>

namespace cantilena::ui {

QJsonObject themeFile(const QString& theme)
{
    QFile file(QStringLiteral(":/themes/%1.json").arg(theme));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

QVariantMap ThemeFile::load(const QString& theme) const
{
    QVariantMap result;
    const QJsonObject colours = themeFile(theme);
    for (auto it = colours.begin(); it != colours.end(); ++it) {
        if (it->isString()) {
            result.insert(it.key(), QColor(it->toString()));
            continue;
        }
        QVariantMap group;
        const QJsonObject members = it->toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            group.insert(member.key(), QColor(member->toString()));
        result.insert(it.key(), group);
    }
    return result;
}

} // namespace cantilena::ui
