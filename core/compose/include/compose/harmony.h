#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <inference/model.h>
#include <song/song.h>

/// The chord line of a song. Pure functions of their inputs; may run on any thread.
namespace cantilena::compose {

struct HarmonyModels {
    std::shared_ptr<const inference::Model> harmony;

    static Result<HarmonyModels> load(const std::filesystem::path& models);
};

struct HarmonyRequest {
    Form form;
    Style style;
    double valence = 0; ///< -1 sad .. 1 happy
    double arousal = 0; ///< -1 calm .. 1 excited
    std::uint64_t seed = 1;
    /// Chords that stay as they are, ordered, without overlaps. The model hears them (as the nearest chord of
    /// its vocabulary, and for whole half bars) and writes the others around them; cadences give way to them.
    std::vector<LockedChord> locked = {};
    /// A tune that the chords shall fit, ordered by onset; empty: the tune comes later. Notes that are long
    /// or on strong beats count most.
    std::vector<song::Note> tune = {};
};

/// Chords from the start of the song to its end without gaps, ordered by onset; no event crosses a section's
/// boundary. Sections of the same material have the same chords, but for the last bars where the form goes on
/// differently, for what is locked, and where another tune stands over them; the song ends V-I or IV-I, and a
/// chorus on I, unless locked chords or the tune want it otherwise. `reasons` says what decided each chord.
/// Ids and origins are 0: the caller that makes the document gives them. Errors: a form without bars, a
/// model's failure, a cancelled job.
Result<std::vector<song::ChordEvent>> writeHarmony(const HarmonyRequest& request, const HarmonyModels& models,
                                                   const JobContext& job);

/// A part of a song whose chords are written again.
struct HarmonyPiece {
    music::Tick begin, end; ///< from the song's start, end exclusive
    std::uint64_t take = 1; ///< other takes give other chords, the same take always the same
};

/// `chords` (ordered by onset) with other ones in the piece. Events outside come back as they are, and what
/// reaches into the piece is cut at its border: what is left before it keeps its id, what is left behind it
/// keeps it only when nothing is left before. New events have no id and no origin. Locked chords hold inside
/// the piece; cadences do where they are due, but for a piece of less than two bars, which may be free of
/// them. Errors: a piece without length or outside the song; those of writeHarmony.
Result<std::vector<song::ChordEvent>> rewriteHarmony(const HarmonyRequest& request,
                                                     const std::vector<song::ChordEvent>& chords,
                                                     const HarmonyPiece& piece, const HarmonyModels& models,
                                                     const JobContext& job);

} // namespace cantilena::compose
