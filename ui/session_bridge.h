#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <session/studio.h>

namespace cantilena::ui {

/// Turns the façade's callbacks into signals for the view models, and carries what they tell the person. One
/// a window; interface thread only.
class SessionBridge : public QObject, public session::Observer {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")

public:
    /// Becomes the studio's observer until it is destroyed. The studio must outlive it.
    explicit SessionBridge(session::Studio& studio, QObject* parent = nullptr);
    ~SessionBridge() override;

    session::Studio& studio() const { return m_studio; }
    song::SongPtr song() const { return m_studio.song(); }
    /// The plan that planReady brought, or the running compose's.
    std::optional<session::PlanSummary> plan() const { return m_studio.plan(); }

    /// Shows the sentence to the person unless it only says that they cancelled. Returns true for success.
    bool report(const Result<void>& result);
    void tell(const QString& sentence);
    /// Texts made in C++ must be made anew in the new language.
    void announceLanguage() { Q_EMIT languageChanged(); }

    void songOpened() override { Q_EMIT songReplaced(); }
    void songChanged() override { Q_EMIT songEdited(); }
    void planReady(const session::PlanSummary&) override { Q_EMIT planChanged(); }
    void jobChanged(const session::JobStatus&) override { Q_EMIT jobUpdated(); }
    void saveStateChanged() override { Q_EMIT saveStateUpdated(); }
    void recentChanged() override { Q_EMIT recentUpdated(); }
    void exported(const std::filesystem::path& file) override;
    void lyricistTested(bool works, const std::string& sentence) override
    {
        Q_EMIT lyricistAnswered(works, QString::fromStdString(sentence));
    }
    void message(const std::string& sentence) override { tell(QString::fromStdString(sentence)); }

Q_SIGNALS:
    void songReplaced(); ///< another song is open, or none
    void songEdited();   ///< the same song has changed
    void planChanged();
    void jobUpdated();
    void saveStateUpdated();
    void recentUpdated();
    void messageRaised(const QString& sentence);
    void lyricistAnswered(bool works, const QString& sentence); ///< in the core's words
    void languageChanged();

private:
    session::Studio& m_studio;
};

} // namespace cantilena::ui
