#pragma once

#include <vector>

#include <sound/program.h>
#include <sound/render.h>

namespace cantilena::sound {

/// Band and voice of a rendered range before they are mixed: what the balance listens to.
struct Tracks {
    FrameRange range;
    StereoBuffer dry;         ///< the band after its strips
    StereoBuffer send;        ///< what it sends to the reverb
    std::vector<float> vocal; ///< after the vocal chain, before its ride and strip
    std::vector<float> left;  ///< likewise the second voices to the left; empty without any
    std::vector<float> right;
    std::vector<float> activity; ///< 0..1, somebody sings
};

/// By section, the decibels that bring the voice's 1 to 4 kHz to `targetDb` over the band's while somebody
/// sings. The voice track's own gain is a person's wish and stays on top. Sections without singing are left
/// out.
std::vector<MixBalance::SectionGain> balanceVocal(const Program& program, const Tracks& tracks,
                                                  double targetDb);

/// The ratio that results with a balance.
std::vector<SectionRatio> vocalRatios(const Program& program, const Tracks& tracks,
                                      const MixBalance& balance);

} // namespace cantilena::sound
