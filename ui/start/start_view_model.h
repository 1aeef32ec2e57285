#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QUrl>
#include <QVariantList>

#include "brief_model.h"
#include "recent_songs_model.h"
#include "stage_model.h"

namespace cantilena::ui {

class SessionBridge;

/// What the start screen shows and does: the sentence and what is understood of it, the running compose,
/// recent songs. Interface thread.
class StartViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString prompt READ prompt WRITE setPrompt NOTIFY promptChanged)
    Q_PROPERTY(bool canCreate READ canCreate NOTIFY canCreateChanged)
    Q_PROPERTY(cantilena::ui::BriefModel* brief READ brief CONSTANT)
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
    bool canCreate() const { return m_brief.enough(); }
    BriefModel* brief() { return &m_brief; }

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
    void canCreateChanged();
    void composingChanged();
    void progressChanged();
    void planChanged();

private:
    void followJob();

    SessionBridge& m_bridge;
    StageModel m_stages;
    RecentSongsModel m_recent;
    BriefModel m_brief;
    QString m_prompt;
    bool m_composing = false;
    double m_fraction = 0;
};

} // namespace cantilena::ui
