#pragma once

#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include <base/random.h>
#include <song/song.h>
#include <sound/program.h>

/// A small band with a voice, made by rule, for tests and benchmarks of the sound.
namespace fixture {

using namespace cantilena;

inline song::TrackPtr track(song::IdSource& ids, std::string name, song::Role role, int program, int bars)
{
    song::Track result;
    result.head.id = ids.make<song::TrackId>();
    result.head.name = std::move(name);
    result.head.role = role;
    result.head.program = program;
    const auto add = [&](std::int64_t onset, std::int64_t length, int pitch, int velocity) {
        song::Note note;
        note.id = ids.make<song::NoteId>();
        note.onset = {onset};
        note.duration = {length};
        note.pitch = {pitch};
        note.velocity = velocity;
        result.notes.push_back(note);
    };
    const int roots[4] = {48, 45, 41, 43};
    for (int bar = 0; bar < bars; ++bar) {
        const std::int64_t start = bar * 3840;
        const int root = roots[bar % 4];
        const bool minor = bar % 4 == 1;
        switch (role) {
        case song::Role::Drums:
            for (int step = 0; step < 8; ++step)
                add(start + step * 480, 240, 42, 60 + 20 * (step % 2 == 0));
            add(start, 240, 36, 100);
            add(start + 960, 240, 38, 95);
            add(start + 1920, 240, 36, 100);
            add(start + 2880, 240, 38, 95);
            break;
        case song::Role::Bass:
            for (int step = 0; step < 8; ++step)
                add(start + step * 480, 440, root - 12, 85);
            break;
        case song::Role::Colour:
            for (int step = 0; step < 16; ++step)
                add(start + step * 240, 220, root + 24 + (step % 4) * 4, 60);
            break;
        default:
            for (const int interval : {0, minor ? 3 : 4, 7})
                add(start, 3800, root + 12 + interval, 70);
            break;
        }
    }
    std::sort(result.notes.begin(), result.notes.end(), song::noteBefore);
    return std::make_shared<const song::Track>(std::move(result));
}

/// Verse and chorus in turn, four bars each, with drums, bass, piano, strings, guitar and a vocal track.
inline song::Song song(int bars)
{
    song::Song result;
    result.head.title = "Test";
    result.head.tempo.tempo = {100};
    for (int bar = 0; bar < bars; bar += 4) {
        song::Section section;
        section.id = result.ids.make<song::SectionId>();
        section.kind = bar % 8 == 0 ? song::SectionKind::Verse : song::SectionKind::Chorus;
        section.name = bar % 8 == 0 ? "Verse" : "Chorus";
        section.bars = std::min(4, bars - bar);
        result.sections.push_back(std::make_shared<const song::Section>(section));
    }
    song::Track vocal;
    vocal.head.id = result.ids.make<song::TrackId>();
    vocal.head.name = "Vocal";
    vocal.head.role = song::Role::Melody;
    vocal.head.vocal = true;
    result.tracks.push_back(std::make_shared<const song::Track>(vocal));
    result.tracks.push_back(track(result.ids, "Drums", song::Role::Drums, 0, bars));
    result.tracks.push_back(track(result.ids, "Bass", song::Role::Bass, 33, bars));
    result.tracks.push_back(track(result.ids, "Piano", song::Role::Harmony, 0, bars));
    result.tracks.push_back(track(result.ids, "Strings", song::Role::Pad, 48, bars));
    result.tracks.push_back(track(result.ids, "Guitar", song::Role::Colour, 25, bars));
    return result;
}

/// Something like a sung vowel: harmonics of a gliding pitch under an envelope.
inline sound::VocalPiece sung(std::int64_t start, double seconds, double hz = 330)
{
    auto samples =
        std::make_shared<std::vector<float>>(static_cast<std::size_t>(seconds * sound::kSampleRate));
    double phase = 0;
    for (std::size_t i = 0; i < samples->size(); ++i) {
        const double t = static_cast<double>(i) / sound::kSampleRate;
        phase += 2 * std::numbers::pi * hz * (1 + 0.01 * std::sin(2 * std::numbers::pi * 5.5 * t)) /
                 sound::kSampleRate;
        double value = 0;
        for (int h = 1; h <= 20; ++h)
            value += std::sin(h * phase) / h * (h >= 8 && h <= 11 ? 2 : 1);
        const double edge = std::min({t / 0.05, (seconds - t) / 0.1, 1.0});
        (*samples)[i] = static_cast<float>(0.15 * value * std::max(edge, 0.0));
    }
    return {{start}, samples};
}

/// A phrase of three seconds every four.
inline std::vector<sound::VocalPiece> sungPieces(const song::Song& song)
{
    std::vector<sound::VocalPiece> pieces;
    const std::int64_t end = sound::frameOf(song, song.length()).value;
    int i = 0;
    for (std::int64_t at = sound::kSampleRate; at + 4 * sound::kSampleRate < end;
         at += 4 * sound::kSampleRate)
        pieces.push_back(sung(at, 3, 262 * std::pow(2.0, (i++ % 5) * 2 / 12.0)));
    return pieces;
}

} // namespace fixture
