#pragma once

#include <vector>

#include <compose/lyrics.h>
#include <compose/plan.h>
#include <compose/tune_lines.h>
#include <exchange/tune.h>
#include <language/reader.h>
#include <song/song.h>

/// A tune from a file on its way into a song: its form, its words, its notes.
namespace cantilena::session {

/// What is settled before a tune is read.
struct TuneFrame {
    music::Meter meter; ///< of the song; the tune's, or one whose bars hold whole bars of it
    music::Bpm tempo;
    music::Key key;
    language::Language language = language::Language::English;
};

/// The metre that the song of a tune has: bars of 2/4, 2/2 and 3/8 are joined in pairs, since the band plays
/// 4/4, 3/4 and 6/8. An error for metres that cannot be had so.
Result<music::Meter> songMeter(const music::Meter& meter);

/// The file's key where it fits the notes (many files say C major whatever they hold), else the one that the
/// notes are heard in.
music::Key keyOf(const exchange::Tune& tune);

struct TuneSong {
    compose::Form form;     ///< sections as the file names them, or as the tune repeats
    compose::Lyrics lyrics; ///< parallel to form.sections; no lines where the tune has no words
    /// By section, of the tune's notes: the lines that have words.
    std::vector<std::vector<compose::TuneLine>> lines;
};

/// Sections, lines and words of a tune. Nothing is left out: what rests before the first line is an intro.
TuneSong songOfTune(const exchange::Tune& tune, const TuneFrame& frame, const language::Reader& reader);

/// The tune's notes, each with the syllable that it sings in `sections`, which were made from `song`. Where
/// the words have other syllables than the file's, a word's notes pass to its syllables in order, and are
/// split where there are too few. Ids and origins are 0.
std::vector<song::Note> notesOfTune(const exchange::Tune& tune, const TuneSong& song,
                                    const std::vector<song::SectionPtr>& sections);

} // namespace cantilena::session
