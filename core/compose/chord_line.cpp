#include <compose/chord_line.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>

#include "chord_token.h"
#include <compose/section_mark.h>
#include <language/text.h>

namespace cantilena::compose {

namespace {

using music::Chord;
using music::ChordQuality;
using music::Key;
using music::Mode;

constexpr std::size_t kMostBars = 1000;
constexpr std::size_t kMostInBar = 16;
constexpr std::size_t kMostSections = 100;
constexpr std::size_t kLongestQuote = 24; ///< bytes of a chord that an error shows

enum class Sign { Bar, RepeatBegin, RepeatEnd };

struct Passage {
    song::SectionKind kind = song::SectionKind::Verse;
    bool named = false;
    std::vector<std::variant<ChordEntry, Sign>> items;
};

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string quoted(std::string text)
{
    if (text.size() > kLongestQuote) {
        std::size_t end = kLongestQuote;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
            --end;
        text = text.substr(0, end) + "…";
    }
    return "“" + text + "”";
}

// Reading the line
// ---------------------------------------------------------------------------------------------------------

Result<std::vector<Passage>> readPassages(std::string_view text)
{
    if (text.size() > kLongestChordLine)
        return Error{"The chord line is longer than " + std::to_string(kLongestChordLine) +
                     " characters; a line that is shorter than its section goes round again."};
    std::vector<Passage> passages;
    std::size_t chords = 0;
    const auto passage = [&]() -> Passage& {
        if (passages.empty())
            passages.emplace_back();
        return passages.back();
    };
    while (!text.empty()) {
        const std::size_t lineEnd = std::min(text.find('\n'), text.size());
        std::string line = language::normalise(text.substr(0, lineEnd));
        text.remove_prefix(std::min(lineEnd + 1, text.size()));
        for (const auto& [from, to] : {std::pair{"♭", "b"},
                                       {"♯", "#"},
                                       {"【", "["},
                                       {"】", "]"},
                                       {"–", " "},
                                       {"—", " "},
                                       {"→", " "},
                                       {"、", " "},
                                       {"。", " . "},
                                       {"‖", "|"},
                                       {",", " "},
                                       {";", " "},
                                       {">", " "}})
            replaceAll(line, from, to);
        for (std::size_t at = 0; at < line.size();) {
            const char c = line[at];
            if (c == ' ') {
                ++at;
            } else if (c == '[') {
                const std::size_t close = line.find(']', at);
                const std::string mark =
                    line.substr(at + 1, close == std::string::npos ? close : close - at - 1);
                const auto kind = sectionKindOfMark(mark);
                if (close == std::string::npos || !kind)
                    return Error{"The section mark " + quoted(mark) +
                                 " is not known; write one like [Verse], [Chorus], [Bridge] or [副歌]."};
                if (passages.size() >= kMostSections)
                    return Error{"The chord line has more than " + std::to_string(kMostSections) +
                                 " sections; take some away."};
                passages.push_back({*kind, true, {}});
                at = close + 1;
            } else if (c == '|') {
                ++at;
                passage().items.emplace_back(Sign::Bar);
                if (at < line.size() && line[at] == ':') {
                    passage().items.emplace_back(Sign::RepeatBegin);
                    ++at;
                }
            } else if (c == ':' && line.find_first_not_of(' ', at + 1) != std::string::npos &&
                       line[line.find_first_not_of(' ', at + 1)] == '|') {
                passage().items.emplace_back(Sign::Bar);
                passage().items.emplace_back(Sign::RepeatEnd);
                ++at;
            } else {
                const std::size_t end = std::min(line.find_first_of(" |[:", at + 1), line.size());
                const std::string token = line.substr(at, end - at);
                const std::vector<ChordEntry> entries = readChordToken(token);
                if (entries.empty())
                    return Error{"The chord " + quoted(token) + " (number " + std::to_string(chords + 1) +
                                 " of the line) is not known; write chords like C, G/B or F#m7, degrees like "
                                 "vi or V7, or numbers like 6-."};
                for (const ChordEntry& entry : entries)
                    passage().items.emplace_back(entry);
                chords += entries.size();
                at = end;
            }
        }
        // The end of a line of text ends a bar, where there are bars.
        if (!passages.empty() && std::any_of(passages.back().items.begin(), passages.back().items.end(),
                                             [](const auto& item) { return item.index() == 1; }))
            passages.back().items.emplace_back(Sign::Bar);
    }
    if (chords == 0)
        return Error{"The chord line holds no chord; write chords like C G Am F, or leave it out."};
    return passages;
}

using EntryBars = std::vector<std::vector<ChordEntry>>;

/// The bars of a passage, with repetitions written out. Entries are never ChordHold.
Result<EntryBars> barsOf(const Passage& passage)
{
    const Error tooLong{"The chord line has more than " + std::to_string(kMostBars) +
                        " bars; a line that is shorter than its section goes round again."};
    const Error nothingBefore{
        "The chord line repeats a bar where none is before it; begin each section with a chord or with “.”."};
    const bool barred = std::any_of(passage.items.begin(), passage.items.end(),
                                    [](const auto& item) { return item.index() == 1; });
    EntryBars bars;
    std::vector<ChordEntry> bar;
    std::size_t repeatFrom = 0;
    const auto close = [&]() -> Result<void> {
        if (bar.empty())
            return {};
        if (bar.size() > kMostInBar)
            return Error{"A bar of the chord line has more than " + std::to_string(kMostInBar) +
                         " chords; part them with “|”."};
        if (bar.size() == 1 && std::holds_alternative<ChordHold>(bar[0])) {
            if (bars.empty())
                return nothingBefore;
            bar = bars.back();
        }
        for (std::size_t i = 0; i < bar.size(); ++i) {
            if (!std::holds_alternative<ChordHold>(bar[i]))
                continue;
            if (i == 0 && bars.empty())
                return nothingBefore;
            bar[i] = i == 0 ? bars.back().back() : bar[i - 1];
        }
        bars.push_back(std::exchange(bar, {}));
        return bars.size() > kMostBars ? Result<void>(tooLong) : Result<void>();
    };
    for (const auto& item : passage.items) {
        if (const auto* entry = std::get_if<ChordEntry>(&item)) {
            bar.push_back(*entry);
            if (!barred)
                TRY_VOID(close());
            continue;
        }
        TRY_VOID(close());
        if (std::get<Sign>(item) == Sign::RepeatBegin)
            repeatFrom = bars.size();
        if (std::get<Sign>(item) == Sign::RepeatEnd) {
            const std::size_t end = bars.size();
            for (std::size_t i = repeatFrom; i < end; ++i)
                bars.push_back(EntryBars::value_type(bars[i]));
            if (bars.size() > kMostBars)
                return tooLong;
            repeatFrom = bars.size();
        }
    }
    TRY_VOID(close());
    return bars;
}

// From degrees to chords
// ---------------------------------------------------------------------------------------------------------

int pitchClassOf(const ScaleStep& step, const Key& key)
{
    static constexpr std::array<int, 7> kMajor{0, 2, 4, 5, 7, 9, 11};
    static constexpr std::array<int, 7> kMinor{0, 2, 3, 5, 7, 8, 10};
    const auto& scale = key.mode == Mode::Minor && step.alter >= 0 ? kMinor : kMajor;
    return (key.tonic + scale[static_cast<std::size_t>(step.number - 1)] + step.alter + 24) % 12;
}

/// `strict`: bare numbers are major.
Chord chordOf(const ChordDegree& degree, const Key& home, bool strict)
{
    const Key key =
        degree.of ? Key{pitchClassOf(degree.of->first, home), degree.of->second ? Mode::Minor : Mode::Major}
                  : home;
    const bool major = key.mode == Mode::Major;
    const int number = degree.step.number;
    const bool ofKey = degree.step.alter == 0;
    const bool diminished = ofKey && degree.plain && number == (major ? 7 : 2);
    int root = pitchClassOf(degree.step, key);
    ChordQuality quality = degree.overMajor;
    if (degree.roman) {
        // The leading note's chord, which the natural minor scale lacks.
        const bool leading = !major && degree.lower && number == 7 && ofKey;
        if (leading)
            root = (key.tonic + 11) % 12;
        if (degree.lower)
            quality = degree.overMinor;
        if (degree.lower && (diminished || (leading && degree.plain)))
            quality =
                quality == ChordQuality::Minor7 ? ChordQuality::HalfDiminished7 : ChordQuality::Diminished;
    } else if (!strict && ofKey) {
        const bool minor = major ? number == 2 || number == 3 || number == 6 || number == 7
                                 : number == 1 || number == 2 || number == 4 || number == 5;
        if (minor)
            quality = degree.overMinor;
        if (diminished)
            quality =
                quality == ChordQuality::Minor7 ? ChordQuality::HalfDiminished7 : ChordQuality::Diminished;
    }
    Chord chord(root, quality);
    if (const ScaleStep* bass = std::get_if<ScaleStep>(&degree.bass))
        chord.bass = pitchClassOf(*bass, key);
    else if (const int* lowest = std::get_if<int>(&degree.bass))
        chord.bass = *lowest;
    return chord;
}

template<typename Use> void forEachEntry(const std::vector<Passage>& passages, Use use)
{
    for (const Passage& passage : passages)
        for (const auto& item : passage.items)
            if (const auto* entry = std::get_if<ChordEntry>(&item))
                use(*entry);
}

/// How well a chord belongs to a key.
double belongs(const Chord& chord, const Key& key)
{
    const bool minor = key.mode == Mode::Minor;
    const int degree = (chord.root - key.tonic + 12) % 12;
    if (degree == 7 && chord.quality == ChordQuality::Dominant7)
        return 1.3;
    if (minor && degree == 7 && chord.contains(key.tonic + 11))
        return 0.9;
    const std::vector<int> intervals = chord.intervals();
    const bool inside = std::all_of(intervals.begin(), intervals.end(),
                                    [&](int interval) { return key.contains(chord.root + interval); });
    return inside ? 1.0 : key.contains(chord.root) ? -0.2 : -0.6;
}

/// Where the chords of a bar begin, in ticks from its start: on beats while there are enough.
std::int64_t placeInBar(std::size_t index, std::size_t count, const music::Meter& meter)
{
    const std::int64_t bar = meter.barLength().value;
    std::int64_t grid = bar / meter.beats;
    while (bar / grid < static_cast<std::int64_t>(count))
        grid /= 2;
    const auto cells = bar / grid, n = static_cast<std::int64_t>(count);
    return (static_cast<std::int64_t>(index) * cells + n - 1) / n * grid;
}

const ChordSection* sectionFor(const std::vector<ChordSection>& typed, song::SectionKind kind, int number)
{
    const ChordSection* found = nullptr;
    const ChordSection* general = nullptr;
    for (const ChordSection& section : typed) {
        if (!section.named && !general)
            general = &section;
        if (section.named && section.kind == kind && number-- >= 0)
            found = &section;
    }
    return found ? found : general;
}

} // namespace

Result<std::vector<ChordSection>> readChordLine(std::string_view text, const music::Key& key)
{
    TRY(const std::vector<Passage> passages, readPassages(text));
    bool strict = false;
    forEachEntry(passages, [&](const ChordEntry& entry) {
        if (const ChordDegree* degree = std::get_if<ChordDegree>(&entry))
            strict = strict || degree->saysMinor;
    });
    std::vector<ChordSection> sections;
    std::size_t bars = 0;
    for (const Passage& passage : passages) {
        TRY(const EntryBars entries, barsOf(passage));
        ChordSection& section = sections.emplace_back(ChordSection{passage.kind, passage.named, {}});
        for (const std::vector<ChordEntry>& bar : entries) {
            auto& places = section.bars.emplace_back();
            for (const ChordEntry& entry : bar) {
                if (const Chord* chord = std::get_if<Chord>(&entry))
                    places.emplace_back(*chord);
                else if (const ChordDegree* degree = std::get_if<ChordDegree>(&entry))
                    places.emplace_back(chordOf(*degree, key, strict));
                else
                    places.emplace_back();
            }
        }
        bars += section.bars.size();
        if (bars > kMostBars)
            return Error{"The chord line has more than " + std::to_string(kMostBars) +
                         " bars; a line that is shorter than its section goes round again."};
    }
    return sections;
}

Result<ChordLineKey> keyOfChordLine(std::string_view text)
{
    TRY(const std::vector<Passage> passages, readPassages(text));
    std::vector<Chord> symbols;
    bool majorTonic = false, minorTonic = false;
    forEachEntry(passages, [&](const ChordEntry& entry) {
        if (const Chord* chord = std::get_if<Chord>(&entry))
            symbols.push_back(*chord);
        const ChordDegree* degree = std::get_if<ChordDegree>(&entry);
        if (!degree || degree->step.number != 1 || degree->step.alter != 0 || degree->of)
            return;
        if (degree->roman)
            (degree->lower ? minorTonic : majorTonic) = true;
        else if (degree->saysMinor)
            minorTonic = true;
    });
    ChordLineKey result;
    if (majorTonic != minorTonic)
        result.mode = minorTonic ? Mode::Minor : Mode::Major;
    if (symbols.empty())
        return result;
    double best = 0;
    for (const Mode mode : {Mode::Major, Mode::Minor}) {
        for (int tonic = 0; tonic < 12; ++tonic) {
            const Key key{tonic, mode};
            const auto isTonic = [&](const Chord& chord) {
                return chord.root == tonic && chord.isMinor() == (mode == Mode::Minor) &&
                       chord.quality != ChordQuality::Dominant7;
            };
            double score = isTonic(symbols.front()) ? 0.8 : 0;
            score += isTonic(symbols.back()) ? 0.6 : 0;
            score += std::any_of(symbols.begin(), symbols.end(), isTonic) ? 0.4 : 0;
            for (const Chord& chord : symbols)
                score += belongs(chord, key);
            if (!result.key || score > best + 1e-9) {
                best = score;
                result.key = key;
            }
        }
    }
    return result;
}

std::vector<LockedChord> placeChords(const std::vector<ChordSection>& typed, const Form& form)
{
    std::vector<LockedChord> locked;
    const std::int64_t barLength = form.meter.barLength().value;
    std::array<int, 16> seen{};
    std::int64_t start = 0;
    const std::int64_t songEnd = barLength * form.totalBars();
    for (const SectionPlan& plan : form.sections) {
        int& number = seen[static_cast<std::size_t>(plan.kind) % seen.size()];
        const ChordSection* section = sectionFor(typed, plan.kind, number++);
        for (int bar = 0; section && !section->bars.empty() && bar < plan.bars; ++bar) {
            const std::size_t index = static_cast<std::size_t>(bar) % section->bars.size();
            if (!section->named && start + barLength == songEnd && index + 1 < section->bars.size() &&
                form.totalBars() > 1)
                break; // the song would end in the middle of the line
            const auto& places = section->bars[index];
            for (std::size_t i = 0; i < places.size(); ++i) {
                if (!places[i])
                    continue;
                const std::int64_t begin = start + placeInBar(i, places.size(), form.meter);
                const std::int64_t end =
                    start +
                    (i + 1 < places.size() ? placeInBar(i + 1, places.size(), form.meter) : barLength);
                // A chord that goes on in the same bar is one chord.
                if (i > 0 && places[i] == places[i - 1])
                    locked.back().end = {end};
                else
                    locked.push_back({{begin}, {end}, *places[i]});
            }
            start += barLength;
        }
        if (!section || section->bars.empty())
            start += plan.bars * barLength;
    }
    return locked;
}

} // namespace cantilena::compose
