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

/// The melody's notes that sing `from`, as they sing `to`: syllable by syllable where the counts agree,
/// melismas included; with fewer syllables the last one keeps the remaining notes; with more, the longest
/// notes are split (new notes have no id yet). Nothing when the notes are too short for that.
std::optional<std::vector<Note>> sungAnew(const song::Track& melody, const std::vector<Syllable>& from,
                                          const std::vector<Syllable>& to)
{
    std::vector<Note> notes;
    std::vector<std::size_t> sang; // which of `from` each note sang
    for (const Note& note : melody.notes) {
        const auto syllable =
            std::find_if(from.begin(), from.end(), [&](const Syllable& s) { return s.id == note.syllable; });
        if (syllable == from.end())
            continue;
        notes.push_back(note);
        sang.push_back(static_cast<std::size_t>(syllable - from.begin()));
    }
    if (notes.empty())
        return notes;
    const std::size_t before = notes.size();
    if (!splitUntil(notes, to.size()))
        return std::nullopt;
    const bool noteByNote = from.size() == to.size() && notes.size() == before;
    for (std::size_t i = 0; i < notes.size(); ++i)
        notes[i].syllable = to[noteByNote ? sang[i] : std::min(i, to.size() - 1)].id;
    return notes;
}

Result<void> putNotes(song::Transaction& transaction, song::TrackId track, const std::vector<Note>& notes,
                      song::OriginId origin)
{
    for (Note note : notes) {
        if (note.id) {
            TRY_VOID(transaction.replaceNote(track, note));
        } else {
            note.origin = origin;
            TRY_VOID(transaction.addNote(track, note));
        }
    }
    return {};
}

/// Whether two words are written and sung alike.
bool sameWord(const Word& a, const Word& b)
{
    const auto alike = [](const Syllable& x, Syllable y) {
        y.id = x.id;
        return x == y;
    };
    return a.text == b.text &&
           std::equal(a.syllables.begin(), a.syllables.end(), b.syllables.begin(), b.syllables.end(), alike);
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

    // The syllables that take over the old word's notes.
    std::vector<Syllable> syllables = syllablesOf(typed);
    if (syllables.empty()) {
        const Word& neighbour = line.words[index > 0 ? index - 1 : 0];
        syllables.push_back(index > 0 ? neighbour.syllables.back() : neighbour.syllables.front());
    }
    const song::TrackPtr melody = transaction.song().melody();
    const auto notes =
        melody ? sungAnew(*melody, old.syllables, syllables) : std::optional(std::vector<Note>());
    if (!notes)
        return Error{"The notes under “" + old.text + "” are too short for “" + text +
                     "”; lengthen them first, or choose a shorter word."};
    line.origin = transaction.personOrigin();
    TRY_VOID(transaction.replaceSection(std::move(section)));
    return melody ? putNotes(transaction, melody->head.id, *notes, transaction.personOrigin())
                  : Result<void>();
}

std::vector<song::LineId> repeatsOf(const song::Song& song, song::LineId lineId)
{
    const std::optional<Place> place = findLine(song, lineId);
    if (!place)
        return {};
    std::vector<song::LineId> repeats{lineId};
    const std::string& text = place->section->lines[place->line].text;
    for (const song::SectionPtr& section : song.sections)
        if (section->kind == place->section->kind && section->id != place->section->id &&
            place->line < section->lines.size() && section->lines[place->line].text == text)
            repeats.push_back(section->lines[place->line].id);
    return repeats;
}

Result<void> replaceLine(song::Transaction& transaction, const language::Reader& reader, song::LineId lineId,
                         const std::string& text, const song::Origin& maker)
{
    const std::optional<Place> place = findLine(transaction.song(), lineId);
    if (!place)
        return Error{"The line is no longer in the lyrics; choose it again."};
    Section section = *place->section;
    Line& line = section.lines[place->line];
    const std::vector<Word> old = line.words;
    std::vector<Word> words;
    for (const language::Word& word : reader.read(text, transaction.song().head.language))
        words.push_back(toSongWord(word, transaction.ids()));
    if (words.empty())
        return Error{"A line needs at least one word; type a word, or change another line."};

    // What stays at either end keeps its syllables, and so its notes.
    const std::size_t shorter = std::min(old.size(), words.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && sameWord(old[head], words[head]))
        ++head;
    while (tail < shorter - head && sameWord(old[old.size() - 1 - tail], words[words.size() - 1 - tail]))
        ++tail;
    std::copy_n(old.begin(), head, words.begin());
    std::copy_n(old.rbegin(), tail, words.rbegin());
    // Words that only came in, or only went, share the notes of a neighbour.
    const bool nothingOld = head + tail == old.size(), nothingNew = head + tail == words.size();
    if (nothingOld != nothingNew && !old.empty())
        --(head > 0 ? head : tail);
    const auto middle = [&](const std::vector<Word>& of) {
        return syllablesOf(
            {of.begin() + static_cast<std::ptrdiff_t>(head), of.end() - static_cast<std::ptrdiff_t>(tail)});
    };

    const song::TrackPtr melody = transaction.song().melody();
    std::optional<std::vector<Note>> notes{std::in_place};
    if (melody && !(nothingOld && nothingNew)) {
        notes = sungAnew(*melody, middle(old), middle(words));
        if (!notes) // the rest of the line may have the time that these words lack
            notes = sungAnew(*melody, syllablesOf(old), syllablesOf(words));
    }
    if (!notes)
        return Error{"The notes of the line are too short for “" + text +
                     "”; lengthen them first, or type fewer words."};
    line.text = text;
    line.words = std::move(words);
    const song::OriginId origin = transaction.origin(maker);
    line.origin = origin;
    TRY_VOID(transaction.replaceSection(std::move(section)));
    return melody ? putNotes(transaction, melody->head.id, *notes, origin) : Result<void>();
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
