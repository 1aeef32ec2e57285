#pragma once

#include <string>
#include <vector>

/// How a line stands on paper: the search works on words and pauses alone.
namespace cantilena::compose::lyric {

/// The text with the capitals that the line it was made from has inside ("In March", "6B", "TV") and with its
/// marks of speech, question and exclamation, where the words they belong to are still there or others stand
/// in their place.
std::string writtenLike(const std::string& text, const std::string& prototype);

/// Takes the marks of speech from lines with an odd number of them where the lines together have one: a line
/// that opened or ended what somebody says was written otherwise.
void closeSpeech(std::vector<std::string>& lines);

} // namespace cantilena::compose::lyric
