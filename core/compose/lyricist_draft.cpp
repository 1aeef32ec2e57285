#include "lyricist_draft.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <language/rhyme.h>
#include <language/text.h>

#include "lyrics_text.h"
#include "lyrics_writer.h"

namespace cantilena::compose::lyric {

namespace {

constexpr std::array<std::string_view, 21> kArchaic = {
    "thee",  "thou", "thy",   "thine", "thyself", "hath",    "doth",   "hast",   "dost",      "o'er", "e'er",
    "ne'er", "'tis", "'twas", "ere",   "whilst",  "betwixt", "yonder", "whence", "wherefore", "ye"};

std::string lowered(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

/// Whether a text holds a word, both in lower case.
bool holdsWord(std::string_view text, std::string_view word)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end])))
            return true;
    }
    return false;
}

/// Whether a text holds characters of East Asia, or pictures.
bool leavesLatin(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

} // namespace

LyricDraft::LyricDraft(const song::Brief& brief, const Form& form, const Corpus& corpus,
                       const language::Reader& reader)
    : m_form(form), m_corpus(corpus), m_reader(reader), m_prompt(lowered(brief.prompt)),
      m_lines(form.sections.size())
{
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const SectionPlan& section = form.sections[s];
        m_lines[s].resize(section.lines.size());
        for (std::size_t i = 0; section.sameLyricsAs < 0 && i < section.lines.size(); ++i)
            m_sites.push_back({s, i});
    }
}

LyricDraft::Standing LyricDraft::read(const std::string& text) const
{
    Standing line{text, m_reader.read(text, m_corpus.language), {}};
    for (const std::string& unit : wordUnits(line.words, m_corpus.language))
        line.tokens.push_back(m_corpus.token(unit));
    return line;
}

std::string LyricDraft::ownFault(LineSite site, const Standing& line) const
{
    const bool english = m_corpus.language == language::Language::English;
    if (line.words.empty())
        return "is missing";
    if (english ? leavesLatin(line.text) : language::detect(line.text) != m_corpus.language)
        return english ? "is not in English" : "is not in Chinese";
    int syllables = 0;
    for (const language::Word& word : line.words) {
        for (const language::Syllable& syllable : word.syllables) {
            ++syllables;
            if (syllable.guessed)
                return "holds something that cannot be sung, “" + word.text + "”";
        }
    }
    const int wanted = plan(site).syllables;
    if (syllables != wanted)
        return "has " + std::to_string(syllables) + (english ? " syllables" : " characters") +
               " instead of " + std::to_string(wanted);
    if (m_corpus.offends(line.text))
        return "holds a word that is not sung here";
    const std::string lower = lowered(line.text);
    for (const std::string_view word : kArchaic) {
        if (english && holdsWord(lower, word) && !holdsWord(m_prompt, word))
            return "holds the archaic word “" + std::string(word) + "”";
    }
    return {};
}

std::string LyricDraft::rhymeFault(LineSite site, const Standing& line) const
{
    const char letter = plan(site).rhyme;
    if (letter == 0)
        return {};
    const auto wanted = m_rhymes.find({site.section, letter});
    const std::string mate = rhymesWith(site);
    if (wanted != m_rhymes.end() && language::rhymeKey(line.words.back()) != wanted->second)
        return mate.empty() ? "does not rhyme with the others of its letter"
                            : "does not rhyme with “" + mate + "”";
    for (std::size_t i = 0; i < m_lines[site.section].size(); ++i) {
        const LineSite other{site.section, i};
        if (other == site || !filled(other) || plan(other).rhyme != letter)
            continue;
        switch (language::rhyme(line.words.back(), words(other).back())) {
        case language::Rhyme::True:
            break;
        case language::Rhyme::Identical:
            return "ends with the same sound as “" + text(other) + "”, not with another word that rhymes";
        default:
            return "does not rhyme with “" + text(other) + "”";
        }
    }
    return {};
}

bool LyricDraft::repeats(LineSite site, const Standing& line) const
{
    const std::string lower = lowered(line.text);
    for (const LineSite other : m_sites) {
        const bool sameHook = other.section == site.section && isHook(m_form.sections[site.section].kind);
        if (other != site && !sameHook && filled(other) && lowered(text(other)) == lower)
            return true;
    }
    return false;
}

bool LyricDraft::copies(LineSite site, const Standing& line) const
{
    std::vector<int> tokens;
    std::vector<std::pair<std::size_t, std::size_t>> spans; // of the line in the song
    for (std::size_t s = 0; s < m_form.sections.size(); ++s) {
        const int same = m_form.sections[s].sameLyricsAs;
        const std::size_t source = same >= 0 ? static_cast<std::size_t>(same) : s;
        for (std::size_t i = 0; i < m_lines[source].size(); ++i) {
            const bool here = LineSite{source, i} == site;
            const std::vector<int>& own = here ? line.tokens : m_lines[source][i].tokens;
            if (here)
                spans.emplace_back(tokens.size(), tokens.size() + own.size());
            tokens.insert(tokens.end(), own.begin(), own.end());
        }
    }
    const std::size_t reach = m_corpus.guard.run() - 1;
    return std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
        const std::size_t from = span.first > reach ? span.first - reach : 0;
        const std::size_t to = std::min(tokens.size(), span.second + reach);
        return m_corpus.guard.copies(std::span(tokens).subspan(from, to - from));
    });
}

std::string LyricDraft::faultOf(LineSite site, const Standing& line) const
{
    if (std::string own = ownFault(site, line); !own.empty())
        return own;
    if (std::string rhyme = rhymeFault(site, line); !rhyme.empty())
        return rhyme;
    if (repeats(site, line))
        return "stands elsewhere in the song already";
    if (copies(site, line))
        return "may stand in an existing text";
    return {};
}

std::string LyricDraft::fault(LineSite site, const std::string& wording) const
{
    return faultOf(site, read(wording));
}

std::string LyricDraft::titleFault(const std::string& title) const
{
    const Standing line = read(title);
    int syllables = 0;
    bool guessed = false;
    for (const language::Word& word : line.words) {
        syllables += static_cast<int>(word.syllables.size());
        guessed = guessed || std::any_of(word.syllables.begin(), word.syllables.end(),
                                         [](const language::Syllable& s) { return s.guessed; });
    }
    if (syllables < 1 || syllables > 12 || guessed || m_corpus.offends(title) ||
        m_corpus.guard.copies(line.tokens) || m_corpus.isCorpusTitle(title))
        return "cannot be a title";
    return {};
}

void LyricDraft::chooseRhymes(const Wordings& wordings)
{
    struct Votes {
        int lines = 0;
        std::size_t first = 0;
    };
    std::map<std::pair<std::size_t, char>, std::map<std::string, Votes>> votes;
    std::size_t order = 0;
    for (const LineSite site : m_sites) {
        const auto offered = wordings.find(site);
        const std::pair group{site.section, plan(site).rhyme};
        if (group.second == 0 || offered == wordings.end() || m_rhymes.contains(group))
            continue;
        std::set<std::string> seen;
        for (const std::string& wording : offered->second) {
            const Standing line = read(wording);
            if (!ownFault(site, line).empty())
                continue;
            const std::string key = language::rhymeKey(line.words.back());
            if (seen.insert(key).second)
                ++votes[group].try_emplace(key, Votes{0, order++}).first->second.lines;
        }
    }
    for (const auto& [group, keys] : votes) {
        const auto best = std::max_element(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
            return a.second.lines != b.second.lines ? a.second.lines < b.second.lines
                                                    : a.second.first > b.second.first;
        });
        m_rhymes[group] = best->first;
    }
}

void LyricDraft::take(const Wordings& wordings)
{
    // Again while lines come in: a sound that no line could take binds nobody the next time.
    for (bool again = true; again;) {
        again = false;
        chooseRhymes(wordings);
        for (const auto& [site, offered] : wordings) {
            for (const std::string& wording : offered) {
                if (filled(site))
                    break;
                Standing line = read(wording);
                if (!faultOf(site, line).empty())
                    continue;
                m_lines[site.section][site.line] = std::move(line);
                again = true;
            }
        }
        for (const LineSite site : m_sites) {
            if (!filled(site) && rhymesWith(site).empty())
                m_rhymes.erase({site.section, plan(site).rhyme});
        }
    }
}

bool LyricDraft::replaceSection(std::size_t section, const std::vector<std::string>& lines)
{
    const std::vector<Standing> before = m_lines[section];
    for (std::size_t i = 0; i < m_lines[section].size(); ++i)
        m_lines[section][i] = i < lines.size() ? read(lines[i]) : Standing{};
    for (std::size_t i = 0; i < m_lines[section].size(); ++i) {
        const LineSite site{section, i};
        if (!ownFault(site, at(site)).empty() || repeats(site, at(site)) || copies(site, at(site))) {
            m_lines[section] = before;
            return false;
        }
    }
    return true;
}

std::string LyricDraft::rhymesWith(LineSite site) const
{
    const char letter = plan(site).rhyme;
    for (std::size_t i = 0; letter != 0 && i < m_lines[site.section].size(); ++i) {
        const LineSite other{site.section, i};
        if (other != site && filled(other) && plan(other).rhyme == letter)
            return text(other);
    }
    return {};
}

std::vector<std::string> LyricDraft::before(LineSite site) const
{
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < site.line; ++i) {
        if (filled({site.section, i}))
            lines.push_back(text({site.section, i}));
    }
    return lines;
}

} // namespace cantilena::compose::lyric
