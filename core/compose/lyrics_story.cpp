#include "lyrics_story.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "lyrics_asking.h"
#include "lyrics_kinds.h"
#include "lyrics_names.h"
#include "lyrics_numbers.h"
#include "lyrics_word_sets.h"
#include "lyrics_writer.h"

namespace cantilena::compose::lyric {

namespace {

// What speaks for a story, in the units of window scores. The weights were fitted to the grades that readers
// gave stories for 823 requests (models/lyrics/CARD.md).
constexpr double kWords = 6.3;    // of a story that is looked for under all words of the request
constexpr double kPhrases = 8.6;  // and under whole subjects made of them
constexpr double kAll = 5.0;      // of one whose texts say all of it in their own words
constexpr double kAsked = 1.5;    // of one that was asked for with as much
constexpr double kAskedToo = 6.8; // and with nothing more
constexpr double kSubjects = 8.0; // of one whose first subjects were all asked for
constexpr double kSubject = kWords + kPhrases + kAll + kAsked + kAskedToo + kSubjects;
constexpr double kNear = 60.0; // of a story that is as near as can be by the matcher
// Readers cut lines with one word exchanged twice as often as lines with a phrase said in another way.
constexpr double kPhrased = 4.3;
// Of songs that an editor left nothing to cut in, readers cut half as much (models/lyrics/CARD.md).
constexpr double kPolished = 12.0;
constexpr double kClearlyAbout = 0.5; // nearness with which that counts in full
constexpr double kManner = 1.6;       // of mood, point of view, genre and tempo
constexpr double kOnlyManner = 6.0;   // of it, when nothing else was asked for
constexpr double kMissing = 0.6;      // for each purpose of the form that the song has no section for
constexpr double kChance = 0.9;       // so that seeds tell different stories, of those that are about as good
constexpr double kPolishedChance = 6.0; // of those that are all good
constexpr double kAbreast = 0.85;       // share of the best one's nearness
constexpr double kNoPlaceForName = 1.2; // of a song without a line that could sing the prompt's name
constexpr double kNamesSubject = 7.0;   // of a song whose hook or title says what was asked for
constexpr double kChildren = 3.3;       // of a nursery song, or against it
constexpr double kPeople = 0.5;         // of a song about the person who was named
constexpr double kOtherPeople = 2.0;    // and, where it is negative, against one about others
constexpr double kNobodys = 2.5;        // against a song to a parent or grandparent where nobody was named
constexpr double kAnothers = 10.0;      // the same where a colleague was
constexpr double kStranger = 5.0;       // against each person whom nobody named
constexpr int kMostStrangers = 2;
constexpr double kOtherElder = 15.0; // against a song to Dad where Mum was named
constexpr double kSamePerson = 0.7;  // likeness of two words for one person
constexpr double kSays = 0.6;        // likeness of a word that says it
constexpr double kWeighty = 0.5;     // weight of a word that can be said by a like one

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

/// Whether a word is somebody's name, by the lists of English ones.
bool isPersonsName(const Corpus& corpus, int lexeme)
{
    return corpus.lexemes[static_cast<std::size_t>(lexeme)].name &&
           corpus.nameKind(lexeme) == NameKind::Person;
}

/// The names in a request that are words, too, as far as its capitals tell: a ferret called Pickle wants no
/// song about a jar of them.
std::string namesIn(const Corpus& corpus, const std::string& request)
{
    std::string names;
    if (corpus.language == language::Language::Mandarin)
        return nameIn(request, corpus.language, *corpus.space);
    for (const std::string& word : corpus.space->split(capitalsInside(request)))
        if (genderOf(word) == 0 && kinOf(word) == 0 && corpus.space->dictionary().has(word))
            names += word + " ";
    return names;
}

/// What a request says first; where that names nobody, what it says of the first person, too: "a rainy night,
/// missing my grandmother".
std::string mainClause(const Corpus& corpus, const std::string& subject)
{
    std::string clause;
    std::string_view rest = subject;
    while (!rest.empty()) {
        const std::string_view here = firstClause(rest);
        const std::vector<std::string> words = corpus.space->split(here);
        const bool person = std::any_of(words.begin(), words.end(), [](const std::string& word) {
            return genderOf(word) != 0 || genderOf(word.substr(0, word.find("'s"))) != 0;
        });
        if (clause.empty() || person)
            clause += std::string(here) + " ";
        if (person)
            break;
        rest.remove_prefix(here.size());
    }
    return clause;
}

/// Whether a song's title or hook names a parent or a grandparent.
bool namesElders(const Corpus& corpus, const ModelSong& song)
{
    const auto isElder = [&](const Token& token) {
        const std::string& word = corpus.lexemes[static_cast<std::size_t>(token.lexeme)].text;
        return kinOf(word.substr(0, word.find("'s"))) != 0;
    };
    const auto holds = [&](const std::vector<Token>& tokens) {
        return std::any_of(tokens.begin(), tokens.end(), isElder);
    };
    return holds(song.titleTokens) ||
           std::any_of(song.sections.begin(), song.sections.end(), [&](const ModelSection& section) {
               return isHook(section.kind) &&
                      std::any_of(section.lines.begin(), section.lines.end(),
                                  [&](const ModelLine& line) { return holds(line.tokens); });
           });
}

/// Whether a request names somebody who is no relation: 老张, 小李.
bool namesColleague(const std::string& request)
{
    static constexpr auto kSurnames = std::to_array<std::string_view>(
        {"张", "王", "李", "赵", "刘", "陈", "杨", "周", "吴", "徐", "孙", "马",
         "朱", "胡", "郭", "何", "高", "林", "罗", "郑", "梁", "谢", "宋", "唐",
         "许", "韩", "冯", "邓", "曹", "彭", "曾", "田", "董", "袁"});
    for (const std::string_view before : {"老", "小"})
        for (std::size_t at = request.find(before); at != std::string::npos;
             at = request.find(before, at + 3))
            if (isOneOf(std::string_view(request).substr(std::min(at + 3, request.size()), 3), kSurnames))
                return true;
    return false;
}

/// Whether a song has a bride where two grooms wed, or a groom where two brides do.
bool wedsAnother(const Corpus& corpus, const std::string& request, const ModelSong& song)
{
    const bool grooms = request.find("grooms") != std::string::npos;
    const bool brides = request.find("brides") != std::string::npos;
    if (grooms == brides)
        return false;
    static constexpr auto kBride =
        std::to_array<std::string_view>({"bride", "wife", "dress", "gown", "veil"});
    static constexpr auto kGroom = std::to_array<std::string_view>({"groom", "husband"});
    for (const ModelSection& section : song.sections)
        for (const ModelLine& line : section.lines)
            for (const Token& token : line.tokens) {
                const std::string& word = corpus.lexemes[static_cast<std::size_t>(token.lexeme)].text;
                if (grooms ? isOneOf(word, kBride) : isOneOf(word, kGroom))
                    return true;
            }
    return false;
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
                       (gender == genderOf(query->text) && kinOf(word) == kinOf(query->text) && row >= 0 &&
                        query->row >= 0 && corpus.space->similarity(row, query->row) > kSamePerson);
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
    // Nor does a song to Dad answer for a brother.
    const bool elder =
        std::any_of(asked.begin(), asked.end(), [](const Query* query) { return kinOf(query->text) != 0; });
    if ((title.other && !title.like) || (!elder && !title.same && !hook.same && namesElders(corpus, song)))
        return -2;
    if (title.same || hook.same)
        return 2;
    return subjects.same ? 1 : subjects.other && !subjects.like ? -1 : 0;
}

/// Whether a song's title or hook calls a parent or grandparent where the request names another and not that
/// one.
bool callsOtherElder(const Corpus& corpus, const std::vector<const Query*>& asked, const ModelSong& song)
{
    std::set<int> wanted, called;
    for (const Query* query : asked)
        wanted.insert(kinOf(query->text));
    wanted.erase(0);
    const auto hear = [&](const std::vector<Token>& tokens) {
        for (const Token& token : tokens)
            called.insert(kinOf(corpus.lexemes[static_cast<std::size_t>(token.lexeme)].text));
    };
    hear(song.titleTokens);
    for (const ModelSection& section : song.sections)
        if (isHook(section.kind))
            for (const ModelLine& line : section.lines)
                hear(line.tokens);
    called.erase(0);
    return !wanted.empty() && !called.empty() &&
           std::none_of(called.begin(), called.end(), [&](int kin) { return wanted.contains(kin); });
}

/// How many people a song calls by a name that the request does not have, kMostStrangers at most: one more
/// where the request brings one, who takes a stranger's place.
int strangersIn(const Corpus& corpus, const Theme& theme, const ModelSong& song)
{
    std::set<int> people;
    for (const ModelSection& section : song.sections)
        for (const ModelLine& line : section.lines)
            for (const Token& token : line.tokens)
                if (isPersonsName(corpus, token.lexeme) && !theme.asks(token.lexeme))
                    people.insert(token.lexeme);
    const bool brings = std::any_of(theme.queries.begin(), theme.queries.end(), [&](const Query& query) {
        return query.own && query.lexeme >= 0 && isPersonsName(corpus, query.lexeme);
    });
    return std::min(kMostStrangers, std::max(0, static_cast<int>(people.size()) - (brings ? 1 : 0)));
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

void keepBest(std::vector<Story>& stories, std::size_t count)
{
    const std::size_t kept = std::min(count, stories.size());
    std::partial_sort(stories.begin(), stories.begin() + static_cast<std::ptrdiff_t>(kept), stories.end(),
                      [](const Story& a, const Story& b) {
                          return a.score != b.score ? a.score > b.score : a.song < b.song;
                      });
    stories.resize(kept);
}

Result<std::vector<Story>> rankStories(const Corpus& corpus, const Theme& theme, const song::Brief& brief,
                                       const Form& form, int name, const Random& random, std::size_t count)
{
    std::array<int, 6> wanted{};
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (!form.sections[s].lines.empty() && form.sections[s].sameLyricsAs < 0)
            ++wanted[static_cast<std::size_t>(purposeOf(form, s))];
    }
    const WindowWish wish = wishFor(brief, form, SectionPlan{});
    std::string request = brief.prompt;
    const Asking asking = readAsking(request);
    for (std::size_t t = 0; t < brief.themes.size(); ++t) {
        if (t < static_cast<std::size_t>(brief.chosenThemes) || !asking.isManner(brief.themes[t]))
            request += " " + brief.themes[t];
    }
    const std::string lesser = placesIn(corpus, request) + namesIn(corpus, brief.prompt);
    const std::string subject = withKnownKinds(corpus, readAsking(request).subject);
    std::string clause = mainClause(corpus, asking.subject);
    for (std::size_t t = 0; t < static_cast<std::size_t>(brief.chosenThemes); ++t)
        clause += " " + brief.themes[t];
    clause = withKnownKinds(corpus, clause);
    const std::vector<SongIndex::Match> matches = corpus.index.match(subject, lesser, clause);
    // Where only the sound was asked for, the sound decides.
    const bool onlySound = std::none_of(matches.begin(), matches.end(),
                                        [](const SongIndex::Match& match) { return match.words > 0; });
    const std::vector<MeaningIndex::Match> meanings = corpus.meaning->match(subject, lesser, clause);
    // By the matcher with names and manner left out, as the songs' subjects do.
    TRY(const std::vector<float> near, corpus.matcher->near(asking.subject));
    const bool givesAge = !agesAndYears(brief.prompt, corpus.language).empty();
    std::vector<double> telling; // how much each query tells songs apart
    for (const Query& query : theme.queries)
        telling.push_back(static_cast<double>(corpus.meaning->weight(query.text)));
    const bool colleague = namesColleague(brief.prompt);
    std::vector<const Query*> people;
    for (const Query& query : theme.queries)
        if (query.own && genderOf(query.text) != 0)
            people.push_back(&query);
    std::vector<Story> stories;
    for (std::size_t s = 0; s < corpus.songs.size(); ++s) {
        const ModelSong& song = corpus.songs[s];
        StoryReasons reasons;
        const SongIndex::Match match = s < matches.size() ? matches[s] : SongIndex::Match();
        reasons.words = static_cast<double>(match.words);
        reasons.phrases = static_cast<double>(match.phrases);
        const MeaningIndex::Match meaning = s < meanings.size() ? meanings[s] : MeaningIndex::Match();
        reasons.all = static_cast<double>(meaning.all);
        reasons.asked = static_cast<double>(meaning.asked);
        reasons.askedToo = static_cast<double>(meaning.askedToo);
        reasons.subjects = static_cast<double>(meaning.subjects);
        reasons.near = s < near.size() ? static_cast<double>(near[s]) : 0;
        const bool nursery = song.genre == "children" || (asking.forChildren && song.genre == "lullaby");
        reasons.children = nursery == asking.forChildren ? (nursery ? 1.0 : 0.0) : (nursery ? -1.0 : 0.0);
        reasons.people = wedsAnother(corpus, brief.prompt, song) ? -2.0
                         : people.empty()                        ? 0.0
                                                                 : peopleOf(corpus, people, song);
        // A number that the request gives takes the place of the song's.
        reasons.strangers = strangersIn(corpus, theme, song) + (song.tellsAge && !givesAge ? 1 : 0);
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
        reasons.phrased = song.polished ? 1 : phrasedOf(song);
        reasons.polished = song.polished ? 1 : 0;
        for (std::size_t p = 0; p < wanted.size(); ++p)
            reasons.missing += std::max(0, wanted[p] - has[p]);
        Story story;
        story.song = static_cast<int>(s);
        // That a plain song adds nothing counts as far as it says what was asked for.
        const double nothingElse = kAskedToo * reasons.askedToo + kSubjects * reasons.subjects;
        story.about = (kWords * reasons.words + kPhrases * reasons.phrases + kAll * reasons.all +
                       kAsked * reasons.asked + nothingElse * reasons.all) /
                      kSubject;
        story.score =
            kSubject * story.about + kNear * reasons.near +
            (onlySound ? kOnlyManner : kManner) * reasons.manner + (sings ? 0.0 : -kNoPlaceForName) +
            (reasons.people < 0 ? kOtherPeople : kPeople) * reasons.people -
            (callsOtherElder(corpus, people, song) ? kOtherElder : 0.0) - kStranger * reasons.strangers +
            (people.empty() && namesElders(corpus, song) ? (colleague ? -kAnothers : -kNobodys) : 0.0) +
            kChildren * reasons.children + kNamesSubject * reasons.named - kMissing * reasons.missing +
            kPhrased * reasons.phrased;
        story.reasons = reasons;
        stories.push_back(story);
    }
    double best = 0;
    for (const Story& story : stories)
        best = std::max(best, story.about);
    for (Story& story : stories) {
        // A good song about something else is no answer.
        const double near = std::clamp(best > 0 ? 4 * story.about / best - 2 : 0.0, 0.0, 1.0);
        const double clear = std::min(1.0, story.about / kClearlyAbout);
        story.score += kPolished * story.reasons.polished * near * clear * clear;
        const double chance = kChance + (kPolishedChance - kChance) * story.reasons.polished * clear * clear;
        if (story.about >= kAbreast * best)
            story.score += chance * std::abs(random.normal(static_cast<std::uint64_t>(story.song)));
    }
    keepBest(stories, count);
    return stories;
}

} // namespace cantilena::compose::lyric
