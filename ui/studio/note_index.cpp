#include "note_index.h"

#include <algorithm>

namespace cantilena::ui {

NoteIndex::Texts syllableTexts(const song::Song& song)
{
    NoteIndex::Texts texts;
    for (const song::SectionPtr& section : song.sections) {
        for (const song::Line& line : section->lines) {
            for (const song::Word& word : line.words) {
                for (std::size_t i = 0; i < word.syllables.size(); ++i) {
                    const song::Syllable& syllable = word.syllables[i];
                    QString text = QString::fromStdString(syllable.text);
                    if (i + 1 < word.syllables.size() && syllable.language == language::Language::English)
                        text += QLatin1Char('-');
                    texts.emplace(syllable.id, std::pair{text, syllable.guessed});
                }
            }
        }
    }
    return texts;
}

NoteIndex::NoteIndex(const song::Track& track, const Texts& texts)
{
    m_notes.reserve(track.notes.size());
    m_lastEnd.reserve(track.notes.size());
    song::SyllableId previous;
    music::Tick last;
    for (const song::Note& note : track.notes) {
        RollNote shown{note.id,       note.onset,    note.end(), note.pitch.midi,
                       note.velocity, note.syllable, {},         false};
        if (note.syllable) {
            const auto it = texts.find(note.syllable);
            if (note.syllable == previous) {
                shown.text = QStringLiteral("–");
            } else if (it != texts.end()) {
                shown.text = it->second.first;
                shown.guessed = it->second.second;
            }
        }
        previous = note.syllable;
        last = m_notes.empty() ? note.end() : std::max(last, note.end());
        m_notes.push_back(std::move(shown));
        m_lastEnd.push_back(last);
    }
}

std::pair<std::size_t, std::size_t> NoteIndex::slice(music::Tick from, music::Tick to) const
{
    const auto first = std::upper_bound(m_lastEnd.begin(), m_lastEnd.end(), from) - m_lastEnd.begin();
    const auto last =
        std::lower_bound(m_notes.begin(), m_notes.end(), to,
                         [](const RollNote& note, music::Tick tick) { return note.onset < tick; }) -
        m_notes.begin();
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(std::max(first, last))};
}

std::vector<std::size_t> NoteIndex::visible(music::Tick from, music::Tick to, int lowPitch,
                                            int highPitch) const
{
    std::vector<std::size_t> result;
    const auto [first, last] = slice(from, to);
    for (std::size_t i = first; i < last; ++i) {
        const RollNote& note = m_notes[i];
        if (note.end > from && note.pitch >= lowPitch && note.pitch <= highPitch)
            result.push_back(i);
    }
    return result;
}

std::optional<std::size_t> NoteIndex::at(music::Tick tick, int pitch) const
{
    const auto [first, last] = slice(tick, tick + music::Tick{1});
    for (std::size_t i = last; i > first; --i) {
        const RollNote& note = m_notes[i - 1];
        if (note.pitch == pitch && note.onset <= tick && note.end > tick)
            return i - 1;
    }
    return std::nullopt;
}

std::optional<std::size_t> NoteIndex::find(song::NoteId id) const
{
    const auto it =
        std::find_if(m_notes.begin(), m_notes.end(), [id](const RollNote& note) { return note.id == id; });
    if (it == m_notes.end())
        return std::nullopt;
    return static_cast<std::size_t>(it - m_notes.begin());
}

std::optional<std::pair<int, int>> NoteIndex::range() const
{
    if (m_notes.empty())
        return std::nullopt;
    const auto [low, high] =
        std::minmax_element(m_notes.begin(), m_notes.end(),
                            [](const RollNote& a, const RollNote& b) { return a.pitch < b.pitch; });
    return std::pair{low->pitch, high->pitch};
}

} // namespace cantilena::ui
