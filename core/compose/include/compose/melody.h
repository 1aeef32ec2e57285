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

/// The tune: notes for every syllable, over the chords. Pure functions of their inputs; may run on any
/// thread.
namespace cantilena::compose {

struct MelodyModels {
    std::shared_ptr<const inference::Model> rhythm; ///< time from one note to the next
    std::shared_ptr<const inference::Model> pitch;  ///< which note

    static Result<MelodyModels> load(const std::filesystem::path& models);
};

struct MelodyRequest {
    Form form;
    /// The words: one section for each of form.sections, in order, with line starts and lengths as linePlaces
    /// gives them. Sections without lines are left to the band, except in an instrumental song, where the
    /// lead plays.
    std::vector<song::SectionPtr> sections;
    std::vector<song::ChordEvent> chords; ///< ordered by onset; a gap keeps the chord before it
    Style style;
    VocalRange range;
    bool instrumental = false; ///< no words: the tune is for an instrument and notes have no syllable
    double arousal = 0;        ///< -1 calm .. 1 excited
    double valence = 0;        ///< -1 sad .. 1 happy
    std::uint64_t seed = 1;
};

/// Notes ordered by onset, one at a time, each inside its section (and its line's bars) and inside `range`.
/// Every syllable of every line has at least one note, in order. A line of words too long for its bars is
/// sung faster, at worst in notes of equal length that fill them. Sections with the same words and the same
/// material repeat note for note; with the same material and other words they keep the tune and fit its
/// rhythm to the words. `reasons` of each note says what decided it. Velocities follow metre and energy. Ids
/// and origins are 0: the caller that makes the document gives them. Errors: sections that do not match the
/// form, a model's failure, a cancelled job.
Result<std::vector<song::Note>> writeMelody(const MelodyRequest& request, const MelodyModels& models,
                                            const JobContext& job);

} // namespace cantilena::compose
