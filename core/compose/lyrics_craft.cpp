#include <compose/lyrics_craft.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <language/rhyme.h>

#include "lyrics_critic.h"
#include "lyrics_edit.h"
#include "lyrics_line_model.h"
#include "lyrics_text.h"
#include "lyrics_theme.h"
#include "lyrics_writer.h"

namespace cantilena::compose {

using namespace lyric;

namespace {

constexpr int kMostSyllables = 16;
constexpr std::size_t kModels = 40;     // corpus lines that are tried out
constexpr std::size_t kCandidates = 48; // of their edits that the models compare
constexpr double kModelWeight = 0.7, kCriticWeight = 1.6;
constexpr double kWishWeight = 3.0;

struct Rewriter {
    const LineQuestion& question;
    const LyricModels& models;
    const language::Reader& reader;
    const Corpus& corpus;
    Theme theme;
    LineEditor editor;
    LineCritic critic;
    std::set<int> standing; ///< content words of the line and its neighbours

    Rewriter(const LineQuestion& asked, const LyricModels& with, const language::Reader& reads)
        : question(asked), models(with), reader(reads), corpus(with.corpus()),
          theme(Theme::of(asked.brief, corpus, reads)), editor(corpus, theme), critic(with.critic(), corpus)
    {
    }

    /// A person's line in words of the corpus, each with its commonest tag; words it lacks are left out.
    std::vector<Token> tokensOf(const std::string& text) const
    {
        std::vector<Token> tokens;
        const auto add = [&](std::string_view word) {
            const int lexeme = corpus.lexeme(word);
            if (lexeme < 0)
                return;
            const auto& shares = corpus.lexemes[static_cast<std::size_t>(lexeme)].shares;
            tokens.push_back({lexeme, shares.empty() ? kFunction : shares[0].first});
        };
        for (const language::Word& word : reader.read(text, corpus.language)) {
            std::string lower = word.text;
            for (char& c : lower)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            if (corpus.language == language::Language::English || corpus.lexeme(lower) >= 0) {
                add(lower);
                continue;
            }
            for (std::size_t at = 0; at + 3 <= lower.size(); at += 3)
                add(std::string_view(lower).substr(at, 3));
        }
        return tokens;
    }

    /// Lines of the corpus with as many syllables, nearest to the subject first.
    std::vector<const ModelLine*> modelLines(int syllables, const std::string& rhyme,
                                             const Random& random) const
    {
        std::vector<std::pair<double, const ModelLine*>> found;
        std::uint64_t draw = 0;
        for (const ModelSong& song : corpus.songs) {
            double near = 0;
            for (const Query& query : theme.queries) {
                for (const int row : song.themeRows) {
                    if (query.row >= 0)
                        near = std::max(near, query.weight * corpus.space->similarity(row, query.row));
                }
            }
            const double mood = std::abs(song.valence - question.brief.valence);
            for (const ModelSection& section : song.sections) {
                for (const ModelLine& line : section.lines) {
                    ++draw;
                    if (line.syllables != syllables)
                        continue;
                    const int end = editor.lastLexeme(line.tokens);
                    const bool rhymes =
                        end >= 0 && corpus.lexemes[static_cast<std::size_t>(end)].rhyme == rhyme;
                    double mention = 0;
                    for (const Token& token : line.tokens)
                        mention = std::max(
                            mention,
                            static_cast<double>(theme.strength[static_cast<std::size_t>(token.lexeme)]));
                    found.emplace_back(2.0 * near + 1.5 * mention + (rhyme.empty() || rhymes ? 2.0 : 0.0) -
                                           0.5 * mood + 0.3 * random.normal(draw),
                                       &line);
                }
            }
        }
        const std::size_t keep = std::min(kModels, found.size());
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(),
                          [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<const ModelLine*> lines;
        for (std::size_t i = 0; i < keep; ++i)
            lines.push_back(found[i].second);
        return lines;
    }

    /// How well a line meets the wish.
    double wishOf(const std::vector<Token>& tokens) const
    {
        double valence = 0, concrete = 0, count = 0, length = 0;
        for (const Token& token : tokens) {
            const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(token.lexeme)];
            if (lexeme.content && lexeme.row >= 0) {
                valence += corpus.space->valence(lexeme.row);
                if (!standing.contains(token.lexeme))
                    concrete += corpus.space->concreteness(lexeme.row);
                count += 1;
                length += lexeme.syllables > 1 ? lexeme.syllables - 1 : 0;
                length += lexeme.count < 20 ? 0.5 : 0.0;
            }
        }
        const double mean = count > 0 ? valence / count : 0.0;
        switch (question.wish) {
        case LineWish::Happier:
            return mean;
        case LineWish::Sadder:
            return -mean;
        case LineWish::OtherImage:
            return 0.6 * concrete;
        case LineWish::Simpler:
            return -0.5 * length;
        case LineWish::Another:
        case LineWish::LikeThis:
            break;
        }
        return 0;
    }
};

} // namespace

Result<std::vector<std::string>> rewriteLine(const LineQuestion& question, const LyricModels& models,
                                             const language::Reader& reader, const JobContext& job)
{
    Rewriter rewriter(question, models, reader);
    const Corpus& corpus = rewriter.corpus;
    const int syllables =
        question.syllables > 0 ? question.syllables : reader.countSyllables(question.line, corpus.language);
    if (syllables < 1 || syllables > kMostSyllables)
        return Error{"A line to rewrite needs 1 to " + std::to_string(kMostSyllables) +
                     " syllables; this one has " + std::to_string(syllables) + "."};
    const auto wordsOf = [&](const std::string& text) { return reader.read(text, corpus.language); };
    const std::vector<language::Word> rhymed =
        wordsOf(question.rhymesWith.empty() ? question.line : question.rhymesWith);
    LineTarget target;
    target.syllables = syllables;
    const bool anyEnd = rhymed.empty() || (question.anyEnd && question.rhymesWith.empty());
    target.rhyme = anyEnd ? std::string() : language::rhymeKey(rhymed.back());
    EditState state;
    std::vector<std::vector<Token>> before;
    for (const std::string& line : question.before)
        before.push_back(rewriter.tokensOf(line));
    ModelLine own;
    own.text = question.line;
    own.tokens = rewriter.tokensOf(question.line);
    own.syllables = rewriter.editor.syllables(own.tokens);
    if (!question.rhymesWith.empty()) {
        if (const int end = rewriter.editor.lastLexeme(rewriter.tokensOf(question.rhymesWith)); end >= 0)
            target.takenEnds.push_back(end);
    }
    for (const auto& line : before) {
        for (const Token& token : line)
            rewriter.standing.insert(token.lexeme);
        for (const int id : rewriter.editor.tokensOf(line)) {
            if (id != corpus.pause)
                state.tail.push_back(id);
        }
    }
    for (const Token& token : own.tokens)
        rewriter.standing.insert(token.lexeme);

    const Random random(question.seed, "rewrite");
    std::vector<const ModelLine*> from;
    if (question.wish != LineWish::LikeThis)
        from = rewriter.modelLines(syllables, target.rhyme, random);
    const bool ownFits = own.syllables == syllables && !own.tokens.empty();
    std::vector<Candidate> candidates;
    for (int relaxed = 0; relaxed < 2 && candidates.size() < question.count; ++relaxed) {
        target.freedom = relaxed == 1 ? Freedom::Relaxed : Freedom::Strict;
        if (ownFits) {
            for (Candidate& candidate : rewriter.editor.edit(
                     own, target, state, question.wish == LineWish::LikeThis ? kCandidates : 4))
                candidates.push_back(std::move(candidate));
        }
        for (const ModelLine* line : from) {
            if (job.cancelled())
                return job.cancelledError();
            for (Candidate& candidate : rewriter.editor.edit(*line, target, state, 2))
                candidates.push_back(std::move(candidate));
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    if (candidates.size() > kCandidates)
        candidates.resize(kCandidates);
    if (candidates.empty())
        return std::vector<std::string>{};

    Form form;
    form.tempo = question.brief.tempo.value_or(music::Bpm{100});
    TRY(LineWriter writer, LineWriter::start(models.line(), corpus, question.brief,
                                             genreOf(question.brief.style), tempoOf(form), question.title));
    bool first = true;
    for (const auto& line : before) {
        if (!line.empty())
            TRY_VOID(writer.add(writer.marker(question.kind, first), rewriter.editor.syllables(line), line));
        first = false;
    }
    std::vector<std::vector<Token>> lines;
    lines.reserve(candidates.size());
    for (const Candidate& candidate : candidates)
        lines.push_back(candidate.tokens);
    TRY(const std::vector<double> likelihood,
        writer.score(writer.marker(question.kind, first), syllables, lines));
    TRY(const std::vector<double> belief, rewriter.critic.belief(before, lines));
    for (std::size_t c = 0; c < candidates.size(); ++c)
        candidates[c].score += kModelWeight * likelihood[c] + kCriticWeight * belief[c] +
                               kWishWeight * rewriter.wishOf(candidates[c].tokens);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::vector<std::string> answer;
    std::set<int> ends;
    for (const bool sameEnd : {false, true}) {
        for (const Candidate& candidate : candidates) {
            const std::string text = textOf(corpus, candidate.tokens);
            // Different ends first: eight lines with one rhyme word are one suggestion.
            const bool fresh = !ends.contains(rewriter.editor.lastLexeme(candidate.tokens));
            if (answer.size() >= question.count || (!fresh && !sameEnd) || text == question.line ||
                corpus.offends(text) || reader.countSyllables(text, corpus.language) != syllables ||
                std::find(answer.begin(), answer.end(), text) != answer.end())
                continue;
            ends.insert(rewriter.editor.lastLexeme(candidate.tokens));
            answer.push_back(text);
        }
    }
    return answer;
}

std::vector<std::string> rhymingWords(const std::string& word, const song::Brief& brief,
                                      const LyricModels& models, const language::Reader& reader,
                                      std::size_t count)
{
    const Corpus& corpus = models.corpus();
    const std::vector<language::Word> words = reader.read(word, corpus.language);
    if (words.empty())
        return {};
    const std::string key = language::rhymeKey(words.back());
    const Theme theme = Theme::of(brief, corpus, reader);
    std::vector<std::pair<double, std::string>> found;
    for (std::size_t i = 0; i < corpus.lexemes.size(); ++i) {
        const Lexeme& lexeme = corpus.lexemes[i];
        if (lexeme.rhyme != key || !lexeme.content || lexeme.syllables == 0 || lexeme.text == word ||
            corpus.offends(lexeme.text))
            continue;
        found.emplace_back(std::log(1.0 + lexeme.count) + 6.0 * theme.strength[i], lexeme.text);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> result;
    for (const auto& [score, text] : found) {
        if (result.size() >= count)
            break;
        result.push_back(text);
    }
    return result;
}

} // namespace cantilena::compose
