#include "backing.h"

#include <algorithm>
#include <memory>

#include <base/hash.h>
#include <base/random.h>
#include <compose/second_voice.h>

namespace cantilena::session {

namespace {

constexpr double kLateSeconds = 0.016; // by which a take's phrases wander, either way
constexpr double kDrift = 1.8;
constexpr double kGender = 0.035;
// A second voice may leave the singer's range a little: it is softer.
constexpr int kBeyond = 2;

bool joinsIn(const song::Song& song, song::Where where, music::Tick at)
{
    if (where == song::Where::Throughout)
        return true;
    const song::SectionPtr section = song.sectionAt(at);
    return where == song::Where::Choruses && section &&
           (section->kind == song::SectionKind::Chorus || section->kind == song::SectionKind::Hook);
}

void addTakes(std::vector<BackingTake>& takes, const song::Song& song, const song::Song& sung,
              song::Where where, std::string_view name)
{
    std::vector<voice::Phrase> phrases = voice::phrasesOf(sung);
    std::erase_if(phrases, [&](const voice::Phrase& phrase) { return !joinsIn(song, where, phrase.first); });
    if (phrases.empty())
        return;
    const Random random(song.head.seed, name);
    for (const sound::VocalPart part : {sound::VocalPart::Left, sound::VocalPart::Right}) {
        const auto side = static_cast<std::uint64_t>(part);
        BackingTake take;
        take.part = part;
        take.seed = song.head.seed ^ hash64(std::string(name) + std::to_string(side));
        take.drift = kDrift;
        take.gender = part == sound::VocalPart::Left ? -kGender : kGender;
        take.phrases = phrases;
        for (std::size_t i = 0; i < take.phrases.size(); ++i) {
            voice::Phrase& phrase = take.phrases[i];
            const double late = random.at({side}).uniform(-kLateSeconds, kLateSeconds, i);
            phrase.start.value = std::max(0.0, phrase.start.value + late);
            // Breaths are the lead's; together they would be a gust.
            phrase.breath = {0};
        }
        takes.push_back(std::move(take));
    }
}

} // namespace

std::vector<BackingTake> backingTakes(const song::Song& song, const voice::SingerInfo& singer)
{
    std::vector<BackingTake> takes;
    const song::Vocal& vocal = song.head.vocal;
    if (vocal.doubles != song::Where::Nowhere)
        addTakes(takes, song, song, vocal.doubles, "double");
    if (vocal.harmony == song::Where::Nowhere)
        return takes;
    const std::vector<music::Pitch> line = compose::secondVoice(
        song, vocal.harmonyBelow, {singer.lowest.midi - kBeyond}, {singer.highest.midi + kBeyond});
    song::Song sung = song;
    for (song::TrackPtr& track : sung.tracks) {
        if (track != song.melody())
            continue;
        auto changed = std::make_shared<song::Track>(*track);
        for (std::size_t i = 0; i < line.size(); ++i) {
            changed->notes[i].pitch = line[i];
            changed->notes[i].bend.clear(); // a drawn line is the lead's own
        }
        track = std::move(changed);
        break;
    }
    addTakes(takes, song, sung, vocal.harmony, "harmony");
    return takes;
}

} // namespace cantilena::session
