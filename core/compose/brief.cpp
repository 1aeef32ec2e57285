#include <compose/brief.h>
#include <compose/chord_line.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <language/text.h>

#include "brief_words.h"

namespace cantilena::compose {

namespace {

constexpr std::array<std::string_view, 16> kStyles = {
    "pop",     "rock",    "folk",        "country",    "rnb",
    "indie",   "ballad",  "dance",       "hip-hop",    "jazz",
    "lullaby", "musical", "gospel-soul", "electronic", "singer-songwriter",
    "children"};

constexpr std::size_t kChildren = kStyles.size() - 1;
static_assert(kStyles[kChildren] == "children");

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string lowered(std::string text)
{
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    }
    return text;
}

std::vector<double> softmax(std::span<const float> values)
{
    std::vector<double> result;
    const float top = *std::max_element(values.begin(), values.end());
    for (const float value : values)
        result.push_back(std::exp(static_cast<double>(value - top)));
    const double sum = std::accumulate(result.begin(), result.end(), 0.0);
    for (double& value : result)
        value /= sum;
    return result;
}

bool isHanWord(std::string_view word)
{
    return !word.empty() && static_cast<unsigned char>(word[0]) >= 0xE4 &&
           static_cast<unsigned char>(word[0]) <= 0xE9;
}

struct PromptWord {
    std::string text;
    int row = -1;
};

constexpr std::size_t kNamesAlone = 3; // words that may be a request without one that is known

/// Whether somebody could say a word: letters, among them vowels, with at most four consonants in a row.
bool looksLikeName(const std::string& word)
{
    constexpr std::size_t kShortest = 4;
    constexpr int kConsonants = 4;
    int run = 0;
    bool vowel = false;
    for (const char c : word) {
        if (c < 'a' || c > 'z')
            return false;
        const bool sounds = std::string_view("aeiouy").find(c) != std::string_view::npos;
        vowel = vowel || sounds;
        run = sounds ? 0 : run + 1;
        if (run > kConsonants)
            return false;
    }
    return vowel && word.size() >= kShortest;
}

/// The words of a subject that a person chose, without those that carry no theme; the text as it stands when
/// nothing is left.
std::vector<PromptWord> themeWords(const std::string& text, const WordSpace& space)
{
    std::vector<PromptWord> words;
    for (const std::string& word : space.split(text)) {
        const int row =
            space.find(isHanWord(word) ? language::Language::Mandarin : language::Language::English, word);
        if (!isStopWord(word) && (row >= 0 || word.size() >= 3))
            words.push_back({word, row});
    }
    if (words.empty() && text.find_first_not_of(' ') != std::string::npos)
        words.push_back({text, -1});
    return words;
}

} // namespace

Result<song::Brief> readBrief(const ComposeRequest& request, const WordSpace& space)
{
    song::Brief brief;
    if (characters(request.prompt) > kLongestPrompt)
        return Error{"The prompt has more than 2,000 characters; describe the song in a few sentences."};
    if (characters(request.lyrics) > kLongestLyrics)
        return Error{"The lyrics have more than 20,000 characters; shorten them to the length of a song."};
    const std::string prompt = language::normalise(request.prompt);
    const std::string lower = lowered(prompt);
    const bool empty = prompt.find_first_not_of(' ') == std::string::npos;
    const bool hasLyrics = request.lyrics.find_first_not_of(" \t\r\n") != std::string::npos;
    if (empty && !hasLyrics && request.style.empty() && request.mood.empty() && request.themes.empty())
        return Error{"Nothing was asked for: type a sentence about the song you want, or your own lyrics."};
    brief.prompt = request.prompt;
    brief.lyrics = hasLyrics ? request.lyrics : std::string();

    // Words, and how much of the prompt is in a language that can be read.
    std::vector<PromptWord> known;
    std::size_t readable = 0, latin = 0, english = 0, han = 0;
    std::vector<std::string> names;
    const auto learn = [&](const std::string& word, int row) {
        if (std::none_of(known.begin(), known.end(), [&](const PromptWord& w) { return w.text == word; }))
            known.push_back({word, row});
    };
    for (const std::string& word : space.split(prompt)) {
        const bool chinese = isHanWord(word);
        const int row =
            space.find(chinese ? language::Language::Mandarin : language::Language::English, word);
        const bool stop = isStopWord(word);
        (chinese ? han : latin) += 1;
        if (row >= 0 || stop) {
            ++readable;
            english += chinese ? 0 : 1;
        }
        if (stop)
            continue;
        if (row >= 0)
            learn(word, row);
        else if (word.size() >= 3)
            names.push_back(word);
    }
    // Names; and what is spelt wrong, or right and rare. A word in small letters is hardly a name.
    const bool foreign = han == 0 && latin >= 3 && english * 2 < latin;
    std::vector<std::string> strange;
    for (std::string& word : names) {
        const bool typed = !foreign && !isHanWord(word) && prompt.find(word) != std::string::npos;
        const std::string meant = typed ? space.corrected(word) : std::string();
        const int row = space.find(language::Language::English, meant);
        readable += typed && (!meant.empty() || space.dictionary().has(word)) ? 1 : 0;
        if (meant.empty())
            strange.push_back(std::move(word));
        else if (row >= 0)
            learn(meant, row);
        else if (!isStopWord(meant))
            strange.push_back(meant);
    }
    names = std::move(strange);
    // "Glasgow", "minecraft": a name that no list has.
    if (readable == 0 && latin > 0 && latin <= kNamesAlone && !foreign)
        readable += std::all_of(names.begin(), names.end(), looksLikeName) && !names.empty() ? 1 : 0;
    if (!empty && readable == 0 && !hasLyrics)
        return Error{"The prompt could not be read: please write it in English or Chinese."};

    // Language: what was chosen, what the sentence asks for, what it is written in.
    if (request.language)
        brief.language = *request.language;
    else if (const auto said = brief_words::language(lower))
        brief.language = *said;
    else if (hasLyrics)
        brief.language = language::detect(request.lyrics);
    else if (empty && !request.themes.empty())
        brief.language = language::detect(request.themes.front());
    else if (empty || foreign || (latin == 0 && han == 0))
        brief.language = request.interfaceLanguage;
    else
        brief.language = language::detect(prompt);

    // The model's reading, then the words that say things outright.
    std::vector<int> rows;
    rows.reserve(known.size());
    for (const PromptWord& word : known)
        rows.push_back(word.row);
    TRY(const PromptReading reading, space.read(rows));
    brief.valence = reading.valence;
    brief.arousal = reading.arousal;
    if (!rows.empty()) {
        const std::vector<double> tempi = softmax(reading.tempi);
        brief.arousal += 0.2 * (tempi[2] - tempi[0]);
    }
    double valence = 0, arousal = 0;
    int moods = 0;
    const std::string moodText = lowered(language::normalise(request.mood));
    const auto addMoods = [&](std::string_view text, bool chosen) {
        for (const std::string& word : space.split(text)) {
            brief_words::Mood mood = brief_words::mood(word);
            if (!mood.known && chosen) {
                const int row = space.find(
                    isHanWord(word) ? language::Language::Mandarin : language::Language::English, word);
                if (row >= 0 && !isStopWord(word))
                    mood = {1.3 * space.valence(row), space.arousal(row), true};
            }
            if (!mood.known)
                continue;
            valence += mood.valence;
            arousal += mood.arousal;
            ++moods;
            brief.moodWords.push_back(word);
        }
    };
    addMoods(moodText, true);
    if (moods > 0) {
        brief.valence = valence / moods;
        brief.arousal = arousal / moods;
    } else {
        addMoods(lower, false);
        if (moods > 0) {
            brief.valence = 0.4 * brief.valence + 0.6 * valence / moods;
            brief.arousal = 0.4 * brief.arousal + 0.6 * arousal / moods;
        }
    }
    if (request.valence || request.arousal)
        brief.moodWords.clear();
    brief.valence = std::clamp(request.valence.value_or(brief.valence), -1.0, 1.0);
    brief.arousal = std::clamp(request.arousal.value_or(brief.arousal), -1.0, 1.0);

    brief.meter = brief_words::meter(lower).value_or(music::Meter{});
    if (!request.style.empty()) {
        brief.style = request.style;
    } else if (const auto said = brief_words::style(lower)) {
        brief.style = *said;
    } else if (!rows.empty()) {
        std::vector<double> genres = softmax(reading.genres);
        // What tells of one's children is no song for children.
        if (brief_words::tellsOfChildren(lower))
            genres[kChildren] = 0;
        const auto best = std::max_element(genres.begin(), genres.end());
        if (*best > 0.22)
            brief.style = std::string(kStyles[static_cast<std::size_t>(best - genres.begin())]);
    }
    brief.tempo = request.tempo;
    if (!brief.tempo && !request.leftOpen.tempo)
        brief.tempo = brief_words::tempo(lower);
    brief.key = request.key;
    if (!brief.key && !request.leftOpen.key)
        brief.key = brief_words::key(lower);
    if (request.chords.find_first_not_of(" \t\r\n") != std::string::npos) {
        brief.chords = request.chords;
        TRY(const ChordLineKey said, keyOfChordLine(brief.chords));
        if (!brief.key)
            brief.key = said.key;
    }
    brief.length = request.length;
    if (!brief.length && !request.leftOpen.length)
        brief.length = brief_words::length(lower);
    if (brief.length)
        brief.length->value = std::clamp(brief.length->value, 15.0, 360.0);
    brief.instrumental = request.instrumental.value_or(!hasLyrics && brief_words::instrumental(lower));
    brief.singer = request.voice;
    brief.wantsMale = brief_words::maleVoice(lower).value_or(false);
    if (request.pointOfView) {
        brief.pointOfView = *request.pointOfView;
    } else if (const auto said = brief_words::pointOfView(lower)) {
        brief.pointOfView = *said;
    } else if (!rows.empty()) {
        const auto best = std::max_element(reading.povs.begin(), reading.povs.end());
        brief.pointOfView = static_cast<song::PointOfView>(best - reading.povs.begin());
    }

    // Theme words: nouns and pictures first; what says the mood or the genre only when there is nothing else.
    struct Ranked {
        double score;
        std::size_t order;
        PromptWord word;
        bool aside = false; // said of the music, not of its subject
    };
    std::vector<Ranked> ranked;
    for (std::size_t i = 0; i < known.size(); ++i) {
        double score =
            space.concreteness(known[i].row) - 0.02 * static_cast<double>(std::min<std::size_t>(i, 20));
        const brief_words::Mood mood = brief_words::mood(known[i].text);
        const bool genre = brief_words::style(known[i].text).has_value();
        if (mood.known || genre)
            score -= 0.8;
        // "两分钟" is one word; "two minutes" are two.
        const bool measure = brief_words::length(known[i].text) || known[i].text == "minutes" ||
                             known[i].text == "seconds" || known[i].text == "bpm";
        ranked.push_back({score, i, known[i], genre || measure || (mood.known && !mood.subject)});
    }
    if (!names.empty() || !request.themes.empty() ||
        std::any_of(ranked.begin(), ranked.end(), [](const Ranked& entry) { return !entry.aside; }))
        std::erase_if(ranked, [](const Ranked& entry) { return entry.aside; });
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
    std::vector<std::string> themes;
    const auto addTheme = [&](std::string text) {
        if (std::find(themes.begin(), themes.end(), text) == themes.end())
            themes.push_back(std::move(text));
    };
    const auto inSongsLanguage = [&](const PromptWord& word) {
        std::vector<std::string> words;
        if (word.row >= 0 && space.languageOf(word.row) != brief.language) {
            for (const int row : space.neighbours(word.row, brief.language, 2, 0.5))
                words.emplace_back(space.word(row));
        }
        if (words.empty())
            words.push_back(word.text);
        return words;
    };
    for (const std::string& chosen : request.themes) {
        const std::string text = lowered(language::normalise(chosen));
        for (const PromptWord& word : themeWords(text, space))
            for (std::string& own : inSongsLanguage(word))
                addTheme(std::move(own));
    }
    brief.chosenThemes = static_cast<int>(themes.size());
    std::vector<std::string> unwanted;
    for (const std::string& word : request.withoutThemes)
        unwanted.push_back(lowered(language::normalise(word)));
    const auto wanted = [&](const std::string& text) {
        return std::find(unwanted.begin(), unwanted.end(), text) == unwanted.end();
    };
    const std::size_t most = themes.size() + 8;
    for (const Ranked& entry : ranked) {
        if (themes.size() >= most)
            break;
        if (!wanted(entry.word.text))
            continue;
        for (std::string& text : inSongsLanguage(entry.word)) {
            if (wanted(text))
                addTheme(std::move(text));
        }
    }
    for (const std::string& name : names) {
        if (themes.size() < most + 2 && wanted(name) &&
            isHanWord(name) == (brief.language == language::Language::Mandarin))
            addTheme(name);
    }
    brief.themes = std::move(themes);
    return brief;
}

} // namespace cantilena::compose
