#include <voice/expression.h>

#include <base/hash.h>
#include <voice/loudness_curve.h>
#include <voice/phone_timing.h>

namespace cantilena::voice {

Singing singingOf(const Phrase& phrase, const PitchStyle& style, std::uint64_t seed)
{
    Singing singing;
    singing.language = phrase.language;
    singing.phones = timePhones(phrase);
    singing.f0 = pitchOf(phrase, style, seed);
    singing.loudness = loudnessCurve(phrase);
    return singing;
}

std::vector<float> pitchOf(const Phrase& phrase, const PitchStyle& style, std::uint64_t seed)
{
    return pitchCurve(phrase, style, seed ^ hash64(phrase.hash()));
}

} // namespace cantilena::voice
