#include <exchange/tune.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include <base/file.h>

#include "midi_format.h"

namespace cantilena::exchange {

namespace {

constexpr int kDrums = 9; // channel
constexpr music::Tick kShortestNote = music::ticks(1, 64);

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// How much a track looks like the tune of its song.
double likeATune(const MidiTrack& track)
{
    if (track.notes.empty() || track.channel == kDrums)
        return -1e9;
    double score = track.lyrics.size() > track.notes.size() / 4 ? 10.0 : 0.0;
    const std::string name = lowered(track.name);
    for (const char* word :
         {"vocal", "voice", "melod", "sing", "lead", "tune", "soprano", "人声", "旋律", "主唱"})
        if (name.find(word) != std::string::npos)
            score += 4;
    for (const char* word : {"bass", "drum", "chord", "pad", "back", "harmon", "伴奏"})
        if (name.find(word) != std::string::npos)
            score -= 3;
    // A tune is one note at a time, in the range of a voice, and has notes enough.
    std::size_t together = 0;
    double mean = 0;
    for (std::size_t i = 0; i < track.notes.size(); ++i) {
        mean += track.notes[i].key;
        if (i > 0 && track.notes[i].onset < track.notes[i - 1].onset + kShortestNote)
            ++together;
    }
    const auto count = static_cast<double>(track.notes.size());
    mean /= count;
    score -= 6.0 * static_cast<double>(together) / count;
    score -= std::abs(mean - 67) / 6.0;
    score += std::min(count, 60.0) / 30.0;
    return score;
}

/// Of notes that sound together the highest; a note ends where the next begins.
std::vector<MidiNote> skyline(std::vector<MidiNote> notes)
{
    std::erase_if(notes, [](const MidiNote& note) { return note.channel == kDrums; });
    std::vector<MidiNote> result;
    for (const MidiNote& note : notes) {
        if (!result.empty() && note.onset < result.back().onset + kShortestNote) {
            if (note.key > result.back().key)
                result.back() = note;
            continue;
        }
        // A lower note under a held one belongs to another voice.
        if (!result.empty() && note.key < result.back().key &&
            note.onset + note.duration <= result.back().onset + result.back().duration)
            continue;
        if (!result.empty() && result.back().onset + result.back().duration > note.onset)
            result.back().duration = note.onset - result.back().onset;
        result.push_back(note);
    }
    for (MidiNote& note : result)
        note.duration = std::max(note.duration, kShortestNote);
    return result;
}

std::int64_t rounded(std::int64_t value, std::int64_t grid)
{
    return (value + grid / 2) / grid * grid;
}

/// The grid on which the onsets lie best: sixteenths, or triplets of eighths.
std::int64_t gridOf(const std::vector<MidiNote>& notes)
{
    constexpr std::int64_t kTriplet = music::kTicksPerQuarter / 3;
    std::int64_t straight = 0, triplet = 0;
    for (const MidiNote& note : notes) {
        straight += std::abs(note.onset.value - rounded(note.onset.value, music::kSixteenth.value));
        triplet += std::abs(note.onset.value - rounded(note.onset.value, kTriplet));
    }
    return 3 * triplet < 2 * straight ? kTriplet : music::kSixteenth.value;
}

/// Onsets on the grid, with what was played as their shift; notes keep their order and leave each other room.
std::vector<TuneNote> written(const std::vector<MidiNote>& notes)
{
    const std::int64_t grid = gridOf(notes);
    std::vector<TuneNote> result;
    for (const MidiNote& note : notes) {
        TuneNote own;
        own.onset = {rounded(note.onset.value, grid)};
        if (!result.empty() && own.onset <= result.back().onset)
            own.onset = std::max(note.onset, result.back().onset + kShortestNote);
        own.shift = note.onset - own.onset;
        const std::int64_t length = rounded(note.duration.value, grid / 2);
        own.duration = {std::max(length, grid / 2)};
        own.pitch = note.key;
        own.velocity = note.velocity;
        if (!result.empty() && result.back().onset + result.back().duration > own.onset)
            result.back().duration = own.onset - result.back().onset;
        result.push_back(own);
    }
    return result;
}

bool isLatin(const std::string& text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

/// Gives the notes their syllables. Words are parted as RP-017 has it (a hyphen joins) or, where the file
/// writes the spaces, by those; "/", "\" and line ends begin a line.
void putLyrics(const std::vector<MidiText>& lyrics, std::vector<TuneNote>& notes)
{
    bool spaces = false;
    for (const MidiText& lyric : lyrics)
        spaces = spaces || (lyric.text.size() > 1 && (lyric.text.back() == ' ' || lyric.text.front() == ' '));
    bool lineBegins = true;
    TuneNote* last = nullptr;
    bool lastOpen = false; // its word ends only where a space says so
    for (const MidiText& lyric : lyrics) {
        std::string text = lyric.text;
        bool parted = false, brings = false;
        while (!text.empty() && std::string_view("/\\\r\n ").find(text.front()) != std::string_view::npos) {
            lineBegins = lineBegins || text.front() != ' ';
            parted = true;
            text.erase(text.begin());
        }
        bool ends = false;
        while (!text.empty() && std::string_view("\r\n ").find(text.back()) != std::string_view::npos) {
            brings = brings || text.back() != ' ';
            ends = true;
            text.pop_back();
        }
        const bool hyphen = text.size() > 1 && text.back() == '-';
        if (hyphen)
            text.pop_back();
        if (text.empty() || text == "-" || text == "_") {
            lineBegins = lineBegins || brings;
            if (last && parted)
                lastOpen = false;
            continue;
        }
        const auto note =
            std::min_element(notes.begin(), notes.end(), [&](const TuneNote& a, const TuneNote& b) {
                const auto away = [&](const TuneNote& n) {
                    return std::abs((n.onset + n.shift - lyric.onset).value);
                };
                return away(a) < away(b);
            });
        if (note == notes.end() || !note->syllable.empty())
            continue;
        if (last && lastOpen && !parted && !lineBegins && isLatin(text))
            last->joins = true;
        note->syllable = text;
        note->joins = hyphen;
        note->beginsLine = lineBegins;
        lineBegins = brings;
        last = &*note;
        lastOpen = spaces && !hyphen && !ends && isLatin(text);
    }
    // The last word of a line ends with it.
    for (std::size_t i = 1; i < notes.size(); ++i) {
        if (notes[i].beginsLine)
            for (std::size_t k = i; k-- > 0;)
                if (!notes[k].syllable.empty()) {
                    notes[k].joins = false;
                    break;
                }
    }
}

} // namespace

bool Tune::hasWords() const
{
    return std::any_of(notes.begin(), notes.end(),
                       [](const TuneNote& note) { return !note.syllable.empty(); });
}

Result<Tune> tuneOf(const MidiFile& file)
{
    const auto best =
        std::max_element(file.tracks.begin(), file.tracks.end(),
                         [](const MidiTrack& a, const MidiTrack& b) { return likeATune(a) < likeATune(b); });
    std::vector<MidiNote> notes;
    if (best != file.tracks.end())
        notes = skyline(best->notes);
    if (notes.empty())
        return Error{"The MIDI file has no melody: no track but drums has notes; choose another file."};
    if (notes.size() > kMaxTuneNotes)
        return Error{"The melody of the MIDI file has more than 20,000 notes; choose a shorter one."};
    Tune tune;
    tune.title = file.title;
    if (!file.tempi.empty())
        tune.tempo = file.tempi.front().tempo;
    if (!file.meters.empty())
        tune.meter = file.meters.front().meter;
    if (!file.keys.empty())
        tune.key = file.keys.front().key;
    tune.notes = written(notes);
    putLyrics(best->lyrics, tune.notes);
    for (const MidiTrack& track : file.tracks) {
        if (lowered(track.name) == "chords")
            tune.chords = track.texts;
    }
    tune.marks = file.markers;
    for (const MidiTrack& track : file.tracks)
        for (const MidiNote& note : track.notes)
            tune.end = std::max(tune.end, note.onset + note.duration);
    const auto differs = [](const auto& a, const auto& b, auto what) { return !(what(a) == what(b)); };
    for (std::size_t i = 1; i < file.tempi.size(); ++i) {
        if (differs(file.tempi[i - 1], file.tempi[i], [](const MidiTempo& t) { return t.tempo; })) {
            tune.lost.emplace_back(
                "The file's changes of tempo are left out; the song keeps the first tempo.");
            break;
        }
    }
    for (std::size_t i = 1; i < file.meters.size(); ++i) {
        if (differs(file.meters[i - 1], file.meters[i], [](const MidiMeter& m) { return m.meter; })) {
            tune.lost.emplace_back(
                "The file's changes of metre are left out; the song keeps the first metre.");
            break;
        }
    }
    const auto others = static_cast<std::size_t>(
        std::count_if(file.tracks.begin(), file.tracks.end(),
                      [&](const MidiTrack& track) { return &track != &*best && !track.notes.empty(); }));
    if (others > 0)
        tune.lost.push_back("The melody is the track “" + best->name + "”; " + std::to_string(others) +
                            (others == 1 ? " other track is left out." : " other tracks are left out."));
    return tune;
}

bool isTuneFile(const std::filesystem::path& file)
{
    const std::string ending = lowered(file.extension().string());
    return ending == ".mid" || ending == ".midi" || ending == ".musicxml" || ending == ".xml" ||
           ending == ".mxl";
}

Result<Tune> loadTune(const std::filesystem::path& file)
{
    const std::string ending = lowered(file.extension().string());
    Result<Tune> tune =
        Error{"“" + file.string() +
              "” is neither MIDI nor MusicXML; choose a file that ends in .mid or .musicxml."};
    if (ending == ".mid" || ending == ".midi") {
        TRY(const MidiFile midi, loadMidi(file));
        tune = tuneOf(midi);
    } else if (ending == ".musicxml" || ending == ".xml" || ending == ".mxl") {
        TRY(const std::string bytes, readFile(file, kMaxFileBytes));
        tune = readMusicXml(bytes);
    } else {
        return tune.error();
    }
    if (!tune)
        return Error{file.string() + ": " + tune.error().message};
    if (tune->title.empty())
        tune->title = file.stem().string();
    return tune;
}

} // namespace cantilena::exchange
