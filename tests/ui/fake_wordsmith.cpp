#include <algorithm>
#include <utility>

#include <language/text.h>

#include "fake_studio.h"

namespace cantilena::test {

session::SungLine spelled(const std::string& text)
{
    session::SungLine line{text, {}};
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ') {
            word += c;
        } else if (!word.empty()) {
            line.words.push_back({word, 0, {{word, {}, 1, 0, 0, language::Language::English, false}}});
            word.clear();
        }
    }
    return line;
}

void FakeWordsmith::otherLines(song::SongPtr, song::LineId line, compose::LineWish wish, std::uint64_t seed,
                               Answer<session::LineSuggestions> answer)
{
    asked.push_back("wish " + std::to_string(static_cast<int>(wish)) + " line " + std::to_string(line.value) +
                    " seed " + std::to_string(seed));
    otherLinesAnswer = std::move(answer);
}

void FakeWordsmith::rhymes(song::SongPtr, const std::string& word,
                           Answer<std::vector<session::RhymingWord>> answer)
{
    asked.push_back("rhymes " + word);
    rhymesAnswer = std::move(answer);
}

void FakeWordsmith::read(const std::string& line, language::Language, Answer<session::SungLine> answer)
{
    answer(spelled(line));
}

void FakeWordsmith::understand(const compose::ComposeRequest& request, Answer<song::Brief> answer)
{
    understood = request;
    if (request.prompt == "?") {
        answer(Error{"The prompt could not be read: please write it in English or Chinese."});
        return;
    }
    song::Brief brief;
    brief.prompt = request.prompt;
    brief.language = request.language.value_or(language::detect(request.prompt));
    brief.themes = request.themes;
    brief.chosenThemes = static_cast<int>(request.themes.size());
    const auto& without = request.withoutThemes;
    for (const language::Word& word : spelled(request.prompt).words) {
        if (word.text.size() > 4 && std::find(without.begin(), without.end(), word.text) == without.end())
            brief.themes.push_back(word.text);
    }
    brief.valence = request.valence.value_or(-0.7);
    brief.arousal = request.arousal.value_or(-0.3);
    brief.style = request.style.empty() ? "folk" : request.style;
    brief.tempo = request.tempo;
    if (!brief.tempo && !request.leftOpen.tempo && request.prompt.find("96 bpm") != std::string::npos)
        brief.tempo = music::Bpm{96};
    brief.opening = request.opening.value_or("");
    if (!request.opening && request.prompt.starts_with("My"))
        brief.opening = request.prompt;
    brief.key = request.key;
    brief.length = request.length;
    brief.pointOfView = request.pointOfView.value_or(song::PointOfView::I);
    brief.singer = request.voice.empty() ? "mira" : request.voice;
    brief.instrumental = request.instrumental.value_or(false);
    answer(brief);
}

void FakeWordsmith::cancel(Question question)
{
    if (question == Question::OtherLines)
        otherLinesAnswer = nullptr;
    if (question == Question::Rhymes)
        rhymesAnswer = nullptr;
}

void FakeWordsmith::suggest(const std::vector<std::string>& lines)
{
    session::LineSuggestions suggestions;
    suggestions.maker = {{}, song::Maker::Model, "lyrics-line", "1", "hash", 5};
    for (const std::string& line : lines)
        suggestions.lines.push_back(spelled(line));
    std::exchange(otherLinesAnswer, nullptr)(suggestions);
}

} // namespace cantilena::test
