#include <QtTest>

#include <array>

#include <QTemporaryDir>

#include "../../../core/store/migrations.h"
#include <base/hash.h>
#include <store/song_file.h>

using namespace cantilena;
using namespace cantilena::store;
namespace fs = std::filesystem;

namespace {

constexpr std::array<Migration, 3> kSteps = {{
    {1, "CREATE TABLE word (text TEXT NOT NULL) STRICT;"},
    {2,
     "ALTER TABLE word ADD COLUMN length INTEGER NOT NULL DEFAULT 0; UPDATE word SET length = length(text);"},
    {3, "CREATE TABLE rhyme (a TEXT NOT NULL, b TEXT NOT NULL) STRICT;"},
}};
constexpr std::array<Migration, 3> kBrokenSteps = {{
    kSteps[0],
    kSteps[1],
    {3, "DELETE FROM word; CREATE TABLE word (text TEXT) STRICT;"},
}};

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path path(const char* name = "a.db") const { return fs::path(m_folder->path().toStdString()) / name; }

    std::unique_ptr<Database> fixture(int version) const
    {
        auto database = Database::open(path(), Database::Mode::Create);
        if (version > 0) {
            (void)(*database)
                ->run("CREATE TABLE word (text TEXT NOT NULL) STRICT; INSERT INTO word VALUES ('rain');"
                      "PRAGMA user_version = 1;")
                .hasValue();
        }
        return *std::move(database);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void fromNothing()
    {
        const auto database = fixture(0);
        QVERIFY(migrate(*database, path(), kSteps));
        QCOMPARE(*database->integer("PRAGMA user_version"), std::int64_t{3});
        QVERIFY(database->integer("SELECT count(*) FROM rhyme"));
        QVERIFY(!fs::exists(path("a.db.v0.backup"))); // there was nothing to keep
    }

    void fromTheFirstVersion()
    {
        const auto database = fixture(1);
        QVERIFY(migrate(*database, path(), kSteps));
        QCOMPARE(*database->integer("PRAGMA user_version"), std::int64_t{3});
        QCOMPARE(*database->integer("SELECT length FROM word"), std::int64_t{4});
        const auto backup = Database::open(path("a.db.v1.backup"), Database::Mode::ReadOnly);
        QVERIFY(backup);
        QCOMPARE(*(*backup)->integer("PRAGMA user_version"), std::int64_t{1});
        QCOMPARE(*(*backup)->text("SELECT text FROM word"), std::string("rain"));
    }

    void twiceIsOnce()
    {
        const auto database = fixture(1);
        QVERIFY(migrate(*database, path(), kSteps));
        const std::string schema = *database->schema();
        QVERIFY(migrate(*database, path(), kSteps));
        QCOMPARE(*database->schema(), schema);
    }

    void aStepThatFailsLeavesTheVersionBeforeIt()
    {
        const auto database = fixture(1);
        const auto migrated = migrate(*database, path(), kBrokenSteps);
        QVERIFY(!migrated);
        QCOMPARE(*database->integer("PRAGMA user_version"), std::int64_t{2});
        QCOMPARE(*database->text("SELECT text FROM word"), std::string("rain"));
        QVERIFY(fs::exists(path("a.db.v1.backup")));
        QVERIFY(migrate(*database, path(), kSteps));
        QCOMPARE(*database->integer("PRAGMA user_version"), std::int64_t{3});
    }

    void newerFilesAreRefused()
    {
        const auto database = fixture(1);
        QVERIFY(database->run("PRAGMA user_version = 4"));
        const auto migrated = migrate(*database, path(), kSteps);
        QVERIFY(!migrated);
        QVERIFY(migrated.error().message.find("newer") != std::string::npos);
        QVERIFY(migrated.error().message.ends_with("."));
        QVERIFY(!fs::exists(path("a.db.v4.backup")));
    }

    /// A song of file version 1, written down here as it was: it opens for ever.
    void songsOfTheFirstVersionOpen()
    {
        const std::string text =
            R"({"version":1,"nextId":9,"head":{"title":"雨","language":"zh","seed":5,"tempo":90.0,"meter":{"beats":3,"unit":4},)"
            R"("key":{"tonic":9,"mode":1},"style":"folk","brief":{"prompt":"雨"},"vocal":{"singer":"lin"}},)"
            R"("sections":[{"id":1,"kind":"verse","name":"Verse","bars":2,"energy":0.5,"lines":[{"id":2,"text":"雨",)"
            R"("words":[{"text":"雨","syllables":[{"id":3,"text":"雨","phonemes":["ü"],"tone":3,"language":"zh"}]}],)"
            R"("start":0,"length":2880,"rhyme":65,"origin":8}]}],"chords":[[4,0,2880,9,1,9,8]],)"
            R"("tracks":[{"id":5,"name":"Voice","role":"melody","vocal":true,"notes":[[6,0,960,0,69,80,3,1,8]]}],)"
            R"("origins":[{"id":8,"maker":1,"name":"melody","version":"1","sha256":"","seed":5}]})";
        {
            const auto database = Database::open(path("old.cantilena"), Database::Mode::Create);
            QVERIFY((*database)->run(
                "CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT "
                "NULL, song TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;"
                "CREATE TABLE journal (sequence INTEGER PRIMARY KEY, entry TEXT NOT NULL, sha256 "
                "TEXT NOT NULL) STRICT;"
                "PRAGMA application_id = 1128353364; PRAGMA user_version = 1;"));
            auto insert = (*database)->prepare("INSERT INTO snapshot VALUES (1, 0, ?, ?)");
            QVERIFY(insert);
            QVERIFY(insert->bind(1, text).bind(2, sha256(text)).run());
        }
        const auto song = SongFile::read(path("old.cantilena"));
        QVERIFY2(song, song ? "" : song.error().message.c_str());
        QCOMPARE((*song)->head.title, std::string("雨"));
        QCOMPARE((*song)->head.key.name(), std::string("A minor"));
        QCOMPARE((*song)->tracks[0]->notes[0].syllable,
                 (*song)->sections[0]->lines[0].words[0].syllables[0].id);
        QVERIFY(SongFile::open(path("old.cantilena")));
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
