#include "lyrics_story.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "lyrics_writer.h"

namespace cantilena::compose::lyric {

namespace {

constexpr double kSubject = 20.0;       // of a story that is about all of what was asked for
constexpr double kSense = 0.4;          // of the meaning of words beside the very words of the request
constexpr double kMissing = 1.2;        // for each purpose of the form that the song has no section for
constexpr double kChance = 1.2;         // so that seeds tell different stories
constexpr double kNoPlaceForName = 1.2; // of a song without a line that could sing the prompt's name
constexpr double kNamesSubject = 2.5;   // of a song whose hook or title says what was asked for
constexpr double kSays = 0.6;           // likeness of a word that says it
constexpr double kWeighty = 0.5;        // weight of a word that can be said by a like one
constexpr double kElsewhere = 0.7;      // of a word that is sung outside the hook

Purpose purposeOfKind(song::SectionKind kind, bool afterVerse)
{
    switch (kind) {
    case song::SectionKind::Chorus:
    case song::SectionKind::Hook:
        return Purpose::Point;
    case song::SectionKind::PreChorus:
        return Purpose::Lift;
    case song::SectionKind::Bridge:
        return Purpose::Turn;
    case song::SectionKind::Outro:
        return Purpose::Close;
    default:
        return afterVerse ? Purpose::Onward : Purpose::Scene;
    }
}

/// How near a song comes to each query: by its declared themes, its title, and what it sings.
void measure(const Corpus& corpus, const Theme& theme, const ModelSong& song, std::vector<double>& near)
{
    near.assign(theme.queries.size(), 0.0);
    const auto heard = [&](const Token& token, double share) {
        const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(token.lexeme)];
        if (!lexeme.content && !lexeme.name)
            return;
        for (std::size_t q = 0; q < near.size(); ++q)
            near[q] = std::max(
                near[q],
                share * static_cast<double>(theme.likeness[q][static_cast<std::size_t>(token.lexeme)]));
    };
    for (const ModelSection& section : song.sections) {
        for (const ModelLine& line : section.lines) {
            for (const Token& token : line.tokens)
                heard(token, isHook(section.kind) ? 1.0 : kElsewhere);
        }
    }
    for (const Token& token : song.titleTokens)
        heard(token, 1.0);
    for (std::size_t q = 0; q < near.size(); ++q) {
        if (theme.queries[q].row < 0)
            continue;
        double declared = 0;
        for (const int row : song.themeRows)
            declared =
                std::max(declared, static_cast<double>(corpus.space->similarity(row, theme.queries[q].row)));
        near[q] = std::max(near[q], 0.9 * declared);
    }
    // What a person would look for it under says most of what it is about.
    for (std::size_t q = 0; q < near.size(); ++q) {
        const Query& query = theme.queries[q];
        if (std::find(song.subjects.begin(), song.subjects.end(), query.text) != song.subjects.end())
            near[q] = 1;
        for (const int row : query.row < 0 ? std::vector<int>{} : song.subjectRows)
            near[q] = std::max(near[q], static_cast<double>(corpus.space->similarity(row, query.row)));
    }
}

/// Whether the hook or the title says something of what was asked for.
bool namesSubject(const Corpus& corpus, const Theme& theme, const ModelSong& song)
{
    const auto says = [&](const Token& token) {
        const int row = corpus.lexemes[static_cast<std::size_t>(token.lexeme)].row;
        return std::any_of(theme.queries.begin(), theme.queries.end(), [&](const Query& query) {
            return query.own &&
                   (query.lexeme == token.lexeme || (row >= 0 && query.row >= 0 && query.weight >= kWeighty &&
                                                     corpus.space->similarity(row, query.row) > kSays));
        });
    };
    if (std::any_of(song.titleTokens.begin(), song.titleTokens.end(), says))
        return true;
    return std::any_of(song.sections.begin(), song.sections.end(), [&](const ModelSection& section) {
        return isHook(section.kind) &&
               std::any_of(section.lines.begin(), section.lines.end(), [&](const ModelLine& line) {
                   return std::any_of(line.tokens.begin(), line.tokens.end(), says);
               });
    });
}

} // namespace

Purpose purposeOf(const Form& form, std::size_t section)
{
    const SectionPlan& plan = form.sections[section];
    if (plan.sameLyricsAs >= 0)
        return purposeOf(form, static_cast<std::size_t>(plan.sameLyricsAs));
    bool afterVerse = false;
    for (std::size_t s = 0; s < section; ++s)
        afterVerse = afterVerse ||
                     (form.sections[s].kind == song::SectionKind::Verse && !form.sections[s].lines.empty());
    return purposeOfKind(plan.kind, afterVerse);
}

Purpose purposeOf(const ModelSong& song, std::size_t section)
{
    const auto end = song.sections.begin() + static_cast<std::ptrdiff_t>(section);
    const bool afterVerse = std::any_of(song.sections.begin(), end, [](const ModelSection& before) {
        return before.kind == song::SectionKind::Verse;
    });
    return purposeOfKind(song.sections[section].kind, afterVerse);
}

double purposeFit(Purpose wanted, Purpose have)
{
    // Rows: wanted Scene, Onward, Lift, Point, Turn, Close; columns: the same, as the corpus section has it.
    static constexpr std::array<std::array<double, 6>, 6> kFit = {{
        {1.0, 0.3, 0.0, -0.7, -0.1, -0.4},
        {0.3, 1.0, 0.1, -0.7, 0.4, 0.0},
        {0.1, 0.2, 1.0, -0.7, 0.3, -0.2},
        {-0.8, -0.8, -0.6, 1.0, -0.6, -0.3},
        {0.0, 0.4, 0.2, -0.7, 1.0, 0.3},
        {-0.1, 0.4, 0.0, 0.2, 0.3, 1.0},
    }};
    return kFit[static_cast<std::size_t>(wanted)][static_cast<std::size_t>(have)];
}

std::vector<Story> rankStories(const Corpus& corpus, const Theme& theme, const song::Brief& brief,
                               const Form& form, int name, const Random& random, std::size_t count)
{
    double weights = 0.3;
    for (const Query& query : theme.queries)
        weights += query.weight;
    std::array<int, 6> wanted{};
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (!form.sections[s].lines.empty() && form.sections[s].sameLyricsAs < 0)
            ++wanted[static_cast<std::size_t>(purposeOf(form, s))];
    }
    const WindowWish wish = wishFor(brief, form, SectionPlan{});
    std::string request = brief.prompt;
    for (const std::string& text : brief.themes)
        request += " " + text;
    const std::vector<float> coverage = corpus.index.coverage(request);
    std::vector<Story> stories;
    std::vector<double> near;
    for (std::size_t s = 0; s < corpus.songs.size(); ++s) {
        const ModelSong& song = corpus.songs[s];
        measure(corpus, theme, song, near);
        double about = 0, point = 0;
        for (std::size_t q = 0; q < near.size(); ++q) {
            // Words that only share a field do not make a song about the subject.
            const double subject = std::max(0.0, (near[q] - kSharedField) / (1.0 - kSharedField));
            about += theme.queries[q].weight * subject * subject;
            if (theme.queries[q].own)
                point = std::max(point, std::min(1.0, theme.queries[q].weight) * subject * subject);
        }
        // Of a long request a song that is wholly about one thing of it says more than one that has a little
        // of all; and the request's very words say more than words near them.
        about = kSense * (0.5 * std::min(1.0, about / weights) + 0.5 * point) +
                (1 - kSense) * static_cast<double>(coverage[s]);
        std::array<int, 6> has{};
        bool sings = name < 0;
        for (std::size_t k = 0; k < song.sections.size(); ++k) {
            const ModelSection& section = song.sections[k];
            has[static_cast<std::size_t>(purposeOf(song, k))] +=
                static_cast<int>(std::max<std::size_t>(1, section.lines.size() / 4));
            for (std::size_t i = 0; !sings && i < section.lines.size(); ++i)
                sings = takesName(corpus, section.lines[i], name);
        }
        Story story{static_cast<int>(s), about, kSubject * about + affinity(song, wish)};
        story.score += (sings ? 0.0 : -kNoPlaceForName) + kChance * random.normal(s);
        story.score += namesSubject(corpus, theme, song) ? kNamesSubject : 0.0;
        for (std::size_t p = 0; p < wanted.size(); ++p)
            story.score -= kMissing * std::max(0, wanted[p] - has[p]);
        stories.push_back(story);
    }
    const std::size_t kept = std::min(count, stories.size());
    std::partial_sort(stories.begin(), stories.begin() + static_cast<std::ptrdiff_t>(kept), stories.end(),
                      [](const Story& a, const Story& b) {
                          return a.score != b.score ? a.score > b.score : a.song < b.song;
                      });
    stories.resize(kept);
    return stories;
}

} // namespace cantilena::compose::lyric
