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

class TuneJudge;

struct MelodyModels {
    std::shared_ptr<const inference::Model> rhythm; ///< time from one note to the next
    std::shared_ptr<const inference::Model> pitch;  ///< which note
    std::shared_ptr<const TuneJudge> judge;         ///< which of several tunes

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
    double bravery = 0.5;      ///< 0 safe: steps, chord tones, the expected .. 1 brave: leaps and surprises
    std::uint64_t seed = 1;
};

/// Notes ordered by onset, one at a time, each inside its section and inside `range`, in its line's bars but
/// for the light syllables before a line's first downbeat, which may come up to a beat early. Every syllable
/// of every line has at least one note, in order; a syllable with several is a melisma. A line of words too
/// long for its bars is sung faster, at worst in notes of equal length that fill them. Sections with the same
/// words and the same material repeat note for note; with the same material and other words they keep the
/// tune and fit its rhythm to the words. `reasons` of each note says what decided it. Velocities follow metre
/// and energy. Ids and origins are 0: the caller that makes the document gives them. Errors: sections that do
/// not match the form, a model's failure, a cancelled job.
Result<std::vector<song::Note>> writeMelody(const MelodyRequest& request, const MelodyModels& models,
                                            const JobContext& job);

/// What a rewritten piece of a tune should be beside the old one.
enum class PieceWish : std::uint8_t {
    Anew, ///< another tune
    Vary, ///< begins like it, with other notes towards the end
};

/// The part of a tune that is written again.
struct MelodyPiece {
    music::Tick begin, end; ///< from the song's start, end exclusive
    PieceWish wish = PieceWish::Anew;
    std::uint64_t take = 1; ///< other takes give other tunes, the same take always the same
};

struct MelodyRevision {
    std::vector<song::Note> added;     ///< ordered by onset; ids and origins are 0
    std::vector<song::NoteId> removed; ///< notes of the old tune that they stand for
};

/// Writes the syllables whose notes begin in the piece (for an instrument, the notes) anew, over the chords
/// as they are, so that the tune leads into the piece and out of it. Syllables in the piece's lines that have
/// no note yet get one, so that a piece over new lines continues a tune. Notes outside are neither read as to
/// be changed nor returned. `tune` is ordered by onset. Errors: a piece without anything to sing, sections
/// that do not match the form, a model's failure, a cancelled job.
Result<MelodyRevision> rewriteMelody(const MelodyRequest& request, const std::vector<song::Note>& tune,
                                     const MelodyPiece& piece, const MelodyModels& models,
                                     const JobContext& job);

/// Notes for the sections from number `first` on, as writeMelody writes them, after the tune that the
/// sections before have (ordered by onset): those of a material that is there already come with its tune,
/// others go on from it. Notes before are not returned. Errors are those of writeMelody.
Result<std::vector<song::Note>> continueMelody(const MelodyRequest& request,
                                               const std::vector<song::Note>& tune, std::size_t first,
                                               const MelodyModels& models, const JobContext& job);

} // namespace cantilena::compose
