#pragma once

#include <cstddef>
#include <cstdint>

#include <base/result.h>
#include <song/song.h>

/// What a song may hold. Every way into a document (edits, files, the journal) checks the same bounds, so
/// that the rest of the program may rely on them. A reference (Note::syllable, any origin) to an object that
/// is not there is allowed and means none: undoing the removal of a line brings its syllables back under
/// their notes.
namespace cantilena::song {

inline constexpr std::size_t kMaxNotes = 200'000; ///< of all tracks together
inline constexpr std::size_t kMaxTracks = 256;
inline constexpr std::size_t kMaxSections = 2'000;
inline constexpr std::size_t kMaxLines = 2'000;         ///< of all sections together
inline constexpr std::size_t kMaxLineSyllables = 2'000; ///< of one line
inline constexpr std::size_t kMaxChords = 20'000;
inline constexpr std::size_t kMaxOrigins = 20'000;
inline constexpr std::size_t kMaxText = 64 * 1024; ///< bytes of any one text
inline constexpr std::size_t kMaxPhonemes = 64;    ///< of one syllable
inline constexpr std::size_t kMaxThemes = 256;
inline constexpr std::size_t kMaxBendPoints = 1024;   ///< of one note
inline constexpr double kMaxBend = 2400;              ///< cents either way
inline constexpr int kMaxBars = 10'000;               ///< of one section
inline constexpr std::int64_t kMaxTick = 200'000'000; ///< about 29 hours at 120 beats a minute
inline constexpr std::int64_t kMaxShift = 16 * 960;   ///< ticks of micro-timing either way
inline constexpr std::uint64_t kMaxId = 1ULL << 62;   ///< above every id, so the counter may stand at it
inline constexpr double kMinTempo = 10;
inline constexpr double kMaxTempo = 1000;

/// Each answers with one sentence that names the object and the value when it is out of bounds.
Result<void> validate(const Note& note);
Result<void> validate(const ChordEvent& chord);
Result<void> validate(const Origin& origin);
Result<void> validate(const TrackHead& head);
Result<void> validate(const SongHead& head);
/// The values of its lines and syllables too, and that no id appears twice in it.
Result<void> validate(const Section& section);
/// The values of its notes too, their order, and that no id appears twice in it.
Result<void> validate(const Track& track);
/// All of the above, the counts, the orders (notes as noteBefore, chords by onset then id, origins by id),
/// and that no two objects of a kind share an id.
Result<void> validate(const Song& song);

/// The head with every number moved to the nearest allowed value and every text cut to kMaxText.
SongHead clamped(SongHead head);

} // namespace cantilena::song
