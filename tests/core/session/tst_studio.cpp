#include <base/file.h>
#include <session/studio.h>
#include <song/validate.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "queue.h"

using namespace cantilena;
using namespace cantilena::session;

namespace {

class Recorder : public Observer {
public:
    int opened = 0, changed = 0, plans = 0, exportedFiles = 0;
    std::vector<std::string> stages, messages;

    void songOpened() override { ++opened; }
    void songChanged() override { ++changed; }
    void planReady(const PlanSummary&) override { ++plans; }
    void jobChanged(const JobStatus& status) override
    {
        if (stages.empty() || stages.back() != status.stage)
            stages.push_back(status.stage);
    }
    void saveStateChanged() override {}
    void recentChanged() override {}
    void exported(const std::filesystem::path&) override { ++exportedFiles; }
    void message(const std::string& sentence) override { messages.push_back(sentence); }
};

} // namespace

class TestStudio : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    Queue m_queue;

    ResourcePaths paths() const
    {
        const std::filesystem::path source = CANTILENA_SOURCE_DIR;
        const std::filesystem::path home = m_home.path().toStdString();
        return {source / "models", source / "resources", {}, home / "cache", home / "data", home / "config"};
    }

    std::unique_ptr<Studio> open(Recorder& recorder)
    {
        auto studio = Studio::open(paths(), m_queue.poster());
        if (!studio) {
            qWarning("%s", studio.error().message.c_str());
            return nullptr;
        }
        (*studio)->setObserver(&recorder);
        return *std::move(studio);
    }

    static compose::ComposeRequest request(const std::string& prompt)
    {
        compose::ComposeRequest request;
        request.prompt = prompt;
        request.length = music::Seconds{20};
        request.seed = 4;
        return request;
    }

private Q_SLOTS:
    void fromSentenceToEditedSongAndBack()
    {
        Recorder recorder;
        std::string title, line;
        song::SongPtr first, last;
        {
            const auto studio = open(recorder);
            QVERIFY(studio);
            QVERIFY(!studio->song());
            QCOMPARE(studio->saveState(), SaveState::NoSong);
            QVERIFY(!studio->compose(request("")).hasValue());
            QVERIFY(studio->compose(request("a letter from the sea")).hasValue());
            QVERIFY(m_queue.runUntil([&] { return studio->song() != nullptr; }));
            QVERIFY2(recorder.messages.empty(),
                     recorder.messages.empty() ? "" : recorder.messages[0].c_str());
            QVERIFY(recorder.plans >= 1);
            QCOMPARE(recorder.opened, 1);
            for (const char* stage : {"lyrics", "harmony", "melody", "arrangement"})
                QVERIFY2(std::find(recorder.stages.begin(), recorder.stages.end(), stage) !=
                             recorder.stages.end(),
                         stage);

            first = studio->song();
            const song::TrackPtr melody = first->melody();
            const song::Note note = melody->notes[3];
            QVERIFY(studio->moveNote(melody->head.id, note.id, note.onset, {note.pitch.midi + 2}).hasValue());
            QCOMPARE(studio->undoLabel(), std::string("Move note"));
            const auto withLines = std::find_if(first->sections.begin(), first->sections.end(),
                                                [](const auto& s) { return !s->lines.empty(); });
            QVERIFY(studio->retypeWord((*withLines)->lines[0].id, 0, "hello").hasValue());
            QCOMPARE(recorder.changed, 2);
            QVERIFY(!(*studio->song() == *first));
            studio->undo();
            studio->undo();
            QVERIFY(!studio->canUndo());
            QVERIFY(*studio->song() == *first);
            studio->redo();
            studio->redo();
            QVERIFY(studio->setTitle("My own title").hasValue());
            QVERIFY(!studio->setTitle("  ").hasValue());
            last = studio->song();
        }
        // Closed without saving; found again at the next start.
        Recorder next;
        const auto studio = open(next);
        QVERIFY(studio);
        const auto recent = studio->recent();
        QCOMPARE(recent.size(), std::size_t{1});
        QCOMPARE(recent[0].title, std::string("My own title"));
        QVERIFY(recent[0].untitled);
        QVERIFY(studio->openFile(recent[0].path).hasValue());
        QVERIFY(*studio->song() == *last);
        QCOMPARE(studio->saveState(), SaveState::Untitled);
        // And what was done can still be undone.
        QCOMPARE(studio->undoLabel(), std::string("Rename song"));
        for (int i = 0; i < 3; ++i)
            studio->undo();
        QVERIFY(!studio->canUndo());
        QVERIFY(*studio->song() == *first);
        for (int i = 0; i < 3; ++i)
            studio->redo();
        QVERIFY(*studio->song() == *last);

        const std::filesystem::path target =
            std::filesystem::path(m_home.path().toStdString()) / "mine.cantilena";
        QVERIFY(studio->saveAs(target).hasValue());
        QCOMPARE(studio->file(), target);
        QCOMPARE(studio->recent().size(), std::size_t{1});
        studio->closeSong();
        QVERIFY(studio->openFile(target).hasValue());
        QVERIFY(*studio->song() == *last);
        QCOMPARE(studio->undoLabel(), std::string("Rename song"));
        QVERIFY(!studio->saveAs("/no/such/folder/x.cantilena").hasValue());
        QVERIFY(studio->exportMidi(target.parent_path() / "mine.mid").hasValue());
        QVERIFY(!studio->exportAudio(target.parent_path() / "mine.xyz").hasValue());
        QVERIFY(studio->exportAudio(target.parent_path() / "mine.wav").hasValue());
        QVERIFY(m_queue.runUntil([&] { return next.exportedFiles == 2; }));
        QVERIFY(std::filesystem::file_size(target.parent_path() / "mine.wav") > 1'000'000);
    }

    void aMelodyBecomesASongThatGoesOn()
    {
        Recorder recorder;
        const auto studio = open(recorder);
        QVERIFY(studio);
        const std::filesystem::path file = m_home.path().toStdString() + "/tune.musicxml";
        std::string bars;
        for (int bar = 0; bar < 8; ++bar) {
            bars += bar == 0 ? "<measure><attributes><divisions>1</divisions></attributes>" : "<measure>";
            for (const char* step : {"C", "E", "G", "E"})
                bars += std::string("<note><pitch><step>") + step +
                        "</step><octave>4</octave></pitch><duration>1</duration></note>";
            bars += "</measure>";
        }
        QVERIFY(writeFile(file, "<score-partwise><part>" + bars + "</part></score-partwise>"));
        QVERIFY(studio->openFile(file).hasValue());
        QVERIFY(m_queue.runUntil([&] { return studio->song() != nullptr; }));
        QCOMPARE(studio->song()->head.title, std::string("tune"));
        QCOMPARE(studio->saveState(), SaveState::Untitled);
        const song::SongPtr tune = studio->song();

        QVERIFY(studio->writeWords("my old dog", 1).hasValue());
        QVERIFY(m_queue.runUntil([&] { return studio->canUndo(); }));
        QVERIFY(!studio->song()->sections.front()->lines.empty());
        QCOMPARE(studio->undoLabel(), std::string("Words"));
        const song::SongPtr worded = studio->song();
        QVERIFY(studio->continueSong({song::SectionKind::Bridge}, 1).hasValue());
        QVERIFY(m_queue.runUntil([&] { return studio->undoLabel() == "Continue"; }));
        QCOMPARE(studio->song()->sections.size(), worded->sections.size() + 1);
        QVERIFY(song::validate(*studio->song()));
        studio->undo();
        QVERIFY(*studio->song() == *worded);
        studio->undo();
        QVERIFY(*studio->song() == *tune);

        // What was asked of a song that is another now is not put into it.
        QVERIFY(studio->continueSong({}, 2).hasValue());
        QVERIFY(studio->setTitle("Another title").hasValue());
        recorder.messages.clear();
        QVERIFY(m_queue.runUntil([&] { return !recorder.messages.empty(); }));
        QCOMPARE(studio->song()->sections.size(), tune->sections.size());

        const std::filesystem::path broken = m_home.path().toStdString() + "/broken.mid";
        QVERIFY(writeFile(broken, "no midi"));
        recorder.messages.clear();
        QVERIFY(studio->openFile(broken).hasValue());
        QVERIFY(m_queue.runUntil([&] { return !recorder.messages.empty(); }));
        QCOMPARE(studio->song()->head.title, std::string("Another title"));
    }

    void aCancelledJobLeavesNothing()
    {
        Recorder recorder;
        const auto studio = open(recorder);
        QVERIFY(studio->compose(request("a slow train home")).hasValue());
        QVERIFY(m_queue.runUntil([&] { return studio->job().stage == "lyrics" || studio->song(); }));
        studio->cancelJob();
        QCOMPARE(studio->job().kind, JobKind::None);
        QTest::qWait(1500);
        m_queue.run();
        QVERIFY(!studio->song());
        QVERIFY(recorder.messages.empty());
        // And the next one works.
        QVERIFY(studio->compose(request("a slow train home")).hasValue());
        QVERIFY(m_queue.runUntil([&] { return studio->song() != nullptr; }));
    }

    void untitledSongsOutliveTheLibrary_data()
    {
        QTest::addColumn<bool>("damaged");
        QTest::newRow("lost") << false;
        QTest::newRow("damaged") << true;
    }
    void untitledSongsOutliveTheLibrary()
    {
        QFETCH(bool, damaged);
        const std::filesystem::path data = paths().data;
        std::vector<std::filesystem::path> before;
        {
            Recorder recorder;
            const auto studio = open(recorder);
            for (const RecentSong& song : studio->recent())
                if (song.untitled)
                    before.push_back(song.path);
        }
        QVERIFY(!before.empty());
        std::filesystem::remove(data / "library.sqlite");
        const auto write = [](const std::filesystem::path& path) {
            QFile file(QString::fromStdString(path.string()));
            return file.open(QIODevice::WriteOnly) && file.write("no database, only words") > 0;
        };
        if (damaged)
            QVERIFY(write(data / "library.sqlite"));
        QVERIFY(write(data / "untitled" / "broken.cantilena"));

        Recorder recorder;
        const auto studio = open(recorder);
        QVERIFY(studio);
        QVERIFY(m_queue.runUntil([&] { return studio->recent().size() == before.size(); }, 10'000));
        const auto found = studio->recent();
        QVERIFY(std::all_of(found.begin(), found.end(), [&](const RecentSong& song) {
            return song.untitled && !song.title.empty() &&
                   std::find(before.begin(), before.end(), song.path) != before.end();
        }));
        QVERIFY(studio->openFile(found[0].path).hasValue());
        QVERIFY2(recorder.messages.empty(), recorder.messages.empty() ? "" : recorder.messages[0].c_str());
        QVERIFY(std::filesystem::exists(data / "untitled" / "broken.cantilena"));
    }

    void playbackRunsWithoutADevice()
    {
        Recorder recorder;
        const auto studio = open(recorder);
        QVERIFY(!studio->recent().empty());
        QVERIFY(studio->openFile(studio->recent()[0].path).hasValue());
        studio->play();
        QVERIFY(m_queue.runUntil([&] { return studio->playback().position > music::kQuarter; }, 20'000));
        studio->stop();
        QVERIFY(m_queue.runUntil([&] { return !studio->playback().playing; }, 5'000));
        studio->seek(music::kQuarter * 4);
        QVERIFY(m_queue.runUntil([&] { return studio->playback().position >= music::kQuarter * 3; }, 5'000));
        studio->loop(std::pair{music::Tick{0}, music::kQuarter * 4});
        QVERIFY(studio->playback().looping);
    }
};

QTEST_GUILESS_MAIN(TestStudio)
#include "tst_studio.moc"
