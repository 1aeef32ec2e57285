#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <base/result.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <song/brief.h>
#include <song/song.h>

/// The skeleton of a song: sections, bars, energy, lines, key and tempo. Pure functions; any thread.
namespace cantilena::compose {

/// A section of lyrics that a person brings.
struct GivenSection {
    song::SectionKind kind = song::SectionKind::Verse;
    std::vector<int> syllables; ///< of each line in order; a line without syllables is skipped
    int sameWordsAs = -1;       ///< index of an earlier section with the same words, or -1

    bool operator==(const GivenSection&) const = default;
};

/// A form for the brief's length (15 s to 6 minutes, 2.5 minutes when it has none), to the bar. The tempo is
/// the brief's, or the style's as the mood moves it; without a given tempo it is nudged (by 4 % at most) so
/// that the bars fill the length exactly. The metre is the brief's when the style knows it, else the style's
/// usual one. An instrumental brief gives sections without lines. `range` guides the key when the brief has
/// none.
Form planForm(const song::Brief& brief, const Style& style, const VocalRange& range, std::uint64_t seed);

/// The forms that a song of the brief may take, of one tempo, metre and key: planForm's, and others with and
/// without a pre-chorus, a bridge and a third verse. They have the brief's length; where it gives none, those
/// with less to tell are shorter. For suitForm, which knows what the words have to tell.
std::vector<Form> planForms(const song::Brief& brief, const Style& style, const VocalRange& range,
                            std::uint64_t seed);

/// A form for lyrics that a person brings: their sections in their order, every line with bars enough to sing
/// it, and instrumental bars before, between and after. A section without lines becomes an interlude. Errors:
/// nothing to sing; more lines than a song can hold (1,500 bars).
Result<Form> formForLyrics(const song::Brief& brief, const Style& style,
                           const std::vector<GivenSection>& sections, const VocalRange& range,
                           std::uint64_t seed);

/// "Verse 2", "主歌 2": the name of the section that is number `number` (from 1) of `count` of its kind.
std::string sectionName(song::SectionKind kind, int number, int count, bool mandarin);

/// Where a section's lines begin and how long they are: each fills its bars, one after the other from the
/// section's start. As song::Line::start and song::Line::length want them; one entry for each line.
struct LinePlace {
    music::Tick start;  ///< from the section's start
    music::Tick length; ///< whole bars

    bool operator==(const LinePlace&) const = default;
};
std::vector<LinePlace> linePlaces(const SectionPlan& section, const music::Meter& meter);

} // namespace cantilena::compose
