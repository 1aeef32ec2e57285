#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <inference/model.h>
#include <voice/singing.h>
#include <voice/vocoder.h>

namespace cantilena::voice {

enum class PhoneClass : std::uint8_t {
    Silence,
    Breath,
    Vowel,
    Diphthong,
    Glide,
    Liquid,
    Nasal,
    Fricative,
    Aspirate,
    Stop,
    Affricate,
};

/// What models/voice/phone_table.tsv says of one phone.
struct Phone {
    std::string name;
    PhoneClass kind = PhoneClass::Silence;
    bool voiced = false;
    double releaseSeconds = 0; ///< usual length from a stop's release to its end
    double typicalSeconds = 0; ///< length in unhurried singing
};

inline bool isVowel(PhoneClass kind)
{
    return kind == PhoneClass::Vowel || kind == PhoneClass::Diphthong;
}
inline bool isSonorant(PhoneClass kind)
{
    return isVowel(kind) || kind == PhoneClass::Glide || kind == PhoneClass::Liquid ||
           kind == PhoneClass::Nasal;
}

/// The phone inventory in the model's order. A value, shared read-only.
class PhoneTable {
public:
    static Result<PhoneTable> read(const std::filesystem::path& file);

    std::size_t size() const { return m_phones.size(); }
    const Phone& at(std::size_t id) const { return m_phones[id]; }
    /// The number of a phone; -1 when it is not in the inventory.
    int find(std::string_view name) const;

private:
    std::vector<Phone> m_phones;
};

/// Phones on frames: segments without gaps from frame 0 to the last.
struct Segment {
    int phone = 0;
    std::size_t start = 0;
    std::size_t end = 0;
    std::int64_t release = -1; ///< frame of a stop's release; -1 for other phones
};

/// Puts timed phones on `frames` frames; gaps become pauses. Errors: an unknown phone, phones out of order.
Result<std::vector<Segment>> segmentsOf(const Singing& phrase, const PhoneTable& table);

/// The network that turns timed phones, pitch and loudness into envelope and aperiodicity.
class Acoustic {
public:
    static Result<std::shared_ptr<const Acoustic>> load(const std::filesystem::path& models,
                                                        std::string_view id);

    const PhoneTable& phones() const { return m_table; }
    const inference::ModelInfo& info() const { return m_model->info(); }

    /// Envelope and aperiodicity for every frame of the phrase, as the network gives them. `timbre` holds the
    /// weights of the recorded voices. Long phrases are computed in overlapping pieces with the same result.
    Result<VocoderFrames> predict(const Singing& phrase, const std::vector<Segment>& segments,
                                  const std::vector<float>& timbre, const JobContext& job) const;

private:
    std::shared_ptr<const inference::Model> m_model;
    PhoneTable m_table;
};

} // namespace cantilena::voice
