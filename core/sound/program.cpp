#include <sound/program.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "levels.h"
#include "mixdown.h"

namespace cantilena::sound {

namespace {

/// The voice's gain by the power of the band's notes, and the master gain by the voice's; a line each through
/// what was measured, about 2 dB (voice) and 1 dB (master) from it.
constexpr double kVoiceAt0 = -2.7, kVoiceSlope = 0.73;
constexpr double kMasterAt0 = 0, kMasterSlope = -0.84;
constexpr double kMostGuess = 9;

constexpr std::int64_t kRideFrames = kSampleRate / 4;

std::vector<NoteEvent> eventsOf(const song::Song& song, const song::Track& track)
{
    std::vector<NoteEvent> events;
    events.reserve(track.notes.size());
    for (const song::Note& note : track.notes) {
        const music::Tick onset = std::max(note.onset + note.shift, music::Tick{0});
        NoteEvent event;
        event.start = frameOf(song, onset).value;
        event.end = std::max(frameOf(song, onset + note.duration).value, event.start + 1);
        event.key = static_cast<std::uint8_t>(std::clamp(note.pitch.midi, 0, 127));
        event.velocity = static_cast<std::uint8_t>(std::clamp(note.velocity, 1, 127));
        events.push_back(event);
    }
    std::sort(events.begin(), events.end(), [](const NoteEvent& a, const NoteEvent& b) {
        return std::tie(a.start, a.key, b.end, b.velocity) < std::tie(b.start, b.key, a.end, a.velocity);
    });
    // One key sounds once at a time: a later note ends the earlier one; of two at once the longer stays.
    std::array<std::size_t, 128> last;
    last.fill(events.size());
    std::vector<NoteEvent> result;
    result.reserve(events.size());
    for (const NoteEvent& event : events) {
        std::size_t& previous = last[event.key];
        if (previous < result.size()) {
            if (result[previous].start == event.start)
                continue;
            result[previous].end = std::min(result[previous].end, event.start);
        }
        previous = result.size();
        result.push_back(event);
    }
    return result;
}

/// How strong the band of a section is by its notes: the mean power, in decibels.
double bandPower(const Program& program, const FrameRange& section)
{
    constexpr std::int64_t kHit = kSampleRate / 8; // how long a drum sounds
    double power = 0;
    for (const ProgramTrack& track : program.tracks) {
        if (track.vocal || !track.audible)
            continue;
        double sum = 0;
        for (const NoteEvent& note : track.notes) {
            const std::int64_t end = track.drums ? note.start + kHit : note.end;
            const std::int64_t frames =
                std::min(end, section.end.value) - std::max(note.start, section.start.value);
            if (frames > 0)
                sum += std::pow(note.velocity / 127.0, 4) * static_cast<double>(frames);
        }
        power += sum * track.gain * track.gain;
    }
    return 10 * std::log10(power / static_cast<double>(std::max<std::int64_t>(section.length(), 1)) + 1e-6);
}

/// What mixes of the house styles came to when they were measured (tests/benchmarks/balance_report), by the
/// power of the band's notes; serves until this song's own mix was measured.
MixBalance estimate(const Program& program)
{
    MixBalance balance;
    double sum = 0, frames = 0;
    for (const ProgramSection& section : program.sections) {
        const double gain =
            std::clamp(kVoiceAt0 + kVoiceSlope * bandPower(program, section.range), -kMostGuess, kMostGuess);
        balance.sections.push_back({section.id, {gain}});
        sum += gain * static_cast<double>(section.range.length());
        frames += static_cast<double>(section.range.length());
    }
    if (frames > 0)
        balance.vocal.value = sum / frames;
    balance.master.value = kMasterAt0 + kMasterSlope * balance.vocal.value;
    return balance;
}

} // namespace

float linearGain(double decibels)
{
    return static_cast<float>(std::pow(10.0, decibels / 20.0));
}

std::vector<GainPoint> vocalRide(const std::vector<ProgramSection>& sections, const MixBalance& balance)
{
    const auto gainOf = [&](const ProgramSection& section) {
        for (const MixBalance::SectionGain& gain : balance.sections)
            if (gain.section == section.id)
                return linearGain(gain.vocal.value);
        return linearGain(balance.vocal.value);
    };
    std::vector<GainPoint> points;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const float gain = gainOf(sections[i]);
        if (points.empty()) {
            points.push_back({sections[i].range.start.value, gain});
        } else if (points.back().gain != gain) {
            // The fade ends at the section's first beat, so that the new section begins at its own level.
            const std::int64_t at = sections[i].range.start.value;
            points.push_back({std::max(at - kRideFrames, points.back().frame + 1), points.back().gain});
            points.push_back({std::max(at, points.back().frame + 1), gain});
        }
    }
    if (points.empty())
        points.push_back({0, linearGain(balance.vocal.value)});
    return points;
}

music::Frames frameOf(const song::Song& song, music::Tick tick)
{
    return song.head.tempo.toFrames(tick, kSampleRate);
}

music::Tick tickOf(const song::Song& song, music::Frames frame)
{
    return song.head.tempo.toTick({static_cast<double>(frame.value) / kSampleRate});
}

FrameRange frameRange(const song::Song& song, song::SectionId section)
{
    if (!song.section(section))
        return {};
    return {frameOf(song, song.sectionStart(section)), frameOf(song, song.sectionEnd(section))};
}

ProgramPtr makeProgram(const song::Song& song, std::vector<VocalPiece> vocal,
                       const std::optional<MixBalance>& balance)
{
    auto program = std::make_shared<Program>();
    const bool anySolo = std::any_of(song.tracks.begin(), song.tracks.end(),
                                     [](const song::TrackPtr& track) { return track->head.mix.solo; });
    for (const song::TrackPtr& track : song.tracks) {
        const song::TrackHead& head = track->head;
        ProgramTrack result;
        result.id = head.id;
        result.name = head.name;
        result.role = head.role;
        result.program = std::clamp(head.program, 0, 127);
        result.drums = head.role == song::Role::Drums;
        result.vocal = head.vocal;
        result.audible = !head.mix.mute && (!anySolo || head.mix.solo);
        const double level = head.vocal ? 0 : programLevel(result.program, result.drums);
        result.gain = linearGain(std::clamp(head.mix.gain.value, -80.0, 24.0) + level);
        result.pan = static_cast<float>(std::clamp(head.mix.pan, -1.0, 1.0));
        result.send = static_cast<float>(std::clamp(head.mix.reverb, 0.0, 1.0));
        if (!head.vocal)
            result.notes = eventsOf(song, *track);
        program->tracks.push_back(std::move(result));
    }

    music::Tick start{0};
    for (const song::SectionPtr& section : song.sections) {
        const music::Tick end = start + song.head.meter.barLength() * section->bars;
        program->sections.push_back({section->id, section->name, {frameOf(song, start), frameOf(song, end)}});
        start = end;
    }
    program->end = frameOf(song, start).value;
    // A song without sections (an imported one) ends with its last note.
    for (const ProgramTrack& track : program->tracks)
        for (const NoteEvent& note : track.notes)
            if (program->sections.empty())
                program->end = std::max(program->end, note.end);

    std::erase_if(vocal, [](const VocalPiece& piece) { return !piece.samples || piece.samples->empty(); });
    std::stable_sort(vocal.begin(), vocal.end(),
                     [](const VocalPiece& a, const VocalPiece& b) { return a.start < b.start; });
    program->vocal = std::move(vocal);
    for (const VocalPiece& piece : program->vocal) {
        program->longestPiece =
            std::max(program->longestPiece, static_cast<std::int64_t>(piece.samples->size()));
        program->backing = program->backing || piece.part != VocalPart::Lead;
    }
    program->vocalLevel = vocalLevel(program->vocal);
    program->balance = balance ? *balance : estimate(*program);
    program->vocalRide = vocalRide(program->sections, program->balance);
    program->master = linearGain(program->balance.master.value);
    return program;
}

} // namespace cantilena::sound
