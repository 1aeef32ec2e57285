#include "program.h"

#include <algorithm>

#include <nlohmann/json.hpp>

using nlohmann::json;

/// A part of a song's tune written again by the program.
class TestTuneOfASong : public QObject {
    Q_OBJECT

private:
    Program m_program;
    QString m_song;
    json m_before;

    json info(const QString& song) const
    {
        return json::parse(m_program.run({"info", song, "--json"}).out.toStdString(), nullptr, false);
    }
    static const json& tune(const json& song)
    {
        for (const json& track : song["tracks"])
            if (track["role"] == "melody")
                return track["notes"];
        static const json kNone = json::array();
        return kNone;
    }
    /// Everything that begins outside [from, to) beats is as before; counts the notes inside that are not.
    int changed(const json& after, double from, double to) const
    {
        json was = m_before, is = after;
        int inside = 0;
        const auto outside = [&](const json& notes) {
            json kept = json::array();
            for (const json& note : notes)
                if (note["start_beat"] < from || note["start_beat"] >= to)
                    kept.push_back(note);
            return kept;
        };
        for (const json& note : tune(is))
            if (note["start_beat"] >= from && note["start_beat"] < to)
                inside += std::find(tune(was).begin(), tune(was).end(), note) == tune(was).end();
        for (json* song : {&was, &is})
            for (json& track : (*song)["tracks"])
                if (track["role"] == "melody")
                    track["notes"] = outside(track["notes"]);
        return was["tracks"] == is["tracks"] && was["chords"] == is["chords"] ? inside : -1;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_song = m_program.path("a.cantilena");
        const auto composed = m_program.run(
            {"compose", "--prompt", "my cat wakes me at six", "--length", "60", "--seed", "5", "-o", m_song});
        QVERIFY2(composed.status == 0, composed.err.constData());
        m_before = info(m_song);
    }

    void aSectionAnewLeavesTheRestAlone()
    {
        const QString other = m_program.path("b.cantilena");
        for (const json& section : m_before["sections"]) {
            if (section["lines"].empty())
                continue;
            const QString name = QString::fromStdString(section["name"]);
            const auto result =
                m_program.run({"melody", m_song, "--section", name, "--take", "2", "-o", other});
            QVERIFY2(result.status == 0, result.err.constData());
            const double beat = m_before["tempo"].get<double>() / 60;
            const int notes = changed(info(other), section["start_s"].get<double>() * beat - 0.01,
                                      section["end_s"].get<double>() * beat - 0.01);
            QVERIFY2(notes > 3, qPrintable(QString::number(notes)));
            break;
        }
    }

    void takesDifferAndAreTheSameAgain()
    {
        const auto write = [&](const QStringList& more) {
            const QString other = m_program.path("c.cantilena");
            QStringList arguments{"melody", m_song, "-o", other};
            const auto result = m_program.run(arguments + more);
            return result.status == 0 ? tune(info(other)) : json("failed");
        };
        const json first = write({"--line", "2"}), again = write({"--line", "2"});
        QVERIFY(first.is_array() && first == again);
        QVERIFY(write({"--line", "2", "--take", "3"}) != first);
        QVERIFY(write({"--line", "2", "--vary"}) != tune(m_before));
        QVERIFY(write({"--bars", "3-6", "--bravery", "1"}).is_array());
    }

    void whatIsNotThereIsSaidInOneSentence()
    {
        const QString other = m_program.path("d.cantilena");
        for (const QStringList& part :
             {QStringList{"--section", "Nowhere"}, QStringList{"--line", "999"}, QStringList{"--bars", "3"},
              QStringList{"--bars", "9-4"}, QStringList{"--bars", "1-9999"}}) {
            const auto result = m_program.run(QStringList{"melody", m_song, "-o", other} + part);
            QVERIFY2(Program::isOneSentence(result), result.err.constData());
            QVERIFY(!QFile::exists(other));
        }
        QCOMPARE(m_program.run({"melody", m_song, "-o", other}).status, 2);
        QCOMPARE(m_program.run({"melody", m_song, "--line", "1", "--bars", "1-2", "-o", other}).status, 2);
    }
};

QTEST_APPLESS_MAIN(TestTuneOfASong)
#include "tst_tune_of_a_song.moc"
