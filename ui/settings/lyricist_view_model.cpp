#include "lyricist_view_model.h"

#include <QUrl>

#include "messages.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {

/// "api.deepseek.com", "localhost:11434".
QString serverOf(const std::string& url)
{
    return QUrl(QString::fromStdString(url).trimmed()).authority(QUrl::FullyEncoded);
}

} // namespace

LyricistViewModel::LyricistViewModel(SessionBridge& bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::lyricistAnswered, this, [this](bool works, const QString& sentence) {
        setStatus(false, works, translatedMessage(sentence));
    });
    connect(&bridge, &SessionBridge::languageChanged, this, [this] {
        setStatus(m_testing, false, QString());
        Q_EMIT savedChanged();
    });
    reload();
}

void LyricistViewModel::reload()
{
    cancelTest();
    m_saved = m_bridge.studio().lyricist();
    m_key.clear();
    m_forget = false;
    changeDraft(m_saved);
    Q_EMIT savedChanged();
}

void LyricistViewModel::changeDraft(const session::LyricistSettings& draft)
{
    m_draft = draft;
    setStatus(m_testing, false, QString());
    Q_EMIT draftChanged();
}

void LyricistViewModel::setEnabled(bool enabled)
{
    session::LyricistSettings draft = m_draft;
    draft.enabled = enabled;
    changeDraft(draft);
}

void LyricistViewModel::setUrl(const QString& url)
{
    session::LyricistSettings draft = m_draft;
    draft.url = url.toStdString();
    changeDraft(draft);
}

void LyricistViewModel::setModel(const QString& model)
{
    session::LyricistSettings draft = m_draft;
    draft.model = model.toStdString();
    changeDraft(draft);
}

void LyricistViewModel::setKey(const QString& key)
{
    m_key = key;
    changeDraft(m_draft);
}

bool LyricistViewModel::keyKept() const
{
    const QUrl saved(url().trimmed()), draft(QString::fromStdString(m_saved.url));
    return m_saved.keyKept && !m_forget && saved.scheme() == draft.scheme() &&
           saved.authority() == draft.authority();
}

void LyricistViewModel::forgetKey()
{
    m_forget = true;
    changeDraft(m_draft);
}

std::optional<std::string> LyricistViewModel::keyToKeep() const
{
    const QString typed = m_key.trimmed();
    if (!typed.isEmpty())
        return typed.toStdString();
    return m_forget ? std::optional<std::string>(std::string()) : std::nullopt;
}

void LyricistViewModel::setStatus(bool testing, bool works, const QString& status)
{
    m_testing = testing;
    m_works = works;
    m_status = status;
    Q_EMIT statusChanged();
}

void LyricistViewModel::test()
{
    setStatus(true, false, QString());
    m_bridge.studio().testLyricist(m_draft, keyToKeep());
}

void LyricistViewModel::cancelTest()
{
    m_bridge.studio().cancelLyricistTest();
    setStatus(false, false, QString());
}

bool LyricistViewModel::save()
{
    cancelTest();
    const Result<void> kept = m_bridge.studio().setLyricist(m_draft, keyToKeep());
    if (!kept) {
        setStatus(false, false, translatedMessage(QString::fromStdString(kept.error().message)));
        return false;
    }
    reload();
    return true;
}

QString LyricistViewModel::use() const
{
    if (!m_saved.enabled || m_saved.url.empty())
        return {};
    return tr("%1 at %2 writes the lyrics; your sentence is sent there.")
        .arg(QString::fromStdString(m_saved.model), serverOf(m_saved.url));
}

} // namespace cantilena::ui
