#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <unistd.h>

#include <session/workshop.h>
#include <sound/engine.h>
#include <sound/soundfont.h>
#include <store/song_file.h>

// Plays a song through the default device and prints the time from Play to the first sound and the underruns
// that the device reports. Arguments: SONG.cantilena [SECONDS].

using namespace cantilena;
using Clock = std::chrono::steady_clock;

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: playback_levels SONG.cantilena [SECONDS]\n");
        return 2;
    }
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 120;
    const std::filesystem::path source = CANTILENA_SOURCE_DIR;
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("playback_levels-" + std::to_string(::getpid()));
    const auto song = store::SongFile::read(argv[1]);
    const auto font = sound::findSoundFont();
    const auto workshop =
        session::Workshop::open({source / "models", source / "resources", {}, folder, folder, folder});
    if (!song || !font || !workshop) {
        std::fprintf(stderr, "The song, the sound font or the singers cannot be read.\n");
        return 1;
    }
    sound::Engine::Options options;
    options.soundFont = *font;
    sound::Engine engine(options);
    if (const auto ready = engine.waitUntilReady(); !ready) {
        std::fprintf(stderr, "%s\n", ready.error().message.c_str());
        return 1;
    }
    engine.setProgram(sound::makeProgram(**song));
    std::this_thread::sleep_for(std::chrono::seconds(1));
    std::printf("%s\n", engine.device().sentence.c_str());
    const auto start = Clock::now();
    engine.play();
    while (engine.readMeters().master[0] < 1e-4F && Clock::now() - start < std::chrono::seconds(5))
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::printf("Play to the first sound                %.0f ms\n",
                std::chrono::duration<double, std::milli>(Clock::now() - start).count());

    // The voice is sung meanwhile, as in the studio.
    JobContext job;
    std::thread singer([&] {
        (void)(*workshop)->sing(**song, job, {}, [&](const session::SungVocal& part) {
            engine.setProgram(sound::makeProgram(**song, part.pieces));
        });
        std::printf("the whole voice                        %.1f s after Play\n",
                    std::chrono::duration<double>(Clock::now() - start).count());
    });
    int starts = 1;
    while (Clock::now() - start < std::chrono::seconds(seconds)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(40));
        engine.readMeters();
        if (!engine.playing()) { // the song has ended
            engine.play();
            ++starts;
        }
    }
    std::printf("underruns in %d s (%d times from the start) %llu\n", seconds, starts,
                static_cast<unsigned long long>(engine.underruns()));
    job.cancel();
    singer.join();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return 0;
}
