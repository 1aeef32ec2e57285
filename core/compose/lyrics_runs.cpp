#include <algorithm>

#include "lyrics_edit.h"

/// Whether lines repeat the training texts: runs of known words, across lines too.
namespace cantilena::compose::lyric {

bool LineEditor::copies(const std::vector<Token>& tokens, const std::vector<int>& tail) const
{
    return m_corpus.isCorpusLine(tokens) || runsOn(tokens, tail);
}

bool LineEditor::runsOnElsewhere(const std::vector<Token>& tokens, const EditState& state) const
{
    return std::any_of(state.otherTails.begin(), state.otherTails.end(),
                       [&](const std::vector<int>& tail) { return runsOn(tokens, tail); });
}

bool LineEditor::meets(const std::vector<Token>& tokens, const EditState& state) const
{
    const std::size_t reach = m_corpus.guard.run() - 1;
    std::vector<int> before(
        state.tail.end() - static_cast<std::ptrdiff_t>(std::min(reach, state.tail.size())), state.tail.end());
    for (const int id : tokensOf(tokens)) {
        if (id != m_corpus.pause)
            before.push_back(id);
    }
    return std::any_of(state.heads.begin(), state.heads.end(), [&](const std::vector<int>& head) {
        std::vector<int> ids = before;
        ids.insert(ids.end(), head.begin(),
                   head.begin() + static_cast<std::ptrdiff_t>(std::min(reach, head.size())));
        return m_corpus.guard.copies(ids);
    });
}

bool LineEditor::runsOn(const std::vector<Token>& tokens, const std::vector<int>& tail) const
{
    std::vector<int> ids;
    if (tail.size() > m_corpus.guard.run() - 1)
        ids.assign(tail.end() - static_cast<std::ptrdiff_t>(m_corpus.guard.run() - 1), tail.end());
    else
        ids = tail;
    for (const int id : tokensOf(tokens)) {
        if (id != m_corpus.pause)
            ids.push_back(id);
    }
    return m_corpus.guard.copies(ids);
}

} // namespace cantilena::compose::lyric
