#pragma once

#include <map>
#include <span>
#include <vector>

#include <base/random.h>
#include <compose/plan.h>

#include "lyrics_corpus.h"
#include "lyrics_story.h"
#include "lyrics_theme.h"

namespace cantilena::compose::lyric {

/// Lines of one corpus section, neighbours or every second one, that may lend their syntax to a group of
/// planned lines.
struct Window {
    int song = 0, section = 0, first = 0;
    int stride = 1;
    double score = 0;
    int lines = 0;
};

/// How often songs were already borrowed from.
using Borrowed = std::map<int, int>;

struct WindowWish {
    song::SectionKind kind = song::SectionKind::Verse;
    Purpose purpose = Purpose::Scene;
    int verse = 0; ///< which of the song's verses, when it is one
    Story story;   ///< the song follows it wherever its lines can be made to fit
    std::span<const LinePlan> lines;
    std::string genre, pointOfView, tempo;
    double valence = 0, arousal = 0;
    double themeWeight = 1;
    const Window* previous = nullptr; ///< of the lines right before; to go on from there keeps the scene
    std::vector<Window> taken;        ///< borrowed before
    int onlySong = -1;                ///< whose windows alone are wanted; -1: those of all songs
    int sameSong = -1; ///< that an earlier section of the kind borrowed from: its story may go on
    int name = -1; ///< a name of the prompt that waits to be sung: a line that sings such a name is welcome
    bool anyShape = false; ///< syllables may be two off and rhymes fall as they like: the form will follow
    int longer = 3, shorter = 5; ///< syllables by which a line of the story may then differ from the plan
};

/// Likeness from which two words share more than a field.
inline constexpr double kSharedField = 0.35;

/// Whether a line has a place for a name of the prompt (a lexeme).
bool takesName(const Corpus& corpus, const ModelLine& line, int name);

/// How well a corpus song goes with mood, point of view, genre and tempo, in the units of window scores; at
/// most 0.2.
double affinity(const ModelSong& song, const WindowWish& wish);

/// The windows of the corpus that suit best: theme, mood, kind of section, syllables, rhyme; best first.
/// `noise` lets seeds differ.
std::vector<Window> rankWindows(const Corpus& corpus, const Theme& theme, const WindowWish& wish,
                                const Borrowed& borrowed, const Random& random, std::size_t count);

/// Syllables and rhyme letters as a window has them, the letters from `first` on.
std::vector<LinePlan> shapeOf(const Corpus& corpus, const Window& window, std::span<const LinePlan> lines,
                              char first);

} // namespace cantilena::compose::lyric
