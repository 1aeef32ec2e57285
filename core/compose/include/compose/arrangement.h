#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <inference/model.h>
#include <language/language_id.h>
#include <song/song.h>

/// The band: tracks for a tune over chords, in a style. Pure functions of their inputs; may run on any
/// thread.
namespace cantilena::compose {

/// The networks of the family "arrangement", and the names they know.
struct ArrangementModels {
    std::shared_ptr<const inference::Model> pattern;       ///< drum hits
    std::shared_ptr<const inference::Model> touch;         ///< velocity and timing of drum hits
    std::shared_ptr<const inference::Model> accompaniment; ///< bass, chords, broken chords
    std::vector<std::string>
        drumStyles; ///< drum_styles.txt; the ones named "programmed-..." have no hands (touch)
    std::vector<std::string> families; ///< families.txt

    static Result<ArrangementModels> load(const std::filesystem::path& models);
};

/// A bar to be made again: its random numbers come from `seed`, all other bars keep theirs.
struct BarSeed {
    int section = 0; ///< index in Form::sections
    int bar = 0;     ///< in the section
    std::uint64_t seed = 0;

    bool operator==(const BarSeed&) const = default;
};

struct ArrangementRequest {
    Form form;
    std::vector<song::ChordEvent>
        chords;         ///< ordered by onset; a gap keeps the chord before it, none at all: the tonic
    song::Track melody; ///< the sung or played tune; may be empty
    Style style;
    std::uint64_t seed = 1;
    language::Language names = language::Language::English; ///< of the tracks' names
    std::vector<BarSeed> again;
};

/// Tracks in the order drums, bass, then as the style lists its parts; each has at least one note when the
/// song has a bar. Notes lie within the song and within their part's range; velocities are the pattern's own
/// and onsets are on the grid until `perform` shapes them. Ids and origins are 0: the caller that makes the
/// document gives them. Errors: a style that names a drum style or family that the models do not know, a form
/// without bars or with more than 2,000, a model's failure, a cancelled job.
Result<std::vector<song::Track>> arrange(const ArrangementRequest& request, const ArrangementModels& models,
                                         const JobContext& job);

} // namespace cantilena::compose
