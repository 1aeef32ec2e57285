#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <base/result.h>
#include <music/pitch.h>
#include <sound/buffer.h>
#include <sound/program.h>

namespace cantilena::sound {

/// Peaks since the meters were last read, linear, 1 is full scale.
struct Meters {
    static constexpr std::size_t kMaxTracks = 64;

    std::array<float, 2> master{};          ///< left, right, after the limiter
    std::array<float, kMaxTracks> tracks{}; ///< by the program's track order
    float reduction = 1;                    ///< lowest gain of the limiter
};

/// Live playback: one synthesizer, mixer and limiter driven by PortAudio, or by a silent clock when there is
/// no device. Threads: "control" below is any one thread at a time (the interface thread as a rule); no call
/// there waits for the audio thread or for the device. The audio callback allocates nothing and takes no
/// lock.
class Engine {
public:
    enum class Output : std::uint8_t {
        Device, ///< the default output device; the silent clock when there is none
        Silent, ///< time passes, nothing sounds
        Manual, ///< nothing calls process() but the owner (tests)
    };

    struct Options {
        std::filesystem::path soundFont;
        Output output = Output::Device;
        int framesPerBlock = 256;
    };

    /// Where the sound goes, and why when it goes nowhere.
    struct Device {
        bool silent = true;
        std::string sentence; ///< for a person: "Playing through X." or why playback is silent
    };
    /// Called on the engine's own device thread whenever the device changes; pass it on to the interface
    /// thread.
    using DeviceListener = std::function<void(const Device&)>;

    /// Loads the sound font and opens the device on a thread of its own; returns at once. Control thread.
    explicit Engine(Options options, DeviceListener listener = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Control thread
    // -----------------------------------------------------------------------------------------

    /// Makes the program the one that is played from the next block on; playback goes on where it is. Null:
    /// silence.
    void setProgram(ProgramPtr program);

    void play(); ///< from the position
    void stop(); ///< notes are released; position stays
    void seek(music::Frames to);
    /// While the position is inside the range, its end leads back to its start. Nothing: no loop.
    void setLoop(std::optional<FrameRange> range);
    /// Sounds one note on a track's instrument now, for a moment (a click on the piano roll). Nothing for
    /// vocal tracks.
    void audition(song::TrackId track, music::Pitch pitch, int velocity = 90);

    bool playing() const;           ///< false again when the song has ended; any thread
    music::Frames position() const; ///< of what is heard about now; any thread
    Meters readMeters();
    Device device() const;           ///< any thread
    std::uint64_t underruns() const; ///< reported by the device since the start; any thread

    // Audio thread
    // -------------------------------------------------------------------------------------------

    /// Renders the next `frames` frames, interleaved stereo. What the device's callback does; public so that
    /// tests can drive it (Output::Manual). Any number of frames.
    void process(float* interleaved, std::size_t frames) noexcept;

    /// Blocks until the sound font is loaded, or failed; the error is one sentence. For tests and the command
    /// line.
    Result<void> waitUntilReady();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::sound
