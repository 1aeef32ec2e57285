#include "program.h"

#include <cstring>

#include <nlohmann/json.hpp>

using nlohmann::json;

/// Another singer, controls and second voices from the command line, down to the sound.
class TestVoiceOfASong : public QObject {
    Q_OBJECT

private:
    Program m_program;
    QString m_song;

    json info(const QString& song) const
    {
        return json::parse(m_program.run({"info", song, "--json"}).out.toStdString(), nullptr, false);
    }
    static std::vector<int> pitches(const json& song)
    {
        std::vector<int> all;
        for (const json& track : song["tracks"])
            if (track["role"] == "melody")
                for (const json& note : track["notes"])
                    all.push_back(note["pitch"].get<int>());
        return all;
    }
    /// Energy of the difference between the channels of a stereo file of floats, against that of their sum.
    static double width(const QString& file)
    {
        QFile in(file);
        if (!in.open(QIODevice::ReadOnly))
            return -1;
        const QByteArray bytes = in.readAll();
        const qsizetype at = bytes.indexOf("data") + 8;
        double side = 0, middle = 1e-9;
        for (qsizetype i = at; i + 8 <= bytes.size(); i += 8) {
            float left = 0, right = 0;
            std::memcpy(&left, bytes.constData() + i, 4);
            std::memcpy(&right, bytes.constData() + i + 4, 4);
            side += (static_cast<double>(left) - right) * (static_cast<double>(left) - right);
            middle += (static_cast<double>(left) + right) * (static_cast<double>(left) + right);
        }
        return side / middle;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_song = m_program.path("a.cantilena");
        const auto composed = m_program.run({"compose", "--prompt", "my cat wakes me at six", "--length",
                                             "30", "--voice", "lin", "--seed", "5", "-o", m_song});
        QVERIFY2(composed.status == 0, composed.err.constData());
    }

    void anotherSingerSingsInTheirOctave()
    {
        const QString other = m_program.path("b.cantilena");
        QCOMPARE(m_program.run({"voice", m_song, "--singer", "marlow", "-o", other}).status, 0);
        const std::vector<int> was = pitches(info(m_song)), is = pitches(info(other));
        QCOMPARE(is.size(), was.size());
        QVERIFY(!was.empty());
        for (std::size_t i = 0; i < was.size(); ++i)
            QCOMPARE(is[i], was[i] - 12);
    }

    void secondVoicesMakeTheVocalWide()
    {
        const QString other = m_program.path("c.cantilena");
        QCOMPARE(m_program
                     .run({"voice", m_song, "--doubles", "throughout", "--harmony", "throughout",
                           "--harmony-place", "below", "-o", other})
                     .status,
                 0);
        double widths[2];
        for (int i = 0; i < 2; ++i) {
            const QString stems = m_program.path(QStringLiteral("stems%1").arg(i));
            const auto rendered = m_program.run(
                {"render", i == 0 ? m_song : other, "-o", m_program.path("mix.wav"), "--stems", stems});
            QVERIFY2(rendered.status == 0, rendered.err.constData());
            widths[i] = width(stems + "/vocal.wav");
        }
        QVERIFY2(widths[0] >= 0 && widths[1] > 1.5 * widths[0] + 0.005,
                 qPrintable(QStringLiteral("%1 %2").arg(widths[0]).arg(widths[1])));
    }

    void whatCannotBeIsSaid()
    {
        const auto nobody =
            m_program.run({"voice", m_song, "--singer", "nobody", "-o", m_program.path("x.cantilena")});
        QVERIFY(Program::isOneSentence(nobody));
        QVERIFY(nobody.err.contains("rowan"));
        QVERIFY(!QFile::exists(m_program.path("x.cantilena")));
        QCOMPARE(
            m_program.run({"voice", m_song, "--breath", "2", "-o", m_program.path("x.cantilena")}).status, 2);
        QCOMPARE(
            m_program.run({"voice", m_song, "--harmony", "everywhere", "-o", m_program.path("x.cantilena")})
                .status,
            2);
    }
};

QTEST_APPLESS_MAIN(TestVoiceOfASong)
#include "tst_voice_of_a_song.moc"
