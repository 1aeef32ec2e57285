#include "tune_song.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <compose/form.h>
#include <compose/section_mark.h>
#include <language/rhyme.h>
#include <language/text.h>
#include <music/key_estimate.h>

namespace cantilena::session {

namespace {

using compose::LinedNote;
using compose::TuneLine;
using exchange::Tune;
using exchange::TuneNote;
using song::SectionKind;

constexpr double kFitsKey = 0.85;     ///< share of the sound in the scale
constexpr double kSameMaterial = 0.6; ///< share of a line's notes that the other has, too
constexpr std::size_t kSectionLines = 4;
constexpr music::Tick kShortest = music::ticks(1, 32);

bool isHan(const std::string& text)
{
    return language::detect(text) == language::Language::Mandarin;
}

/// A capital that is not "I" at the start of a syllable.
bool capital(const std::string& text)
{
    const auto letter = [&](std::size_t i) { return i < text.size() ? text[i] : ' '; };
    const bool upper = letter(0) >= 'A' && letter(0) <= 'Z';
    return upper && !(letter(0) == 'I' && (text.size() == 1 || letter(1) == '\''));
}

bool stops(const std::string& text)
{
    return !text.empty() && std::string_view(",.;:!?").find(text.back()) != std::string_view::npos;
}

std::vector<LinedNote> linedNotes(const Tune& tune)
{
    const bool words = tune.hasWords();
    std::vector<LinedNote> result;
    bool joined = false;
    std::string sung; // the syllable before
    for (const TuneNote& note : tune.notes) {
        LinedNote own{note.onset, note.duration, note.pitch};
        if (words) {
            own.goesOn = !result.empty() && (note.syllable.empty() || joined);
            own.begins = note.beginsLine && !own.goesOn;
            // Many scores begin each line of the words with a capital, and most lines end with a stop.
            if (!own.goesOn && !result.empty())
                own.hint = (capital(note.syllable) ? 0.5 : 0.0) + (stops(sung) ? 0.5 : 0.0);
            if (!note.syllable.empty()) {
                joined = note.joins;
                sung = note.syllable;
            }
        } else {
            own.goesOn = !result.empty() && note.slurred;
        }
        result.push_back(own);
    }
    return result;
}

/// A part of the song before it has its kind and name.
struct Part {
    std::int64_t begin = 0, end = 0; ///< bars
    std::vector<TuneLine> lines;
    std::optional<SectionKind> kind;
};

/// Notes of a line as pairs of place and pitch.
std::set<std::pair<std::int64_t, int>> shapeOf(const Tune& tune, const TuneLine& line)
{
    std::set<std::pair<std::int64_t, int>> shape;
    for (std::size_t i = line.first; i < line.first + line.count; ++i)
        shape.emplace((tune.notes[i].onset - line.start).value, tune.notes[i].pitch);
    return shape;
}

double likeness(const Tune& tune, const Part& a, const Part& b)
{
    if (a.lines.empty() || a.lines.size() != b.lines.size())
        return 0;
    double sum = 0;
    for (std::size_t i = 0; i < a.lines.size(); ++i) {
        const auto x = shapeOf(tune, a.lines[i]), y = shapeOf(tune, b.lines[i]);
        const auto common = static_cast<double>(
            std::count_if(x.begin(), x.end(), [&](const auto& note) { return y.contains(note); }));
        sum += common / static_cast<double>(std::max(x.size(), y.size()));
    }
    return sum / static_cast<double>(a.lines.size());
}

double meanPitch(const Tune& tune, const Part& part)
{
    double sum = 0, count = 0;
    for (const TuneLine& line : part.lines) {
        for (std::size_t i = line.first; i < line.first + line.count; ++i) {
            sum += tune.notes[i].pitch;
            ++count;
        }
    }
    return count > 0 ? sum / count : 0;
}

/// Lines in fours; what is before the first is the band's.
std::vector<Part> partsOfLines(const std::vector<TuneLine>& lines, std::int64_t bar)
{
    std::vector<Part> parts;
    std::size_t left = lines.size();
    const auto barOf = [&](const TuneLine& line) { return line.start.value / bar; };
    if (barOf(lines.front()) > 0)
        parts.push_back({0, barOf(lines.front()), {}, SectionKind::Intro});
    for (std::size_t i = 0; i < lines.size();) {
        // One line more is better than a part of one line.
        const std::size_t count =
            left == kSectionLines + 1 || left == kSectionLines + 2 ? left : std::min(left, kSectionLines);
        Part part;
        part.begin = barOf(lines[i]);
        part.lines.assign(lines.begin() + static_cast<std::ptrdiff_t>(i),
                          lines.begin() + static_cast<std::ptrdiff_t>(i + count));
        part.end = barOf(part.lines.back()) + part.lines.back().bars;
        parts.push_back(std::move(part));
        i += count;
        left -= count;
    }
    return parts;
}

/// Parts as the file marks them.
std::vector<Part> partsOfMarks(const std::vector<TuneLine>& lines, const Tune& tune, std::int64_t bar)
{
    std::map<std::int64_t, std::string> marks; // by bar
    for (const exchange::MidiText& mark : tune.marks)
        marks.emplace((mark.onset.value + bar / 2) / bar, mark.text);
    const std::int64_t first = lines.front().start.value / bar;
    marks.emplace(0, marks.begin()->first > first ? "verse" : "intro");
    const std::int64_t last =
        std::max(lines.back().start.value / bar + lines.back().bars, (tune.end.value + bar - 1) / bar);
    std::vector<Part> parts;
    for (auto mark = marks.begin(); mark != marks.end(); ++mark) {
        const auto next = std::next(mark);
        Part part{mark->first,
                  next == marks.end() ? std::max(last, mark->first + 1) : next->first,
                  {},
                  compose::sectionKindOfMark(mark->second)};
        for (const TuneLine& line : lines)
            if (line.start.value / bar >= part.begin && line.start.value / bar < part.end)
                part.lines.push_back(line);
        if (part.begin < last || !part.lines.empty())
            parts.push_back(std::move(part));
    }
    return parts;
}

/// Sections with the same number share their tune.
std::vector<int> materialsOf(const Tune& tune, const std::vector<Part>& parts)
{
    std::vector<int> materials;
    int next = 1;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        int own = 0;
        for (std::size_t k = 0; k < i && own == 0; ++k)
            if (likeness(tune, parts[k], parts[i]) >= kSameMaterial)
                own = materials[k];
        materials.push_back(own != 0 ? own : next++);
    }
    return materials;
}

/// What nobody named: the part that comes again (or, where none does, a later one) and lies highest is the
/// chorus, the others are verses.
void nameKinds(const Tune& tune, const std::vector<int>& materials, std::vector<Part>& parts)
{
    std::map<int, int> times;
    std::set<int> sung;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].lines.empty())
            continue;
        ++times[materials[i]];
        sung.insert(materials[i]);
    }
    const bool named = std::any_of(parts.begin(), parts.end(), [](const Part& part) {
        return part.kind == SectionKind::Chorus || part.kind == SectionKind::Verse;
    });
    int chorus = 0;
    double highest = 0;
    const bool repeats = std::any_of(times.begin(), times.end(), [](const auto& t) { return t.second > 1; });
    for (std::size_t i = 0; i < parts.size() && !named && sung.size() > 1; ++i) {
        const bool first = materials[i] == *sung.begin();
        if (parts[i].lines.empty() || first || (repeats && times[materials[i]] < 2))
            continue;
        if (const double pitch = meanPitch(tune, parts[i]); pitch > highest) {
            highest = pitch;
            chorus = materials[i];
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].kind)
            continue;
        parts[i].kind = parts[i].lines.empty()   ? SectionKind::Interlude
                        : materials[i] == chorus ? SectionKind::Chorus
                                                 : SectionKind::Verse;
    }
}

double energyOf(SectionKind kind)
{
    switch (kind) {
    case SectionKind::Chorus:
    case SectionKind::Hook:
        return 0.85;
    case SectionKind::PreChorus:
    case SectionKind::Bridge:
    case SectionKind::Solo:
        return 0.65;
    case SectionKind::Intro:
    case SectionKind::Outro:
    case SectionKind::Interlude:
        return 0.4;
    case SectionKind::Verse:
        break;
    }
    return 0.5;
}

/// Notes of a line by the words that they sing.
struct FileWord {
    std::string text;
    std::vector<std::size_t> notes;  ///< of the tune
    std::vector<std::size_t> starts; ///< of them, those with a syllable
};

std::vector<FileWord> wordsOf(const Tune& tune, const TuneLine& line)
{
    std::vector<FileWord> words;
    bool open = false;
    for (std::size_t i = line.first; i < line.first + line.count; ++i) {
        const TuneNote& note = tune.notes[i];
        if (note.syllable.empty()) {
            if (!words.empty())
                words.back().notes.push_back(i);
            continue;
        }
        if (!open)
            words.emplace_back();
        words.back().text += note.syllable;
        words.back().notes.push_back(i);
        words.back().starts.push_back(i);
        open = note.joins;
    }
    return words;
}

std::string textOf(const std::vector<FileWord>& words)
{
    std::string text;
    for (const FileWord& word : words) {
        const bool han = isHan(word.text);
        if (!text.empty() &&
            !(han && isHan(text.substr(text.size() - std::min<std::size_t>(3, text.size())))))
            text += ' ';
        text += word.text;
    }
    while (!text.empty() && std::string_view(",.;:").find(text.back()) != std::string_view::npos)
        text.pop_back();
    return text;
}

/// Rhyme letters of lines, by their last words.
void letterRhymes(compose::LyricSection& section)
{
    char next = 'A';
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
        compose::LyricLine& line = section.lines[i];
        for (std::size_t k = i; k-- > 0 && i - k <= 3 && line.rhyme == 0;) {
            compose::LyricLine& before = section.lines[k];
            if (line.words.empty() || before.words.empty() ||
                !language::rhymes(line.words.back(), before.words.back()))
                continue;
            if (before.rhyme == 0 && next <= 'Z')
                before.rhyme = next++;
            line.rhyme = before.rhyme;
        }
    }
}

/// Lets `notes` (indices into `all`) sing `syllables`, splitting the longest where there are too few;
/// `starts`: which of them begin a syllable in the file.
void share(std::vector<song::Note>& all, std::vector<std::size_t> notes,
           const std::vector<std::size_t>& starts, const std::vector<song::SyllableId>& syllables)
{
    if (notes.empty() || syllables.empty())
        return;
    if (starts.size() == syllables.size()) {
        std::size_t at = 0;
        for (const std::size_t note : notes) {
            while (at + 1 < starts.size() && note >= starts[at + 1])
                ++at;
            all[note].syllable = syllables[at];
        }
        return;
    }
    while (notes.size() < syllables.size()) {
        const auto longest = std::max_element(notes.begin(), notes.end(), [&](std::size_t a, std::size_t b) {
            return all[a].duration < all[b].duration;
        });
        song::Note& first = all[*longest];
        const std::int64_t grid = kShortest.value;
        const std::int64_t half =
            std::max<std::int64_t>(1, first.duration.value > 2 * grid ? first.duration.value / 2 / grid * grid
                                                                      : first.duration.value / 2);
        if (first.duration.value < 2)
            break;
        song::Note second = first;
        second.onset = first.onset + music::Tick{half};
        second.duration = first.duration - music::Tick{half};
        second.shift = {};
        first.duration = {half};
        all.push_back(second);
        notes.insert(longest + 1, all.size() - 1);
    }
    for (std::size_t i = 0; i < notes.size(); ++i)
        all[notes[i]].syllable = syllables[std::min(i, syllables.size() - 1)];
}

} // namespace

Result<music::Meter> songMeter(const music::Meter& meter)
{
    const std::int64_t bar = meter.barLength().value;
    for (const music::Meter& own : {music::Meter{4, 4}, music::Meter{3, 4}, music::Meter{6, 8}})
        if (meter == own)
            return own;
    if (meter == music::Meter{2, 4} || meter == music::Meter{2, 2} || meter == music::Meter{8, 8} ||
        meter == music::Meter{1, 4} || meter == music::Meter{4, 8} || meter == music::Meter{4, 2})
        return music::Meter{4, 4};
    if (meter == music::Meter{3, 8} || meter == music::Meter{12, 8} || meter == music::Meter{6, 16})
        return music::Meter{6, 8};
    if (bar > 0 && (meter == music::Meter{3, 2} || meter == music::Meter{6, 4}))
        return music::Meter{3, 4};
    return Error{"The melody is in " + std::to_string(meter.beats) + "/" + std::to_string(meter.unit) +
                 ", and the band plays 4/4, 3/4, 6/8 and what fits their bars; choose another melody."};
}

music::Key keyOf(const Tune& tune)
{
    std::array<double, 12> durations{};
    double inside = 0, all = 0;
    for (const TuneNote& note : tune.notes) {
        const music::Pitch pitch{note.pitch};
        const auto length = static_cast<double>(note.duration.value);
        durations[static_cast<std::size_t>(pitch.pitchClass())] += length;
        all += length;
        if (tune.key && tune.key->contains(pitch.pitchClass()))
            inside += length;
    }
    // C major is also what files say that know nothing; chords that all lie in it vouch for it.
    int chords = 0, fitting = 0;
    for (const exchange::MidiText& text : tune.chords) {
        const auto chord = music::Chord::parse(text.text);
        const std::vector<int> notes = chord && tune.key ? chord->pitchClasses() : std::vector<int>();
        chords += notes.empty() ? 0 : 1;
        fitting += !notes.empty() && std::all_of(notes.begin(), notes.end(),
                                                 [&](int note) { return tune.key->contains(note); })
                       ? 1
                       : 0;
    }
    const bool vouched = chords > 0 && fitting >= kFitsKey * chords;
    const music::Key heard = music::estimateKey(
        durations, tune.notes.empty() ? -1 : music::Pitch{tune.notes.back().pitch}.pitchClass());
    const bool usual = !tune.key || *tune.key == music::Key{};
    if (tune.key && inside >= kFitsKey * all && (!usual || vouched || heard.scale() == music::Key{}.scale()))
        return *tune.key;
    return heard;
}

TuneSong songOfTune(const Tune& tune, const TuneFrame& frame, const language::Reader& reader)
{
    TuneSong result;
    compose::Form& form = result.form;
    form.meter = frame.meter;
    form.tempo = frame.tempo;
    form.key = frame.key;
    if (tune.notes.empty())
        return result;
    const std::int64_t bar = frame.meter.barLength().value;
    std::vector<LinedNote> notes = linedNotes(tune);
    for (const exchange::MidiText& mark : tune.marks) {
        const std::int64_t at = (mark.onset.value + bar / 2) / bar * bar;
        const auto first = std::find_if(notes.begin(), notes.end(), [&](const LinedNote& note) {
            return !note.goesOn && note.onset.value >= at - bar * 3 / 8;
        });
        if (first != notes.end())
            first->begins = true;
    }
    const auto given = static_cast<std::size_t>(
        std::count_if(tune.notes.begin(), tune.notes.end(), [](const TuneNote& n) { return n.beginsLine; }));
    const std::vector<TuneLine> lines =
        compose::linesOfTune(notes, frame.meter, frame.tempo, tune.hasWords() && given > 1);
    std::vector<Part> parts = tune.marks.empty() ? partsOfLines(lines, bar) : partsOfMarks(lines, tune, bar);
    const std::vector<int> materials = materialsOf(tune, parts);
    nameKinds(tune, materials, parts);

    std::map<SectionKind, int> totals, seen;
    for (const Part& part : parts)
        ++totals[*part.kind];
    const bool mandarin = frame.language == language::Language::Mandarin;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const Part& part = parts[p];
        compose::SectionPlan plan;
        plan.kind = *part.kind;
        plan.name = compose::sectionName(plan.kind, ++seen[plan.kind], totals[plan.kind], mandarin);
        plan.bars = static_cast<int>(std::max<std::int64_t>(1, part.end - part.begin));
        plan.energy = energyOf(plan.kind);
        plan.material = materials[p];
        compose::LyricSection words;
        result.lines.emplace_back();
        std::int64_t next = part.begin; // where the line before ends
        for (const TuneLine& line : part.lines) {
            const std::vector<FileWord> sung = wordsOf(tune, line);
            compose::LyricLine lyric;
            lyric.text = textOf(sung);
            lyric.words = reader.read(lyric.text, frame.language);
            lyric.origin = compose::LineOrigin::Person;
            if (lyric.words.empty())
                continue;
            const std::int64_t end = line.start.value / bar + line.bars;
            // Bars that rest before a line are its own.
            plan.lines.push_back(
                {lyric.syllables(), 0, static_cast<int>(std::max<std::int64_t>(1, end - next))});
            next = end;
            words.lines.push_back(std::move(lyric));
            result.lines.back().push_back(line);
        }
        letterRhymes(words);
        for (std::size_t i = 0; i < words.lines.size(); ++i)
            plan.lines[i].rhyme = words.lines[i].rhyme;
        for (std::size_t before = 0; before < form.sections.size() && plan.sameLyricsAs < 0; ++before) {
            const auto& other = result.lyrics.sections[before].lines;
            if (!words.lines.empty() && other.size() == words.lines.size() &&
                std::equal(other.begin(), other.end(), words.lines.begin(),
                           [](const auto& a, const auto& b) { return a.text == b.text; }))
                plan.sameLyricsAs = static_cast<int>(before);
        }
        form.sections.push_back(std::move(plan));
        result.lyrics.sections.push_back(std::move(words));
    }
    result.lyrics.title = tune.title;
    return result;
}

std::vector<song::Note> notesOfTune(const Tune& tune, const TuneSong& song,
                                    const std::vector<song::SectionPtr>& sections)
{
    std::vector<song::Note> notes;
    for (const TuneNote& from : tune.notes) {
        song::Note note;
        note.onset = from.onset;
        note.duration = from.duration;
        note.shift = from.shift;
        note.pitch = {from.pitch};
        note.velocity = std::clamp(from.velocity, 1, 127);
        notes.push_back(note);
    }
    for (std::size_t s = 0; s < song.lines.size() && s < sections.size(); ++s) {
        for (std::size_t l = 0; l < song.lines[s].size() && l < sections[s]->lines.size(); ++l) {
            const std::vector<FileWord> words = wordsOf(tune, song.lines[s][l]);
            const song::Line& line = sections[s]->lines[l];
            std::vector<std::size_t> all, starts;
            for (const FileWord& word : words) {
                all.insert(all.end(), word.notes.begin(), word.notes.end());
                starts.insert(starts.end(), word.starts.begin(), word.starts.end());
            }
            std::vector<song::SyllableId> ids;
            for (const song::Word& word : line.words)
                for (const song::Syllable& syllable : word.syllables)
                    ids.push_back(syllable.id);
            if (starts.size() == ids.size() || words.size() != line.words.size()) {
                share(notes, all, starts, ids);
                continue;
            }
            for (std::size_t w = 0; w < words.size(); ++w) {
                std::vector<song::SyllableId> own;
                for (const song::Syllable& syllable : line.words[w].syllables)
                    own.push_back(syllable.id);
                share(notes, words[w].notes, words[w].starts, own);
            }
        }
    }
    std::stable_sort(notes.begin(), notes.end(), song::noteBefore);
    return notes;
}

} // namespace cantilena::session
