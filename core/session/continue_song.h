#pragma once

#include <cstdint>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/lyrics.h>
#include <compose/melody.h>
#include <language/reader.h>
#include <song/song.h>

#include "harmonise.h"

/// More sections for a song that is there.
namespace cantilena::session {

/// What usually comes next: a chorus after a verse, a verse after a chorus, and once both were heard twice a
/// bridge and the chorus.
std::vector<song::SectionKind> nextSections(const song::Song& song);

/// What a song goes on with.
struct ContinueTools {
    HarmonyTools harmony;
    const compose::MelodyModels& melody;
    compose::VocalRange range;
    const compose::LyricModels* lyrics = nullptr; ///< nullptr when the song has no words
    const language::Reader& reader;
    song::Brief brief; ///< what new words are about
};

/// As Workshop::continueSong. Errors: no kinds, or more than kMostNewSections; those of the stages.
inline constexpr std::size_t kMostNewSections = 16;
Result<song::SongPtr> withMoreSections(const song::Song& song, const std::vector<song::SectionKind>& kinds,
                                       std::uint64_t take, const ContinueTools& tools, const JobContext& job);

} // namespace cantilena::session
