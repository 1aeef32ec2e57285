#pragma once

#include <optional>
#include <string>
#include <vector>

#include <base/random.h>
#include <base/result.h>
#include <inference/model.h>
#include <song/brief.h>

#include "lyrics_edit.h"

namespace cantilena::compose::lyric {

/// The line model (lyrics-en, lyrics-zh) part way through one song. Lines run from their end to their
/// beginning; with every token goes the number of syllables of the line still to come.
class LineWriter {
public:
    /// Reads the header: genre, point of view, tempo, mood, title (may be empty), theme words.
    static Result<LineWriter> start(const inference::Model& model, const Corpus& corpus,
                                    const song::Brief& brief, std::string_view genre, std::string_view tempo,
                                    std::string_view title);

    /// Log-probability of each line as the next one; `marker` is the token that opens it.
    Result<std::vector<double>> score(int marker, int syllables,
                                      const std::vector<std::vector<Token>>& lines) const;

    /// What the model expects at each token of a line when it is the next one.
    Result<Expectation> expect(int marker, int syllables, const std::vector<Token>& line) const;

    /// Takes a line into the song.
    Result<void> add(int marker, int syllables, const std::vector<Token>& line);

    /// Samples up to `count` whole lines of exactly `syllables` that end in the rhyme key (empty: any),
    /// without unknown words. `avoid` lists lexemes that may not end the line.
    Result<std::vector<std::vector<Token>>> sample(int marker, int syllables, std::string_view rhyme,
                                                   const std::vector<int>& avoid, std::size_t count,
                                                   double temperature, const Random& random) const;

    /// The token that opens a section's first line, or the line break.
    int marker(song::SectionKind kind, bool first) const;

private:
    LineWriter(inference::Stepper stepper, const Corpus& corpus)
        : m_stepper(std::move(stepper)), m_corpus(&corpus)
    {
    }
    struct Encoded {
        std::vector<std::int64_t> tokens, remaining;
    };
    Encoded encode(int marker, int syllables, const std::vector<Token>& line) const;

    inference::Stepper m_stepper;
    const Corpus* m_corpus;
};

} // namespace cantilena::compose::lyric
