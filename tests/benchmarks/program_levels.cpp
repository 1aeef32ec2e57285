#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include <sound/render.h>
#include <sound/soundfont.h>

// Prints the table of core/sound/levels.cpp: by General MIDI program and drum kit, the decibels that bring a
// phrase to the loudness of the first program (grand piano) on the sound font at hand.

using namespace cantilena;
using namespace cantilena::sound;

namespace {

void add(ProgramTrack& track, double start, double seconds, int key, int velocity)
{
    NoteEvent note;
    note.start = std::llround(start * kSampleRate);
    note.end = std::llround((start + seconds) * kSampleRate);
    note.key = static_cast<std::uint8_t>(key);
    note.velocity = static_cast<std::uint8_t>(velocity);
    track.notes.push_back(note);
}

double loudness(int number, bool drums, const std::filesystem::path& font)
{
    auto program = std::make_shared<Program>();
    ProgramTrack track;
    track.program = number;
    track.drums = drums;
    if (drums) {
        for (int step = 0; step < 16; ++step) {
            const double at = step * 0.3;
            if (step % 4 == 0)
                add(track, at, 0.2, 36, 95);
            if (step % 4 == 2)
                add(track, at, 0.2, 38, 90);
            add(track, at, 0.2, 42, step % 2 ? 55 : 70);
        }
    } else {
        const bool low = (number >= 32 && number <= 39) || number == 43 || number == 58;
        double at = 0;
        for (const int key : {60, 64, 67, 72, 67, 55}) {
            add(track, at, 0.75, low ? key - 24 : key, 80);
            at += 0.8;
        }
    }
    program->tracks.push_back(track);
    program->end = 5 * kSampleRate;
    program->balance.master.value = 0;
    program->vocalRide.push_back({});
    RenderOptions options;
    options.normalise = false;
    const auto mix = renderSong(program, font, options);
    return mix ? mix->lufs : -70;
}

} // namespace

int main()
{
    const auto font = findSoundFont();
    if (!font) {
        std::fprintf(stderr, "%s\n", font.error().message.c_str());
        return 1;
    }
    const double reference = loudness(0, false, *font);
    std::printf("// grand piano: %.1f LUFS\n", reference);
    for (const bool drums : {false, true}) {
        for (int program = 0; program < (drums ? 49 : 128); ++program) {
            const double level = std::clamp(reference - loudness(program, drums, *font), -15.0, 9.0);
            std::printf("%.1f,%s", level, program % 16 == 15 ? "\n" : " ");
        }
        std::printf("\n");
    }
    return 0;
}
