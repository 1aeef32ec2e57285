#include <sound/render.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "mixdown.h"
#include "mixer.h"

namespace cantilena::sound {

namespace {

/// A file name of letters that every file system takes; others become '-'. UTF-8 above ASCII is kept.
std::string fileStem(std::size_t place, const std::string& name)
{
    std::string result = (place < 10 ? "0" : "") + std::to_string(place) + "-";
    for (const char c : name.substr(0, 60)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (plain)
            result += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
        else if (result.back() != '-')
            result += '-';
    }
    // A cut inside a UTF-8 sequence leaves no broken character behind.
    while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xC0) == 0x80 && name.size() > 60)
        result.pop_back();
    if (!result.empty() && static_cast<unsigned char>(result.back()) >= 0xC0)
        result.pop_back();
    while (result.size() > 1 && result.back() == '-')
        result.pop_back();
    return result;
}

/// The program with only one band track sounding; none when `track` is past the end.
Program only(const Program& program, std::size_t track)
{
    Program result = program;
    for (std::size_t i = 0; i < result.tracks.size(); ++i)
        if (!result.tracks[i].vocal && i != track)
            result.tracks[i].audible = false;
    return result;
}

} // namespace

Result<std::vector<std::filesystem::path>>
writeStems(const ProgramPtr& program, const std::filesystem::path& soundFont, const RenderedMix& mix,
           const std::filesystem::path& folder, const RenderOptions& options, const JobContext& job)
{
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (!std::filesystem::is_directory(folder, code))
        return Error{"Cannot make the folder " + folder.string() + " for the stems; choose another place."};

    Program balanced = *program;
    balanced.balance = mix.balance;
    balanced.vocalRide = vocalRide(program->sections, mix.balance);
    const float gain = linearGain(mix.balance.master.value);
    const std::size_t count = balanced.tracks.size();
    std::vector<std::filesystem::path> files(count);
    bool voiceNamed = false;
    for (std::size_t i = 0; i < count; ++i) {
        const bool voice = balanced.tracks[i].vocal && !voiceNamed;
        voiceNamed = voiceNamed || voice;
        files[i] = folder / ((voice ? "vocal" : fileStem(i + 1, balanced.tracks[i].name)) + ".wav");
    }

    // The band steps back for the voice in every stem, so the voice's activity comes first.
    TRY(Tracks voice, renderTracks(only(balanced, count), soundFont, mix.range, 1, job));
    voice.dry = voice.send = StereoBuffer(); // memory that the stems need
    const ProgramTrack* const sung = vocalTrack(balanced);
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::atomic<bool> failed{false};
    std::vector<std::optional<Error>> errors(count);
    const auto writeOne = [&](std::size_t i) -> Result<void> {
        const ProgramTrack& track = balanced.tracks[i];
        Program solo = only(balanced, i);
        solo.vocal.clear(); // so that the voice is not rendered again
        solo.backing = false;
        TRY(Tracks tracks, renderTracks(solo, soundFont, mix.range, 1, job));
        tracks.activity = voice.activity;
        if (&track == sung) {
            tracks.vocal = voice.vocal;
            tracks.left = voice.left;
            tracks.right = voice.right;
        }
        StereoBuffer stem = mixDown(balanced, std::move(tracks), !options.range);
        for (auto* channel : {&stem.left, &stem.right})
            for (float& sample : *channel)
                sample *= gain;
        return writeAudio(stem, files[i], SampleType::Float32, {track.name, {}, {}});
    };
    const auto work = [&](bool reports) {
        for (std::size_t i = next++; i < count && !failed; i = next++) {
            if (const Result<void> written = writeOne(i); !written) {
                errors[i] = written.error();
                failed = true;
            }
            ++done;
            if (reports)
                job.progress("stems", static_cast<double>(done) / static_cast<double>(count));
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int t = 1; t < std::clamp(options.threads, 1, 16); ++t)
            threads.emplace_back(work, false);
        work(true);
    }
    for (const std::optional<Error>& error : errors)
        if (error)
            return *error;
    return files;
}

} // namespace cantilena::sound
