#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>

#include "lyrics_corpus.h"
#include "lyrics_numbers.h"

/// The corpus's files.
namespace cantilena::compose::lyric {

namespace {

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

/// A place in a list; where the text is no number, beyond every list.
std::size_t position(std::string_view text)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size()
               ? value
               : std::numeric_limits<std::uint32_t>::max();
}

} // namespace

struct CorpusLoader {
    Corpus& corpus;
    const language::Reader& reader;
    MeaningIndex& meaning;

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

    void addRows(const std::vector<std::string>& words, std::vector<int>& rows) const
    {
        for (const std::string& word : words) {
            const int row = isStopWord(word) ? -1 : corpus.space->find(corpus.language, word);
            if (row >= 0 && std::find(rows.begin(), rows.end(), row) == rows.end())
                rows.push_back(row);
        }
    }

    bool prototypes(const std::filesystem::path& path)
    {
        std::ifstream file(path);
        std::string line;
        while (std::getline(file, line)) {
            const auto fields = splitAt(line, '\t');
            if (fields[0] == "S" && (fields.size() == 9 || fields.size() == 10)) {
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
                addRows(words, song.themeRows);
                song.polished = fields.size() == 10 && fields[9] == "polished";
                if (fields.size() == 10 && !song.polished)
                    return false;
                const std::size_t number = corpus.songs.size();
                corpus.index.add(number, fields[1], SongIndex::Text::Subject);
                corpus.index.add(number, fields[7], SongIndex::Text::Subject);
                corpus.index.add(number, fields[8], SongIndex::Text::Request);
                meaning.add(number, fields[8], fields[1]);
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
                modelLine.polished = corpus.songs.back().polished;
                corpus.m_lines.insert(lineHash(modelLine.tokens));
                corpus.songs.back().sections.back().lines.push_back(std::move(modelLine));
            } else {
                return false;
            }
        }
        return !corpus.songs.empty();
    }

    /// "3:2=in the|by the;7:1=mugs|plates"
    bool places(std::string_view field, ModelLine& line)
    {
        std::size_t end = 0;
        for (const std::string_view entry : splitAt(field, ';')) {
            const std::size_t colon = entry.find(':'), equals = entry.find('=');
            if (colon == std::string_view::npos || equals == std::string_view::npos || equals < colon)
                return false;
            Place place;
            place.begin = position(entry.substr(0, colon));
            place.count = position(entry.substr(colon + 1, equals - colon - 1));
            if (place.count < 1 || place.begin < end || place.begin + place.count > line.tokens.size())
                return false;
            end = place.begin + place.count;
            for (const std::string_view wording : splitAt(entry.substr(equals + 1), '|')) {
                std::vector<int>& words = place.wordings.emplace_back();
                for (const std::string_view word : splitAt(wording, ' '))
                    words.push_back(lexemeOf(word));
            }
            line.places.push_back(std::move(place));
        }
        return true;
    }

    /// "2={}, {}, you silly cat={} , {} , you silly cat"
    bool called(std::string_view field, ModelLine& line)
    {
        const auto parts = splitAt(field, '=');
        if (parts.size() != 3)
            return false;
        CalledLine sung{static_cast<int>(position(parts[0])), std::string(parts[1]), {}};
        for (const std::string_view word : splitAt(parts[2], ' '))
            sung.lexemes.push_back(word == "{}"     ? CalledLine::kName
                                   : word == "{}'s" ? CalledLine::kOwner
                                                    : lexemeOf(word));
        line.called.push_back(std::move(sung));
        return line.called.back().syllables > 0;
    }

    void subjects(std::string_view field, ModelSong& song)
    {
        for (const std::string_view subject : splitAt(field, '|')) {
            song.subjects.emplace_back(subject);
            const auto number = static_cast<std::size_t>(&song - corpus.songs.data());
            corpus.index.addSubject(number, subject);
            meaning.addSubject(number, subject);
            std::vector<std::string> words = corpus.space->split(subject);
            words.insert(words.begin(), std::string(subject));
            addRows(words, song.subjectRows);
        }
    }

    bool wordings(const std::filesystem::path& path)
    {
        std::ifstream file(path);
        std::string line;
        ModelSong* song = nullptr;
        bool any = false;
        while (std::getline(file, line)) {
            const auto fields = splitAt(line, '\t');
            if (fields.size() != 4)
                return false;
            const auto first = position(fields[1]);
            if (fields[0] == "S") {
                if (first >= corpus.songs.size() || corpus.songs[first].title != fields[2])
                    return false;
                song = &corpus.songs[first];
                subjects(fields[3], *song);
            } else {
                const auto at = position(fields[2]);
                if (!song || first >= song->sections.size() || at >= song->sections[first].lines.size())
                    return false;
                ModelLine& changed = song->sections[first].lines[at];
                if (!(fields[0] == "L"   ? places(fields[3], changed)
                      : fields[0] == "C" ? called(fields[3], changed)
                                         : false))
                    return false;
            }
            any = true;
        }
        return any;
    }

    void titles() const
    {
        for (ModelSong& song : corpus.songs) {
            std::string sung = song.title;
            for (const ModelSection& section : song.sections)
                for (const ModelLine& line : section.lines)
                    sung += ". " + line.text;
            song.tellsAge = !agesAndYears(sung, corpus.language).empty();
            for (const std::string& word : corpus.space->split(song.title)) {
                if (const int lexeme = corpus.lexeme(word); lexeme >= 0 && !isStopWord(word))
                    song.titleTokens.push_back({lexeme, kFunction});
            }
        }
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

Result<std::shared_ptr<const Corpus>> Corpus::load(const std::filesystem::path& models,
                                                   language::Language language,
                                                   std::shared_ptr<const WordSpace> space,
                                                   const language::Reader& reader)
{
    auto corpus = std::make_shared<Corpus>();
    corpus->language = language;
    corpus->index = SongIndex(language);
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
    auto meaning = std::make_shared<MeaningIndex>(language, corpus->space);
    CorpusLoader loader{*corpus, reader, *meaning};
    for (const auto& [name, good] :
         {std::pair{"words-", loader.words(folder / ("words-" + code + ".txt"))},
          std::pair{"prototypes-", loader.prototypes(folder / ("prototypes-" + code + ".txt"))},
          std::pair{"wordings-", loader.wordings(folder / ("wordings-" + code + ".txt"))},
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
    loader.titles();
    corpus->meaning = std::move(meaning);
    TRY(corpus->matcher, SongMatcher::load(models, language, corpus->space));
    if (corpus->matcher->songs() != corpus->songs.size())
        return Error{"The model lyrics-match-" + code +
                     " does not fit the songs; install the program's models again."};
    TRY(corpus->counts, Counts::open(folder / ("ngrams-" + code + ".bin"), language));
    TRY(corpus->guard, Guard::open(folder / ("guard-" + code + ".bin")));
    return std::shared_ptr<const Corpus>(std::move(corpus));
}

} // namespace cantilena::compose::lyric
