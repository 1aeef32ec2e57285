#include <compose/form.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <base/random.h>

namespace cantilena::compose {

namespace {

using song::SectionKind;

constexpr int kMostBars = 1500;
constexpr double kUsualSeconds = 150; ///< of a song whose length nobody gave
constexpr double kShortSeconds = 112; ///< and without a bridge
constexpr double kClipSeconds = 72;   ///< and with one verse

double barSeconds(const music::Meter& meter, music::Bpm tempo)
{
    return music::toBeats(meter.barLength()) * 60.0 / tempo.value;
}

music::Meter chooseMeter(const song::Brief& brief, const Style& style)
{
    if (std::find(style.meters.begin(), style.meters.end(), brief.meter) != style.meters.end() ||
        style.meters.empty())
        return brief.meter;
    return style.meters.front();
}

music::Bpm chooseTempo(const song::Brief& brief, const Style& style, const Random& random)
{
    if (brief.tempo)
        return *brief.tempo;
    const double usual = style.usual.value;
    const double mood = std::clamp(brief.arousal + 0.25 * (random.uniform(0) - 0.5), -1.0, 1.0);
    const double span = mood > 0 ? style.fastest.value - usual : usual - style.slowest.value;
    return {std::round(std::clamp(usual + 0.7 * mood * span, style.slowest.value, style.fastest.value))};
}

/// Mode from the mood; a tonic that lets the tune sit in the singer's range: the tonic near the lower third
/// of the range gives an octave above it and a fourth below.
music::Key chooseKey(const song::Brief& brief, const VocalRange& range, const Random& random)
{
    if (brief.key)
        return *brief.key;
    const double minorChance = std::clamp(0.3 - 0.65 * brief.valence, 0.04, 0.92);
    const music::Mode mode = random.uniform(1) < minorChance ? music::Mode::Minor : music::Mode::Major;
    // Keys that players and readers meet often get more weight.
    constexpr std::array<double, 12> kMajor{5, 2, 5, 3, 4, 4, 1, 5, 3, 4, 3, 1};
    constexpr std::array<double, 12> kMinor{4, 3, 4, 1.5, 5, 3, 2, 4, 1, 5, 1.5, 4};
    std::array<double, 12> weights = mode == music::Mode::Major ? kMajor : kMinor;
    for (int tonic = 0; tonic < 12; ++tonic) {
        const int above =
            (tonic - range.low.pitchClass() + 12) % 12; // semitones from the bottom to the tonic
        weights[static_cast<std::size_t>(tonic)] *= above <= 1 ? 1.0 : above <= 7 ? 1.6 : 0.7;
    }
    return {static_cast<int>(random.weighted(weights, 2)), mode};
}

/// Bars of one line: the fewest of 1, 2, 4, 8 that last about three seconds.
int usualLineBars(double bar)
{
    int bars = bar >= 4.6 ? 1 : 2;
    while (bars * bar < 2.9 && bars < 8)
        bars *= 2;
    return bars;
}

struct Syllables {
    int verse = 8;
    int chorus = 7;
};

/// Syllables that fill a line of this many seconds at a comfortable pace.
Syllables usualSyllables(const song::Brief& brief, double lineSeconds)
{
    const bool mandarin = brief.language == language::Language::Mandarin;
    double pace = (mandarin ? 1.75 : 2.05) + 0.35 * brief.arousal;
    if (brief.style == "hip-hop")
        pace *= 1.5;
    const int least = mandarin ? 5 : 6;
    const int most = brief.style == "hip-hop" ? (mandarin ? 10 : 12) : (mandarin ? 9 : 10);
    const int verse = std::clamp(static_cast<int>(std::lround(pace * lineSeconds * 0.86)), least, most);
    return {verse, std::clamp(verse - 1, least, most)};
}

/// One planned section before its lines are filled in.
struct Block {
    SectionKind kind = SectionKind::Verse;
    int bars = 8;
    int lines = 4;
};

int materialOf(SectionKind kind)
{
    return static_cast<int>(kind) + 1;
}

/// Rhyme letters of a section; a zero leaves a line free.
std::vector<char> rhymes(SectionKind kind, int lines, const Random& random)
{
    static constexpr std::array<std::string_view, 3> verse{".A.A", "ABAB", "AABB"};
    static constexpr std::array<std::string_view, 3> chorus{"AABB", "ABAB", ".A.A"};
    // The kind decides, not the place, so that all verses of a song rhyme alike.
    const Random own = random.at({static_cast<std::uint64_t>(kind)});
    const auto& schemes = kind == SectionKind::Chorus || kind == SectionKind::Hook ? chorus : verse;
    const std::string_view scheme = lines <= 2 ? std::string_view("AA") : schemes[own.index(schemes.size())];
    std::vector<char> letters;
    for (int line = 0; line < lines; ++line) {
        const char letter = scheme[static_cast<std::size_t>(line) % scheme.size()];
        const int group = line / static_cast<int>(scheme.size());
        letters.push_back(letter == '.' ? char{0} : static_cast<char>(letter + 2 * group));
    }
    if (lines % 2 == 1 && lines > 1 && lines != 3)
        letters.back() = 0;
    if (lines == 3)
        letters = {'A', 'A', 'A'};
    if (lines == 1)
        letters = {0};
    return letters;
}

/// Syllable counts of a section's lines: pairs of lines answer each other with equal or nearly equal length.
std::vector<int> counts(SectionKind kind, int lines, const Syllables& usual, bool mandarin,
                        const Random& random)
{
    const Random own = random.at({static_cast<std::uint64_t>(kind), 1});
    const bool chorus = kind == SectionKind::Chorus || kind == SectionKind::Hook;
    const int base = chorus ? usual.chorus : usual.verse;
    const int least = mandarin ? 5 : 6;
    const int swing = own.uniform(0) < 0.5 ? 0 : 1;
    const bool secondShorter = own.uniform(1) < 0.75;
    std::vector<int> result;
    for (int line = 0; line < lines; ++line) {
        const bool second = line % 2 == 1;
        result.push_back(std::max(least, base - (second == secondShorter ? swing : 0)));
    }
    return result;
}

double energyOf(SectionKind kind, int number, int count, double arousal)
{
    double energy = 0.5;
    switch (kind) {
    case SectionKind::Intro:
        energy = 0.3;
        break;
    case SectionKind::Verse:
        energy = 0.38 + 0.08 * std::min(number - 1, 2);
        break;
    case SectionKind::PreChorus:
        energy = 0.55 + 0.05 * std::min(number - 1, 2);
        break;
    case SectionKind::Chorus:
        energy = count == 1 ? 0.82 : 0.74 + 0.2 * (number - 1) / (count - 1);
        break;
    case SectionKind::Hook:
        energy = 0.8;
        break;
    case SectionKind::Bridge:
        energy = 0.5;
        break;
    case SectionKind::Solo:
        energy = 0.7;
        break;
    case SectionKind::Interlude:
        energy = 0.42;
        break;
    case SectionKind::Outro:
        energy = 0.3;
        break;
    }
    return std::clamp(energy + 0.12 * arousal, 0.05, 1.0);
}

/// Names, energy, material and repeated words follow from the order of kinds.
void describe(Form& form, bool mandarin, double arousal)
{
    std::map<SectionKind, int> totals, seen;
    for (const SectionPlan& section : form.sections)
        ++totals[section.kind];
    for (SectionPlan& section : form.sections) {
        const int number = ++seen[section.kind];
        section.name = sectionName(section.kind, number, totals[section.kind], mandarin);
        section.energy = energyOf(section.kind, number, totals[section.kind], arousal);
        section.material = materialOf(section.kind);
    }
}

/// Sections that a form may have beside verse and chorus.
struct Parts {
    bool preChorus = false, bridge = true;
    int mostVerses = 8;
};

/// The vocal sections of a song in order; each is a block of four lines, or of two.
std::vector<Block> vocalBlocks(int bars, int lineBars, const Parts& parts, const Random& random)
{
    const int full = 4 * lineBars, half = 2 * lineBars;
    const Block verse{SectionKind::Verse, full, 4}, chorus{SectionKind::Chorus, full, 4};
    const Block pre{SectionKind::PreChorus, half, 2}, shortVerse{SectionKind::Verse, half, 2};
    const Block shortChorus{SectionKind::Chorus, half, 2};
    const Block bridge{SectionKind::Bridge, random.uniform(3) < 0.5 ? full : half,
                       random.uniform(3) < 0.5 ? 4 : 2};
    if (bars < half)
        return {{SectionKind::Chorus, std::max(1, bars), std::clamp(bars / lineBars, 1, 2)}};
    if (bars < full)
        return {shortChorus};
    if (bars < full + half)
        return {chorus};
    if (bars < 2 * full)
        return {shortVerse, chorus};
    if (bars < 2 * full + 2 * half)
        return {verse, chorus};
    if (bars < 4 * full)
        return parts.preChorus ? std::vector<Block>{verse, pre, chorus}
                               : std::vector<Block>{verse, chorus, shortVerse};
    // Verse and chorus in turn; the pre-chorus, the bridge and a last chorus as there is room for them.
    const auto room = [&](const std::vector<Block>& blocks) {
        int used = 0;
        for (const Block& block : blocks)
            used += block.bars;
        return bars - used;
    };
    // A third verse only where much would be left to the band otherwise: two tell most stories.
    std::vector<Block> best;
    int bestCost = 0;
    for (int rounds = std::min(2, parts.mostVerses); rounds <= parts.mostVerses; ++rounds) {
        for (int ending = 0; ending < 3; ++ending) {
            std::vector<Block> blocks;
            for (int round = 0; round < rounds; ++round) {
                blocks.push_back(verse);
                if (parts.preChorus)
                    blocks.push_back(pre);
                blocks.push_back(chorus);
                if (round == 1 && ending > 0 && parts.bridge)
                    blocks.push_back(bridge);
                if (round == 1 && rounds == 2 && ending > 0)
                    blocks.push_back(chorus);
            }
            if (ending == 2 && (parts.bridge || rounds > 2 || parts.mostVerses <= 2))
                blocks.push_back(chorus);
            // Leave a tenth for the band alone, and never less than two bars.
            const int cost = room(blocks) + (rounds - 2) * full;
            if (room(blocks) >= std::max(2, bars / 10) && (best.empty() || cost < bestCost)) {
                best = blocks;
                bestCost = cost;
            }
        }
    }
    if (best.empty() && parts.mostVerses == 1)
        return {verse, chorus, chorus};
    return best.empty() ? std::vector<Block>{verse, chorus, verse, chorus} : best;
}

/// Shares the bars that the words leave among intro, interlude, solo and ending.
std::vector<Block> withBand(std::vector<Block> blocks, int spare, int lineBars)
{
    const int unit = lineBars;
    const auto take = [&spare](int wanted) {
        const int taken = std::clamp(wanted, 0, spare);
        spare -= taken;
        return taken;
    };
    // In order of need: a bar or two to begin, an ending, then longer intro, interlude, solo.
    const bool large = blocks.size() >= 4;
    int intro = 0, outro = 0, interlude = 0, solo = 0;
    if (spare == 1) {
        outro = take(1);
    } else {
        intro = take(std::min(2 * unit, std::max(1, spare / 2 - (spare / 2) % std::min(2, unit))));
        outro = take(large ? 2 * unit : std::min(spare, 2 * unit));
    }
    if (large) {
        interlude = take(spare >= unit ? unit : 0);
        solo = take(spare >= 4 * unit ? 4 * unit : 0);
        interlude += take(spare >= unit ? unit : 0);
    }
    intro += take(std::min(spare - spare % 2, 2 * unit));
    outro += take(std::min(spare, 2 * unit));
    std::vector<Block> result;
    if (intro > 0)
        result.push_back({SectionKind::Intro, intro, 0});
    std::optional<std::size_t> firstChorus, lastChorus;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].kind == SectionKind::Chorus) {
            firstChorus = firstChorus.value_or(i);
            lastChorus = i;
        }
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (solo + spare > 0 && lastChorus && i == *lastChorus && i > 0 && large) {
            result.push_back({SectionKind::Solo, solo + take(spare), 0});
            solo = 0;
        }
        result.push_back(blocks[i]);
        if (interlude > 0 && firstChorus && i == *firstChorus)
            result.push_back({SectionKind::Interlude, interlude, 0});
    }
    outro += take(spare);
    if (outro > 0)
        result.push_back({SectionKind::Outro, outro, 0});
    return result;
}

} // namespace

namespace {

Form formWith(const Parts& parts, double usualSeconds, const song::Brief& brief, const Style& style,
              const VocalRange& range, const Random& random)
{
    const bool mandarin = brief.language == language::Language::Mandarin;
    Form form;
    form.meter = chooseMeter(brief, style);
    form.tempo = chooseTempo(brief, style, random);
    form.key = chooseKey(brief, range, random);

    const double seconds = std::clamp(brief.length ? brief.length->value : usualSeconds, 15.0, 360.0);
    const int bars = std::max(1, static_cast<int>(std::lround(seconds / barSeconds(form.meter, form.tempo))));
    if (brief.length && !brief.tempo) {
        const double exact = bars * music::toBeats(form.meter.barLength()) * 60.0 / seconds;
        form.tempo = {std::clamp(exact, form.tempo.value * 0.96, form.tempo.value * 1.04)};
    }
    const double bar = barSeconds(form.meter, form.tempo);
    const int lineBars = usualLineBars(bar);
    const Syllables usual = usualSyllables(brief, bar * lineBars);

    std::vector<Block> blocks = vocalBlocks(bars, lineBars, parts, random);
    int used = 0;
    for (const Block& block : blocks)
        used += block.bars;
    blocks = withBand(std::move(blocks), bars - used, lineBars);

    std::map<SectionKind, int> first;
    for (const Block& block : blocks) {
        SectionPlan section;
        section.kind = block.kind;
        section.bars = block.bars;
        const int index = static_cast<int>(form.sections.size());
        if (block.lines > 0 && !brief.instrumental) {
            const std::vector<char> letters = rhymes(block.kind, block.lines, random);
            const std::vector<int> syllables = counts(block.kind, block.lines, usual, mandarin, random);
            for (std::size_t line = 0; line < letters.size(); ++line)
                section.lines.push_back(
                    {syllables[line], letters[line], std::max(1, block.bars / block.lines)});
            const bool repeats = block.kind == SectionKind::Chorus || block.kind == SectionKind::PreChorus;
            if (const auto found = first.find(block.kind); found != first.end() && repeats)
                section.sameLyricsAs = found->second;
            first.try_emplace(block.kind, index);
        }
        form.sections.push_back(std::move(section));
    }
    describe(form, mandarin, brief.arousal);
    return form;
}

/// What the form has when nobody says what it should have.
Parts usualParts(const song::Brief& brief, const Random& random)
{
    return {random.uniform(4) < 0.55 + 0.2 * brief.arousal, true, 8};
}

} // namespace

Form planForm(const song::Brief& brief, const Style& style, const VocalRange& range, std::uint64_t seed)
{
    const Random random(seed, "form");
    return formWith(usualParts(brief, random), kUsualSeconds, brief, style, range, random);
}

std::vector<Form> planForms(const song::Brief& brief, const Style& style, const VocalRange& range,
                            std::uint64_t seed)
{
    const Random random(seed, "form");
    std::vector<Form> forms{planForm(brief, style, range, seed)};
    const auto add = [&](const Parts& parts, double usual) {
        Form form = formWith(parts, usual, brief, style, range, random);
        if (std::find(forms.begin(), forms.end(), form) == forms.end())
            forms.push_back(std::move(form));
    };
    for (const bool preChorus : {false, true})
        add({preChorus, true, 8}, kUsualSeconds);
    add({false, true, 2}, kUsualSeconds);
    // Two verses and a chorus are told sooner.
    for (const bool preChorus : {false, true})
        add({preChorus, false, 2}, kShortSeconds);
    add({false, false, 8}, kUsualSeconds);
    if (!brief.length)
        add({false, false, 1}, kClipSeconds);
    return forms;
}

Result<Form> formForLyrics(const song::Brief& brief, const Style& style,
                           const std::vector<GivenSection>& sections, const VocalRange& range,
                           std::uint64_t seed)
{
    const Random random(seed, "form");
    Form form;
    form.meter = chooseMeter(brief, style);
    form.tempo = chooseTempo(brief, style, random);
    form.key = chooseKey(brief, range, random);
    const double bar = barSeconds(form.meter, form.tempo);
    const int lineBars = usualLineBars(bar);
    // Sung at most this fast, with room for a breath.
    const double pace = brief.style == "hip-hop" ? 5.5 : 3.8;

    bool anything = false;
    std::vector<int> index(sections.size(), -1); // of each given section in the form
    if (!sections.empty())
        form.sections.push_back({SectionKind::Intro, "", 2 * lineBars, 0.3, 0, -1, {}});
    for (std::size_t i = 0; i < sections.size(); ++i) {
        SectionPlan section;
        section.kind = sections[i].kind;
        section.bars = 0;
        for (const int syllables : sections[i].syllables) {
            if (syllables <= 0)
                continue;
            int bars = lineBars;
            while (syllables / pace > bars * bar * 0.85 && bars < kMostBars)
                bars += lineBars;
            section.lines.push_back({syllables, 0, bars});
            section.bars += bars;
            if (section.bars > kMostBars)
                return Error{"The lyrics are too long for one song: shorten them to about 700 lines."};
        }
        if (section.lines.empty()) {
            section.bars = 2 * lineBars;
            if (section.kind != SectionKind::Intro && section.kind != SectionKind::Solo &&
                section.kind != SectionKind::Outro)
                section.kind = SectionKind::Interlude;
        }
        anything = anything || !section.lines.empty();
        // Phrases come in even numbers of bars; an odd line gets its answer from the band.
        if (section.bars % 2 == 1 && section.bars > 1)
            ++section.bars;
        const int same = sections[i].sameWordsAs;
        if (same >= 0 && static_cast<std::size_t>(same) < i)
            section.sameLyricsAs = index[static_cast<std::size_t>(same)];
        index[i] = static_cast<int>(form.sections.size());
        form.sections.push_back(std::move(section));
        if (form.totalBars() > kMostBars)
            return Error{"The lyrics are too long for one song: shorten them to about 700 lines."};
    }
    if (!anything)
        return Error{"The lyrics hold no word that can be sung: add at least one line of words."};
    if (form.sections.size() > 1 && form.sections[1].kind == SectionKind::Intro)
        form.sections.erase(form.sections.begin());
    if (form.sections.size() != sections.size() + 1) {
        for (SectionPlan& section : form.sections)
            if (section.sameLyricsAs >= 0)
                --section.sameLyricsAs;
    }
    if (form.sections.back().kind != SectionKind::Outro)
        form.sections.push_back({SectionKind::Outro, "", 2 * lineBars, 0.3, 0, -1, {}});
    describe(form, brief.language == language::Language::Mandarin, brief.arousal);
    return form;
}

std::string sectionName(song::SectionKind kind, int number, int count, bool mandarin)
{
    static const std::map<SectionKind, std::pair<std::string, std::string>> names{
        {SectionKind::Intro, {"Intro", "前奏"}},          {SectionKind::Verse, {"Verse", "主歌"}},
        {SectionKind::PreChorus, {"Pre-chorus", "导歌"}}, {SectionKind::Chorus, {"Chorus", "副歌"}},
        {SectionKind::Bridge, {"Bridge", "桥段"}},        {SectionKind::Solo, {"Solo", "独奏"}},
        {SectionKind::Interlude, {"Interlude", "间奏"}},  {SectionKind::Hook, {"Hook", "记忆点"}},
        {SectionKind::Outro, {"Outro", "尾奏"}}};
    const auto& [english, chinese] = names.at(kind);
    const std::string& base = mandarin ? chinese : english;
    return count > 1 ? base + " " + std::to_string(number) : base;
}

std::vector<LinePlace> linePlaces(const SectionPlan& section, const music::Meter& meter)
{
    std::vector<LinePlace> places;
    int bar = 0;
    for (const LinePlan& line : section.lines) {
        places.push_back({meter.barLength() * bar, meter.barLength() * line.bars});
        bar += line.bars;
    }
    return places;
}

} // namespace cantilena::compose
