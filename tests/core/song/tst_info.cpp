#include <QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "example_song.h"
#include <song/info.h>

using namespace cantilena;
using namespace cantilena::song;

class TestInfo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheCommandLinePromises()
    {
        const SongPtr song = exampleSong();
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(infoJson(*song)));
        QVERIFY(document.isObject());
        const QJsonObject info = document.object();
        for (const char* key : {"title", "language", "seed", "tempo", "meter", "key", "duration_s",
                                "sections", "chords", "tracks", "models", "provenance"})
            QVERIFY2(info.contains(key), key);
        QCOMPARE(info["meter"].toString(), QString("4/4"));
        QCOMPARE(info["key"].toString(), QString("F major"));
        QCOMPARE(info["language"].toString(), QString("en"));
        QCOMPARE(info["seed"].toInt(), 7);
        QCOMPARE(info["duration_s"].toDouble(), 32 * 60 / 92.5);

        const QJsonObject verse = info["sections"].toArray()[0].toObject();
        QCOMPARE(verse["kind"].toString(), QString("verse"));
        QCOMPARE(verse["start_s"].toDouble(), 0.0);
        QCOMPARE(verse["end_s"].toDouble(), 16 * 60 / 92.5);
        const QJsonArray syllables = verse["lines"].toArray()[0].toObject()["syllables"].toArray();
        QCOMPARE(syllables.size(), 3);
        QCOMPARE(syllables[2].toObject()["notes"].toArray().size(), 2); // a melisma
        QCOMPARE(syllables[0].toObject()["phonemes"].toArray(), QJsonArray({"r", "ey"}));

        QCOMPARE(info["chords"].toArray()[1].toObject()["symbol"].toString(), QString("F"));
        QCOMPARE(info["chords"].toArray()[1].toObject()["start_beat"].toDouble(), 16.0);
        QCOMPARE(info["chords"].toArray()[1].toObject()["reasons"].toArray(), QJsonArray());
        QCOMPARE(chordReasonCodes(static_cast<std::uint32_t>(ChordReason::Person) |
                                  static_cast<std::uint32_t>(ChordReason::Suspension)),
                 (std::vector<std::string_view>{"person", "suspension"}));

        const QJsonObject melody = info["tracks"].toArray()[0].toObject();
        QCOMPARE(melody["role"].toString(), QString("melody"));
        const QJsonObject note = melody["notes"].toArray()[0].toObject();
        QCOMPARE(note["syllable"], syllables[0].toObject()["id"]);
        QCOMPARE(syllables[0].toObject()["notes"].toArray()[0], note["id"]);
        QCOMPARE(note["origin"].toString(), QString("melody 1 seed 7"));
        const QJsonObject bass = info["tracks"].toArray()[1].toObject();
        QVERIFY(bass["notes"].toArray()[0].toObject()["syllable"].isNull());
        QCOMPARE(bass["notes"].toArray()[0].toObject()["origin"].toString(), QString("person"));
        QCOMPARE(info["models"].toArray().size(), 1);
        QCOMPARE(info["models"].toArray()[0].toObject()["id"].toString(), QString("melody"));
        QVERIFY(info["provenance"].toObject()["ai_generated"].toBool());
    }

    void emptySongsAndBadBytes()
    {
        Song song;
        song.head.title = "\xff";
        QVERIFY(QJsonDocument::fromJson(QByteArray::fromStdString(infoJson(song))).isObject());
    }
};

QTEST_APPLESS_MAIN(TestInfo)
#include "tst_info.moc"
