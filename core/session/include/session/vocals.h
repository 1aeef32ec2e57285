#pragma once

#include <string_view>
#include <vector>

#include <base/result.h>
#include <compose/style.h>
#include <song/edit.h>
#include <voice/singer.h>

namespace cantilena::session {

/// The singer of that id, or nullptr.
const voice::SingerInfo* findSinger(const std::vector<voice::SingerInfo>& singers, std::string_view id);

/// Makes `wanted` the song's vocal. For another singer the tune moves by octaves to where most of it lies in
/// the comfortable range; its notes stay in time and in key. Errors: a singer that is not installed.
Result<void> changeVocal(song::Transaction& transaction, const std::vector<voice::SingerInfo>& singers,
                         const song::Vocal& wanted);

/// The octaves (in semitones) that bring a sung tune into a singer's range; 0 without a tune.
int octavesFor(const song::Song& song, const voice::SingerInfo& singer);

/// A singer's habits of pitch in the song's style, under its controls. A style that is not installed changes
/// nothing.
voice::PitchStyle pitchStyleOf(const song::Song& song, const voice::SingerInfo& singer,
                               const std::vector<compose::Style>& styles);

} // namespace cantilena::session
