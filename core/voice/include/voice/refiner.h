#pragma once

#include <filesystem>
#include <memory>

#include <base/job.h>
#include <base/result.h>
#include <voice/vocoder.h>

namespace cantilena::inference {
class Model;
}

namespace cantilena::voice {

/// The trained half of the vocoder (models/voice/vocoder.py): bends each frame's envelope and shares of noise
/// so that the vocoder's sound comes nearer to recordings. Shared read-only by threads.
class Refiner {
public:
    /// Loads `vocoder` from `<models>/voice`. Errors name the file and what to do.
    static Result<std::shared_ptr<const Refiner>> load(const std::filesystem::path& models);

    /// Replaces `envelope` and fills `shares` and `swell`. Long phrases are computed in overlapping pieces
    /// with the same result. Errors: a cancelled job, a model of another shape.
    Result<void> refine(VocoderFrames& frames, const JobContext& job = {}) const;

    /// The archive's SHA-256.
    const std::string& fingerprint() const;

private:
    std::shared_ptr<const inference::Model> m_model;
};

} // namespace cantilena::voice
