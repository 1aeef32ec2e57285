#include <song/serialize.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include <song/validate.h>

namespace cantilena::song {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxJson = 128u << 20; ///< bytes
constexpr std::size_t kMaxEdits = 400'000;   ///< of one entry

/// Thrown while reading, caught at the library's edge.
struct Bad {
    std::string message;
};

[[noreturn]] void bad(const std::string& what)
{
    throw Bad{what};
}

void check(const Result<void>& result)
{
    if (!result)
        bad(result.error().message);
}

// Reading values

const Json& array(const Json& json, const char* what, std::size_t most)
{
    if (!json.is_array())
        bad(std::string(what) + " is no list");
    if (json.size() > most)
        bad(std::string(what) + " is a list of " + std::to_string(json.size()) + ", more than " +
            std::to_string(most) + " are allowed");
    return json;
}

const Json& object(const Json& json, const char* what)
{
    if (!json.is_object())
        bad(std::string(what) + " is no object");
    return json;
}

const Json* member(const Json& json, const char* name)
{
    const auto it = json.find(name);
    return it == json.end() ? nullptr : &*it;
}

std::int64_t integer(const Json& json, const char* what, std::int64_t low, std::int64_t high)
{
    // An integer above the signed range would wrap in get<int64_t>.
    if (!json.is_number_integer() ||
        (json.is_number_unsigned() &&
         json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())))
        bad(std::string(what) + " is no whole number");
    const auto value = json.get<std::int64_t>();
    if (value < low || value > high)
        bad(std::string(what) + " is " + std::to_string(value) + ", out of bounds");
    return value;
}

std::uint64_t unsignedInteger(const Json& json, const char* what)
{
    if (!json.is_number_unsigned())
        bad(std::string(what) + " is no whole number above or equal to 0");
    return json.get<std::uint64_t>();
}

double number(const Json& json, const char* what)
{
    if (!json.is_number())
        bad(std::string(what) + " is no number");
    const double value = json.get<double>();
    if (!std::isfinite(value))
        bad(std::string(what) + " is no finite number");
    return value;
}

std::string text(const Json& json, const char* what)
{
    if (!json.is_string())
        bad(std::string(what) + " is no text");
    const auto& value = json.get_ref<const std::string&>();
    if (value.size() > kMaxText)
        bad(std::string(what) + " is longer than " + std::to_string(kMaxText) + " bytes");
    return value;
}

void read(const Json& json, const char* name, std::string& value)
{
    if (const Json* m = member(json, name))
        value = text(*m, name);
}

void read(const Json& json, const char* name, double& value)
{
    if (const Json* m = member(json, name))
        value = number(*m, name);
}

void read(const Json& json, const char* name, bool& value)
{
    if (const Json* m = member(json, name)) {
        if (!m->is_boolean())
            bad(std::string(name) + " is neither true nor false");
        value = m->get<bool>();
    }
}

void read(const Json& json, const char* name, int& value)
{
    if (const Json* m = member(json, name))
        value = static_cast<int>(
            integer(*m, name, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

void read(const Json& json, const char* name, std::uint64_t& value)
{
    if (const Json* m = member(json, name))
        value = unsignedInteger(*m, name);
}

void read(const Json& json, const char* name, music::Tick& value)
{
    if (const Json* m = member(json, name))
        value.value = integer(*m, name, -kMaxTick, kMaxTick);
}

template<typename Tag> void read(const Json& json, const char* name, Id<Tag>& value)
{
    if (const Json* m = member(json, name))
        value.value = unsignedInteger(*m, name);
}

void read(const Json& json, const char* name, std::vector<std::string>& value, std::size_t most)
{
    if (const Json* m = member(json, name)) {
        value.clear();
        for (const Json& item : array(*m, name, most))
            value.push_back(text(item, name));
    }
}

/// An enumeration stored as its number, which validate() bounds later.
template<typename Enum> void readEnum(const Json& json, const char* name, Enum& value)
{
    if (const Json* m = member(json, name))
        value = static_cast<Enum>(integer(*m, name, 0, 255));
}

template<typename T, typename OfCode>
void readCode(const Json& json, const char* name, T& value, OfCode ofCode)
{
    if (const Json* m = member(json, name)) {
        const auto found = ofCode(text(*m, name));
        if (!found)
            bad(std::string(name) + " is unknown");
        value = *found;
    }
}

void readLanguage(const Json& json, language::Language& value)
{
    readCode(json, "language", value, [](const std::string& code) { return language::languageOfCode(code); });
}

// Objects

Note readNote(const Json& json)
{
    // The tenth member, the drawn pitch, is left out by notes that have none.
    if (array(json, "a note", 10).size() < 9)
        bad("a note has not nine or ten members");
    Note n;
    n.id.value = unsignedInteger(json[0], "the number of a note");
    n.onset.value = integer(json[1], "the onset of a note", 0, kMaxTick);
    n.duration.value = integer(json[2], "the duration of a note", 1, kMaxTick);
    n.shift.value = integer(json[3], "the shift of a note", -kMaxShift, kMaxShift);
    n.pitch.midi = static_cast<int>(integer(json[4], "the pitch of a note", 0, 127));
    n.velocity = static_cast<int>(integer(json[5], "the velocity of a note", 1, 127));
    n.syllable.value = unsignedInteger(json[6], "the syllable of a note");
    n.reasons = static_cast<std::uint32_t>(integer(json[7], "the reasons of a note", 0, 0xffffffffLL));
    n.origin.value = unsignedInteger(json[8], "the origin of a note");
    if (json.size() > 9) {
        for (const Json& point : array(json[9], "the pitch line of a note", kMaxBendPoints)) {
            if (array(point, "a point of a pitch line", 2).size() != 2)
                bad("a point of a pitch line has not two members");
            n.bend.push_back({{integer(point[0], "the time of a point of a pitch line", 0, kMaxTick)},
                              number(point[1], "the height of a point of a pitch line")});
        }
    }
    return n;
}

ChordEvent readChord(const Json& json)
{
    // The eighth member, the reasons, is left out by songs that have none.
    if (array(json, "a chord", 8).size() < 7)
        bad("a chord has not seven or eight members");
    ChordEvent c;
    c.id.value = unsignedInteger(json[0], "the number of a chord");
    c.onset.value = integer(json[1], "the onset of a chord", 0, kMaxTick);
    c.duration.value = integer(json[2], "the duration of a chord", 1, kMaxTick);
    c.chord.root = static_cast<int>(integer(json[3], "the root of a chord", 0, 11));
    c.chord.quality = static_cast<music::ChordQuality>(
        integer(json[4], "the quality of a chord", 0, static_cast<int>(music::ChordQuality::Power)));
    c.chord.bass = static_cast<int>(integer(json[5], "the bass of a chord", 0, 11));
    c.origin.value = unsignedInteger(json[6], "the origin of a chord");
    if (json.size() > 7)
        c.reasons = static_cast<std::uint32_t>(integer(json[7], "the reasons of a chord", 0, 0xffffffffLL));
    return c;
}

Origin readOrigin(const Json& json)
{
    object(json, "an origin");
    Origin o;
    read(json, "id", o.id);
    readEnum(json, "maker", o.maker);
    read(json, "name", o.name);
    read(json, "version", o.version);
    read(json, "sha256", o.sha256);
    read(json, "seed", o.seed);
    return o;
}

Line readLine(const Json& json)
{
    object(json, "a line");
    Line line;
    read(json, "id", line.id);
    read(json, "text", line.text);
    read(json, "start", line.start);
    read(json, "length", line.length);
    read(json, "origin", line.origin);
    if (const Json* rhyme = member(json, "rhyme"))
        line.rhyme = static_cast<char>(integer(*rhyme, "the rhyme of a line", 0, 126));
    if (const Json* words = member(json, "words")) {
        for (const Json& wordJson : array(*words, "the words of a line", kMaxLineSyllables)) {
            object(wordJson, "a word");
            Word word;
            read(wordJson, "text", word.text);
            if (const Json* syllables = member(wordJson, "syllables")) {
                for (const Json& s : array(*syllables, "the syllables of a word", kMaxLineSyllables)) {
                    object(s, "a syllable");
                    Syllable syllable;
                    read(s, "id", syllable.id);
                    read(s, "text", syllable.text);
                    read(s, "phonemes", syllable.phonemes, kMaxPhonemes);
                    read(s, "stress", syllable.stress);
                    read(s, "tone", syllable.tone);
                    readLanguage(s, syllable.language);
                    read(s, "guessed", syllable.guessed);
                    word.syllables.push_back(std::move(syllable));
                }
            }
            line.words.push_back(std::move(word));
        }
    }
    return line;
}

SectionPtr readSection(const Json& json)
{
    object(json, "a section");
    auto section = std::make_shared<Section>();
    read(json, "id", section->id);
    readCode(json, "kind", section->kind, sectionKindOfCode);
    read(json, "name", section->name);
    read(json, "bars", section->bars);
    read(json, "energy", section->energy);
    read(json, "material", section->material);
    read(json, "origin", section->origin);
    if (const Json* lines = member(json, "lines")) {
        for (const Json& line : array(*lines, "the lines of a section", kMaxLines))
            section->lines.push_back(readLine(line));
    }
    check(validate(*section));
    return section;
}

TrackHead readTrackHead(const Json& json)
{
    object(json, "a track");
    TrackHead head;
    read(json, "id", head.id);
    read(json, "name", head.name);
    readCode(json, "role", head.role, roleOfCode);
    read(json, "program", head.program);
    read(json, "vocal", head.vocal);
    read(json, "gain", head.mix.gain.value);
    read(json, "pan", head.mix.pan);
    read(json, "reverb", head.mix.reverb);
    read(json, "mute", head.mix.mute);
    read(json, "solo", head.mix.solo);
    read(json, "origin", head.origin);
    check(validate(head));
    return head;
}

TrackPtr readTrack(const Json& json)
{
    auto track = std::make_shared<Track>();
    track->head = readTrackHead(json);
    if (const Json* notes = member(json, "notes")) {
        track->notes.reserve(array(*notes, "the notes of a track", kMaxNotes).size());
        for (const Json& note : *notes)
            track->notes.push_back(readNote(note));
    }
    check(validate(*track));
    return track;
}

music::Key readKey(const Json& json)
{
    object(json, "a key");
    music::Key key;
    read(json, "tonic", key.tonic);
    readEnum(json, "mode", key.mode);
    return key;
}

music::Meter readMeter(const Json& json)
{
    object(json, "a meter");
    music::Meter meter;
    read(json, "beats", meter.beats);
    read(json, "unit", meter.unit);
    return meter;
}

Brief readBrief(const Json& json)
{
    object(json, "the brief");
    Brief b;
    read(json, "prompt", b.prompt);
    readLanguage(json, b.language);
    read(json, "themes", b.themes, kMaxThemes);
    read(json, "chosenThemes", b.chosenThemes);
    read(json, "valence", b.valence);
    read(json, "arousal", b.arousal);
    read(json, "moodWords", b.moodWords, kMaxThemes);
    read(json, "style", b.style);
    if (const Json* meter = member(json, "meter"))
        b.meter = readMeter(*meter);
    readEnum(json, "pointOfView", b.pointOfView);
    read(json, "singer", b.singer);
    read(json, "wantsMale", b.wantsMale);
    read(json, "instrumental", b.instrumental);
    read(json, "lyrics", b.lyrics);
    read(json, "opening", b.opening);
    read(json, "chords", b.chords);
    if (const Json* tempo = member(json, "tempo"))
        b.tempo = music::Bpm{number(*tempo, "the tempo asked for")};
    if (const Json* key = member(json, "key"))
        b.key = readKey(*key);
    if (const Json* length = member(json, "length"))
        b.length = music::Seconds{number(*length, "the length asked for")};
    return b;
}

SongHead readHead(const Json& json)
{
    object(json, "the head of the song");
    SongHead h;
    read(json, "title", h.title);
    readLanguage(json, h.language);
    read(json, "seed", h.seed);
    read(json, "tempo", h.tempo.tempo.value);
    if (const Json* meter = member(json, "meter"))
        h.meter = readMeter(*meter);
    if (const Json* key = member(json, "key"))
        h.key = readKey(*key);
    read(json, "style", h.style);
    if (const Json* brief = member(json, "brief"))
        h.brief = readBrief(*brief);
    if (const Json* vocal = member(json, "vocal")) {
        object(*vocal, "the vocal");
        read(*vocal, "singer", h.vocal.singer);
        read(*vocal, "breath", h.vocal.breath);
        read(*vocal, "tension", h.vocal.tension);
        read(*vocal, "brightness", h.vocal.brightness);
        read(*vocal, "vibrato", h.vocal.vibrato);
        read(*vocal, "gender", h.vocal.gender);
        read(*vocal, "consonants", h.vocal.consonants);
        read(*vocal, "growl", h.vocal.growl);
        readEnum(*vocal, "doubles", h.vocal.doubles);
        readEnum(*vocal, "harmony", h.vocal.harmony);
        read(*vocal, "harmonyBelow", h.vocal.harmonyBelow);
    }
    check(validate(h));
    return h;
}

// Edits

const Json& state(const Json& json, const char* name)
{
    static const Json none;
    const Json* m = member(json, name);
    return m ? *m : none;
}

template<typename T, typename Read>
std::optional<T> optionalState(const Json& json, const char* name, Read readValue)
{
    const Json& value = state(json, name);
    if (value.is_null())
        return std::nullopt;
    T result = readValue(value);
    check(validate(result));
    return result;
}

template<typename Ptr, typename Read> Ptr pointerState(const Json& json, const char* name, Read readValue)
{
    const Json& value = state(json, name);
    return value.is_null() ? nullptr : readValue(value);
}

Edit readEdit(const Json& json)
{
    object(json, "a change");
    std::string kind;
    read(json, "edit", kind);
    std::uint64_t index = 0;
    read(json, "index", index);
    if (kind == "head")
        return HeadEdit{readHead(state(json, "before")), readHead(state(json, "after"))};
    if (kind == "section")
        return SectionEdit{index, pointerState<SectionPtr>(json, "before", readSection),
                           pointerState<SectionPtr>(json, "after", readSection)};
    if (kind == "chord")
        return ChordEdit{optionalState<ChordEvent>(json, "before", readChord),
                         optionalState<ChordEvent>(json, "after", readChord)};
    if (kind == "track")
        return TrackEdit{index, pointerState<TrackPtr>(json, "before", readTrack),
                         pointerState<TrackPtr>(json, "after", readTrack)};
    if (kind == "trackHead")
        return TrackHeadEdit{readTrackHead(state(json, "before")), readTrackHead(state(json, "after"))};
    if (kind == "note") {
        NoteEdit edit;
        read(json, "track", edit.track);
        edit.before = optionalState<Note>(json, "before", readNote);
        edit.after = optionalState<Note>(json, "after", readNote);
        return edit;
    }
    if (kind == "origin")
        return OriginEdit{optionalState<Origin>(json, "before", readOrigin),
                          optionalState<Origin>(json, "after", readOrigin)};
    bad("a change is of an unknown kind");
}

Selection readSelection(const Json& json)
{
    object(json, "a selection");
    Selection s;
    read(json, "track", s.track);
    read(json, "section", s.section);
    if (const Json* notes = member(json, "notes")) {
        for (const Json& note : array(*notes, "the notes of a selection", kMaxNotes))
            s.notes.push_back(NoteId{unsignedInteger(note, "a selected note")});
    }
    return s;
}

// Texts

Json parse(std::string_view text)
{
    if (text.size() > kMaxJson)
        bad("it is larger than " + std::to_string(kMaxJson >> 20) + " MiB");
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        bad("it is no JSON text");
    object(json, "it");
    std::uint64_t version = 0;
    read(json, "version", version);
    if (version > kJsonVersion)
        bad("it is of version " + std::to_string(version) + ", newer than this program; update Cantilena");
    if (version < 1)
        bad("it names no version");
    return json;
}

/// The id counter stands above every id that the song mentions, whatever the text says.
void raiseIds(Song& song)
{
    std::uint64_t highest = 0;
    const auto see = [&](auto id) { highest = std::max(highest, id.value); };
    for (const SectionPtr& section : song.sections) {
        see(section->id), see(section->origin);
        for (const Line& line : section->lines) {
            see(line.id), see(line.origin);
            for (const Word& word : line.words) {
                for (const Syllable& syllable : word.syllables)
                    see(syllable.id);
            }
        }
    }
    for (const TrackPtr& track : song.tracks) {
        see(track->head.id), see(track->head.origin);
        for (const Note& note : track->notes)
            see(note.id), see(note.syllable), see(note.origin);
    }
    for (const ChordEvent& chord : *song.chords)
        see(chord.id), see(chord.origin);
    for (const Origin& origin : *song.origins)
        see(origin.id);
    song.ids.next = std::max(song.ids.next, highest + 1);
}

} // namespace

Result<SongPtr> songOfJson(std::string_view text)
{
    try {
        const Json json = parse(text);
        auto song = std::make_shared<Song>();
        song->head = readHead(state(json, "head"));
        for (const Json& section : array(state(json, "sections"), "the list of sections", kMaxSections))
            song->sections.push_back(readSection(section));
        auto chords = std::make_shared<std::vector<ChordEvent>>();
        for (const Json& chord : array(state(json, "chords"), "the list of chords", kMaxChords))
            chords->push_back(readChord(chord));
        song->chords = chords;
        for (const Json& track : array(state(json, "tracks"), "the list of tracks", kMaxTracks))
            song->tracks.push_back(readTrack(track));
        auto origins = std::make_shared<std::vector<Origin>>();
        for (const Json& origin : array(state(json, "origins"), "the list of origins", kMaxOrigins))
            origins->push_back(readOrigin(origin));
        song->origins = origins;
        read(json, "nextId", song->ids.next);
        check(validate(*song));
        raiseIds(*song);
        return SongPtr(song);
    } catch (const Bad& error) {
        return Error{"The text of the song cannot be read: " + error.message + "."};
    }
}

Result<Entry> entryOfJson(std::string_view text)
{
    try {
        const Json json = parse(text);
        Entry entry;
        readEnum(json, "step", entry.step);
        if (entry.step > Step::Redo)
            bad("its step is unknown");
        read(json, "label", entry.label);
        for (const Json& edit : array(state(json, "edits"), "the list of changes", kMaxEdits))
            entry.edits.push_back(readEdit(edit));
        entry.before = readSelection(state(json, "selectionBefore"));
        entry.after = readSelection(state(json, "selectionAfter"));
        return entry;
    } catch (const Bad& error) {
        return Error{"The journal entry cannot be read: " + error.message + "."};
    }
}

} // namespace cantilena::song
