// Playback of the studio's song.

#include <algorithm>
#include <tuple>

#include "studio_state.h"

namespace cantilena::session {

void Studio::Impl::rebuildProgram()
{
    const song::SongPtr current = song();
    if (!current) {
        engine->setProgram(nullptr);
        return;
    }
    if (!preview) {
        engine->setProgram(sound::makeProgram(*current, vocal.pieces, balance));
        return;
    }
    song::Song tried = *current;
    for (song::TrackPtr& track : tried.tracks)
        if (track->head.id == preview->first) {
            song::Track changed = *track;
            changed.head.mix = preview->second;
            track = std::make_shared<const song::Track>(std::move(changed));
        }
    engine->setProgram(sound::makeProgram(tried, vocal.pieces, balance));
}

void Studio::Impl::endPreview()
{
    if (!preview)
        return;
    preview.reset();
    rebuildProgram();
}

void Studio::previewMix(song::TrackId track, const song::Mix& mix)
{
    m_impl->preview.emplace(track, mix);
    m_impl->rebuildProgram();
}

void Studio::play()
{
    if (m_impl->history)
        m_impl->engine->play();
}

void Studio::stop()
{
    m_impl->engine->stop();
}

void Studio::seek(music::Tick tick)
{
    const song::SongPtr song = m_impl->song();
    if (!song)
        return;
    m_impl->engine->seek(sound::frameOf(*song, std::clamp(tick, music::Tick{0}, song->length())));
}

void Studio::loop(std::optional<std::pair<music::Tick, music::Tick>> range)
{
    const song::SongPtr song = m_impl->song();
    if (!song || (range && range->second <= range->first))
        range.reset();
    m_impl->loop = range;
    if (range)
        m_impl->engine->setLoop(
            sound::FrameRange{sound::frameOf(*song, range->first), sound::frameOf(*song, range->second)});
    else
        m_impl->engine->setLoop({});
}

void Studio::audition(song::TrackId track, music::Pitch pitch)
{
    m_impl->engine->audition(track, pitch);
}

PlaybackStatus Studio::playback()
{
    PlaybackStatus status;
    const sound::Meters meters = m_impl->engine->readMeters();
    status.peakLeft = meters.master[0];
    status.peakRight = meters.master[1];
    status.playing = m_impl->engine->playing();
    if (const song::SongPtr song = m_impl->song())
        status.position = sound::tickOf(*song, m_impl->engine->position());
    status.looping = m_impl->loop.has_value();
    if (m_impl->loop)
        std::tie(status.loopStart, status.loopEnd) = *m_impl->loop;
    status.device = m_impl->deviceName;
    status.notice = m_impl->deviceNotice;
    status.vocalReady = m_impl->vocal.phrases == 0 ? 1
                                                   : static_cast<double>(m_impl->vocal.pieces.size()) /
                                                         static_cast<double>(m_impl->vocal.phrases);
    return status;
}

} // namespace cantilena::session
