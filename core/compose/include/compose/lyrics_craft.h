#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/lyrics.h>
#include <language/reader.h>
#include <song/brief.h>
#include <song/song.h>

/// Help for a person who works on one line of the lyrics.
namespace cantilena::compose {

/// Which way a line is to be rewritten.
enum class LineWish : std::uint8_t {
    Another,  ///< the same place, other words
    LikeThis, ///< this line's own syntax with a word or two exchanged
    Happier,
    Sadder,
    OtherImage, ///< concrete words that the line and its neighbours do not have
    Simpler,    ///< common, short words
};

struct LineQuestion {
    song::Brief brief; ///< what the song is about
    std::string title;
    song::SectionKind kind = song::SectionKind::Verse;
    std::vector<std::string> before; ///< lines of the section before it, as shown
    std::string line;                ///< as it stands
    int syllables = 0;               ///< that are wanted; 0: as many as it has
    std::string rhymesWith;          ///< a line that it has to rhyme with; empty: its own end
    bool anyEnd = false;             ///< with an empty rhymesWith: no rhyme is wanted
    LineWish wish = LineWish::Another;
    std::uint64_t seed = 0;
    std::size_t count = 8;
};

/// Up to `count` other lines, best first, each with the wanted syllables and rhyme, none equal to `line`,
/// past the copy guard. The same question gives the same lines. About 0.3 s. An error when none or more than
/// 16 syllables are wanted; an empty answer when nothing fits.
Result<std::vector<std::string>> rewriteLine(const LineQuestion& question, const LyricModels& models,
                                             const language::Reader& reader, const JobContext& job);

/// Words that rhyme with a word, the common ones and those near the song's subject first.
std::vector<std::string> rhymingWords(const std::string& word, const song::Brief& brief,
                                      const LyricModels& models, const language::Reader& reader,
                                      std::size_t count);

} // namespace cantilena::compose
