#include "fake_studio.h"

#include <algorithm>
#include <utility>

namespace cantilena::session {

struct Studio::Impl {
    test::FakeStudio fake;
};

} // namespace cantilena::session

namespace cantilena::test {

namespace {
FakeStudio* latest = nullptr;
}

FakeStudio& fakeStudio()
{
    return *latest;
}

std::unique_ptr<session::Studio> openFake()
{
    auto studio = session::Studio::open({}, [](std::function<void()> function) { function(); });
    return std::move(studio.value());
}

void FakeStudio::openSong(song::SongPtr song)
{
    history.reset();
    if (song)
        history.emplace(std::move(song));
    selection = {};
    playback = {};
    saveState = history ? session::SaveState::Untitled : session::SaveState::NoSong;
    file.clear();
    if (observer)
        observer->songOpened();
}

void FakeStudio::setJob(session::JobKind kind, const std::string& stage, double fraction)
{
    job = {kind, stage, fraction};
    if (observer)
        observer->jobChanged(job);
}

void FakeStudio::setPlan(session::PlanSummary summary)
{
    plan = std::move(summary);
    if (observer)
        observer->planReady(*plan);
}

void FakeStudio::say(const std::string& sentence)
{
    if (observer)
        observer->message(sentence);
}

} // namespace cantilena::test

namespace cantilena::session {

Studio::Studio(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Studio::~Studio()
{
    if (test::latest == &m_impl->fake)
        test::latest = nullptr;
}

Result<std::unique_ptr<Studio>> Studio::open(ResourcePaths, PostToInterface)
{
    std::unique_ptr<Studio> studio(new Studio(std::make_unique<Impl>()));
    test::latest = &studio->m_impl->fake;
    return studio;
}

void Studio::setObserver(Observer* observer)
{
    m_impl->fake.observer = observer;
}

std::vector<Choice> Studio::styles() const
{
    return {{"pop", "Pop", "流行"},   {"ballad", "Ballad", "抒情"}, {"rock", "Rock", "摇滚"},
            {"folk", "Folk", "民谣"}, {"lofi", "Lo-fi", "低保真"},  {"guofeng", "Chinese style", "国风"}};
}

std::vector<Choice> Studio::singers() const
{
    return {{"mira", "Mira", "米拉"}, {"lin", "Lin", "林"}, {"tomas", "Tomas", "托马斯"}};
}

std::vector<SingerCard> Studio::singerCards() const
{
    const std::filesystem::path folder = std::string(CANTILENA_SOURCE_DIR) + "/resources/singers";
    SingerCard mira;
    mira.name = {"mira", "Mira", "米拉"};
    mira.style = "bright pop";
    mira.styleZh = "明亮流行";
    mira.description = "A bright voice.";
    mira.descriptionZh = "明亮的声音。";
    mira.portrait = folder / "juno.svg";
    mira.lowest = {60};
    mira.highest = {76};
    SingerCard lin;
    lin.name = {"lin", "Lin", "林"};
    lin.style = "warm";
    lin.styleZh = "温暖";
    lin.description = "A warm voice.";
    lin.descriptionZh = "温暖的声音。";
    lin.portrait = folder / "lin.svg";
    lin.lowest = {57};
    lin.highest = {74};
    return {mira, lin};
}

std::vector<RecentSong> Studio::recent() const
{
    return m_impl->fake.recent;
}

std::string Studio::setting(const std::string& key, const std::string& fallback) const
{
    const auto it = m_impl->fake.settings.find(key);
    return it == m_impl->fake.settings.end() ? fallback : it->second;
}

void Studio::setSetting(const std::string& key, const std::string& value)
{
    m_impl->fake.settings[key] = value;
}

LyricistSettings Studio::lyricist() const
{
    return m_impl->fake.lyricist;
}

Result<void> Studio::setLyricist(const LyricistSettings& settings, const std::optional<std::string>& key)
{
    if (!m_impl->fake.refuse.empty())
        return Error{m_impl->fake.refuse};
    m_impl->fake.lyricist = settings;
    if (key)
        m_impl->fake.key = *key;
    m_impl->fake.lyricist.keyKept = !m_impl->fake.key.value_or("").empty();
    return {};
}

void Studio::testLyricist(const LyricistSettings& settings, const std::optional<std::string>& key)
{
    m_impl->fake.calls.push_back("test " + settings.url + " " + key.value_or("kept"));
}

void Studio::cancelLyricistTest()
{
    m_impl->fake.calls.push_back("cancel test");
}

Result<void> Studio::compose(compose::ComposeRequest request)
{
    if (!m_impl->fake.refuse.empty())
        return Error{m_impl->fake.refuse};
    m_impl->fake.request = std::move(request);
    m_impl->fake.plan.reset();
    m_impl->fake.setJob(JobKind::Compose, "brief", 0);
    return {};
}

Result<void> Studio::exportAudio(const std::filesystem::path& file)
{
    m_impl->fake.calls.push_back("audio " + file.string());
    m_impl->fake.setJob(JobKind::ExportAudio, "mix", 0.4);
    return {};
}

Result<void> Studio::exportMidi(const std::filesystem::path& file)
{
    if (!m_impl->fake.refuse.empty())
        return Error{m_impl->fake.refuse};
    m_impl->fake.calls.push_back("midi " + file.string());
    if (m_impl->fake.observer)
        m_impl->fake.observer->exported(file);
    return {};
}

Result<void> Studio::continueSong(const std::vector<song::SectionKind>& kinds, std::uint64_t take)
{
    std::string call = "continue " + std::to_string(take);
    for (const song::SectionKind kind : kinds)
        call += " " + std::string(song::code(kind));
    m_impl->fake.calls.push_back(call);
    m_impl->fake.setJob(JobKind::Continue, "", 0);
    return {};
}

Result<void> Studio::writeWords(const std::string& prompt, std::uint64_t /*seed*/)
{
    m_impl->fake.calls.push_back("words " + prompt);
    m_impl->fake.setJob(JobKind::Words, "", 0);
    return {};
}

void Studio::cancelJob()
{
    m_impl->fake.setJob(JobKind::None, "", 0);
}

JobStatus Studio::job() const
{
    return m_impl->fake.job;
}

std::optional<PlanSummary> Studio::plan() const
{
    return m_impl->fake.plan;
}

Result<void> Studio::openFile(const std::filesystem::path& file)
{
    if (!m_impl->fake.refuse.empty())
        return Error{m_impl->fake.refuse};
    m_impl->fake.openSong(test::exampleSong(file.string().find("zh") != std::string::npos
                                                ? language::Language::Mandarin
                                                : language::Language::English));
    m_impl->fake.file = file;
    m_impl->fake.saveState = SaveState::Saved;
    return {};
}

Result<void> Studio::saveAs(const std::filesystem::path& file)
{
    m_impl->fake.file = file;
    m_impl->fake.saveState = SaveState::Saved;
    if (m_impl->fake.observer)
        m_impl->fake.observer->saveStateChanged();
    return {};
}

void Studio::closeSong()
{
    m_impl->fake.openSong(nullptr);
}

SaveState Studio::saveState() const
{
    return m_impl->fake.saveState;
}

std::filesystem::path Studio::file() const
{
    return m_impl->fake.file;
}

song::SongPtr Studio::song() const
{
    return m_impl->fake.history ? m_impl->fake.history->song() : nullptr;
}

song::Selection Studio::selection() const
{
    return m_impl->fake.selection;
}

void Studio::setSelection(song::Selection selection)
{
    m_impl->fake.selection = std::move(selection);
}

Result<void> Studio::edit(const std::string& label, const EditFunction& function)
{
    test::FakeStudio& fake = m_impl->fake;
    if (!fake.refuse.empty())
        return Error{fake.refuse};
    song::Transaction transaction(fake.history->song(), label);
    TRY_VOID(function(transaction));
    TRY_VOID(fake.history->commit(transaction, fake.selection, fake.selection));
    if (fake.observer)
        fake.observer->songChanged();
    return {};
}

Result<void> Studio::moveNote(song::TrackId track, song::NoteId id, music::Tick onset, music::Pitch pitch)
{
    return edit("Move note", [&](song::Transaction& transaction) -> Result<void> {
        song::Note note = *transaction.song().note(track, id);
        note.onset = onset;
        note.pitch = pitch;
        return transaction.replaceNote(track, note);
    });
}

Result<void> Studio::resizeNote(song::TrackId track, song::NoteId id, music::Tick duration)
{
    return edit("Resize note", [&](song::Transaction& transaction) -> Result<void> {
        song::Note note = *transaction.song().note(track, id);
        note.duration = duration;
        return transaction.replaceNote(track, note);
    });
}

Result<void> Studio::placeNotes(song::TrackId track, const std::vector<NotePlacement>& places)
{
    return edit("Move notes", [&](song::Transaction& transaction) -> Result<void> {
        for (const NotePlacement& place : places) {
            song::Note note = *transaction.song().note(track, place.note);
            note.onset = place.onset;
            note.duration = place.duration;
            note.pitch = place.pitch;
            TRY_VOID(transaction.replaceNote(track, note));
        }
        return {};
    });
}

Result<song::NoteId> Studio::addNote(song::TrackId track, music::Tick onset, music::Tick duration,
                                     music::Pitch pitch)
{
    song::NoteId added;
    TRY_VOID(edit("Add note", [&](song::Transaction& transaction) -> Result<void> {
        song::Note note;
        note.onset = onset;
        note.duration = duration;
        note.pitch = pitch;
        TRY(added, transaction.addNote(track, note));
        return {};
    }));
    return added;
}

Result<void> Studio::removeNotes(song::TrackId track, const std::vector<song::NoteId>& notes)
{
    return edit("Remove notes", [&](song::Transaction& transaction) -> Result<void> {
        for (const song::NoteId id : notes)
            TRY_VOID(transaction.removeNote(track, id));
        return {};
    });
}

Result<void> Studio::retypeWord(song::LineId id, std::size_t word, const std::string& text)
{
    return edit("Retype word", [&](song::Transaction& transaction) -> Result<void> {
        for (const song::SectionPtr& section : transaction.song().sections) {
            song::Section changed = *section;
            for (song::Line& line : changed.lines) {
                if (line.id != id)
                    continue;
                line.words[word].text = text;
                line.words[word].syllables.front().text = text;
                line.text.clear();
                for (const song::Word& w : line.words)
                    line.text += (line.text.empty() ? "" : " ") + w.text;
                return transaction.replaceSection(changed);
            }
        }
        return Error{"There is no such line."};
    });
}

std::vector<song::LineId> Studio::repeatsOf(song::LineId id) const
{
    std::vector<song::LineId> repeats;
    std::string text;
    for (const song::SectionPtr& section : song()->sections)
        for (const song::Line& line : section->lines)
            if (line.id == id)
                text = line.text;
    for (const song::SectionPtr& section : song()->sections)
        for (const song::Line& line : section->lines)
            if (line.text == text)
                repeats.push_back(line.id);
    return repeats;
}

Result<void> Studio::replaceLines(const std::vector<song::LineId>& lines, const std::string& text,
                                  const song::Origin& maker)
{
    return edit("Rewrite line", [&](song::Transaction& transaction) -> Result<void> {
        const song::OriginId origin = transaction.origin(maker);
        for (const song::SectionPtr& section : std::vector(transaction.song().sections)) {
            song::Section changed = *section;
            for (song::Line& line : changed.lines) {
                if (std::find(lines.begin(), lines.end(), line.id) == lines.end())
                    continue;
                line.text = text;
                line.origin = origin;
                line.words.clear();
                for (const language::Word& word : test::spelled(text).words) {
                    song::Syllable syllable;
                    syllable.id = transaction.ids().make<song::SyllableId>();
                    syllable.text = word.text;
                    line.words.push_back({word.text, {syllable}});
                }
            }
            TRY_VOID(transaction.replaceSection(changed));
        }
        return {};
    });
}

Wordsmith& Studio::wordsmith()
{
    return m_impl->fake.wordsmith;
}

Tunesmith& Studio::tunesmith()
{
    return m_impl->fake.tunesmith;
}

Result<void> Studio::putTake(const MelodyTake& take)
{
    return edit("New tune", [&](song::Transaction& transaction) -> Result<void> {
        const song::TrackId track = transaction.song().melody()->head.id;
        for (const song::NoteId note : take.revision.removed)
            TRY_VOID(transaction.removeNote(track, note));
        return transaction.addNotes(track, take.revision.added);
    });
}

Result<void> Studio::setMix(song::TrackId track, const song::Mix& mix)
{
    return edit("Change mix", [&](song::Transaction& transaction) -> Result<void> {
        song::TrackHead head = transaction.song().track(track)->head;
        head.mix = mix;
        return transaction.setTrackHead(head);
    });
}

void Studio::previewMix(song::TrackId, const song::Mix& mix)
{
    m_impl->fake.calls.push_back("preview " + std::to_string(mix.gain.value).substr(0, 4));
}

Result<void> Studio::setVocal(const song::Vocal& vocal)
{
    return edit("Change voice", [&](song::Transaction& transaction) -> Result<void> {
        song::SongHead head = transaction.song().head;
        head.vocal = vocal;
        transaction.setHead(head);
        return {};
    });
}

std::vector<std::vector<PitchPoint>> Studio::sungLine() const
{
    // Level in the notes, a slope between them: what a picture needs.
    std::vector<PitchPoint> line;
    const song::SongPtr song = this->song();
    const song::TrackPtr melody = song ? song->melody() : nullptr;
    for (const song::Note& note : melody ? melody->notes : std::vector<song::Note>()) {
        line.push_back({note.onset, static_cast<double>(note.pitch.midi)});
        for (const song::BendPoint& point : note.bend)
            line.push_back({note.onset + point.at, note.pitch.midi + point.cents / 100});
        line.push_back({note.end(), static_cast<double>(note.pitch.midi)});
    }
    std::vector<std::vector<PitchPoint>> lines;
    if (line.size() > 1)
        lines.push_back(std::move(line));
    return lines;
}

Result<void> Studio::drawPitch(const std::vector<PitchPoint>& stroke)
{
    return edit("Draw pitch", [&](song::Transaction& transaction) -> Result<void> {
        const song::TrackPtr melody = transaction.song().melody();
        for (song::Note note : melody->notes) {
            note.bend.clear();
            for (const PitchPoint& point : stroke)
                if (point.at >= note.onset && point.at < note.end())
                    note.bend.push_back({point.at - note.onset, 100 * (point.midi - note.pitch.midi)});
            if (note.bend.size() > 1)
                TRY_VOID(transaction.replaceNote(melody->head.id, note));
        }
        return {};
    });
}

Result<void> Studio::erasePitch(music::Tick start, music::Tick end)
{
    return edit("Erase pitch", [&](song::Transaction& transaction) -> Result<void> {
        const song::TrackPtr melody = transaction.song().melody();
        for (song::Note note : melody->notes) {
            const bool touched = note.onset < end && note.end() > start && !note.bend.empty();
            note.bend.clear();
            if (touched)
                TRY_VOID(transaction.replaceNote(melody->head.id, note));
        }
        return {};
    });
}

Result<void> Studio::setTitle(const std::string& title)
{
    return edit("Rename song", [&](song::Transaction& transaction) -> Result<void> {
        song::SongHead head = transaction.song().head;
        head.title = title;
        transaction.setHead(head);
        return {};
    });
}

bool Studio::canUndo() const
{
    return m_impl->fake.history && m_impl->fake.history->canUndo();
}

bool Studio::canRedo() const
{
    return m_impl->fake.history && m_impl->fake.history->canRedo();
}

std::string Studio::undoLabel() const
{
    return canUndo() ? m_impl->fake.history->undoLabel() : std::string();
}

std::string Studio::redoLabel() const
{
    return canRedo() ? m_impl->fake.history->redoLabel() : std::string();
}

void Studio::undo()
{
    if (!canUndo())
        return;
    m_impl->fake.selection = m_impl->fake.history->undo();
    if (m_impl->fake.observer)
        m_impl->fake.observer->songChanged();
}

void Studio::redo()
{
    if (!canRedo())
        return;
    m_impl->fake.selection = m_impl->fake.history->redo();
    if (m_impl->fake.observer)
        m_impl->fake.observer->songChanged();
}

void Studio::play()
{
    m_impl->fake.calls.push_back("play");
    m_impl->fake.playback.playing = true;
}

void Studio::stop()
{
    m_impl->fake.calls.push_back("stop");
    m_impl->fake.playback.playing = false;
}

void Studio::seek(music::Tick tick)
{
    m_impl->fake.playback.position = tick;
}

void Studio::loop(std::optional<std::pair<music::Tick, music::Tick>> range)
{
    m_impl->fake.playback.looping = range.has_value();
    if (range) {
        m_impl->fake.playback.loopStart = range->first;
        m_impl->fake.playback.loopEnd = range->second;
    }
}

void Studio::audition(song::TrackId, music::Pitch) {}

PlaybackStatus Studio::playback()
{
    return m_impl->fake.playback;
}

} // namespace cantilena::session
