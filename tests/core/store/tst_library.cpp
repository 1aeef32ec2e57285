#include <QtTest>

#include <fstream>

#include <QTemporaryDir>

#include "../../../core/store/database.h"
#include <store/library.h>

using namespace cantilena;
using namespace cantilena::store;
namespace fs = std::filesystem;

class TestLibrary : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path path(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }
    fs::path song(const std::string& name) const
    {
        std::ofstream(path(name)) << "song";
        return path(name);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void recentSongsNewestFirst()
    {
        const LibraryEntry first{song("1.cantilena"), "One 一", language::Language::Mandarin, 12.5, 100};
        LibraryEntry second{song("2.cantilena"), "Two", language::Language::English, 60, 200};
        {
            const auto library = Library::open(path("library.sqlite"));
            QVERIFY(library);
            QVERIFY((*library)->remember(first));
            QVERIFY((*library)->remember(second));
        }
        const auto library = Library::open(path("library.sqlite"));
        QVERIFY(library);
        QVERIFY((*library)->recent() == (std::vector<LibraryEntry>{second, first}));
        QCOMPARE((*library)->recent(1).size(), std::size_t{1});
        second.openedAt = 50;
        second.title = "Two, again";
        QVERIFY((*library)->remember(second));
        QVERIFY((*library)->recent() == (std::vector<LibraryEntry>{first, second}));
        QVERIFY((*library)->forget(first.path));
        QVERIFY((*library)->recent() == (std::vector<LibraryEntry>{second}));
        fs::remove(second.path);
        QVERIFY((*library)->recent().empty());
    }

    void oldRowsAreDropped()
    {
        const auto library = Library::open(path("library.sqlite"));
        QVERIFY(library);
        const fs::path file = song("x");
        for (int i = 0; i < 510; ++i)
            QVERIFY((*library)->remember({path(std::to_string(i)), "t", {}, 1, i}));
        QVERIFY((*library)->remember({file, "t", {}, 1, 1000}));
        QCOMPARE((*library)->recent().size(), std::size_t{1});
        const auto database = Database::open(path("library.sqlite"), Database::Mode::ReadOnly);
        QCOMPARE(*(*database)->integer("SELECT count(*) FROM recent"), std::int64_t{500});
    }

    void settings()
    {
        {
            const auto library = Library::open(path("library.sqlite"));
            QVERIFY(library);
            QVERIFY(!(*library)->setting("theme"));
            QVERIFY((*library)->setSetting("theme", "dark"));
            QVERIFY((*library)->setSetting("empty", ""));
            QVERIFY((*library)->setSetting("theme", "light 亮"));
        }
        const auto library = Library::open(path("library.sqlite"));
        QVERIFY(library);
        QVERIFY((*library)->setting("theme") == "light 亮");
        QVERIFY((*library)->setting("empty") == "");
    }

    void twoProgramsShareIt()
    {
        const auto a = Library::open(path("library.sqlite")), b = Library::open(path("library.sqlite"));
        QVERIFY(a && b);
        QVERIFY((*a)->setSetting("x", "1"));
        QVERIFY((*b)->setting("x") == "1");
    }

    void aDamagedLibraryIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("no database at all, but long enough to be read").repeated(100);
        QTest::newRow("noise") << QByteArray("SQLite format 3\0", 16) + QByteArray(9000, '\x37');
    }
    void aDamagedLibraryIsSetAside()
    {
        QFETCH(QByteArray, bytes);
        std::ofstream(path("library.sqlite"), std::ios::binary) << bytes.toStdString();
        const auto library = Library::open(path("library.sqlite"));
        QVERIFY2(library, library ? "" : library.error().message.c_str());
        QVERIFY((*library)->setSetting("x", "1"));
        QCOMPARE(fs::file_size(path("library.sqlite.damaged")), static_cast<std::uintmax_t>(bytes.size()));
    }

    void aNewerLibraryIsRefusedAndKept()
    {
        {
            const auto library = Library::open(path("library.sqlite"));
            QVERIFY((*library)->setSetting("x", "1"));
        }
        {
            const auto database = Database::open(path("library.sqlite"), Database::Mode::ReadWrite);
            QVERIFY((*database)->run("PRAGMA user_version = 9"));
        }
        const auto library = Library::open(path("library.sqlite"));
        QVERIFY(!library);
        QVERIFY(library.error().message.find("newer") != std::string::npos);
        QVERIFY(!fs::exists(path("library.sqlite.damaged")));
    }

    void noFolder()
    {
        const auto library = Library::open(path("none") / "library.sqlite");
        QVERIFY(!library);
        QVERIFY(library.error().message.ends_with("."));
    }
};

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
