#include "workspace.h"

#include <QCoreApplication>
#include <QLocale>

namespace cantilena::ui {

Workspace::Workspace(session::Studio& studio, QObject* parent)
    : QObject(parent), m_bridge(studio), m_start(m_bridge), m_song(m_bridge), m_transport(m_bridge),
      m_lyricist(m_bridge)
{
    const bool chineseSystem = QLocale::system().language() == QLocale::Chinese;
    m_dark = setting(QStringLiteral("theme"), QStringLiteral("dark")) != QLatin1String("light");
    m_language =
        setting(QStringLiteral("language"), chineseSystem ? QStringLiteral("zh") : QStringLiteral("en"));
    connect(&m_bridge, &SessionBridge::messageRaised, this, [this](const QString& sentence) {
        m_message = sentence;
        Q_EMIT messageChanged();
    });
    translate();
}

Workspace::~Workspace()
{
    QCoreApplication::removeTranslator(&m_translator);
}

void Workspace::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    setSetting(QStringLiteral("theme"), dark ? QStringLiteral("dark") : QStringLiteral("light"));
    Q_EMIT darkChanged();
}

void Workspace::setLanguage(const QString& language)
{
    if (language == m_language)
        return;
    m_language = language;
    setSetting(QStringLiteral("language"), language);
    translate();
    Q_EMIT languageChanged();
}

void Workspace::translate()
{
    QCoreApplication::removeTranslator(&m_translator);
    // English has a file too: it holds the plural forms.
    const QString name = m_language == QLatin1String("zh") ? QStringLiteral("zh_CN") : QStringLiteral("en");
    if (m_translator.load(QStringLiteral(":/translations/cantilena_%1.qm").arg(name)))
        QCoreApplication::installTranslator(&m_translator);
    m_bridge.announceLanguage();
}

void Workspace::dismissMessage()
{
    m_message.clear();
    Q_EMIT messageChanged();
}

QString Workspace::setting(const QString& key, const QString& fallback) const
{
    return QString::fromStdString(m_bridge.studio().setting(key.toStdString(), fallback.toStdString()));
}

void Workspace::setSetting(const QString& key, const QString& value)
{
    m_bridge.studio().setSetting(key.toStdString(), value.toStdString());
}

} // namespace cantilena::ui
