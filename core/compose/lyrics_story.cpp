#include "lyrics_story.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "lyrics_asking.h"
#include "lyrics_word_sets.h"
#include "lyrics_writer.h"

namespace cantilena::compose::lyric {

namespace {

// What speaks for a story, in the units of window scores. The weights of words, phrases and what was asked
// were set on 518 plain requests whose best stories people had graded (models/lyrics/CARD.md); meaning only
// decides between stories that the words leave equal.
constexpr double kWords = 8.0;    // of a story that is looked for under all words of the request
constexpr double kPhrases = 10.0; // and under whole subjects made of them
constexpr double kAsked = 5.0;    // of one whose own subjects were all asked for
constexpr double kSense = 0.5;    // of one near the meaning of the words together
constexpr double kPoint = 1.0;    // and near that of one of them
constexpr double kGist = 0.5;     // of one near the request as a whole
constexpr double kSubject = kWords + kPhrases + kAsked + kSense + kPoint + kGist;
// Readers cut lines with one word exchanged twice as often as lines with a phrase said in another way.
constexpr double kPhrased = 2.5;
constexpr double kManner = 0.8;       // of mood, point of view, genre and tempo
constexpr double kOnlyManner = 6.0;   // of it, when nothing else was asked for
constexpr double kWholly = 4.0;       // standard deviations above the average song that are wholly about it
constexpr double kIs = 0.9;           // nearness of a song that is about a word
constexpr double kLeastTelling = 0.3; // of a word that every song is about
constexpr double kMissing = 0.8;      // for each purpose of the form that the song has no section for
constexpr double kChance = 0.9;       // so that seeds tell different stories, of those that are about as good
constexpr double kAbreast = 0.85;     // share of the best one's nearness
constexpr double kNoPlaceForName = 1.2; // of a song without a line that could sing the prompt's name
constexpr double kNamesSubject = 2.5;   // of a song whose hook or title says what was asked for
constexpr double kPeople = 0.5;         // of a song about the person who was named
constexpr double kSamePerson = 0.7;     // likeness of two words for one person
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

/// How much each query tells songs apart: 1 for what one song is about, less for what many are.
std::vector<double> tellingOf(const std::vector<std::vector<double>>& near, std::size_t queries)
{
    std::vector<double> telling(queries, 1.0);
    const double whole = std::log(1.0 + static_cast<double>(near.size()));
    for (std::size_t q = 0; q < queries; ++q) {
        const auto about = std::count_if(near.begin(), near.end(), [&](const auto& n) { return n[q] > kIs; });
        const double rarity =
            std::log(1.0 + static_cast<double>(near.size()) / static_cast<double>(std::max<long>(1, about)));
        telling[q] = kLeastTelling + (1 - kLeastTelling) * rarity / whole;
    }
    return telling;
}

using Meaning = std::vector<double>;

void add(Meaning& sum, const WordSpace& space, int row, double weight)
{
    const std::span<const float> vector = space.vector(row);
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += weight * static_cast<double>(vector[i]);
}

double cosine(const Meaning& a, const Meaning& b)
{
    double ab = 0, aa = 1e-9, bb = 1e-9;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

/// How near the request as a whole comes to what each song is about as a whole, 0 for the average song: a
/// word that both happen to hold is not enough.
std::vector<double> gistOf(const Corpus& corpus, const Theme& theme, const std::vector<double>& telling)
{
    std::vector<double> gist(corpus.songs.size(), 0.0);
    Meaning asked(WordSpace::kSize, 0.0);
    for (std::size_t q = 0; q < theme.queries.size(); ++q) {
        if (theme.queries[q].own && theme.queries[q].row >= 0)
            add(asked, *corpus.space, theme.queries[q].row, theme.queries[q].weight * telling[q]);
    }
    double sum = 0, squares = 0;
    for (std::size_t s = 0; s < gist.size(); ++s) {
        Meaning sung(WordSpace::kSize, 0.0);
        for (const std::vector<int>* rows : {&corpus.songs[s].themeRows, &corpus.songs[s].subjectRows}) {
            for (const int row : *rows)
                add(sung, *corpus.space, row, 0.3 + corpus.space->concreteness(row));
        }
        gist[s] = cosine(asked, sung);
        sum += gist[s];
        squares += gist[s] * gist[s];
    }
    const double mean = sum / static_cast<double>(gist.size());
    const double deviation =
        std::sqrt(std::max(1e-9, squares / static_cast<double>(gist.size()) - mean * mean));
    for (double& value : gist)
        value = std::clamp((value - mean) / (kWholly * deviation), 0.0, 1.0);
    return gist;
}

/// The names of places in a request that lines can sing for one another: a song about the person who is
/// missed can be moved to Hangzhou, one about Hangzhou cannot be made to miss her.
std::string placesIn(const Corpus& corpus, std::string request)
{
    for (char& c : request)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    std::string places;
    for (const std::string& word : corpus.space->split(request)) {
        const int lexeme = corpus.lexeme(word);
        if (lexeme >= 0 && corpus.nameKind(lexeme) == NameKind::Place)
            places += word + " ";
    }
    return places;
}

/// How well a song's people are those that the request names: 2 when title or hook has one of them, 1 when
/// only its subjects do, -2 when the title has only people of the other gender, -1 when the song has, else 0.
double peopleOf(const Corpus& corpus, const std::vector<const Query*>& asked, const ModelSong& song)
{
    struct Met {
        bool same = false, like = false, other = false;
    };
    const auto meet = [&](Met& met, const std::string& word, int row) {
        const int gender = genderOf(word);
        if (gender == 0)
            return;
        for (const Query* query : asked) {
            met.same = met.same || word == query->text ||
                       (kinOf(word) != 0 && kinOf(word) == kinOf(query->text)) ||
                       (gender == genderOf(query->text) && row >= 0 && query->row >= 0 &&
                        corpus.space->similarity(row, query->row) > kSamePerson);
            met.like = met.like || gender == genderOf(query->text);
            met.other = met.other || gender != genderOf(query->text);
        }
    };
    Met title, hook, subjects;
    const auto hear = [&](Met& met, const std::vector<Token>& tokens) {
        for (const Token& token : tokens) {
            const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(token.lexeme)];
            meet(met, lexeme.text, lexeme.row);
        }
    };
    hear(title, song.titleTokens);
    for (const ModelSection& section : song.sections)
        if (isHook(section.kind))
            for (const ModelLine& line : section.lines)
                hear(hook, line.tokens);
    for (const std::string& subject : song.subjects)
        for (const std::string& word : corpus.space->split(subject))
            meet(subjects, word, corpus.space->find(corpus.language, word));
    if (title.other && !title.like)
        return -2;
    if (title.same || hook.same)
        return 2;
    return subjects.same ? 1 : subjects.other && !subjects.like ? -1 : 0;
}

/// How much of what was asked for the hook or the title says, 0..1: the weight of the weightiest word said
/// beside that of the weightiest word asked for.
double namesSubject(const Corpus& corpus, const Theme& theme, const std::vector<double>& telling,
                    const ModelSong& song)
{
    double most = 0, said = 0;
    std::vector<double> weights(theme.queries.size(), 0.0);
    for (std::size_t q = 0; q < weights.size(); ++q) {
        if (theme.queries[q].own)
            weights[q] = std::min(1.0, theme.queries[q].weight) * telling[q];
        most = std::max(most, weights[q]);
    }
    const auto hear = [&](const Token& token) {
        const int row = corpus.lexemes[static_cast<std::size_t>(token.lexeme)].row;
        for (std::size_t q = 0; q < weights.size(); ++q) {
            const Query& query = theme.queries[q];
            if (weights[q] <= said)
                continue;
            if (query.lexeme == token.lexeme)
                said = weights[q];
            else if (row >= 0 && query.row >= 0 && query.weight >= kWeighty)
                if (const double like = corpus.space->similarity(row, query.row); like > kSays)
                    said = std::max(said, like * weights[q]);
        }
    };
    std::for_each(song.titleTokens.begin(), song.titleTokens.end(), hear);
    for (const ModelSection& section : song.sections) {
        if (!isHook(section.kind))
            continue;
        for (const ModelLine& line : section.lines)
            std::for_each(line.tokens.begin(), line.tokens.end(), hear);
    }
    return most > 0 ? said / most : 0;
}

/// The share of a song's lines that can be said in other phrases.
double phrasedOf(const ModelSong& song)
{
    int lines = 0, phrased = 0;
    for (const ModelSection& section : song.sections) {
        for (const ModelLine& line : section.lines) {
            ++lines;
            phrased += isPhrased(line) ? 1 : 0;
        }
    }
    return lines > 0 ? static_cast<double>(phrased) / lines : 0;
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
    std::array<int, 6> wanted{};
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (!form.sections[s].lines.empty() && form.sections[s].sameLyricsAs < 0)
            ++wanted[static_cast<std::size_t>(purposeOf(form, s))];
    }
    const WindowWish wish = wishFor(brief, form, SectionPlan{});
    std::string request = brief.prompt;
    const std::string asking = " " + askingIn(request);
    for (std::size_t t = 0; t < brief.themes.size(); ++t) {
        if (t < static_cast<std::size_t>(brief.chosenThemes) ||
            asking.find(" " + brief.themes[t] + " ") == std::string::npos)
            request += " " + brief.themes[t];
    }
    const std::vector<SongIndex::Match> matches =
        corpus.index.match(subjectOf(request), placesIn(corpus, request));
    // Where only the sound was asked for, the sound decides.
    const bool anything = std::none_of(matches.begin(), matches.end(),
                                       [](const SongIndex::Match& match) { return match.words > 0; });
    std::vector<std::vector<double>> near(corpus.songs.size());
    for (std::size_t s = 0; s < near.size(); ++s)
        measure(corpus, theme, corpus.songs[s], near[s]);
    const std::vector<double> telling = tellingOf(near, theme.queries.size());
    const std::vector<double> gist = gistOf(corpus, theme, telling);
    double weights = 0.3;
    for (std::size_t q = 0; q < telling.size(); ++q)
        weights += theme.queries[q].weight * telling[q];
    std::vector<const Query*> people;
    for (const Query& query : theme.queries)
        if (query.own && genderOf(query.text) != 0)
            people.push_back(&query);
    std::vector<Story> stories;
    for (std::size_t s = 0; s < corpus.songs.size(); ++s) {
        const ModelSong& song = corpus.songs[s];
        double sense = 0, point = 0;
        for (std::size_t q = 0; q < telling.size(); ++q) {
            // Words that only share a field do not make a song about the subject.
            const double subject = std::max(0.0, (near[s][q] - kSharedField) / (1.0 - kSharedField));
            sense += theme.queries[q].weight * telling[q] * subject * subject;
            if (theme.queries[q].own)
                point =
                    std::max(point, telling[q] * std::min(1.0, theme.queries[q].weight) * subject * subject);
        }
        StoryReasons reasons;
        const SongIndex::Match match = s < matches.size() ? matches[s] : SongIndex::Match();
        reasons.words = static_cast<double>(match.words);
        reasons.phrases = static_cast<double>(match.phrases);
        reasons.asked = static_cast<double>(match.asked);
        reasons.sense = std::min(1.0, sense / weights);
        reasons.point = point;
        reasons.gist = gist[s];
        reasons.people = people.empty() ? 0.0 : peopleOf(corpus, people, song);
        reasons.named = namesSubject(corpus, theme, telling, song);
        reasons.manner = affinity(song, wish);
        std::array<int, 6> has{};
        bool sings = name < 0;
        for (std::size_t k = 0; k < song.sections.size(); ++k) {
            const ModelSection& section = song.sections[k];
            has[static_cast<std::size_t>(purposeOf(song, k))] +=
                static_cast<int>(std::max<std::size_t>(1, section.lines.size() / 4));
            for (std::size_t i = 0; !sings && i < section.lines.size(); ++i)
                sings = takesName(corpus, section.lines[i], name);
        }
        reasons.phrased = phrasedOf(song);
        for (std::size_t p = 0; p < wanted.size(); ++p)
            reasons.missing += std::max(0, wanted[p] - has[p]);
        Story story;
        story.song = static_cast<int>(s);
        story.about = (kWords * reasons.words + kPhrases * reasons.phrases + kAsked * reasons.asked +
                       kSense * reasons.sense + kPoint * reasons.point + kGist * reasons.gist) /
                      kSubject;
        story.score = kSubject * story.about + (anything ? kOnlyManner : kManner) * reasons.manner +
                      (sings ? 0.0 : -kNoPlaceForName) + kPeople * reasons.people +
                      kNamesSubject * reasons.named - kMissing * reasons.missing + kPhrased * reasons.phrased;
        story.reasons = reasons;
        stories.push_back(story);
    }
    double best = 0;
    for (const Story& story : stories)
        best = std::max(best, story.about);
    for (Story& story : stories) {
        if (story.about >= kAbreast * best)
            story.score += kChance * std::abs(random.normal(static_cast<std::uint64_t>(story.song)));
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
