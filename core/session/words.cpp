#include <session/words.h>

#include <algorithm>

#include <song/word_ranges.h>

namespace cantilena::session {

namespace {

using song::Line;
using song::Note;
using song::Section;
using song::Syllable;
using song::Word;

/// A note shorter than this is not split: a thirty-second, the shortest syllable a singer can place.
constexpr music::Tick kShortest = music::ticks(1, 32);

std::vector<Syllable> syllablesOf(const std::vector<Word>& words)
{
    std::vector<Syllable> result;
    for (const Word& word : words)
        result.insert(result.end(), word.syllables.begin(), word.syllables.end());
    return result;
}

/// The line's text with one word replaced; punctuation around it belongs to the line alone and stays.
std::string replaceInText(const Line& line, std::size_t index, const std::string& replacement)
{
    if (const std::optional<song::TextRange> place = song::wordRanges(line)[index]) {
        std::string text = line.text.substr(0, place->start) + replacement + line.text.substr(place->end);
        const std::size_t at = place->start;
        if (replacement.empty() && at < text.size() && text[at] == ' ' && (at == 0 || text[at - 1] == ' '))
            text.erase(at, 1);
        else if (replacement.empty() && at == text.size() && at > 0 && text[at - 1] == ' ')
            text.pop_back();
        return text;
    }
    std::string text;
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        const std::string& word = i == index ? replacement : line.words[i].text;
        if (!text.empty() && !word.empty())
            text += ' ';
        text += word;
    }
    return text;
}

/// Splits the longest of `notes` until there are `count`; new notes have no id yet. False when they are too
/// short.
bool splitUntil(std::vector<Note>& notes, std::size_t count)
{
    while (notes.size() < count) {
        auto longest = std::max_element(notes.begin(), notes.end(),
                                        [](const Note& a, const Note& b) { return a.duration < b.duration; });
        // Halves on the thirty-second grid keep the rhythm readable.
        const std::int64_t grid = kShortest.value;
        const std::int64_t half = std::max(grid, longest->duration.value / 2 / grid * grid);
        if (longest->duration.value - half < grid)
            return false;
        Note second = *longest;
        second.id = {};
        second.onset = longest->onset + music::Tick{half};
        second.duration = longest->duration - music::Tick{half};
        longest->duration = music::Tick{half};
        notes.insert(longest + 1, second);
    }
    return true;
}

struct Place {
    song::SectionPtr section;
    std::size_t line = 0;
};

std::optional<Place> findLine(const song::Song& song, song::LineId id)
{
    for (const song::SectionPtr& section : song.sections)
        for (std::size_t i = 0; i < section->lines.size(); ++i)
            if (section->lines[i].id == id)
                return Place{section, i};
    return std::nullopt;
}

} // namespace

song::Word toSongWord(const language::Word& word, song::IdSource& ids)
{
    Word result{word.text, {}};
    for (const language::Syllable& syllable : word.syllables)
        result.syllables.push_back({ids.make<song::SyllableId>(), syllable.text, syllable.phonemes,
                                    syllable.stress, syllable.sungTone, syllable.language, syllable.guessed});
    return result;
}

song::Line readLine(const language::Reader& reader, const std::string& text, language::Language primary,
                    song::IdSource& ids)
{
    Line line;
    line.id = ids.make<song::LineId>();
    line.text = text;
    for (const language::Word& word : reader.read(text, primary))
        line.words.push_back(toSongWord(word, ids));
    return line;
}

Result<void> retypeWord(song::Transaction& transaction, const language::Reader& reader, song::LineId lineId,
                        std::size_t index, const std::string& text)
{
    const std::optional<Place> place = findLine(transaction.song(), lineId);
    if (!place || index >= place->section->lines[place->line].words.size())
        return Error{"The word is no longer in the lyrics; choose it again."};
    Section section = *place->section;
    Line& line = section.lines[place->line];
    const Word old = line.words[index];

    std::vector<Word> typed;
    for (const language::Word& word : reader.read(text, transaction.song().head.language))
        typed.push_back(toSongWord(word, transaction.ids()));
    if (typed.empty() && line.words.size() == 1)
        return Error{"A line needs at least one word; type a word, or change another line."};

    line.text = replaceInText(line, index, typed.empty() ? std::string() : text);
    line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(index));
    line.words.insert(line.words.begin() + static_cast<std::ptrdiff_t>(index), typed.begin(), typed.end());
    line.origin = transaction.personOrigin();

    // The syllables that take over the old word's notes.
    std::vector<Syllable> syllables = syllablesOf(typed);
    if (syllables.empty()) {
        const Word& neighbour = line.words[index > 0 ? index - 1 : 0];
        syllables.push_back(index > 0 ? neighbour.syllables.back() : neighbour.syllables.front());
    }
    TRY_VOID(transaction.replaceSection(std::move(section)));

    const song::TrackPtr melody = transaction.song().melody();
    if (!melody)
        return {};
    std::vector<Note> notes;
    for (const Note& note : melody->notes)
        if (std::any_of(old.syllables.begin(), old.syllables.end(),
                        [&](const Syllable& syllable) { return syllable.id == note.syllable; }))
            notes.push_back(note);
    if (notes.empty())
        return {};

    std::vector<Note> sung = notes;
    if (!splitUntil(sung, syllables.size()))
        return Error{"The notes under “" + old.text + "” are too short for “" + text +
                     "”; lengthen them first, or choose a shorter word."};
    std::size_t before =
        0; // syllables of the old word before the note's, to keep its melismas where the counts agree
    for (std::size_t i = 0; i < sung.size(); ++i) {
        std::size_t target = std::min(i, syllables.size() - 1);
        if (sung.size() == notes.size() && syllables.size() == old.syllables.size()) {
            while (before + 1 < old.syllables.size() && old.syllables[before].id != notes[i].syllable)
                ++before;
            target = before;
        }
        sung[i].syllable = syllables[target].id;
        if (sung[i].id) {
            TRY_VOID(transaction.replaceNote(melody->head.id, sung[i]));
        } else {
            sung[i].origin = transaction.personOrigin();
            TRY_VOID(transaction.addNote(melody->head.id, sung[i]));
        }
    }
    return {};
}

Result<void> removeWords(song::Transaction& transaction, const std::set<song::SyllableId>& silent)
{
    if (silent.empty())
        return {};
    const auto isSilent = [&](const Syllable& syllable) { return silent.contains(syllable.id); };
    for (const song::SectionPtr& before : std::vector(transaction.song().sections)) {
        Section section = *before;
        for (Line& line : section.lines)
            for (std::size_t i = line.words.size(); i-- > 0;) {
                const Word word = line.words[i];
                if (std::none_of(word.syllables.begin(), word.syllables.end(), isSilent))
                    continue;
                if (!std::all_of(word.syllables.begin(), word.syllables.end(), isSilent))
                    return Error{"The word “" + word.text +
                                 "” would be sung in part; delete all its notes, or retype it."};
                if (line.words.size() == 1)
                    return Error{"“" + word.text +
                                 "” is the only word of its line and stays; retype it instead."};
                line.text = replaceInText(line, i, {});
                line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(i));
                line.origin = transaction.personOrigin();
            }
        if (section != *before)
            TRY_VOID(transaction.replaceSection(std::move(section)));
    }
    return {};
}

} // namespace cantilena::session
