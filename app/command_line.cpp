#include "command_line.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <base/file.h>
#include <exchange/lrc.h>
#include <exchange/midi.h>
#include <session/workshop.h>
#include <song/info.h>
#include <store/song_file.h>

#include "song_edits.h"

namespace cantilena::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxLyricsBytes = 80'000;

/// The job of the running command; Ctrl+C cancels it, so that no half-written file stays.
const JobContext* runningJob = nullptr;

void onInterrupt(int)
{
    if (runningJob)
        runningJob->cancel();
}

int fail(const Error& error)
{
    fmt::print(stderr, "cantilena: {}\n", error.message);
    return 1;
}

/// Prints each stage with its time to standard error.
class Progress {
public:
    JobContext context()
    {
        return JobContext([this](std::string_view stage, double) {
            if (stage == m_stage)
                return;
            finish();
            m_stage = stage;
            m_start = Clock::now();
        });
    }
    void finish()
    {
        if (!m_stage.empty())
            fmt::print(stderr, "{:<12} {:6.2f} s\n", m_stage, seconds(m_start));
        m_stage.clear();
    }
    double total() const { return seconds(m_begin); }

private:
    using Clock = std::chrono::steady_clock;
    static double seconds(Clock::time_point since)
    {
        return std::chrono::duration<double>(Clock::now() - since).count();
    }
    std::string m_stage;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_begin = Clock::now();
};

/// The options of `compose` as they were typed.
struct ComposeOptions {
    std::string prompt, lyricsFile, chords, language, style, mood, key, voice, output;
    std::optional<double> tempo, length;
    std::optional<std::uint64_t> seed;
    std::optional<std::string> opening;
    bool instrumental = false;
};

Result<compose::ComposeRequest> requestOf(const ComposeOptions& options)
{
    compose::ComposeRequest request;
    request.prompt = options.prompt;
    request.chords = options.chords;
    request.style = options.style;
    request.mood = options.mood;
    request.voice = options.voice;
    request.opening = options.opening;
    if (request.opening)
        std::replace(request.opening->begin(), request.opening->end(), '/', '\n');
    if (options.instrumental)
        request.instrumental = true;
    if (!options.lyricsFile.empty()) {
        TRY(request.lyrics, readFile(options.lyricsFile, kMaxLyricsBytes));
        if (request.lyrics.find_first_not_of(" \t\r\n") == std::string::npos)
            return Error{"The lyrics file " + options.lyricsFile +
                         " is empty; write at least one line to sing."};
    }
    if (!options.language.empty()) {
        request.language = language::languageOfCode(options.language);
        if (!request.language)
            return Error{"The language “" + options.language + "” is not known; use en or zh."};
    }
    if (options.tempo)
        request.tempo = music::Bpm{*options.tempo};
    if (!options.key.empty()) {
        request.key = music::Key::parse(options.key);
        if (!request.key)
            return Error{"The key “" + options.key +
                         "” is not known; write it like “C major” or “F# minor”."};
    }
    if (options.length)
        request.length = music::Seconds{*options.length};
    request.seed = options.seed ? *options.seed : std::random_device{}() % 1'000'000;
    return request;
}

Result<void> compose(session::Workshop& workshop, const ComposeOptions& options, Progress& progress,
                     const JobContext& job)
{
    TRY(const compose::ComposeRequest request, requestOf(options));
    TRY_VOID(store::SongFile::checkTarget(options.output));
    session::Lyricist lyricist;
    TRY(lyricist.endpoint, session::endpointFromEnvironment());
    lyricist.notice = [](const std::string& sentence) { fmt::print(stderr, "{}\n", sentence); };
    const auto planned = [](const session::PlanSummary& plan) {
        if (plan.title.empty())
            fmt::print(stderr, "plan: {}, {:.0f} bpm, {}, {}, {:.0f} s, singer {}\n", plan.key, plan.tempo,
                       plan.meter, plan.style, plan.durationSeconds,
                       plan.singer.empty() ? "none" : plan.singer);
    };
    TRY(const song::SongPtr song, workshop.compose(request, job, planned, lyricist));
    job.progress("write", 0);
    TRY_VOID(store::SongFile::save(*song, options.output));
    progress.finish();
    fmt::print("{}\n{}, {:.0f} bpm, {} sections, {} tracks, {:.0f} s, seed {}\n", song->head.title,
               song->head.key.name(), song->head.tempo.tempo.value, song->sections.size(),
               song->tracks.size(), song->head.tempo.toSeconds(song->length()).value, song->head.seed);
    for (const song::SectionPtr& section : song->sections) {
        fmt::print("\n[{}]\n", section->name);
        for (const song::Line& line : section->lines)
            fmt::print("{}\n", line.text);
    }
    fmt::print(stderr, "total        {:6.2f} s\n", progress.total());
    return {};
}

Result<void> render(session::Workshop& workshop, const std::string& songFile,
                    const session::Workshop::RenderRequest& request, Progress& progress,
                    const JobContext& job)
{
    TRY_VOID(sound::audioFormatOf(request.file));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    TRY(const session::RenderReport report, workshop.render(*song, request, job));
    progress.finish();
    fmt::print("{}: {:.1f} s, {:.1f} LUFS, true peak {:.1f} dBTP\n", request.file.string(), report.seconds,
               report.lufs, report.truePeakDb);
    for (const sound::SectionRatio& ratio : report.ratios)
        fmt::print("{}: vocal over band {:+.1f} dB (1 to 4 kHz)\n", ratio.name, ratio.vocalOverBandDb);
    fmt::print(stderr, "total        {:6.2f} s\n", progress.total());
    return {};
}

Result<void> exportSong(const std::string& songFile, const fs::path& output)
{
    std::string ending = output.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (ending != ".mid" && ending != ".midi" && ending != ".lrc")
        return Error{"Cannot export to " + output.string() +
                     "; use the ending .mid or .lrc, or render for sound."};
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    if (ending == ".lrc")
        return exchange::saveLrc(*song, output);
    return exchange::saveMidi(*song, output);
}

Result<void> listModels(session::Workshop& workshop, bool check)
{
    TRY(const auto models, workshop.models(check));
    std::string broken;
    for (const auto& model : models) {
        fmt::print("{:<20} {:<6} {:<60.60} {} {}\n", model.info.id, model.info.version, model.info.task,
                   model.info.sha256.substr(0, 12), model.problem.empty() ? (check ? "ok" : "") : "FAILED");
        if (!model.problem.empty() && broken.empty())
            broken = model.problem;
    }
    if (models.empty())
        return Error{"No model is listed under " + workshop.paths().models.string() +
                     "; install Cantilena again."};
    if (!broken.empty())
        return Error{broken};
    return {};
}

} // namespace

int runCommandLine(int argc, char** argv, const ResourcePaths& paths)
{
    CLI::App app("Cantilena: from a sentence to a sung song. Without arguments it opens the studio.",
                 "cantilena");
    app.require_subcommand(1);

    ComposeOptions composing;
    CLI::App* composeCommand = app.add_subcommand("compose", "Write a song");
    CLI::Option* prompt = composeCommand->add_option("--prompt", composing.prompt, "What the song is about");
    CLI::Option* lyrics =
        composeCommand->add_option("--lyrics", composing.lyricsFile, "A text file of your own lyrics");
    composeCommand->add_option("--chords", composing.chords,
                               "Chords that stay: “C G/B Am F”, “[Verse] 1 5 6- 4 [Chorus] IV V | vi . | I”");
    composeCommand->add_option("--opening", composing.opening,
                               "Lines of your own, parted by “/”: the song opens with them, three or more "
                               "are all of it; empty: none; default: what the prompt tells");
    composeCommand->add_option("--language", composing.language, "en or zh; default: the prompt's");
    composeCommand->add_option("--style", composing.style, "Style, such as pop, folk, jazz");
    composeCommand->add_option("--mood", composing.mood, "Words such as “calm, hopeful”");
    composeCommand->add_option("--tempo", composing.tempo, "Quarter notes a minute, 40 to 220");
    composeCommand->add_option("--key", composing.key, "Such as “C major” or “F# minor”");
    composeCommand->add_option("--length", composing.length, "Seconds, 15 to 360");
    composeCommand->add_option("--voice", composing.voice, "Singer");
    composeCommand->add_flag("--instrumental", composing.instrumental, "No singer");
    composeCommand->add_option("--seed", composing.seed, "The same request and seed give the same song");
    composeCommand->add_option("-o,--output", composing.output, "The song file, *.cantilena")->required();

    std::string songFile;
    session::Workshop::RenderRequest rendering;
    std::string audioFile, stems;
    CLI::App* renderCommand = app.add_subcommand("render", "Mix a song to a sound file");
    renderCommand->add_option("song", songFile, "The song file")->required();
    renderCommand->add_option("-o,--output", audioFile, "*.wav, *.flac, *.ogg or *.mp3")->required();
    renderCommand->add_option("--stems", stems, "Also one file a track into this folder");
    renderCommand->add_option("--section", rendering.section, "Only the section of this name");
    renderCommand->add_option("--threads", rendering.threads, "1 or 2; the sound is the same")
        ->check(CLI::Range(1, 16));

    std::string exportFile;
    CLI::App* exportCommand = app.add_subcommand("export", "Write a song as MIDI or timed lyrics");
    exportCommand->add_option("song", songFile, "The song file")->required();
    exportCommand->add_option("-o,--output", exportFile, "*.mid or *.lrc")->required();

    ImportOptions importing;
    CLI::App* importCommand =
        app.add_subcommand("import", "Make a song around the melody of a MIDI or MusicXML file");
    importCommand->add_option("file", importing.file, "*.mid, *.musicxml or *.xml")->required();
    importCommand->add_option("--prompt", importing.prompt,
                              "What the words are about that a melody without words gets");
    importCommand->add_option("--language", importing.language, "en or zh; default: that of the words");
    importCommand->add_option("--style", importing.style, "Style of the band");
    importCommand->add_option("--tempo", importing.tempo, "Quarter notes a minute; default: the file's")
        ->check(CLI::Range(40, 220));
    importCommand->add_option("--key", importing.key, "Such as “C major”; default: the file's, or as heard");
    importCommand->add_option("--voice", importing.voice, "Singer");
    importCommand->add_option("--seed", importing.seed, "The same file and seed give the same song");
    importCommand->add_option("-o,--output", importing.output, "The song file, *.cantilena")->required();

    ContinueOptions continuing;
    CLI::App* continueCommand =
        app.add_subcommand("continue", "Go on with a song: more sections after the last");
    continueCommand->add_option("song", songFile, "The song file")->required();
    continueCommand->add_option("--sections", continuing.sections,
                                "Kinds such as “verse, chorus”; default: what usually comes next");
    continueCommand->add_option("--take", continuing.take, "Another take, another continuation");
    continueCommand->add_option("-o,--output", continuing.output, "The new song file")->required();

    RewriteOptions rewriting;
    CLI::App* rewriteCommand = app.add_subcommand("rewrite", "Suggest other words for a line of a song");
    rewriteCommand->add_option("song", songFile, "The song file")->required();
    rewriteCommand->add_option("--line", rewriting.line, "Which line, counted from 1")
        ->required()
        ->check(CLI::Range(1, 10000));
    rewriteCommand->add_option("--wish", rewriting.wish, "another, like, happier, sadder, image or simpler")
        ->check(CLI::IsMember({"another", "like", "happier", "sadder", "image", "simpler"}));
    rewriteCommand->add_option("--count", rewriting.count, "How many, 1 to 20")->check(CLI::Range(1, 20));
    rewriteCommand->add_option("--seed", rewriting.seed, "Another seed, other suggestions");

    MelodyOptions tuning;
    const auto addPart = [&songFile](CLI::App* command, PartOptions& part) {
        command->add_option("song", songFile, "The song file")->required();
        CLI::Option_group* group = command->add_option_group("part", "Which part");
        group->add_option("--line", part.line, "A line of the lyrics, counted from 1")
            ->check(CLI::Range(1, 10000));
        group->add_option("--bars", part.bars, "Bars such as 5-8, counted from 1");
        group->add_option("--section", part.section, "A section by its name, such as “Chorus”");
        command->add_option("--take", part.take, "Another take, another result");
        command->add_option("-o,--output", part.output, "The new song file")->required();
        return group;
    };
    CLI::App* melodyCommand =
        app.add_subcommand("melody", "Write a part of a song's tune again; all else stays as it is");
    addPart(melodyCommand, tuning.part)->require_option(1);
    melodyCommand->add_flag("--vary", tuning.vary, "A variation instead of another tune");
    melodyCommand->add_option("--bravery", tuning.bravery, "0 safe to 1 brave")->check(CLI::Range(0.0, 1.0));

    PartOptions chording;
    CLI::App* chordsCommand = app.add_subcommand(
        "chords", "Write other chords under a song's tune, for a part or throughout; the band follows them");
    addPart(chordsCommand, chording)->require_option(0, 1);

    VoiceOptions voicing;
    CLI::App* voiceCommand =
        app.add_subcommand("voice", "Give a song another singer, or let them sing otherwise");
    voiceCommand->add_option("song", songFile, "The song file")->required();
    voiceCommand->add_option("--singer", voicing.singer, "Who sings: lin, juno, marlow or rowan");
    const auto addControl = [&](const char* name, std::optional<double>& value, const char* description) {
        voiceCommand->add_option(name, value, description)->check(CLI::Range(0.0, 1.0));
    };
    addControl("--breath", voicing.breath, "0 clear to 1 airy; 0.5 is the singer's own");
    addControl("--tension", voicing.tension, "0 soft to 1 pressed");
    addControl("--brightness", voicing.brightness, "0 dark to 1 bright");
    addControl("--vibrato", voicing.vibrato, "0 straight to 1 wide");
    addControl("--consonants", voicing.consonants, "0 smooth to 1 firm");
    addControl("--gender", voicing.gender, "0 a larger throat to 1 a smaller one");
    addControl("--growl", voicing.growl, "0 none to 1 rough");
    const CLI::IsMember places({"off", "choruses", "throughout"});
    voiceCommand->add_option("--doubles", voicing.doubles, "Second takes: off, choruses or throughout")
        ->check(places);
    voiceCommand->add_option("--harmony", voicing.harmony, "A second voice: off, choruses or throughout")
        ->check(places);
    voiceCommand->add_option("--harmony-place", voicing.harmonyPlace, "The second voice's: above or below")
        ->check(CLI::IsMember({"above", "below"}));
    voiceCommand->add_option("-o,--output", voicing.output, "The new song file")->required();

    std::string translatedFile;
    std::uint64_t translationSeed = 1;
    CLI::App* translateCommand = app.add_subcommand(
        "translate",
        "Write the words anew in the other language, on the same notes and with the same rhymes");
    translateCommand->add_option("song", songFile, "The song file")->required();
    translateCommand->add_option("--seed", translationSeed, "Another seed, other words");
    translateCommand->add_option("-o,--output", translatedFile, "The new song file")->required();

    std::string wordedFile, wordsPrompt;
    std::uint64_t wordsSeed = 1;
    CLI::App* wordsCommand =
        app.add_subcommand("words", "Write other words about something else for the tune of a song");
    wordsCommand->add_option("song", songFile, "The song file")->required();
    wordsCommand->add_option("--prompt", wordsPrompt, "What the words are about")->required();
    wordsCommand->add_option("--seed", wordsSeed, "Another seed, other words");
    wordsCommand->add_option("-o,--output", wordedFile, "The new song file")->required();

    CLI::App* originalityCommand =
        app.add_subcommand("originality", "Name the nearest known line of each line of a song's lyrics");
    originalityCommand->add_option("song", songFile, "The song file")->required();

    bool json = false;
    CLI::App* infoCommand = app.add_subcommand("info", "Say what is in a song");
    infoCommand->add_option("song", songFile, "The song file")->required();
    infoCommand->add_flag("--json", json, "As one JSON object")->required();

    bool check = false;
    CLI::App* modelsCommand = app.add_subcommand("models", "List the models");
    modelsCommand->add_flag("--check", check, "Verify hashes, contracts and golden values");

    try {
        app.parse(argc, argv);
        if (composeCommand->parsed() && prompt->count() + lyrics->count() == 0)
            throw CLI::RequiredError("--prompt or --lyrics");
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : 2;
    }

    Progress progress;
    const JobContext job = progress.context();
    runningJob = &job;
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);

    Result<void> result;
    if (infoCommand->parsed()) {
        const Result<song::SongPtr> song = store::SongFile::read(songFile);
        if (!song)
            return fail(song.error());
        fmt::print("{}\n", song::infoJson(**song));
    } else if (exportCommand->parsed()) {
        result = exportSong(songFile, exportFile);
    } else {
        const Result<std::shared_ptr<session::Workshop>> workshop = session::Workshop::open(paths);
        if (!workshop)
            return fail(workshop.error());
        rendering.file = audioFile;
        rendering.stems = stems;
        if (composeCommand->parsed())
            result = compose(**workshop, composing, progress, job);
        else if (renderCommand->parsed())
            result = render(**workshop, songFile, rendering, progress, job);
        else if (importCommand->parsed())
            result = importTune(**workshop, importing, job);
        else if (continueCommand->parsed())
            result = continueSong(**workshop, songFile, continuing, job);
        else if (rewriteCommand->parsed())
            result = rewrite(**workshop, songFile, rewriting, job);
        else if (melodyCommand->parsed())
            result = rewriteTune(**workshop, songFile, tuning, job);
        else if (chordsCommand->parsed())
            result = rewriteChords(**workshop, songFile, chording, job);
        else if (voiceCommand->parsed())
            result = changeVoice(**workshop, songFile, voicing);
        else if (translateCommand->parsed())
            result = translate(**workshop, songFile, translatedFile, translationSeed, job);
        else if (wordsCommand->parsed())
            result = newWords(**workshop, songFile, wordedFile, wordsPrompt, wordsSeed, job);
        else if (originalityCommand->parsed())
            result = originality(**workshop, songFile);
        else if (modelsCommand->parsed())
            result = listModels(**workshop, check);
    }
    return result ? 0 : fail(result.error());
}

} // namespace cantilena::app
