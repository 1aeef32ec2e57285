#include "track_model.h"

#include <algorithm>

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {

song::TrackId trackId(double id)
{
    return {static_cast<std::uint64_t>(id)};
}

double bounded(double gain)
{
    return std::clamp(gain, -60.0, 12.0);
}

} // namespace

TrackModel::TrackModel(SessionBridge& bridge, QObject* parent) : QAbstractListModel(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::songReplaced, this, &TrackModel::reload);
    connect(&bridge, &SessionBridge::songEdited, this, &TrackModel::update);
    connect(&bridge, &SessionBridge::languageChanged, this, &TrackModel::reload);
    reload();
}

int TrackModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tracks.size());
}

QVariant TrackModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const song::Track& track = *m_tracks[static_cast<std::size_t>(index.row())];
    switch (role) {
    case IdRole:
        return static_cast<double>(track.head.id.value);
    case Qt::DisplayRole:
    case NameRole:
        return nameOf(static_cast<std::size_t>(index.row()));
    case RoleRole:
        return fromUtf8(song::code(track.head.role));
    case DetailRole:
        return tr("%n note(s)", nullptr, static_cast<int>(track.notes.size()));
    case GainRole:
        return track.head.mix.gain.value;
    case MuteRole:
        return track.head.mix.mute;
    case SoloRole:
        return track.head.mix.solo;
    default:
        return {};
    }
}

QString TrackModel::nameOf(std::size_t row) const
{
    const song::TrackHead& head = m_tracks[row]->head;
    const QString name = head.name.empty() ? roleName(head.role) : trackName(head.name);
    const auto same = std::count_if(m_tracks.begin(), m_tracks.begin() + static_cast<std::ptrdiff_t>(row),
                                    [&](const song::TrackPtr& other) {
                                        return other->head.name == head.name &&
                                               (!head.name.empty() || other->head.role == head.role);
                                    });
    return same == 0 ? name : name + QLatin1Char(' ') + QString::number(same + 1);
}

QHash<int, QByteArray> TrackModel::roleNames() const
{
    return {{IdRole, "trackId"}, {NameRole, "name"}, {RoleRole, "role"}, {DetailRole, "detail"},
            {GainRole, "gain"},  {MuteRole, "mute"}, {SoloRole, "solo"}};
}

double TrackModel::firstTrack() const
{
    const auto song = m_bridge.song();
    if (!song || song->tracks.empty())
        return 0;
    const auto melody = song->melody();
    return static_cast<double>((melody ? melody : song->tracks.front())->head.id.value);
}

bool TrackModel::contains(double id) const
{
    const auto song = m_bridge.song();
    return song && song->track(trackId(id));
}

QString TrackModel::roleOf(double id) const
{
    const auto song = m_bridge.song();
    const auto track = song ? song->track(trackId(id)) : nullptr;
    return track ? fromUtf8(song::code(track->head.role)) : QString();
}

void TrackModel::setMute(double id, bool mute)
{
    change(id, [mute](song::Mix& mix) { mix.mute = mute; });
}

void TrackModel::setSolo(double id, bool solo)
{
    change(id, [solo](song::Mix& mix) { mix.solo = solo; });
}

void TrackModel::setGain(double id, double gain)
{
    change(id, [gain](song::Mix& mix) { mix.gain.value = bounded(gain); });
}

void TrackModel::previewGain(double id, double gain)
{
    const auto song = m_bridge.song();
    const auto track = song ? song->track(trackId(id)) : nullptr;
    if (!track)
        return;
    song::Mix mix = track->head.mix;
    mix.gain.value = bounded(gain);
    m_bridge.studio().previewMix(track->head.id, mix);
}

void TrackModel::change(double id, const std::function<void(song::Mix&)>& function)
{
    const auto song = m_bridge.song();
    const auto track = song ? song->track(trackId(id)) : nullptr;
    if (!track)
        return;
    song::Mix mix = track->head.mix;
    function(mix);
    // Also when nothing changes: it ends what was tried out.
    if (!m_bridge.report(m_bridge.studio().setMix(track->head.id, mix)))
        update();
}

void TrackModel::update()
{
    const auto song = m_bridge.song();
    const std::size_t count = song ? song->tracks.size() : 0;
    if (count != m_tracks.size()) {
        reload();
        return;
    }
    for (std::size_t row = 0; row < count; ++row) {
        if (m_tracks[row]->head.id != song->tracks[row]->head.id) {
            reload();
            return;
        }
    }
    for (std::size_t row = 0; row < count; ++row) {
        if (m_tracks[row] == song->tracks[row])
            continue;
        m_tracks[row] = song->tracks[row];
        const QModelIndex at = index(static_cast<int>(row));
        Q_EMIT dataChanged(at, at);
    }
}

void TrackModel::reload()
{
    beginResetModel();
    m_tracks.clear();
    if (const auto song = m_bridge.song())
        m_tracks = song->tracks;
    endResetModel();
}

} // namespace cantilena::ui
