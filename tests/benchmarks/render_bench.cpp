#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/resource.h>

#include <exchange/midi.h>
#include <sound/render.h>
#include <sound/soundfont.h>

#include "../core/sound/fixture.h"

// Prints how long the band of a three-minute song takes to render here, beside `fluidsynth -F` on the same
// notes and sound font, and the whole mix with a voice.

using namespace cantilena;
using namespace cantilena::sound;

namespace {

template<typename Function> double seconds(Function&& function)
{
    const auto start = std::chrono::steady_clock::now();
    function();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double processorSeconds()
{
    double total = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        struct rusage usage = {};
        getrusage(who, &usage);
        total += static_cast<double>(usage.ru_utime.tv_sec) + usage.ru_utime.tv_usec * 1e-6 +
                 static_cast<double>(usage.ru_stime.tv_sec) + usage.ru_stime.tv_usec * 1e-6;
    }
    return total;
}

template<typename Function> void measure(const char* name, Function&& function)
{
    const double before = processorSeconds();
    const double wall = seconds(function);
    std::printf("%-46s %6.2f s   processor %6.2f s\n", name, wall, processorSeconds() - before);
}

} // namespace

int main()
{
    const auto font = findSoundFont();
    if (!font) {
        std::fprintf(stderr, "%s\n", font.error().message.c_str());
        return 1;
    }
    const song::Song song = fixture::song(76); // 182 s
    const auto folder =
        std::filesystem::temp_directory_path() / ("render_bench-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    if (!exchange::saveMidi(song, folder / "song.mid"))
        return 1;
    const ProgramPtr band = makeProgram(song);
    const ProgramPtr sung = makeProgram(song, fixture::sungPieces(song));
    RenderOptions raw;
    raw.normalise = false;
    std::printf("song of %.0f s, sound font %s\n", static_cast<double>(band->end) / kSampleRate,
                font->c_str());
    measure("fluidsynth -F", [&] {
        const std::string command = "fluidsynth -q -n -i -r 44100 -F " + (folder / "out.wav").string() + " " +
                                    font->string() + " " + (folder / "song.mid").string() +
                                    " >/dev/null 2>&1";
        if (std::system(command.c_str()) != 0)
            std::printf("fluidsynth is not installed\n");
    });
    for (const int threads : {1, 2}) {
        RenderOptions options = raw;
        options.threads = threads;
        measure(threads == 1 ? "band, one thread" : "band, two threads",
                [&] { (void)renderSong(band, *font, options).hasValue(); });
    }
    std::optional<RenderedMix> mix;
    measure("band and voice, balanced, mastered, 2 threads", [&] {
        if (auto result = renderSong(sung, *font))
            mix = std::move(*result);
    });
    measure("write WAV, 16 bits", [&] { (void)writeAudio(mix->audio, folder / "mix.wav").hasValue(); });
    measure("stems", [&] { (void)writeStems(sung, *font, *mix, folder / "stems").hasValue(); });
    measure("program of the song", [&] { (void)makeProgram(song, sung->vocal); });
    struct rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%.2f LUFS, %.2f dBTP, largest memory %ld MB\n", mix->lufs, mix->truePeakDb,
                usage.ru_maxrss / 1024);
    std::filesystem::remove_all(folder);
    return 0;
}
