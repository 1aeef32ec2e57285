#include <session/studio.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>

#include <base/file.h>
#include <exchange/midi.h>
#include <session/notes.h>
#include <session/words.h>
#include <sound/engine.h>
#include <sound/soundfont.h>
#include <store/library.h>
#include <store/song_file.h>

#include "job_runner.h"

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

std::string localTime(std::int64_t secondsSince1970)
{
    const auto time = static_cast<std::time_t>(secondsSince1970);
    std::tm parts{};
    localtime_r(&time, &parts);
    char text[20];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
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
    if (kind == JobKind::RenderVocal)
        return fraction;
    for (const Share& share : shares)
        if (share.stage == stage)
            return share.start + share.length * std::clamp(fraction, 0.0, 1.0);
    return 0;
}

} // namespace

struct Studio::Impl {
    std::shared_ptr<Workshop> workshop;
    PostToInterface post;
    Observer* observer = nullptr;
    std::unique_ptr<store::Library> library;
    std::unique_ptr<sound::Engine> engine;
    std::string deviceNotice; ///< set on the interface thread
    std::string deviceName;

    std::optional<song::History> history;
    std::unique_ptr<store::SongFile> file;
    bool untitled = false;
    bool saveFailed = false;
    song::Selection selection;

    SungVocal vocal;
    std::optional<sound::MixBalance> balance;
    std::optional<std::pair<music::Tick, music::Tick>> loop;

    JobStatus status;
    std::optional<PlanSummary> plan;
    JobContext composing, singing, exporting;
    /// Posted functions outlive the studio when the interface is slow; they look here first.
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);
    JobRunner composer, singer, exporter; ///< last: their threads end before anything above goes

    fs::path untitledFolder() const { return workshop->paths().data / "untitled"; }

    /// Runs on the interface thread, unless the studio is gone by then.
    void onInterface(std::function<void()> function) const
    {
        post([alive = std::weak_ptr<bool>(alive), function = std::move(function)] {
            if (!alive.expired())
                function();
        });
    }

    void say(const std::string& sentence) const
    {
        if (observer && !sentence.empty())
            observer->message(sentence);
    }

    void setStatus(JobStatus next)
    {
        status = std::move(next);
        if (observer)
            observer->jobChanged(status);
    }

    JobContext context(JobKind kind)
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

    void finishJob(JobKind kind, const Result<void>& result)
    {
        if (status.kind == kind)
            setStatus({});
        if (!result && !isCancelled(result.error()))
            say(result.error().message);
    }

    // The open song
    // -------------------------------------------------------------------------------------------

    song::SongPtr song() const { return history ? history->song() : nullptr; }

    void rebuildProgram()
    {
        if (const song::SongPtr current = song())
            engine->setProgram(sound::makeProgram(*current, vocal.pieces, balance));
        else
            engine->setProgram(nullptr);
    }

    void startSinging()
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

    /// Whether the singer has to sing anew between two versions of the song.
    static bool soundsDifferentToTheSinger(const song::Song& a, const song::Song& b)
    {
        const auto notes = [](const song::Song& s) {
            return s.melody() ? s.melody()->notes : std::vector<song::Note>{};
        };
        return a.sections != b.sections || !(a.head.vocal == b.head.vocal) ||
               !(a.head.tempo == b.head.tempo) || a.head.language != b.head.language ||
               (a.melody() != b.melody() && notes(a) != notes(b));
    }

    void changed(const song::SongPtr& before)
    {
        if (soundsDifferentToTheSinger(*before, *song()))
            startSinging();
        rebuildProgram();
        if (before->head.title != song()->head.title)
            rememberSong();
        if (observer) {
            observer->songChanged();
            observer->saveStateChanged();
        }
    }

    void rememberSong()
    {
        const song::SongPtr current = song();
        if (!current || !file)
            return;
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const Result<void> result =
            library->remember({file->path(), current->head.title, current->head.language,
                               current->head.tempo.toSeconds(current->length()).value,
                               std::chrono::duration_cast<std::chrono::seconds>(now).count()});
        if (!result)
            say(result.error().message);
        if (observer)
            observer->recentChanged();
    }

    void adopt(std::unique_ptr<store::SongFile> opened)
    {
        close();
        file = std::move(opened);
        untitled = file->path().parent_path() == untitledFolder();
        saveFailed = false;
        history.emplace(file->song());
        history->setListener([this](const song::Entry& applied) { file->append(applied, history->song()); });
        file->setListener([this](const Result<void>& result) {
            onInterface([this, result] {
                saveFailed = !result;
                if (!result)
                    say(result.error().message);
                if (observer)
                    observer->saveStateChanged();
            });
        });
        selection = {};
        vocal = {};
        balance.reset();
        loop.reset();
        engine->stop();
        engine->setLoop({});
        engine->seek({0});
        rebuildProgram();
        startSinging();
        rememberSong();
        if (observer) {
            observer->songOpened();
            observer->saveStateChanged();
        }
    }

    void close()
    {
        if (!history)
            return;
        singing.cancel();
        engine->stop();
        rememberSong();
        history.reset();
        file.reset();
        vocal = {};
        rebuildProgram();
    }
};

Studio::Studio(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Studio::~Studio()
{
    m_impl->observer = nullptr;
    m_impl->alive.reset();
    for (JobRunner* runner : {&m_impl->composer, &m_impl->singer, &m_impl->exporter})
        runner->cancelAll();
    m_impl->close();
}

Result<std::unique_ptr<Studio>> Studio::open(ResourcePaths paths, PostToInterface post)
{
    auto impl = std::make_unique<Impl>();
    TRY(impl->workshop, Workshop::open(std::move(paths)));
    impl->post = std::move(post);
    std::error_code error;
    fs::create_directories(impl->untitledFolder(), error);
    if (error)
        return Error{"The folder " + impl->untitledFolder().string() + " cannot be made (" + error.message() +
                     "); check the disk and its permissions."};
    TRY(impl->library, store::Library::open(impl->workshop->paths().data / "library.sqlite"));

    sound::Engine::Options options;
    const Result<fs::path> soundFont = sound::findSoundFont(impl->workshop->paths().soundFont);
    if (soundFont)
        options.soundFont = *soundFont;
    else
        impl->deviceNotice = soundFont.error().message;
    Impl* raw = impl.get();
    impl->engine = std::make_unique<sound::Engine>(options, [raw](const sound::Engine::Device& device) {
        raw->onInterface([raw, device] {
            raw->deviceName = device.silent ? std::string() : device.sentence;
            raw->deviceNotice = device.silent ? device.sentence : std::string();
            if (raw->observer)
                raw->observer->saveStateChanged();
        });
    });
    return std::unique_ptr<Studio>(new Studio(std::move(impl)));
}

void Studio::setObserver(Observer* observer)
{
    m_impl->observer = observer;
}

std::vector<Choice> Studio::styles() const
{
    std::vector<Choice> choices;
    for (const compose::Style& style : m_impl->workshop->styles())
        choices.push_back({style.id, style.name.english, style.name.chinese});
    return choices;
}

std::vector<Choice> Studio::singers() const
{
    std::vector<Choice> choices;
    for (const voice::SingerInfo& singer : m_impl->workshop->singers())
        choices.push_back({singer.id, singer.name, singer.nameChinese});
    return choices;
}

std::vector<RecentSong> Studio::recent() const
{
    std::vector<RecentSong> songs;
    for (const store::LibraryEntry& entry : m_impl->library->recent())
        songs.push_back({entry.path, entry.title, entry.language, entry.durationSeconds,
                         localTime(entry.openedAt), entry.path.parent_path() == m_impl->untitledFolder()});
    return songs;
}

std::string Studio::setting(const std::string& key, const std::string& fallback) const
{
    return m_impl->library->setting(key).value_or(fallback);
}

void Studio::setSetting(const std::string& key, const std::string& value)
{
    if (const Result<void> result = m_impl->library->setSetting(key, value); !result)
        m_impl->say(result.error().message);
}

// Jobs
// ------------------------------------------------------------------------------------------------------------

Result<void> Studio::compose(compose::ComposeRequest request)
{
    if (request.prompt.find_first_not_of(" \t\r\n") == std::string::npos && request.lyrics.empty())
        return Error{"Type what the song should be about, in a few words or a sentence."};
    TRY_VOID(m_impl->workshop->checkRequest(request));
    Impl* impl = m_impl.get();
    impl->composing.cancel();
    impl->composing = impl->context(JobKind::Compose);
    impl->plan.reset();
    impl->setStatus({JobKind::Compose, "brief", 0});
    impl->composer.post(impl->composing, [impl, request = std::move(request)](const JobContext& job) {
        const auto planned = [impl, job](const PlanSummary& plan) {
            impl->onInterface([impl, job, plan] {
                if (job.cancelled())
                    return;
                impl->plan = plan;
                if (impl->observer)
                    impl->observer->planReady(plan);
            });
        };
        const Result<song::SongPtr> song = impl->workshop->compose(request, job, planned);
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
        impl->onInterface([impl, job, outcome, file] {
            if (job.cancelled())
                return;
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
    if (kind == JobKind::Compose)
        m_impl->composing.cancel();
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

// Document
// --------------------------------------------------------------------------------------------------------

Result<void> Studio::openFile(const fs::path& file)
{
    if (m_impl->file && m_impl->file->path() == file)
        return {};
    TRY(std::unique_ptr<store::SongFile> opened, store::SongFile::open(file));
    m_impl->adopt(std::move(opened));
    return {};
}

Result<void> Studio::saveAs(const fs::path& target)
{
    const song::SongPtr current = m_impl->song();
    if (!current)
        return Error{"There is no song to save; create or open one first."};
    if (target == m_impl->file->path())
        return m_impl->file->flush();
    TRY(std::unique_ptr<store::SongFile> opened, store::SongFile::create(*current, target));
    // The history goes on; only the place where it is journalled changes.
    const fs::path old = m_impl->file->path();
    const bool wasUntitled = m_impl->untitled;
    m_impl->file = std::move(opened);
    m_impl->untitled = false;
    m_impl->saveFailed = false;
    if (wasUntitled) {
        std::error_code ignored;
        fs::remove(old, ignored);
        (void)m_impl->library->forget(old);
    }
    Impl* impl = m_impl.get();
    m_impl->file->setListener([impl](const Result<void>& result) {
        impl->onInterface([impl, result] {
            impl->saveFailed = !result;
            if (!result)
                impl->say(result.error().message);
            if (impl->observer)
                impl->observer->saveStateChanged();
        });
    });
    m_impl->rememberSong();
    if (m_impl->observer)
        m_impl->observer->saveStateChanged();
    return {};
}

void Studio::closeSong()
{
    m_impl->close();
    if (m_impl->observer) {
        m_impl->observer->songOpened();
        m_impl->observer->saveStateChanged();
    }
}

SaveState Studio::saveState() const
{
    if (!m_impl->history)
        return SaveState::NoSong;
    if (m_impl->saveFailed)
        return SaveState::Failed;
    if (!m_impl->file->isSaved())
        return SaveState::Saving;
    return m_impl->untitled ? SaveState::Untitled : SaveState::Saved;
}

fs::path Studio::file() const
{
    return m_impl->file && !m_impl->untitled ? m_impl->file->path() : fs::path();
}

song::SongPtr Studio::song() const
{
    return m_impl->song();
}
song::Selection Studio::selection() const
{
    return m_impl->selection;
}
void Studio::setSelection(song::Selection selection)
{
    m_impl->selection = std::move(selection);
}

// Edits
// -----------------------------------------------------------------------------------------------------------

Result<void> Studio::edit(const std::string& label, const EditFunction& function)
{
    if (!m_impl->history)
        return Error{"There is no song to change; create or open one first."};
    const song::SongPtr before = m_impl->song();
    song::Transaction transaction(before, label);
    TRY_VOID(function(transaction));
    if (transaction.empty())
        return {};
    TRY_VOID(m_impl->history->commit(transaction, m_impl->selection, m_impl->selection));
    m_impl->changed(before);
    return {};
}

Result<void> Studio::moveNote(song::TrackId track, song::NoteId note, music::Tick onset, music::Pitch pitch)
{
    return edit("Move note", [&](song::Transaction& transaction) {
        return session::moveNote(transaction, track, note, onset, pitch);
    });
}

Result<void> Studio::resizeNote(song::TrackId track, song::NoteId note, music::Tick duration)
{
    return edit("Change length", [&](song::Transaction& transaction) {
        return session::resizeNote(transaction, track, note, duration);
    });
}

Result<void> Studio::removeNotes(song::TrackId track, const std::vector<song::NoteId>& notes)
{
    return edit(notes.size() == 1 ? "Delete note" : "Delete notes", [&](song::Transaction& transaction) {
        return session::removeNotes(transaction, track, notes);
    });
}

Result<void> Studio::retypeWord(song::LineId line, std::size_t word, const std::string& text)
{
    TRY(const language::Reader* reader, m_impl->workshop->reader());
    return edit("Retype word", [&](song::Transaction& transaction) {
        return session::retypeWord(transaction, *reader, line, word, text);
    });
}

Result<void> Studio::setMix(song::TrackId track, const song::Mix& mix)
{
    return edit("Mix", [&](song::Transaction& transaction) -> Result<void> {
        const song::TrackPtr current = transaction.song().track(track);
        if (!current)
            return Error{"The track is no longer in the song; choose it again."};
        if (current->head.mix == mix)
            return {};
        song::TrackHead head = current->head;
        head.mix = mix;
        return transaction.setTrackHead(head);
    });
}

Result<void> Studio::setTitle(const std::string& title)
{
    if (title.find_first_not_of(" \t\r\n") == std::string::npos)
        return Error{"The song needs a title; type at least one character."};
    return edit("Rename song", [&](song::Transaction& transaction) -> Result<void> {
        song::SongHead head = transaction.song().head;
        if (head.title == title)
            return {};
        head.title = title;
        transaction.setHead(std::move(head));
        return {};
    });
}

bool Studio::canUndo() const
{
    return m_impl->history && m_impl->history->canUndo();
}
bool Studio::canRedo() const
{
    return m_impl->history && m_impl->history->canRedo();
}
std::string Studio::undoLabel() const
{
    return m_impl->history ? m_impl->history->undoLabel() : std::string();
}
std::string Studio::redoLabel() const
{
    return m_impl->history ? m_impl->history->redoLabel() : std::string();
}

void Studio::undo()
{
    if (!canUndo())
        return;
    const song::SongPtr before = m_impl->song();
    m_impl->selection = m_impl->history->undo();
    m_impl->changed(before);
}

void Studio::redo()
{
    if (!canRedo())
        return;
    const song::SongPtr before = m_impl->song();
    m_impl->selection = m_impl->history->redo();
    m_impl->changed(before);
}

// Playback
// --------------------------------------------------------------------------------------------------------

void Studio::play()
{
    if (m_impl->history)
        m_impl->engine->play();
}

void Studio::stop()
{
    m_impl->engine->stop();
}

void Studio::seek(music::Tick tick)
{
    const song::SongPtr song = m_impl->song();
    if (!song)
        return;
    m_impl->engine->seek(sound::frameOf(*song, std::clamp(tick, music::Tick{0}, song->length())));
}

void Studio::loop(std::optional<std::pair<music::Tick, music::Tick>> range)
{
    const song::SongPtr song = m_impl->song();
    if (!song || (range && range->second <= range->first))
        range.reset();
    m_impl->loop = range;
    if (range)
        m_impl->engine->setLoop(
            sound::FrameRange{sound::frameOf(*song, range->first), sound::frameOf(*song, range->second)});
    else
        m_impl->engine->setLoop({});
}

PlaybackStatus Studio::playback()
{
    PlaybackStatus status;
    const sound::Meters meters = m_impl->engine->readMeters();
    status.peakLeft = meters.master[0];
    status.peakRight = meters.master[1];
    status.playing = m_impl->engine->playing();
    if (const song::SongPtr song = m_impl->song())
        status.position = sound::tickOf(*song, m_impl->engine->position());
    status.looping = m_impl->loop.has_value();
    if (m_impl->loop)
        std::tie(status.loopStart, status.loopEnd) = *m_impl->loop;
    status.device = m_impl->deviceName;
    status.notice = m_impl->deviceNotice;
    status.vocalReady = m_impl->vocal.phrases == 0 ? 1
                                                   : static_cast<double>(m_impl->vocal.pieces.size()) /
                                                         static_cast<double>(m_impl->vocal.phrases);
    return status;
}

} // namespace cantilena::session
