#include "lyrics_line_model.h"

#include <algorithm>
#include <cmath>

namespace cantilena::compose::lyric {

namespace {

constexpr double kUnknownWord = -6.0; // log-probability
constexpr int kMostRemaining = 15;    // as in models/lyrics/text.py

std::string bucket(double value)
{
    return value < -0.25 ? "-" : value > 0.25 ? "+" : "0";
}

std::string_view nameOf(song::PointOfView view)
{
    constexpr std::string_view kNames[] = {"I", "you", "we", "she", "he", "they", "story"};
    return kNames[static_cast<std::size_t>(view)];
}

} // namespace

int LineWriter::marker(song::SectionKind kind, bool first) const
{
    if (!first)
        return m_corpus->newline;
    switch (kind) {
    case song::SectionKind::Intro:
    case song::SectionKind::Verse:
    case song::SectionKind::PreChorus:
    case song::SectionKind::Chorus:
    case song::SectionKind::Bridge:
    case song::SectionKind::Hook:
    case song::SectionKind::Outro:
        return m_corpus->token("<" + std::string(song::code(kind)) + ">");
    default:
        return m_corpus->token("<verse>");
    }
}

Result<LineWriter> LineWriter::start(const inference::Model& model, const Corpus& corpus,
                                     const song::Brief& brief, std::string_view genre, std::string_view tempo,
                                     std::string_view title)
{
    TRY(auto stepper, model.start(1));
    LineWriter writer(std::move(stepper), corpus);
    std::vector<std::int64_t> tokens;
    const auto add = [&](std::string_view text) { tokens.push_back(corpus.token(text)); };
    add("<song>");
    add("<genre:" + std::string(genre) + ">");
    add("<pov:" + std::string(nameOf(brief.pointOfView)) + ">");
    add("<tempo:" + std::string(tempo) + ">");
    add("<valence:" + bucket(brief.valence) + ">");
    add("<arousal:" + bucket(brief.arousal) + ">");
    const bool english = corpus.language == language::Language::English;
    const auto addWords = [&](std::string_view text, std::size_t most) {
        std::size_t added = 0;
        for (const std::string& word : corpus.space->split(text)) {
            if (english) {
                add(word);
                ++added;
            } else {
                for (std::size_t at = 0; at + 3 <= word.size() && added < most; at += 3, ++added)
                    add(std::string_view(word).substr(at, 3));
            }
            if (added >= most)
                break;
        }
    };
    addWords(title, 8);
    add("<sep>");
    std::size_t themes = 0;
    for (const std::string& theme : brief.themes) {
        if (corpus.space->find(corpus.language, theme) < 0)
            continue;
        addWords(theme, 4);
        if (!english)
            add("<sep>");
        if (++themes >= 6)
            break;
    }
    if (english)
        add("<sep>");
    const auto length = static_cast<std::int64_t>(tokens.size());
    const std::vector<inference::Tensor> inputs{
        inference::Tensor::integers({1, length}, tokens),
        inference::Tensor::integers({1, length}, std::vector<std::int64_t>(tokens.size(), 0))};
    TRY_VOID(writer.m_stepper.step(inputs));
    return writer;
}

LineWriter::Encoded LineWriter::encode(int marker, int syllables, const std::vector<Token>& line) const
{
    Encoded encoded;
    int left = syllables;
    const auto push = [&](int token) {
        encoded.tokens.push_back(token);
        encoded.remaining.push_back(std::clamp(left, 0, kMostRemaining));
    };
    push(marker);
    for (auto token = line.rbegin(); token != line.rend(); ++token) {
        const Lexeme& lexeme = m_corpus->lexemes[static_cast<std::size_t>(token->lexeme)];
        const bool perCharacter = lexeme.tokens.size() > 1;
        for (auto id = lexeme.tokens.rbegin(); id != lexeme.tokens.rend(); ++id) {
            left -= perCharacter ? 1 : lexeme.syllables;
            push(*id);
        }
    }
    return encoded;
}

Result<std::vector<double>> LineWriter::score(int marker, int syllables,
                                              const std::vector<std::vector<Token>>& lines) const
{
    std::vector<double> scores(lines.size(), 0.0);
    if (lines.empty())
        return scores;
    std::vector<Encoded> encoded;
    std::size_t longest = 0;
    for (const auto& line : lines) {
        encoded.push_back(encode(marker, syllables, line));
        longest = std::max(longest, encoded.back().tokens.size());
    }
    std::vector<std::int64_t> tokens(lines.size() * longest, m_corpus->newline),
        remaining(lines.size() * longest, 0);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::copy(encoded[i].tokens.begin(), encoded[i].tokens.end(),
                  tokens.begin() + static_cast<std::ptrdiff_t>(i * longest));
        std::copy(encoded[i].remaining.begin(), encoded[i].remaining.end(),
                  remaining.begin() + static_cast<std::ptrdiff_t>(i * longest));
    }
    inference::Stepper stepper = m_stepper;
    stepper.select(std::vector<std::int64_t>(lines.size(), 0));
    const std::vector<std::int64_t> shape{static_cast<std::int64_t>(lines.size()),
                                          static_cast<std::int64_t>(longest)};
    const std::vector<inference::Tensor> inputs{inference::Tensor::integers(shape, std::move(tokens)),
                                                inference::Tensor::integers(shape, std::move(remaining))};
    TRY(const auto outputs, stepper.step(inputs));
    const std::vector<float>& logits = outputs.at(0).asFloats();
    const std::size_t width = m_corpus->vocabulary.size();
    if (logits.size() != lines.size() * longest * width)
        return Error{"The lyric line model does not fit its vocabulary; install the program's models again."};
    const auto unknown = static_cast<std::size_t>(m_corpus->unknown);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& ids = encoded[i].tokens;
        for (std::size_t t = 0; t < ids.size(); ++t) {
            const auto target = static_cast<std::size_t>(t + 1 < ids.size() ? ids[t + 1] : m_corpus->newline);
            // Of a name that the model has never seen it cannot say anything.
            scores[i] += target == unknown ? kUnknownWord : logits[(i * longest + t) * width + target];
        }
    }
    return scores;
}

Result<Expectation> LineWriter::expect(int marker, int syllables, const std::vector<Token>& line) const
{
    Encoded encoded = encode(marker, syllables, line);
    const auto length = static_cast<std::int64_t>(encoded.tokens.size());
    const std::vector<inference::Tensor> inputs{
        inference::Tensor::integers({1, length}, std::move(encoded.tokens)),
        inference::Tensor::integers({1, length}, std::move(encoded.remaining))};
    inference::Stepper stepper = m_stepper;
    TRY(const auto outputs, stepper.step(inputs));
    const std::vector<float>& logits = outputs.at(0).asFloats();
    const std::size_t width = m_corpus->vocabulary.size();
    if (logits.size() != static_cast<std::size_t>(length) * width)
        return Error{"The lyric line model does not fit its vocabulary; install the program's models again."};
    Expectation expectation(line.size());
    std::size_t step = 0; // the first step of a word predicts its last character
    for (std::size_t i = line.size(); i-- > 0;) {
        expectation[i].assign(logits.begin() + static_cast<std::ptrdiff_t>(step * width),
                              logits.begin() + static_cast<std::ptrdiff_t>((step + 1) * width));
        step += m_corpus->lexemes[static_cast<std::size_t>(line[i].lexeme)].tokens.size();
    }
    return expectation;
}

Result<void> LineWriter::add(int marker, int syllables, const std::vector<Token>& line)
{
    Encoded encoded = encode(marker, syllables, line);
    const auto length = static_cast<std::int64_t>(encoded.tokens.size());
    const std::vector<inference::Tensor> inputs{
        inference::Tensor::integers({1, length}, std::move(encoded.tokens)),
        inference::Tensor::integers({1, length}, std::move(encoded.remaining))};
    TRY_VOID(m_stepper.step(inputs));
    return {};
}

Result<std::vector<std::vector<Token>>> LineWriter::sample(int marker, int syllables, std::string_view rhyme,
                                                           const std::vector<int>& avoid, std::size_t count,
                                                           double temperature, const Random& random) const
{
    const std::size_t width = m_corpus->vocabulary.size();
    // One lexeme for each token; Chinese characters are their own words here.
    std::vector<int> lexemeOf(width, -1);
    for (std::size_t i = 0; i < m_corpus->lexemes.size(); ++i) {
        const Lexeme& lexeme = m_corpus->lexemes[i];
        if (lexeme.tokens.size() == 1 && lexeme.tokens[0] != m_corpus->unknown && lexeme.syllables > 0 &&
            lexemeOf[static_cast<std::size_t>(lexeme.tokens[0])] < 0)
            lexemeOf[static_cast<std::size_t>(lexeme.tokens[0])] = static_cast<int>(i);
    }
    struct Row {
        std::vector<Token> reversed;
        int left;
        bool alive = true;
    };
    std::vector<Row> rows(count, Row{{}, syllables, true});
    inference::Stepper stepper = m_stepper;
    stepper.select(std::vector<std::int64_t>(count, 0));
    std::vector<std::int64_t> tokens(count, marker),
        remaining(count, std::clamp(syllables, 0, kMostRemaining));
    for (int step = 0; step < syllables; ++step) {
        const std::vector<std::int64_t> shape{static_cast<std::int64_t>(count), 1};
        const std::vector<inference::Tensor> inputs{inference::Tensor::integers(shape, tokens),
                                                    inference::Tensor::integers(shape, remaining)};
        TRY(const auto outputs, stepper.step(inputs));
        const std::vector<float>& logits = outputs.at(0).asFloats();
        if (logits.size() != count * width)
            return Error{
                "The lyric line model does not fit its vocabulary; install the program's models again."};
        bool any = false;
        for (std::size_t r = 0; r < count; ++r) {
            Row& row = rows[r];
            if (!row.alive || row.left == 0)
                continue;
            std::vector<std::pair<float, int>> best;
            for (std::size_t v = 0; v < width; ++v) {
                const int index = lexemeOf[v];
                if (index < 0)
                    continue;
                const Lexeme& lexeme = m_corpus->lexemes[static_cast<std::size_t>(index)];
                if (lexeme.syllables > row.left)
                    continue;
                if (row.reversed.empty()) {
                    if ((!rhyme.empty() && lexeme.rhyme != rhyme) ||
                        std::find(avoid.begin(), avoid.end(), index) != avoid.end())
                        continue;
                }
                bool twice = false;
                for (const Token& token : row.reversed)
                    twice = twice || (token.lexeme == index && lexeme.content);
                if (!twice)
                    best.emplace_back(logits[r * width + v], index);
            }
            if (best.empty()) {
                row.alive = false;
                continue;
            }
            const std::size_t keep = std::min<std::size_t>(best.size(), 24);
            std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(keep), best.end(),
                              [](const auto& a, const auto& b) {
                                  return a.first != b.first ? a.first > b.first : a.second < b.second;
                              });
            std::vector<double> weights;
            for (std::size_t k = 0; k < keep; ++k)
                weights.push_back(std::exp((best[k].first - best[0].first) / temperature));
            const std::size_t pick = random.at({r}).weighted(weights, static_cast<std::uint64_t>(step));
            const int index = best[pick].second;
            const Lexeme& lexeme = m_corpus->lexemes[static_cast<std::size_t>(index)];
            row.reversed.push_back({index, lexeme.shares.empty() ? kFunction : lexeme.shares[0].first});
            row.left -= lexeme.syllables;
            tokens[r] = lexeme.tokens[0];
            remaining[r] = std::clamp(row.left, 0, kMostRemaining);
            any = any || row.left > 0;
        }
        if (!any)
            break;
    }
    std::vector<std::vector<Token>> lines;
    for (Row& row : rows) {
        if (row.alive && row.left == 0)
            lines.emplace_back(row.reversed.rbegin(), row.reversed.rend());
    }
    return lines;
}

} // namespace cantilena::compose::lyric
