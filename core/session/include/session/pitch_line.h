#pragma once

#include <vector>

#include <base/result.h>
#include <compose/style.h>
#include <song/edit.h>
#include <voice/singer.h>

namespace cantilena::session {

/// A point of a pitch line on the song's time; `midi` may lie between two notes.
struct PitchPoint {
    music::Tick at;
    double midi = 60;

    bool operator==(const PitchPoint&) const = default;
};

/// What the voice sings, a line for each phrase, every 10 ms: the singer's own glides and vibrato, and what a
/// person drew. Exactly the pitch of the lead that is heard.
std::vector<std::vector<PitchPoint>> sungLine(const song::Song& song, const voice::SingerInfo& singer,
                                              const std::vector<compose::Style>& styles);

/// Lets the sung notes under a stroke (points in order of time, two or more) follow it, instead of what was
/// drawn there before. Parts over rests are not kept. The line belongs to the notes: it moves with them.
/// Errors: no sung track; no note under the stroke.
Result<void> drawPitch(song::Transaction& transaction, const std::vector<PitchPoint>& stroke);
/// The singer's own line again between two places; nothing when nothing was drawn there.
Result<void> erasePitch(song::Transaction& transaction, music::Tick start, music::Tick end);

} // namespace cantilena::session
