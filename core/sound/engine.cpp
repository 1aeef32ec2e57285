#include <sound/engine.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "device.h"
#include "live.h"

namespace cantilena::sound {

struct Engine::Impl {
    Options options;
    DeviceListener listener;
    LivePlayer player;
    std::unique_ptr<InstrumentPool> pool;
    std::atomic<std::uint64_t> underruns{0};
    std::atomic<std::int64_t> latency{Limiter::kLatency};

    // Control.
    std::map<std::uint64_t, int>
        slots; ///< track id to slot; kept, so that an edit does not cut other tracks' notes
    ProgramPtr program;
    std::atomic<std::int64_t> playedFrom{0};

    // Shared by control and the device thread.
    mutable std::mutex mutex;
    std::condition_variable_any wake;
    bool ready = false;
    std::optional<Error> loadError;
    Device device{true, "The sound device is being opened."};

    std::jthread thread; ///< last: it uses all of the above

    void run(const std::stop_token& stop);
    void load();
    void tell(const Device& now);
    bool pause(const std::stop_token& stop, std::chrono::milliseconds time);
    void watch(const std::stop_token& stop, const OutputDevice& output);
    void runSilently(const std::stop_token& stop);
};

void Engine::Impl::tell(const Device& now)
{
    {
        const std::lock_guard lock(mutex);
        device = now;
    }
    if (listener)
        listener(now);
}

void Engine::Impl::load()
{
    std::optional<Error> error;
    auto font = SoundFont::load(options.soundFont);
    if (font) {
        pool = std::make_unique<InstrumentPool>(*font);
        player.setPool(pool.get());
    } else {
        error = font.error();
        player.giveUpPool();
    }
    const std::lock_guard lock(mutex);
    loadError = error;
    ready = true;
    wake.notify_all();
}

bool Engine::Impl::pause(const std::stop_token& stop, std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

void Engine::Impl::watch(const std::stop_token& stop, const OutputDevice& output)
{
    while (output.running() && pause(stop, std::chrono::milliseconds(250))) {
    }
}

void Engine::Impl::runSilently(const std::stop_token& stop)
{
    // The clock of a device: blocks at their times, however late this thread wakes up.
    using Clock = std::chrono::steady_clock;
    std::vector<float> scratch(2 * static_cast<std::size_t>(options.framesPerBlock));
    const auto started = Clock::now();
    std::int64_t frames = 0;
    while (pause(stop, std::chrono::milliseconds(10))) {
        const std::chrono::duration<double> elapsed = Clock::now() - started;
        const auto due = static_cast<std::int64_t>(elapsed.count() * kSampleRate);
        // After a long sleep of the machine time does not have to be made up for.
        frames = std::max(frames, due - kSampleRate);
        while (frames + options.framesPerBlock <= due) {
            player.process(scratch.data(), static_cast<std::size_t>(options.framesPerBlock));
            frames += options.framesPerBlock;
        }
    }
}

void Engine::Impl::run(const std::stop_token& stop)
{
    load();
    if (options.output == Output::Manual || stop.stop_requested())
        return;
    if (options.output == Output::Device) {
        auto output = OutputDevice::open(
            options.framesPerBlock,
            [this](float* interleaved, unsigned long count) { player.process(interleaved, count); },
            [this] { underruns.fetch_add(1, std::memory_order_relaxed); });
        if (output) {
            latency =
                Limiter::kLatency + static_cast<std::int64_t>((*output)->latencySeconds() * kSampleRate);
            tell({false, "Playing through " + (*output)->name() + "."});
            watch(stop, **output);
            if (stop.stop_requested())
                return;
            tell({true, "The sound device " + (*output)->name() + " has gone, so playback is silent."});
        } else {
            tell({true, output.error().message});
        }
    } else {
        tell({true, "Playback is silent, as asked."});
    }
    latency = 0;
    runSilently(stop);
}

Engine::Engine(Options options, DeviceListener listener) : m_impl(std::make_unique<Impl>())
{
    m_impl->options = std::move(options);
    m_impl->options.framesPerBlock = std::clamp(m_impl->options.framesPerBlock, 16, 8192);
    m_impl->listener = std::move(listener);
    m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->run(stop); });
}

Engine::~Engine()
{
    m_impl->thread.request_stop();
    m_impl->thread.join();
}

void Engine::setProgram(ProgramPtr program)
{
    if (!program)
        program = std::make_shared<const Program>();
    auto live = std::make_unique<LiveProgram>();
    live->program = program;
    live->slot.fill(-1);
    // Tracks keep their slots; new ones take free ones.
    std::map<std::uint64_t, int> slots;
    std::array<bool, InstrumentPool::kSlots> taken{};
    const std::size_t count = std::min(program->tracks.size(), Meters::kMaxTracks);
    for (std::size_t t = 0; t < count; ++t)
        if (const auto old = m_impl->slots.find(program->tracks[t].id.value); old != m_impl->slots.end()) {
            slots.insert(*old);
            taken[static_cast<std::size_t>(old->second)] = true;
        }
    for (std::size_t t = 0; t < count; ++t) {
        const ProgramTrack& track = program->tracks[t];
        if (track.vocal)
            continue;
        if (!slots.contains(track.id.value)) {
            const auto free = std::find(taken.begin(), taken.end(), false);
            if (free == taken.end())
                continue;
            *free = true;
            slots[track.id.value] = static_cast<int>(free - taken.begin());
        }
        live->slot[t] = slots[track.id.value];
    }
    m_impl->slots = std::move(slots);
    m_impl->program = std::move(program);
    m_impl->player.publish(std::move(live));
}

void Engine::play()
{
    const std::int64_t at = m_impl->player.position();
    // From the end a song starts over.
    if (m_impl->program && at >= m_impl->program->end)
        seek({0});
    else
        m_impl->playedFrom = at;
    m_impl->player.setPlaying(true);
    m_impl->player.send({LivePlayer::Command::Kind::Play, 0, 0, 0});
}

void Engine::stop()
{
    // Back to what was heard last, so that Play goes on from there.
    const std::int64_t heard = position().value;
    m_impl->player.send({LivePlayer::Command::Kind::Stop, 0, 0, 0});
    m_impl->player.send({LivePlayer::Command::Kind::Seek, heard, 0, 0});
}

void Engine::seek(music::Frames to)
{
    const std::int64_t end = m_impl->program ? m_impl->program->end : 0;
    const std::int64_t frame = std::clamp<std::int64_t>(to.value, 0, std::max<std::int64_t>(end, 0));
    m_impl->playedFrom = frame;
    m_impl->player.send({LivePlayer::Command::Kind::Seek, frame, 0, 0});
    m_impl->player.setPosition(frame);
}

void Engine::setLoop(std::optional<FrameRange> range)
{
    const FrameRange loop = range.value_or(FrameRange{});
    m_impl->player.send({LivePlayer::Command::Kind::Loop, loop.start.value, loop.end.value, 0});
}

void Engine::audition(song::TrackId track, music::Pitch pitch, int velocity)
{
    const auto slot = m_impl->slots.find(track.value);
    if (slot == m_impl->slots.end() || pitch.midi < 0 || pitch.midi > 127)
        return;
    m_impl->player.send(
        {LivePlayer::Command::Kind::Audition, slot->second, pitch.midi, std::clamp(velocity, 1, 127)});
}

bool Engine::playing() const
{
    return m_impl->player.playing();
}

music::Frames Engine::position() const
{
    const std::int64_t mixed = m_impl->player.position();
    if (!playing())
        return {mixed};
    const std::int64_t from = m_impl->playedFrom;
    // A loop may have led back before the place where playing began.
    return {std::max(mixed - m_impl->latency, mixed >= from ? from : std::int64_t{0})};
}

Meters Engine::readMeters()
{
    m_impl->player.collect();
    return m_impl->player.readMeters();
}

Engine::Device Engine::device() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->device;
}

std::uint64_t Engine::underruns() const
{
    return m_impl->underruns.load(std::memory_order_relaxed);
}

void Engine::process(float* interleaved, std::size_t frames) noexcept
{
    m_impl->player.process(interleaved, frames);
}

Result<void> Engine::waitUntilReady()
{
    std::unique_lock lock(m_impl->mutex);
    m_impl->wake.wait(lock, [this] { return m_impl->ready; });
    if (m_impl->loadError)
        return *m_impl->loadError;
    return {};
}

} // namespace cantilena::sound
