#include "recent_songs_model.h"

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

RecentSongsModel::RecentSongsModel(SessionBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::recentUpdated, this, &RecentSongsModel::reload);
    connect(&bridge, &SessionBridge::languageChanged, this, &RecentSongsModel::reload);
    reload();
}

int RecentSongsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant RecentSongsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const session::RecentSong& song = m_songs[static_cast<std::size_t>(index.row())];
    switch (role) {
    case PathRole:
        return QString::fromStdString(song.path.string());
    case Qt::DisplayRole:
    case TitleRole:
        return song.title.empty() ? tr("Untitled song") : QString::fromStdString(song.title);
    case LanguageRole:
        return languageName(song.language);
    case LengthRole:
        return timeText(song.durationSeconds);
    case WhenRole:
        return QString::fromStdString(song.when);
    case UntitledRole:
        return song.untitled;
    default:
        return {};
    }
}

QHash<int, QByteArray> RecentSongsModel::roleNames() const
{
    return {{PathRole, "path"},     {TitleRole, "title"}, {LanguageRole, "language"},
            {LengthRole, "length"}, {WhenRole, "when"},   {UntitledRole, "untitled"}};
}

void RecentSongsModel::reload()
{
    beginResetModel();
    m_songs = m_bridge.studio().recent();
    endResetModel();
    Q_EMIT countChanged();
}

} // namespace cantilena::ui
