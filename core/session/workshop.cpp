#include <session/workshop.h>

#include <algorithm>
#include <cmath>

#include <base/file.h>
#include <chat/ask.h>
#include <compose/arrangement.h>
#include <compose/brief.h>
#include <compose/chord_line.h>
#include <compose/form.h>
#include <compose/harmony.h>
#include <compose/lyricist.h>
#include <compose/lyrics.h>
#include <compose/melody.h>
#include <compose/opening.h>
#include <compose/performance.h>
#include <compose/telling.h>
#include <sound/soundfont.h>
#include <voice/phrase_cache.h>

#include "assemble.h"
#include "harmonise.h"
#include "vocal.h"
#include "workshop_impl.h"

namespace cantilena::session {

namespace {

constexpr std::string_view kFormVersion = "1";

struct WordsRequest {
    const song::Brief& brief;
    const compose::Form& form;
    const compose::LyricModels& models;
    const language::Reader& reader;
    std::uint64_t seed = 0;
};

/// By the lyricist at an endpoint where there is one, otherwise or when that fails by our own models.
Result<compose::Lyrics> writeWords(const WordsRequest& request, const Lyricist& lyricist,
                                   const JobContext& job)
{
    if (lyricist.endpoint) {
        const auto ask = [&](std::span<const std::string> turns, const JobContext& asking) {
            return chat::ask(*lyricist.endpoint, turns, asking);
        };
        Result<compose::Lyrics> lyrics = compose::writeLyricsWith(
            ask, request.brief, request.form, request.models, request.reader, request.seed, job);
        if (lyrics || isCancelled(lyrics.error()))
            return lyrics;
        if (lyricist.notice)
            lyricist.notice("The lyrics are by Cantilena's own models: " + lyrics.error().message);
    }
    return compose::writeLyrics(request.brief, request.form, request.models, request.reader, request.seed,
                                job);
}

/// The mixer's stages shown as one stage "mix" that goes on.
JobContext mixContext(const JobContext& job)
{
    return job.nested("mix");
}

std::string idsOf(const auto& things)
{
    std::string list;
    for (const auto& thing : things)
        list += (list.empty() ? "" : ", ") + thing.id;
    return list;
}

Result<void> checkRange(const char* what, double value, double low, double high, const char* unit)
{
    if (std::isfinite(value) && value >= low && value <= high)
        return {};
    char text[160];
    std::snprintf(text, sizeof text, "The %s must be %g to %g %s; choose another one.", what, low, high,
                  unit);
    return Error{text};
}

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

const voice::SingerInfo* chooseSinger(const std::vector<voice::SingerInfo>& singers, const song::Brief& brief)
{
    const auto wanted = brief.wantsMale ? voice::Gender::Male : voice::Gender::Female;
    std::string prompt = brief.prompt;
    for (char& c : prompt)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const voice::SingerInfo* best = nullptr;
    int most = -1;
    for (const voice::SingerInfo& singer : singers) {
        const bool asked =
            std::any_of(singer.words.begin(), singer.words.end(),
                        [&](const std::string& word) { return prompt.find(word) != std::string::npos; });
        const bool suits =
            std::find(singer.suits.begin(), singer.suits.end(), brief.style) != singer.suits.end();
        const int points = (singer.gender == wanted ? 4 : 0) + (asked ? 2 : 0) + (suits ? 1 : 0);
        if (points > most) {
            most = points;
            best = &singer;
        }
    }
    return best;
}

Workshop::Workshop(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Workshop::~Workshop() = default;

Result<std::shared_ptr<Workshop>> Workshop::open(ResourcePaths paths)
{
    auto impl = std::make_unique<Impl>();
    impl->paths = std::move(paths);
    TRY(impl->styles, compose::loadStyles(impl->paths.resources / "styles"));
    TRY(impl->singers, voice::listSingers(impl->paths.resources));
    return std::shared_ptr<Workshop>(new Workshop(std::move(impl)));
}

const ResourcePaths& Workshop::paths() const
{
    return m_impl->paths;
}
const std::vector<compose::Style>& Workshop::styles() const
{
    return m_impl->styles;
}
const std::vector<voice::SingerInfo>& Workshop::singers() const
{
    return m_impl->singers;
}
Result<const language::Reader*> Workshop::reader()
{
    return m_impl->theReader();
}

Result<void> Workshop::checkRequest(const compose::ComposeRequest& request) const
{
    if (request.tempo)
        TRY_VOID(checkRange("tempo", request.tempo->value, 40, 220, "quarter notes a minute"));
    if (request.length)
        TRY_VOID(checkRange("length", request.length->value, 15, 360, "seconds"));
    if (request.valence)
        TRY_VOID(checkRange("valence", *request.valence, -1, 1, "(sad to happy)"));
    if (request.arousal)
        TRY_VOID(checkRange("arousal", *request.arousal, -1, 1, "(calm to excited)"));
    for (const auto& [words, most] : {std::pair{&request.themes, compose::kMostThemes},
                                      std::pair{&request.withoutThemes, compose::kMostWithoutThemes}}) {
        if (words->size() > most)
            return Error{"A request has at most " + std::to_string(most) +
                         " such subject words; take some away."};
        for (const std::string& word : *words)
            if (characters(word) > compose::kLongestTheme)
                return Error{"The subject “" + word + "” is longer than " +
                             std::to_string(compose::kLongestTheme) + " characters; use single words."};
    }
    if (request.opening && characters(*request.opening) > compose::kLongestOpening)
        return Error{"The lines that the song opens with have more than " +
                     std::to_string(compose::kLongestOpening) + " characters; eight short lines are enough."};
    if (request.chords.find_first_not_of(" \t\r\n") != std::string::npos)
        TRY_VOID(compose::readChordLine(request.chords, request.key.value_or(music::Key{})));
    if (!request.style.empty() && !compose::findStyle(m_impl->styles, request.style))
        return Error{"The style “" + request.style + "” is not known; choose one of " +
                     idsOf(m_impl->styles) + "."};
    if (!request.voice.empty() && !findSinger(m_impl->singers, request.voice))
        return Error{"The singer “" + request.voice + "” is not known; choose one of " +
                     idsOf(m_impl->singers) + "."};
    return {};
}

Result<song::Brief> Workshop::readBrief(const compose::ComposeRequest& request)
{
    TRY_VOID(checkRequest(request));
    TRY(const auto* space, m_impl->words.get([&] { return compose::WordSpace::load(m_impl->paths.models); }));
    TRY(song::Brief brief, compose::readBrief(request, **space));
    if (!compose::findStyle(m_impl->styles, brief.style))
        brief.style = m_impl->styles.front().id;
    if (!findSinger(m_impl->singers, brief.singer))
        if (const voice::SingerInfo* singer = chooseSinger(m_impl->singers, brief))
            brief.singer = singer->id;
    if (request.opening) {
        brief.opening = *request.opening;
    } else if (brief.lyrics.empty() && !brief.instrumental) {
        TRY(const language::Reader* reader, m_impl->theReader());
        for (const std::string& line :
             compose::readOpening(brief.prompt, brief.language, *reader, (*space)->dictionary()))
            brief.opening += (brief.opening.empty() ? "" : "\n") + line;
    }
    return brief;
}

Result<song::SongPtr> Workshop::compose(const compose::ComposeRequest& request, const JobContext& job,
                                        const PlanListener& planListener, const Lyricist& lyricist)
{
    job.progress("brief", 0);
    TRY(song::Brief brief, readBrief(request));
    TRY(const language::Reader* reader, m_impl->theReader());
    const std::uint64_t seed = request.seed;
    const compose::Style* style = compose::findStyle(m_impl->styles, brief.style);
    compose::VocalRange range;
    if (const voice::SingerInfo* singer = findSinger(m_impl->singers, brief.singer))
        range = {singer->comfortLowest, singer->comfortHighest};

    job.progress("form", 0);
    compose::Form form;
    std::vector<compose::Form> forms; // to choose from
    compose::Lyrics lyrics;
    const bool ownWords = !brief.lyrics.empty();
    std::vector<compose::OwnSection> own;
    if (ownWords) {
        TRY(own, compose::readOwnLyrics(brief.lyrics, brief.language, *reader));
        std::vector<compose::GivenSection> given;
        for (std::size_t i = 0; i < own.size(); ++i) {
            compose::GivenSection section{own[i].kind, {}, -1};
            for (const compose::LyricLine& line : own[i].lines)
                section.syllables.push_back(line.syllables());
            for (std::size_t k = 0; k < i && section.sameWordsAs < 0; ++k) {
                const auto sameText = [](const compose::LyricLine& a, const compose::LyricLine& b) {
                    return a.text == b.text;
                };
                if (std::equal(own[k].lines.begin(), own[k].lines.end(), own[i].lines.begin(),
                               own[i].lines.end(), sameText))
                    section.sameWordsAs = static_cast<int>(k);
            }
            given.push_back(std::move(section));
        }
        TRY(form, compose::formForLyrics(brief, *style, given, range, seed));
        forms = {form};
    } else {
        forms = compose::planForms(brief, *style, range, seed);
    }
    TRY_VOID(suitChords(forms, brief));
    form = forms.front();
    if (planListener)
        planListener(summaryOf(form, brief, {}));

    job.progress("lyrics", 0);
    TRY(const compose::LyricModels* lyricModels, m_impl->lyricModels(brief.language));
    if (!ownWords) {
        if (!lyricist.endpoint) {
            std::optional<compose::Form> telling =
                compose::formForTelling(brief, *style, range, seed, *lyricModels, *reader);
            if (telling)
                forms.push_back(std::move(*telling));
            TRY_VOID(suitChords(forms, brief));
        }
        TRY(form, compose::suitForm(forms, brief, *lyricModels, *reader, seed, job));
        form = compose::openedWith(std::move(form), compose::openingOf(brief), !brief.length, brief.language,
                                   *reader);
    }
    TRY(lyrics, writeWords({brief, form, *lyricModels, *reader, seed}, lyricist, job));
    if (planListener)
        planListener(summaryOf(form, brief, lyrics.title));

    song::SongHead head;
    head.title = lyrics.title;
    head.language = brief.language;
    head.seed = seed;
    head.tempo = {form.tempo};
    head.meter = form.meter;
    head.key = form.key;
    head.style = style->id;
    head.brief = brief;
    head.vocal.singer = brief.singer;
    SongBuilder builder(std::move(head));
    builder.setSections(
        form, lyrics, builder.ruleOrigin("form", kFormVersion, seed), [&](compose::LineOrigin origin) {
            if (origin == compose::LineOrigin::Person)
                return builder.personOrigin();
            if (origin == compose::LineOrigin::LanguageModel && lyricist.endpoint)
                return builder.serverOrigin(lyricist.endpoint->model, chat::hostOf(lyricist.endpoint->url));
            return builder.modelOrigin(lyricModels->info(), seed);
        });

    job.progress("harmony", 0);
    TRY(const ComposeModels* models, m_impl->composeModels());
    compose::HarmonyRequest harmonyRequest{form, *style, brief.valence, brief.arousal, seed};
    TRY(harmonyRequest.locked, typedChords(brief, form));
    TRY(std::vector<song::ChordEvent> chords, compose::writeHarmony(harmonyRequest, models->harmony, job));
    for (song::ChordEvent& chord : chords)
        if (chord.reasons & static_cast<std::uint32_t>(song::ChordReason::Person))
            chord.origin = builder.personOrigin();
    builder.setChords(std::move(chords), builder.modelOrigin(models->harmony.harmony->info(), seed));

    job.progress("melody", 0);
    compose::MelodyRequest melodyRequest;
    melodyRequest.form = form;
    melodyRequest.sections = builder.song().sections;
    melodyRequest.chords = *builder.song().chords;
    melodyRequest.style = *style;
    melodyRequest.range = range;
    melodyRequest.instrumental = brief.instrumental;
    melodyRequest.arousal = brief.arousal;
    melodyRequest.valence = brief.valence;
    melodyRequest.seed = seed;
    TRY(std::vector<song::Note> notes, compose::writeMelody(melodyRequest, models->melody, job));
    song::Track melody = melodyTrack(brief, *style);
    melody.notes = std::move(notes);

    job.progress("arrangement", 0);
    compose::ArrangementRequest arrangement;
    arrangement.form = form;
    arrangement.chords = melodyRequest.chords;
    arrangement.melody = melody;
    arrangement.style = *style;
    arrangement.seed = seed;
    arrangement.names = brief.language;
    builder.addTrack(std::move(melody), builder.modelOrigin(models->melody.pitch->info(), seed));
    TRY_VOID(addBand(builder, arrangement, models->arrangement, job));
    return builder.finish();
}

Result<std::vector<compose::LineOriginality>> Workshop::lyricOriginality(const song::Song& song)
{
    std::vector<std::string> lines;
    for (const song::SectionPtr& section : song.sections) {
        for (const song::Line& line : section->lines) {
            if (std::find(lines.begin(), lines.end(), line.text) == lines.end())
                lines.push_back(line.text);
        }
    }
    TRY(const language::Reader* reader, m_impl->theReader());
    TRY(const compose::LyricModels* models, m_impl->lyricModels(song.head.brief.language));
    return compose::lineOriginality(lines, *models, *reader);
}

Result<std::vector<std::string>> Workshop::rhymingWords(const song::Song& song, const std::string& word,
                                                        std::size_t count)
{
    TRY(const language::Reader* reader, m_impl->theReader());
    TRY(const compose::LyricModels* models, m_impl->lyricModels(song.head.language));
    return compose::rhymingWords(word, song.head.brief, *models, *reader, count);
}

Result<song::Origin> Workshop::lyricsOrigin(language::Language language, std::uint64_t seed)
{
    TRY(const compose::LyricModels* models, m_impl->lyricModels(language));
    const inference::ModelInfo& model = models->info();
    return song::Origin{{}, song::Maker::Model, model.id, model.version, model.sha256, seed};
}

Result<SungVocal> Workshop::sing(const song::Song& song, const JobContext& job, music::Tick from,
                                 const VocalListener& listener, int threads)
{
    const song::TrackPtr melody = song.melody();
    if (!melody || !melody->head.vocal || melody->notes.empty())
        return SungVocal{};
    TRY(const voice::Singer* singer, m_impl->theSinger());
    const voice::PhraseCache cache(m_impl->paths.cache / "phrases");
    return singPhrases(song, *singer, m_impl->styles, cache, job, from, listener, threads);
}

Result<RenderReport> Workshop::render(const song::Song& song, const RenderRequest& request,
                                      const JobContext& job)
{
    TRY_VOID(sound::audioFormatOf(request.file));
    TRY(const std::filesystem::path soundFont, sound::findSoundFont(m_impl->paths.soundFont));
    sound::RenderOptions options;
    options.threads = request.threads;
    if (!request.section.empty()) {
        const auto section = std::find_if(song.sections.begin(), song.sections.end(),
                                          [&](const auto& s) { return s->name == request.section; });
        if (section == song.sections.end()) {
            std::string names;
            for (const song::SectionPtr& s : song.sections)
                names += (names.empty() ? "" : ", ") + s->name;
            return Error{"The song has no section “" + request.section + "”; choose one of " + names + "."};
        }
        options.range = sound::frameRange(song, (*section)->id);
    }
    {
        // Before the work: a path that cannot be written is said at once.
        TRY(const AtomicFile probe, AtomicFile::create(request.file));
    }
    TRY(const SungVocal vocal, sing(song, job, {}, {}, request.threads));
    job.progress("mix", 0);
    const sound::ProgramPtr program = sound::makeProgram(song, vocal.pieces);
    TRY(const sound::RenderedMix mix, sound::renderSong(program, soundFont, options, mixContext(job)));
    job.progress("write", 0);
    TRY_VOID(sound::writeAudio(mix.audio, request.file, sound::SampleType::Int16,
                               {song.head.title, "Cantilena", {}}));
    if (!request.stems.empty())
        TRY_VOID(sound::writeStems(program, soundFont, mix, request.stems, options, mixContext(job)));
    return RenderReport{mix.audio.duration().value, mix.lufs, mix.truePeakDb, mix.ratios, mix.balance};
}

Result<std::vector<Workshop::ModelReport>> Workshop::models(bool check)
{
    TRY(const std::vector<inference::ModelName> names, inference::listModels(m_impl->paths.models));
    std::vector<ModelReport> reports;
    for (const inference::ModelName& name : names) {
        ModelReport report;
        report.family = name.family;
        if (check) {
            const auto model = inference::Model::load(m_impl->paths.models, name.family, name.id);
            if (model)
                report.info = (*model)->info();
            else
                report.problem = model.error().message;
        }
        if (report.info.id.empty()) {
            TRY(report.info, inference::describeModel(m_impl->paths.models, name));
        }
        reports.push_back(std::move(report));
    }
    return reports;
}

} // namespace cantilena::session
