#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <base/random.h>
#include <compose/plan.h>
#include <song/brief.h>

#include "lyrics_corpus.h"
#include "lyrics_theme.h"

/// The plan of a song's words: whose story it follows and what each section does in it.
namespace cantilena::compose::lyric {

/// What a section does in the story.
enum class Purpose : std::uint8_t {
    Scene,  ///< who and where: the first verse
    Onward, ///< time has moved: a later verse
    Lift,   ///< leads up to the point: a pre-chorus
    Point,  ///< what the song says: chorus, hook
    Turn,   ///< sees it from another side: a bridge
    Close,  ///< takes leave: an outro
};

/// Of section number `section` of a form: verses that repeat an earlier one's words do as that one does.
Purpose purposeOf(const Form& form, std::size_t section);

/// Of section number `section` of a corpus song.
Purpose purposeOf(const ModelSong& song, std::size_t section);

/// How well a corpus section that does `have` can do `wanted`, in the units of window scores.
double purposeFit(Purpose wanted, Purpose have);

/// A corpus song that may lend its story.
struct Story {
    int song = -1;    ///< index in Corpus::songs; -1: none
    double about = 0; ///< how much of what was asked for it sings about, 0..1
    double score = 0; ///< in the units of window scores
};

/// The stories that a song about the theme could follow, best first, at most `count`: they sing of the theme
/// in their hook, share mood, point of view, genre and tempo as far as possible, have a section for each
/// purpose of the form and a place for `name` (a lexeme, or -1). Chance decides among those that are about as
/// good, so that another seed tells another story.
std::vector<Story> rankStories(const Corpus& corpus, const Theme& theme, const song::Brief& brief,
                               const Form& form, int name, const Random& random, std::size_t count);

} // namespace cantilena::compose::lyric
