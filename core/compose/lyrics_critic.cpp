#include "lyrics_critic.h"

#include <algorithm>
#include <cmath>

namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kContextLines = 2;

/// log(1 - sigmoid(logit)), without overflow.
double logBelief(double logit)
{
    return logit > 0 ? -logit - std::log1p(std::exp(-logit)) : -std::log1p(std::exp(logit));
}

} // namespace

std::vector<int> LineCritic::tokensOf(const std::vector<Token>& line) const
{
    std::vector<int> ids;
    for (const Token& token : line) {
        const Lexeme& lexeme = m_corpus->lexemes[static_cast<std::size_t>(token.lexeme)];
        ids.insert(ids.end(), lexeme.tokens.begin(), lexeme.tokens.end());
    }
    return ids;
}

Result<std::vector<double>> LineCritic::belief(const std::vector<std::vector<Token>>& before,
                                               const std::vector<std::vector<Token>>& lines) const
{
    if (lines.empty())
        return std::vector<double>{};
    std::vector<int> context{m_corpus->newline};
    for (std::size_t i = before.size() - std::min(kContextLines, before.size()); i < before.size(); ++i) {
        const std::vector<int> ids = tokensOf(before[i]);
        context.insert(context.end(), ids.begin(), ids.end());
        context.push_back(m_corpus->newline);
    }
    std::vector<std::vector<int>> rows;
    std::size_t longest = 0;
    for (const std::vector<Token>& line : lines) {
        std::vector<int> row = context;
        const std::vector<int> ids = tokensOf(line);
        row.insert(row.end(), ids.begin(), ids.end());
        row.push_back(m_corpus->newline);
        longest = std::max(longest, row.size());
        rows.push_back(std::move(row));
    }
    std::vector<std::int64_t> tokens(rows.size() * longest, 0);
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy(rows[i].begin(), rows[i].end(), tokens.begin() + static_cast<std::ptrdiff_t>(i * longest));
    const std::vector<inference::Tensor> inputs{inference::Tensor::integers(
        {static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(longest)}, std::move(tokens))};
    TRY(const auto outputs, m_model.run("doubt", inputs));
    const std::vector<float>& logits = outputs.at(0).asFloats();
    if (logits.size() != rows.size() * longest)
        return Error{"The lyric critic does not fit its vocabulary; install the program's models again."};
    std::vector<double> result(rows.size(), 0.0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t t = context.size(); t + 1 < rows[i].size(); ++t) {
            if (rows[i][t] != m_corpus->pause)
                result[i] += logBelief(logits[i * longest + t]);
        }
    }
    return result;
}

} // namespace cantilena::compose::lyric
