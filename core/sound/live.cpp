#include "live.h"

#include <algorithm>
#include <cmath>

namespace cantilena::sound {

namespace {

constexpr int kFade = 8 * kMixBlock; // 12 ms, when the voice jumps or changes
constexpr std::int64_t kAuditionFrames = kSampleRate / 2;
/// A balance that changes while the song plays is reached at about 3 dB a second: nobody hears a step.
constexpr float kGlide = 1.0005F; // a block
constexpr float kMostGlide = 4;
constexpr std::int64_t kIdleAfter = 6 * kSampleRate; // longer than any reverberation

/// `value` brought nearer to `target` by one block's glide.
float glided(float value, float target)
{
    return std::clamp(target, value / kGlide, value * kGlide);
}

} // namespace

InstrumentPool::InstrumentPool(const std::shared_ptr<SoundFont>& font)
{
    for (std::size_t i = 0; i < kSlots; ++i)
        instruments.push_back(std::make_unique<Instrument>(font));
}

LivePlayer::LivePlayer() = default;

LivePlayer::~LivePlayer()
{
    collect();
    delete m_incoming.load();
    delete m_current;
    delete m_leaving;
}

void LivePlayer::publish(std::unique_ptr<LiveProgram> program)
{
    // A program that the audio thread never saw comes straight back.
    delete m_incoming.exchange(program.release(), std::memory_order_acq_rel);
    collect();
}

void LivePlayer::collect()
{
    for (LiveProgram* old = nullptr; m_retired.pop(old);)
        delete old;
}

Meters LivePlayer::readMeters()
{
    Meters result;
    for (Meters block; m_meters.pop(block);) {
        for (std::size_t i = 0; i < 2; ++i)
            result.master[i] = std::max(result.master[i], block.master[i]);
        for (std::size_t i = 0; i < Meters::kMaxTracks; ++i)
            result.tracks[i] = std::max(result.tracks[i], block.tracks[i]);
        result.reduction = std::min(result.reduction, block.reduction);
    }
    return result;
}

void LivePlayer::takeProgram()
{
    if (m_leaving && m_fadeLeft == 0 && m_retired.push(m_leaving))
        m_leaving = nullptr;
    if (m_leaving)
        return;
    LiveProgram* next = m_incoming.exchange(nullptr, std::memory_order_acq_rel);
    if (!next)
        return;
    fadeVoice();
    m_leaving = m_current;
    m_current = next;
    const Program& program = *next->program;
    if (m_leaving)
        glideFrom(*m_leaving->program, program);
    for (Slot& slot : m_slots)
        slot.track = -1;
    const std::size_t count = std::min(program.tracks.size(), Meters::kMaxTracks);
    for (std::size_t t = 0; t < count; ++t) {
        const int index = next->slot[t];
        if (index < 0)
            continue;
        Slot& slot = m_slots[static_cast<std::size_t>(index)];
        slot.track = static_cast<int>(t);
        slot.player.seek(program.tracks[t], m_frame);
        slot.strip.set(program.tracks[t]);
        if (m_fresh)
            slot.strip.snap();
        if (m_instruments)
            m_instruments->instruments[static_cast<std::size_t>(index)]->setProgram(program.tracks[t].program,
                                                                                    program.tracks[t].drums);
    }
    for (std::size_t i = 0; i < m_slots.size(); ++i)
        if (m_slots[i].track < 0 && m_instruments)
            m_slots[i].player.release(*m_instruments->instruments[i]);
    if (const ProgramTrack* voice = vocalTrack(program))
        m_vocalStrip.set(*voice);
    if (m_fresh) {
        m_vocalStrip.snap();
        m_master = program.master;
    }
    m_quietFrames = 0;
}

void LivePlayer::glideFrom(const Program& before, const Program& now)
{
    if (m_fresh || !m_running || before.vocal.empty() || now.vocal.empty()) {
        m_vocalGlide = 1;
        return;
    }
    const float was = before.vocalLevel * rideAt(before, m_frame) * m_vocalGlide;
    const float is = now.vocalLevel * rideAt(now, m_frame);
    m_vocalGlide = is > 0 ? std::clamp(was / is, 1 / kMostGlide, kMostGlide) : 1;
}

void LivePlayer::takeCommands()
{
    for (Command command; m_commands.pop(command);) {
        m_quietFrames = 0;
        switch (command.kind) {
        case Command::Kind::Play:
            fadeVoice();
            m_running = true;
            m_playing.store(true, std::memory_order_relaxed);
            break;
        case Command::Kind::Stop:
            fadeVoice();
            m_running = false;
            releaseAll();
            m_playing.store(false, std::memory_order_relaxed);
            break;
        case Command::Kind::Seek:
            jump(command.first);
            break;
        case Command::Kind::Loop:
            m_loop = {{command.first}, {command.second}};
            break;
        case Command::Kind::Audition:
            audition(command);
            break;
        }
    }
}

void LivePlayer::audition(const Command& command)
{
    if (!m_instruments)
        return;
    const auto slot = static_cast<std::size_t>(command.first);
    Audition* place = &m_auditions[0];
    for (Audition& candidate : m_auditions)
        if (candidate.left < place->left)
            place = &candidate;
    if (place->left > 0)
        m_instruments->instruments[static_cast<std::size_t>(place->slot)]->noteOff(place->key);
    *place = {static_cast<int>(slot), static_cast<int>(command.second), kAuditionFrames};
    m_instruments->instruments[slot]->noteOn(place->key, command.velocity);
}

void LivePlayer::endAuditions(int frames)
{
    for (Audition& audition : m_auditions) {
        if (audition.left <= 0)
            continue;
        audition.left -= frames;
        if (audition.left <= 0)
            m_instruments->instruments[static_cast<std::size_t>(audition.slot)]->noteOff(audition.key);
    }
}

void LivePlayer::fadeVoice()
{
    if (m_current && m_fadeLeft == 0) {
        m_voiceBefore = {m_current->program.get(), m_frame, m_running};
        m_fadeLeft = m_fresh ? 0 : kFade;
    }
}

void LivePlayer::jump(std::int64_t frame)
{
    fadeVoice();
    m_frame = std::max<std::int64_t>(frame, 0);
    releaseAll();
    if (m_current)
        for (Slot& slot : m_slots)
            if (slot.track >= 0)
                slot.player.seek(m_current->program->tracks[static_cast<std::size_t>(slot.track)], m_frame);
}

void LivePlayer::releaseAll()
{
    if (m_instruments)
        for (std::size_t i = 0; i < m_slots.size(); ++i)
            m_slots[i].player.release(*m_instruments->instruments[i]);
}

void LivePlayer::process(float* interleaved, std::size_t frames) noexcept
{
    const FlushDenormals flush;
    if (!m_instruments) {
        m_instruments = m_pool.load(std::memory_order_acquire);
        if (m_instruments && m_current)
            for (std::size_t t = 0; t < m_current->program->tracks.size() && t < Meters::kMaxTracks; ++t)
                if (m_current->slot[t] >= 0)
                    m_instruments->instruments[static_cast<std::size_t>(m_current->slot[t])]->setProgram(
                        m_current->program->tracks[t].program, m_current->program->tracks[t].drums);
    }
    takeProgram();
    // Commands wait while the instruments load, so that the first notes are not lost.
    if (m_instruments || m_noPool.load(std::memory_order_acquire))
        takeCommands();

    if (!m_current || (!m_running && m_quietFrames > kIdleAfter)) {
        std::fill_n(interleaved, 2 * frames, 0.0F);
    } else {
        float peak = 0;
        for (std::size_t i = 0; i < frames; ++i) {
            if (m_given == m_ready) {
                m_ready = blockFrames();
                renderBlock(m_ready);
                m_given = 0;
            }
            interleaved[2 * i] = m_left[m_given];
            interleaved[2 * i + 1] = m_right[m_given];
            ++m_given;
            m_pending.master[0] = std::max(m_pending.master[0], std::abs(interleaved[2 * i]));
            m_pending.master[1] = std::max(m_pending.master[1], std::abs(interleaved[2 * i + 1]));
            peak = std::max({peak, std::abs(interleaved[2 * i]), std::abs(interleaved[2 * i + 1])});
        }
        m_quietFrames = m_running || peak > 1e-5F ? 0 : m_quietFrames + static_cast<std::int64_t>(frames);
        m_pending.reduction = std::min(m_pending.reduction, m_limiter.takeReduction());
        if (m_meters.push(m_pending))
            m_pending = Meters{};
    }
    m_position.store(m_frame, std::memory_order_relaxed);
}

int LivePlayer::blockFrames() const
{
    std::int64_t frames = kMixBlock;
    if (m_running) {
        if (!m_loop.empty() && m_frame < m_loop.end.value && m_frame >= m_loop.start.value)
            frames = std::min(frames, m_loop.end.value - m_frame);
        else if (m_frame < m_current->program->end)
            frames = std::min(frames, m_current->program->end - m_frame);
    }
    return static_cast<int>(frames);
}

void LivePlayer::renderVoice(int frames)
{
    for (const VocalPart part : {VocalPart::Lead, VocalPart::Left, VocalPart::Right}) {
        float* voice = m_vocal[static_cast<int>(part)];
        if (m_running)
            readVocal(*m_current->program, m_frame, frames, part, voice);
        else
            std::fill_n(voice, frames, 0.0F);
        if (m_fadeLeft == 0)
            continue;
        float before[kMixBlock] = {};
        if (m_voiceBefore.on)
            readVocal(*m_voiceBefore.program, m_voiceBefore.frame, frames, part, before);
        for (int i = 0; i < frames; ++i) {
            const float old = static_cast<float>(std::max(m_fadeLeft - i, 0)) / kFade;
            voice[i] += old * (before[i] - voice[i]);
        }
    }
    if (m_fadeLeft > 0) {
        m_voiceBefore.frame += frames;
        m_fadeLeft = std::max(0, m_fadeLeft - frames);
    }
    m_chains.process(m_vocal[0], m_vocal[1], m_vocal[2], m_activity, frames);
}

void LivePlayer::renderBand(int frames)
{
    std::fill_n(m_left, frames, 0.0F);
    std::fill_n(m_right, frames, 0.0F);
    std::fill_n(m_sendLeft, frames, 0.0F);
    std::fill_n(m_sendRight, frames, 0.0F);
    if (!m_instruments)
        return;
    const Program& program = *m_current->program;
    // In the song's order, as the offline mix adds them; then what rings on of tracks that are gone.
    const auto add = [&](std::size_t index) {
        Slot& slot = m_slots[index];
        Instrument& instrument = *m_instruments->instruments[index];
        if (m_running && slot.track >= 0)
            slot.player.advance(program.tracks[static_cast<std::size_t>(slot.track)], m_frame, frames,
                                instrument);
        if (!instrument.sounding())
            return;
        float left[kMixBlock] = {};
        float right[kMixBlock] = {};
        instrument.render(left, right, frames);
        slot.strip.add(left, right, frames, m_left, m_right, m_sendLeft, m_sendRight);
        if (slot.track >= 0) {
            float& meter = m_pending.tracks[static_cast<std::size_t>(slot.track)];
            const ProgramTrack& track = program.tracks[static_cast<std::size_t>(slot.track)];
            if (track.audible)
                for (int i = 0; i < frames; ++i)
                    meter =
                        std::max({meter, track.gain * std::abs(left[i]), track.gain * std::abs(right[i])});
        }
    };
    const std::size_t count = std::min(program.tracks.size(), Meters::kMaxTracks);
    for (std::size_t t = 0; t < count; ++t)
        if (m_current->slot[t] >= 0)
            add(static_cast<std::size_t>(m_current->slot[t]));
    for (std::size_t i = 0; i < m_slots.size(); ++i)
        if (m_slots[i].track < 0)
            add(i);
}

void LivePlayer::renderBlock(int frames)
{
    const Program& program = *m_current->program;
    renderVoice(frames);
    if (m_vocalGlide != 1) {
        const float glide = m_running ? glided(m_vocalGlide, 1) : 1;
        const float step = (glide - m_vocalGlide) / static_cast<float>(frames);
        for (float* voice : {m_vocal[0], m_vocal[1], m_vocal[2]})
            for (int i = 0; i < frames; ++i)
                voice[i] *= m_vocalGlide + step * static_cast<float>(i + 1);
        m_vocalGlide = glide;
    }
    renderBand(frames);
    endAuditions(frames);
    m_bus.process(program, m_frame, frames, m_left, m_right, m_sendLeft, m_sendRight,
                  {m_vocal[0], m_vocal[1], m_vocal[2], m_activity}, m_vocalStrip);
    for (std::size_t t = 0; t < std::min(program.tracks.size(), Meters::kMaxTracks); ++t)
        if (program.tracks[t].vocal && program.tracks[t].audible)
            for (int i = 0; i < frames; ++i)
                m_pending.tracks[t] =
                    std::max(m_pending.tracks[t], program.tracks[t].gain * std::abs(m_vocal[0][i]));
    const float from = m_master;
    const float to = m_running && from > 0 ? glided(from, program.master) : program.master;
    const float step = (to - from) / static_cast<float>(frames);
    for (int i = 0; i < frames; ++i) {
        const float gain = step == 0 ? from : from + step * static_cast<float>(i + 1);
        m_left[i] *= gain;
        m_right[i] *= gain;
    }
    m_master = to;
    m_limiter.process(m_left, m_right, frames);
    m_fresh = false;

    if (!m_running)
        return;
    m_frame += frames;
    if (!m_loop.empty() && m_frame == m_loop.end.value) {
        jump(m_loop.start.value);
    } else if (m_frame >= program.end) {
        fadeVoice();
        m_running = false;
        m_playing.store(false, std::memory_order_relaxed);
        releaseAll();
    }
}

} // namespace cantilena::sound
