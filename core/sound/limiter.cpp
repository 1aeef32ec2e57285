#include "limiter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "filters.h"

namespace cantilena::sound {

Limiter::Limiter(double ceilingDb) : m_ceiling(static_cast<float>(std::pow(10.0, ceilingDb / 20)))
{
    // Windowed sinc at quarter, half and three-quarter samples.
    for (int phase = 0; phase < 3; ++phase) {
        double sum = 0;
        std::array<double, kTaps> taps{};
        for (int t = 0; t < kTaps; ++t) {
            const int middle = kTaps / 2 - 1;
            const double x = t - middle - (phase + 1) / 4.0;
            const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * x / (kTaps / 2.0));
            taps[t] = std::sin(std::numbers::pi * x) / (std::numbers::pi * x) * window;
            sum += taps[t];
        }
        for (int t = 0; t < kTaps; ++t)
            m_phases[phase][t] = static_cast<float>(taps[t] / sum);
    }
    reset();
}

void Limiter::reset()
{
    for (auto& channel : m_history)
        channel.fill(0);
    for (auto& channel : m_delay)
        channel.fill(0);
    m_historyAt = m_delayAt = m_queueHead = m_queueSize = m_meanAt = 0;
    m_now = 0;
    m_released = 1;
    m_mean.fill(1);
    m_meanSum = kWindow;
    m_reduction = 1;
}

float Limiter::truePeak(const float* history) const
{
    float peak = 0;
    for (const auto& phase : m_phases) {
        float sum = 0;
        for (int t = 0; t < kTaps; ++t)
            sum += phase[t] * history[t];
        peak = std::max(peak, std::abs(sum));
    }
    return peak;
}

void Limiter::process(float* left, float* right, int frames)
{
    static const float release = smoothing(0.09);
    // An interpolated peak is at most about twice its neighbours; below half the ceiling none has to be
    // looked for.
    const float quiet = m_ceiling * 0.5F;
    const std::array<float*, 2> io = {left, right};
    for (int i = 0; i < frames; ++i) {
        float peak = 0;
        for (int c = 0; c < 2; ++c) {
            const float x = io[c][i];
            m_history[c][m_historyAt] = m_history[c][m_historyAt + kTaps] = x;
            const float* newest = m_history[c].data() + m_historyAt + 1;
            const float centre = std::max(std::abs(newest[kTaps / 2 - 1]), std::abs(newest[kTaps / 2]));
            peak = std::max(peak, centre);
            if (centre > quiet)
                peak = std::max(peak, truePeak(newest));
        }
        if (++m_historyAt == kTaps)
            m_historyAt = 0;

        const float wanted = peak > m_ceiling ? m_ceiling / peak : 1.0F;
        // Minimum over the last kHold wanted gains.
        while (m_queueSize > 0) {
            const int lastIndex = (m_queueHead + m_queueSize - 1) % (kHold + 1);
            if (m_queueGain[lastIndex] < wanted)
                break;
            --m_queueSize;
        }
        const int slot = (m_queueHead + m_queueSize) % (kHold + 1);
        m_queueGain[slot] = wanted;
        m_queueAge[slot] = m_now;
        ++m_queueSize;
        if (m_queueAge[m_queueHead] + kHold <= m_now) {
            m_queueHead = (m_queueHead + 1) % (kHold + 1);
            --m_queueSize;
        }
        ++m_now;
        const float held = m_queueGain[m_queueHead];
        m_released = held < m_released ? held : m_released + release * (held - m_released);
        m_meanSum += static_cast<double>(m_released) - m_mean[m_meanAt];
        m_mean[m_meanAt] = m_released;
        if (++m_meanAt == kWindow)
            m_meanAt = 0;
        const float gain = static_cast<float>(m_meanSum / kWindow);
        m_reduction = std::min(m_reduction, gain);

        for (int c = 0; c < 2; ++c) {
            const float delayed = m_delay[c][m_delayAt];
            m_delay[c][m_delayAt] = io[c][i];
            io[c][i] = delayed * gain;
        }
        if (++m_delayAt == kLatency)
            m_delayAt = 0;
    }
}

float Limiter::takeReduction()
{
    const float reduction = m_reduction;
    m_reduction = 1;
    return reduction;
}

} // namespace cantilena::sound
