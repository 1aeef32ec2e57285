#include <array>

#include "fake_studio.h"

namespace cantilena::test {

namespace {

using music::Tick;

struct Draft {
    song::Song song;
    std::vector<song::ChordEvent> chords;
    song::Track melody, drums, bass, piano, strings, bells;
    Tick at;
};

/// Splits a line at spaces, or, without any, into characters.
std::vector<std::string> wordsOf(const std::string& line)
{
    std::vector<std::string> words;
    if (line.find(' ') != std::string::npos) {
        std::string word;
        for (const char c : line + " ") {
            if (c != ' ')
                word += c;
            else if (!word.empty())
                words.push_back(std::exchange(word, {}));
        }
        return words;
    }
    for (std::size_t i = 0; i < line.size(); i += 3)
        words.push_back(line.substr(i, 3));
    return words;
}

song::Note note(song::Song& song, Tick onset, Tick duration, int pitch, int velocity)
{
    song::Note note;
    note.id = song.ids.make<song::NoteId>();
    note.onset = onset;
    note.duration = duration;
    note.pitch = {pitch};
    note.velocity = velocity;
    return note;
}

song::Line line(Draft& draft, const std::string& text, Tick start, Tick length, int step)
{
    static constexpr std::array kTune{64, 67, 69, 67, 64, 62, 60, 62, 64, 65, 67, 64, 62, 60};
    song::Line line;
    line.id = draft.song.ids.make<song::LineId>();
    line.start = start;
    line.length = length;
    const std::vector<std::string> words = wordsOf(text);
    const bool chinese = text.find(' ') == std::string::npos;
    line.text = text + (chinese ? "，" : ",");
    const std::int64_t eighths = std::max<std::int64_t>(1, 14 / static_cast<std::int64_t>(words.size()));
    Tick at = draft.at + start;
    for (std::size_t i = 0; i < words.size(); ++i) {
        song::Word word;
        word.text = words[i];
        song::Syllable syllable;
        syllable.id = draft.song.ids.make<song::SyllableId>();
        syllable.text = words[i];
        syllable.language = draft.song.head.language;
        syllable.stress = !chinese && i % 2 == 1 ? 1 : 0;
        word.syllables.push_back(syllable);
        const bool last = i + 1 == words.size();
        const Tick duration = music::kEighth * (last ? eighths * 2 : eighths);
        const int pitch = kTune[(i + static_cast<std::size_t>(step)) % kTune.size()] + (step % 3);
        if (last && step % 2 == 1) { // a melisma
            song::Note first = note(draft.song, at, music::kQuarter, pitch, 92);
            first.syllable = syllable.id;
            song::Note second = note(draft.song, at + music::kQuarter, music::kQuarter, pitch - 2, 92);
            second.syllable = syllable.id;
            draft.melody.notes.push_back(first);
            draft.melody.notes.push_back(second);
        } else {
            song::Note sung = note(draft.song, at, duration, pitch, 92);
            sung.syllable = syllable.id;
            draft.melody.notes.push_back(sung);
        }
        at += duration;
        line.words.push_back(std::move(word));
    }
    return line;
}

void band(Draft& draft, int bars, bool full)
{
    static constexpr std::array<int, 4> kRoots{9, 5, 0, 7};
    const Tick bar = draft.song.head.meter.barLength();
    for (int b = 0; b < bars; ++b) {
        const Tick at = draft.at + bar * b;
        const int root = kRoots[static_cast<std::size_t>(b % 4)];
        song::ChordEvent chord;
        chord.id = draft.song.ids.make<song::ChordId>();
        chord.onset = at;
        chord.duration = bar;
        chord.chord =
            music::Chord(root, b % 4 == 0 ? music::ChordQuality::Minor7 : music::ChordQuality::Major);
        draft.chords.push_back(chord);
        draft.bass.notes.push_back(note(draft.song, at, music::kQuarter * 2, 36 + root, 90));
        draft.bass.notes.push_back(
            note(draft.song, at + music::kQuarter * 2, music::kQuarter * 2, 36 + root, 80));
        for (const int interval : chord.chord.intervals()) {
            draft.piano.notes.push_back(note(draft.song, at, music::kQuarter * 3, 48 + root + interval, 70));
            if (full)
                draft.strings.notes.push_back(note(draft.song, at, bar, 60 + root + interval, 60));
        }
        if (!full)
            continue;
        for (int beat = 0; beat < 8; ++beat) {
            draft.drums.notes.push_back(
                note(draft.song, at + music::kEighth * beat, music::kEighth, 42, 60 + beat % 2 * 20));
            if (beat % 4 == 0)
                draft.drums.notes.push_back(
                    note(draft.song, at + music::kEighth * beat, music::kEighth, 36, 100));
            if (beat % 4 == 2)
                draft.drums.notes.push_back(
                    note(draft.song, at + music::kEighth * beat, music::kEighth, 38, 96));
        }
        draft.bells.notes.push_back(
            note(draft.song, at + music::kQuarter, music::kEighth, 84 + root % 5, 50));
    }
}

void section(Draft& draft, song::SectionKind kind, const std::string& name, int bars,
             const std::vector<std::string>& lines)
{
    song::Section section;
    section.id = draft.song.ids.make<song::SectionId>();
    section.kind = kind;
    section.name = name;
    section.bars = bars;
    const Tick bar = draft.song.head.meter.barLength();
    int number = 0;
    for (const std::string& text : lines) {
        section.lines.push_back(line(draft, text, bar * 2 * number, bar * 2, number));
        ++number;
    }
    band(draft, bars, kind != song::SectionKind::Intro && kind != song::SectionKind::Outro);
    draft.song.sections.push_back(std::make_shared<const song::Section>(std::move(section)));
    draft.at += bar * bars;
}

void finish(Draft& draft, song::Track& track, const char* name, song::Role role, bool vocal = false)
{
    track.head.id = draft.song.ids.make<song::TrackId>();
    track.head.name = name;
    track.head.role = role;
    track.head.vocal = vocal;
    std::sort(track.notes.begin(), track.notes.end(), song::noteBefore);
    draft.song.tracks.push_back(std::make_shared<const song::Track>(std::move(track)));
}

} // namespace

song::SongPtr exampleSong(language::Language language)
{
    using song::SectionKind;
    const bool english = language == language::Language::English;
    Draft draft;
    draft.song.head.title = english ? "Rain Over the Lake" : "雨落西湖";
    draft.song.head.language = language;
    draft.song.head.tempo.tempo.value = 84;
    draft.song.head.key = {9, music::Mode::Minor};
    draft.song.head.style = "ballad";

    const std::vector<std::string> verse =
        english ? std::vector<std::string>{"The rain is slow tonight", "your window keeps a light",
                                           "I hear the kettle sing", "and every little thing"}
                : std::vector<std::string>{"雨下得很慢", "窗里灯未关", "我听见水开", "像你在身边"};
    const std::vector<std::string> second =
        english ? std::vector<std::string>{"The street is full of glass", "I watch the buses pass",
                                           "your coat is on the chair", "I still can see you there"}
                : std::vector<std::string>{"街上铺满光", "车慢慢过江", "你的旧衣裳", "还在椅子上"};
    const std::vector<std::string> chorus =
        english
            ? std::vector<std::string>{"Oh, leave the lamp on for me", "the way it used to be",
                                       "I walk the long way home", "but never walk alone"}
            : std::vector<std::string>{"请为我留一盏灯", "像从前一样等", "走过长长的夜", "我从不是一个人"};
    section(draft, SectionKind::Intro, "Intro", 4, {});
    section(draft, SectionKind::Verse, "Verse 1", 8, verse);
    section(draft, SectionKind::PreChorus, "Pre-chorus", 4, {second[0], second[1]});
    section(draft, SectionKind::Chorus, "Chorus 1", 8, chorus);
    section(draft, SectionKind::Interlude, "Interlude", 2, {});
    section(draft, SectionKind::Verse, "Verse 2", 8, second);
    section(draft, SectionKind::Chorus, "Chorus 2", 8, chorus);
    section(draft, SectionKind::Bridge, "Bridge", 4, {verse[2], verse[3]});
    section(draft, SectionKind::Chorus, "Chorus 3", 8, chorus);
    section(draft, SectionKind::Outro, "Outro", 4, {});
    draft.song.chords = std::make_shared<const std::vector<song::ChordEvent>>(std::move(draft.chords));
    finish(draft, draft.melody, "Vocal", song::Role::Melody, true);
    finish(draft, draft.drums, "Drums", song::Role::Drums);
    finish(draft, draft.bass, "Bass", song::Role::Bass);
    finish(draft, draft.piano, "Piano", song::Role::Harmony);
    finish(draft, draft.strings, "Strings", song::Role::Pad);
    finish(draft, draft.bells, "Bells", song::Role::Colour);
    return std::make_shared<const song::Song>(std::move(draft.song));
}

song::SongPtr bigSong(int notes)
{
    Draft draft;
    draft.song.head.title = "Big";
    const int bars = notes / 16 + 1;
    section(draft, song::SectionKind::Verse, "Verse", bars, {});
    draft.song.tracks.clear();
    song::Track track;
    for (int i = 0; i < notes; ++i) {
        const auto unsignedIndex = static_cast<std::int64_t>(i);
        track.notes.push_back(
            note(draft.song, music::kSixteenth * unsignedIndex, music::kEighth, 48 + i * 7 % 36, 80));
    }
    draft.song.chords = std::make_shared<const std::vector<song::ChordEvent>>(std::move(draft.chords));
    finish(draft, track, "Lead", song::Role::Melody);
    return std::make_shared<const song::Song>(std::move(draft.song));
}

} // namespace cantilena::test
