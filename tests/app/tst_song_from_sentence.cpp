#include "program.h"

#include <cmath>

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray hashOf(const QString& path)
{
    return QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256).toHex();
}

} // namespace

class TestSongFromSentence : public QObject {
    Q_OBJECT

private:
    json info(const Program& program, const QString& song)
    {
        const auto outcome = program.run({"info", song, "--json"});
        if (outcome.status != 0)
            return {};
        return json::parse(outcome.out.toStdString(), nullptr, false);
    }

private Q_SLOTS:
    void everySyllableIsSung_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QString("a rainy night in Hangzhou, missing my grandmother")
                                 << QString("en");
        QTest::newRow("Mandarin") << QString("写一首关于夏天海边的轻快的歌") << QString("zh");
        QTest::newRow("opens with the sentence")
            << QString("my parrot copies my alarm and now i never know whats real") << QString("en");
    }
    void everySyllableIsSung()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, language);
        const Program program;
        const QString song = program.path("a.cantilena");
        const auto composed = program.run({"compose", "--prompt", prompt, "--seed", "7", "-o", song});
        QVERIFY2(composed.status == 0, composed.err.constData());
        const json object = info(program, song);
        QVERIFY(object.is_object());
        QCOMPARE(QString::fromStdString(object["language"]), language);
        QVERIFY(!object["title"].get<std::string>().empty());
        QVERIFY(object["tracks"].size() >= 6);
        QVERIFY(object["chords"].size() >= 8);
        std::size_t syllables = 0;
        for (const json& section : object["sections"])
            for (const json& line : section["lines"])
                for (const json& syllable : line["syllables"]) {
                    ++syllables;
                    QVERIFY2(!syllable["notes"].empty(), syllable.dump().c_str());
                    QVERIFY2(!syllable["phonemes"].empty(), syllable.dump().c_str());
                }
        QVERIFY(syllables > 80);
        // In order: each syllable's first note begins after the one before it.
        std::map<json, double> onset;
        for (const json& track : object["tracks"])
            if (track["role"] == "melody")
                for (const json& note : track["notes"])
                    onset[note["id"]] = note["start_beat"];
        double last = -1;
        for (const json& section : object["sections"])
            for (const json& line : section["lines"])
                for (const json& syllable : line["syllables"]) {
                    QVERIFY(onset.at(syllable["notes"].front()) > last);
                    last = onset.at(syllable["notes"].back());
                }
    }

    void theSameSeedGivesTheSameSongAndSound()
    {
        const Program program;
        const QStringList request{
            "compose", "--prompt", "sunrise over the harbour", "--length", "20", "--seed", "11", "-o"};
        QCOMPARE(program.run(request + QStringList{program.path("a.cantilena")}).status, 0);
        // A second home: nothing may come from a cache.
        const Program other;
        QCOMPARE(other.run(request + QStringList{other.path("b.cantilena")}).status, 0);
        QCOMPARE(info(program, program.path("a.cantilena")).dump(),
                 info(other, other.path("b.cantilena")).dump());
        QCOMPARE(
            program
                .run({"render", program.path("a.cantilena"), "-o", program.path("a.wav"), "--threads", "1"})
                .status,
            0);
        QCOMPARE(other.run({"render", other.path("b.cantilena"), "-o", other.path("b.wav"), "--threads", "2"})
                     .status,
                 0);
        QVERIFY(contentOf(program.path("a.wav")).size() > 44'100 * 4 * 15);
        QCOMPARE(hashOf(program.path("a.wav")), hashOf(other.path("b.wav")));
        // Another seed, another song.
        QStringList changed = request;
        changed.replace(changed.indexOf("11"), "12");
        QCOMPARE(program.run(changed + QStringList{program.path("c.cantilena")}).status, 0);
        QVERIFY(info(program, program.path("a.cantilena"))["tracks"] !=
                info(program, program.path("c.cantilena"))["tracks"]);
    }

    void theMixIsLoudEnoughAndHasAVoice()
    {
        const Program program;
        QCOMPARE(program
                     .run({"compose", "--prompt", "dancing all night", "--length", "30", "--seed", "5", "-o",
                           program.path("a.cantilena")})
                     .status,
                 0);
        const auto outcome = program.run({"render", program.path("a.cantilena"), "-o", program.path("a.wav"),
                                          "--stems", program.path("stems")});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const QRegularExpression figures("([-0-9.]+) LUFS, true peak ([-0-9.]+) dBTP");
        const QRegularExpressionMatch match = figures.match(QString::fromUtf8(outcome.out));
        QVERIFY2(match.hasMatch(), outcome.out.constData());
        QVERIFY(std::abs(match.captured(1).toDouble() + 14) <= 1);
        QVERIFY(match.captured(2).toDouble() <= -0.9);
        const QByteArray vocal = contentOf(program.path("stems/vocal.wav"));
        QVERIFY(vocal.size() > 1'000'000);
        double energy = 0; // 32-bit float samples after the header
        const auto* samples = reinterpret_cast<const float*>(vocal.constData() + 128);
        for (qsizetype i = 0; i < (vocal.size() - 128) / 4; ++i)
            energy += std::isfinite(samples[i]) ? static_cast<double>(samples[i]) * samples[i] : 0;
        QVERIFY(energy / (vocal.size() / 4) > 1e-5);
    }

    void midiAndLyricsAreExported()
    {
        const Program program;
        QCOMPARE(program
                     .run({"compose", "--prompt", "雨夜里想念外婆", "--length", "30", "--seed", "5", "-o",
                           program.path("a.cantilena")})
                     .status,
                 0);
        QCOMPARE(program.run({"export", program.path("a.cantilena"), "-o", program.path("a.mid")}).status, 0);
        QCOMPARE(program.run({"export", program.path("a.cantilena"), "-o", program.path("a.lrc")}).status, 0);
        QVERIFY(contentOf(program.path("a.mid")).startsWith("MThd"));
        QVERIFY(contentOf(program.path("a.lrc")).contains("[00:"));
        const json object = info(program, program.path("a.cantilena"));
        const std::string first = object["sections"][0]["lines"].empty()
                                      ? object["sections"][1]["lines"][0]["syllables"][0]["text"]
                                      : object["sections"][0]["lines"][0]["syllables"][0]["text"];
        QVERIFY(contentOf(program.path("a.mid")).contains(QByteArray::fromStdString(first)));
    }

    void ownLyricsAreSungWordForWord()
    {
        const Program program;
        QFile file(program.path("lyrics.txt"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[Verse]\nThe 7:45 train is late, don't worry\nI bought two coffees "
                   "我等你\n\n[Chorus]\nHold the door\n");
        file.close();
        const auto composed = program.run(
            {"compose", "--lyrics", file.fileName(), "--seed", "2", "-o", program.path("a.cantilena")});
        QVERIFY2(composed.status == 0, composed.err.constData());
        const json object = info(program, program.path("a.cantilena"));
        QStringList lines;
        for (const json& section : object["sections"])
            for (const json& line : section["lines"]) {
                lines << QString::fromStdString(line["text"]);
                for (const json& syllable : line["syllables"])
                    QVERIFY(!syllable["notes"].empty());
            }
        QVERIFY(lines.contains("The 7:45 train is late, don't worry"));
        QVERIFY(lines.contains("I bought two coffees 我等你"));
        QVERIFY(lines.contains("Hold the door"));
    }

    void thePersonsOwnWordsOpenTheSong()
    {
        const Program program;
        const QString song = program.path("o.cantilena");
        const auto opening = [&](const QStringList& extra) {
            const auto composed =
                program.run(QStringList{"compose", "--prompt",
                                        "my parrot copies my alarm and now i never know whats real", "--seed",
                                        "3", "-o", song} +
                            extra);
            QStringList lines;
            const json object = composed.status == 0 ? info(program, song) : json();
            // The first section that is sung.
            for (std::size_t s = 0; object.is_object() && lines.empty() && s < object["sections"].size(); ++s)
                for (const json& line : object["sections"][s]["lines"])
                    lines.push_back(QString::fromStdString(line["text"]));
            return lines;
        };
        QCOMPARE(opening({}), QStringList({"My parrot copies my alarm", "And now I never know what's real"}));
        QCOMPARE(opening({"--opening", "Pretty Polly / never lies"}),
                 QStringList({"Pretty Polly", "never lies"}));
        QVERIFY(!opening({"--opening", ""}).contains(QStringLiteral("My parrot copies my alarm")));
    }

    void instrumentalsHaveNoWords()
    {
        const Program program;
        QCOMPARE(program
                     .run({"compose", "--prompt", "calm morning", "--instrumental", "--length", "20", "-o",
                           program.path("a.cantilena")})
                     .status,
                 0);
        const json object = info(program, program.path("a.cantilena"));
        for (const json& section : object["sections"])
            QVERIFY(section["lines"].empty());
        QVERIFY(object["duration_s"].get<double>() > 12);
        QVERIFY(object["duration_s"].get<double>() < 28);
    }
};

QTEST_APPLESS_MAIN(TestSongFromSentence)
#include "tst_song_from_sentence.moc"
