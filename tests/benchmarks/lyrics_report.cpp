// Writes songs for a list of prompts and prints what can be counted: lines with the planned syllables, rhymes
// that land, distinct pairs, theme words in title or chorus, longest run shared with a training text, and the
// time a song takes.
//
//     lyrics_report --models DIR [--seed N] [--songs] [--language en|zh] [--baseline lines|counts]
//                   [--prompts FILE] [--stories N] [--openings] [--misfits] [PROMPT...]
//
// Without prompts it uses a list of its own in both languages; FILE has one a line (models/lyrics/evaluate.py
// --prompts 100 prints those of songs that no model has seen). --songs prints the songs. The baselines write
// for the same forms under the same constraints of syllables and rhyme: "lines" takes lines of the corpus at
// random, "counts" samples words by the counts of 3-grams (English) or 4-grams (Chinese characters).
// --stories writes nothing; it prints the N stories that each prompt's song could follow, best first, with
// what speaks for each (columns as in core/compose/lyrics_story.h). --openings prints what of each prompt a
// song opens with (compose/opening.h), and whom and what a song that answers would call, without writing one.
// --misfits writes nothing either; it prints the corpus lines that have wordings of other lengths than what
// they stand for.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <base/random.h>
#include <compose/brief.h>
#include <compose/form.h>
#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/style.h>
#include <compose/telling.h>

#include "../../core/compose/lyrics_corpus.h"
#include "../../core/compose/lyrics_names.h"
#include "../../core/compose/lyrics_story.h"
#include "../../core/compose/lyrics_text.h"
#include "../../core/compose/lyrics_theme.h"

using namespace cantilena;

namespace {

const std::vector<std::string> kPrompts = {
    "a rainy night in Hangzhou, missing my grandmother",
    "an upbeat summer song about driving to the sea with friends",
    "a slow sad ballad about packing up after a breakup",
    "a funny song about a cat that steals breakfast",
    "a lullaby for my baby daughter",
    "an angry rock song about a boss who never pays on time",
    "a jazz song about the last train home",
    "a hopeful song for my sister's wedding",
    "a calm folk song about the first snow in the village",
    "a dance song about Friday night in the city",
    "a song about an old fisherman and his dog",
    "I quit my job to become a baker",
    "写一首关于夏天海边的轻快的歌",
    "雨夜想念外婆，慢一点，伤感",
    "毕业那天和同桌说再见的民谣",
    "深夜加班的人在便利店吃关东煮",
    "写给刚出生的女儿的摇篮曲",
    "愤怒的摇滚，关于总是迟到的公交车",
    "一个人在陌生城市过年，有点孤独",
    "骑单车去见喜欢的人，甜甜的流行歌",
    "外卖员在雨里送最后一单",
    "和老朋友在烧烤摊重逢，开心",
    "一只流浪猫走进了书店",
    "冬天的早晨，妈妈做的一碗面",
};

using compose::lyric::Corpus;
using compose::lyric::Token;

int endOf(const Corpus& corpus, const std::vector<Token>& tokens)
{
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
        if (corpus.lexemes[static_cast<std::size_t>(token->lexeme)].syllables > 0)
            return token->lexeme;
    }
    return -1;
}

/// A line of the corpus with so many syllables that ends in the rhyme key (empty: any), at random.
std::vector<Token> randomLine(const Corpus& corpus, int syllables, const std::string& rhyme,
                              const Random& random)
{
    std::vector<Token> found;
    std::uint64_t seen = 0;
    for (const auto& song : corpus.songs) {
        for (const auto& section : song.sections) {
            for (const auto& line : section.lines) {
                const int end = line.syllables == syllables ? endOf(corpus, line.tokens) : -1;
                if (end < 0 ||
                    (!rhyme.empty() && corpus.lexemes[static_cast<std::size_t>(end)].rhyme != rhyme))
                    continue;
                ++seen;
                if (random.index(static_cast<std::size_t>(seen), seen) == 0)
                    found = line.tokens;
            }
        }
    }
    return found;
}

/// Words by the counts, one after the other, until the syllables are full; of 40 lines the likeliest.
std::vector<Token> countedLine(const Corpus& corpus, int syllables, const std::string& rhyme,
                               const Random& random)
{
    std::vector<int> pool;
    for (std::size_t i = 0; i < corpus.lexemes.size(); ++i) {
        if (corpus.lexemes[i].tokens.size() == 1 && corpus.lexemes[i].syllables > 0 &&
            corpus.lexemes[i].tokens[0] != corpus.unknown)
            pool.push_back(static_cast<int>(i));
    }
    std::vector<Token> best;
    double bestScore = -1e9;
    for (std::uint64_t attempt = 0; attempt < 12; ++attempt) {
        std::vector<Token> line;
        std::vector<int> history{corpus.newline};
        int left = syllables;
        double score = 0;
        for (std::uint64_t step = 0; left > 0; ++step) {
            std::vector<double> weights;
            std::vector<int> words;
            for (const int index : pool) {
                const auto& lexeme = corpus.lexemes[static_cast<std::size_t>(index)];
                if (lexeme.syllables > left ||
                    (lexeme.syllables == left && !rhyme.empty() && lexeme.rhyme != rhyme))
                    continue;
                const double weight = std::exp(corpus.counts.logProbability(history, lexeme.tokens[0]));
                if (weight > 1e-5) {
                    words.push_back(index);
                    weights.push_back(weight);
                }
            }
            if (words.empty())
                break;
            const std::size_t pick = random.at({attempt}).weighted(weights, step);
            const auto& lexeme = corpus.lexemes[static_cast<std::size_t>(words[pick])];
            score += std::log(weights[pick]);
            line.push_back({words[pick], compose::lyric::kFunction});
            history.push_back(lexeme.tokens[0]);
            left -= lexeme.syllables;
        }
        if (left == 0 && score > bestScore) {
            bestScore = score;
            best = line;
        }
    }
    return best;
}

compose::Lyrics baselineLyrics(const compose::Form& form, const Corpus& corpus,
                               const language::Reader& reader, const std::string& kind, const Random& random)
{
    compose::Lyrics lyrics;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        compose::LyricSection section;
        std::map<char, std::string> keys;
        for (std::size_t i = 0; i < form.sections[s].lines.size(); ++i) {
            const compose::LinePlan& plan = form.sections[s].lines[i];
            const std::string rhyme = plan.rhyme != 0 ? keys[plan.rhyme] : std::string();
            const auto write = kind == "lines" ? randomLine : countedLine;
            const std::vector<Token> tokens = write(corpus, plan.syllables, rhyme, random.at({s, i}));
            if (const int end = endOf(corpus, tokens); plan.rhyme != 0 && end >= 0)
                keys[plan.rhyme] = corpus.lexemes[static_cast<std::size_t>(end)].rhyme;
            compose::LyricLine line;
            line.text = compose::lyric::textOf(corpus, tokens);
            line.words = reader.read(line.text, corpus.language);
            line.rhyme = plan.rhyme;
            section.lines.push_back(std::move(line));
        }
        lyrics.sections.push_back(std::move(section));
    }
    return lyrics;
}

/// The stories for a prompt, one a line: number, title, score and its parts.
void printStories(const std::string& prompt, const song::Brief& brief, const compose::Form& form,
                  const Corpus& corpus, const language::Reader& reader, std::size_t count)
{
    const auto theme = compose::lyric::Theme::of(brief, corpus, reader);
    std::printf("\n### %s\n", prompt.c_str());
    const auto stories =
        compose::lyric::rankStories(corpus, theme, brief, form, -1, Random(1, "stories"), count);
    if (!stories)
        std::fprintf(stderr, "%s\n", stories.error().message.c_str());
    for (const auto& story : stories ? *stories : std::vector<compose::lyric::Story>()) {
        const auto& r = story.reasons;
        std::printf("%d\t%s\t%.2f", story.song,
                    corpus.songs[static_cast<std::size_t>(story.song)].title.c_str(), story.score);
        for (const double reason :
             {story.about, r.words, r.phrases, r.all, r.asked, r.askedToo, r.subjects, r.people, r.children,
              r.named, r.manner, r.missing, r.phrased, r.polished, r.near})
            std::printf("\t%.3f", reason);
        std::printf("\n");
    }
}

/// Lines whose written wordings have other syllables than what they stand for, so that they cannot be sung.
void printMisfits(const Corpus& corpus)
{
    const auto syllables = [&](const auto& lexemes, const auto& lexemeOf) {
        int sum = 0;
        for (const auto& item : lexemes)
            sum += corpus.lexemes[static_cast<std::size_t>(lexemeOf(item))].syllables;
        return sum;
    };
    for (const auto& song : corpus.songs) {
        for (const auto& section : song.sections) {
            for (const auto& line : section.lines) {
                for (const auto& place : line.places) {
                    const std::vector<compose::lyric::Token> here(
                        line.tokens.begin() + static_cast<std::ptrdiff_t>(place.begin),
                        line.tokens.begin() + static_cast<std::ptrdiff_t>(place.begin + place.count));
                    const int own = syllables(here, [](const auto& token) { return token.lexeme; });
                    for (const std::vector<int>& wording : place.wordings) {
                        const int other = syllables(wording, [](int lexeme) { return lexeme; });
                        if (other == own)
                            continue;
                        std::string text;
                        for (const int lexeme : wording)
                            text += corpus.lexemes[static_cast<std::size_t>(lexeme)].text + " ";
                        std::printf("%s\t%s\t%d\t%d\t%s\n", song.title.c_str(), line.text.c_str(), own, other,
                                    text.c_str());
                    }
                }
            }
        }
    }
}

/// What a song opens with, and whom it can call.
void printOpening(const song::Brief& brief, const Corpus& corpus)
{
    std::printf("%s\n", brief.prompt.c_str());
    for (const std::string& line : compose::linesOf(brief.opening))
        std::printf("    %s\n", line.c_str());
    std::printf("    [%s]\n", compose::lyric::nameIn(brief.prompt, corpus.language, *corpus.space).c_str());
}

} // namespace

int main(int argc, char** argv)
{
    std::string models = "models", only, baseline;
    std::uint64_t seed = 7;
    bool songs = false, misfits = false, openings = false;
    std::size_t stories = 0;
    std::vector<std::string> prompts;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--models" && i + 1 < argc)
            models = argv[++i];
        else if (argument == "--seed" && i + 1 < argc)
            seed = std::strtoull(argv[++i], nullptr, 10);
        else if (argument == "--language" && i + 1 < argc)
            only = argv[++i];
        else if (argument == "--songs")
            songs = true;
        else if (argument == "--misfits")
            misfits = true;
        else if (argument == "--openings")
            openings = true;
        else if (argument == "--stories" && i + 1 < argc)
            stories = std::strtoull(argv[++i], nullptr, 10);
        else if (argument == "--baseline" && i + 1 < argc)
            baseline = argv[++i];
        else if (argument == "--prompts" && i + 1 < argc) {
            std::ifstream file(argv[++i]);
            std::string line;
            while (std::getline(file, line)) {
                if (!line.empty())
                    prompts.push_back(line);
            }
        } else
            prompts.push_back(argument);
    }
    if (prompts.empty())
        prompts = kPrompts;
    const auto reader = language::Reader::open();
    if (!reader) {
        std::fprintf(stderr, "%s\n", reader.error().message.c_str());
        return 1;
    }
    const auto styles =
        compose::loadStyles(std::filesystem::path(CANTILENA_SOURCE_DIR) / "resources" / "styles");
    if (!styles) {
        std::fprintf(stderr, "%s\n", styles.error().message.c_str());
        return 1;
    }
    const auto space = compose::WordSpace::load(models);
    if (!space) {
        std::fprintf(stderr, "%s\n", space.error().message.c_str());
        return 1;
    }
    std::map<language::Language, compose::LyricModels> loaded;
    std::map<std::string, compose::LyricReport> totals;
    std::map<std::string, std::array<double, 4>> sums; // songs, distinct-2, theme, seconds
    for (const std::string& prompt : prompts) {
        compose::ComposeRequest request;
        request.prompt = prompt;
        auto brief = compose::readBrief(request, **space);
        if (!brief) {
            std::printf("%s\n  %s\n", prompt.c_str(), brief.error().message.c_str());
            continue;
        }
        for (const std::string& line :
             compose::readOpening(prompt, brief->language, **reader, (*space)->dictionary()))
            brief->opening += (brief->opening.empty() ? "" : "\n") + line;
        const std::string code(language::code(brief->language));
        if (!only.empty() && code != only)
            continue;
        if (!loaded.contains(brief->language)) {
            auto lyricModels = compose::LyricModels::load(models, brief->language, *space, **reader);
            if (!lyricModels) {
                std::fprintf(stderr, "%s\n", lyricModels.error().message.c_str());
                return 1;
            }
            if (misfits)
                printMisfits(lyricModels->corpus());
            loaded.emplace(brief->language, std::move(*lyricModels));
        }
        if (misfits)
            continue;
        const compose::LyricModels& lyricModels = loaded.at(brief->language);
        if (openings) {
            printOpening(*brief, lyricModels.corpus());
            continue;
        }
        const compose::Style& style = *compose::findStyle(*styles, brief->style);
        std::vector<compose::Form> forms = compose::planForms(*brief, style, {}, seed);
        if (auto telling = compose::formForTelling(*brief, style, {}, seed, lyricModels, **reader))
            forms.push_back(std::move(*telling));
        if (stories > 0) {
            printStories(prompt, *brief, forms.front(), lyricModels.corpus(), **reader, stories);
            continue;
        }
        const auto begin = std::chrono::steady_clock::now();
        const auto suited = compose::suitForm(forms, *brief, lyricModels, **reader, seed, JobContext());
        if (!suited) {
            std::printf("%s\n  %s\n", prompt.c_str(), suited.error().message.c_str());
            continue;
        }
        const compose::Form form = compose::openedWith(*suited, compose::openingOf(*brief), !brief->length,
                                                       brief->language, **reader);
        const auto lyrics =
            baseline.empty()
                ? compose::writeLyrics(*brief, form, lyricModels, **reader, seed, JobContext())
                : Result<compose::Lyrics>(baselineLyrics(form, lyricModels.corpus(), **reader, baseline,
                                                         Random(seed, prompt.c_str())));
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (!lyrics) {
            std::printf("%s\n  %s\n", prompt.c_str(), lyrics.error().message.c_str());
            continue;
        }
        const compose::LyricReport report =
            compose::measureLyrics(*lyrics, *brief, form, lyricModels, **reader);
        compose::LyricReport& total = totals[code];
        total.lines += report.lines;
        total.exactLines += report.exactLines;
        total.rhymePairs += report.rhymePairs;
        total.trueRhymes += report.trueRhymes;
        total.generatedLines += report.generatedLines;
        total.longestCopied = std::max(total.longestCopied, report.longestCopied);
        auto& sum = sums[code];
        sum[0] += 1;
        sum[1] += report.distinct2;
        sum[2] += report.themeInHook ? 1 : 0;
        sum[3] += seconds;
        if (songs) {
            std::printf("\n### %s\n%s, valence %.2f, arousal %.2f, themes:", prompt.c_str(),
                        brief->style.c_str(), brief->valence, brief->arousal);
            for (const std::string& theme : brief->themes)
                std::printf(" %s", theme.c_str());
            std::printf("\n\"%s\"  (%.2f s", lyrics->title.c_str(), seconds);
            if (report.longestCopied > 0)
                std::printf(", a known run of %zu", report.longestCopied);
            if (!report.themeInHook)
                std::printf(", no theme in title or chorus");
            std::printf(")\n");
            for (std::size_t s = 0; s < form.sections.size(); ++s) {
                if (form.sections[s].sameLyricsAs >= 0)
                    continue;
                std::printf("[%s]\n", form.sections[s].name.c_str());
                for (std::size_t i = 0; i < lyrics->sections[s].lines.size(); ++i) {
                    const compose::LyricLine& line = lyrics->sections[s].lines[i];
                    std::printf("  %c%2d %s%s\n", line.rhyme == 0 ? ' ' : line.rhyme, line.syllables(),
                                line.text.c_str(),
                                line.origin == compose::LineOrigin::Generated ? "   (g)"
                                : line.origin == compose::LineOrigin::Person  ? "   (p)"
                                                                              : "");
                }
            }
        }
    }
    for (const auto& [code, total] : totals) {
        const auto& sum = sums[code];
        std::printf("%s: %.0f songs, %d lines, exact syllables %.1f %%, rhymes %d of %d (%.1f %%), generated "
                    "lines %.1f %%, distinct-2 %.3f, "
                    "theme in title or chorus %.0f %%, longest known run %zu, %.2f s a song\n",
                    code.c_str(), sum[0], total.lines, 100.0 * total.exactLines / std::max(1, total.lines),
                    total.trueRhymes, total.rhymePairs,
                    100.0 * total.trueRhymes / std::max(1, total.rhymePairs),
                    100.0 * total.generatedLines / std::max(1, total.lines), sum[1] / sum[0],
                    100.0 * sum[2] / sum[0], total.longestCopied, sum[3] / sum[0]);
    }
    return 0;
}
