#include "lyrics_reflection.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include "lyrics_corpus.h"
#include "lyrics_story.h"
#include "lyrics_text.h"
#include "lyrics_word_sets.h"
#include "opening_typed.h"
#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

using std::string;
using std::string_view;

// What speaks for a reflection, in nats of how well it is expected to answer.
constexpr double kClose = 2.5, kAnywhere = 1.6; ///< of one all of whose lines stay with what was told
constexpr double kFelt = 10.0;                  ///< for a nat more of what is felt that is answered
constexpr double kHalf = 0.75;                  ///< power: half an answer is worth 0.6, none nothing
constexpr double kDoubt = 0.03;                 ///< of a feeling that the reader does not believe in
constexpr double kOf = 0.3;                     ///< of one that speaks of whom the telling does
constexpr double kCalls = 0.6;                  ///< of one that calls by name whom, or what, is told of
constexpr double kValence = 0.3;                ///< for each unit of mood apart
constexpr double kArousal = 0.15;
constexpr double kChance = 0.7; ///< so that seeds differ

/// Syllables of a line that is a hook by itself, as they are rather and at most.
constexpr int kShortestHook = 4, kUsualHook = 10, kLongestHook = 14;

/// What begins a clause that hangs on the one before but leaves that one whole.
constexpr std::array<string_view, 14> kLoose = {"and",   "but",  "so",    "then",  "because",
                                                "cause", "when", "while", "since", "until",
                                                "till",  "now",  "yet",   "though"};
constexpr std::array<string_view, 5> kJoins = {"and", "but", "so", "then", "because"};
constexpr std::array<string_view, 40> kSubjects = {
    "i",        "i'm",       "i've",    "i'd",      "i'll",    "we",      "we're",  "we've",
    "we'd",     "we'll",     "he",      "he's",     "he'd",    "she",     "she's",  "she'd",
    "they",     "they're",   "it",      "it's",     "there",   "there's", "nobody", "no",
    "everyone", "everybody", "someone", "somebody", "nothing", "this",    "that's", "you",
    "you're",   "you've",    "a",       "an",       "every",   "one",     "some",   "me"};

/// Feelings that bear one another: who grieves rather hears of love than a joke.
enum class Tone : std::uint8_t { Grave, Bright, Tender };
Tone toneOf(Feeling feeling)
{
    switch (feeling) {
    case Feeling::Grief:
    case Feeling::Sorry:
    case Feeling::Worry:
    case Feeling::Angry:
    case Feeling::Lonely:
        return Tone::Grave;
    case Feeling::Funny:
    case Feeling::Relief:
    case Feeling::Proud:
    case Feeling::Start:
        return Tone::Bright;
    default:
        return Tone::Tender;
    }
}

/// How much it hurts who tells something with a feeling to be answered with another, 0..1.
double harmOf(Feeling told, Feeling answered)
{
    // Rows: the tone of what is told; columns: of the answer.
    static constexpr std::array<std::array<double, 3>, 3> kHarm = {{
        {0.3, 0.6, 0.1},
        {0.5, 0.1, 0.05},
        {0.35, 0.2, 0.05},
    }};
    if (told == answered)
        return 0;
    return kHarm[static_cast<std::size_t>(toneOf(told))][static_cast<std::size_t>(toneOf(answered))];
}

string lowered(string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

std::vector<string> wordsOf(const string& line)
{
    std::vector<string> words;
    std::istringstream stream(lowered(line));
    for (string word; stream >> word;) {
        while (!word.empty() &&
               (word.back() == ',' || word.back() == '.' || word.back() == '!' || word.back() == '?'))
            word.pop_back();
        if (!word.empty())
            words.push_back(std::move(word));
    }
    return words;
}

/// Whether an English line begins with what somebody says something of.
bool beginsClause(const std::vector<string>& words, const WordSpace& space)
{
    if (words.empty())
        return false;
    const string& first = words.front();
    if (isOneOf(first, kSubjects) || isOneOf(first, opening::kOwners) || isOneOf(first, opening::kKin))
        return true;
    if (isOneOf(first, kLoose) || isOneOf(first, opening::kBreaks) ||
        isOneOf(first, opening::kPrepositions) || isOneOf(first, opening::kAuxiliaries) || first == "to" ||
        first == "than" || first == "how" || first == "or" || first == "that" || first == "of" ||
        first == "all" || first == "both" || first == "each")
        return false;
    const language::Dictionary& dictionary = space.dictionary();
    return !dictionary.isGerund(first) && !dictionary.isVerb(first) && !dictionary.isFiniteVerb(first) &&
           !dictionary.isPastVerb(first);
}

bool mayBe(const string& word)
{
    static constexpr std::array<string_view, 8> kMay = {"could", "can",      "would",    "may",
                                                        "might", "wouldn't", "couldn't", "can't"};
    return isOneOf(word, kMay);
}

/// Whether a line goes on with the line before so that that one is not whole without it.
bool completes(const std::vector<string>& words)
{
    static constexpr std::array<string_view, 5> kComplements = {"to", "that", "than", "how", "of"};
    return !words.empty() && isOneOf(words.front(), kComplements);
}

/// Whether a line only says where or when the line before was: "in Leeds", "for 31 years".
bool hangsOnPlace(const std::vector<string>& words)
{
    return words.empty() || isOneOf(words.front(), opening::kPrepositions);
}

/// Whether a line says something of its subject: it has a verb.
bool states(const std::vector<string>& words, const WordSpace& space)
{
    static constexpr std::array<string_view, 5> kPlain = {"i", "we", "you", "they", "who"};
    const language::Dictionary& dictionary = space.dictionary();
    // "Forty pounds of them", "hundreds of stones": what looks like a verb is none.
    const bool several = words.size() > 2 && std::find(words.begin() + 1, words.end(), "of") != words.end() &&
                         std::find(words.begin() + 1, words.end(), "of") <= words.begin() + 2;
    if (several && std::none_of(words.begin(), words.end(),
                                [](const string& word) { return isOneOf(word, opening::kAuxiliaries); }))
        return false;
    if (!words.empty() && words.front().find('\'') != string::npos && isOneOf(words.front(), kSubjects))
        return true;
    for (std::size_t i = 1; i < words.size(); ++i)
        if (isOneOf(words[i], opening::kAuxiliaries) || words[i].ends_with("n't") ||
            dictionary.isFiniteVerb(words[i]) ||
            (isOneOf(words[i - 1], kPlain) && dictionary.isVerb(words[i])))
            return true;
    return false;
}

string withoutItsJoin(const string& line, const std::vector<string>& words)
{
    std::size_t joins = 0; // "and then"
    while (joins < std::min<std::size_t>(words.size(), 2) && isOneOf(words[joins], kJoins))
        ++joins;
    if (joins == 0 || words.size() < joins + 2 ||
        !(isOneOf(words[joins], kSubjects) || isOneOf(words[joins], opening::kOwners)))
        return line;
    string rest = line;
    for (; joins > 0; --joins)
        rest.erase(0, rest.find(' ') + 1);
    if (rest.front() >= 'a' && rest.front() <= 'z')
        rest.front() = static_cast<char>(rest.front() - 32);
    return rest;
}

std::vector<string> englishHook(const Opening& opening, const language::Reader& reader,
                                const WordSpace& space)
{
    struct Line {
        string text;
        std::vector<string> words;
        bool begins = false;
        int syllables = 0;
    };
    std::vector<Line> read;
    for (std::size_t i = 0; i < opening.lines.size(); ++i) {
        const string& line = opening.lines[i];
        Line own{withoutItsJoin(line, wordsOf(line)), {}, false, 0};
        own.words = wordsOf(own.text);
        // "every bus ticket | he ever used" is one statement.
        own.begins = (opening.begins[i] || own.text != line) && beginsClause(own.words, space);
        own.syllables = reader.countSyllables(own.text, language::Language::English);
        read.push_back(std::move(own));
    }
    const auto whole = [&](std::size_t i) { return i + 1 >= read.size() || !completes(read[i + 1].words); };
    // Nothing is said of it behind, or in a clause of its own: not "We both reached | for the wrong
    // suitcase".
    const auto ends = [&](std::size_t i) {
        return i + 1 >= read.size() || opening.begins[i + 1] ||
               isOneOf(wordsOf(opening.lines[i + 1]).front(), kLoose);
    };
    const auto fits = [&](std::size_t i, bool ended, int longest) {
        const bool hangs = i + 1 >= read.size() || hangsOnPlace(read[i + 1].words);
        return read[i].begins && (ended ? ends(i) : whole(i) && hangs) &&
               read[i].syllables >= kShortestHook && read[i].syllables <= longest &&
               states(read[i].words, space);
    };
    // What is told comes to its point at the end.
    for (const bool ended : {true, false})
        for (const int longest : {kUsualHook, kLongestHook})
            for (std::size_t i = read.size(); i-- > 0;)
                if (fits(i, ended, longest))
                    return {read[i].text};
    for (std::size_t i = 0; i + 1 < read.size(); ++i)
        if (read[i].begins && whole(i + 1))
            return {read[i].text, read[i + 1].text};
    // "Got fired for feeding the pigeons", "At 71 I have enrolled": no subject, or not first.
    const auto tells = [&](std::size_t i) {
        return opening.begins[i] && !read[i].words.empty() &&
               (states(read[i].words, space) || space.dictionary().isPastVerb(read[i].words.front())) &&
               !space.dictionary().isGerund(read[i].words.front());
    };
    for (std::size_t i = 0; i < read.size(); ++i)
        if (tells(i) && whole(i) && read[i].syllables >= kShortestHook && read[i].syllables <= kLongestHook)
            return {read[i].text};
    for (std::size_t i = 0; i + 1 < read.size(); ++i)
        if (tells(i) && whole(i + 1))
            return {read[i].text, read[i + 1].text};
    return {};
}

std::vector<string> mandarinHook(const Opening& opening)
{
    // A Chinese statement needs no subject to stand alone, but a few characters.
    constexpr std::size_t kEnough = 7, kLeast = 6;
    // A short sentence at the end, 哭的是我, is what it is told for.
    constexpr std::size_t kShort = 4;
    if (opening.lines.size() > 1 && opening.opens.size() == opening.lines.size() && opening.opens.back() &&
        charactersOf(opening.lines.back()).size() >= kShort)
        return {opening.lines.back()};
    // What is told comes to its point at the end: the last that will do.
    const auto statement = [&](std::size_t lines, std::size_t characters) -> std::vector<string> {
        for (std::size_t i = opening.lines.size() + 1 - std::min(lines, opening.lines.size() + 1); i-- > 0;) {
            std::size_t end = i + 1;
            while (end < opening.lines.size() && !opening.begins[end])
                ++end;
            if (opening.begins[i] && end - i == lines && charactersOf(opening.lines[i]).size() >= characters)
                return {opening.lines.begin() + static_cast<std::ptrdiff_t>(i),
                        opening.lines.begin() + static_cast<std::ptrdiff_t>(end)};
        }
        return {};
    };
    for (const auto& [lines, characters] :
         {std::pair{1, kEnough}, std::pair{1, kLeast}, std::pair{2, std::size_t{1}}})
        if (std::vector<string> hook = statement(static_cast<std::size_t>(lines), characters); !hook.empty())
            return hook;
    return {opening.lines.begin(), opening.lines.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                                               2, opening.lines.size()))};
}

/// What follows "her" where it is not somebody's own thing: "I told her twice", "her to go".
bool standsAlone(const string& next)
{
    static constexpr std::array<string_view, 77> kAfter = {
        "to",    "in",    "at",   "on",    "out",     "up",    "back",   "down",  "and",      "but",   "or",
        "when",  "while", "till", "until", "before",  "after", "again",  "today", "tonight",  "now",   "too",
        "so",    "as",    "from", "with",  "for",     "by",    "off",    "home",  "how",      "what",  "that",
        "this",  "there", "a",    "the",   "my",      "go",    "come",   "twice", "once",     "where", "why",
        "if",    "all",   "here", "then",  "through", "over",  "away",   "into",  "across",   "still", "just",
        "about", "every", "like", "first", "last",    "stand", "walk",   "laugh", "sleep",    "say",   "i",
        "we",    "you",   "is",   "was",   "yet",     "along", "around", "than",  "anything", "sorry", "it"};
    // "To her that's nothing" as "to her that".
    return next.empty() || isOneOf(string_view(next).substr(0, next.find('\'')), kAfter);
}

/// Whether a hook says what the teller does, whoever else is there.
bool tellerActs(const std::vector<string>& hook, language::Language language, const WordSpace& space)
{
    if (hook.empty())
        return false;
    if (language == language::Language::Mandarin) {
        const std::vector<string> words = space.split(hook.front());
        return words.size() > 1 && (words[0] == "我" || words[0] == "我们" || words[0] == "咱们") &&
               genderOf(words[1]) == 0;
    }
    const std::vector<string> words = wordsOf(hook.front());
    return !words.empty() &&
           (words[0] == "i" || words[0] == "we" || words[0].starts_with("i'") || words[0].starts_with("we'"));
}

string capitalisedLike(string word, const string& like)
{
    if (!like.empty() && like.front() >= 'A' && like.front() <= 'Z')
        word.front() = static_cast<char>(word.front() - 32);
    return word;
}

string ofHim(const string& line)
{
    // Words and what stands between them.
    std::vector<string> pieces;
    for (const char c : line) {
        const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '\'';
        const bool before =
            !pieces.empty() && (std::isalpha(static_cast<unsigned char>(pieces.back().front())) != 0 ||
                                pieces.back().front() == '\'');
        if (pieces.empty() || letter != before)
            pieces.emplace_back();
        pieces.back() += c;
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const string word = lowered(pieces[i]);
        string other;
        if (word == "she" || word == "she's" || word == "she'd" || word == "she'll")
            other = word.substr(1);
        else if (word == "hers")
            other = "his";
        else if (word == "herself")
            other = "himself";
        else if (word == "her") {
            const bool goesOn = i + 2 < pieces.size() && pieces[i + 1] == " ";
            other = standsAlone(goesOn ? lowered(pieces[i + 2]) : string()) ? "him" : "his";
        }
        if (!other.empty())
            pieces[i] = capitalisedLike(other, pieces[i]);
    }
    string told;
    for (const string& piece : pieces)
        told += piece;
    return told;
}

} // namespace

std::optional<Reflection> parseReflection(std::string_view field)
{
    Reflection reflection;
    std::istringstream stream{string(field)};
    string word;
    if (!(stream >> word) || (word != "any" && word != "she" && word != "you"))
        return std::nullopt;
    reflection.of = word == "any" ? Whom::Anything : word == "she" ? Whom::Third : Whom::You;
    bool any = false;
    for (; stream >> word; any = true) {
        const std::size_t colon = word.size() - std::min<std::size_t>(word.size(), 2);
        if (word[colon] != ':' || word.back() < '0' || word.back() > '9')
            return std::nullopt;
        const string name = word.substr(0, colon);
        const auto found = std::find(kFeelingCodes.begin(), kFeelingCodes.end(), name);
        const float mark = static_cast<float>(word.back() - '0') / 9.0F;
        if (found != kFeelingCodes.end())
            reflection.answers[static_cast<std::size_t>(found - kFeelingCodes.begin())] = mark;
        else if (name == "close")
            reflection.close = mark;
        else if (name == "anywhere")
            reflection.anywhere = mark;
        else
            return std::nullopt;
    }
    return any ? std::optional(reflection) : std::nullopt;
}

Told toldOf(const std::vector<std::string>& lines, const std::vector<std::string>& hook, const Named& named,
            language::Language language, const WordSpace& space)
{
    bool she = false, he = false, it = false, you = false, others = false;
    for (const string& line : lines) {
        const bool mandarin = language == language::Language::Mandarin;
        for (const string& word : mandarin ? space.split(line) : wordsOf(line)) {
            if (mandarin) {
                others = others || word.ends_with("们");
                if (word.ends_with("们"))
                    continue;
                she = she || word.starts_with("她");
                he = he || word.starts_with("他");
                it = it || word.starts_with("它");
                you = you || word.starts_with("你");
            } else {
                you = you || word == "you" || word.starts_with("you'") || word == "your" || word == "yours";
                others = others || word == "they" || word.starts_with("they'") || word == "their" ||
                         word == "them";
            }
            const string bare = word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
            const int gender = genderOf(bare) != 0                              ? genderOf(bare)
                               : bare == "she" || bare == "her"                 ? 1
                               : bare == "he" || bare == "his" || bare == "him" ? -1
                                                                                : 0;
            she = she || gender > 0;
            he = he || gender < 0;
        }
    }
    Told told;
    const bool one = she != he || (it && !she && !he);
    if (one && !others && !tellerActs(hook, language, space))
        told = {Whom::Third, she ? 1 : he ? -1 : 0, 0};
    else if (you && !she && !he && !others)
        told.of = Whom::You;
    if (!named.whom.empty()) {
        // 他 and 她 sound alike.
        const int unknown = language == language::Language::Mandarin ? -1 : 0;
        told.named = named.gender != 0 ? named.gender : she != he ? (she ? 1 : -1) : unknown;
    }
    return told;
}

std::vector<std::string> hookOf(const Opening& opening, language::Language language,
                                const language::Reader& reader, const WordSpace& space)
{
    if (opening.lines.empty())
        return {};
    return language == language::Language::English ? englishHook(opening, reader, space)
                                                   : mandarinHook(opening);
}

std::vector<bool> statementsOf(const Opening& opening, language::Language language, const WordSpace& space)
{
    if (language == language::Language::Mandarin)
        return opening.begins;
    std::vector<bool> statements;
    for (std::size_t i = 0; i < opening.lines.size(); ++i) {
        const string alone = withoutJoin(opening.lines[i]);
        std::vector<string> words = wordsOf(alone);
        // "So I could have this one" says what for.
        const std::vector<string> whole = wordsOf(opening.lines[i]);
        const bool purpose =
            !whole.empty() &&
            (whole[0] == "because" || (whole[0] == "so" && std::any_of(whole.begin(), whole.end(), mayBe)));
        const bool begins =
            (opening.begins[i] || alone != opening.lines[i]) && !purpose && beginsClause(words, space);
        // Its verb may stand in the next line.
        if (i + 1 < opening.lines.size() && !opening.begins[i + 1])
            for (string& word : wordsOf(opening.lines[i + 1]))
                words.push_back(std::move(word));
        statements.push_back(begins && states(words, space));
    }
    return statements;
}

string withoutJoin(const string& line)
{
    return withoutItsJoin(line, wordsOf(line));
}

std::vector<float> soberAfterDeath(std::vector<float> feelings, const std::string& request)
{
    static constexpr std::array<string_view, 16> kDeath = {
        "funeral",     "died",        "death",   "buried",      "grave",        "coffin",
        "ashes",       "widow",       "widower", "passed away", "late husband", "late wife",
        "late father", "late mother", "hospice", "obituary"};
    static constexpr std::array<string_view, 14> kDeathMandarin = {"去世", "过世", "葬",   "遗像", "遗照",
                                                                   "遗物", "坟",   "墓",   "骨灰", "追悼",
                                                                   "亡妻", "亡夫", "生前", "离世"};
    static constexpr std::array<string_view, 9> kLaughs = {"lol",  "haha", "funny", "comedy", "silly",
                                                           "哈哈", "搞笑", "好笑",  "笑死"};
    constexpr float kJoke = 0.1F;
    const string text = " " + lowered(request) + " ";
    const auto says = [&](const auto& words) {
        return std::any_of(words.begin(), words.end(), [&](string_view word) {
            const std::size_t at = text.find(word);
            return at != string::npos && (std::isalpha(static_cast<unsigned char>(word.front())) == 0 ||
                                          std::isalpha(static_cast<unsigned char>(text[at - 1])) == 0);
        });
    };
    if ((says(kDeath) || says(kDeathMandarin)) && !says(kLaughs)) {
        float& funny = feelings[static_cast<std::size_t>(Feeling::Funny)];
        feelings[static_cast<std::size_t>(Feeling::Grief)] += (1 - kJoke) * funny;
        funny *= kJoke;
    }
    return feelings;
}

std::vector<float> freshFeelings(std::vector<float> feelings, const std::string& request)
{
    static constexpr auto kToday =
        std::to_array<string_view>({"yesterday", "today", "tonight", "last night", "this morning",
                                    "this afternoon", "this evening", "last week", "昨天", "昨晚", "今天",
                                    "今晚", "今早", "今天早上", "前天", "刚才", "刚刚", "上周", "上礼拜"});
    constexpr float kFaded = 0.2F;
    const string text = lowered(request);
    const bool fresh = std::any_of(kToday.begin(), kToday.end(),
                                   [&](string_view word) { return text.find(word) != string::npos; });
    if (fresh) {
        float& memory = feelings[static_cast<std::size_t>(Feeling::Memory)];
        feelings[static_cast<std::size_t>(Feeling::Love)] += (1 - kFaded) * memory;
        memory *= kFaded;
    }
    return feelings;
}

std::vector<Story> rankReflections(const Corpus& corpus, const song::Brief& brief,
                                   const std::vector<float>& feelings, const Told& telling,
                                   const Named& named, const Random& random, std::size_t count)
{
    std::vector<Story> stories;
    for (std::size_t s = 0; s < corpus.songs.size(); ++s) {
        const ModelSong& song = corpus.songs[s];
        if (!song.reflection)
            continue;
        const Calls& calls = song.reflection->calls;
        const bool of = song.reflection->of == Whom::Anything || song.reflection->of == telling.of;
        if (calls.whom ? telling.named == 0 : !of)
            continue;
        if (calls.what && named.what.empty())
            continue;
        // What answers half is much better than what answers not at all: a joke after bad news. Where the
        // reader is in doubt, what offends nobody is better than what is right as often as not.
        const auto& answers = song.reflection->answers;
        const auto own =
            static_cast<Feeling>(std::max_element(answers.begin(), answers.end()) - answers.begin());
        double felt = 0;
        for (std::size_t f = 0; f < feelings.size(); ++f)
            felt += static_cast<double>(feelings[f]) *
                    (std::pow(static_cast<double>(answers[f]), kHalf) - harmOf(static_cast<Feeling>(f), own));
        felt = std::max(felt, 0.0);
        Story story;
        story.song = static_cast<int>(s);
        story.about = felt;
        story.score = kFelt * std::log(felt + kDoubt) + kClose * static_cast<double>(song.reflection->close) +
                      kAnywhere * static_cast<double>(song.reflection->anywhere) -
                      kValence * std::abs(song.valence - brief.valence) -
                      kArousal * std::abs(song.arousal - brief.arousal) +
                      (song.reflection->of == telling.of && telling.of != Whom::Anything ? kOf : 0.0) +
                      (calls.whom ? kCalls : 0.0) + (calls.what ? kCalls : 0.0) + kChance * random.normal(s);
        stories.push_back(story);
    }
    keepBest(stories, count);
    return stories;
}

std::string spokenOf(const std::string& line, const Told& telling, language::Language language)
{
    if (language == language::Language::English)
        return telling.gender < 0 ? ofHim(line) : line;
    const string_view word = telling.gender > 0 ? "她" : telling.gender < 0 ? "他" : "它";
    string told = line;
    for (std::size_t at = told.find("他"); at != string::npos; at = told.find("他", at + word.size()))
        if (told.compare(at + word.size(), 3, "们") != 0 && told.compare(at, 6, "其他") != 0 &&
            (at < 3 || told.compare(at - 3, 3, "其") != 0))
            told.replace(at, 3, word);
    return told;
}

} // namespace cantilena::compose::lyric
