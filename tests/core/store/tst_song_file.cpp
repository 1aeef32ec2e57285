#include <QtTest>

#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>

#include "../../../core/store/database.h"
#include "../song/example_song.h"
#include <base/file.h>
#include <base/hash.h>
#include <song/serialize.h>
#include <store/song_file.h>

using namespace cantilena;
using namespace cantilena::store;
namespace fs = std::filesystem;
using song::Entry;
using song::exampleSong;
using song::History;
using song::SongPtr;
using song::Transaction;

namespace {

bool isSentence(const Error& error)
{
    const std::string& text = error.message;
    return text.size() > 20 && text.size() < 500 && text.ends_with(".") &&
           text.find('\n') == std::string::npos;
}

std::string bytesOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

void write(const fs::path& file, std::string_view bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// A history whose changes go to a file, as the studio connects them.
struct Editing {
    explicit Editing(std::unique_ptr<SongFile> opened) : file(std::move(opened)), history(file->history())
    {
        history.setListener([this](const Entry& applied) { file->append(applied, history.song()); });
    }
    void gesture(std::uint64_t number)
    {
        Transaction t(history.song(), "gesture " + std::to_string(number));
        randomGesture(t, Random(8, "store").at({number}));
        (void)history.commit(t);
    }
    std::unique_ptr<SongFile> file;
    History history;
};

} // namespace

class TestSongFile : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path path(const char* name = "a.cantilena") const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    std::size_t files() const
    {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder->path().toStdString()), fs::directory_iterator()));
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aSavedSongIsReadBack()
    {
        const SongPtr song = exampleSong(500);
        QVERIFY(SongFile::save(*song, path()));
        QCOMPARE(files(), std::size_t{1});
        const std::string before = bytesOf(path());
        const auto read = SongFile::read(path());
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QVERIFY(**read == *song);
        QCOMPARE((*read)->ids.next, song->ids.next);
        QCOMPARE(files(), std::size_t{1});
        QVERIFY(bytesOf(path()) == before);
        const SongPtr other = exampleSong(3);
        QVERIFY(SongFile::save(*other, path()));
        QVERIFY(**SongFile::read(path()) == *other);
        QCOMPARE(files(), std::size_t{1});
    }

    void editsAreFoundAgain()
    {
        SongPtr last;
        {
            auto created = SongFile::create(*exampleSong(), path());
            QVERIFY2(created, created ? "" : created.error().message.c_str());
            Editing editing(*std::move(created));
            for (std::uint64_t i = 0; i < 60; ++i) {
                editing.gesture(i);
                if (i % 9 == 0)
                    editing.history.undo();
                if (i % 18 == 0)
                    editing.history.redo();
            }
            last = editing.history.song();
            QVERIFY(editing.file->flush());
            QVERIFY(editing.file->isSaved());
            // Another process may read the file while it is open.
            const auto read = SongFile::read(path());
            QVERIFY2(read, read ? "" : read.error().message.c_str());
            QVERIFY(**read == *last);
        }
        QCOMPARE(files(), std::size_t{1}); // no log, no lock left behind
        const auto read = SongFile::read(path());
        QVERIFY(read);
        QVERIFY(**read == *last);
        QCOMPARE((*read)->ids.next, last->ids.next);
        const auto opened = SongFile::open(path());
        QVERIFY(opened);
        QVERIFY(*(*opened)->song() == *last);
    }

    void whatWasDoneCanBeUndoneAfterClosing()
    {
        const SongPtr first = exampleSong();
        SongPtr last;
        {
            auto created = SongFile::create(*first, path());
            QVERIFY(created);
            Editing editing(*std::move(created));
            for (std::uint64_t i = 0; i < 20; ++i)
                editing.gesture(i);
            editing.history.undo();
            last = editing.history.song();
        }
        QCOMPARE(files(), std::size_t{1});
        const auto opened = SongFile::open(path());
        QVERIFY(opened);
        song::History history = (*opened)->history();
        QVERIFY(*history.song() == *last);
        QVERIFY(history.canRedo());
        while (history.canUndo())
            history.undo();
        QVERIFY(*history.song() == *first);
    }

    void aCopyHasTheHistory()
    {
        const SongPtr first = exampleSong();
        auto created = SongFile::create(*first, path());
        QVERIFY(created);
        Editing editing(*std::move(created));
        for (std::uint64_t i = 0; i < 20; ++i)
            editing.gesture(i);
        write(path("b.cantilena"), "something that is replaced");
        QVERIFY(editing.file->copyTo(path("b.cantilena")));
        QVERIFY(!fs::exists(path("b.cantilena-wal")));
        editing.gesture(20); // the original goes on alone
        QVERIFY(editing.file->flush());
        {
            const auto copy = SongFile::open(path("b.cantilena"));
            QVERIFY2(copy, copy ? "" : copy.error().message.c_str());
            song::History history = (*copy)->history();
            QVERIFY(!(*history.song() == *editing.history.song()));
            while (history.canUndo())
                history.undo();
            QVERIFY(*history.song() == *first);
        }
        QVERIFY(!editing.file->copyTo(path("none") / "b.cantilena"));
        QVERIFY(!editing.file->copyTo(path())); // the open file itself
        QVERIFY(**SongFile::read(path()) == *editing.history.song());
    }

    /// A program killed while it changed pages leaves a rollback journal, which only a writer can roll back.
    void aRollbackJournalIsRolledBack()
    {
        const SongPtr song = exampleSong(500);
        QVERIFY(SongFile::save(*song, path()));
        const fs::path left = path("left.cantilena");
        {
            const auto database = Database::open(path(), Database::Mode::ReadWrite);
            QVERIFY(database);
            // So small a cache that changed pages go to the disk before the end of the transaction.
            QVERIFY((*database)->run("PRAGMA cache_size = 1; BEGIN; UPDATE snapshot SET song = upper(song);"
                                     "INSERT INTO journal SELECT 7, song, sha256 FROM snapshot"));
            QVERIFY(fs::exists(path("a.cantilena-journal")));
            fs::copy_file(path(), left);
            fs::copy_file(path("a.cantilena-journal"), path("left.cantilena-journal"));
            QVERIFY((*database)->run("ROLLBACK"));
        }
        const std::string before = bytesOf(left);
        QVERIFY(before != bytesOf(path()));
        const auto read = SongFile::read(left);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QVERIFY(**read == *song);
        QVERIFY(bytesOf(left) != before);
        QVERIFY(!fs::exists(path("left.cantilena-journal")));
    }

    void longJournalsAreFolded()
    {
        auto created = SongFile::create(*exampleSong(), path());
        QVERIFY(created);
        Editing editing(*std::move(created));
        for (std::uint64_t i = 0; i < 1200; ++i) {
            editing.gesture(i);
            if (i % 100 == 0)
                QVERIFY(editing.file->flush());
        }
        QVERIFY(editing.file->flush());
        const auto read = SongFile::read(path());
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QVERIFY(**read == *editing.history.song());
        const auto database = Database::open(path(), Database::Mode::ReadOnly);
        QVERIFY(database);
        QVERIFY(*(*database)->integer("SELECT count(*) FROM journal") < 1000);
        // A closed file keeps a short journal, or none.
        const SongPtr last = editing.history.song();
        editing.file.reset();
        QVERIFY(*(*database)->integer("SELECT count(*) FROM journal") <= 200);
        QVERIFY(**SongFile::read(path()) == *last);
    }

    void aSongIsOpenOnce()
    {
        auto first = SongFile::create(*exampleSong(), path());
        QVERIFY(first);
        const auto second = SongFile::open(path());
        QVERIFY(!second);
        QVERIFY(second.error().message.find("already open") != std::string::npos);
        // Nor is it replaced under its editor's hands.
        QVERIFY(!SongFile::save(*exampleSong(), path()));
        QVERIFY(!SongFile::checkTarget(path()));
        QVERIFY(SongFile::read(path()));
        first->reset();
        QVERIFY(SongFile::open(path()));
        QVERIFY(SongFile::checkTarget(path()));
    }

    void placesThatCannotBeWritten()
    {
        const SongPtr song = exampleSong();
        fs::create_directory(path("folder"));
        for (const fs::path& bad :
             {path("none") / "a.cantilena", path("folder"), fs::path("/dev/null"), fs::path("/proc/a"),
              path((std::string(300, 'x') + ".cantilena").c_str())}) {
            const auto saved = SongFile::save(*song, bad);
            QVERIFY2(!saved && isSentence(saved.error()), bad.c_str());
            const auto checked = SongFile::checkTarget(bad);
            QVERIFY2(!checked && isSentence(checked.error()), bad.c_str());
        }
        QVERIFY(SongFile::checkTarget(path()));
        QVERIFY(!fs::exists(path()));
    }

    void placesThatCannotBeRead()
    {
        fs::create_directory(path("folder"));
        write(path("empty"), "");
        write(path("text"), "this is not a song");
        write(path("header"), std::string_view("SQLite format 3\0", 16));
        write(path("noise"), std::string("SQLite format 3\0", 16) + std::string(5000, '\x5a'));
        QVERIFY(fs::exists(path("folder")));
        ::mkfifo(path("pipe").c_str(), 0600);
        for (const char* name : {"none", "folder", "empty", "text", "header", "noise", "pipe"}) {
            const auto read = SongFile::read(path(name));
            QVERIFY2(!read && isSentence(read.error()), name);
            const auto opened = SongFile::open(path(name));
            QVERIFY2(!opened && isSentence(opened.error()), name);
        }
        QCOMPARE(bytesOf(path("text")), std::string("this is not a song"));
    }

    void filesWithoutPermission()
    {
        QVERIFY(SongFile::save(*exampleSong(), path()));
        fs::permissions(path(), fs::perms::none);
        fs::permissions(m_folder->path().toStdString(), fs::perms::others_read | fs::perms::others_exec,
                        fs::perm_options::add);
        const bool root = ::geteuid() == 0;
        if (root)
            QCOMPARE(::seteuid(65534), 0);
        const auto read = SongFile::read(path());
        const auto opened = SongFile::open(path());
        const auto saved = SongFile::save(*exampleSong(), path("new.cantilena"));
        const auto checked = SongFile::checkTarget(path("new.cantilena"));
        if (root)
            QCOMPARE(::seteuid(0), 0);
        QVERIFY(!read && isSentence(read.error()));
        QVERIFY(!opened && isSentence(opened.error()));
        if (root) {
            QVERIFY(!saved && isSentence(saved.error()));
            QVERIFY(!checked && isSentence(checked.error()));
        }
        fs::permissions(path(), fs::perms::owner_read);
        QVERIFY(SongFile::read(path()));
    }

    void invalidSongsAreNotWritten()
    {
        song::Song twice = *exampleSong();
        twice.tracks.push_back(twice.tracks[0]);
        const auto saved = SongFile::save(twice, path());
        QVERIFY(!saved && isSentence(saved.error()));
        QCOMPARE(files(), std::size_t{0});
    }

    void foreignDatabases_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("newer") << QByteArray("PRAGMA user_version = 99") << QByteArray("newer");
        QTest::newRow("older than the first")
            << QByteArray("PRAGMA user_version = 0") << QByteArray("damaged");
        QTest::newRow("negative") << QByteArray("PRAGMA user_version = -3") << QByteArray("damaged");
        QTest::newRow("another program's")
            << QByteArray("PRAGMA application_id = 7") << QByteArray("not a song");
        QTest::newRow("one table more") << QByteArray("CREATE TABLE more (x)") << QByteArray("damaged");
        QTest::newRow("one table less") << QByteArray("DROP TABLE journal") << QByteArray("damaged");
        QTest::newRow("a view in its place")
            << QByteArray(
                   "DROP TABLE journal; CREATE VIEW journal AS WITH RECURSIVE n(sequence, entry, sha256) AS "
                   "(SELECT 1, '', '' UNION ALL SELECT sequence + 1, '', '' FROM n) SELECT * FROM n")
            << QByteArray("damaged");
        QTest::newRow("a trigger")
            << QByteArray("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END")
            << QByteArray("damaged");
        QTest::newRow("no snapshot") << QByteArray("DELETE FROM snapshot") << QByteArray("damaged");
        QTest::newRow("another text")
            << QByteArray("UPDATE snapshot SET song = replace(song, 'Rain', 'Sun')") << QByteArray("damaged");
        QTest::newRow("a gap in the journal")
            << QByteArray("INSERT INTO journal VALUES (9, '{}', '')") << QByteArray("damaged");
    }
    void foreignDatabases()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, says);
        QVERIFY(SongFile::save(*exampleSong(), path()));
        {
            const auto database = Database::open(path(), Database::Mode::ReadWrite);
            QVERIFY(database);
            const auto done = (*database)->run(sql.constData());
            QVERIFY2(done, done ? "" : done.error().message.c_str());
        }
        const std::string before = bytesOf(path());
        const auto read = SongFile::read(path());
        QVERIFY(!read);
        QVERIFY2(isSentence(read.error()), read.error().message.c_str());
        QVERIFY2(read.error().message.find(says.toStdString()) != std::string::npos,
                 read.error().message.c_str());
        const auto opened = SongFile::open(path());
        QVERIFY(!opened);
        QVERIFY(bytesOf(path()) == before);
        QCOMPARE(files(), std::size_t{1});
    }

    void journalsThatDoNotFit()
    {
        QVERIFY(SongFile::save(*exampleSong(), path()));
        Entry entry;
        song::Note note = exampleSong()->tracks[0]->notes[0];
        note.velocity = 3; // not what the song has
        entry.edits = {song::NoteEdit{exampleSong()->tracks[0]->head.id, note, std::nullopt}};
        {
            const auto database = Database::open(path(), Database::Mode::ReadWrite);
            QVERIFY(database);
            auto insert = (*database)->prepare("INSERT INTO journal VALUES (1, ?, ?)");
            QVERIFY(insert);
            const std::string text = toJson(entry);
            QVERIFY(insert->bind(1, text).bind(2, sha256(text)).run());
        }
        const auto read = SongFile::read(path());
        QVERIFY(!read && isSentence(read.error()));
        const auto opened = SongFile::open(path());
        QVERIFY(!opened && isSentence(opened.error()));
    }

    void cutFiles()
    {
        QVERIFY(SongFile::save(*exampleSong(200), path()));
        const SongPtr song = *SongFile::read(path());
        const std::string whole = bytesOf(path());
        std::vector<std::size_t> lengths = {0, 1, 15, 16, 99, 100, 101, 511, 512, whole.size() - 1};
        for (std::uint64_t i = 0; i < 60; ++i)
            lengths.push_back(Random(9, "cut").at({i}).index(whole.size()));
        for (std::size_t at = 4096; at < whole.size(); at += 4096)
            lengths.push_back(at);
        for (const std::size_t length : lengths) {
            write(path("cut"), std::string_view(whole).substr(0, length));
            const auto read = SongFile::read(path("cut"));
            QVERIFY2(!read && isSentence(read.error()), std::to_string(length).c_str());
            const auto opened = SongFile::open(path("cut"));
            QVERIFY(!opened && isSentence(opened.error()));
            QCOMPARE(bytesOf(path("cut")).size(), length);
        }
    }

    void damagedBytes()
    {
        {
            auto created = SongFile::create(*exampleSong(50), path());
            QVERIFY(created);
        }
        const std::string whole = bytesOf(path());
        const SongPtr song = *SongFile::read(path());
        int opened = 0;
        for (std::uint64_t i = 0; i < 300; ++i) {
            const Random random = Random(10, "damage").at({i});
            std::string bytes = whole;
            const std::size_t changes = 1 + random.index(8, 0);
            for (std::size_t c = 0; c < changes; ++c) {
                // Half of them in the first page, where the file's structure is.
                const std::size_t reach = random.index(2, 3 * c + 1) ? bytes.size() : std::size_t{4096};
                bytes[random.index(reach, 3 * c + 2)] = static_cast<char>(random.index(256, 3 * c + 3));
            }
            write(path("damaged"), bytes);
            for (const char* ending : {"-wal", "-shm", "-journal"})
                fs::remove(path((std::string("damaged") + ending).c_str()));
            const auto read = SongFile::read(path("damaged"));
            if (read) {
                // Unused bytes may change; the song may not.
                QVERIFY(**read == *song);
                ++opened;
            } else {
                QVERIFY2(isSentence(read.error()), read.error().message.c_str());
            }
            const auto edited = SongFile::open(path("damaged"));
            QVERIFY(edited ? *(*edited)->song() == *song : isSentence(edited.error()));
        }
        QVERIFY(opened > 0);
    }

    void aFullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit old = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        const auto limit = [&](rlim_t bytes) {
            struct rlimit now = old;
            now.rlim_cur = bytes;
            return ::setrlimit(RLIMIT_FSIZE, &now) == 0;
        };
        auto created = SongFile::create(*exampleSong(), path());
        QVERIFY(created);
        Editing editing(*std::move(created));
        editing.gesture(1);
        QVERIFY(editing.file->flush());
        const SongPtr known = exampleSong(20);
        QVERIFY(SongFile::save(*known, path("kept")));

        QVERIFY(limit(60'000));
        const auto saved = SongFile::save(*exampleSong(5000), path("new"));
        const auto replaced = SongFile::save(*exampleSong(5000), path("kept"));
        Result<void> flushed;
        std::uint64_t number = 2;
        for (; number < 500 && flushed; ++number) {
            editing.gesture(number);
            flushed = editing.file->flush();
        }
        editing.gesture(number);
        const bool saved2 = editing.file->isSaved();
        const auto again = editing.file->flush();
        QVERIFY(limit(old.rlim_cur));

        QVERIFY(!saved && isSentence(saved.error()));
        QVERIFY2(saved.error().message.find("disk") != std::string::npos, saved.error().message.c_str());
        QVERIFY2(saved.error().message.find(path("new").string()) != std::string::npos,
                 saved.error().message.c_str());
        QVERIFY(!fs::exists(path("new")));
        QVERIFY(!replaced);
        QVERIFY(**SongFile::read(path("kept")) == *known);
        QVERIFY(!flushed && isSentence(flushed.error()));
        QVERIFY(!saved2 && !again);
        // With room again, nothing is missing.
        (void)editing.file->flush().hasValue();
        QVERIFY(editing.file->flush());
        QVERIFY(editing.file->isSaved());
        QVERIFY(**SongFile::read(path()) == *editing.history.song());
        const SongPtr last = editing.history.song();
        editing.file.reset();
        QVERIFY(**SongFile::read(path()) == *last);
    }

    void theListenerHears()
    {
        auto created = SongFile::create(*exampleSong(), path());
        QVERIFY(created);
        Editing editing(*std::move(created));
        std::atomic<int> good{0}, bad{0};
        editing.file->setListener([&](const Result<void>& result) { ++(result ? good : bad); });
        for (std::uint64_t i = 0; i < 20; ++i)
            editing.gesture(i);
        QVERIFY(editing.file->flush());
        editing.file.reset();
        QVERIFY(good > 0);
        QCOMPARE(bad.load(), 0);
    }

    void staleLogsOfAReplacedFileAreNotRead()
    {
        // What a killed program leaves: a file with a log beside it.
        auto created = SongFile::create(*exampleSong(), path("live"));
        QVERIFY(created);
        Editing editing(*std::move(created));
        for (std::uint64_t i = 0; i < 10; ++i)
            editing.gesture(i);
        QVERIFY(editing.file->flush());
        for (const char* ending : {"", "-wal", "-shm"})
            fs::copy_file(path((std::string("live") + ending).c_str()),
                          path((std::string("dead") + ending).c_str()));
        QVERIFY(**SongFile::read(path("dead")) == *editing.history.song());
        const SongPtr other = exampleSong(77);
        QVERIFY(SongFile::save(*other, path("dead")));
        QVERIFY(**SongFile::read(path("dead")) == *other);
        QVERIFY(!fs::exists(path("dead-wal")));
    }
};

QTEST_GUILESS_MAIN(TestSongFile)
#include "tst_song_file.moc"
