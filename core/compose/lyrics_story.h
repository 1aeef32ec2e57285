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

/// What speaks for a story, as tests/benchmarks/lyrics_report --stories prints it.
struct StoryReasons {
    double words = 0;   ///< share of the request's words that it is looked for under, 0..1
    double phrases = 0; ///< the same for whole subjects (SongIndex::Match), 0..1
    double all = 0; ///< how much of the request its texts say in their own words (MeaningIndex::Match), 0..1
    double asked = 0;    ///< how much of it what the song was asked for with says, 0..1
    double askedToo = 0; ///< how much of what the song was asked for with the request says, 0..1
    double subjects = 0; ///< and of its first subjects, 0..1
    double near = 0;     ///< by the matcher, -1..1
    double people = 0;   ///< -2 it sings of others .. 2 its title or hook names the person asked for
    double children = 0; ///< 1 a nursery song that was asked for, -1 one that was not, else 0
    double named = 0;    ///< how much of what was asked for the hook or the title says, 0..1
    double manner = 0;   ///< mood, point of view, genre and tempo, 0 as asked for, else below
    int strangers = 0;   ///< people whom it calls by name, and ages, that the request does not have
    double missing = 0;  ///< sections of the form that it has nothing for
    double polished = 0; ///< 1 an editor left nothing in it to cut, else 0
    double phrased = 0;  ///< share of its lines that can be worded anew by phrases rather than single words
};

/// A corpus song that may lend its story.
struct Story {
    int song = -1;    ///< index in Corpus::songs; -1: none
    double about = 0; ///< how much of what was asked for it sings about, 0..1
    double score = 0; ///< in the units of window scores
    StoryReasons reasons;
};

/// Leaves the best by score, best first, at most `count`; of equal ones the earlier song.
void keepBest(std::vector<Story>& stories, std::size_t count);

/// The stories that a song about the theme could follow, best first, at most `count`: they sing of the theme
/// in their hook, share mood, point of view, genre and tempo as far as possible, have a section for each
/// purpose of the form and a place for `name` (a lexeme, or -1). Chance decides among those that are about as
/// good, so that another seed tells another story. Errors: a damaged model.
Result<std::vector<Story>> rankStories(const Corpus& corpus, const Theme& theme, const song::Brief& brief,
                                       const Form& form, int name, const Random& random, std::size_t count);

} // namespace cantilena::compose::lyric
