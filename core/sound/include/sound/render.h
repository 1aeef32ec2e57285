#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <sound/buffer.h>
#include <sound/program.h>

/// Offline rendering: the same synthesizer, mixer and limiter as live playback, over a whole song, to memory
/// and to files. Every function here may be called on any worker thread; the long ones are jobs (stages
/// "band", "mix", "master", "stems").
namespace cantilena::sound {

struct RenderOptions {
    int threads = 2; ///< the PCM does not depend on it
    std::optional<FrameRange>
        range;               ///< nothing: the whole song and what rings after it; else exactly these frames
    double targetLufs = -14; ///< integrated loudness, EBU R 128
    double truePeakDb = -1;  ///< ceiling, dBTP
    bool normalise = true;   ///< false: the program's own balance and master gain are used as they are
};

/// The voice against the band in one section, 1 to 4 kHz, while somebody sings.
struct SectionRatio {
    song::SectionId section;
    std::string name;
    double vocalOverBandDb = 0;
};

struct RenderedMix {
    StereoBuffer audio;
    double lufs = 0;       ///< integrated; -70 or less for silence
    double truePeakDb = 0; ///< dBTP
    MixBalance balance;    ///< what was used; give it to makeProgram for live playback
    std::vector<SectionRatio> ratios;
    FrameRange range; ///< the frames rendered
};

/// Renders a program. Deterministic: the same program gives the same samples with any number of threads.
/// Errors: no sound font, cancelled.
Result<RenderedMix> renderSong(const ProgramPtr& program, const std::filesystem::path& soundFont,
                               const RenderOptions& options = {}, const JobContext& job = {});

enum class AudioFormat : std::uint8_t { Wav, Flac, Ogg, Mp3 };
enum class SampleType : std::uint8_t { Int16, Int24, Float32 };

/// By the file's ending: .wav .flac .ogg .mp3 in any case; else one sentence that lists them.
Result<AudioFormat> audioFormatOf(const std::filesystem::path& file);

struct AudioTags {
    std::string title;
    std::string artist;
    std::string comment;
};

/// Writes sound to a file by its ending; `type` holds for WAV and FLAC (FLAC has no float: it gets 24 bits).
/// The file appears whole or not at all. Errors: unknown ending, unwritable path, full disk, in one sentence
/// each.
Result<void> writeAudio(const StereoBuffer& audio, const std::filesystem::path& file,
                        SampleType type = SampleType::Int16, const AudioTags& tags = {});

/// Writes one 32-bit float WAV a track into `folder` (made when missing): "vocal.wav" for the voice, else the
/// track's place and name, such as "02-drums.wav". Every stem has the mix's length and rate and its own share
/// of the reverb; the sum of the stems is the mix before the limiter. `mix` is what renderSong gave for this
/// program with the same options. Returns the files in the order of the tracks. Muted tracks are written as
/// silence.
Result<std::vector<std::filesystem::path>>
writeStems(const ProgramPtr& program, const std::filesystem::path& soundFont, const RenderedMix& mix,
           const std::filesystem::path& folder, const RenderOptions& options = {},
           const JobContext& job = {});

} // namespace cantilena::sound
