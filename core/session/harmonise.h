#pragma once

#include <cstdint>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/arrangement.h>
#include <compose/harmony.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <song/brief.h>
#include <song/edit.h>
#include <song/song.h>

/// Typed chords on their way into a new song, and other chords for a song that is there.
namespace cantilena::session {

/// Prepares forms for the chords that a brief brings: their mode where degrees say it and nothing gave a key
/// (the relative key, which suits the same voice), and only the forms that have the sections which the chords
/// name, unless there is none. Errors are those of compose::readChordLine. Nothing to do without chords.
Result<void> suitChords(std::vector<compose::Form>& forms, const song::Brief& brief);

/// The brief's typed chords in their places; none without.
Result<std::vector<compose::LockedChord>> typedChords(const song::Brief& brief, const compose::Form& form);

/// What other chords are written with.
struct HarmonyTools {
    const compose::HarmonyModels& harmony;
    const compose::ArrangementModels& arrangement;
    const compose::Style* style = nullptr; ///< the song's; nullptr when it is not known, then the band stays
};

/// The song with other chords in a piece, over its tune as it is. With `keepLocked`, chords that a person
/// set stay, unless the piece holds nothing else. The band (but not the drums) is written again inside the
/// piece, notes that a person made excepted; outside of it nothing changes, but for chords and held notes of
/// the band that reach into it. Errors: a song without sections, and those of compose::rewriteHarmony and
/// compose::arrange.
Result<song::SongPtr> withOtherChords(const song::Song& song, const compose::HarmonyPiece& piece,
                                      bool keepLocked, const HarmonyTools& tools, const JobContext& job);

/// Writes the band again inside a piece of a song, over its chords as they are: all but the drums, or the
/// drums too. Notes that a person made stay; tracks that the style's band has not, too. Errors are those of
/// compose::arrange.
Result<void> rewriteBand(song::Transaction& transaction, const compose::Form& form,
                         const compose::HarmonyPiece& piece, bool drums, const HarmonyTools& tools,
                         const JobContext& job);

} // namespace cantilena::session
