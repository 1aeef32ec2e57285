#pragma once

#include <array>

#include <music/pitch.h>

namespace cantilena::music {

/// The key whose profile (Krumhansl and Kessler 1982) correlates best with how long each pitch class sounds;
/// `last` is the pitch class that a tune ends on, which tips the balance between relatives; -1: unknown.
/// C major when nothing sounds.
Key estimateKey(const std::array<double, 12>& durations, int last = -1);

} // namespace cantilena::music
