#include <voice/singer.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include <nlohmann/json.hpp>

#include <base/file.h>
#include <voice/refiner.h>

#include "acoustic.h"
#include "timbre.h"

namespace cantilena::voice {

namespace {

// Brings a vowel at loudness 0 to about -20 dBFS.
constexpr float kOutputGain = 5.0F;
// Samples at both ends of a phrase that rise from and fall to silence.
constexpr std::size_t kEdge = 220;
// Changes whenever the sound of the same frames changes, so that cached phrases are sung again.
constexpr std::string_view kSoundVersion = "3";

// The recorded voices in the order of the acoustic model's input `speaker`.
constexpr std::array<std::string_view, 8> kVoices{"kathleen", "slt",    "rms",  "alys",
                                                  "yuki",     "martin", "chen", "awb"};

Result<std::vector<float>> timbreOf(const nlohmann::json& json, const std::filesystem::path& file)
{
    std::vector<float> weights(kVoices.size(), 0.0F);
    float sum = 0;
    for (const auto& [name, value] : json.items()) {
        const auto* found = std::find(kVoices.begin(), kVoices.end(), name);
        if (found == kVoices.end())
            return Error{"The singer file " + file.string() + " names the unknown voice \"" + name + "\"."};
        const auto weight = value.get<float>();
        weights[static_cast<std::size_t>(found - kVoices.begin())] = weight;
        sum += weight;
    }
    if (!(sum > 0.01F))
        return Error{"The singer file " + file.string() + " gives no voice."};
    for (float& w : weights)
        w /= sum;
    return weights;
}

PitchStyle pitchStyleOf(const nlohmann::json& json)
{
    PitchStyle style;
    const auto factor = [&](const char* name, double& value, double most) {
        value = std::clamp(json.value(name, 1.0), 0.0, most);
    };
    factor("vibrato", style.vibrato, 3.0);
    factor("rate", style.rate, 1.6);
    factor("delay", style.delay, 3.0);
    factor("scoop", style.scoop, 3.0);
    factor("drift", style.drift, 3.0);
    factor("glide", style.glide, 3.0);
    factor("overshoot", style.overshoot, 2.0);
    factor("fall", style.fall, 3.0);
    return style;
}

Result<SingerInfo> readSinger(const std::filesystem::path& file)
{
    TRY(const std::string text, readFile(file, 1 << 20));
    try {
        const nlohmann::json json = nlohmann::json::parse(text);
        SingerInfo singer;
        singer.id = file.stem().string();
        singer.name = json.at("name").at("en").get<std::string>();
        singer.nameChinese = json.at("name").at("zh").get<std::string>();
        singer.description = json.at("description").at("en").get<std::string>();
        singer.descriptionChinese = json.at("description").at("zh").get<std::string>();
        singer.style = json.at("style").at("en").get<std::string>();
        singer.styleChinese = json.at("style").at("zh").get<std::string>();
        singer.suits = json.value("suits", std::vector<std::string>());
        singer.words = json.value("words", std::vector<std::string>());
        singer.gender = json.at("gender").get<std::string>() == "male" ? Gender::Male : Gender::Female;
        const auto pitch = [](const nlohmann::json& value) {
            return music::Pitch{std::clamp(value.get<int>(), 24, 96)};
        };
        singer.lowest = pitch(json.at("range").at(0));
        singer.highest = pitch(json.at("range").at(1));
        singer.comfortLowest = pitch(json.at("comfort").at(0));
        singer.comfortHighest = pitch(json.at("comfort").at(1));
        TRY(singer.timbreEnglish, timbreOf(json.at("timbre").at("en"), file));
        TRY(singer.timbreMandarin, timbreOf(json.at("timbre").at("zh"), file));
        singer.formantsEnglish = std::clamp(json.at("formants").at("en").get<double>(), -6.0, 6.0);
        singer.formantsMandarin = std::clamp(json.at("formants").at("zh").get<double>(), -6.0, 6.0);
        singer.breath = std::clamp(json.value("breath", 0.0), -1.0, 1.0);
        singer.brightness = std::clamp(json.value("brightness", 0.0), -12.0, 12.0);
        singer.tension = std::clamp(json.value("tension", 0.0), -10.0, 10.0);
        singer.consonants = std::clamp(json.value("consonants", 0.0), -6.0, 6.0);
        singer.pitch = pitchStyleOf(json.value("pitch", nlohmann::json::object()));
        singer.portrait = json.value("portrait", std::string());
        singer.clarity = std::clamp(json.value("clarity", 1.0), 0.5, 2.0);
        if (singer.lowest > singer.comfortLowest || singer.comfortLowest >= singer.comfortHighest ||
            singer.comfortHighest > singer.highest)
            return Error{"The singer file " + file.string() + " gives ranges out of order."};
        return singer;
    } catch (const nlohmann::json::exception&) {
        return Error{"The singer file " + file.string() + " is damaged; install Cantilena again."};
    }
}

} // namespace

Result<std::vector<SingerInfo>> listSingers(const std::filesystem::path& resources)
{
    const std::filesystem::path folder = resources / "singers";
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    }
    if (files.empty())
        return Error{"There are no singers in " + folder.string() + "; install Cantilena again."};
    std::sort(files.begin(), files.end());
    std::vector<SingerInfo> singers;
    for (const auto& file : files) {
        TRY(SingerInfo singer, readSinger(file));
        singers.push_back(std::move(singer));
    }
    return singers;
}

struct Singer::State {
    std::filesystem::path models;
    std::vector<SingerInfo> singers;
    std::shared_ptr<const Acoustic> english;
    std::shared_ptr<const Refiner> refiner;
    // Loaded when the first Mandarin phrase comes.
    mutable std::mutex mutex;
    mutable std::shared_ptr<const Acoustic> mandarin;

    Result<std::shared_ptr<const Acoustic>> acoustic(language::Language language) const
    {
        if (language == language::Language::English)
            return english;
        const std::lock_guard lock(mutex);
        if (!mandarin) {
            TRY(mandarin, Acoustic::load(models, "voice-zh"));
        }
        return mandarin;
    }
};

Singer::Singer(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Singer::~Singer() = default;

Result<std::shared_ptr<const Singer>> Singer::open(const ResourcePaths& paths)
{
    auto state = std::make_unique<State>();
    state->models = paths.models;
    TRY(state->singers, listSingers(paths.resources));
    TRY(state->english, Acoustic::load(paths.models, "voice-en"));
    TRY(state->refiner, Refiner::load(paths.models));
    return std::shared_ptr<const Singer>(new Singer(std::move(state)));
}

const std::vector<SingerInfo>& Singer::singers() const
{
    return m_state->singers;
}

const SingerInfo* Singer::find(std::string_view id) const
{
    const auto found = std::find_if(m_state->singers.begin(), m_state->singers.end(),
                                    [&](const SingerInfo& s) { return s.id == id; });
    return found == m_state->singers.end() ? nullptr : &*found;
}

Result<std::string> Singer::fingerprint(language::Language language) const
{
    TRY(const auto acoustic, m_state->acoustic(language));
    return acoustic->info().sha256 + "/" + m_state->refiner->fingerprint() + "/" + std::string(kSoundVersion);
}

Result<std::vector<float>> Singer::sing(const Singing& phrase, const SingerInfo& singer, const Colour& colour,
                                        std::uint64_t seed, const JobContext& job) const
{
    if (phrase.loudness.size() != phrase.f0.size())
        return Error{"The phrase's pitch and loudness curves have different lengths."};
    for (std::size_t t = 0; t < phrase.f0.size(); ++t) {
        if (!(phrase.f0[t] > 0) || !std::isfinite(phrase.f0[t]) || !std::isfinite(phrase.loudness[t]))
            return Error{"The phrase's pitch or loudness curve holds a value that cannot be sung."};
    }
    TRY(const auto acoustic, m_state->acoustic(phrase.language));
    TRY(const std::vector<Segment> segments, segmentsOf(phrase, acoustic->phones()));
    const bool sounds =
        std::any_of(segments.begin(), segments.end(), [](const Segment& s) { return s.phone != 0; });
    if (!sounds)
        return std::vector<float>(sampleOfFrame(phrase.f0.size()), 0.0F);
    const bool english = phrase.language == language::Language::English;
    const std::vector<float>& timbre = english ? singer.timbreEnglish : singer.timbreMandarin;
    TRY(VocoderFrames frames, acoustic->predict(phrase, segments, timbre, job));
    shapeTimbre(frames, segments, acoustic->phones(), phrase.loudness, singer,
                english ? singer.formantsEnglish : singer.formantsMandarin, colour);
    TRY_VOID(m_state->refiner->refine(frames, job));
    TRY(std::vector<float> sound, vocode(frames, seed, job));
    for (float& x : sound)
        x *= kOutputGain;
    const std::size_t edge = std::min(kEdge, sound.size() / 2);
    for (std::size_t i = 0; i < edge; ++i) {
        const float gain = (static_cast<float>(i) + 0.5F) / static_cast<float>(edge);
        sound[i] *= gain;
        sound[sound.size() - 1 - i] *= gain;
    }
    return sound;
}

} // namespace cantilena::voice
