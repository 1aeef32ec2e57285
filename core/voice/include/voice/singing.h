#pragma once

#include <string>
#include <vector>

#include <language/language_id.h>
#include <music/units.h>

namespace cantilena::voice {

/// Sample rate of every sound of the singer, in Hz; mono.
inline constexpr int kVoiceRate = 44100;

/// Time between two frames of the curves, in seconds.
inline constexpr double kFrameSeconds = 0.005;

/// One phone of models/voice/phones.txt with its time from the start of the phrase.
struct TimedPhone {
    std::string phone;
    music::Seconds start;
    music::Seconds end; ///< not before start

    bool operator==(const TimedPhone&) const = default;
};

/// A phrase as it is sung: what the acoustic model and the vocoder need, nothing else. A value.
struct Singing {
    language::Language language =
        language::Language::English; ///< of most of its syllables; chooses the weights
    std::vector<TimedPhone>
        phones;            ///< in order, no overlaps; a gap is a pause; "pau" and "br" are pause and breath
    std::vector<float> f0; ///< Hz at every frame, above 0 also where nothing is voiced
    std::vector<float> loudness; ///< dB at every frame, 0 is a comfortable mezzo-forte; about -20 to +10

    bool operator==(const Singing&) const = default;
};

/// The singer's controls, each 0 to 1 with 0.5 neutral, but for growl.
struct Colour {
    double breath = 0.5;     ///< share of noise in voiced sound
    double tension = 0.5;    ///< spectral tilt below 4 kHz: soft to pressed
    double brightness = 0.5; ///< level above 3 kHz
    double gender = 0.5;     ///< formants lower (0, -3 semitones) to higher (1, +3 semitones)
    double consonants = 0.5; ///< level of consonants with noise: soft to firm
    double growl = 0;        ///< 0 none: roughness at half the pitch

    bool operator==(const Colour&) const = default;
};

} // namespace cantilena::voice
