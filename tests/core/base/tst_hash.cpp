#include <QtTest>

#include <set>

#include <QCryptographicHash>
#include <QTemporaryDir>

#include <base/file.h>
#include <base/hash.h>

using namespace cantilena;

class TestHash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedDigests()
    {
        // FIPS 180-4 examples.
        QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    }

    void everyLengthAndEverySplit()
    {
        std::string text;
        for (int length = 0; length < 200; ++length) {
            const QByteArray expected =
                QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex();
            QCOMPARE(sha256(text), expected.toStdString());
            Sha256 pieces;
            for (std::size_t at = 0; at < text.size(); at += 1 + at % 7)
                pieces.update(std::string_view(text).substr(at, 1 + at % 7));
            QCOMPARE(pieces.finish(), expected.toStdString());
            text += static_cast<char>(length * 31);
        }
    }

    void files()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a";
        const std::string bytes(200'000, '\x80');
        QVERIFY(writeFile(file, bytes));
        QCOMPARE(*sha256OfFile(file), sha256(bytes));
        QVERIFY(!sha256OfFile(file.parent_path() / "none"));
    }

    void mixIsABijectionOnWhatWeTry()
    {
        std::set<std::uint64_t> seen;
        for (std::uint64_t i = 0; i < 10'000; ++i)
            seen.insert(mix64(i));
        QCOMPARE(seen.size(), std::size_t{10'000});
        // Numbers that songs depend on; they never change.
        QCOMPARE(mix64(0), std::uint64_t{0xe220a8397b1dcdafULL});
        QCOMPARE(hash64(""), mix64(0xcbf29ce484222325ULL));
        QVERIFY(hash64("melody") != hash64("harmony"));
    }
};

QTEST_APPLESS_MAIN(TestHash)
#include "tst_hash.moc"
