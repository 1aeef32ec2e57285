#pragma once

#include <vector>

#include <base/result.h>
#include <inference/model.h>

#include "lyrics_corpus.h"

namespace cantilena::compose::lyric {

/// The lyric critic (lyrics-critic-en, -zh; models/lyrics/critic.py): a second opinion on lines, which sees
/// both sides of every word. Any thread.
class LineCritic {
public:
    LineCritic(const inference::Model& model, const Corpus& corpus) : m_model(model), m_corpus(&corpus) {}

    /// Log-probability that every word of a line stands in its own place, for each of `lines` after the lines
    /// of `before` (the last two are looked at). At most 0; comparable between lines of any length, since a
    /// word beyond doubt adds nothing.
    Result<std::vector<double>> belief(const std::vector<std::vector<Token>>& before,
                                       const std::vector<std::vector<Token>>& lines) const;

private:
    std::vector<int> tokensOf(const std::vector<Token>& line) const;

    const inference::Model& m_model;
    const Corpus* m_corpus;
};

} // namespace cantilena::compose::lyric
