#include <exchange/midi.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include <base/file.h>

#include "midi_format.h"

namespace cantilena::exchange {

namespace {

/// One event before its delta time is known. At one tick texts come first, then note-offs, then the rest, so
/// that a note that ends where the next begins does not swallow it.
struct Event {
    std::int64_t tick = 0;
    int rank = 0;
    std::string bytes;
};

enum Rank : int { kNoteOff, kMeta, kProgram, kLyric, kBend, kNoteOn, kZeroOff };

void putVariable(std::string& out, std::uint32_t value)
{
    char bytes[5];
    int count = 0;
    do {
        bytes[count++] = static_cast<char>(value & 0x7F);
        value >>= 7;
    } while (value != 0);
    while (count-- > 0)
        out += static_cast<char>(bytes[count] | (count > 0 ? 0x80 : 0));
}

void putNumber(std::string& out, std::uint32_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>((value >> shift) & 0xFF);
}

std::string meta(std::uint8_t type, std::string_view content)
{
    std::string bytes = {static_cast<char>(0xFF), static_cast<char>(type)};
    const std::string_view bounded = content.substr(0, kMaxText);
    putVariable(bytes, static_cast<std::uint32_t>(bounded.size()));
    bytes += bounded;
    return bytes;
}

std::string tempoEvent(music::Bpm tempo)
{
    std::string content;
    const double micros = std::clamp(std::round(60e6 / tempo.value), 1.0, 16777215.0);
    putNumber(content, static_cast<std::uint32_t>(micros), 3);
    return meta(kMetaTempo, content);
}

std::string meterEvent(music::Meter meter)
{
    int power = 0;
    while ((1 << power) < meter.unit)
        ++power;
    const char clocks = static_cast<char>(
        std::clamp<std::int64_t>(meter.pulse().value * 24 / music::kTicksPerQuarter, 1, 127));
    return meta(kMetaMeter, std::string{static_cast<char>(meter.beats), static_cast<char>(power), clocks, 8});
}

std::string keyEvent(music::Key key)
{
    // Position on the circle of fifths of the major key with the same signature.
    const int major = key.mode == music::Mode::Major ? key.tonic : (key.tonic + 3) % 12;
    int sharps = (major * 7) % 12;
    if (sharps > 6 || (sharps == 6 && key.usesFlats()))
        sharps -= 12;
    return meta(kMetaKey,
                std::string{static_cast<char>(sharps), key.mode == music::Mode::Minor ? '\1' : '\0'});
}

std::string trackChunk(std::vector<Event> events)
{
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
        return std::tie(a.tick, a.rank) < std::tie(b.tick, b.rank);
    });
    std::string body;
    std::int64_t now = 0;
    for (const Event& event : events) {
        putVariable(body, static_cast<std::uint32_t>(event.tick - now));
        body += event.bytes;
        now = event.tick;
    }
    putVariable(body, 0);
    body += meta(kMetaEnd, "");
    std::string chunk = "MTrk";
    putNumber(chunk, static_cast<std::uint32_t>(body.size()), 4);
    return chunk + body;
}

std::int64_t tickOf(music::Tick tick)
{
    return std::clamp<std::int64_t>(tick.value, 0, kMaxTick);
}

std::string channelEvent(int status, int channel, int first, int second = -1)
{
    std::string bytes = {static_cast<char>(status | (channel & 0x0F)),
                         static_cast<char>(std::clamp(first, 0, 127))};
    if (second >= 0)
        bytes += static_cast<char>(std::clamp(second, 0, 127));
    return bytes;
}

std::vector<Event> eventsOf(const MidiTrack& track)
{
    std::vector<Event> events;
    if (!track.name.empty())
        events.push_back({0, kMeta, meta(kMetaTrackName, track.name)});
    if (!track.notes.empty() || track.program != 0 || track.channel != 0)
        events.push_back({0, kProgram, channelEvent(0xC0, track.channel, track.program)});
    for (const MidiText& text : track.texts)
        events.push_back({tickOf(text.onset), kMeta, meta(kMetaText, text.text)});
    for (const MidiText& lyric : track.lyrics)
        events.push_back({tickOf(lyric.onset), kLyric, meta(kMetaLyric, lyric.text)});
    if (!track.bends.empty()) {
        // Registered parameter 0: the range of pitch bend, in semitones.
        for (const auto& [controller, value] : {std::pair{101, 0}, {100, 0}, {6, kBendSemitones}, {38, 0}})
            events.push_back({0, kProgram, channelEvent(0xB0, track.channel, controller, value)});
    }
    for (const MidiBend& bend : track.bends) {
        const auto value = static_cast<int>(
            std::clamp(std::lround(8192 * (1 + bend.semitones / kBendSemitones)), 0L, 16383L));
        events.push_back(
            {tickOf(bend.onset), kBend, channelEvent(0xE0, track.channel, value % 128, value / 128)});
    }
    for (const MidiNote& note : track.notes) {
        const std::int64_t start = tickOf(note.onset);
        const std::int64_t end = std::max(start, tickOf(note.onset + note.duration));
        const int velocity = std::clamp(note.velocity, 1, 127);
        events.push_back({start, kNoteOn, channelEvent(0x90, note.channel, note.key, velocity)});
        events.push_back(
            {end, end == start ? kZeroOff : kNoteOff, channelEvent(0x80, note.channel, note.key, 64)});
    }
    return events;
}

/// The line drawn over a note, from its onset on, and its own pitch again at its end.
void addBends(std::vector<MidiBend>& bends, const song::Note& note, music::Tick onset)
{
    if (note.bend.empty())
        return;
    if (note.bend.front().at > music::Tick{0})
        bends.push_back({onset, 0});
    for (const song::BendPoint& point : note.bend)
        bends.push_back({onset + point.at, point.cents / 100});
    bends.push_back({onset + note.duration, 0});
}

/// MIDI cannot tell two notes of one key apart while both sound: the later one ends the earlier.
void separateKeys(std::vector<MidiNote>& notes)
{
    sortNotes(notes);
    std::map<int, std::size_t> last;
    std::vector<MidiNote> result;
    for (const MidiNote& note : notes) {
        const auto previous = last.find(note.key);
        if (previous != last.end()) {
            MidiNote& earlier = result[previous->second];
            if (earlier.onset == note.onset) {
                earlier.duration = std::max(earlier.duration, note.duration);
                continue;
            }
            earlier.duration = std::min(earlier.duration, note.onset - earlier.onset);
        }
        last[note.key] = result.size();
        result.push_back(note);
    }
    notes = std::move(result);
}

} // namespace

std::string writeMidi(const MidiFile& file)
{
    std::vector<Event> conductor;
    if (!file.title.empty())
        conductor.push_back({0, kMeta, meta(kMetaTrackName, file.title)});
    for (const MidiTempo& tempo : file.tempi)
        conductor.push_back({tickOf(tempo.onset), kMeta, tempoEvent(tempo.tempo)});
    for (const MidiMeter& meter : file.meters)
        conductor.push_back({tickOf(meter.onset), kMeta, meterEvent(meter.meter)});
    for (const MidiKey& key : file.keys)
        conductor.push_back({tickOf(key.onset), kMeta, keyEvent(key.key)});
    for (const MidiText& marker : file.markers)
        conductor.push_back({tickOf(marker.onset), kMeta, meta(kMetaMarker, marker.text)});

    std::string bytes = "MThd";
    putNumber(bytes, 6, 4);
    putNumber(bytes, 1, 2);
    putNumber(bytes, static_cast<std::uint32_t>(std::min(file.tracks.size() + 1, kMaxTracks)), 2);
    putNumber(bytes, static_cast<std::uint32_t>(music::kTicksPerQuarter), 2);
    bytes += trackChunk(std::move(conductor));
    for (std::size_t i = 0; i < std::min(file.tracks.size(), kMaxTracks - 1); ++i)
        bytes += trackChunk(eventsOf(file.tracks[i]));
    return bytes;
}

MidiFile midiOf(const song::Song& song)
{
    MidiFile file;
    file.title = song.head.title;
    file.tempi.push_back({{0}, song.head.tempo.tempo});
    file.meters.push_back({{0}, song.head.meter});
    file.keys.push_back({{0}, song.head.key});
    for (const song::SectionPtr& section : song.sections)
        file.markers.push_back({song.sectionStart(section->id), section->name});

    std::map<std::uint64_t, const song::Syllable*> syllables;
    for (const song::SectionPtr& section : song.sections)
        for (const song::Line& line : section->lines)
            for (const song::Word& word : line.words)
                for (const song::Syllable& syllable : word.syllables)
                    syllables[syllable.id.value] = &syllable;
    // A word's last syllable is followed by a space, the others by a hyphen (RP-017's habit); Mandarin needs
    // neither.
    std::map<std::uint64_t, bool> endsWord;
    for (const song::SectionPtr& section : song.sections)
        for (const song::Line& line : section->lines)
            for (const song::Word& word : line.words)
                if (!word.syllables.empty())
                    endsWord[word.syllables.back().id.value] = true;

    MidiTrack chords;
    chords.name = "Chords";
    const bool flats = song.head.key.usesFlats();
    for (const song::ChordEvent& chord : *song.chords)
        chords.texts.push_back({chord.onset, chord.chord.symbol(flats)});

    std::vector<song::TrackPtr> order = song.tracks;
    std::stable_sort(order.begin(), order.end(), [](const song::TrackPtr& a, const song::TrackPtr& b) {
        return (a->head.role == song::Role::Melody) > (b->head.role == song::Role::Melody);
    });
    int next = 0;
    for (const song::TrackPtr& source : order) {
        MidiTrack track;
        track.name = source->head.name;
        track.program = std::clamp(source->head.program, 0, 127);
        if (source->head.role == song::Role::Drums) {
            track.channel = 9;
        } else {
            // More tracks than channels share them, but not the tune's, which may be bent.
            const int place = next < 15 ? next : 1 + (next - 15) % 14;
            track.channel = place + (place >= 9 ? 1 : 0);
            ++next;
        }
        std::uint64_t sung = 0;
        for (const song::Note& note : source->notes) {
            const music::Tick onset = std::max(note.onset + note.shift, music::Tick{0});
            track.notes.push_back({onset, note.duration, note.pitch.midi, note.velocity, track.channel});
            if (next == 1)
                addBends(track.bends, note, onset);
            if (!note.syllable || note.syllable.value == sung)
                continue;
            sung = note.syllable.value;
            if (const auto syllable = syllables.find(sung); syllable != syllables.end()) {
                std::string text = syllable->second->text;
                if (syllable->second->language == language::Language::English)
                    text += endsWord.contains(sung) ? " " : "-";
                track.lyrics.push_back({onset, text});
            }
        }
        separateKeys(track.notes);
        std::stable_sort(track.bends.begin(), track.bends.end(),
                         [](const MidiBend& a, const MidiBend& b) { return a.onset < b.onset; });
        file.tracks.push_back(std::move(track));
    }
    if (!chords.texts.empty())
        file.tracks.push_back(std::move(chords));
    return file;
}

void sortNotes(std::vector<MidiNote>& notes)
{
    std::stable_sort(notes.begin(), notes.end(), [](const MidiNote& a, const MidiNote& b) {
        return std::tie(a.onset, a.key, a.channel, a.duration) <
               std::tie(b.onset, b.key, b.channel, b.duration);
    });
}

Result<void> saveMidi(const song::Song& song, const std::filesystem::path& file)
{
    return writeFile(file, writeMidi(midiOf(song)));
}

} // namespace cantilena::exchange
