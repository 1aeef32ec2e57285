#pragma once

#include <cstdint>

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>
#include <QUrl>

#include "lyrics_model.h"
#include "rewrite_view_model.h"
#include "rhyme_view_model.h"
#include "section_model.h"
#include "singer_view_model.h"
#include "takes_view_model.h"
#include "track_model.h"

namespace cantilena::ui {

class SessionBridge;

/// The open song as the studio screen shows it, and what can be done to it as a whole. Interface thread.
class SongViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool open READ open NOTIFY openChanged)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString key READ key NOTIFY changed)
    Q_PROPERTY(QString tempo READ tempo NOTIFY changed)
    Q_PROPERTY(QString meter READ meter NOTIFY changed)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY changed)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY changed)
    Q_PROPERTY(QString undoText READ undoText NOTIFY changed)
    Q_PROPERTY(QString redoText READ redoText NOTIFY changed)
    Q_PROPERTY(SaveState saveState READ saveState NOTIFY saveStateChanged)
    Q_PROPERTY(QString saveText READ saveText NOTIFY saveStateChanged)
    Q_PROPERTY(bool untitled READ untitled NOTIFY saveStateChanged)
    Q_PROPERTY(bool changing READ changing NOTIFY jobChanged) ///< sections or words are being written
    Q_PROPERTY(bool jobRunning READ jobRunning NOTIFY jobChanged)
    Q_PROPERTY(QString jobText READ jobText NOTIFY jobChanged)
    Q_PROPERTY(double jobFraction READ jobFraction NOTIFY jobChanged)
    Q_PROPERTY(cantilena::ui::SectionModel* sections READ sections CONSTANT)
    Q_PROPERTY(cantilena::ui::TrackModel* tracks READ tracks CONSTANT)
    Q_PROPERTY(cantilena::ui::LyricsModel* lyrics READ lyrics CONSTANT)
    Q_PROPERTY(cantilena::ui::RewriteViewModel* rewrite READ rewrite CONSTANT)
    Q_PROPERTY(cantilena::ui::RhymeViewModel* rhymes READ rhymes CONSTANT)
    Q_PROPERTY(cantilena::ui::TakesViewModel* takes READ takes CONSTANT)
    Q_PROPERTY(cantilena::ui::SingerViewModel* singer READ singer CONSTANT)

public:
    enum SaveState { NoSong, Untitled, Saved, Saving, Failed };
    Q_ENUM(SaveState)

    explicit SongViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    bool open() const;
    QString title() const;
    QString key() const;
    QString tempo() const;
    QString meter() const;
    bool canUndo() const;
    bool canRedo() const;
    QString undoText() const;
    QString redoText() const;
    SaveState saveState() const;
    QString saveText() const;
    bool untitled() const;
    /// A file name without ending that every file system takes, from the title.
    QString suggestedName() const;
    /// Where songs are saved unless the person says otherwise.
    Q_INVOKABLE QUrl musicFolder() const;
    /// A file there with a name from the title.
    Q_INVOKABLE QUrl proposedFile(const QString& ending) const;
    bool changing() const;
    bool jobRunning() const;
    QString jobText() const;
    double jobFraction() const;
    SectionModel* sections() { return &m_sections; }
    TrackModel* tracks() { return &m_tracks; }
    LyricsModel* lyrics() { return &m_lyrics; }
    RewriteViewModel* rewrite() { return &m_rewrite; }
    RhymeViewModel* rhymes() { return &m_rhymes; }
    TakesViewModel* takes() { return &m_takes; }
    SingerViewModel* singer() { return &m_singer; }

    Q_INVOKABLE void rename(const QString& title);
    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();
    Q_INVOKABLE void saveAs(const QUrl& file);
    Q_INVOKABLE void exportAudio(const QUrl& file);
    Q_INVOKABLE void exportMidi(const QUrl& file);
    /// Writes more sections: of these kinds ("verse", "chorus"), or what usually comes next.
    Q_INVOKABLE void goOn(const QStringList& kinds);
    /// Writes words about something on the tune.
    Q_INVOKABLE void writeWords(const QString& prompt);
    Q_INVOKABLE void cancelJob();
    Q_INVOKABLE void close();
    /// Ctrl+S on a song that has its file: tells that every change is already in it.
    Q_INVOKABLE void confirmSaved();

Q_SIGNALS:
    void openChanged();
    void screenChanged(); ///< a song was opened where none was, or the last was closed
    void changed();
    void saveStateChanged();
    void jobChanged();

private:
    SessionBridge& m_bridge;
    bool m_wasOpen = false;
    std::uint64_t m_take = 0; ///< of what was asked for last
    SectionModel m_sections;
    TrackModel m_tracks;
    LyricsModel m_lyrics;
    RewriteViewModel m_rewrite;
    RhymeViewModel m_rhymes;
    TakesViewModel m_takes;
    SingerViewModel m_singer;
};

} // namespace cantilena::ui
