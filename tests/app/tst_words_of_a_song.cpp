#include "program.h"

#include <set>
#include <vector>

#include <nlohmann/json.hpp>

using nlohmann::json;

/// What the program says of a song's words, and the words in the other language.
class TestWordsOfASong : public QObject {
    Q_OBJECT

private:
    static json info(const Program& program, const QString& song)
    {
        return json::parse(program.run({"info", song, "--json"}).out.toStdString(), nullptr, false);
    }

    static std::vector<std::size_t> counts(const json& song)
    {
        std::vector<std::size_t> result;
        for (const json& section : song["sections"]) {
            for (const json& line : section["lines"])
                result.push_back(line["syllables"].size());
        }
        return result;
    }

private Q_SLOTS:
    void theOtherLanguageSingsTheSameNotes_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("to");
        QTest::newRow("to Mandarin") << "driving to the sea with my sister"
                                     << "zh";
        QTest::newRow("to English") << "下雨天想念外婆"
                                    << "en";
    }
    void theOtherLanguageSingsTheSameNotes()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, to);
        const Program program;
        const QString song = program.path("a.cantilena"), other = program.path("b.cantilena");
        const auto composed =
            program.run({"compose", "--prompt", prompt, "--length", "60", "--seed", "3", "-o", song});
        QVERIFY2(composed.status == 0, composed.err.constData());
        const auto translated = program.run({"translate", song, "-o", other});
        QVERIFY2(translated.status == 0, translated.err.constData());
        const json before = info(program, song), after = info(program, other);
        QCOMPARE(QString::fromStdString(after["language"]), to);
        QVERIFY(after["title"] != before["title"]);
        QCOMPARE(after["tempo"].get<double>(), before["tempo"].get<double>());
        QVERIFY(after["chords"] == before["chords"]);
        QVERIFY(counts(after) == counts(before));
        // The notes are those that there were; each syllable has one of its own.
        std::set<std::string> sung;
        for (const json& section : after["sections"]) {
            for (const json& line : section["lines"]) {
                for (const json& syllable : line["syllables"]) {
                    QVERIFY(!syllable["notes"].empty());
                    for (const json& note : syllable["notes"])
                        QVERIFY(sung.insert(note.get<std::string>()).second);
                }
            }
        }
        for (std::size_t t = 0; t < before["tracks"].size(); ++t) {
            const json &was = before["tracks"][t]["notes"], &is = after["tracks"][t]["notes"];
            QCOMPARE(is.size(), was.size());
            for (std::size_t n = 0; n < is.size(); ++n) {
                QVERIFY(is[n]["pitch"] == was[n]["pitch"]);
                QVERIFY(is[n]["start_beat"] == was[n]["start_beat"]);
            }
        }
    }

    void otherWordsForATune()
    {
        const Program program;
        const QString song = program.path("a.cantilena"), other = program.path("b.cantilena");
        const auto composed = program.run(
            {"compose", "--prompt", "a song about bees", "--length", "30", "--seed", "3", "-o", song});
        QVERIFY2(composed.status == 0, composed.err.constData());
        const auto worded = program.run({"words", song, "--prompt", "the last bus home", "-o", other});
        QVERIFY2(worded.status == 0, worded.err.constData());
        const json before = info(program, song), after = info(program, other);
        QVERIFY(after["sections"] != before["sections"]);
        QVERIFY(counts(after) == counts(before));
        QVERIFY(after["chords"] == before["chords"]);
        QCOMPARE(after["tempo"].get<double>(), before["tempo"].get<double>());
        QVERIFY(Program::isOneSentence(program.run({"words", song, "--prompt", " ", "-o", other})));
    }

    void originalityNamesTheNearestLine()
    {
        const Program program;
        const QString song = program.path("a.cantilena");
        const auto composed = program.run(
            {"compose", "--prompt", "a song about bees", "--length", "30", "--seed", "3", "-o", song});
        QVERIFY2(composed.status == 0, composed.err.constData());
        const auto report = program.run({"originality", song});
        QVERIFY2(report.status == 0, report.err.constData());
        QVERIFY(report.out.contains(" % of “"));
        QVERIFY2(report.out.contains("No line has 7 words in a row"), report.out.constData());
        QVERIFY(Program::isOneSentence(program.run({"originality", program.path("none.cantilena")})));
    }
};

QTEST_APPLESS_MAIN(TestWordsOfASong)
#include "tst_words_of_a_song.moc"
