#include <compose/opening.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <sstream>

#include <language/text.h>

#include "opening_words.h"
#include "utf8.h"

namespace cantilena::compose {

namespace {

constexpr int kLeastToTell = 6; ///< syllables

} // namespace

namespace opening {

Parting partLines(const std::vector<int>& syllables, const std::vector<double>& cost, int usual,
                  double within, double stub)
{
    // best[i]: the cost of lines that end before unit i.
    constexpr double kNever = std::numeric_limits<double>::infinity();
    constexpr double kUneven = 0.06;
    constexpr double kLine = 0.5; // of one more line
    constexpr double kClause = 0.35;

    const std::size_t n = syllables.size();
    std::vector<double> best(n + 1, kNever);
    std::vector<std::size_t> from(n + 1, 0);
    best[0] = 0;
    for (std::size_t begin = 0; begin < n; ++begin) {
        if (best[begin] == kNever || cost[begin] < 0)
            continue;
        int sum = 0;
        double inside = 0;
        for (std::size_t end = begin + 1; end <= n && sum <= kLongestOpeningLine; ++end) {
            sum += syllables[end - 1];
            if (end - 1 > begin && cost[end - 1] >= 0 && cost[end - 1] <= kClause)
                inside += within;
            if (sum < kShortestOpeningLine || sum > kLongestOpeningLine)
                continue;
            const double uneven = sum - usual;
            const double total = best[begin] + cost[begin] + inside + kLine + kUneven * uneven * uneven +
                                 (sum <= kShortestOpeningLine ? stub : 0.0);
            if (total < best[end]) {
                best[end] = total;
                from[end] = begin;
            }
        }
    }
    Parting parting;
    parting.found = n > 0 && best[n] != kNever;
    for (std::size_t at = parting.found ? from[n] : 0; at > 0; at = from[at])
        parting.begins.insert(parting.begins.begin(), at);
    return parting;
}

} // namespace opening

std::vector<std::string> readOpening(const std::string& request, language::Language language,
                                     const language::Reader& reader, const language::Dictionary& dictionary)
{
    // Line breaks end clauses; normalise would make spaces of them.
    std::string text;
    std::istringstream stream(request);
    for (std::string line; std::getline(stream, line);)
        text += (text.empty() ? "" : "\n") + language::normalise(line);
    if (language::detect(text) != language)
        return {};
    std::vector<std::vector<std::string>> clauses = language == language::Language::English
                                                        ? opening::englishLines(text, reader, dictionary)
                                                        : opening::mandarinLines(text, reader);
    // Whole clauses, as many as there is room for.
    std::vector<std::string> lines;
    int syllables = 0;
    for (std::vector<std::string>& clause : clauses) {
        if (lines.size() + clause.size() > kMostOpeningLines)
            break;
        for (std::string& line : clause) {
            syllables += reader.countSyllables(line, language);
            lines.push_back(std::move(line));
        }
    }
    return syllables < kLeastToTell ? std::vector<std::string>{} : lines;
}

namespace {

/// Letters and characters of a text as they are compared, and whether a mark stands before each.
struct Units {
    std::string text;
    std::vector<bool> marked;  ///< by byte of `text`
    std::vector<bool> stopped; ///< the same, where the mark ends a sentence
};

Units unitsOf(const std::string& text, language::Language language)
{
    Units units;
    static constexpr std::array<std::string_view, 6> kStops = {"。", "！", "？", ".", "!", "?"};
    bool mark = true, stop = true;
    for (const std::string& character : charactersOf(language::normalise(text))) {
        const auto c = static_cast<unsigned char>(character.front());
        const bool han = character.size() == 3 && c >= 0xE4 && c <= 0xE9;
        const bool letter = han || character.size() == 2 || (character.size() == 1 && std::isalnum(c) != 0);
        if (!letter) {
            const bool inside = character == "'" || character == "-" || character == "\u2019";
            const bool space = character == " " && language == language::Language::English;
            mark = mark || !(inside || space);
            stop = stop || std::find(kStops.begin(), kStops.end(), character) != kStops.end();
            continue;
        }
        for (const char unit : character) {
            units.text += unit >= 'A' && unit <= 'Z' ? static_cast<char>(unit + 32) : unit;
            units.marked.push_back(mark);
            units.stopped.push_back(stop);
            mark = stop = false;
        }
    }
    return units;
}

} // namespace

Opening openingOf(const song::Brief& brief)
{
    Opening opening{linesOf(brief.opening), {}, {}};
    const Units prompt = unitsOf(brief.prompt, brief.language);
    std::size_t at = 0;
    for (const std::string& line : opening.lines) {
        const std::string units = unitsOf(line, brief.language).text;
        const std::size_t found = units.empty() ? std::string::npos : prompt.text.find(units, at);
        opening.begins.push_back(opening.begins.empty() || found == std::string::npos ||
                                 prompt.marked[found]);
        opening.opens.push_back(opening.opens.empty() ||
                                (found != std::string::npos && prompt.stopped[found]));
        if (found != std::string::npos)
            at = found + units.size();
    }
    return opening;
}

std::size_t sectionLines(const Opening& opening)
{
    const std::size_t lines = opening.lines.size();
    if (lines <= kMostSectionLines)
        return lines;
    // No line is left alone.
    for (std::size_t count = kMostSectionLines; count > 1; --count)
        if (lines - count <= kMostSectionLines && lines - count >= 2 && opening.begins[count])
            return count;
    return lines == kMostSectionLines + 1 ? lines : kMostSectionLines;
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        line = language::normalise(line);
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin != std::string::npos)
            lines.push_back(line.substr(begin, line.find_last_not_of(' ') - begin + 1));
    }
    return lines;
}

} // namespace cantilena::compose
