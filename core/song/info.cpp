#include <song/info.h>

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

namespace cantilena::song {

namespace {

using Json = nlohmann::ordered_json;

template<typename IdType> std::string idText(char kind, IdType id)
{
    return kind + std::to_string(id.value);
}

std::string_view makerName(Maker maker)
{
    switch (maker) {
    case Maker::Person:
        return "person";
    case Maker::Model:
        return "model";
    case Maker::Rule:
        return "rule";
    }
    return "person";
}

struct Made {
    int notes = 0, chords = 0, lines = 0;
};

Json provenance(const Song& song)
{
    std::map<OriginId, Made> made;
    for (const TrackPtr& track : song.tracks) {
        for (const Note& note : track->notes)
            ++made[note.origin].notes;
    }
    for (const ChordEvent& chord : *song.chords)
        ++made[chord.origin].chords;
    for (const SectionPtr& section : song.sections) {
        for (const Line& line : section->lines)
            ++made[line.origin].lines;
    }
    Json origins = Json::array();
    bool generated = false;
    for (const Origin& origin : *song.origins) {
        const Made count = made[origin.id];
        generated = generated || origin.maker == Maker::Model;
        origins.push_back({{"origin", originText(&origin)},
                           {"maker", makerName(origin.maker)},
                           {"name", origin.name},
                           {"version", origin.version},
                           {"sha256", origin.sha256},
                           {"seed", origin.seed},
                           {"lines", count.lines},
                           {"chords", count.chords},
                           {"notes", count.notes}});
    }
    return {{"ai_generated", generated}, {"prompt", song.head.brief.prompt}, {"origins", std::move(origins)}};
}

} // namespace

std::string originText(const Origin* origin)
{
    if (!origin)
        return "unknown";
    switch (origin->maker) {
    case Maker::Person:
        return "person";
    case Maker::Model:
        if (origin->sha256.empty())
            return origin->name + " at " + origin->version;
        return origin->name + " " + origin->version + " seed " + std::to_string(origin->seed);
    case Maker::Rule:
        return "rule " + origin->name;
    }
    return "unknown";
}

std::string infoJson(const Song& song)
{
    const auto seconds = [&](music::Tick tick) { return song.head.tempo.toSeconds(tick).value; };

    std::map<SyllableId, Json> sung;
    Json tracks = Json::array();
    std::set<SyllableId> known;
    for (const SectionPtr& section : song.sections) {
        for (const Line& line : section->lines) {
            for (const Word& word : line.words) {
                for (const Syllable& syllable : word.syllables)
                    known.insert(syllable.id);
            }
        }
    }
    std::map<OriginId, std::string> originTexts;
    for (const Origin& origin : *song.origins)
        originTexts[origin.id] = originText(&origin);
    for (const TrackPtr& track : song.tracks) {
        Json notes = Json::array();
        for (const Note& note : track->notes) {
            const bool isSung = note.syllable && known.contains(note.syllable);
            if (isSung) {
                Json& ids = sung.try_emplace(note.syllable, Json::array()).first->second;
                ids.push_back(idText('n', note.id));
            }
            const auto origin = originTexts.find(note.origin);
            notes.push_back({{"id", idText('n', note.id)},
                             {"start_beat", music::toBeats(note.onset)},
                             {"length_beats", music::toBeats(note.duration)},
                             {"pitch", note.pitch.midi},
                             {"velocity", note.velocity},
                             {"syllable", isSung ? Json(idText('y', note.syllable)) : Json()},
                             {"origin", origin == originTexts.end() ? "unknown" : origin->second}});
        }
        tracks.push_back({{"id", idText('t', track->head.id)},
                          {"name", track->head.name},
                          {"role", code(track->head.role)},
                          {"program", track->head.program},
                          {"notes", std::move(notes)}});
    }

    Json sections = Json::array();
    for (const SectionPtr& section : song.sections) {
        Json lines = Json::array();
        for (const Line& line : section->lines) {
            Json syllables = Json::array();
            for (const Word& word : line.words) {
                for (const Syllable& syllable : word.syllables) {
                    const auto notes = sung.find(syllable.id);
                    syllables.push_back({{"id", idText('y', syllable.id)},
                                         {"text", syllable.text},
                                         {"phonemes", syllable.phonemes},
                                         {"notes", notes == sung.end() ? Json::array() : notes->second}});
                }
            }
            lines.push_back({{"text", line.text}, {"syllables", std::move(syllables)}});
        }
        sections.push_back({{"name", section->name},
                            {"kind", code(section->kind)},
                            {"start_s", seconds(song.sectionStart(section->id))},
                            {"end_s", seconds(song.sectionEnd(section->id))},
                            {"lines", std::move(lines)}});
    }

    Json chords = Json::array();
    for (const ChordEvent& chord : *song.chords) {
        const auto origin = originTexts.find(chord.origin);
        chords.push_back({{"symbol", chord.chord.symbol(song.head.key.usesFlats())},
                          {"start_beat", music::toBeats(chord.onset)},
                          {"length_beats", music::toBeats(chord.duration)},
                          {"origin", origin == originTexts.end() ? "unknown" : origin->second},
                          {"reasons", chordReasonCodes(chord.reasons)}});
    }

    Json models = Json::array();
    for (const Origin& origin : *song.origins) {
        if (origin.maker != Maker::Model)
            continue;
        Json model = {{"id", origin.name}, {"version", origin.version}, {"sha256", origin.sha256}};
        if (std::find(models.begin(), models.end(), model) == models.end())
            models.push_back(std::move(model));
    }

    const Json json = {
        {"title", song.head.title},
        {"language", language::code(song.head.language)},
        {"seed", song.head.seed},
        {"tempo", song.head.tempo.tempo.value},
        {"meter", std::to_string(song.head.meter.beats) + "/" + std::to_string(song.head.meter.unit)},
        {"key", song.head.key.name()},
        {"duration_s", seconds(song.length())},
        {"sections", std::move(sections)},
        {"chords", std::move(chords)},
        {"tracks", std::move(tracks)},
        {"models", std::move(models)},
        {"provenance", provenance(song)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cantilena::song
