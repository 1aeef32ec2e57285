#include "song_view_model.h"

#include <cmath>

#include <QFileInfo>
#include <QStandardPaths>

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

SongViewModel::SongViewModel(SessionBridge& bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_sections(bridge), m_tracks(bridge), m_lyrics(bridge),
      m_rewrite(bridge), m_rhymes(bridge), m_takes(bridge), m_singer(bridge)
{
    m_wasOpen = open();
    connect(&bridge, &SessionBridge::songReplaced, this, &SongViewModel::openChanged);
    connect(&bridge, &SessionBridge::songReplaced, this, &SongViewModel::changed);
    connect(&bridge, &SessionBridge::songReplaced, this, &SongViewModel::saveStateChanged);
    connect(&bridge, &SessionBridge::songEdited, this, &SongViewModel::changed);
    connect(&bridge, &SessionBridge::songReplaced, this, [this] {
        if (open() == m_wasOpen)
            return;
        m_wasOpen = !m_wasOpen;
        Q_EMIT screenChanged();
    });
    connect(&bridge, &SessionBridge::saveStateUpdated, this, &SongViewModel::saveStateChanged);
    connect(&bridge, &SessionBridge::jobUpdated, this, &SongViewModel::jobChanged);
    connect(&bridge, &SessionBridge::languageChanged, this, [this] {
        Q_EMIT changed();
        Q_EMIT saveStateChanged();
        Q_EMIT jobChanged();
    });
}

bool SongViewModel::open() const
{
    return m_bridge.song() != nullptr;
}

QString SongViewModel::title() const
{
    const auto song = m_bridge.song();
    return song ? QString::fromStdString(song->head.title) : QString();
}

QString SongViewModel::key() const
{
    const auto song = m_bridge.song();
    return song ? keyName(song->head.key) : QString();
}

QString SongViewModel::tempo() const
{
    const auto song = m_bridge.song();
    return song ? QString::number(std::lround(song->head.tempo.tempo.value)) : QString();
}

QString SongViewModel::meter() const
{
    const auto song = m_bridge.song();
    return song ? QStringLiteral("%1/%2").arg(song->head.meter.beats).arg(song->head.meter.unit) : QString();
}

bool SongViewModel::canUndo() const
{
    return m_bridge.studio().canUndo();
}

bool SongViewModel::canRedo() const
{
    return m_bridge.studio().canRedo();
}

QString SongViewModel::undoText() const
{
    return canUndo() ? tr("Undo: %1").arg(editName(m_bridge.studio().undoLabel())) : tr("Undo");
}

QString SongViewModel::redoText() const
{
    return canRedo() ? tr("Redo: %1").arg(editName(m_bridge.studio().redoLabel())) : tr("Redo");
}

SongViewModel::SaveState SongViewModel::saveState() const
{
    switch (m_bridge.studio().saveState()) {
    case session::SaveState::NoSong:
        return NoSong;
    case session::SaveState::Untitled:
        return Untitled;
    case session::SaveState::Saved:
        return Saved;
    case session::SaveState::Saving:
        return Saving;
    case session::SaveState::Failed:
        return Failed;
    }
    return NoSong;
}

QString SongViewModel::saveText() const
{
    const QString name = QFileInfo(QString::fromStdString(m_bridge.studio().file().string())).fileName();
    switch (saveState()) {
    case NoSong:
        return {};
    case Untitled:
        return tr("Kept in the library");
    case Saved:
        return name.isEmpty() ? tr("Saved") : tr("Saved in %1").arg(name);
    case Saving:
        return tr("Saving…");
    case Failed:
        return tr("Not saved");
    }
    return {};
}

bool SongViewModel::untitled() const
{
    return m_bridge.studio().file().empty();
}

QString SongViewModel::suggestedName() const
{
    QString name;
    for (const QChar c : title()) {
        const bool unsafe = c.unicode() < 32 || QStringLiteral("/\\:*?\"<>|").contains(c);
        name += unsafe ? QLatin1Char(' ') : c;
    }
    name = name.simplified().left(80);
    while (name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    return name.isEmpty() ? tr("Song") : name;
}

QUrl SongViewModel::musicFolder() const
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::MusicLocation);
    if (!QFileInfo::exists(folder))
        folder = QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
    return QUrl::fromLocalFile(folder);
}

QUrl SongViewModel::proposedFile(const QString& ending) const
{
    return QUrl::fromLocalFile(musicFolder().toLocalFile() + QLatin1Char('/') + suggestedName() +
                               QLatin1Char('.') + ending);
}

bool SongViewModel::jobRunning() const
{
    return m_bridge.studio().job().kind != session::JobKind::None;
}

QString SongViewModel::jobText() const
{
    const session::JobStatus job = m_bridge.studio().job();
    switch (job.kind) {
    case session::JobKind::None:
        return {};
    case session::JobKind::RenderVocal:
        return tr("Preparing the vocal");
    case session::JobKind::Import:
        return tr("Reading the melody");
    case session::JobKind::Continue:
        return tr("Going on with the song");
    case session::JobKind::Words:
        return tr("Writing words");
    case session::JobKind::Compose:
    case session::JobKind::ExportAudio:
        return stageName(job.stage);
    }
    return {};
}

double SongViewModel::jobFraction() const
{
    return m_bridge.studio().job().fraction;
}

void SongViewModel::rename(const QString& title)
{
    const QString clean = title.simplified();
    if (!clean.isEmpty() && clean != this->title())
        m_bridge.report(m_bridge.studio().setTitle(clean.toStdString()));
    // A refused or empty title must leave the field.
    Q_EMIT changed();
}

void SongViewModel::undo()
{
    m_bridge.studio().undo();
}

void SongViewModel::redo()
{
    m_bridge.studio().redo();
}

void SongViewModel::saveAs(const QUrl& file)
{
    m_bridge.report(m_bridge.studio().saveAs(file.toLocalFile().toStdString()));
}

void SongViewModel::exportAudio(const QUrl& file)
{
    m_bridge.report(m_bridge.studio().exportAudio(file.toLocalFile().toStdString()));
}

void SongViewModel::exportMidi(const QUrl& file)
{
    m_bridge.report(m_bridge.studio().exportMidi(file.toLocalFile().toStdString()));
}

void SongViewModel::goOn(const QStringList& kinds)
{
    std::vector<song::SectionKind> wanted;
    for (const QString& kind : kinds)
        if (const auto known = song::sectionKindOfCode(kind.toStdString()))
            wanted.push_back(*known);
    m_bridge.report(m_bridge.studio().continueSong(wanted, ++m_take));
}

void SongViewModel::writeWords(const QString& prompt)
{
    m_bridge.report(m_bridge.studio().writeWords(prompt.toStdString(), ++m_take));
}

bool SongViewModel::changing() const
{
    const session::JobKind kind = m_bridge.studio().job().kind;
    return kind == session::JobKind::Continue || kind == session::JobKind::Words;
}

void SongViewModel::cancelJob()
{
    m_bridge.studio().cancelJob();
}

void SongViewModel::close()
{
    m_bridge.studio().closeSong();
}

void SongViewModel::confirmSaved()
{
    m_bridge.tell(tr("Every change is already saved in %1.")
                      .arg(QString::fromStdString(m_bridge.studio().file().string())));
}

} // namespace cantilena::ui
