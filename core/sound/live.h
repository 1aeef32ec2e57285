#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include <sound/engine.h>
#include <sound/program.h>

#include "limiter.h"
#include "mixer.h"
#include "player.h"
#include "ring.h"
#include "vocal_chain.h"

namespace cantilena::sound {

/// The instruments of live playback, made once; tracks are given one each.
struct InstrumentPool {
    static constexpr std::size_t kSlots = 40;

    explicit InstrumentPool(const std::shared_ptr<SoundFont>& font);

    std::vector<std::unique_ptr<Instrument>> instruments;
};

/// A program and the slots its tracks play on, as control hands it to the audio thread.
struct LiveProgram {
    ProgramPtr program;
    std::array<int, Meters::kMaxTracks> slot{}; ///< by track; -1 for none
};

/// What the audio thread runs. Control talks to it through the rings and atomics only; every other member
/// belongs to the thread that calls process.
class LivePlayer {
public:
    struct Command {
        enum class Kind : std::uint8_t { Play, Stop, Seek, Loop, Audition };
        Kind kind = Kind::Stop;
        std::int64_t first = 0;  ///< frame; loop start; slot
        std::int64_t second = 0; ///< loop end; key
        int velocity = 0;
    };

    LivePlayer();
    ~LivePlayer();

    // Control
    // ------------------------------------------------------------------------------------------------
    void setPool(InstrumentPool* pool) { m_pool.store(pool, std::memory_order_release); }
    /// The band stays silent; time and voice go on.
    void giveUpPool() { m_noPool.store(true, std::memory_order_release); }
    void publish(std::unique_ptr<LiveProgram> program);
    void collect(); ///< frees programs that the audio thread has given back
    bool send(const Command& command) { return m_commands.push(command); }
    void setPlaying(bool playing) { m_playing.store(playing, std::memory_order_relaxed); }
    bool playing() const { return m_playing.load(std::memory_order_relaxed); }
    std::int64_t position() const { return m_position.load(std::memory_order_relaxed); }
    /// Where a seek that was sent leads; shown until the audio thread is there, or when there is none yet.
    void setPosition(std::int64_t frame) { m_position.store(frame, std::memory_order_relaxed); }
    Meters readMeters();

    // Audio thread
    // -------------------------------------------------------------------------------------------
    void process(float* interleaved, std::size_t frames) noexcept;

private:
    struct Voice {
        const Program* program = nullptr;
        std::int64_t frame = 0;
        bool on = false;
    };
    struct Slot {
        Player player;
        Strip strip;
        int track = -1;
    };
    struct Audition {
        int slot = -1;
        int key = 0;
        std::int64_t left = 0;
    };

    void takeProgram();
    void takeCommands();
    void audition(const Command& command);
    void endAuditions(int frames);
    void jump(std::int64_t frame);
    void releaseAll();
    void fadeVoice();
    int blockFrames() const;
    void renderBlock(int frames);
    /// The voice's level goes on from where it was when another program brings another balance.
    void glideFrom(const Program& before, const Program& now);
    void renderVoice(int frames);
    void renderBand(int frames);

    std::atomic<InstrumentPool*> m_pool{nullptr};
    std::atomic<bool> m_noPool{false};
    std::atomic<LiveProgram*> m_incoming{nullptr};
    Ring<LiveProgram*, 64> m_retired;
    Ring<Command, 256> m_commands;
    Ring<Meters, 64> m_meters;
    std::atomic<bool> m_playing{false};
    std::atomic<std::int64_t> m_position{0};

    InstrumentPool* m_instruments = nullptr;
    LiveProgram* m_current = nullptr;
    LiveProgram* m_leaving = nullptr; ///< still read while the voice fades from it
    bool m_running = false;
    bool m_fresh = true; ///< nothing has sounded yet: gains jump instead of gliding
    std::int64_t m_frame = 0;
    FrameRange m_loop;
    std::array<Slot, InstrumentPool::kSlots> m_slots;
    std::array<Audition, 8> m_auditions;
    Voice m_voiceBefore;
    int m_fadeLeft = 0;
    Strip m_vocalStrip;
    VocalChains m_chains;
    MixBus m_bus;
    Limiter m_limiter;
    float m_master = 0;
    float m_vocalGlide = 1; ///< of the voice's gain, from what sounded to what the program asks for
    Meters m_pending;
    std::int64_t m_quietFrames = 0;

    // One block.
    float m_left[kMixBlock]{};
    float m_right[kMixBlock]{};
    float m_sendLeft[kMixBlock]{};
    float m_sendRight[kMixBlock]{};
    float m_vocal[3][kMixBlock]{}; ///< by VocalPart
    float m_activity[kMixBlock]{};
    int m_ready = 0; ///< frames of m_left and m_right that are not given out yet
    int m_given = 0;
};

} // namespace cantilena::sound
