#include <sound/render.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cmath>
#include <numeric>
#include <thread>

#include "balance.h"
#include "limiter.h"
#include "loudness.h"
#include "mixdown.h"
#include "mixer.h"
#include "player.h"
#include "vocal_chain.h"

namespace cantilena::sound {

namespace {

constexpr double kVocalOverBandDb = 2;     // the middle of 0 to +4
constexpr double kLoudnessTolerance = 0.1; // LU
constexpr int kLoudnessRounds = 4;
constexpr std::int64_t kChunk = 2048 * kMixBlock; // about 3 s

/// A track that sounds, and where its share of the chunk goes.
struct Part {
    const ProgramTrack* track = nullptr;
    StereoBuffer chunk;
};

/// The tracks of one thread, with instruments on a font of its own.
struct Group {
    std::vector<std::size_t> parts;
    bool voice = false;
};

/// Longest first to the group with the least work. The sound does not depend on it: every part has its own
/// instrument, and parts are added in the song's order.
std::vector<Group> distribute(const std::vector<Part>& parts, bool voice, int threads, std::int64_t length)
{
    std::vector<std::int64_t> cost(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        for (const NoteEvent& note : parts[i].track->notes)
            cost[i] += note.end - note.start + kSampleRate / 2;
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return cost[a] > cost[b]; });
    std::vector<Group> groups(static_cast<std::size_t>(std::max(1, threads)));
    std::vector<std::int64_t> load(groups.size());
    const auto lightest = [&] {
        return static_cast<std::size_t>(std::min_element(load.begin(), load.end()) - load.begin());
    };
    if (voice) {
        groups[0].voice = true;
        load[0] += 2 * length;
    }
    for (const std::size_t part : order) {
        const std::size_t group = lightest();
        groups[group].parts.push_back(part);
        load[group] += cost[part];
    }
    return groups;
}

/// Renders the band's tracks and the voice of a range.
class TrackRenderer {
public:
    TrackRenderer(const Program& program, const std::filesystem::path& soundFont, FrameRange range,
                  int threads, const JobContext& job)
        : m_program(program), m_soundFont(soundFont), m_range(range), m_job(job)
    {
        for (const ProgramTrack& track : program.tracks)
            if (track.audible && !track.vocal && !track.notes.empty())
                m_parts.push_back({&track, {}});
        const bool voice = !program.vocal.empty();
        m_groups = distribute(m_parts, voice, threads, range.length());
        const auto frames = static_cast<std::size_t>(range.length());
        m_tracks.range = range;
        m_tracks.dry = StereoBuffer(frames);
        m_tracks.send = StereoBuffer(frames);
        m_tracks.vocal.resize(frames);
        m_tracks.left.resize(program.backing ? frames : 0);
        m_tracks.right.resize(program.backing ? frames : 0);
        m_tracks.activity.resize(frames);
        for (Part& part : m_parts)
            part.chunk = StereoBuffer(static_cast<std::size_t>(std::min(kChunk, range.length())));
    }

    Result<Tracks> run()
    {
        std::barrier<> barrier(static_cast<std::ptrdiff_t>(m_groups.size()));
        std::vector<std::optional<Error>> errors(m_groups.size());
        {
            std::vector<std::jthread> threads;
            for (std::size_t g = 1; g < m_groups.size(); ++g)
                threads.emplace_back([&, g] { errors[g] = work(g, barrier); });
            errors[0] = work(0, barrier);
        }
        for (const std::optional<Error>& error : errors)
            if (error)
                return *error;
        return std::move(m_tracks);
    }

private:
    std::optional<Error> work(std::size_t g, std::barrier<>& barrier)
    {
        const FlushDenormals flush;
        const Group& group = m_groups[g];
        std::vector<std::unique_ptr<Instrument>> instruments;
        std::optional<Error> error;
        if (!group.parts.empty()) {
            const auto font = SoundFont::borrow(m_soundFont);
            if (!font) {
                error = font.error();
                m_stop = true;
            } else {
                for (const std::size_t part : group.parts) {
                    instruments.push_back(std::make_unique<Instrument>(*font));
                    instruments.back()->setProgram(m_parts[part].track->program, m_parts[part].track->drums);
                }
            }
        }
        std::vector<Player> players(group.parts.size());
        for (std::size_t i = 0; i < players.size(); ++i)
            players[i].seek(*m_parts[group.parts[i]].track, m_range.start.value);
        VocalChains chains;

        for (std::int64_t at = 0; at < m_range.length(); at += kChunk) {
            if (g == 0 && m_job.cancelled()) {
                error = m_job.cancelledError();
                m_stop = true;
            }
            // Everybody sees the same flag: it is only written between the barriers around this read.
            barrier.arrive_and_wait();
            const bool stop = m_stop;
            barrier.arrive_and_wait();
            if (stop)
                return error;
            const std::int64_t frames = std::min(kChunk, m_range.length() - at);
            for (std::size_t i = 0; i < players.size(); ++i)
                renderPart(m_parts[group.parts[i]], players[i], *instruments[i], at, frames);
            if (group.voice)
                renderVoice(chains, at, frames);
            barrier.arrive_and_wait();
            const std::int64_t share = (frames / static_cast<std::int64_t>(m_groups.size())) + 1;
            const std::int64_t from = std::min(frames, static_cast<std::int64_t>(g) * share);
            sum(at, from, std::min(frames, from + share));
            barrier.arrive_and_wait();
            if (g == 0)
                m_job.progress("band",
                               static_cast<double>(at + frames) / static_cast<double>(m_range.length()));
        }
        return error;
    }

    void renderPart(Part& part, Player& player, Instrument& instrument, std::int64_t at, std::int64_t frames)
    {
        std::fill_n(part.chunk.left.begin(), frames, 0.0F);
        std::fill_n(part.chunk.right.begin(), frames, 0.0F);
        for (std::int64_t f = 0; f < frames; f += kMixBlock) {
            const int count = static_cast<int>(std::min<std::int64_t>(kMixBlock, frames - f));
            const std::int64_t frame = m_range.start.value + at + f;
            if (frame < m_program.end)
                player.advance(*part.track, frame, count, instrument);
            else
                player.release(instrument);
            instrument.render(part.chunk.left.data() + f, part.chunk.right.data() + f, count);
        }
    }

    void renderVoice(VocalChains& chains, std::int64_t at, std::int64_t frames)
    {
        for (std::int64_t f = 0; f < frames; f += kMixBlock) {
            const int count = static_cast<int>(std::min<std::int64_t>(kMixBlock, frames - f));
            const std::int64_t frame = m_range.start.value + at + f;
            float* lead = m_tracks.vocal.data() + at + f;
            float* left = m_tracks.left.empty() ? nullptr : m_tracks.left.data() + at + f;
            float* right = m_tracks.right.empty() ? nullptr : m_tracks.right.data() + at + f;
            readVocal(m_program, frame, count, VocalPart::Lead, lead);
            if (left && right) {
                readVocal(m_program, frame, count, VocalPart::Left, left);
                readVocal(m_program, frame, count, VocalPart::Right, right);
            }
            chains.process(lead, left, right, m_tracks.activity.data() + at + f, count);
        }
    }

    void sum(std::int64_t at, std::int64_t from, std::int64_t to)
    {
        for (const Part& part : m_parts) {
            Strip strip;
            strip.set(*part.track);
            strip.snap();
            strip.add(part.chunk.left.data() + from, part.chunk.right.data() + from,
                      static_cast<int>(to - from), m_tracks.dry.left.data() + at + from,
                      m_tracks.dry.right.data() + at + from, m_tracks.send.left.data() + at + from,
                      m_tracks.send.right.data() + at + from);
        }
    }

    const Program& m_program;
    const std::filesystem::path& m_soundFont;
    FrameRange m_range;
    const JobContext& m_job;
    std::vector<Part> m_parts;
    std::vector<Group> m_groups;
    Tracks m_tracks;
    std::atomic<bool> m_stop{false};
};

/// Gain, limiter, and the limiter's delay taken out.
void master(const StereoBuffer& mix, float gain, double ceilingDb, StereoBuffer& out)
{
    const FlushDenormals flush;
    Limiter limiter(ceilingDb);
    const std::size_t frames = mix.frames();
    out.left.resize(frames);
    out.right.resize(frames);
    constexpr std::size_t kLatency = Limiter::kLatency;
    float left[kMixBlock];
    float right[kMixBlock];
    for (std::size_t f = 0; f < frames + kLatency; f += kMixBlock) {
        for (std::size_t i = 0; i < kMixBlock; ++i) {
            const bool inside = f + i < frames;
            left[i] = inside ? mix.left[f + i] * gain : 0.0F;
            right[i] = inside ? mix.right[f + i] * gain : 0.0F;
        }
        limiter.process(left, right, kMixBlock);
        for (std::size_t i = 0; i < kMixBlock; ++i)
            if (f + i >= kLatency && f + i - kLatency < frames) {
                out.left[f + i - kLatency] = left[i];
                out.right[f + i - kLatency] = right[i];
            }
    }
}

} // namespace

FrameRange renderRange(const Program& program, const RenderOptions& options)
{
    return options.range.value_or(FrameRange{{0}, {program.end + kTailFrames}});
}

Result<Tracks> renderTracks(const Program& program, const std::filesystem::path& soundFont, FrameRange range,
                            int threads, const JobContext& job)
{
    return TrackRenderer(program, soundFont, range, threads, job).run();
}

StereoBuffer mixDown(const Program& program, Tracks tracks, bool wholeSong)
{
    const FlushDenormals flush;
    const ProgramTrack* voice = vocalTrack(program);
    Strip strip;
    if (voice)
        strip.set(*voice);
    strip.snap();
    MixBus bus;
    const std::int64_t frames = tracks.range.length();
    for (std::int64_t f = 0; f < frames; f += kMixBlock) {
        const int count = static_cast<int>(std::min<std::int64_t>(kMixBlock, frames - f));
        bus.process(program, tracks.range.start.value + f, count, tracks.dry.left.data() + f,
                    tracks.dry.right.data() + f, tracks.send.left.data() + f, tracks.send.right.data() + f,
                    {tracks.vocal.data() + f, tracks.left.empty() ? nullptr : tracks.left.data() + f,
                     tracks.right.empty() ? nullptr : tracks.right.data() + f, tracks.activity.data() + f},
                    strip);
    }
    // A song starts as it is and its tail fades; a part of a song is cut, so both ends are faded.
    const std::int64_t fadeIn = wholeSong ? 0 : std::min<std::int64_t>(frames, kCutFadeFrames);
    const std::int64_t fadeOut = std::min<std::int64_t>(frames, wholeSong ? kTailFadeFrames : kCutFadeFrames);
    StereoBuffer mix = std::move(tracks.dry);
    for (auto* channel : {&mix.left, &mix.right}) {
        for (std::int64_t f = 0; f < fadeIn; ++f)
            (*channel)[static_cast<std::size_t>(f)] *= static_cast<float>(f) / static_cast<float>(fadeIn);
        for (std::int64_t f = 0; f < fadeOut; ++f)
            (*channel)[static_cast<std::size_t>(frames - 1 - f)] *=
                static_cast<float>(f) / static_cast<float>(fadeOut);
    }
    return mix;
}

Result<RenderedMix> renderSong(const ProgramPtr& program, const std::filesystem::path& soundFont,
                               const RenderOptions& options, const JobContext& job)
{
    const FrameRange range = renderRange(*program, options);
    if (range.empty())
        return Error{"There is nothing to render: the part chosen is empty."};
    TRY(Tracks tracks, renderTracks(*program, soundFont, range, std::clamp(options.threads, 1, 16), job));

    RenderedMix result;
    result.range = range;
    result.balance = program->balance;
    job.progress("mix", 0);
    Program balanced = *program;
    if (options.normalise) {
        result.balance.measured = true;
        result.balance.sections = balanceVocal(*program, tracks, kVocalOverBandDb);
        // Where nobody sings the voice waits at its usual level: an upbeat there belongs to the next section.
        double sum = 0;
        for (const MixBalance::SectionGain& section : result.balance.sections)
            sum += section.vocal.value;
        if (!result.balance.sections.empty())
            result.balance.vocal.value = sum / static_cast<double>(result.balance.sections.size());
        balanced.balance = result.balance;
        balanced.vocalRide = vocalRide(program->sections, result.balance);
    }
    result.ratios = vocalRatios(*program, tracks, result.balance);
    const StereoBuffer mix = mixDown(balanced, std::move(tracks), !options.range);
    if (job.cancelled())
        return job.cancelledError();

    job.progress("master", 0);
    double gain = result.balance.master.value;
    if (options.normalise) {
        const double loudness = integratedLoudness(mix);
        gain = loudness > kSilenceLufs ? options.targetLufs - loudness : 0;
    }
    const double ceiling =
        options.truePeakDb - 0.2; // the limiter's oversampling and 16 bits miss less than that
    for (int round = 1;; ++round) {
        if (job.cancelled())
            return job.cancelledError();
        master(mix, linearGain(gain), ceiling, result.audio);
        result.lufs = integratedLoudness(result.audio);
        const double miss = options.targetLufs - result.lufs;
        job.progress("master", static_cast<double>(round) / (kLoudnessRounds + 1));
        if (!options.normalise || round == kLoudnessRounds || std::abs(miss) < kLoudnessTolerance ||
            result.lufs <= kSilenceLufs)
            break;
        gain += miss;
    }
    result.truePeakDb = truePeak(result.audio);
    if (result.truePeakDb > options.truePeakDb) {
        const float down = linearGain(options.truePeakDb - result.truePeakDb - 0.01);
        for (auto* channel : {&result.audio.left, &result.audio.right})
            for (float& sample : *channel)
                sample *= down;
        result.truePeakDb = truePeak(result.audio);
        result.lufs = integratedLoudness(result.audio);
    }
    result.balance.master.value = gain;
    job.progress("master", 1);
    return result;
}

} // namespace cantilena::sound
