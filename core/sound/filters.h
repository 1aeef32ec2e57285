#pragma once

#include <cmath>
#include <numbers>

#include <sound/buffer.h>

namespace cantilena::sound {

/// A second-order section, transposed direct form II (R. Bristow-Johnson, "Cookbook formulae for audio EQ
/// biquad filter coefficients"). Sums in double, so that low corners keep their shape.
class Biquad {
public:
    static Biquad highPass(double hz, double q = std::numbers::sqrt2 / 2)
    {
        const Angle a(hz, q);
        return {(1 + a.cosine) / 2, -(1 + a.cosine), (1 + a.cosine) / 2,
                1 + a.alpha,        -2 * a.cosine,   1 - a.alpha};
    }
    static Biquad lowPass(double hz, double q = std::numbers::sqrt2 / 2)
    {
        const Angle a(hz, q);
        return {(1 - a.cosine) / 2, 1 - a.cosine,  (1 - a.cosine) / 2,
                1 + a.alpha,        -2 * a.cosine, 1 - a.alpha};
    }
    /// Unity at the centre.
    static Biquad bandPass(double hz, double q)
    {
        const Angle a(hz, q);
        return {a.alpha, 0, -a.alpha, 1 + a.alpha, -2 * a.cosine, 1 - a.alpha};
    }
    static Biquad peak(double hz, double q, double decibels)
    {
        const Angle a(hz, q);
        const double g = std::pow(10.0, decibels / 40);
        return {1 + a.alpha * g, -2 * a.cosine, 1 - a.alpha * g,
                1 + a.alpha / g, -2 * a.cosine, 1 - a.alpha / g};
    }
    static Biquad highShelf(double hz, double decibels)
    {
        const Angle a(hz, std::numbers::sqrt2 / 2);
        const double g = std::pow(10.0, decibels / 40);
        const double root = 2 * std::sqrt(g) * a.alpha;
        const double c = a.cosine;
        return {g * ((g + 1) + (g - 1) * c + root), -2 * g * ((g - 1) + (g + 1) * c),
                g * ((g + 1) + (g - 1) * c - root), (g + 1) - (g - 1) * c + root,
                2 * ((g - 1) - (g + 1) * c),        (g + 1) - (g - 1) * c - root};
    }

    float operator()(float input)
    {
        const double x = input;
        const double y = m_b0 * x + m_s1;
        m_s1 = m_b1 * x - m_a1 * y + m_s2;
        m_s2 = m_b2 * x - m_a2 * y;
        return static_cast<float>(y);
    }
    void reset() { m_s1 = m_s2 = 0; }

private:
    struct Angle {
        Angle(double hz, double q)
        {
            const double w = 2 * std::numbers::pi * hz / kSampleRate;
            cosine = std::cos(w);
            alpha = std::sin(w) / (2 * q);
        }
        double cosine;
        double alpha;
    };
    Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
        : m_b0(b0 / a0), m_b1(b1 / a0), m_b2(b2 / a0), m_a1(a1 / a0), m_a2(a2 / a0)
    {
    }

    double m_b0, m_b1, m_b2, m_a1, m_a2;
    double m_s1 = 0, m_s2 = 0;
};

/// The factor of a one-pole smoother that moves by 1 - 1/e in `seconds`.
inline float smoothing(double seconds)
{
    return static_cast<float>(1 - std::exp(-1 / (seconds * kSampleRate)));
}

} // namespace cantilena::sound
