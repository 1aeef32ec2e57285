#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace cantilena::sound {

/// A look-ahead limiter that also sees the peaks between samples (four-fold oversampling, ITU-R BS.1770-4
/// annex 2). Output comes kLatency frames late. One thread; the constructor allocates, process does not.
class Limiter {
public:
    /// Frames from input to output.
    static constexpr int kLatency = 256;

    explicit Limiter(double ceilingDb = -1.0);
    void reset();
    /// In place.
    void process(float* left, float* right, int frames);
    /// The lowest gain applied since the last call.
    float takeReduction();

private:
    static constexpr int kTaps = 12;
    static constexpr int kWindow = kLatency - kTaps / 2; ///< frames that a peak is seen ahead
    static constexpr int kHold = kWindow + 2;            ///< the gain is held until the peak has left

    float truePeak(const float* history) const;

    float m_ceiling;
    std::array<std::array<float, kTaps>, 3> m_phases{};
    std::array<std::array<float, 2 * kTaps>, 2> m_history{}; ///< doubled ring of the newest samples
    int m_historyAt = 0;
    std::array<std::array<float, kLatency>, 2> m_delay{};
    int m_delayAt = 0;
    // Minimum of the wanted gain over the window: a monotonic queue in a ring.
    std::array<float, kHold + 1> m_queueGain{};
    std::array<std::size_t, kHold + 1> m_queueAge{};
    int m_queueHead = 0;
    int m_queueSize = 0;
    std::size_t m_now = 0;
    float m_released = 1;
    // Mean over the window, which turns steps into ramps that end in time.
    std::array<float, kWindow> m_mean{};
    int m_meanAt = 0;
    double m_meanSum = kWindow;
    float m_reduction = 1;
};

} // namespace cantilena::sound
