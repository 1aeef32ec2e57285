#include "lyricist_answer.h"

#include <algorithm>
#include <array>
#include <optional>

#include <language/text.h>
#include <nlohmann/json.hpp>

namespace cantilena::compose::lyric {

namespace {

using Json = nlohmann::json;
using Lines = std::vector<std::string>;

constexpr std::size_t kLongestText = 256 * 1024;
constexpr std::size_t kLongestLine = 240; // bytes
constexpr std::size_t kMostLines = 1000;
constexpr std::size_t kMostWordings = 8;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lower;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

/// Takes one of the beginnings off; whether there was one.
bool dropStart(std::string_view& text, std::initializer_list<std::string_view> starts)
{
    for (const std::string_view start : starts) {
        if (text.starts_with(start)) {
            text.remove_prefix(start.size());
            return true;
        }
    }
    return false;
}

bool dropEnd(std::string_view& text, std::initializer_list<std::string_view> ends)
{
    for (const std::string_view end : ends) {
        if (text.ends_with(end)) {
            text.remove_suffix(end.size());
            return true;
        }
    }
    return false;
}

/// "12. ", "3)", "4、", "Line 5:", "第5行:" before a line.
void dropNumber(std::string_view& text)
{
    std::string_view rest = text;
    const bool named = dropStart(rest, {"Line ", "line ", "第"});
    std::size_t digits = 0;
    while (digits < rest.size() && isDigit(rest[digits]))
        ++digits;
    if (digits == 0 || digits > 3)
        return;
    rest.remove_prefix(digits);
    if (named)
        dropStart(rest, {"行", "句"});
    // "7:45" begins a line of lyrics.
    if (dropStart(rest, {". ", ")", "、", ": ", " - "}) || (named && dropStart(rest, {":", " "})))
        text = rest;
}

/// "(8 syllables)", "(A)", "[8]" after a line: what models say about it.
void dropRemark(std::string_view& text)
{
    if (text.empty() || (text.back() != ')' && text.back() != ']'))
        return;
    const std::size_t open = text.find_last_of("([");
    if (open == std::string_view::npos || open == 0)
        return;
    const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
    if (inside.size() <= 1 || (inside.size() < 30 && std::any_of(inside.begin(), inside.end(), isDigit)))
        text = text.substr(0, open);
}

std::string_view trimmed(std::string_view text)
{
    while (dropStart(text, {" ", "\t", "\r", "*", "_", "`", "#", ">", "•", "- ", "– "})) {
    }
    while (dropEnd(text, {" ", "\t", "\r", "*", "_", "`"})) {
    }
    return text;
}

/// Whether a line names a section or speaks about the lyrics.
bool isHeading(std::string_view raw)
{
    const std::string_view text = trimmed(raw);
    if (text.empty() || text.starts_with('[') || text.starts_with("【") || text.ends_with(':') ||
        text.ends_with("：") || text.find("---") != std::string_view::npos)
        return true;
    if (text.size() > 24)
        return false;
    const std::string lower = lowered(text);
    static constexpr std::array<std::string_view, 16> kNames = {
        "verse", "chorus", "pre-chorus", "prechorus", "bridge", "hook", "intro",     "outro",
        "主歌",  "副歌",   "导歌",       "预副歌",    "桥段",   "尾声", "interlude", "json"};
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
        if (!lower.starts_with(name))
            return false;
        // "Verse 2" and "副歌一", but not "Bridge of sighs".
        const std::string_view rest = std::string_view(lower).substr(name.size());
        return rest.size() <= 6 &&
               std::none_of(rest.begin(), rest.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    });
}

/// The title that a plain line names.
std::optional<std::string_view> namedTitle(std::string_view raw)
{
    std::string_view text = trimmed(raw);
    const std::string lower = lowered(text);
    for (const std::string_view name : {"title", "标题", "歌名", "题目"}) {
        if (!lower.starts_with(name))
            continue;
        text.remove_prefix(name.size());
        text = trimmed(text);
        if (dropStart(text, {":", "："}))
            return text;
        return std::nullopt;
    }
    return std::nullopt;
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < 4 * kMostLines) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// What follows the model's thoughts.
std::string_view answerOf(std::string_view text)
{
    text = text.substr(0, kLongestText);
    constexpr std::string_view kThought = "</think>";
    if (const std::size_t at = text.rfind(kThought); at != std::string_view::npos)
        text.remove_prefix(at + kThought.size());
    return text;
}

/// The JSON in a text: from the first to the last bracket of a kind.
Json jsonOf(std::string_view text)
{
    for (const auto& [open, close] : {std::pair{'{', '}'}, std::pair{'[', ']'}}) {
        const std::size_t first = text.find(open), last = text.rfind(close);
        if (first == std::string_view::npos || last == std::string_view::npos || last <= first)
            continue;
        Json json = Json::parse(text.begin() + static_cast<std::ptrdiff_t>(first),
                                text.begin() + static_cast<std::ptrdiff_t>(last + 1), nullptr, false);
        if (!json.is_discarded())
            return json;
    }
    return {};
}

/// The member of that name, or of the first name that is there.
const Json* member(const Json& json, std::initializer_list<const char*> names)
{
    if (!json.is_object())
        return nullptr;
    for (const char* name : names) {
        if (const auto found = json.find(name); found != json.end())
            return &*found;
    }
    return nullptr;
}

std::string_view stringOf(const Json& json)
{
    const auto* text = json.get_ptr<const std::string*>();
    return text ? std::string_view(*text) : std::string_view();
}

/// Lines of a section as arrays, objects or one text with line breaks hold them.
void addLines(const Json& json, language::Language language, Lines& lines)
{
    if (const Json* inner = member(json, {"lines", "lyrics"})) {
        if (!inner->is_object())
            addLines(*inner, language, lines);
        return;
    }
    if (json.is_string()) {
        for (const std::string_view line : splitLines(stringOf(json))) {
            if (lines.size() < kMostLines)
                lines.push_back(cleanLine(line, language));
        }
        return;
    }
    if (!json.is_array())
        return;
    for (const Json& line : json) {
        if (lines.size() >= kMostLines)
            return;
        const Json* text = member(line, {"text", "line", "lyric"});
        // A line that cannot be used keeps its place, so that the ones after it stay in theirs.
        lines.push_back(cleanLine(stringOf(text ? *text : line), language));
    }
}

ModelAnswer readPlain(std::string_view text, language::Language language)
{
    ModelAnswer answer;
    bool open = false;
    std::size_t count = 0;
    for (const std::string_view raw : splitLines(text)) {
        if (const auto title = namedTitle(raw)) {
            answer.title = cleanLine(*title, language);
            open = false;
            continue;
        }
        if (isHeading(raw)) {
            open = false;
            continue;
        }
        std::string line = cleanLine(raw, language);
        if (line.empty() || ++count > kMostLines)
            continue;
        if (!open)
            answer.sections.emplace_back();
        open = true;
        answer.sections.back().push_back(std::move(line));
    }
    return answer;
}

} // namespace

std::string cleanLine(std::string_view raw, language::Language language)
{
    if (raw.size() > 2 * kLongestLine)
        return {};
    std::string whole = language::normalise(raw);
    replaceAll(whole, "’", "'");
    replaceAll(whole, "‘", "'");
    for (const std::string_view mark : {"*", "_", "`", "|", "~"})
        replaceAll(whole, mark, "");
    std::string_view text = trimmed(whole);
    dropNumber(text);
    text = trimmed(text);
    dropRemark(text);
    text = trimmed(text);
    dropStart(text, {"\"", "“", "「", "《"});
    while (dropEnd(text, {" ", ",", ".", ";", ":", "。", "、", "…", "\"", "”", "」", "》"})) {
    }
    std::string line(text);
    if (language == language::Language::Mandarin) {
        for (const std::string_view mark : {",", ".", ";", "。", "、"})
            replaceAll(line, mark, " ");
    }
    replaceAll(line, " / ", ", ");
    line.erase(std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
               line.end());
    // Nobody sings what is in these; it is code, or a remark.
    if (line.size() > kLongestLine || line.find_first_of("<>{}[]\\=") != std::string::npos)
        return {};
    if (!line.empty() && line[0] >= 'a' && line[0] <= 'z' && language == language::Language::English)
        line[0] = static_cast<char>(line[0] - 32);
    return line;
}

ModelAnswer readAnswer(std::string_view text, language::Language language)
{
    text = answerOf(text);
    const Json json = jsonOf(text);
    const Json* sections = member(json, {"sections", "lyrics", "song"});
    if (!sections && json.is_array())
        sections = &json;
    if (!sections || !sections->is_array())
        return readPlain(text, language);
    ModelAnswer answer;
    if (const Json* title = member(json, {"title"}))
        answer.title = cleanLine(stringOf(*title), language);
    // A list of plain lines is one section.
    const bool flat = std::all_of(sections->begin(), sections->end(),
                                  [](const Json& entry) { return entry.is_string(); }) &&
                      std::none_of(sections->begin(), sections->end(), [](const Json& entry) {
                          return stringOf(entry).find('\n') != std::string_view::npos;
                      });
    if (flat) {
        addLines(*sections, language, answer.sections.emplace_back());
        return answer;
    }
    std::size_t count = 0;
    for (const Json& section : *sections) {
        addLines(section, language, answer.sections.emplace_back());
        count += answer.sections.back().size() + 1;
        if (count > kMostLines)
            break;
    }
    return answer;
}

std::vector<Lines> readWordings(std::string_view text, std::size_t count, language::Language language)
{
    text = answerOf(text);
    std::vector<Lines> wordings(count);
    const auto add = [&](std::size_t place, std::string_view raw) {
        std::string line = cleanLine(raw, language);
        if (place < count && !line.empty() && wordings[place].size() < kMostWordings)
            wordings[place].push_back(std::move(line));
    };
    const Json json = jsonOf(text);
    const Json* lines = member(json, {"lines", "wordings", "lyrics"});
    if (!lines && json.is_array())
        lines = &json;
    if (lines && lines->is_array()) {
        for (std::size_t i = 0; i < std::min(count, lines->size()); ++i) {
            const Json& entry = (*lines)[i];
            const Json* inner = member(entry, {"wordings", "lines", "text", "line"});
            const Json& several = inner ? *inner : entry;
            if (several.is_array()) {
                for (const Json& wording : several)
                    add(i, stringOf(wording));
            } else {
                add(i, stringOf(several));
            }
        }
        return wordings;
    }
    if (json.is_object())
        return wordings;
    // Plain lines: as many as were asked for, or a multiple of that.
    Lines plain;
    for (const Lines& section : readPlain(text, language).sections)
        plain.insert(plain.end(), section.begin(), section.end());
    if (count == 0 || plain.empty() || plain.size() % count != 0)
        return wordings;
    const std::size_t each = plain.size() / count;
    for (std::size_t i = 0; i < plain.size(); ++i)
        add(i / each, plain[i]);
    return wordings;
}

} // namespace cantilena::compose::lyric
