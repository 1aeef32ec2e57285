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
};

/// Chords from the start of the song to its end without gaps, ordered by onset; no event crosses a section's
/// boundary. Sections of the same material have the same chords, but for the last bars where the form goes on
/// differently; the song ends V-I or IV-I. Ids and origins are 0: the caller that makes the document gives
/// them. Errors: a form without bars, a model's failure, a cancelled job.
Result<std::vector<song::ChordEvent>> writeHarmony(const HarmonyRequest& request, const HarmonyModels& models,
                                                   const JobContext& job);

} // namespace cantilena::compose
