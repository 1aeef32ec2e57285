#include <song/validate.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstdio>
#include <string>
#include <unordered_set>

namespace cantilena::song {

namespace {

std::string number(std::integral auto value)
{
    return std::to_string(value);
}

std::string number(double value)
{
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%g", value);
    return text.data();
}

Error outOfBounds(const std::string& what, const std::string& value, const std::string& allowed)
{
    return Error{"The " + what + " is " + value + ", but it has to be " + allowed + "."};
}

/// NaN fails every comparison, so it is never inside.
bool inside(double value, double low, double high)
{
    return value >= low && value <= high;
}

Result<void> checkNumber(double value, double low, double high, const std::string& what)
{
    if (inside(value, low, high))
        return {};
    return outOfBounds(what, number(value), "from " + number(low) + " to " + number(high));
}

Result<void> checkInteger(std::int64_t value, std::int64_t low, std::int64_t high, const std::string& what)
{
    if (value >= low && value <= high)
        return {};
    return outOfBounds(what, number(value), "from " + number(low) + " to " + number(high));
}

Result<void> checkText(const std::string& text, const std::string& what)
{
    if (text.size() <= kMaxText)
        return {};
    return outOfBounds(what, number(text.size()) + " bytes long", number(kMaxText) + " bytes or less");
}

Result<void> checkCount(std::size_t count, std::size_t most, const std::string& what)
{
    if (count <= most)
        return {};
    return Error{"There are " + number(count) + " " + what + ", more than the " + number(most) +
                 " a song may have."};
}

template<typename Tag> Result<void> checkId(Id<Tag> id, const std::string& what)
{
    if (id.value >= 1 && id.value < kMaxId)
        return {};
    return Error{"A " + what + " has no usable number (" + number(id.value) + ")."};
}

/// A reference, which may be none.
template<typename Tag> Result<void> checkReference(Id<Tag> id, const std::string& what)
{
    if (id.value < kMaxId)
        return {};
    return Error{"The " + what + " has no usable number (" + number(id.value) + ")."};
}

/// Remembers ids of one kind and refuses the second of the same.
class UniqueIds {
public:
    explicit UniqueIds(std::string what) : m_what(std::move(what)) {}

    template<typename Tag> Result<void> add(Id<Tag> id)
    {
        if (m_seen.insert(id.value).second)
            return {};
        return Error{"Two " + m_what + "s have the same number " + number(id.value) + "."};
    }

private:
    std::string m_what;
    std::unordered_set<std::uint64_t> m_seen;
};

Result<void> checkLine(const Line& line)
{
    TRY_VOID(checkId(line.id, "line"));
    TRY_VOID(checkText(line.text, "text of a line"));
    TRY_VOID(checkInteger(line.start.value, 0, kMaxTick, "start of a line in ticks"));
    TRY_VOID(checkInteger(line.length.value, 0, kMaxTick, "length of a line in ticks"));
    TRY_VOID(checkReference(line.origin, "origin of a line"));
    if (line.rhyme != 0 && (line.rhyme < '!' || line.rhyme > '~'))
        return Error{"The rhyme letter of a line is not a letter."};
    TRY_VOID(checkCount(line.words.size(), kMaxLineSyllables, "words in one line"));
    TRY_VOID(checkCount(line.syllableCount(), kMaxLineSyllables, "syllables in one line"));
    for (const Word& word : line.words) {
        TRY_VOID(checkText(word.text, "text of a word"));
        for (const Syllable& syllable : word.syllables) {
            TRY_VOID(checkId(syllable.id, "syllable"));
            TRY_VOID(checkText(syllable.text, "text of a syllable"));
            TRY_VOID(checkCount(syllable.phonemes.size(), kMaxPhonemes, "phonemes in one syllable"));
            for (const std::string& phoneme : syllable.phonemes)
                TRY_VOID(checkText(phoneme, "name of a phoneme"));
            TRY_VOID(checkInteger(syllable.stress, 0, 2, "stress of a syllable"));
            TRY_VOID(checkInteger(syllable.tone, 0, 5, "tone of a syllable"));
        }
    }
    return {};
}

Result<void> checkMeter(const music::Meter& meter)
{
    TRY_VOID(checkInteger(meter.beats, 1, 64, "number of beats in a bar"));
    for (const int unit : {1, 2, 4, 8, 16, 32}) {
        if (meter.unit == unit)
            return {};
    }
    return outOfBounds("note value of a beat", number(meter.unit), "1, 2, 4, 8, 16 or 32");
}

Result<void> checkKey(const music::Key& key)
{
    TRY_VOID(checkInteger(key.tonic, 0, 11, "tonic"));
    return checkInteger(static_cast<int>(key.mode), 0, 1, "mode");
}

Result<void> checkBrief(const Brief& brief)
{
    TRY_VOID(checkText(brief.prompt, "prompt"));
    TRY_VOID(checkCount(brief.themes.size(), kMaxThemes, "theme words"));
    TRY_VOID(
        checkInteger(brief.chosenThemes, 0, static_cast<int>(brief.themes.size()), "chosen theme words"));
    TRY_VOID(checkCount(brief.moodWords.size(), kMaxThemes, "mood words"));
    for (const auto* words : {&brief.themes, &brief.moodWords}) {
        for (const std::string& word : *words)
            TRY_VOID(checkText(word, "theme or mood word"));
    }
    TRY_VOID(checkNumber(brief.valence, -1, 1, "valence"));
    TRY_VOID(checkNumber(brief.arousal, -1, 1, "arousal"));
    TRY_VOID(checkText(brief.style, "style"));
    if (brief.tempo)
        TRY_VOID(checkNumber(brief.tempo->value, kMinTempo, kMaxTempo, "tempo asked for"));
    if (brief.key)
        TRY_VOID(checkKey(*brief.key));
    TRY_VOID(checkMeter(brief.meter));
    if (brief.length)
        TRY_VOID(checkNumber(brief.length->value, 0, 100'000, "length asked for in seconds"));
    TRY_VOID(checkInteger(static_cast<int>(brief.pointOfView), 0, static_cast<int>(PointOfView::Story),
                          "point of view"));
    TRY_VOID(checkText(brief.singer, "singer asked for"));
    TRY_VOID(checkText(brief.chords, "typed chords"));
    return checkText(brief.lyrics, "own lyrics");
}

void cutText(std::string& text)
{
    if (text.size() <= kMaxText)
        return;
    std::size_t end = kMaxText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    text.resize(end);
}

void clampNumber(double& value, double low, double high, double otherwise)
{
    value = std::isnan(value) ? otherwise : std::clamp(value, low, high);
}

void clampMeter(music::Meter& meter)
{
    meter.beats = std::clamp(meter.beats, 1, 64);
    if (!checkMeter(meter))
        meter.unit = 4;
}

void clampKey(music::Key& key)
{
    key.tonic = ((key.tonic % 12) + 12) % 12;
    if (key.mode != music::Mode::Minor)
        key.mode = music::Mode::Major;
}

} // namespace

Result<void> validate(const Note& note)
{
    TRY_VOID(checkId(note.id, "note"));
    TRY_VOID(checkInteger(note.onset.value, 0, kMaxTick, "onset of a note in ticks"));
    TRY_VOID(checkInteger(note.duration.value, 1, kMaxTick, "duration of a note in ticks"));
    TRY_VOID(checkInteger(note.shift.value, -kMaxShift, kMaxShift, "timing shift of a note in ticks"));
    TRY_VOID(checkInteger(note.pitch.midi, 0, 127, "pitch of a note"));
    TRY_VOID(checkInteger(note.velocity, 1, 127, "velocity of a note"));
    TRY_VOID(checkReference(note.syllable, "syllable of a note"));
    TRY_VOID(checkCount(note.bend.size(), kMaxBendPoints, "points of a pitch line"));
    for (std::size_t i = 0; i < note.bend.size(); ++i) {
        const BendPoint& point = note.bend[i];
        TRY_VOID(checkInteger(point.at.value, i == 0 ? 0 : note.bend[i - 1].at.value + 1, kMaxTick,
                              "time of a point of a pitch line"));
        TRY_VOID(checkNumber(point.cents, -kMaxBend, kMaxBend, "height of a point of a pitch line"));
    }
    return checkReference(note.origin, "origin of a note");
}

Result<void> validate(const ChordEvent& chord)
{
    TRY_VOID(checkId(chord.id, "chord"));
    TRY_VOID(checkInteger(chord.onset.value, 0, kMaxTick, "onset of a chord in ticks"));
    TRY_VOID(checkInteger(chord.duration.value, 1, kMaxTick, "duration of a chord in ticks"));
    TRY_VOID(checkInteger(chord.chord.root, 0, 11, "root of a chord"));
    TRY_VOID(checkInteger(chord.chord.bass, 0, 11, "bass of a chord"));
    TRY_VOID(checkReference(chord.origin, "origin of a chord"));
    return checkInteger(static_cast<int>(chord.chord.quality), 0,
                        static_cast<int>(music::ChordQuality::Power), "quality of a chord");
}

Result<void> validate(const Origin& origin)
{
    TRY_VOID(checkId(origin.id, "origin"));
    TRY_VOID(
        checkInteger(static_cast<int>(origin.maker), 0, static_cast<int>(Maker::Rule), "maker of an origin"));
    TRY_VOID(checkText(origin.name, "name of an origin"));
    TRY_VOID(checkText(origin.version, "version of an origin"));
    return checkText(origin.sha256, "hash of an origin");
}

Result<void> validate(const TrackHead& head)
{
    TRY_VOID(checkId(head.id, "track"));
    TRY_VOID(checkText(head.name, "name of a track"));
    TRY_VOID(checkInteger(static_cast<int>(head.role), 0, static_cast<int>(Role::Colour), "role of a track"));
    TRY_VOID(checkInteger(head.program, 0, 127, "instrument of a track"));
    TRY_VOID(checkReference(head.origin, "origin of a track"));
    TRY_VOID(checkNumber(head.mix.gain.value, -200, 60, "gain of a track in decibels"));
    TRY_VOID(checkNumber(head.mix.pan, -1, 1, "pan of a track"));
    return checkNumber(head.mix.reverb, 0, 1, "reverb send of a track");
}

Result<void> validate(const SongHead& head)
{
    TRY_VOID(checkText(head.title, "title"));
    TRY_VOID(checkNumber(head.tempo.tempo.value, kMinTempo, kMaxTempo, "tempo"));
    TRY_VOID(checkMeter(head.meter));
    TRY_VOID(checkKey(head.key));
    TRY_VOID(checkText(head.style, "style"));
    TRY_VOID(checkText(head.vocal.singer, "singer"));
    TRY_VOID(checkNumber(head.vocal.breath, 0, 1, "breath of the singer"));
    TRY_VOID(checkNumber(head.vocal.tension, 0, 1, "tension of the singer"));
    TRY_VOID(checkNumber(head.vocal.brightness, 0, 1, "brightness of the singer"));
    TRY_VOID(checkNumber(head.vocal.vibrato, 0, 1, "vibrato of the singer"));
    TRY_VOID(checkNumber(head.vocal.gender, 0, 1, "gender of the singer"));
    TRY_VOID(checkNumber(head.vocal.consonants, 0, 1, "consonants of the singer"));
    TRY_VOID(checkNumber(head.vocal.growl, 0, 1, "growl of the singer"));
    for (const Where where : {head.vocal.doubles, head.vocal.harmony})
        TRY_VOID(checkInteger(static_cast<int>(where), 0, static_cast<int>(Where::Throughout),
                              "place of a second voice"));
    return checkBrief(head.brief);
}

Result<void> validate(const Section& section)
{
    TRY_VOID(checkId(section.id, "section"));
    TRY_VOID(checkInteger(static_cast<int>(section.kind), 0, static_cast<int>(SectionKind::Outro),
                          "kind of a section"));
    TRY_VOID(checkText(section.name, "name of a section"));
    TRY_VOID(checkInteger(section.bars, 1, kMaxBars, "number of bars of a section"));
    TRY_VOID(checkNumber(section.energy, 0, 1, "energy of a section"));
    TRY_VOID(checkReference(section.origin, "origin of a section"));
    TRY_VOID(checkCount(section.lines.size(), kMaxLines, "lines"));
    UniqueIds lines("line");
    UniqueIds syllables("syllable");
    for (const Line& line : section.lines) {
        TRY_VOID(checkLine(line));
        TRY_VOID(lines.add(line.id));
        for (const Word& word : line.words) {
            for (const Syllable& syllable : word.syllables)
                TRY_VOID(syllables.add(syllable.id));
        }
    }
    return {};
}

Result<void> validate(const Track& track)
{
    TRY_VOID(validate(track.head));
    TRY_VOID(checkCount(track.notes.size(), kMaxNotes, "notes"));
    UniqueIds notes("note");
    for (const Note& note : track.notes) {
        TRY_VOID(validate(note));
        TRY_VOID(notes.add(note.id));
    }
    if (!std::is_sorted(track.notes.begin(), track.notes.end(), noteBefore))
        return Error{"The notes of the track \"" + track.head.name + "\" are not in order."};
    return {};
}

Result<void> validate(const Song& song)
{
    TRY_VOID(validate(song.head));
    TRY_VOID(checkCount(song.sections.size(), kMaxSections, "sections"));
    TRY_VOID(checkCount(song.tracks.size(), kMaxTracks, "tracks"));
    if (!song.chords || !song.origins)
        return Error{"The song has no list of chords or of origins."};
    TRY_VOID(checkCount(song.chords->size(), kMaxChords, "chords"));
    TRY_VOID(checkCount(song.origins->size(), kMaxOrigins, "origins"));
    if (song.ids.next > kMaxId)
        return Error{"The song's counter of numbers (" + number(song.ids.next) + ") is out of bounds."};

    UniqueIds sectionIds("section"), lineIds("line"), syllableIds("syllable"), trackIds("track"),
        noteIds("note");
    UniqueIds chordIds("chord"), originIds("origin");
    std::size_t lines = 0;
    for (const SectionPtr& section : song.sections) {
        if (!section)
            return Error{"A section of the song is empty."};
        TRY_VOID(validate(*section));
        TRY_VOID(sectionIds.add(section->id));
        lines += section->lines.size();
        for (const Line& line : section->lines) {
            TRY_VOID(lineIds.add(line.id));
            for (const Word& word : line.words) {
                for (const Syllable& syllable : word.syllables)
                    TRY_VOID(syllableIds.add(syllable.id));
            }
        }
    }
    TRY_VOID(checkCount(lines, kMaxLines, "lines"));
    std::size_t notes = 0;
    for (const TrackPtr& track : song.tracks) {
        if (!track)
            return Error{"A track of the song is empty."};
        TRY_VOID(validate(*track));
        TRY_VOID(trackIds.add(track->head.id));
        notes += track->notes.size();
        for (const Note& note : track->notes)
            TRY_VOID(noteIds.add(note.id));
    }
    TRY_VOID(checkCount(notes, kMaxNotes, "notes"));
    for (std::size_t i = 0; i < song.chords->size(); ++i) {
        const ChordEvent& chord = (*song.chords)[i];
        TRY_VOID(validate(chord));
        TRY_VOID(chordIds.add(chord.id));
        if (i > 0) {
            const ChordEvent& last = (*song.chords)[i - 1];
            if (chord.onset < last.onset || (chord.onset == last.onset && chord.id < last.id))
                return Error{"The chords of the song are not in order."};
        }
    }
    for (std::size_t i = 0; i < song.origins->size(); ++i) {
        const Origin& origin = (*song.origins)[i];
        TRY_VOID(validate(origin));
        TRY_VOID(originIds.add(origin.id));
        if (i > 0 && origin.id < (*song.origins)[i - 1].id)
            return Error{"The origins of the song are not in order."};
    }
    return {};
}

SongHead clamped(SongHead head)
{
    Brief& brief = head.brief;
    for (std::string* text : {&head.title, &head.style, &head.vocal.singer, &brief.prompt, &brief.style,
                              &brief.singer, &brief.lyrics, &brief.chords})
        cutText(*text);
    for (auto* words : {&brief.themes, &brief.moodWords}) {
        if (words->size() > kMaxThemes)
            words->resize(kMaxThemes);
        for (std::string& word : *words)
            cutText(word);
    }
    brief.chosenThemes = std::clamp(brief.chosenThemes, 0, static_cast<int>(brief.themes.size()));
    clampNumber(head.tempo.tempo.value, kMinTempo, kMaxTempo, 120);
    clampMeter(head.meter);
    clampMeter(brief.meter);
    clampKey(head.key);
    for (double* control : {&head.vocal.breath, &head.vocal.tension, &head.vocal.brightness,
                            &head.vocal.vibrato, &head.vocal.gender, &head.vocal.consonants})
        clampNumber(*control, 0, 1, 0.5);
    clampNumber(head.vocal.growl, 0, 1, 0);
    for (Where* where : {&head.vocal.doubles, &head.vocal.harmony})
        if (*where > Where::Throughout)
            *where = Where::Nowhere;
    clampNumber(brief.valence, -1, 1, 0);
    clampNumber(brief.arousal, -1, 1, 0);
    if (brief.tempo)
        clampNumber(brief.tempo->value, kMinTempo, kMaxTempo, 120);
    if (brief.key)
        clampKey(*brief.key);
    if (brief.length)
        clampNumber(brief.length->value, 0, 100'000, 0);
    if (brief.pointOfView > PointOfView::Story)
        brief.pointOfView = PointOfView::I;
    return head;
}

} // namespace cantilena::song
