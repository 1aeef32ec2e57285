#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <base/random.h>
#include <compose/lyrics.h>

#include "lyrics_called.h"
#include "lyrics_critic.h"
#include "lyrics_edit.h"
#include "lyrics_kin.h"
#include "lyrics_line_model.h"
#include "lyrics_names.h"
#include "lyrics_story.h"
#include "lyrics_theme.h"
#include "lyrics_windows.h"

namespace cantilena::compose::lyric {

/// Lines of a section that are written together, from one window.
struct Group {
    std::size_t section = 0, first = 0, count = 0;
};

struct Draft {
    std::vector<Candidate> lines;
    Window window;
    double score = 0;
    double theme = 0;      ///< strength of the word nearest to the theme
    double likelihood = 0; ///< by the line model, of the lines
    double belief = 0;     ///< by the critic, of the lines
    int missing = 0;       ///< lines that found no words
};

/// Writes the lyrics of one form: sections in the order hook first, each group of lines from the corpus
/// window that can be made to fit best.
class Writer {
public:
    Writer(const song::Brief& brief, const Form& form, const LyricModels& models,
           const language::Reader& reader, std::uint64_t seed, const JobContext& job)
        : m_brief(brief), m_form(form), m_models(models),
          m_name(nameIn(brief.prompt, models.corpus().language, *models.corpus().space)),
          m_wider(widen(brief, models, m_name, reader)), m_corpus(m_wider ? *m_wider : models.corpus()),
          m_reader(reader), m_job(job), m_random(seed, "lyrics"), m_theme(Theme::of(brief, m_corpus, reader)),
          m_kin(kinNames(m_corpus, m_theme)), m_editor(m_corpus, m_theme), m_critic(models.critic(), m_corpus)
    {
    }

    Result<Lyrics> write();
    /// The form of several that a story fits best, its lines in the shapes of windows that can be made to
    /// fit.
    Result<Form> suit(const std::vector<Form>& forms);

private:
    /// What the corpus is asked for when a group of a section is written.
    WindowWish wishFor(const Group& group) const;
    static std::shared_ptr<const Corpus> widen(const song::Brief& brief, const LyricModels& models,
                                               const std::string& name, const language::Reader& reader);
    /// A name of the prompt that no line has sung yet, or -1.
    int waitingName() const;
    std::vector<Group> groups() const;
    Result<void> writeGroup(const Group& group, bool firstOfSection);
    /// Whether the story tells the group. `again`: it has the tune of an earlier one, whose shape it has
    /// taken over.
    Result<bool> suitGroup(const Group& group, char firstLetter, bool again);
    /// Sets form and story: the two that can be made to fit each other best.
    Result<void> chooseStory(const std::vector<Form>& forms, const std::vector<Story>& stories, bool reshape);
    Result<std::vector<Story>> stories() const;
    /// Whether the person tells more than any of the stories is about.
    bool saysMore(const std::vector<Story>& stories) const;
    /// Groups of lines of a form that a story has none for.
    int missing(const Story& story, const Form& form) const;
    /// How well a story fits m_form, a group of lines on average, and whether it has lines for all of them.
    struct Telling {
        double fit = 0;
        bool complete = true;
    };
    /// With `reshape` the form takes the shapes of the story's lines.
    Result<Telling> tellStory(const Story& story, bool reshape);
    /// A story's lines for a group: how well they fit, and with which shape. Without a window it has none.
    struct Trial {
        double score = 0;
        std::optional<Window> window;
        std::vector<LinePlan> lines;
        int missing = 0; ///< lines that found no words
    };
    Result<Trial> tryStory(const Story& story, const Group& group, bool reshape, bool again);
    std::vector<std::size_t> sectionOrder() const;
    /// Tokens of lines as the guard reads them, without pauses.
    std::vector<int> guardTokens(const std::vector<std::vector<Token>>& lines) const;
    std::vector<Candidate> wordsOf(std::size_t section) const;
    bool hasSibling(const Window& window, std::size_t lines) const;
    Result<Draft> realise(const Group& group, const Window& window, const EditState& start,
                          LineWriter* writer) const;
    /// The word that a line with written wordings ends in, whatever of them is sung; -1 when they differ, or
    /// when it has none.
    int onlyEnd(const ModelLine& line) const;
    std::map<char, std::string> rhymeKeys(const Group& group, const Window& window,
                                          const EditState& state) const;
    bool suits(const Candidate& candidate, int syllables, const std::vector<int>& takenEnds) const;
    /// What a line is wanted for.
    struct LineCall {
        int marker = 0;
        const LineTarget* target = nullptr;
        const EditState* state = nullptr;
        bool firstOfSection = false;
        bool lastOfGroup = false;       ///< what follows is known: no run may go on into it
        std::span<const float> accents; ///< of the tune's notes; empty: there is no tune yet
        Random random;
    };
    /// Whether a line begins with as many unchanged words (Chinese: characters) as a guarded run may have.
    bool keepsHead(const Candidate& candidate) const;
    /// Adds edits of corpus lines from anywhere that have the right syllables and rhyme.
    void addBorrowed(const LineCall& call, std::vector<Candidate>& candidates) const;
    /// Adds lines that the line model writes alone.
    Result<void> addGenerated(const LineWriter& writer, const LineCall& call,
                              std::vector<Candidate>& candidates) const;
    /// Scores by line model and critic too, and orders, best first.
    Result<void> judge(const LineWriter& writer, const LineCall& call, const ModelLine& line,
                       const std::vector<std::vector<Token>>& before,
                       std::vector<Candidate>& candidates) const;
    double strengthOf(const std::vector<Token>& tokens) const;
    /// Lets candidates pay for going against the tune.
    void heedAccents(const LineCall& call, std::vector<Candidate>& candidates) const;
    /// Edits of a corpus line for a call, best first.
    Result<std::vector<Candidate>> candidatesFor(const LineCall& call, const ModelLine& line,
                                                 LineWriter* writer, Freedom freedom) const;
    /// The lines of the group's section that are written already.
    std::vector<std::vector<Token>> linesBefore(const Group& group) const;
    void learn(const Candidate& candidate, const ModelLine& line, EditState& state) const;
    void locateTitle(const Window& window, const Group& group);
    void chooseTitle();
    /// A song of the corpus with its people called what the request calls them.
    const ModelSong& songOf(int song) const;
    const ModelLine& lineOf(const Window& window, std::size_t index) const
    {
        return songOf(window.song)
            .sections[static_cast<std::size_t>(window.section)]
            .lines[static_cast<std::size_t>(window.first) + index * static_cast<std::size_t>(window.stride)];
    }
    const std::vector<LinePlan>& plans(const Group& group) const
    {
        return m_form.sections[group.section].lines;
    }

    const song::Brief& m_brief;
    Form m_form;
    const LyricModels& m_models;
    std::string m_name;                    ///< whom the song can call
    std::shared_ptr<const Corpus> m_wider; ///< the corpus with the prompt's names; null without any
    const Corpus& m_corpus;
    const language::Reader& m_reader;
    const JobContext& m_job;
    Random m_random;
    Theme m_theme;
    std::map<int, int> m_kin;
    mutable std::map<int, std::optional<ModelSong>> m_retold; ///< by song, those that were looked at
    LineEditor m_editor;
    LineCritic m_critic;
    Story m_story; ///< whose story the song follows

    std::map<std::size_t, std::vector<Candidate>> m_written; // by section
    std::map<int, int> m_mapping;                            // what became of the story's words
    std::map<int, int> m_used;                               // content lexemes of the song
    Borrowed m_borrowed;
    std::optional<LineWriter> m_writer;
    std::optional<Window> m_lastWindow;
    std::vector<Window> m_taken;
    std::map<song::SectionKind, int> m_songOfKind;
    std::string m_title;
    // Where the model song's chorus sings its title: line of the group and tokens.
    std::size_t m_titleLine = 0;
    int m_titleBegin = -1, m_titleEnd = -1;
    std::size_t m_titleSection = 0;
    int m_titleSong = -1; ///< whose lines the title's section sings first
};

/// As the corpus and the line model name it.
std::string genreOf(std::string_view style);
std::string_view tempoOf(const Form& form);
bool isHook(song::SectionKind kind);
/// Lines that are written together, of so many that are left in the section.
std::size_t groupSize(std::size_t left);
WindowWish wishFor(const song::Brief& brief, const Form& form, const SectionPlan& section);
/// The same place for suitForm and writeLyrics, so that the window which gave the shape is found again.
Random windowRandom(const Random& random, const SectionPlan& section, std::size_t first);

} // namespace cantilena::compose::lyric
