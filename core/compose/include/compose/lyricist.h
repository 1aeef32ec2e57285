#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include <base/job.h>
#include <base/result.h>
#include <compose/lyrics.h>
#include <compose/plan.h>
#include <language/reader.h>
#include <song/brief.h>

/// Lyrics by a language model that the person chose, held to the levels of our own.
namespace cantilena::compose {

/// Says to the model what was said so far, turns in alternation, ours first and last; gives what it answers.
/// May take minutes; returns the job's cancelledError() within 200 ms of a cancel.
using AskModel =
    std::function<Result<std::string>(std::span<const std::string> turns, const JobContext& job)>;

/// Asks for title and all lines of the form at once. Every line is read and checked as our own are: the
/// planned syllables, the rhymes, the copy guard, words that are not sung. Lines that fail go back once, with
/// what is wrong with each; those that fail again are written by our own models, alone or with their section.
/// The model's lines are marked LineOrigin::LanguageModel.
///
/// The same seed need not give the same words: the model's answer is not ours to repeat. For the rest as
/// writeLyrics. Errors: what `ask` answers, and when fewer than half of the lines could be used.
Result<Lyrics> writeLyricsWith(const AskModel& ask, const song::Brief& brief, const Form& form,
                               const LyricModels& models, const language::Reader& reader, std::uint64_t seed,
                               const JobContext& job);

} // namespace cantilena::compose
