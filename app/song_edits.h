#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <base/job.h>
#include <base/result.h>
#include <session/workshop.h>

/// Commands that write parts of a song anew, or say what its words are. Each reads the song file, and writes
/// its result to standard output or to a new song file; the song itself stays as it is.
namespace cantilena::app {

/// A part of a song, written again.
struct PartOptions {
    int line = 0; ///< from 1; 0: not given
    std::string bars, section, output;
    std::uint64_t take = 1;
};

struct MelodyOptions {
    PartOptions part;
    bool vary = false;
    double bravery = 0.5;
};

struct RewriteOptions {
    int line = 1;
    std::string wish = "another";
    int count = 8;
    std::uint64_t seed = 0;
};

struct VoiceOptions {
    std::string output;
    std::optional<std::string> singer, doubles, harmony, harmonyPlace;
    std::optional<double> breath, tension, brightness, vibrato, consonants, gender, growl;
};

struct ImportOptions {
    std::string file, output;
    std::string prompt, language, style, key, voice;
    double tempo = 0; ///< 0: the file's
    std::uint64_t seed = 1;
};

struct ContinueOptions {
    std::string sections, output;
    std::uint64_t take = 1;
};

/// A song around the tune of a MIDI or MusicXML file; what the file has and the song has not is told on
/// standard error.
Result<void> importTune(session::Workshop& workshop, const ImportOptions& options, const JobContext& job);
/// More sections after the last.
Result<void> continueSong(session::Workshop& workshop, const std::string& songFile,
                          const ContinueOptions& options, const JobContext& job);
/// Other notes for a part of the tune.
Result<void> rewriteTune(session::Workshop& workshop, const std::string& songFile,
                         const MelodyOptions& options, const JobContext& job);
/// Other chords under the tune, for a part or for the whole song.
Result<void> rewriteChords(session::Workshop& workshop, const std::string& songFile,
                           const PartOptions& options, const JobContext& job);
/// Another singer, or the same one singing otherwise.
Result<void> changeVoice(session::Workshop& workshop, const std::string& songFile,
                         const VoiceOptions& options);
/// Prints other wordings of a line.
Result<void> rewrite(session::Workshop& workshop, const std::string& songFile, const RewriteOptions& options,
                     const JobContext& job);
/// Words in the other language on the same notes.
Result<void> translate(session::Workshop& workshop, const std::string& songFile, const std::string& output,
                       std::uint64_t seed, const JobContext& job);
/// Words about something else on the same notes.
Result<void> newWords(session::Workshop& workshop, const std::string& songFile, const std::string& output,
                      const std::string& prompt, std::uint64_t seed, const JobContext& job);
/// Prints the nearest known line of each line.
Result<void> originality(session::Workshop& workshop, const std::string& songFile);

} // namespace cantilena::app
