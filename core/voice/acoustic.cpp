#include "acoustic.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>
#include <utility>

#include <base/file.h>

namespace cantilena::voice {

namespace {

constexpr std::array<std::pair<std::string_view, PhoneClass>, 11> kClassNames{{
    {"silence", PhoneClass::Silence},
    {"breath", PhoneClass::Breath},
    {"vowel", PhoneClass::Vowel},
    {"diphthong", PhoneClass::Diphthong},
    {"glide", PhoneClass::Glide},
    {"liquid", PhoneClass::Liquid},
    {"nasal", PhoneClass::Nasal},
    {"fricative", PhoneClass::Fricative},
    {"aspirate", PhoneClass::Aspirate},
    {"stop", PhoneClass::Stop},
    {"affricate", PhoneClass::Affricate},
}};

constexpr int kContext = 5;
constexpr int kNumeric = 7;
// Frames computed at once, and frames on each side that only serve as surroundings: the network sees 20 trunk
// frames of 10 ms and a few of 5 ms to each side.
constexpr std::size_t kPiece = 1200;
constexpr std::size_t kMargin = 64;

float timeFeature(std::size_t frames)
{
    return static_cast<float>(std::log1p(static_cast<double>(frames) * kFrameSeconds * 100.0) / 3.0);
}

Error damaged(const std::filesystem::path& file)
{
    return Error{"The phone table " + file.string() + " is damaged; install Cantilena again."};
}

} // namespace

Result<PhoneTable> PhoneTable::read(const std::filesystem::path& file)
{
    TRY(const std::string text, readFile(file, 1 << 20));
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    PhoneTable table;
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        Phone phone;
        std::string kind;
        int voiced = 0;
        double release = 0;
        double typical = 0;
        if (!(fields >> phone.name >> kind >> voiced >> release >> typical))
            return damaged(file);
        const auto* found = std::find_if(kClassNames.begin(), kClassNames.end(),
                                         [&](const auto& entry) { return entry.first == kind; });
        if (found == kClassNames.end())
            return damaged(file);
        phone.kind = found->second;
        phone.voiced = voiced != 0;
        phone.releaseSeconds = release / 1000.0;
        phone.typicalSeconds = typical / 1000.0;
        table.m_phones.push_back(std::move(phone));
    }
    if (table.m_phones.empty() || table.m_phones.front().kind != PhoneClass::Silence)
        return damaged(file);
    return table;
}

int PhoneTable::find(std::string_view name) const
{
    const auto found =
        std::find_if(m_phones.begin(), m_phones.end(), [&](const Phone& p) { return p.name == name; });
    return found == m_phones.end() ? -1 : static_cast<int>(found - m_phones.begin());
}

Result<std::vector<Segment>> segmentsOf(const Singing& phrase, const PhoneTable& table)
{
    const std::size_t frames = phrase.f0.size();
    std::vector<Segment> segments;
    std::size_t cursor = 0;
    const auto frameOf = [&](music::Seconds time) {
        const double place = std::floor(time.value / kFrameSeconds + 0.5);
        return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(frames)));
    };
    for (const TimedPhone& timed : phrase.phones) {
        const int id = table.find(timed.phone);
        if (id < 0)
            return Error{"The singer does not know the phone \"" + timed.phone + "\"."};
        if (!(timed.end >= timed.start))
            return Error{"The phone \"" + timed.phone + "\" ends before it starts."};
        const std::size_t start = frameOf(timed.start);
        const std::size_t end = frameOf(timed.end);
        if (start < cursor)
            return Error{"The phone \"" + timed.phone + "\" starts before the one in front of it ends."};
        if (start > cursor)
            segments.push_back({0, cursor, start, -1});
        if (end > start)
            segments.push_back({id, start, end, -1});
        cursor = std::max(cursor, end);
    }
    if (cursor < frames)
        segments.push_back({0, cursor, frames, -1});
    for (std::size_t i = 0; i < segments.size(); ++i) {
        Segment& s = segments[i];
        const Phone& phone = table.at(static_cast<std::size_t>(s.phone));
        if (phone.kind != PhoneClass::Stop && phone.kind != PhoneClass::Affricate)
            continue;
        double release = phone.releaseSeconds;
        // Voiceless stops are aspirated before a vowel, not after s and not at the end of a syllable.
        if (phone.kind == PhoneClass::Stop && !phone.voiced && release > 0.03) {
            const bool afterS =
                i > 0 && table.at(static_cast<std::size_t>(segments[i - 1].phone)).name == "s";
            const bool beforeVoice =
                i + 1 < segments.size() &&
                isSonorant(table.at(static_cast<std::size_t>(segments[i + 1].phone)).kind);
            if (afterS || !beforeVoice)
                release = 0.025;
        }
        const double length = static_cast<double>(s.end - s.start) * kFrameSeconds;
        release = std::min(release, 0.65 * length);
        const auto tail = static_cast<std::size_t>(std::lround(release / kFrameSeconds));
        s.release = static_cast<std::int64_t>(s.end - std::min(tail, s.end - s.start));
    }
    return segments;
}

Result<std::shared_ptr<const Acoustic>> Acoustic::load(const std::filesystem::path& models,
                                                       std::string_view id)
{
    auto acoustic = std::make_shared<Acoustic>();
    TRY(acoustic->m_model, inference::Model::load(models, "voice", id));
    TRY(acoustic->m_table, PhoneTable::read(acoustic->m_model->info().folder / "phone_table.tsv"));
    return std::shared_ptr<const Acoustic>(std::move(acoustic));
}

Result<VocoderFrames> Acoustic::predict(const Singing& phrase, const std::vector<Segment>& segments,
                                        const std::vector<float>& timbre, const JobContext& job) const
{
    const std::size_t frames = phrase.f0.size();
    std::vector<std::int64_t> ids(frames * kContext);
    std::vector<float> numeric(frames * kNumeric);
    const auto phoneAt = [&](std::ptrdiff_t i) -> std::int64_t {
        return i < 0 || i >= static_cast<std::ptrdiff_t>(segments.size())
                   ? 0
                   : segments[static_cast<std::size_t>(i)].phone;
    };
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& s = segments[i];
        for (std::size_t t = s.start; t < s.end; ++t) {
            for (std::ptrdiff_t c = 0; c < kContext; ++c)
                ids[t * kContext + static_cast<std::size_t>(c)] =
                    phoneAt(static_cast<std::ptrdiff_t>(i) + c - 2);
            float* n = numeric.data() + t * kNumeric;
            n[0] = timeFeature(t - s.start);
            n[1] = timeFeature(s.end - 1 - t);
            n[2] = timeFeature(s.end - s.start);
            if (s.release >= 0) {
                const double since =
                    (static_cast<double>(t) - static_cast<double>(s.release)) * kFrameSeconds;
                n[3] = static_cast<float>(std::clamp(since / 0.2, -1.0, 1.0));
                n[4] = since >= 0 ? 1.0F : 0.0F;
            }
            n[5] = std::log2(std::max(phrase.f0[t], 20.0F) / 220.0F);
            n[6] = std::clamp(phrase.loudness[t] / 10.0F, -2.0F, 1.2F);
        }
    }

    VocoderFrames out;
    out.f0 = phrase.f0;
    out.envelope.resize(frames * kBands);
    out.noise.resize(frames * kNoiseBands);
    for (std::size_t start = 0; start < frames; start += kPiece) {
        if (job.cancelled())
            return job.cancelledError();
        const std::size_t end = std::min(start + kPiece, frames);
        // Both are even, as the network's stride wants; the last frame is repeated when their number is odd.
        const std::size_t first = start > kMargin ? start - kMargin : 0;
        const std::size_t last = std::min(end + kMargin, frames);
        const std::size_t padded = (last - first + 1) / 2 * 2;
        std::vector<std::int64_t> pieceIds(ids.begin() + static_cast<std::ptrdiff_t>(first * kContext),
                                           ids.begin() + static_cast<std::ptrdiff_t>(last * kContext));
        std::vector<float> pieceNumeric(numeric.begin() + static_cast<std::ptrdiff_t>(first * kNumeric),
                                        numeric.begin() + static_cast<std::ptrdiff_t>(last * kNumeric));
        if (padded > last - first) {
            for (int c = 0; c < kContext; ++c)
                pieceIds.push_back(pieceIds[pieceIds.size() - kContext]);
            for (int c = 0; c < kNumeric; ++c)
                pieceNumeric.push_back(pieceNumeric[pieceNumeric.size() - kNumeric]);
        }
        const auto count = static_cast<std::int64_t>(padded);
        const std::array<inference::Tensor, 3> inputs{
            inference::Tensor::integers({1, count, kContext}, std::move(pieceIds)),
            inference::Tensor::floats({1, count, kNumeric}, std::move(pieceNumeric)),
            inference::Tensor::floats({1, static_cast<std::int64_t>(timbre.size())}, timbre),
        };
        TRY(const std::vector<inference::Tensor> result, m_model->run("forward", inputs));
        if (result.size() != 2 || result[0].asFloats().size() != padded * kBands ||
            result[1].asFloats().size() != padded * kNoiseBands)
            return Error{"The voice model gave a result of another shape than its contract says."};
        const auto copy = [&](const std::vector<float>& from, std::vector<float>& to, std::size_t width) {
            std::copy(from.begin() + static_cast<std::ptrdiff_t>((start - first) * width),
                      from.begin() + static_cast<std::ptrdiff_t>((end - first) * width),
                      to.begin() + static_cast<std::ptrdiff_t>(start * width));
        };
        copy(result[0].asFloats(), out.envelope, kBands);
        copy(result[1].asFloats(), out.noise, kNoiseBands);
    }
    return out;
}

} // namespace cantilena::voice
