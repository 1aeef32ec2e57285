#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/resources.h>
#include <base/result.h>
#include <compose/lyrics.h>
#include <compose/lyrics_craft.h>
#include <compose/plan.h>
#include <compose/request.h>
#include <compose/style.h>
#include <inference/model.h>
#include <language/reader.h>
#include <session/lyricist.h>
#include <session/tunes.h>
#include <song/song.h>
#include <sound/program.h>
#include <sound/render.h>
#include <voice/singer.h>

namespace cantilena::exchange {
struct Tune;
}

namespace cantilena::session {

/// The plan that is shown while the rest is being written.
struct PlanSummary {
    std::string title; ///< empty until the lyrics exist
    std::string language, key, style, singer;
    double tempo = 0;
    std::string meter;
    double durationSeconds = 0;
    std::vector<std::string> themes;
    std::string mood; ///< a word of compose/mood.h; empty for an even one
    song::PointOfView pointOfView = song::PointOfView::I;
    std::vector<std::string> sections; ///< names in order
};

/// A song's vocal as pieces for playback and mixing.
struct SungVocal {
    std::vector<sound::VocalPiece> pieces;
    std::size_t phrases = 0; ///< of the whole song; pieces.size() of them are ready
};

/// What one rendering measured.
struct RenderReport {
    double seconds = 0;
    double lufs = 0;
    double truePeakDb = 0;
    std::vector<sound::SectionRatio> ratios;
    sound::MixBalance balance; ///< what live playback needs to sound like the rendering
};

/// What songs are made with: dictionaries, models, styles, singers. They load on first use and are shared by
/// all jobs; every member may be called on any thread, and the long ones are jobs.
class Workshop {
public:
    /// Reads the styles and the singers' descriptions. The error names what is missing.
    static Result<std::shared_ptr<Workshop>> open(ResourcePaths paths);
    ~Workshop();

    const ResourcePaths& paths() const;
    const std::vector<compose::Style>& styles() const;
    const std::vector<voice::SingerInfo>& singers() const;
    /// The dictionaries, loaded on first use; lives as long as the workshop.
    Result<const language::Reader*> reader();

    /// Whether the request's explicit choices exist and lie in their bounds; the error says what is allowed.
    Result<void> checkRequest(const compose::ComposeRequest& request) const;
    /// What is understood from a request, with the style and the singer that the song would have. A few
    /// milliseconds; 0.1 s the first time. Errors are those of checkRequest and compose::readBrief.
    Result<song::Brief> readBrief(const compose::ComposeRequest& request);

    /// Called when the plan is known, and again with the title when the lyrics are.
    using PlanListener = std::function<void(const PlanSummary&)>;
    /// The whole way from a request to a song; stages "brief", "form", "lyrics", "harmony", "melody",
    /// "arrangement". The same request gives the same song, unless a lyricist at an endpoint writes the
    /// words; when that fails, our own models do.
    Result<song::SongPtr> compose(const compose::ComposeRequest& request, const JobContext& job = {},
                                  const PlanListener& planListener = {}, const Lyricist& lyricist = {});

    /// A song around a tune from a file: its notes, words, chords and sections as they are; what the file has
    /// not is written: chords that fit the tune, a band, and, where the tune has no words and the request has
    /// a prompt, words to sing to it. The request's style, tempo, key, voice and language win over what the
    /// file says; its lyrics, chords and length are not read. Errors: a metre that the band cannot play, and
    /// those of readBrief and newWords.
    Result<song::SongPtr> importTune(const exchange::Tune& tune, const compose::ComposeRequest& request,
                                     const JobContext& job = {});
    /// The song with more sections after its last sung one (or its last, when it is an instrument's): a
    /// section of a kind that it has already comes again with its tune and chords, a chorus with its words
    /// too; another kind gets its own, in the shape of the section before. Without kinds, what usually comes
    /// next. What is there stays, but that what stood behind moves on. The same take gives the same song.
    /// Errors: more than 16 kinds; those of the stages.
    Result<song::SongPtr> continueSong(const song::Song& song, const std::vector<song::SectionKind>& kinds,
                                       std::uint64_t take, const JobContext& job = {});

    /// Up to `count` other wordings of one line, best first, each with its syllables and the rhyme that its
    /// section wants. `line` counts the song's lines from 0. The song is not changed.
    Result<std::vector<std::string>> rewriteLine(const song::Song& song, std::size_t line,
                                                 compose::LineWish wish, std::size_t count,
                                                 std::uint64_t seed, const JobContext& job = {});
    /// Up to `count` words of the song's language that rhyme with one, the common ones and those near the
    /// song's subject first.
    Result<std::vector<std::string>> rhymingWords(const song::Song& song, const std::string& word,
                                                  std::size_t count);
    /// The origin of words that the line model of a language suggested.
    Result<song::Origin> lyricsOrigin(language::Language language, std::uint64_t seed);

    /// The song in its other language: new words about the same subject on the same notes, with each line's
    /// syllables and the rhymes of its section; everything else stays, but for the singer, the title and the
    /// sections' names. Errors: the song has no words; a line has more syllables than a line of the other
    /// language can have.
    Result<song::SongPtr> translate(const song::Song& song, std::uint64_t seed, const JobContext& job = {});
    /// Words about what the request's prompt says on the notes of the song, in the prompt's language, with
    /// each line's syllables and the rhymes of its section, and with stressed syllables where the tune leans;
    /// everything else stays, but for the title. A tune without words gets lines where it breathes, and is
    /// sung. Errors: no tune; those of readBrief and of the words.
    Result<song::SongPtr> newWords(const song::Song& song, const compose::ComposeRequest& request,
                                   const JobContext& job = {});

    /// A part of the song's tune written again; the song is not changed. The same question gives the same
    /// take. About 0.3 s for a section. Errors are those of compose::rewriteMelody.
    Result<MelodyTake> melodyTake(const song::Song& song, const TakeWish& wish, const JobContext& job = {});

    /// The song with other chords throughout, over its tune and words as they are, also in place of chords
    /// that a person typed; the band follows them, but for the drums and for notes that a person made. The
    /// same take gives the same chords. Errors: a song without a bar; a model's failure.
    Result<song::SongPtr> harmonise(const song::Song& song, std::uint64_t take, const JobContext& job = {});
    /// The same from `begin` to `end` (ticks from the song's start, end exclusive), where chords that a
    /// person typed or set stay, unless there are no others. Outside, nothing changes, but for chords and
    /// held notes of the band that reach in. Errors: a part without length, too.
    Result<song::SongPtr> rewriteChords(const song::Song& song, music::Tick begin, music::Tick end,
                                        std::uint64_t take, const JobContext& job = {});

    /// What each line of a song has in common with the texts that the models learnt from; repeated sections
    /// once. The song is not changed.
    Result<std::vector<compose::LineOriginality>> lyricOriginality(const song::Song& song);

    /// Called after each phrase with what is ready so far.
    using VocalListener = std::function<void(const SungVocal&)>;
    /// Sings every phrase, from `from` on first, through the phrase cache; stage "voice". Nothing to sing
    /// gives no pieces.
    Result<SungVocal> sing(const song::Song& song, const JobContext& job = {}, music::Tick from = {},
                           const VocalListener& listener = {}, int threads = 1);

    struct RenderRequest {
        std::filesystem::path file;  ///< by its ending
        std::filesystem::path stems; ///< folder; empty: none
        std::string section;         ///< a section's name, such as "Chorus"; empty: the whole song
        int threads = 2;
    };
    /// Sings, mixes and writes; stages "voice", "mix", "write".
    Result<RenderReport> render(const song::Song& song, const RenderRequest& request,
                                const JobContext& job = {});

    struct ModelReport {
        inference::ModelInfo info;
        std::string family;
        std::string problem; ///< empty when it is well
    };
    /// Every model that the contracts list; with `check`, hashes, contracts and golden inputs too.
    Result<std::vector<ModelReport>> models(bool check);

private:
    Result<song::SongPtr> sungAnew(const song::Song& song, const song::Brief& brief, std::uint64_t seed,
                                   const JobContext& job);

    struct Impl;
    explicit Workshop(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::session
