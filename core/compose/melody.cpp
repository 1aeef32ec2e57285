#include <compose/melody.h>

#include "melody_judge.h"
#include "melody_writer.h"

namespace cantilena::compose {

Result<MelodyModels> MelodyModels::load(const std::filesystem::path& models)
{
    TRY(auto rhythm, inference::Model::load(models, "melody", "melody-rhythm"));
    TRY(auto pitch, inference::Model::load(models, "melody", "melody-pitch"));
    // An asset of the pitch model, whose contract vouches for it.
    TRY(TuneJudge judge, TuneJudge::load(pitch->info().folder / "judge.json"));
    return MelodyModels{std::move(rhythm), std::move(pitch), std::make_shared<TuneJudge>(std::move(judge))};
}

Result<std::vector<song::Note>> writeMelody(const MelodyRequest& request, const MelodyModels& models,
                                            const JobContext& job)
{
    return MelodyWriter(request, models, job).write();
}

Result<std::vector<song::Note>> continueMelody(const MelodyRequest& request,
                                               const std::vector<song::Note>& tune, std::size_t first,
                                               const MelodyModels& models, const JobContext& job)
{
    return MelodyWriter(request, models, job).write(tune, first);
}

Result<MelodyRevision> rewriteMelody(const MelodyRequest& request, const std::vector<song::Note>& tune,
                                     const MelodyPiece& piece, const MelodyModels& models,
                                     const JobContext& job)
{
    return MelodyWriter(request, models, job).rewrite(tune, piece);
}

} // namespace cantilena::compose
