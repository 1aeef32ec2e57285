#include "synth.h"

#include <fluidsynth.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace cantilena::sound {

namespace {

constexpr int kMelodicChannel = 0;
constexpr int kDrumChannel = 9;
constexpr int kPolyphony = 160;

struct SettingsDeleter {
    void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
};
struct SynthDeleter {
    void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
};
using SettingsPtr = std::unique_ptr<fluid_settings_t, SettingsDeleter>;
using SynthPtr = std::unique_ptr<fluid_synth_t, SynthDeleter>;

void silenceLog()
{
    // FluidSynth writes to standard error by default; what matters comes back as an Error.
    static std::once_flag once;
    std::call_once(once, [] {
        for (const int level : {FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG})
            fluid_set_log_function(
                level, [](int, const char*, void*) {}, nullptr);
    });
}

SettingsPtr makeSettings()
{
    silenceLog();
    SettingsPtr settings(new_fluid_settings());
    fluid_settings_setint(settings.get(), "synth.threadsafe-api", 0);
    fluid_settings_setint(settings.get(), "synth.cpu-cores", 1);
    fluid_settings_setint(settings.get(), "synth.reverb.active", 0);
    fluid_settings_setint(settings.get(), "synth.chorus.active", 0);
    fluid_settings_setint(settings.get(), "synth.polyphony", kPolyphony);
    fluid_settings_setint(settings.get(), "synth.lock-memory", 0);
    fluid_settings_setint(settings.get(), "synth.dynamic-sample-loading", 0);
    fluid_settings_setnum(settings.get(), "synth.sample-rate", 44100.0);
    fluid_settings_setnum(settings.get(), "synth.gain", 0.6);
    return settings;
}

/// Fonts between two renders: one for each thread of a render is worth keeping, since they share their
/// samples.
struct Shelf {
    static constexpr std::size_t kPlaces = 2;

    std::mutex mutex;
    std::vector<std::pair<std::filesystem::path, std::shared_ptr<SoundFont>>> fonts;
};

Shelf& shelf()
{
    static Shelf instance;
    return instance;
}

} // namespace

struct SoundFont::Impl {
    SettingsPtr settings;
    SynthPtr owner; ///< holds the font and never sounds
    fluid_sfont_t* font = nullptr;
};

Result<std::shared_ptr<SoundFont>> SoundFont::load(const std::filesystem::path& file)
{
    auto impl = std::make_unique<Impl>();
    impl->settings = makeSettings();
    impl->owner.reset(new_fluid_synth(impl->settings.get()));
    if (!impl->owner)
        return Error{"The synthesizer could not be started."};
    if (fluid_synth_sfload(impl->owner.get(), file.c_str(), 0) == FLUID_FAILED)
        return Error{"Cannot load the sound font " + file.string() +
                     ": it is missing or damaged; install the package fluid-soundfont-gm again."};
    impl->font = fluid_synth_get_sfont(impl->owner.get(), 0);
    std::shared_ptr<SoundFont> font(new SoundFont);
    font->m_impl = std::move(impl);
    return font;
}

Result<std::shared_ptr<SoundFont>> SoundFont::borrow(const std::filesystem::path& file)
{
    std::shared_ptr<SoundFont> font;
    {
        const std::lock_guard lock(shelf().mutex);
        auto& fonts = shelf().fonts;
        const auto found =
            std::find_if(fonts.begin(), fonts.end(), [&](const auto& kept) { return kept.first == file; });
        if (found != fonts.end()) {
            font = std::move(found->second);
            fonts.erase(found);
        }
    }
    if (!font) {
        TRY(font, load(file));
    }
    // A pointer that brings the font back instead of deleting it.
    SoundFont* const plain = font.get();
    return std::shared_ptr<SoundFont>(plain, [font = std::move(font), file](SoundFont*) mutable {
        const std::lock_guard lock(shelf().mutex);
        if (shelf().fonts.size() < Shelf::kPlaces)
            shelf().fonts.emplace_back(file, std::move(font));
    });
}

SoundFont::~SoundFont() = default;

struct Instrument::Impl {
    std::shared_ptr<SoundFont> font;
    SettingsPtr settings;
    SynthPtr synth;
    int program = -1;
    bool drums = false;
    int quiet = kSynthQuantum; ///< frames rendered since the last voice ended, up to a quantum

    int channel() const { return drums ? kDrumChannel : kMelodicChannel; }
};

Instrument::Instrument(std::shared_ptr<SoundFont> font) : m_impl(std::make_unique<Impl>())
{
    m_impl->font = std::move(font);
    m_impl->settings = makeSettings();
    m_impl->synth.reset(new_fluid_synth(m_impl->settings.get()));
    fluid_synth_add_sfont(m_impl->synth.get(), m_impl->font->m_impl->font);
}

Instrument::~Instrument()
{
    // The font belongs to its owner: take it out, so that this synthesizer does not delete it. Voices hold
    // references to samples, so they end first.
    fluid_synth_t* synth = m_impl->synth.get();
    fluid_synth_all_sounds_off(synth, -1);
    fluid_synth_system_reset(synth);
    fluid_synth_remove_sfont(synth, m_impl->font->m_impl->font);
}

void Instrument::setProgram(int program, bool drums)
{
    if (program == m_impl->program && drums == m_impl->drums)
        return;
    fluid_synth_t* synth = m_impl->synth.get();
    fluid_synth_all_notes_off(synth, -1);
    m_impl->program = program;
    m_impl->drums = drums;
    fluid_synth_program_change(synth, m_impl->channel(), program);
}

void Instrument::noteOn(int key, int velocity)
{
    fluid_synth_noteon(m_impl->synth.get(), m_impl->channel(), key, velocity);
    m_impl->quiet = 0;
}

void Instrument::noteOff(int key)
{
    fluid_synth_noteoff(m_impl->synth.get(), m_impl->channel(), key);
}

void Instrument::allNotesOff()
{
    fluid_synth_all_notes_off(m_impl->synth.get(), -1);
}

void Instrument::allSoundsOff()
{
    fluid_synth_all_sounds_off(m_impl->synth.get(), -1);
}

bool Instrument::sounding() const
{
    return m_impl->quiet < kSynthQuantum;
}

void Instrument::render(float* left, float* right, int frames)
{
    // A silent instrument costs nothing; the last step's rest is played out first.
    if (!sounding())
        return;
    float* out[2] = {left, right};
    fluid_synth_process(m_impl->synth.get(), frames, 0, nullptr, 2, out);
    if (fluid_synth_get_active_voice_count(m_impl->synth.get()) == 0)
        m_impl->quiet += frames;
    else
        m_impl->quiet = 0;
}

} // namespace cantilena::sound
