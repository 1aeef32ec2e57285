#include <voice/refiner.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include <inference/model.h>

namespace cantilena::voice {

namespace {

// Frames computed at once, and frames on each side that only serve as surroundings: the network sees 17.
constexpr std::size_t kPiece = 1200;
constexpr std::size_t kMargin = 24;
constexpr double kTopHz = 5000.0;
constexpr double kLowestHz = 50.0;

/// Power that the partials below kTopHz take from an envelope.
double partialPower(const float* envelope, double f0)
{
    double power = 1e-12;
    for (double hz = f0; hz < kTopHz; hz += f0) {
        const double place = std::min(bandOf(hz), kBands - 1.001);
        const auto i = static_cast<int>(place);
        const double w = place - i;
        power += std::exp(
            2.0 * ((1 - w) * static_cast<double>(envelope[i]) + w * static_cast<double>(envelope[i + 1])));
    }
    return power;
}

} // namespace

Result<std::shared_ptr<const Refiner>> Refiner::load(const std::filesystem::path& models)
{
    auto refiner = std::make_shared<Refiner>();
    TRY(refiner->m_model, inference::Model::load(models, "voice", "vocoder"));
    return std::shared_ptr<const Refiner>(std::move(refiner));
}

const std::string& Refiner::fingerprint() const
{
    return m_model->info().sha256;
}

Result<void> Refiner::refine(VocoderFrames& frames, const JobContext& job) const
{
    const std::size_t count = frames.frames();
    std::vector<float> envelope(count * kBands);
    frames.shares.resize(count * kShares);
    frames.swell.resize(count);
    for (std::size_t start = 0; start < count; start += kPiece) {
        if (job.cancelled())
            return job.cancelledError();
        const std::size_t end = std::min(start + kPiece, count);
        const std::size_t first = start > kMargin ? start - kMargin : 0;
        const std::size_t last = std::min(end + kMargin, count);
        const auto cut = [&](const std::vector<float>& from, std::size_t width) {
            return std::vector<float>(from.begin() + static_cast<std::ptrdiff_t>(first * width),
                                      from.begin() + static_cast<std::ptrdiff_t>(last * width));
        };
        const auto length = static_cast<std::int64_t>(last - first);
        const std::array<inference::Tensor, 3> inputs{
            inference::Tensor::floats({1, length, kBands}, cut(frames.envelope, kBands)),
            inference::Tensor::floats({1, length, kNoiseBands}, cut(frames.noise, kNoiseBands)),
            inference::Tensor::floats({1, length}, cut(frames.f0, 1)),
        };
        TRY(const std::vector<inference::Tensor> result, m_model->run("forward", inputs));
        constexpr std::array<std::size_t, 3> kWidths{kBands, kShares, 1};
        const std::array<std::vector<float>*, 3> to{&envelope, &frames.shares, &frames.swell};
        if (result.size() != to.size())
            return Error{"The vocoder's model gave a result of another shape than its contract says."};
        for (std::size_t i = 0; i < to.size(); ++i) {
            const std::vector<float>& from = result[i].asFloats();
            const std::size_t width = kWidths[i];
            if (from.size() != (last - first) * width)
                return Error{"The vocoder's model gave a result of another shape than its contract says."};
            std::copy(from.begin() + static_cast<std::ptrdiff_t>((start - first) * width),
                      from.begin() + static_cast<std::ptrdiff_t>((end - first) * width),
                      to[i]->begin() + static_cast<std::ptrdiff_t>(start * width));
        }
    }
    // How loud a voiced sound is the singer has decided.
    for (std::size_t t = 0; t < count; ++t) {
        if (frames.noise[t * kNoiseBands] >= 0.5F)
            continue;
        const double f0 = std::max(static_cast<double>(frames.f0[t]), kLowestHz);
        const auto change =
            static_cast<float>(0.5 * std::log(partialPower(frames.envelope.data() + t * kBands, f0) /
                                              partialPower(envelope.data() + t * kBands, f0)));
        for (std::size_t b = 0; b < kBands; ++b)
            envelope[t * kBands + b] += change;
    }
    frames.envelope = std::move(envelope);
    return {};
}

} // namespace cantilena::voice
