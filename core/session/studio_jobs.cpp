// Jobs of the studio: composing, singing, exporting, and what the status line shows of them.

#include <algorithm>
#include <random>
#include <span>

#include <exchange/midi.h>
#include <exchange/tune.h>
#include <song/replace.h>

#include "studio_state.h"

namespace cantilena::session {

namespace fs = std::filesystem;

namespace {

/// A new file name in the folder of songs that the person has not saved.
fs::path untitledFile(const fs::path& folder)
{
    std::random_device device;
    char name[40];
    std::snprintf(name, sizeof name, "%08x%08x.cantilena", device(), device());
    return folder / name;
}

/// Shares of the stages in the time of a job, so that one bar can show them.
double overallFraction(JobKind kind, std::string_view stage, double fraction)
{
    struct Share {
        std::string_view stage;
        double start, length;
    };
    static constexpr Share kCompose[] = {{"brief", 0, 0.03},     {"form", 0.03, 0.02},
                                         {"lyrics", 0.05, 0.45}, {"harmony", 0.5, 0.1},
                                         {"melody", 0.6, 0.25},  {"arrangement", 0.85, 0.15}};
    static constexpr Share kExport[] = {{"voice", 0, 0.6}, {"mix", 0.6, 0.35}, {"write", 0.95, 0.05}};
    const std::span<const Share> shares =
        kind == JobKind::Compose ? std::span<const Share>(kCompose) : kExport;
    if (kind != JobKind::Compose && kind != JobKind::ExportAudio)
        return fraction;
    for (const Share& share : shares)
        if (share.stage == stage)
            return share.start + share.length * std::clamp(fraction, 0.0, 1.0);
    return 0;
}

} // namespace

void Studio::Impl::setStatus(JobStatus next)
{
    status = std::move(next);
    if (observer)
        observer->jobChanged(status);
}

JobContext Studio::Impl::context(JobKind kind)
{
    auto shown = std::make_shared<std::pair<std::string, int>>("", -1);
    return JobContext([this, kind, shown](std::string_view stage, double fraction) {
        const double overall = overallFraction(kind, stage, fraction);
        // A step of one percent is all that can be seen.
        const std::pair<std::string, int> now(stage, static_cast<int>(overall * 100));
        if (now == *shown)
            return;
        *shown = now;
        onInterface([this, kind, stage = std::string(stage), overall] {
            if (kind == JobKind::RenderVocal && status.kind != JobKind::None && status.kind != kind)
                return; // a job that the person waits for is shown first
            setStatus({kind, stage, overall});
        });
    });
}

void Studio::Impl::finishJob(JobKind kind, const Result<void>& result)
{
    if (status.kind == kind)
        setStatus({});
    if (!result && !isCancelled(result.error()))
        say(result.error().message);
}

void Studio::Impl::startSinging()
{
    const song::SongPtr current = song();
    singing.cancel();
    if (!current)
        return;
    singing = context(JobKind::RenderVocal);
    const music::Tick from = sound::tickOf(*current, engine->position());
    singer.post(singing, [this, current, from](const JobContext& job) {
        const auto heard = [this, job](const SungVocal& part) {
            onInterface([this, job, part] {
                if (job.cancelled())
                    return;
                vocal = part;
                rebuildProgram();
            });
        };
        const Result<SungVocal> result = workshop->sing(*current, job, from, heard);
        const Result<void> outcome = result ? Result<void>() : Result<void>(result.error());
        onInterface([this, job, outcome, whole = result ? *result : SungVocal{}] {
            if (job.cancelled())
                return;
            if (outcome) {
                vocal = whole;
                rebuildProgram();
            }
            finishJob(JobKind::RenderVocal, outcome);
        });
    });
}

Result<void> Studio::compose(compose::ComposeRequest request)
{
    if (request.prompt.find_first_not_of(" \t\r\n") == std::string::npos && request.lyrics.empty() &&
        request.themes.empty())
        return Error{"Type what the song should be about, in a few words or a sentence."};
    TRY_VOID(m_impl->workshop->checkRequest(request));
    Impl* impl = m_impl.get();
    impl->composing.cancel();
    impl->composing = impl->context(JobKind::Compose);
    impl->plan.reset();
    impl->setStatus({JobKind::Compose, "brief", 0});
    const Result<std::optional<chat::Endpoint>> endpoint = impl->endpoint();
    if (!endpoint)
        impl->say("The lyrics are by Cantilena's own models: " + endpoint.error().message);
    impl->composer.post(impl->composing, [impl, request = std::move(request),
                                          endpoint =
                                              endpoint ? *endpoint : std::nullopt](const JobContext& job) {
        const auto notice = [impl, job](const std::string& sentence) {
            impl->onInterface([impl, job, sentence] {
                if (!job.cancelled())
                    impl->say(sentence);
            });
        };
        const auto planned = [impl, job](const PlanSummary& plan) {
            impl->onInterface([impl, job, plan] {
                if (job.cancelled())
                    return;
                impl->plan = plan;
                if (impl->observer)
                    impl->observer->planReady(plan);
            });
        };
        const Result<song::SongPtr> song = impl->workshop->compose(request, job, planned, {endpoint, notice});
        Result<void> outcome = song ? Result<void>() : Result<void>(song.error());
        auto opened = std::make_shared<std::unique_ptr<store::SongFile>>();
        if (song && !job.cancelled()) {
            auto created = store::SongFile::create(**song, untitledFile(impl->untitledFolder()));
            if (created)
                *opened = *std::move(created);
            else
                outcome = created.error();
        }
        impl->onInterface([impl, job, outcome, opened] {
            if (*opened && !job.cancelled())
                impl->adopt(std::move(*opened));
            if (!job.cancelled())
                impl->finishJob(JobKind::Compose, outcome);
        });
    });
    return {};
}

void Studio::Impl::importTune(const fs::path& file)
{
    composing.cancel();
    composing = context(JobKind::Import);
    setStatus({JobKind::Import, "brief", 0});
    composer.post(composing, [this, file](const JobContext& job) {
        const auto make = [&]() -> Result<std::pair<song::SongPtr, std::vector<std::string>>> {
            TRY(const exchange::Tune tune, exchange::loadTune(file));
            TRY(song::SongPtr song, workshop->importTune(tune, {}, job));
            return std::pair{std::move(song), tune.lost};
        };
        const auto made = make();
        Result<void> outcome = made ? Result<void>() : Result<void>(made.error());
        auto opened = std::make_shared<std::unique_ptr<store::SongFile>>();
        std::string told;
        if (made && !job.cancelled()) {
            auto created = store::SongFile::create(*made->first, untitledFile(untitledFolder()));
            if (created)
                *opened = *std::move(created);
            else
                outcome = created.error();
            for (const std::string& lost : made->second)
                told += (told.empty() ? "" : " ") + lost;
        }
        onInterface([this, job, outcome, opened, told] {
            if (job.cancelled())
                return;
            if (*opened)
                adopt(std::move(*opened));
            finishJob(JobKind::Import, outcome);
            say(told);
        });
    });
}

Result<void> Studio::Impl::changeSong(JobKind kind, const std::string& label, Change change)
{
    const song::SongPtr before = song();
    if (!before)
        return Error{"There is no song to change; create or open one first."};
    changing.cancel();
    changing = context(kind);
    setStatus({kind, "", 0});
    composer.post(changing, [this, kind, label, before, change = std::move(change)](const JobContext& job) {
        const Result<song::SongPtr> changed = change(*workshop, *before, job);
        onInterface([this, job, kind, label, before, changed] {
            if (job.cancelled())
                return;
            const auto commit = [&]() -> Result<void> {
                if (!changed)
                    return changed.error();
                if (song() != before)
                    return Error{"The song has changed in the meantime; ask for it again."};
                song::Transaction transaction(before, label);
                TRY_VOID(song::become(transaction, **changed));
                TRY_VOID(history->commit(transaction, selection, selection));
                this->changed(before);
                return {};
            };
            finishJob(kind, commit());
        });
    });
    return {};
}

Result<void> Studio::continueSong(const std::vector<song::SectionKind>& kinds, std::uint64_t take)
{
    return m_impl->changeSong(
        JobKind::Continue, "Continue",
        [kinds, take](Workshop& workshop, const song::Song& song, const JobContext& job) {
            return workshop.continueSong(song, kinds, take, job);
        });
}

Result<void> Studio::writeWords(const std::string& prompt, std::uint64_t seed)
{
    compose::ComposeRequest request;
    request.prompt = prompt;
    request.seed = seed;
    if (prompt.find_first_not_of(" \t\r\n") == std::string::npos)
        return Error{"Type what the song should be about, in a few words or a sentence."};
    TRY_VOID(m_impl->workshop->checkRequest(request));
    return m_impl->changeSong(JobKind::Words, "Words",
                              [request](Workshop& workshop, const song::Song& song, const JobContext& job) {
                                  compose::ComposeRequest own = request;
                                  own.interfaceLanguage = song.head.language;
                                  return workshop.newWords(song, own, job);
                              });
}

Result<void> Studio::exportAudio(const fs::path& file)
{
    const song::SongPtr song = m_impl->song();
    if (!song)
        return Error{"There is no song to export; create or open one first."};
    TRY_VOID(sound::audioFormatOf(file));
    Impl* impl = m_impl.get();
    impl->exporting.cancel();
    impl->exporting = impl->context(JobKind::ExportAudio);
    impl->setStatus({JobKind::ExportAudio, "voice", 0});
    impl->exporter.post(impl->exporting, [impl, song, file](const JobContext& job) {
        Workshop::RenderRequest request;
        request.file = file;
        const Result<RenderReport> report = impl->workshop->render(*song, request, job);
        const Result<void> outcome = report ? Result<void>() : Result<void>(report.error());
        impl->onInterface(
            [impl, job, outcome, song, file, balance = report ? report->balance : sound::MixBalance{}] {
                if (job.cancelled())
                    return;
                // From now on playback sounds as the file does.
                if (outcome && impl->song() && impl->song()->sections == song->sections) {
                    impl->balance = balance;
                    impl->rebuildProgram();
                }
                impl->finishJob(JobKind::ExportAudio, outcome);
                if (outcome && impl->observer)
                    impl->observer->exported(file);
            });
    });
    return {};
}

Result<void> Studio::exportMidi(const fs::path& file)
{
    const song::SongPtr song = m_impl->song();
    if (!song)
        return Error{"There is no song to export; create or open one first."};
    TRY_VOID(exchange::saveMidi(*song, file));
    if (m_impl->observer)
        m_impl->observer->exported(file);
    return {};
}

void Studio::cancelJob()
{
    const JobKind kind = m_impl->status.kind;
    if (kind == JobKind::Compose || kind == JobKind::Import)
        m_impl->composing.cancel();
    else if (kind == JobKind::Continue || kind == JobKind::Words)
        m_impl->changing.cancel();
    else if (kind == JobKind::ExportAudio)
        m_impl->exporting.cancel();
    else if (kind == JobKind::RenderVocal)
        m_impl->singing.cancel();
    if (kind != JobKind::None)
        m_impl->setStatus({});
}

JobStatus Studio::job() const
{
    return m_impl->status;
}
std::optional<PlanSummary> Studio::plan() const
{
    return m_impl->plan;
}
Wordsmith& Studio::wordsmith()
{
    return *m_impl->wordsmith;
}
Tunesmith& Studio::tunesmith()
{
    return *m_impl->tunesmith;
}

} // namespace cantilena::session
