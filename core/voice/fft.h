#pragma once

#include <complex>
#include <cstddef>
#include <memory>

namespace cantilena::voice {

/// Real Fourier transform of one fixed size, in single precision, with buffers of its own. Not for sharing by
/// threads.
class RealFft {
public:
    explicit RealFft(std::size_t size);
    ~RealFft();
    RealFft(const RealFft&) = delete;
    RealFft& operator=(const RealFft&) = delete;

    std::size_t size() const { return m_size; }
    /// The `size` samples that forward() reads (and keeps) and backward() writes.
    float* samples() { return m_samples; }
    /// The size / 2 + 1 bins that forward() writes and backward() reads (and spoils).
    std::complex<float>* bins() { return m_bins; }

    void forward();
    /// Not scaled: backward() of forward() multiplies by the size.
    void backward();

private:
    struct Plans;
    std::size_t m_size;
    float* m_samples;
    std::complex<float>* m_bins;
    std::unique_ptr<Plans> m_plans;
};

} // namespace cantilena::voice
