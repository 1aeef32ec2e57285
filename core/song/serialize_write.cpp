#include <song/serialize.h>

#include <nlohmann/json.hpp>

/// Notes, chords and ids are what there are thousands of, so they are arrays; everything else is an object
/// with names. Members that a reader does not know are left alone; a missing member of an object has its
/// default.
namespace cantilena::song {

namespace {

using Json = nlohmann::json;

// Objects

Json write(const Note& n)
{
    Json json = Json::array({n.id.value, n.onset.value, n.duration.value, n.shift.value, n.pitch.midi,
                             n.velocity, n.syllable.value, n.reasons, n.origin.value});
    if (!n.bend.empty()) { // a note without a drawn pitch is written as before there were any
        Json bend = Json::array();
        for (const BendPoint& point : n.bend)
            bend.push_back(Json::array({point.at.value, point.cents}));
        json.push_back(std::move(bend));
    }
    return json;
}

Json write(const ChordEvent& c)
{
    Json json = Json::array({c.id.value, c.onset.value, c.duration.value, c.chord.root,
                             static_cast<int>(c.chord.quality), c.chord.bass, c.origin.value});
    if (c.reasons != 0) // a chord without reasons is written as before there were any
        json.push_back(c.reasons);
    return json;
}

Json write(const Origin& o)
{
    return {{"id", o.id.value},   {"maker", static_cast<int>(o.maker)},
            {"name", o.name},     {"version", o.version},
            {"sha256", o.sha256}, {"seed", o.seed}};
}

Json write(const Line& line)
{
    Json words = Json::array();
    for (const Word& word : line.words) {
        Json syllables = Json::array();
        for (const Syllable& s : word.syllables)
            syllables.push_back({{"id", s.id.value},
                                 {"text", s.text},
                                 {"phonemes", s.phonemes},
                                 {"stress", s.stress},
                                 {"tone", s.tone},
                                 {"language", language::code(s.language)},
                                 {"guessed", s.guessed}});
        words.push_back({{"text", word.text}, {"syllables", std::move(syllables)}});
    }
    return {
        {"id", line.id.value},         {"text", line.text},
        {"words", std::move(words)},   {"start", line.start.value},
        {"length", line.length.value}, {"rhyme", static_cast<int>(static_cast<unsigned char>(line.rhyme))},
        {"origin", line.origin.value}};
}

Json write(const Section& s)
{
    Json lines = Json::array();
    for (const Line& line : s.lines)
        lines.push_back(write(line));
    return {{"id", s.id.value},
            {"kind", code(s.kind)},
            {"name", s.name},
            {"bars", s.bars},
            {"energy", s.energy},
            {"material", s.material},
            {"lines", std::move(lines)},
            {"origin", s.origin.value}};
}

Json write(const TrackHead& t)
{
    return {{"id", t.id.value},     {"name", t.name},          {"role", code(t.role)},
            {"program", t.program}, {"vocal", t.vocal},        {"gain", t.mix.gain.value},
            {"pan", t.mix.pan},     {"reverb", t.mix.reverb},  {"mute", t.mix.mute},
            {"solo", t.mix.solo},   {"origin", t.origin.value}};
}

Json write(const Track& track)
{
    Json json = write(track.head);
    Json notes = Json::array();
    for (const Note& note : track.notes)
        notes.push_back(write(note));
    json["notes"] = std::move(notes);
    return json;
}

Json write(const music::Key& key)
{
    return {{"tonic", key.tonic}, {"mode", static_cast<int>(key.mode)}};
}

Json write(const music::Meter& meter)
{
    return {{"beats", meter.beats}, {"unit", meter.unit}};
}

Json write(const Brief& b)
{
    Json json = {{"prompt", b.prompt},
                 {"language", language::code(b.language)},
                 {"themes", b.themes},
                 {"chosenThemes", b.chosenThemes},
                 {"valence", b.valence},
                 {"arousal", b.arousal},
                 {"moodWords", b.moodWords},
                 {"style", b.style},
                 {"meter", write(b.meter)},
                 {"pointOfView", static_cast<int>(b.pointOfView)},
                 {"singer", b.singer},
                 {"wantsMale", b.wantsMale},
                 {"instrumental", b.instrumental},
                 {"lyrics", b.lyrics}};
    if (!b.opening.empty())
        json["opening"] = b.opening;
    if (!b.chords.empty())
        json["chords"] = b.chords;
    if (b.tempo)
        json["tempo"] = b.tempo->value;
    if (b.key)
        json["key"] = write(*b.key);
    if (b.length)
        json["length"] = b.length->value;
    return json;
}

Json write(const SongHead& h)
{
    return {{"title", h.title},
            {"language", language::code(h.language)},
            {"seed", h.seed},
            {"tempo", h.tempo.tempo.value},
            {"meter", write(h.meter)},
            {"key", write(h.key)},
            {"style", h.style},
            {"brief", write(h.brief)},
            {"vocal",
             {{"singer", h.vocal.singer},
              {"breath", h.vocal.breath},
              {"tension", h.vocal.tension},
              {"brightness", h.vocal.brightness},
              {"vibrato", h.vocal.vibrato},
              {"consonants", h.vocal.consonants},
              {"growl", h.vocal.growl},
              {"doubles", static_cast<int>(h.vocal.doubles)},
              {"harmony", static_cast<int>(h.vocal.harmony)},
              {"harmonyBelow", h.vocal.harmonyBelow},
              {"gender", h.vocal.gender}}}};
}

// Edits

template<typename T> Json writeState(const std::optional<T>& state)
{
    return state ? write(*state) : Json();
}

template<typename T> Json writeState(const std::shared_ptr<const T>& state)
{
    return state ? write(*state) : Json();
}

struct WriteEdit {
    Json operator()(const HeadEdit& e) const
    {
        return {{"edit", "head"}, {"before", write(e.before)}, {"after", write(e.after)}};
    }
    Json operator()(const SectionEdit& e) const
    {
        return {{"edit", "section"},
                {"index", e.index},
                {"before", writeState(e.before)},
                {"after", writeState(e.after)}};
    }
    Json operator()(const ChordEdit& e) const
    {
        return {{"edit", "chord"}, {"before", writeState(e.before)}, {"after", writeState(e.after)}};
    }
    Json operator()(const TrackEdit& e) const
    {
        return {{"edit", "track"},
                {"index", e.index},
                {"before", writeState(e.before)},
                {"after", writeState(e.after)}};
    }
    Json operator()(const TrackHeadEdit& e) const
    {
        return {{"edit", "trackHead"}, {"before", write(e.before)}, {"after", write(e.after)}};
    }
    Json operator()(const NoteEdit& e) const
    {
        return {{"edit", "note"},
                {"track", e.track.value},
                {"before", writeState(e.before)},
                {"after", writeState(e.after)}};
    }
    Json operator()(const OriginEdit& e) const
    {
        return {{"edit", "origin"}, {"before", writeState(e.before)}, {"after", writeState(e.after)}};
    }
};

Json write(const Selection& s)
{
    Json notes = Json::array();
    for (const NoteId note : s.notes)
        notes.push_back(note.value);
    return {{"track", s.track.value}, {"notes", std::move(notes)}, {"section", s.section.value}};
}

// Texts

std::string dump(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string toJson(const Song& song)
{
    Json sections = Json::array(), chords = Json::array(), tracks = Json::array(), origins = Json::array();
    for (const SectionPtr& section : song.sections)
        sections.push_back(write(*section));
    for (const ChordEvent& chord : *song.chords)
        chords.push_back(write(chord));
    for (const TrackPtr& track : song.tracks)
        tracks.push_back(write(*track));
    for (const Origin& origin : *song.origins)
        origins.push_back(write(origin));
    return dump({{"version", kJsonVersion},
                 {"head", write(song.head)},
                 {"sections", std::move(sections)},
                 {"chords", std::move(chords)},
                 {"tracks", std::move(tracks)},
                 {"origins", std::move(origins)},
                 {"nextId", song.ids.next}});
}

std::string toJson(const Entry& entry)
{
    Json edits = Json::array();
    for (const Edit& edit : entry.edits)
        edits.push_back(std::visit(WriteEdit{}, edit));
    return dump({{"version", kJsonVersion},
                 {"step", static_cast<int>(entry.step)},
                 {"label", entry.label},
                 {"edits", std::move(edits)},
                 {"selectionBefore", write(entry.before)},
                 {"selectionAfter", write(entry.after)}});
}

} // namespace cantilena::song
