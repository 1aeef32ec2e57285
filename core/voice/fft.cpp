#include "fft.h"

#include <mutex>

#include <fftw3.h>

namespace cantilena::voice {

namespace {

// FFTW's planner is the one part of it that threads must not enter together.
std::mutex plannerMutex;

} // namespace

struct RealFft::Plans {
    fftwf_plan forward = nullptr;
    fftwf_plan backward = nullptr;
};

RealFft::RealFft(std::size_t size)
    : m_size(size), m_samples(fftwf_alloc_real(size)),
      m_bins(reinterpret_cast<std::complex<float>*>(fftwf_alloc_complex(size / 2 + 1))),
      m_plans(std::make_unique<Plans>())
{
    const std::lock_guard lock(plannerMutex);
    auto* bins = reinterpret_cast<fftwf_complex*>(m_bins);
    // FFTW_ESTIMATE plans without timing, so that every run computes the same sums in the same order.
    m_plans->forward = fftwf_plan_dft_r2c_1d(static_cast<int>(size), m_samples, bins, FFTW_ESTIMATE);
    m_plans->backward = fftwf_plan_dft_c2r_1d(static_cast<int>(size), bins, m_samples, FFTW_ESTIMATE);
}

RealFft::~RealFft()
{
    const std::lock_guard lock(plannerMutex);
    fftwf_destroy_plan(m_plans->forward);
    fftwf_destroy_plan(m_plans->backward);
    fftwf_free(m_samples);
    fftwf_free(m_bins);
}

void RealFft::forward()
{
    fftwf_execute(m_plans->forward);
}

void RealFft::backward()
{
    fftwf_execute(m_plans->backward);
}

} // namespace cantilena::voice
