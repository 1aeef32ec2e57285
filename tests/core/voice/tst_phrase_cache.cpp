#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <base/hash.h>
#include <voice/phrase_cache.h>

using namespace cantilena;
using namespace cantilena::voice;

namespace {

std::vector<float> ramp(std::size_t count)
{
    std::vector<float> x(count);
    for (std::size_t i = 0; i < count; ++i)
        x[i] = static_cast<float>(i) * 0.001F;
    return x;
}

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

class TestPhraseCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString() + "/phrases";
    }

    void keepsAndFinds()
    {
        const PhraseCache cache(m_path);
        QVERIFY(!cache.find(sha256("a")));
        QVERIFY(cache.keep(sha256("a"), ramp(1000)).hasValue());
        const auto found = cache.find(sha256("a"));
        QVERIFY(found.has_value());
        QVERIFY(*found == ramp(1000));
        QVERIFY(!cache.find(sha256("b")));
        QVERIFY(PhraseCache(m_path).find(sha256("a")).has_value());
        QVERIFY(cache.keep(sha256("empty"), {}).hasValue());
        QVERIFY(cache.find(sha256("empty"))->empty());
    }

    void foreignKeysTouchNoFile()
    {
        const PhraseCache cache(m_path);
        QVERIFY(!cache.keep("../../outside", ramp(10)).hasValue());
        QVERIFY(!cache.find("../../outside"));
        QVERIFY(!cache.find(""));
        QCOMPARE(cache.size(), std::uint64_t{0});
    }

    void damagedFilesCountAsAbsent()
    {
        const PhraseCache cache(m_path);
        const std::string key = sha256("x");
        QVERIFY(cache.keep(key, ramp(500)).hasValue());
        const std::filesystem::path file = m_path / (key + ".phrase");
        const std::string whole = bytesOf(file);
        QVERIFY(whole.size() > 2000);
        for (std::size_t length = 0; length < whole.size(); length += 37) {
            write(file, whole.substr(0, length));
            QVERIFY(!cache.find(key));
            QVERIFY(!std::filesystem::exists(file));
        }
        for (std::size_t at = 0; at < whole.size(); at += 53) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x40);
            write(file, changed);
            QVERIFY(!cache.find(key));
        }
        write(file, whole + "more");
        QVERIFY(!cache.find(key));
        std::string huge = whole;
        huge[19] = huge[20] = huge[21] = huge[22] = huge[25] = '\xff';
        write(file, huge);
        QVERIFY(!cache.find(key));
        write(file, whole);
        QVERIFY(cache.find(key).has_value());
    }

    void oldestUsedGoFirst()
    {
        const PhraseCache cache(m_path, 3 * 4200);
        for (const char* name : {"1", "2", "3"})
            QVERIFY(cache.keep(sha256(name), ramp(1000)).hasValue());
        using namespace std::chrono_literals;
        const auto now = std::filesystem::file_time_type::clock::now();
        std::filesystem::last_write_time(m_path / (sha256("1") + ".phrase"), now - 3h);
        std::filesystem::last_write_time(m_path / (sha256("2") + ".phrase"), now - 2h);
        std::filesystem::last_write_time(m_path / (sha256("3") + ".phrase"), now - 1h);
        QVERIFY(cache.find(sha256("1")).has_value()); // used now: stays
        QVERIFY(cache.keep(sha256("4"), ramp(1000)).hasValue());
        QVERIFY(cache.size() <= 3 * 4200);
        QVERIFY(cache.find(sha256("1")).has_value());
        QVERIFY(!cache.find(sha256("2")));
        QVERIFY(cache.find(sha256("3")).has_value());
        QVERIFY(cache.find(sha256("4")).has_value());
    }

    void noFolderMeansNothingIsKept()
    {
        write(m_folder->path().toStdString() + "/file", "x");
        const PhraseCache cache(m_folder->path().toStdString() + "/file/phrases");
        QVERIFY(!cache.keep(sha256("a"), ramp(10)).hasValue());
        QVERIFY(!cache.find(sha256("a")));
        QCOMPARE(cache.size(), std::uint64_t{0});
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
};

QTEST_APPLESS_MAIN(TestPhraseCache)
#include "tst_phrase_cache.moc"
