#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include <base/result.h>

namespace cantilena::sound {

/// FluidSynth renders in steps of this many frames; a note begins on such a step.
inline constexpr int kSynthQuantum = 64;

/// A sound font that the instruments of one thread share. FluidSynth counts references to samples without
/// atomics, so instruments that sound in different threads need fonts of their own (the sample data is shared
/// all the same).
class SoundFont {
public:
    /// Reads the font with all its samples, so that an instrument may change its program without allocating.
    /// (Samples loaded on demand would sound different: FluidSynth ends a voice when the rest of its sample
    /// is below the noise floor, which it measures only here.) Any thread.
    static Result<std::shared_ptr<SoundFont>> load(const std::filesystem::path& file);

    /// As load, but takes a font that an earlier render has given back, when there is one: a render that
    /// follows another does not read the file again. The font goes back when its last instrument and the
    /// pointer are gone.
    static Result<std::shared_ptr<SoundFont>> borrow(const std::filesystem::path& file);

    ~SoundFont();
    SoundFont(const SoundFont&) = delete;
    SoundFont& operator=(const SoundFont&) = delete;

private:
    friend class Instrument;
    SoundFont() = default;

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// One track's synthesizer: a FluidSynth of its own, so that a track sounds the same whatever the others do.
/// Reverb and chorus are off. Made on any thread, then used by one thread at a time. With a font that is
/// loaded whole no member but the constructor and destructor allocates or locks.
class Instrument {
public:
    explicit Instrument(std::shared_ptr<SoundFont> font);
    ~Instrument();
    Instrument(const Instrument&) = delete;
    Instrument& operator=(const Instrument&) = delete;

    /// General MIDI program, or drum kit; a program that the font lacks becomes the nearest thing it has.
    void setProgram(int program, bool drums);
    void noteOn(int key, int velocity);
    void noteOff(int key);
    void allNotesOff();  ///< released, they ring out
    void allSoundsOff(); ///< silent at once
    bool sounding() const;

    /// Adds the next `frames` frames to left and right.
    void render(float* left, float* right, int frames);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::sound
