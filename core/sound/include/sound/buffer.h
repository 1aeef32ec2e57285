#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <music/units.h>

namespace cantilena::sound {

/// The one sample rate of synthesis, mixing and playback, in frames a second.
inline constexpr int kSampleRate = 44100;

/// Stereo sound at kSampleRate; both channels have the same length; full scale is 1.
struct StereoBuffer {
    std::vector<float> left;
    std::vector<float> right;

    StereoBuffer() = default;
    explicit StereoBuffer(std::size_t frames) : left(frames), right(frames) {}

    bool operator==(const StereoBuffer&) const = default;
    std::size_t frames() const { return left.size(); }
    music::Seconds duration() const { return {static_cast<double>(frames()) / kSampleRate}; }
};

/// The frames from start (inclusive) to end (exclusive), from the start of the song at kSampleRate.
struct FrameRange {
    music::Frames start;
    music::Frames end;

    bool operator==(const FrameRange&) const = default;
    std::int64_t length() const { return end.value - start.value; }
    bool empty() const { return length() <= 0; }
};

} // namespace cantilena::sound
