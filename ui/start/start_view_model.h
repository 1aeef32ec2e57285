#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QUrl>
#include <QVariantList>

#include "recent_songs_model.h"
#include "stage_model.h"

namespace cantilena::ui {

class SessionBridge;

/// What the start screen shows and does: the sentence, the optional choices, the running compose, recent
/// songs. An empty choice leaves the matter to the sentence. Interface thread.
class StartViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString prompt READ prompt WRITE setPrompt NOTIFY promptChanged)
    Q_PROPERTY(bool canCreate READ canCreate NOTIFY promptChanged)
    Q_PROPERTY(QString songLanguage READ songLanguage WRITE setSongLanguage NOTIFY choicesChanged)
    Q_PROPERTY(QString mood READ mood WRITE setMood NOTIFY choicesChanged)
    Q_PROPERTY(QString style READ style WRITE setStyle NOTIFY choicesChanged)
    Q_PROPERTY(QString length READ length WRITE setLength NOTIFY choicesChanged)
    Q_PROPERTY(QString voice READ voice WRITE setVoice NOTIFY choicesChanged)
    Q_PROPERTY(bool instrumental READ instrumental WRITE setInstrumental NOTIFY choicesChanged)
    /// Lists of {id, name}.
    Q_PROPERTY(QVariantList languageOptions READ languageOptions NOTIFY optionsChanged)
    Q_PROPERTY(QVariantList moodOptions READ moodOptions NOTIFY optionsChanged)
    Q_PROPERTY(QVariantList styleOptions READ styleOptions NOTIFY optionsChanged)
    Q_PROPERTY(QVariantList lengthOptions READ lengthOptions NOTIFY optionsChanged)
    Q_PROPERTY(QVariantList voiceOptions READ voiceOptions NOTIFY optionsChanged)
    Q_PROPERTY(bool composing READ composing NOTIFY composingChanged)
    Q_PROPERTY(double fraction READ fraction NOTIFY progressChanged)
    Q_PROPERTY(bool planKnown READ planKnown NOTIFY planChanged)
    Q_PROPERTY(QString planTitle READ planTitle NOTIFY planChanged)
    Q_PROPERTY(QVariantList planFacts READ planFacts NOTIFY planChanged)       ///< of {name, value}
    Q_PROPERTY(QVariantList planSections READ planSections NOTIFY planChanged) ///< of {name, kind}
    Q_PROPERTY(QString planThemes READ planThemes NOTIFY planChanged)
    Q_PROPERTY(cantilena::ui::StageModel* stages READ stages CONSTANT)
    Q_PROPERTY(cantilena::ui::RecentSongsModel* recent READ recent CONSTANT)

public:
    /// The longest prompt that a request may hold, in characters.
    static constexpr qsizetype kLongestPrompt = 2000;

    explicit StartViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    QString prompt() const { return m_prompt; }
    void setPrompt(const QString& prompt);
    bool canCreate() const { return !m_prompt.trimmed().isEmpty(); }
    QString songLanguage() const { return m_language; }
    void setSongLanguage(const QString& code) { choose(m_language, code); }
    QString mood() const { return m_mood; }
    void setMood(const QString& mood) { choose(m_mood, mood); }
    QString style() const { return m_style; }
    void setStyle(const QString& id) { choose(m_style, id); }
    QString length() const { return m_length; }
    void setLength(const QString& seconds) { choose(m_length, seconds); }
    QString voice() const { return m_voice; }
    void setVoice(const QString& id) { choose(m_voice, id); }
    bool instrumental() const { return m_instrumental; }
    void setInstrumental(bool instrumental);

    QVariantList languageOptions() const;
    QVariantList moodOptions() const;
    QVariantList styleOptions() const;
    QVariantList lengthOptions() const;
    QVariantList voiceOptions() const;

    bool composing() const { return m_composing; }
    double fraction() const { return m_fraction; }
    bool planKnown() const;
    QString planTitle() const;
    QVariantList planFacts() const;
    QVariantList planSections() const;
    QString planThemes() const;
    StageModel* stages() { return &m_stages; }
    RecentSongsModel* recent() { return &m_recent; }

    Q_INVOKABLE void create();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void openRecent(const QString& path);
    Q_INVOKABLE void openFile(const QUrl& file);

    /// The request that create() sends, with this seed.
    compose::ComposeRequest request(std::uint64_t seed) const;

Q_SIGNALS:
    void promptChanged();
    void choicesChanged();
    void optionsChanged();
    void composingChanged();
    void progressChanged();
    void planChanged();

private:
    void choose(QString& member, const QString& value);
    void followJob();
    QVariantList options(const std::vector<session::Choice>& choices) const;

    SessionBridge& m_bridge;
    StageModel m_stages;
    RecentSongsModel m_recent;
    QString m_prompt, m_language, m_mood, m_style, m_length, m_voice;
    bool m_instrumental = false;
    bool m_composing = false;
    double m_fraction = 0;
};

} // namespace cantilena::ui
