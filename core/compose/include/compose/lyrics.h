#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/lyrics_words.h>
#include <compose/plan.h>
#include <inference/model.h>
#include <language/reader.h>
#include <song/brief.h>
#include <song/song.h>

namespace cantilena::compose {

namespace lyric {
class Corpus;
}

/// How a line came to be.
enum class LineOrigin : std::uint8_t {
    Edited,        ///< a corpus line lent its syntax
    Generated,     ///< by the line model alone
    Person,        ///< typed
    LanguageModel, ///< by a language model that the person chose (lyricist.h)
};

struct LyricLine {
    std::string text;                  ///< as shown, without a final comma or stop
    std::vector<language::Word> words; ///< as the reader reads `text`
    char rhyme = 0;                    ///< the plan's letter
    LineOrigin origin = LineOrigin::Edited;

    int syllables() const;
};

struct LyricSection {
    std::vector<LyricLine> lines; ///< as many as the plan's; none for an instrumental section
};

struct Lyrics {
    std::string title;
    std::vector<LyricSection> sections; ///< parallel to Form::sections
};

/// What writes lyrics in one language: line model, critic, words, corpus, copy guard. Immutable; any thread.
class LyricModels {
public:
    /// Loads `<models>/lyrics` for a language. About 0.3 s. `space` may be shared by both languages and the
    /// brief.
    static Result<LyricModels> load(const std::filesystem::path& models, language::Language language,
                                    std::shared_ptr<const WordSpace> space, const language::Reader& reader);

    language::Language language() const { return m_language; }
    const inference::ModelInfo& info() const { return m_line->info(); } ///< of the line model
    const inference::Model& line() const { return *m_line; }
    const inference::Model& critic() const { return *m_critic; }
    const lyric::Corpus& corpus() const { return *m_corpus; }

private:
    language::Language m_language = language::Language::English;
    std::shared_ptr<const inference::Model> m_line, m_critic;
    std::shared_ptr<const lyric::Corpus> m_corpus;
};

/// Writes title and lines for a form: every line has exactly the planned syllables; lines of a section with
/// the same letter rhyme (up to the rare line for which the language has no rhyme left); sections with
/// sameLyricsAs copy the earlier one. Syntax comes from the project's own corpus and words from the theme,
/// the line model and counts judge every candidate, and no run of 7 words (8 characters) of a training text
/// gets through. With Brief::lyrics the person's lines are passed on unchanged. The same arguments give the
/// same lyrics. At most 3 s; a cancel acts within 200 ms.
Result<Lyrics> writeLyrics(const song::Brief& brief, const Form& form, const LyricModels& models,
                           const language::Reader& reader, std::uint64_t seed, const JobContext& job);

/// Of several forms for one song (planForms) the one that a story of the corpus about the same subject fits
/// best, with its lines' syllable counts and rhyme letters as that story's lines have them, so that lines
/// need not be bent to fit. Lines of a later section of one `material` may have three syllables more or fewer
/// than the first one's. Where the brief opens with the person's own words and no story tells just that, it
/// is the form that sings nothing else (isTold), if there is one. Call it between the form
/// and everything else, with the arguments of writeLyrics; about 0.5 s. The first form is returned as it is
/// for a person's own lyrics and for an instrumental song. `forms` must not be empty.
Result<Form> suitForm(const std::vector<Form>& forms, const song::Brief& brief, const LyricModels& models,
                      const language::Reader& reader, std::uint64_t seed, const JobContext& job);

/// How good lyrics are by count; for tests, benchmarks and the originality report.
struct LyricReport {
    int lines = 0;      ///< without repeated sections
    int exactLines = 0; ///< with the planned syllables
    int rhymePairs = 0; ///< neighbours of one letter
    int trueRhymes = 0;
    int generatedLines = 0;
    double distinct2 = 0;     ///< distinct pairs of words (characters) over pairs, outside the chorus
    bool themeInHook = false; ///< a prompt word, or a near word, in title or chorus
    std::size_t longestCopied =
        0; ///< words (characters) of the longest run known from the training texts; 0: below the guard's run
};
LyricReport measureLyrics(const Lyrics& lyrics, const song::Brief& brief, const Form& form,
                          const LyricModels& models, const language::Reader& reader);

/// What a line has in common with the texts that the models learnt from.
struct LineOriginality {
    std::string text;
    /// Words (characters) of the longest run known from a training text; 0 below the guard's run of 7 (8).
    std::size_t longestKnown = 0;
    std::string nearest;     ///< the line of the project's own songs that shares most words in the same order
    std::string nearestSong; ///< its title
    double shared = 0;       ///< words (characters) shared, over those of the longer line; 0..1
};

/// The originality of lines, each by itself. Every run of 7 words (8 characters) of all training texts is
/// known by its hash only, so a nearest line is named from the project's own songs. About 20 ms a line.
std::vector<LineOriginality> lineOriginality(const std::vector<std::string>& lines, const LyricModels& models,
                                             const language::Reader& reader);

/// A section of lyrics that a person brought.
struct OwnSection {
    song::SectionKind kind = song::SectionKind::Verse;
    bool named = false; ///< a mark such as [Chorus] named it; otherwise a blank line parted it
    std::vector<LyricLine> lines;
};

/// Reads a person's lyrics: sections by [Verse 1], [Chorus], [副歌] or blank lines, every line as typed
/// (normalised). An error when no line can be sung, or there are more than 400 lines, or a line has more than
/// 40 syllables.
Result<std::vector<OwnSection>> readOwnLyrics(std::string_view text, language::Language language,
                                              const language::Reader& reader);

} // namespace cantilena::compose
