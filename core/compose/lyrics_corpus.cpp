#include "lyrics_corpus.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>

#include <base/hash.h>
#include <language/rhyme.h>

#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

Error damaged(const std::filesystem::path& path)
{
    return Error{"The file " + path.string() + " is missing or damaged; install the program's models again."};
}

Result<std::string> readBytes(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return damaged(path);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    return bytes;
}

std::vector<std::string_view> splitAt(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

double number(std::string_view text)
{
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool isHeldBack(std::uint8_t value)
{
    return value == 0;
}

} // namespace

std::uint64_t foldTokens(std::span<const int> tokens, std::uint64_t salt)
{
    std::uint64_t hash = salt;
    for (const int token : tokens)
        hash = mix64(hash ^ (static_cast<std::uint64_t>(token) + 1));
    return hash;
}

// Counts
// ----------------------------------------------------------------------------------------------------------

std::uint8_t Counts::Table::at(std::uint64_t hash) const
{
    if (slots.empty())
        return 0;
    const std::uint64_t mask = slots.size() - 1;
    const auto mark = static_cast<std::uint32_t>(hash >> 40);
    for (std::uint64_t place = hash & mask;; place = (place + 1) & mask) {
        const std::uint32_t slot = slots[place];
        if (slot == 0)
            return 0;
        if (slot >> 8 == mark)
            return static_cast<std::uint8_t>(slot & 0xFF);
    }
}

Result<Counts> Counts::open(const std::filesystem::path& path, language::Language language)
{
    TRY(const std::string bytes, readBytes(path));
    Counts counts;
    std::size_t at = 12;
    std::uint32_t tables = 0;
    if (bytes.size() < at || !bytes.starts_with("CNTNGR1\n"))
        return damaged(path);
    std::memcpy(&tables, bytes.data() + 8, 4);
    if (tables != (language == language::Language::English ? 4u : 5u))
        return damaged(path);
    for (std::uint32_t i = 0; i < tables; ++i) {
        std::uint32_t size = 0;
        if (bytes.size() - at < 4)
            return damaged(path);
        std::memcpy(&size, bytes.data() + at, 4);
        at += 4;
        // A power of two with at least one empty slot, or a look-up would not end.
        if (size == 0 || (size & (size - 1)) != 0 || (bytes.size() - at) / 4 < size)
            return damaged(path);
        Table table;
        table.slots.resize(size);
        std::memcpy(table.slots.data(), bytes.data() + at, std::size_t{size} * 4);
        if (std::find(table.slots.begin(), table.slots.end(), 0u) == table.slots.end())
            return damaged(path);
        at += std::size_t{size} * 4;
        (i + 1 < tables ? counts.m_orders.emplace_back() : counts.m_company) = std::move(table);
    }
    double total = 0;
    for (const std::uint32_t slot : counts.m_orders[0].slots) {
        if (slot != 0)
            total += std::exp(((slot & 0xFF) - 1) / 8.0);
    }
    counts.m_total = std::max(1.0, total);
    return counts;
}

double Counts::count(std::span<const int> run) const
{
    if (run.empty() || run.size() > m_orders.size())
        return 0;
    const std::uint8_t value = m_orders[run.size() - 1].at(foldTokens(run, run.size()));
    return isHeldBack(value) ? 0 : std::exp((value - 1) / 8.0);
}

double Counts::logProbability(std::span<const int> before, int token) const
{
    const std::size_t most = m_orders.size() - 1;
    if (before.size() > most)
        before = before.subspan(before.size() - most);
    std::vector<int> run(before.begin(), before.end());
    run.push_back(token);
    const std::span<const int> all(run);
    double probability = (count(all.last(1)) + 0.5) / (m_total + 5000.0);
    // Interpolated absolute discounting with a fixed discount; the histories' counts stand in for their
    // types.
    for (std::size_t order = 2; order <= run.size(); ++order) {
        const std::span<const int> whole = all.last(order);
        const double history = count(whole.first(order - 1));
        if (history <= 0)
            break;
        const double hits = count(whole);
        const double keep = history / (history + 12.0);
        const double direct = std::max(0.0, hits - 0.6) / history;
        probability = keep * 0.75 * direct + (1 - keep * 0.75) * probability;
    }
    return std::log(probability);
}

double Counts::company(int a, int b) const
{
    if (a > b)
        std::swap(a, b);
    const int pair[] = {a, b};
    const std::uint8_t value = m_company.at(foldTokens(pair, 99));
    return value == 0 ? 0 : (value - 1) / 24.0;
}

// Guard
// -----------------------------------------------------------------------------------------------------------

Result<Guard> Guard::open(const std::filesystem::path& path)
{
    TRY(const std::string bytes, readBytes(path));
    std::uint32_t run = 0, probes = 0;
    std::uint64_t bits = 0;
    if (bytes.size() < 24 || !bytes.starts_with("CNTGRD1\n"))
        return damaged(path);
    std::memcpy(&run, bytes.data() + 8, 4);
    std::memcpy(&probes, bytes.data() + 12, 4);
    std::memcpy(&bits, bytes.data() + 16, 8);
    if (run < 2 || run > 32 || probes < 1 || probes > 16 || bits < 8 || (bits & (bits - 1)) != 0 ||
        bytes.size() - 24 != bits / 8)
        return damaged(path);
    Guard guard;
    guard.m_run = run;
    guard.m_probes = probes;
    guard.m_mask = bits - 1;
    guard.m_bits.assign(bytes.begin() + 24, bytes.end());
    return guard;
}

bool Guard::contains(std::span<const int> run) const
{
    std::uint64_t hash = foldTokens(run, 77);
    for (std::size_t i = 0; i < m_probes; ++i) {
        const std::uint64_t place = hash & m_mask;
        if ((m_bits[place >> 3] >> (place & 7) & 1) == 0)
            return false;
        hash = mix64(hash);
    }
    return true;
}

bool Guard::copies(std::span<const int> tokens) const
{
    for (std::size_t i = 0; i + m_run <= tokens.size(); ++i) {
        if (contains(tokens.subspan(i, m_run)))
            return true;
    }
    return false;
}

std::size_t Guard::longestKnown(std::span<const int> tokens) const
{
    std::size_t longest = 0, here = 0;
    for (std::size_t i = 0; i + m_run <= tokens.size(); ++i) {
        here = contains(tokens.subspan(i, m_run)) ? here + 1 : 0;
        if (here > 0)
            longest = std::max(longest, m_run - 1 + here);
    }
    return longest;
}

// Corpus
// ----------------------------------------------------------------------------------------------------------

struct CorpusLoader {
    Corpus& corpus;
    const language::Reader& reader;

    Tag tagOf(std::string_view name)
    {
        const auto found = std::find(corpus.m_tags.begin(), corpus.m_tags.end(), name);
        if (found != corpus.m_tags.end())
            return static_cast<Tag>(found - corpus.m_tags.begin());
        if (corpus.m_tags.size() >= 64)
            return kFunction;
        corpus.m_tags.emplace_back(name);
        return static_cast<Tag>(corpus.m_tags.size() - 1);
    }

    int lexemeOf(std::string_view text)
    {
        const auto found = corpus.m_lexemes.find(std::string(text));
        if (found != corpus.m_lexemes.end())
            return found->second;
        const int index = static_cast<int>(corpus.lexemes.size());
        corpus.lexemes.push_back(corpus.describe(text, reader));
        corpus.m_lexemes.emplace(text, index);
        return index;
    }

    bool words(const std::filesystem::path& path)
    {
        std::ifstream file(path);
        std::string line;
        while (std::getline(file, line)) {
            const auto fields = splitAt(line, '\t');
            if (fields.size() != 3)
                return false;
            const int index = lexemeOf(fields[0]);
            Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(index)];
            lexeme.count = static_cast<std::uint32_t>(number(fields[1]));
            lexeme.content = true;
            for (const std::string_view share : splitAt(fields[2], ' ')) {
                const std::size_t colon = share.rfind(':');
                if (colon == std::string_view::npos)
                    return false;
                lexeme.shares.emplace_back(tagOf(share.substr(0, colon)),
                                           static_cast<float>(number(share.substr(colon + 1))));
            }
        }
        corpus.byTag.assign(64, {});
        for (std::size_t i = 0; i < corpus.lexemes.size(); ++i) {
            for (const auto& [tag, share] : corpus.lexemes[i].shares) {
                if (share >= 0.25f)
                    corpus.byTag[tag].push_back(static_cast<int>(i));
            }
        }
        return !corpus.lexemes.empty();
    }

    bool tokens(std::string_view field, std::vector<Token>& out, int& syllables)
    {
        for (const std::string_view piece : splitAt(field, ' ')) {
            const std::size_t slash = piece.rfind('/');
            if (slash == std::string_view::npos || slash == 0)
                return false;
            Token token{lexemeOf(piece.substr(0, slash)), tagOf(piece.substr(slash + 1))};
            syllables += corpus.lexemes[static_cast<std::size_t>(token.lexeme)].syllables;
            out.push_back(token);
        }
        return true;
    }

    bool prototypes(const std::filesystem::path& path)
    {
        std::ifstream file(path);
        std::string line;
        while (std::getline(file, line)) {
            const auto fields = splitAt(line, '\t');
            if (fields[0] == "S" && fields.size() == 9) {
                ModelSong song;
                song.title = fields[1];
                song.genre = fields[2];
                song.pointOfView = fields[3];
                song.tempo = fields[4];
                song.valence = number(fields[5]);
                song.arousal = number(fields[6]);
                std::vector<std::string> words = corpus.space->split(fields[1]);
                for (const std::string_view theme : splitAt(fields[7], '|')) {
                    const auto more = corpus.space->split(theme);
                    words.insert(words.end(), more.begin(), more.end());
                }
                const auto more = corpus.space->split(fields[8]);
                words.insert(words.end(), more.begin(), more.end());
                for (const std::string& word : words) {
                    const int row = isStopWord(word) ? -1 : corpus.space->find(corpus.language, word);
                    if (row >= 0 &&
                        std::find(song.themeRows.begin(), song.themeRows.end(), row) == song.themeRows.end())
                        song.themeRows.push_back(row);
                }
                corpus.m_titles.insert(song.title);
                corpus.songs.push_back(std::move(song));
            } else if (fields[0] == "K" && fields.size() == 2 && !corpus.songs.empty()) {
                ModelSection section;
                section.kind = song::sectionKindOfCode(fields[1]).value_or(song::SectionKind::Verse);
                corpus.songs.back().sections.push_back(std::move(section));
            } else if (fields[0] == "L" && fields.size() == 3 && !corpus.songs.empty() &&
                       !corpus.songs.back().sections.empty()) {
                ModelLine modelLine;
                modelLine.text = fields[1];
                if (fields[2].empty())
                    continue;
                if (!tokens(fields[2], modelLine.tokens, modelLine.syllables))
                    return false;
                corpus.m_lines.insert(lineHash(modelLine.tokens));
                corpus.songs.back().sections.back().lines.push_back(std::move(modelLine));
            } else {
                return false;
            }
        }
        return !corpus.songs.empty();
    }

    bool exchange(const std::filesystem::path& path)
    {
        std::ifstream file(path);
        std::string line;
        while (std::getline(file, line)) {
            const auto fields = splitAt(line, '\t');
            if (fields.size() != 2)
                return false;
            ExchangeClass made;
            for (const std::string_view tag : splitAt(fields[0], ',')) {
                if (tag == "PLACE" || tag == "PERSON")
                    made.name = tag == "PLACE" ? NameKind::Place : NameKind::Person;
                else if (tag == "LIGHT")
                    made.light = true;
                else if (tag != "*")
                    made.tags.push_back(tagOf(tag));
            }
            for (const std::string_view word : splitAt(fields[1], ' ')) {
                if (word == ">") {
                    made.sources.swap(made.words);
                    continue;
                }
                made.words.push_back(lexemeOf(word));
                if (made.name != NameKind::None)
                    corpus.lexemes[static_cast<std::size_t>(made.words.back())].name = true;
            }
            corpus.exchange.push_back(std::move(made));
        }
        corpus.exchangeOf.assign(corpus.lexemes.size(), {});
        for (std::size_t i = 0; i < corpus.exchange.size(); ++i) {
            const ExchangeClass& kind = corpus.exchange[i];
            for (const int word : kind.sources.empty() ? kind.words : kind.sources)
                corpus.exchangeOf[static_cast<std::size_t>(word)].push_back(static_cast<int>(i));
        }
        return !corpus.exchange.empty();
    }

    std::uint64_t lineHash(std::span<const Token> tokens) const
    {
        std::vector<int> ids;
        for (const Token& token : tokens) {
            if (token.tag != kPause)
                ids.push_back(token.lexeme);
        }
        return foldTokens(ids, 5);
    }
};

Lexeme Corpus::describe(std::string_view text, const language::Reader& reader) const
{
    Lexeme lexeme;
    lexeme.text = text;
    if (text == "," || text == "_") {
        lexeme.tokens = {pause};
        return lexeme;
    }
    const language::Word word = reader.word(text, language);
    lexeme.syllables = static_cast<int>(word.syllables.size());
    lexeme.rhyme = language::rhymeKey(word);
    if (language == language::Language::English) {
        lexeme.tokens = {token(text)};
        if (!word.syllables.empty() && !word.syllables.front().phonemes.empty())
            lexeme.vowelStart = language::isEnglishVowel(word.syllables.front().phonemes.front());
    } else {
        for (const std::string& character : charactersOf(text))
            lexeme.tokens.push_back(token(character));
    }
    lexeme.row = space->find(language, text);
    return lexeme;
}

int Corpus::token(std::string_view text) const
{
    const auto found = m_tokens.find(std::string(text));
    return found == m_tokens.end() ? unknown : found->second;
}

int Corpus::lexeme(std::string_view text) const
{
    const auto found = m_lexemes.find(std::string(text));
    return found == m_lexemes.end() ? -1 : found->second;
}

Tag Corpus::tag(std::string_view name) const
{
    const auto found = std::find(m_tags.begin(), m_tags.end(), name);
    return found == m_tags.end() ? kFunction : static_cast<Tag>(found - m_tags.begin());
}

float Corpus::share(int lexeme, Tag tag) const
{
    for (const auto& [other, share] : lexemes[static_cast<std::size_t>(lexeme)].shares) {
        if (other == tag)
            return share;
    }
    return 0;
}

std::shared_ptr<const Corpus> Corpus::withNames(const std::vector<NewName>& names,
                                                const language::Reader& reader) const
{
    auto wider = std::make_shared<Corpus>(*this);
    for (const NewName& name : names) {
        const int index = static_cast<int>(wider->lexemes.size());
        Lexeme lexeme = describe(name.text, reader);
        lexeme.content = true;
        lexeme.name = true;
        wider->lexemes.push_back(std::move(lexeme));
        wider->m_lexemes.emplace(name.text, index);
        wider->exchangeOf.emplace_back();
        for (std::size_t i = 0; i < wider->exchange.size(); ++i) {
            if (wider->exchange[i].name != name.kind)
                continue;
            wider->exchange[i].words.push_back(index);
            wider->exchangeOf.back().push_back(static_cast<int>(i));
        }
    }
    return wider;
}

bool Corpus::offends(std::string_view text) const
{
    std::string padded = " ";
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
        padded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : letter ? c : ' ';
    }
    padded += ' ';
    return std::any_of(m_blocked.begin(), m_blocked.end(), [&](const std::string& word) {
        const bool latin = static_cast<unsigned char>(word[0]) < 0x80;
        return padded.find(latin ? " " + word + " " : word) != std::string::npos;
    });
}

NameKind Corpus::nameKind(int lexeme) const
{
    for (const int index : exchangeOf[static_cast<std::size_t>(lexeme)]) {
        if (const NameKind kind = exchange[static_cast<std::size_t>(index)].name; kind != NameKind::None)
            return kind;
    }
    return NameKind::None;
}

bool Corpus::namesPlaceAt(std::span<const Token> line, std::size_t at) const
{
    static const std::unordered_set<std::string_view> kBefore = {
        "in",     "to",   "from",   "through", "near",    "across", "around", "of",       "into",
        "toward", "past", "beyond", "leaving", "outside", "for",    "back",   "all over", "over"};
    static const std::unordered_set<std::string_view> kPlaces = {
        "town",   "city",   "village", "country",   "valley", "harbor", "harbour", "island", "coast",
        "desert", "county", "suburbs", "mountains", "hills",  "north",  "south",   "east",   "west"};
    if (language != language::Language::English || at == 0 || at + 1 >= line.size())
        return false;
    const auto text = [&](std::size_t i) -> std::string_view {
        return lexemes[static_cast<std::size_t>(line[i].lexeme)].text;
    };
    return (text(at) == "the" || text(at) == "this" || text(at) == "that") &&
           kBefore.contains(text(at - 1)) && kPlaces.contains(text(at + 1)) &&
           (at + 2 == line.size() || line[at + 2].tag == kFunction || line[at + 2].tag == kPause);
}

bool Corpus::areMates(int a, int b) const
{
    const auto& classes = exchangeOf[static_cast<std::size_t>(a)];
    return std::any_of(classes.begin(), classes.end(), [&](int index) {
        const ExchangeClass& kind = exchange[static_cast<std::size_t>(index)];
        return !kind.light && std::find(kind.words.begin(), kind.words.end(), b) != kind.words.end();
    });
}

bool Corpus::isCorpusLine(std::span<const Token> tokens) const
{
    std::vector<int> ids;
    for (const Token& token : tokens) {
        if (token.tag != kPause)
            ids.push_back(token.lexeme);
    }
    return m_lines.contains(foldTokens(ids, 5));
}

Result<std::shared_ptr<const Corpus>> Corpus::load(const std::filesystem::path& models,
                                                   language::Language language,
                                                   std::shared_ptr<const WordSpace> space,
                                                   const language::Reader& reader)
{
    auto corpus = std::make_shared<Corpus>();
    corpus->language = language;
    corpus->space = std::move(space);
    corpus->m_tags = {"F", ",", "NAME"};
    const std::string code(language::code(language));
    const std::filesystem::path folder = models / "lyrics";
    {
        const std::filesystem::path path = folder / ("vocabulary-" + code + ".txt");
        std::ifstream file(path);
        std::string line;
        while (std::getline(file, line)) {
            corpus->m_tokens.emplace(line, static_cast<int>(corpus->vocabulary.size()));
            corpus->vocabulary.push_back(line);
        }
        if (corpus->vocabulary.size() < 100)
            return damaged(path);
    }
    corpus->unknown = corpus->m_tokens.at("<unk>");
    corpus->newline = corpus->m_tokens.at("<nl>");
    corpus->pause = corpus->token(language == language::Language::English ? "," : "_");
    CorpusLoader loader{*corpus, reader};
    for (const auto& [name, good] :
         {std::pair{"words-", loader.words(folder / ("words-" + code + ".txt"))},
          std::pair{"prototypes-", loader.prototypes(folder / ("prototypes-" + code + ".txt"))},
          std::pair{"exchange-", loader.exchange(folder / ("exchange-" + code + ".txt"))}}) {
        if (!good)
            return damaged(folder / (name + code + ".txt"));
    }
    {
        const std::filesystem::path path = folder / "blocked.txt";
        std::ifstream file(path);
        std::string line;
        while (std::getline(file, line)) {
            if (!line.empty() && line[0] != '#')
                corpus->m_blocked.push_back(line);
        }
        if (corpus->m_blocked.empty())
            return damaged(path);
    }
    // The parts of titles, tagged as the chorus that sings them tags them, are found when a title is made.
    TRY(corpus->counts, Counts::open(folder / ("ngrams-" + code + ".bin"), language));
    TRY(corpus->guard, Guard::open(folder / ("guard-" + code + ".bin")));
    return std::shared_ptr<const Corpus>(std::move(corpus));
}

} // namespace cantilena::compose::lyric
