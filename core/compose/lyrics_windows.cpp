#include "lyrics_windows.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cantilena::compose::lyric {

namespace {

constexpr double kTakesName = 3.0; // for a line that can sing a name of the prompt
constexpr double kStory = 7.0;     // of the song whose story is followed, when it is about what was asked for
constexpr double kSecondOfSong = 3.0, kThirdOfSong = 1.5;
constexpr double kSameKind = 1.5;   // of the song that an earlier section of the kind borrowed from
constexpr double kInOrder = 8.0;    // of the purposes of a story's own sections
constexpr double kOtherVerse = 1.5; // for each verse between the one that is planned and the story's
constexpr double kLater = 0.3;      // for each line of the story's section that is passed over
constexpr double kChance = 0.9;     // of the best windows
constexpr double kNoise = 0.3;      // so that seeds differ

bool isHook(song::SectionKind kind)
{
    return kind == song::SectionKind::Chorus || kind == song::SectionKind::Hook;
}

int endLexeme(const Corpus& corpus, const ModelLine& line)
{
    for (auto token = line.tokens.rbegin(); token != line.tokens.rend(); ++token) {
        if (corpus.lexemes[static_cast<std::size_t>(token->lexeme)].syllables > 0)
            return token->lexeme;
    }
    return -1;
}

std::string_view endRhyme(const Corpus& corpus, const ModelLine& line)
{
    const int lexeme = endLexeme(corpus, line);
    return lexeme < 0 ? std::string_view()
                      : std::string_view(corpus.lexemes[static_cast<std::size_t>(lexeme)].rhyme);
}

bool sameView(std::string_view a, std::string_view b)
{
    return a == b || ((a == "I" || a == "you" || a == "we") && (b == "I" || b == "you" || b == "we"));
}

/// Whether any line of the window was borrowed before.
bool overlaps(const std::vector<Window>& taken, const Window& window, int lines)
{
    for (const Window& other : taken) {
        if (other.song == window.song && other.section == window.section &&
            window.first < other.first + other.lines * other.stride &&
            other.first < window.first + lines * window.stride)
            return true;
    }
    return false;
}

int genderOfLine(const Corpus& corpus, const ModelLine& line)
{
    int sum = 0;
    for (const Token& token : line.tokens) {
        const std::string& text = corpus.lexemes[static_cast<std::size_t>(token.lexeme)].text;
        if (text == "she" || text == "her" || text == "she's" || text == "hers" || text == "她")
            ++sum;
        else if (text == "he" || text == "his" || text == "him" || text == "he's" || text == "他")
            --sum;
    }
    return sum;
}

} // namespace

bool takesName(const Corpus& corpus, const ModelLine& line, int name)
{
    const Lexeme& wanted = corpus.lexemes[static_cast<std::size_t>(name)];
    const bool place = corpus.nameKind(name) == NameKind::Place;
    const int end = endLexeme(corpus, line);
    for (std::size_t t = 0; t < line.tokens.size(); ++t) {
        const int here = line.tokens[t].lexeme;
        const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(here)];
        if (lexeme.name && here != end && lexeme.syllables == wanted.syllables && corpus.areMates(name, here))
            return true;
        // "in the town" makes way for "in Hangzhou".
        if (place && t + 1 < line.tokens.size() && corpus.namesPlaceAt(line.tokens, t) &&
            1 + corpus.lexemes[static_cast<std::size_t>(line.tokens[t + 1].lexeme)].syllables ==
                wanted.syllables)
            return true;
    }
    return false;
}

double affinity(const ModelSong& song, const WindowWish& wish)
{
    double sum = -0.55 * std::abs(song.valence - wish.valence) - 0.3 * std::abs(song.arousal - wish.arousal);
    sum += sameView(song.pointOfView, wish.pointOfView) ? 0.0 : -0.5;
    sum += song.genre == wish.genre ? 0.12 : 0.0;
    sum += song.tempo == wish.tempo ? 0.08 : 0.0;
    return sum;
}

std::vector<Window> rankWindows(const Corpus& corpus, const Theme& theme, const WindowWish& wish,
                                const Borrowed& borrowed, const Random& random, std::size_t count)
{
    const std::size_t need = wish.lines.size();
    double weights = 0.3;
    for (const Query& query : theme.queries)
        weights += query.weight;
    std::vector<Window> found;
    // A hook says what the song is about; elsewhere it is enough to come from a song about it.
    const double aboutShare = isHook(wish.kind) ? 0.6 : 0.8, mentionShare = isHook(wish.kind) ? 0.7 : 0.3,
                 alone = isHook(wish.kind) ? 1.0 : 0.55;
    std::vector<float> meta(theme.queries.size()), here(theme.queries.size());
    const auto fitOf = [&](const ModelSection& section, const Window& window) -> std::optional<double> {
        std::fill(here.begin(), here.end(), 0.0f);
        int names = 0, gender = 0, rhymed = 0;
        bool named = false;
        double shape = 0;
        const auto lineAt = [&](std::size_t i) -> const ModelLine& {
            return section
                .lines[static_cast<std::size_t>(window.first) + i * static_cast<std::size_t>(window.stride)];
        };
        for (std::size_t i = 0; i < need; ++i) {
            const ModelLine& line = lineAt(i);
            const int longer = line.syllables - wish.lines[i].syllables;
            const int off = std::abs(longer);
            // The form gives way to a story's lines, to longer ones more, as the bars have room.
            const bool story = wish.anyShape && wish.onlySong >= 0;
            if (off > (story ? (longer > 0 ? wish.longer : wish.shorter) : wish.anyShape ? 2 : 3))
                return std::nullopt;
            shape += wish.anyShape ? 0.08 * off : off == 0 ? 0 : off == 1 ? 0.8 : off == 2 ? 1.4 : 2.0;
            gender += genderOfLine(corpus, line);
            named = named || (wish.name >= 0 && takesName(corpus, line, wish.name));
            for (const Token& token : line.tokens) {
                names += token.tag == kName ? 1 : 0;
                const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(token.lexeme)];
                if (!lexeme.content && !lexeme.name)
                    continue;
                for (std::size_t q = 0; q < here.size(); ++q)
                    here[q] = std::max(here[q], theme.likeness[q][static_cast<std::size_t>(token.lexeme)]);
            }
        }
        for (std::size_t i = 0; i < need; ++i) {
            for (std::size_t j = i + 1; j < need; ++j) {
                if (wish.anyShape) {
                    rhymed += endRhyme(corpus, lineAt(i)) == endRhyme(corpus, lineAt(j)) &&
                                      endLexeme(corpus, lineAt(i)) != endLexeme(corpus, lineAt(j))
                                  ? 1
                                  : 0;
                } else if (wish.lines[i].rhyme != 0 && wish.lines[j].rhyme == wish.lines[i].rhyme) {
                    shape += endRhyme(corpus, lineAt(i)) != endRhyme(corpus, lineAt(j)) ? 1.4 : 0.0;
                    break;
                }
            }
        }
        if (wish.anyShape && wish.onlySong < 0 && need >= 2 && rhymed == 0)
            return std::nullopt;
        double fit = 0;
        for (std::size_t q = 0; q < here.size(); ++q) {
            // Words that only share a field (one relative and another) do not make a song about the subject.
            // Lines of a song about the subject go together; lines that only mention it do not.
            const double about = std::max(0.0, (meta[q] - kSharedField) / (1.0 - kSharedField)),
                         mention = here[q];
            const double near =
                std::min(1.0, std::max(aboutShare * about + mentionShare * mention, alone * mention));
            fit += theme.queries[q].weight * near * near;
        }
        return 10.0 * wish.themeWeight * fit / weights - shape + (named ? kTakesName : -0.45 * names) -
               (theme.gender * gender < 0 ? 0.5 : 0.0);
    };
    for (std::size_t s = 0; s < corpus.songs.size(); ++s) {
        // A story is told in its own order.
        const bool told = static_cast<int>(s) == wish.story.song || static_cast<int>(s) == wish.onlySong;
        if (wish.onlySong >= 0 && static_cast<int>(s) != wish.onlySong)
            continue;
        const ModelSong& song = corpus.songs[s];
        for (std::size_t q = 0; q < theme.queries.size(); ++q) {
            meta[q] = 0;
            if (theme.queries[q].row < 0)
                continue;
            for (const std::vector<int>* rows : {&song.themeRows, &song.subjectRows}) {
                for (const int row : *rows)
                    meta[q] = std::max(
                        meta[q], static_cast<float>(corpus.space->similarity(row, theme.queries[q].row)));
            }
        }
        const auto times = borrowed.find(static_cast<int>(s));
        double base = affinity(song, wish);
        // Sections of one song tell one story. Where the story itself has no lines that fit, one other song
        // helps out rather than several.
        if (static_cast<int>(s) == wish.story.song)
            base += kStory * (0.4 + 0.6 * wish.story.about);
        else if (times != borrowed.end())
            base += times->second == 1 ? kSecondOfSong : times->second == 2 ? kThirdOfSong : -2.0;
        if (static_cast<int>(s) == wish.sameSong)
            base += kSameKind;
        int verses = 0;
        for (std::size_t k = 0; k < song.sections.size(); ++k) {
            const ModelSection& section = song.sections[k];
            double purpose = purposeFit(wish.purpose, purposeOf(song, k));
            if (told) {
                const bool verse = section.kind == song::SectionKind::Verse;
                purpose =
                    kInOrder * purpose -
                    (verse && wish.kind == section.kind ? kOtherVerse * std::abs(verses - wish.verse) : 0.0);
                verses += verse ? 1 : 0;
            }
            for (int stride = 1; stride <= (need == 2 && !wish.anyShape ? 2 : 1); ++stride) {
                const std::size_t reach = (need - 1) * static_cast<std::size_t>(stride) + 1;
                for (std::size_t first = 0; first + reach <= section.lines.size();
                     first += stride == 1 ? 2 : 1) {
                    Window window{static_cast<int>(s), static_cast<int>(k), static_cast<int>(first), stride,
                                  base + purpose - (told ? kLater * static_cast<double>(first) : 0.0)};
                    if (overlaps(wish.taken, window, static_cast<int>(need)))
                        continue;
                    // Two lines out of four often leave their clause behind.
                    if (stride == 2)
                        window.score -= 1.5;
                    if (wish.previous && wish.previous->song == window.song &&
                        wish.previous->section == window.section)
                        window.score +=
                            window.first == wish.previous->first + 2 && stride == wish.previous->stride
                                ? 0.8
                                : -0.8;
                    if (const auto fit = fitOf(section, window); fit) {
                        window.score += *fit;
                        found.push_back(window);
                    }
                }
            }
        }
    }
    std::uint64_t draw = 0;
    for (Window& window : found)
        window.score += kNoise * random.normal(draw++);
    // Among the best, chance may choose: another seed is another song.
    const auto better = [](const Window& a, const Window& b) { return a.score > b.score; };
    const std::size_t keep = std::min(count, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(), better);
    found.resize(keep);
    for (Window& window : found)
        window.score += kChance * random.normal(draw++);
    std::stable_sort(found.begin(), found.end(), better);
    return found;
}

std::vector<LinePlan> shapeOf(const Corpus& corpus, const Window& window, std::span<const LinePlan> lines,
                              char first)
{
    std::vector<LinePlan> shape(lines.begin(), lines.end());
    const ModelSection& section = corpus.songs[static_cast<std::size_t>(window.song)]
                                      .sections[static_cast<std::size_t>(window.section)];
    const auto lineAt = [&](std::size_t i) -> const ModelLine& {
        return section
            .lines[static_cast<std::size_t>(window.first) + i * static_cast<std::size_t>(window.stride)];
    };
    for (LinePlan& line : shape)
        line.rhyme = 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        shape[i].syllables = lineAt(i).syllables;
        std::vector<int> ends{endLexeme(corpus, lineAt(i))};
        for (std::size_t j = i + 1; shape[i].rhyme == 0 && j < shape.size(); ++j) {
            const int end = endLexeme(corpus, lineAt(j));
            if (shape[j].rhyme != 0 || endRhyme(corpus, lineAt(i)) != endRhyme(corpus, lineAt(j)) ||
                std::find(ends.begin(), ends.end(), end) != ends.end())
                continue;
            ends.push_back(end);
            shape[j].rhyme = first;
        }
        if (ends.size() > 1)
            shape[i].rhyme = first++;
    }
    return shape;
}

} // namespace cantilena::compose::lyric
