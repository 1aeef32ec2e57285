#pragma once

#include <cstdint>
#include <vector>

#include <base/result.h>
#include <compose/lyrics.h>
#include <compose/plan.h>
#include <compose/tune_lines.h>
#include <inference/model.h>
#include <language/reader.h>
#include <song/song.h>

/// Words for a tune that has none.
namespace cantilena::session {

/// The notes of one line to be.
struct LineNotes {
    std::vector<song::NoteId> ids;         ///< in order
    std::vector<compose::LinedNote> notes; ///< parallel; `goesOn`: too short for a syllable of its own
};

/// What words for a tune have to be: its sections with lines where it breathes.
struct WordlessTune {
    compose::Form form;
    std::vector<std::vector<LineNotes>> lines; ///< by section, parallel to the form's lines
};

/// The lines that words have over a song's melody: a syllable a note, but for notes too short for one, and
/// for the shortest of lines with more notes than a line of words has syllables.
WordlessTune wordlessTune(const song::Song& song);

/// Takes over the shapes that words want, as far as the tune can follow: up to two notes of a line join the
/// syllables before them, or one long note is split. `wanted`: the tune's form with other lines.
void bendTo(WordlessTune& tune, const compose::Form& wanted);

/// Notes each line's accents in the form of a song whose words are sung.
void addAccents(compose::Form& form, const song::Song& song);

/// The song with words on its tune, sung by the brief's singer.
Result<song::SongPtr> withFirstWords(const song::Song& song, const song::Brief& brief,
                                     const WordlessTune& tune, const compose::Lyrics& lyrics,
                                     const language::Reader& reader, const inference::ModelInfo& maker,
                                     std::uint64_t seed);

} // namespace cantilena::session
