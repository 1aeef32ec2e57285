#include "assemble.h"

#include <algorithm>

#include <compose/mood.h>
#include <compose/performance.h>
#include <session/words.h>

namespace cantilena::session {

namespace {

constexpr int kFlute = 73; ///< General MIDI program

/// The program of the tune in an instrumental song: that of the style's colour part, else a flute.
int leadProgram(const compose::Style& style)
{
    for (const song::Role role : {song::Role::Colour, song::Role::Counter})
        for (const compose::StylePart& part : style.parts)
            if (part.role == role)
                return part.program;
    return kFlute;
}

} // namespace

song::OriginId SongBuilder::add(song::Origin origin)
{
    for (const song::Origin& known : *m_song.origins) {
        origin.id = known.id;
        if (origin == known)
            return known.id;
    }
    origin.id = m_song.ids.make<song::OriginId>();
    auto origins = *m_song.origins;
    origins.push_back(origin);
    m_song.origins = std::make_shared<const std::vector<song::Origin>>(std::move(origins));
    return origin.id;
}

song::OriginId SongBuilder::modelOrigin(const inference::ModelInfo& model, std::uint64_t seed)
{
    return add({{}, song::Maker::Model, model.id, model.version, model.sha256, seed});
}

song::OriginId SongBuilder::serverOrigin(std::string_view model, std::string_view host)
{
    return add({{}, song::Maker::Model, std::string(model), std::string(host), {}, 0});
}

song::OriginId SongBuilder::ruleOrigin(std::string_view rule, std::string_view version, std::uint64_t seed)
{
    return add({{}, song::Maker::Rule, std::string(rule), std::string(version), {}, seed});
}

song::OriginId SongBuilder::personOrigin()
{
    return add({});
}

void SongBuilder::setSections(const compose::Form& form, const compose::Lyrics& lyrics,
                              song::OriginId formOrigin, const LineOrigins& lineOrigins)
{
    m_song.sections.clear();
    for (std::size_t i = 0; i < form.sections.size(); ++i) {
        const compose::SectionPlan& plan = form.sections[i];
        song::Section section;
        section.id = m_song.ids.make<song::SectionId>();
        section.kind = plan.kind;
        section.name = plan.name;
        section.bars = plan.bars;
        section.energy = plan.energy;
        section.material = plan.material;
        section.origin = formOrigin;
        const std::vector<compose::LinePlace> places = compose::linePlaces(plan, form.meter);
        const std::size_t count = i < lyrics.sections.size() ? lyrics.sections[i].lines.size() : 0;
        for (std::size_t k = 0; k < std::min(count, places.size()); ++k) {
            const compose::LyricLine& from = lyrics.sections[i].lines[k];
            song::Line line;
            line.id = m_song.ids.make<song::LineId>();
            line.text = from.text;
            for (const language::Word& word : from.words)
                line.words.push_back(toSongWord(word, m_song.ids));
            line.start = places[k].start;
            line.length = places[k].length;
            line.rhyme = from.rhyme;
            line.origin = lineOrigins(from.origin);
            section.lines.push_back(std::move(line));
        }
        m_song.sections.push_back(std::make_shared<const song::Section>(std::move(section)));
    }
}

void SongBuilder::setChords(std::vector<song::ChordEvent> chords, song::OriginId origin)
{
    for (song::ChordEvent& chord : chords) {
        chord.id = m_song.ids.make<song::ChordId>();
        if (!chord.origin)
            chord.origin = origin;
    }
    m_song.chords = std::make_shared<const std::vector<song::ChordEvent>>(std::move(chords));
}

song::TrackId SongBuilder::addTrack(song::Track track, song::OriginId origin)
{
    track.head.id = m_song.ids.make<song::TrackId>();
    if (!track.head.origin)
        track.head.origin = origin;
    for (song::Note& note : track.notes) {
        note.id = m_song.ids.make<song::NoteId>();
        if (!note.origin)
            note.origin = origin;
    }
    std::sort(track.notes.begin(), track.notes.end(), song::noteBefore);
    m_song.tracks.push_back(std::make_shared<const song::Track>(std::move(track)));
    return m_song.tracks.back()->head.id;
}

song::Track melodyTrack(const song::Brief& brief, const compose::Style& style)
{
    const bool mandarin = brief.language == language::Language::Mandarin;
    song::Track melody;
    if (brief.instrumental)
        melody.head.name = mandarin ? "旋律" : "Melody";
    else
        melody.head.name = mandarin ? "人声" : "Vocal";
    melody.head.role = song::Role::Melody;
    melody.head.vocal = !brief.instrumental;
    melody.head.program = brief.instrumental ? leadProgram(style) : 0;
    melody.head.mix = style.vocal;
    return melody;
}

Result<void> addBand(SongBuilder& builder, const compose::ArrangementRequest& request,
                     const compose::ArrangementModels& models, const JobContext& job)
{
    TRY(std::vector<song::Track> band, compose::arrange(request, models, job));
    TRY_VOID(compose::perform(band, request.form, request.style, models, request.seed, job));
    for (song::Track& track : band) {
        const auto& model = track.head.role == song::Role::Drums ? models.pattern : models.accompaniment;
        builder.addTrack(std::move(track), builder.modelOrigin(model->info(), request.seed));
    }
    return {};
}

PlanSummary summaryOf(const compose::Form& form, const song::Brief& brief, const std::string& title)
{
    PlanSummary plan;
    plan.title = title;
    plan.language = language::code(brief.language);
    plan.key = form.key.name();
    plan.style = brief.style;
    plan.singer = brief.instrumental ? std::string() : brief.singer;
    plan.tempo = form.tempo.value;
    plan.meter = std::to_string(form.meter.beats) + "/" + std::to_string(form.meter.unit);
    plan.durationSeconds =
        music::TempoMap{form.tempo}.toSeconds(form.meter.barLength() * form.totalBars()).value;
    plan.themes = brief.themes;
    plan.mood = compose::moodWordOf(brief);
    plan.pointOfView = brief.pointOfView;
    for (const compose::SectionPlan& section : form.sections)
        plan.sections.push_back(section.name);
    return plan;
}

} // namespace cantilena::session
