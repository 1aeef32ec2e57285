#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/resources.h>
#include <base/result.h>
#include <music/pitch.h>
#include <voice/pitch_style.h>
#include <voice/singing.h>

namespace cantilena::voice {

enum class Gender { Female, Male };

/// A named voice as resources/singers/<id>.json describes it.
struct SingerInfo {
    std::string id;
    std::string name;        ///< for people who read English
    std::string nameChinese; ///< for people who read Chinese
    std::string description;
    std::string descriptionChinese;
    std::string style; ///< two or three words for the kind of voice
    std::string styleChinese;
    std::vector<std::string> suits; ///< ids of the styles that it is chosen for when nobody chooses
    std::vector<std::string> words; ///< in a request, they ask for this voice; lower case
    Gender gender = Gender::Female;
    music::Pitch lowest; ///< of the notes that it sings at all
    music::Pitch highest;
    music::Pitch comfortLowest; ///< of the notes that it sings well
    music::Pitch comfortHighest;
    /// Weights of the recorded voices of the acoustic model, in the model's order, by language; they sum
    /// to 1.
    std::vector<float> timbreEnglish;
    std::vector<float> timbreMandarin;
    double formantsEnglish = 0; ///< semitones that the envelope is moved up, from the voices of timbreEnglish
    double formantsMandarin = 0; ///< likewise from those of timbreMandarin
    double breath = 0;           ///< added to the share of noise in voiced sound, -1 .. 1
    double brightness = 0;       ///< dB at 8 kHz against 1 kHz
    double tension = 0;          ///< dB that the upper partials are raised against the lowest, -10 .. 10
    double consonants = 0;       ///< dB of consonants with noise against what reading gives
    double clarity = 1;          ///< contrast of formants, 1 as modelled
    PitchStyle pitch;            ///< habits of pitch
    std::string portrait;        ///< file beside the description
};

/// Every singer of resources/singers, ordered by id. An error names the file that cannot be used.
Result<std::vector<SingerInfo>> listSingers(const std::filesystem::path& resources);

/// The acoustic models and the singers: sings phrases. Const members may be called on any thread.
class Singer {
public:
    /// Loads the models of both languages (Mandarin's on first use) and the singers' descriptions.
    static Result<std::shared_ptr<const Singer>> open(const ResourcePaths& paths);
    ~Singer();

    const std::vector<SingerInfo>& singers() const;
    /// The singer of that id; nothing when there is none.
    const SingerInfo* find(std::string_view id) const;
    /// What the sound of a language depends on besides phrase, singer, colour and seed: the model's hash and
    /// the version of this code. Part of cache keys. An error when the model cannot be loaded.
    Result<std::string> fingerprint(language::Language language) const;

    /// The phrase's sound, mono at kVoiceRate, from its first frame; f0.size() * kFrameSeconds long, about
    /// -20 dBFS at loudness 0, peaks may pass 1. Silent when the phrase has no phones. Stopped by `job`
    /// within 200 ms with its cancelled error. Errors: a phone or a singer that is not known, curves of
    /// different lengths, a missing or damaged model.
    Result<std::vector<float>> sing(const Singing& phrase, const SingerInfo& singer, const Colour& colour,
                                    std::uint64_t seed, const JobContext& job = {}) const;

private:
    struct State;
    explicit Singer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cantilena::voice
