// What the workshop does with tunes from files: a song around them.

#include <algorithm>
#include <cmath>

#include <compose/chord_line.h>
#include <compose/harmony.h>
#include <exchange/tune.h>
#include <language/text.h>
#include <session/workshop.h>

#include "assemble.h"
#include "tune_song.h"
#include "workshop_impl.h"

namespace cantilena::session {

namespace {

constexpr std::string_view kImportVersion = "1";
constexpr music::Bpm kUsualTempo{100};

language::Language languageOf(const exchange::Tune& tune, const compose::ComposeRequest& request)
{
    if (request.language)
        return *request.language;
    std::string words;
    for (const exchange::TuneNote& note : tune.notes)
        words += note.syllable + (note.joins ? "" : " ");
    if (!words.empty() && tune.hasWords())
        return language::detect(words);
    if (!request.prompt.empty())
        return language::detect(request.prompt);
    return request.interfaceLanguage;
}

bool plays(const compose::Style& style, const music::Meter& meter)
{
    return std::find(style.meters.begin(), style.meters.end(), meter) != style.meters.end();
}

/// The singer whose comfortable range the tune leaves least, of those that the brief allows.
const voice::SingerInfo* singerFor(const std::vector<voice::SingerInfo>& singers, const exchange::Tune& tune)
{
    const voice::SingerInfo* best = nullptr;
    double least = 0;
    for (const voice::SingerInfo& singer : singers) {
        double outside = 0;
        for (const exchange::TuneNote& note : tune.notes)
            outside += std::max(
                {0, singer.comfortLowest.midi - note.pitch, note.pitch - singer.comfortHighest.midi});
        if (!best || outside < least) {
            best = &singer;
            least = outside;
        }
    }
    return best;
}

/// The file's chords, each until the next.
std::vector<compose::LockedChord> chordsOf(const exchange::Tune& tune, music::Tick end)
{
    std::vector<compose::LockedChord> chords;
    for (const exchange::MidiText& text : tune.chords) {
        const auto chord = music::Chord::parse(text.text);
        // Chords begin on the grid of eighths, one at a time.
        const music::Tick at{(text.onset.value + music::kEighth.value / 2) / music::kEighth.value *
                             music::kEighth.value};
        if (!chord || at >= end)
            continue;
        if (!chords.empty() && at <= chords.back().begin)
            continue;
        if (!chords.empty())
            chords.back().end = at;
        chords.push_back({at, end, *chord});
    }
    return chords;
}

} // namespace

Result<song::SongPtr> Workshop::importTune(const exchange::Tune& tune, const compose::ComposeRequest& request,
                                           const JobContext& job)
{
    job.progress("brief", 0);
    TRY(const music::Meter meter, songMeter(tune.meter));
    compose::ComposeRequest asked = request;
    asked.language = languageOf(tune, request);
    asked.lyrics.clear();
    asked.chords.clear();
    asked.instrumental = !tune.hasWords();
    if (asked.prompt.empty())
        asked.prompt = tune.title.empty() ? std::string("Melody") : tune.title.substr(0, 200);
    Result<song::Brief> read = readBrief(asked);
    if (!read && request.prompt.empty()) { // a title in a language that is not ours
        asked.prompt = "a song";
        read = readBrief(asked);
    }
    TRY(song::Brief brief, std::move(read));
    brief.prompt = request.prompt;
    brief.meter = meter;
    brief.tempo = request.tempo ? *request.tempo : tune.tempo.value_or(kUsualTempo);
    brief.tempo->value = std::round(brief.tempo->value * 100) / 100; // MIDI counts microseconds
    brief.key = request.key ? *request.key : keyOf(tune);
    if (request.voice.empty())
        if (const voice::SingerInfo* singer = singerFor(m_impl->singers, tune))
            brief.singer = singer->id;
    const compose::Style* style = compose::findStyle(m_impl->styles, brief.style);
    if (request.style.empty() && !plays(*style, meter)) {
        const auto other = std::find_if(m_impl->styles.begin(), m_impl->styles.end(),
                                        [&](const compose::Style& s) { return plays(s, meter); });
        if (other != m_impl->styles.end())
            style = &*other;
    }
    brief.style = style->id;

    job.progress("form", 0);
    TRY(const language::Reader* reader, m_impl->theReader());
    const TuneSong plan = songOfTune(tune, {meter, *brief.tempo, *brief.key, brief.language}, *reader);
    song::SongHead head;
    head.title = tune.title;
    head.language = brief.language;
    head.seed = request.seed;
    head.tempo = {*brief.tempo};
    head.meter = meter;
    head.key = *brief.key;
    head.style = style->id;
    head.brief = brief;
    head.vocal.singer = brief.singer;
    SongBuilder builder(std::move(head));
    builder.setSections(plan.form, plan.lyrics, builder.ruleOrigin("import", kImportVersion, 0),
                        [&](compose::LineOrigin) { return builder.personOrigin(); });
    song::Track melody = melodyTrack(brief, *style);
    melody.notes = notesOfTune(tune, plan, builder.song().sections);

    job.progress("harmony", 0);
    TRY(const ComposeModels* models, m_impl->composeModels());
    compose::HarmonyRequest harmony{plan.form, *style, brief.valence, brief.arousal, request.seed};
    harmony.locked = chordsOf(tune, plan.form.meter.barLength() * plan.form.totalBars());
    harmony.tune = melody.notes;
    TRY(std::vector<song::ChordEvent> chords, compose::writeHarmony(harmony, models->harmony, job));
    for (song::ChordEvent& chord : chords)
        if (chord.reasons & static_cast<std::uint32_t>(song::ChordReason::Person))
            chord.origin = builder.personOrigin();
    builder.setChords(std::move(chords), builder.modelOrigin(models->harmony.harmony->info(), request.seed));

    job.progress("arrangement", 0);
    compose::ArrangementRequest arrangement;
    arrangement.form = plan.form;
    arrangement.chords = *builder.song().chords;
    arrangement.melody = melody;
    arrangement.style = *style;
    arrangement.seed = request.seed;
    arrangement.names = brief.language;
    builder.addTrack(std::move(melody), builder.personOrigin());
    TRY_VOID(addBand(builder, arrangement, models->arrangement, job));
    const song::SongPtr song = builder.finish();
    return tune.hasWords() || request.prompt.empty() ? Result<song::SongPtr>(song)
                                                     : newWords(*song, request, job);
}

} // namespace cantilena::session
