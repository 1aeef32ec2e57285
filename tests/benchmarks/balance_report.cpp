#include <cstdio>
#include <filesystem>
#include <string>

#include <unistd.h>

#include <session/workshop.h>
#include <store/song_file.h>

// Prints by song how far the balance that live playback begins with is from the one that a render measures.
// Arguments: SONG.cantilena ...

using namespace cantilena;

int main(int argc, char** argv)
{
    const std::filesystem::path source = CANTILENA_SOURCE_DIR;
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("balance_report-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto workshop =
        session::Workshop::open({source / "models", source / "resources", {}, folder, folder, folder});
    if (!workshop) {
        std::fprintf(stderr, "%s\n", workshop.error().message.c_str());
        return 1;
    }
    double voice = 0, master = 0;
    int songs = 0;
    for (int i = 1; i < argc; ++i) {
        const auto song = store::SongFile::read(argv[i]);
        if (!song)
            continue;
        const sound::MixBalance guess = sound::makeProgram(**song)->balance;
        session::Workshop::RenderRequest request;
        request.file = folder / "mix.wav";
        const auto report = (*workshop)->render(**song, request);
        if (!report) {
            std::fprintf(stderr, "%s\n", report.error().message.c_str());
            continue;
        }
        std::printf("%-16s %-18s voice %+5.1f dB (estimate %+5.1f)  master %+5.1f dB (estimate %+5.1f) ",
                    std::filesystem::path(argv[i]).stem().c_str(), (*song)->head.style.c_str(),
                    report->balance.vocal.value, guess.vocal.value, report->balance.master.value,
                    guess.master.value);
        for (const auto& section : report->balance.sections)
            for (const auto& guessed : guess.sections)
                if (guessed.section == section.section)
                    std::printf(" %+.1f/%+.1f", section.vocal.value, guessed.vocal.value);
        std::printf("\n");
        std::fflush(stdout);
        voice += report->balance.vocal.value - guess.vocal.value;
        master += report->balance.master.value - guess.master.value;
        ++songs;
    }
    if (songs > 0)
        std::printf("mean difference: voice %+.1f dB, master %+.1f dB\n", voice / songs, master / songs);
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return 0;
}
