#pragma once

#include <base/result.h>
#include <compose/lyrics_words.h>
#include <compose/request.h>
#include <song/brief.h>

namespace cantilena::compose {

/// Longest prompt and longest own lyrics, in characters.
inline constexpr std::size_t kLongestPrompt = 2000;
inline constexpr std::size_t kLongestLyrics = 20000;

/// Reads what was asked for: a sentence in English, Chinese or both, and explicit choices, which win over it.
/// Genre, mood, tempo and point of view come from a model that learnt them from prompts; words that say them
/// outright ("sad", "120 bpm", "in D minor", "30 秒", "男声", "纯音乐") win over the model. Theme words are
/// the content words of the prompt in the song's language, most important first, then words near them.
///
/// Typed chords give the key when nothing else does.
///
/// Errors, one sentence each: those of typed chords (compose/chord_line.h); nothing asked for (neither prompt
/// nor lyrics), too long, or nothing in the prompt that can be read. The length is clamped to 15 .. 360 s.
/// Any thread.
Result<song::Brief> readBrief(const ComposeRequest& request, const WordSpace& words);

} // namespace cantilena::compose
