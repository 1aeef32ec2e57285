#pragma once

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <QString>

#include <song/song.h>

namespace cantilena::ui {

/// A note as the piano roll draws it.
struct RollNote {
    song::NoteId id;
    music::Tick onset, end;
    int pitch = 60;
    int velocity = 80;
    song::SyllableId syllable;
    QString text;         ///< the sung syllable, "–" while a melisma goes on, empty for instruments
    bool guessed = false; ///< the singer guesses how the syllable is read
};

/// A track's notes for drawing and picking: what lies between two ticks is found without a walk over all
/// notes.
class NoteIndex {
public:
    using Texts = std::unordered_map<song::SyllableId, std::pair<QString, bool>>;

    NoteIndex() = default;
    /// `texts` gives the written syllable and whether its reading is guessed.
    NoteIndex(const song::Track& track, const Texts& texts);

    const std::vector<RollNote>& notes() const { return m_notes; } ///< by onset, then pitch
    bool empty() const { return m_notes.empty(); }

    /// The notes that sound between the two ticks are all in [first, second); a few others may be too.
    std::pair<std::size_t, std::size_t> slice(music::Tick from, music::Tick to) const;
    /// The notes that sound between the two ticks and lie between the two pitches, inclusive.
    std::vector<std::size_t> visible(music::Tick from, music::Tick to, int lowPitch, int highPitch) const;
    /// The note at a place; of several the one that starts last.
    std::optional<std::size_t> at(music::Tick tick, int pitch) const;
    std::optional<std::size_t> find(song::NoteId id) const;
    /// Lowest and highest pitch; nothing when there are no notes.
    std::optional<std::pair<int, int>> range() const;

private:
    std::vector<RollNote> m_notes;
    std::vector<music::Tick> m_lastEnd; ///< latest end among the notes up to here; rises
};

/// The written syllables of a song by id.
NoteIndex::Texts syllableTexts(const song::Song& song);

} // namespace cantilena::ui
