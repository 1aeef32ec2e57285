#pragma once

#include <array>
#include <vector>

namespace cantilena::sound {

/// A small hall: pre-delay, two diffusers a channel, and a network of eight delay lines with a Hadamard
/// feedback matrix and damped highs (J.-M. Jot and A. Chaigne, "Digital delay networks for designing
/// artificial reverberators", 1991). Linear and without modulation: the reverbs of two sounds add up to the
/// reverb of their sum. One thread; the constructor allocates, process does not.
class Reverb {
public:
    Reverb();
    void reset();
    /// Adds the reverberation of input to output; the two may not overlap.
    void process(const float* inLeft, const float* inRight, float* outLeft, float* outRight, int frames);

private:
    class Line {
    public:
        explicit Line(std::size_t length) : m_data(length) {}
        float read() const { return m_data[m_at]; }
        void write(float value)
        {
            m_data[m_at] = value;
            if (++m_at == m_data.size())
                m_at = 0;
        }
        void clear();

    private:
        std::vector<float> m_data;
        std::size_t m_at = 0;
    };

    static constexpr int kLines = 8;

    std::vector<Line> m_preDelay;  ///< left, right
    std::vector<Line> m_diffusers; ///< two left, two right
    std::vector<Line> m_lines;
    std::array<float, kLines> m_gain{};
    std::array<float, kLines> m_damped{};
    std::array<float, 2> m_lowCut{};
};

} // namespace cantilena::sound
