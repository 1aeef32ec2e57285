#pragma once

#include <cstdint>

#include <sound/program.h>

#include "filters.h"
#include "reverb.h"

/// The mix, shared by live playback and offline rendering. Nothing here allocates after construction; one
/// thread each.
namespace cantilena::sound {

/// The mixer works in blocks of at most this many frames.
inline constexpr int kMixBlock = 64;

/// Gain, equal-power pan (unity in the centre) and reverb send of one track. Changes are ramps of one block.
class Strip {
public:
    /// `at` scales the gain, for fades.
    void set(const ProgramTrack& track, float at = 1);
    /// Jumps to what was set.
    void snap() { m_current = m_target; }
    /// Adds the track's sound to the dry and the send bus.
    void add(const float* left, const float* right, int frames, float* dryLeft, float* dryRight,
             float* sendLeft, float* sendRight);

private:
    struct Gains {
        float left = 0;
        float right = 0;
        float send = 0;

        bool operator==(const Gains&) const = default;
    };
    Gains m_target;
    Gains m_current;
};

/// A block of the voices after their chains (VocalChains). `left` and `right` are null when nobody but the
/// lead sings.
struct VoiceBlock {
    float* lead = nullptr;
    float* left = nullptr;
    float* right = nullptr;
    const float* activity = nullptr; ///< the lead's
};

/// Band and voice together: the band steps back a little around 2.2 kHz while somebody sings, the voice
/// follows its ride, both go through one reverb. Linear in its sound inputs, so that the stems add up to the
/// mix.
class MixBus {
public:
    /// How far the band steps back: this share of stepBackBand() is taken out, about 3 dB at its centre.
    static constexpr float kStepBack = 0.3F;
    static Biquad stepBackBand() { return Biquad::bandPass(2200, 0.7); }

    void reset();
    /// `dry` becomes the mix; `send` and `voices` are used up. `frame` is the place in the song of the first
    /// frame, for the ride.
    void process(const Program& program, std::int64_t frame, int frames, float* dryLeft, float* dryRight,
                 float* sendLeft, float* sendRight, const VoiceBlock& voices, Strip& vocalStrip);

private:
    Biquad m_bandLeft = stepBackBand();
    Biquad m_bandRight = stepBackBand();
    Reverb m_reverb;
};

/// The ride's gain at a frame.
float rideAt(const Program& program, std::int64_t frame);

/// Reads one part's sung pieces of [frame, frame + frames) at the chain's level; overwrites `out`.
void readVocal(const Program& program, std::int64_t frame, int frames, VocalPart part, float* out);

/// The track that the voice is mixed by, or nothing.
const ProgramTrack* vocalTrack(const Program& program);

/// Small numbers are flushed to zero on this thread while it lives: decaying filters would fall into
/// denormals, which are slow. The same everywhere, so that live and offline sound agree.
class FlushDenormals {
public:
    FlushDenormals();
    ~FlushDenormals();
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

private:
    unsigned m_saved = 0;
};

} // namespace cantilena::sound
