#include "program.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

using nlohmann::json;

/// Melodies from files, and songs that go on.
class TestImport : public QObject {
    Q_OBJECT

private:
    static json info(const Program& program, const QString& song)
    {
        return json::parse(program.run({"info", song, "--json"}).out.toStdString(), nullptr, false);
    }
    static const json& melody(const json& song)
    {
        return *std::find_if(song["tracks"].begin(), song["tracks"].end(),
                             [](const json& track) { return track["role"] == "melody"; });
    }
    /// Onset, length, pitch of each note of the tune.
    static std::vector<std::vector<double>> tune(const json& song)
    {
        std::vector<std::vector<double>> notes;
        for (const json& note : melody(song)["notes"])
            notes.push_back({note["start_beat"], note["length_beats"], note["pitch"]});
        return notes;
    }
    static std::vector<std::string> sections(const json& song)
    {
        std::vector<std::string> names;
        for (const json& section : song["sections"])
            names.push_back(section["name"]);
        return names;
    }
    static std::size_t sungSyllables(const json& song, bool all)
    {
        std::size_t count = 0;
        for (const json& section : song["sections"])
            for (const json& line : section["lines"])
                for (const json& syllable : line["syllables"])
                    count += all || !syllable["notes"].empty() ? 1 : 0;
        return count;
    }
    /// A hymn-like tune of four lines in 3/4 without words.
    static void writeScore(const QString& path)
    {
        static const char* kSteps[] = {"C", "E", "G", "A", "G", "F", "E", "D"};
        std::string measures;
        for (int line = 0; line < 4; ++line) {
            for (int bar = 0; bar < 4; ++bar) {
                measures += "<measure>";
                if (line == 0 && bar == 0)
                    measures += "<attributes><divisions>1</divisions><key><fifths>0</fifths></key>"
                                "<time><beats>3</beats><beat-type>4</beat-type></time></attributes>";
                const int lengths[][2] = {{2, 1}, {2, 1}, {2, 1}, {3, 0}};
                for (int i = 0; i < 2 && lengths[bar][i] > 0; ++i)
                    measures += std::string("<note><pitch><step>") + kSteps[(line + 2 * bar + i) % 8] +
                                "</step><octave>4</octave></pitch><duration>" +
                                std::to_string(lengths[bar][i]) + "</duration></note>";
                measures += "</measure>";
            }
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(("<score-partwise><part id=\"P1\">" + measures + "</part></score-partwise>").c_str());
    }

private Q_SLOTS:
    void whatWasExportedComesBack()
    {
        const Program program;
        const QString song = program.path("a.cantilena"), midi = program.path("a.mid"),
                      back = program.path("b.cantilena");
        QCOMPARE(program
                     .run({"compose", "--prompt", "a rainy night in Hangzhou, missing my grandmother",
                           "--length", "60", "--seed", "3", "-o", song})
                     .status,
                 0);
        QCOMPARE(program.run({"export", song, "-o", midi}).status, 0);
        const auto imported = program.run({"import", midi, "-o", back});
        QVERIFY2(imported.status == 0, imported.err.constData());
        QVERIFY(imported.err.contains("left out"));
        const json was = info(program, song), is = info(program, back);
        QVERIFY(sections(is) == sections(was));
        QVERIFY(tune(is) == tune(was));
        QCOMPARE(is["key"].get<std::string>(), was["key"].get<std::string>());
        QCOMPARE(is["tempo"].get<double>(), was["tempo"].get<double>());
        QCOMPARE(is["chords"].size(), was["chords"].size());
        QCOMPARE(sungSyllables(is, true), sungSyllables(was, true));
        QCOMPARE(sungSyllables(is, false), sungSyllables(is, true));
        QVERIFY(is["tracks"].size() >= 4); // with a band of its own
    }

    void aScoreWithoutWordsGetsThem()
    {
        const Program program;
        const QString score = program.path("tune.musicxml"), plain = program.path("plain.cantilena"),
                      sung = program.path("sung.cantilena"), again = program.path("again.cantilena");
        writeScore(score);
        QCOMPARE(program.run({"import", score, "-o", plain}).status, 0);
        const json bare = info(program, plain);
        QCOMPARE(bare["meter"].get<std::string>(), std::string("3/4"));
        QCOMPARE(bare["title"].get<std::string>(), std::string("tune"));
        QCOMPARE(sungSyllables(bare, true), std::size_t(0));
        QCOMPARE(tune(bare).size(), std::size_t(28));

        const auto worded = program.run({"words", plain, "--prompt", "my old dog", "-o", sung});
        QVERIFY2(worded.status == 0, worded.err.constData());
        const json song = info(program, sung);
        QVERIFY(sungSyllables(song, true) >= 20);
        QCOMPARE(sungSyllables(song, false), sungSyllables(song, true));
        // The tune is the same, but for single notes that share their time between two syllables.
        double before = 0, after = 0;
        for (const auto& note : tune(bare))
            before += note[1];
        for (const auto& note : tune(song))
            after += note[1];
        QCOMPARE(after, before);

        QCOMPARE(program.run({"import", score, "--prompt", "下雨天想念外婆", "-o", again}).status, 0);
        const json mandarin = info(program, again);
        QCOMPARE(mandarin["language"].get<std::string>(), std::string("zh"));
        QVERIFY(sungSyllables(mandarin, true) >= 20);
    }

    void aSongGoesOn()
    {
        const Program program;
        const QString song = program.path("a.cantilena"), longer = program.path("b.cantilena"),
                      longest = program.path("c.cantilena"), same = program.path("d.cantilena");
        QCOMPARE(program
                     .run({"compose", "--prompt", "driving to the sea with my sister", "--length", "60",
                           "--seed", "3", "-o", song})
                     .status,
                 0);
        const auto result = program.run({"continue", song, "--sections", "verse, bridge", "-o", longer});
        QVERIFY2(result.status == 0, result.err.constData());
        QVERIFY(result.out.contains("[Verse 3]") && result.out.contains("[Bridge]"));
        const json was = info(program, song), is = info(program, longer);
        QCOMPARE(is["sections"].size(), was["sections"].size() + 2);
        QCOMPARE(sungSyllables(is, false), sungSyllables(is, true));
        QVERIFY(sungSyllables(is, true) > sungSyllables(was, true));
        // What was sung before is sung now.
        const auto before = tune(was), after = tune(is);
        QVERIFY(after.size() > before.size());
        QVERIFY(std::equal(before.begin(), before.end(), after.begin()));
        QVERIFY(is["duration_s"].get<double>() > was["duration_s"].get<double>());

        QCOMPARE(program.run({"continue", longer, "-o", longest}).status, 0); // a chorus comes next
        QVERIFY(info(program, longest)["sections"].size() > is["sections"].size());
        QCOMPARE(program.run({"continue", song, "--sections", "verse, bridge", "-o", same}).status, 0);
        QVERIFY(tune(info(program, same)) == after);
    }

    void anInstrumentGoesOn()
    {
        const Program program;
        const QString score = program.path("tune.xml"), plain = program.path("a.cantilena"),
                      longer = program.path("b.cantilena");
        writeScore(score);
        QCOMPARE(program.run({"import", score, "-o", plain}).status, 0);
        const auto result =
            program.run({"continue", plain, "--sections", "verse,chorus,bridge", "-o", longer});
        QVERIFY2(result.status == 0, result.err.constData());
        const json was = info(program, plain), is = info(program, longer);
        const std::size_t notes = tune(was).size();
        const auto after = tune(is);
        // Verse and chorus come again note for note, the bridge has a tune of its own.
        const double shift = after.at(notes)[0] - after[0][0];
        for (std::size_t i = 0; i < notes; ++i) {
            QCOMPARE(after.at(notes + i)[0] - shift, after[i][0]);
            QCOMPARE(after.at(notes + i)[2], after[i][2]);
        }
        QVERIFY(after.size() > 2 * notes + 4);
    }

    void badFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no score") << "a.musicxml" << QByteArray("<html/>");
        QTest::newRow("no midi") << "a.mid" << QByteArray("RIFF");
        QTest::newRow("another ending") << "a.txt" << QByteArray("la la la");
        QTest::newRow("5/4") << "a.xml"
                             << QByteArray(
                                    "<score-partwise><part><measure><attributes><divisions>1</divisions>"
                                    "<time><beats>5</beats><beat-type>4</beat-type></time></attributes>"
                                    "<note><pitch><step>C</step><octave>4</octave></pitch>"
                                    "<duration>5</duration></note></measure></part></score-partwise>");
    }
    void badFiles()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        const Program program;
        QFile file(program.path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        QVERIFY(Program::isOneSentence(
            program.run({"import", program.path(name), "-o", program.path("b.cantilena")})));
        QVERIFY(!QFile::exists(program.path("b.cantilena")));
        QVERIFY(Program::isOneSentence(
            program.run({"import", program.path("none.mid"), "-o", program.path("b.cantilena")})));
    }
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
