#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>

#include <base/file.h>

using namespace cantilena;
namespace fs = std::filesystem;

class TestFile : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path path(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }
    std::ptrdiff_t count() const
    {
        return std::distance(fs::directory_iterator(m_folder->path().toStdString()),
                             fs::directory_iterator());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void bytesThereAndBack()
    {
        const std::string bytes = std::string("a\0b", 3) + std::string(100'000, '\xff');
        QVERIFY(writeFile(path("a"), bytes));
        QVERIFY(*readFile(path("a"), 1'000'000) == bytes);
        QVERIFY(writeFile(path("a"), ""));
        QVERIFY(readFile(path("a"), 10)->empty());
        QCOMPARE(count(), std::ptrdiff_t{1});
    }

    void limits()
    {
        QVERIFY(writeFile(path("a"), std::string(100'000, 'x')));
        QVERIFY(readFile(path("a"), 100'000));
        QVERIFY(!readFile(path("a"), 99'999));
    }

    void whatIsNotCommittedIsGone()
    {
        {
            const auto file = AtomicFile::create(path("a"));
            QVERIFY(file);
            QCOMPARE(file->temporary().parent_path(), path("a").parent_path());
        }
        QCOMPARE(count(), std::ptrdiff_t{0});
    }

    void aPrivateFileIsTheOwnersAlone()
    {
        const mode_t before = ::umask(0);
        QVERIFY(writeFile(path("a"), "old"));
        QVERIFY(writeFile(path("a"), "new", FileReaders::Owner));
        QVERIFY(writeFile(path("b"), "new", FileReaders::Owner));
        ::umask(before);
        for (const char* name : {"a", "b"}) {
            struct stat status = {};
            QCOMPARE(::stat(path(name).c_str(), &status), 0);
            QCOMPARE(status.st_mode & 0777, mode_t{0600});
        }
    }

    void modeAndLinksAreKept()
    {
        QVERIFY(writeFile(path("a"), "old"));
        fs::permissions(path("a"), fs::perms::owner_read | fs::perms::owner_write);
        fs::create_symlink(path("a"), path("link"));
        QVERIFY(writeFile(path("link"), "new"));
        QVERIFY(fs::is_symlink(path("link")));
        QCOMPARE(*readFile(path("a"), 10), std::string("new"));
        QVERIFY(fs::status(path("a")).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    }

    void badPlaces()
    {
        fs::create_directory(path("folder"));
        ::mkfifo(path("pipe").c_str(), 0600);
        QVERIFY(writeFile(path("plain"), "x"));
        for (const fs::path& bad :
             {path("none") / "a", path("folder"), path("pipe"), path("plain") / "a", fs::path(),
              fs::path("/"), path("."), path(std::string(300, 'x')), fs::path("/proc/none")}) {
            const auto written = writeFile(bad, "x");
            QVERIFY2(!written && written.error().message.ends_with("."), bad.c_str());
        }
        for (const fs::path& bad : {path("none"), path("folder"), path("pipe"), fs::path()})
            QVERIFY2(!readFile(bad, 100), bad.c_str());
    }
};

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
