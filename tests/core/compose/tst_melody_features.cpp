#include <cmath>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "../../../core/compose/melody_features.h"
#include "../../../core/compose/melody_judge.h"

using namespace cantilena;
using namespace cantilena::compose;

namespace {

/// A song of melody_rows.json.
struct Example {
    SongTraits traits;
    struct Line {
        LineWords words;
        std::vector<std::int64_t> onsets;
        std::vector<PitchPlace> places;
        std::vector<int> tokens;
    };
    std::vector<Line> lines;
    std::vector<std::vector<std::int64_t>> rows;
    std::int64_t end = 0;
};

std::int64_t number(const QJsonValue& value)
{
    return static_cast<std::int64_t>(value.toDouble());
}

ChordTimes::Here chordAt(const QJsonArray& chords, std::int64_t unit)
{
    ChordTimes::Here here{{}, 96, 97, 16, 0};
    for (const QJsonValue& chord : chords) {
        const std::int64_t onset = number(chord[0]);
        if (onset > unit) {
            here.next = static_cast<int>(number(chord[1]));
            here.change = static_cast<int>(std::min<std::int64_t>(16, onset - unit));
            break;
        }
        here.token = static_cast<int>(number(chord[1]));
        here.age = static_cast<int>(std::min<std::int64_t>(16, unit - onset));
    }
    return here;
}

Example read(const QJsonObject& song)
{
    const auto metre = number(song["metre"]);
    Example result{{Metre(metre == 0   ? music::Meter{4, 4}
                          : metre == 1 ? music::Meter{3, 4}
                                       : music::Meter{6, 8}),
                    static_cast<int>(number(song["mode"])), static_cast<int>(number(song["source"]))},
                   {},
                   {},
                   0};
    std::vector<std::pair<std::size_t, std::size_t>> where; // line and slot of each syllable
    for (const QJsonValue& s : song["syllables"].toArray()) {
        const auto line = static_cast<std::size_t>(number(s[0]));
        result.lines.resize(line + 1);
        LineWords& words = result.lines[line].words;
        where.emplace_back(line, words.syllables.size());
        words.syllables.push_back(
            {static_cast<int>(number(s[1])), number(s[2]) != 0, static_cast<int>(number(s[3]))});
    }
    const auto count = static_cast<int>(result.lines.size());
    for (int i = 0; i < count; ++i) {
        LineWords& words = result.lines[static_cast<std::size_t>(i)].words;
        words.number = i;
        words.left = count - 1 - i;
        words.last = words.left == 0;
        words.rhyme = static_cast<int>(number(song["rhymes"].toArray()[i]));
        words.high = static_cast<int>(number(song["registers"].toArray()[i]));
        words.density = static_cast<int>(number(song["density"]));
    }
    for (const QJsonValue& n : song["notes"].toArray()) {
        const auto [line, slot] = where[static_cast<std::size_t>(number(n[3]))];
        Example::Line& own = result.lines[line];
        const std::int64_t onset = number(n[0]);
        if (number(n[4]) != 0)
            own.onsets.push_back(onset);
        own.places.push_back(
            {onset, number(n[1]), slot, number(n[4]) != 0, chordAt(song["chords"].toArray(), onset)});
        own.tokens.push_back(static_cast<int>(number(n[2])) - kLowestToken);
        result.end = onset + number(n[1]);
    }
    result.end =
        (result.end + result.traits.metre.bar - 1) / result.traits.metre.bar * result.traits.metre.bar;
    for (const QJsonValue& row : song["rows"].toArray()) {
        std::vector<std::int64_t> values;
        for (const QJsonValue& value : row.toArray())
            values.push_back(number(value));
        result.rows.push_back(values);
    }
    return result;
}

void compare(const std::vector<std::int64_t>& row, const std::vector<std::int64_t>& expected,
             std::size_t note)
{
    QCOMPARE(row.size(), expected.size());
    for (std::size_t column = 0; column < row.size(); ++column)
        QVERIFY2(row[column] == expected[column], qPrintable(QString("note %1, column %2: %3 instead of %4")
                                                                 .arg(note)
                                                                 .arg(column)
                                                                 .arg(row[column])
                                                                 .arg(expected[column])));
}

} // namespace

/// The rows are those that the models were trained on: models/melody/golden_rows.py wrote the expected ones.
class MelodyFeaturesTest : public QObject {
    Q_OBJECT

    QJsonArray m_songs;

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(CANTILENA_SOURCE_DIR "/tests/core/compose/melody_rows.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_songs = QJsonDocument::fromJson(file.readAll()).array();
        QCOMPARE(m_songs.size(), 2);
    }

    void rhythmRows()
    {
        for (const QJsonValue& value : m_songs) {
            const Example song = read(value["rhythm"].toObject());
            RhythmPast past(song.traits);
            std::size_t note = 0;
            for (std::size_t l = 0; l < song.lines.size(); ++l) {
                const Example::Line& line = song.lines[l];
                const std::int64_t until =
                    l + 1 < song.lines.size() ? song.lines[l + 1].onsets.front() : song.end;
                for (std::size_t i = 0; i < line.onsets.size(); ++i, ++note) {
                    std::vector<std::int64_t> row;
                    past.row(line.words, std::span(line.onsets).first(i + 1), i, until, row);
                    compare(row, song.rows.at(note), note);
                }
                past.add(line.words, line.onsets);
            }
            QCOMPARE(note, song.rows.size());
        }
    }

    void pitchRows()
    {
        for (const QJsonValue& value : m_songs) {
            const Example song = read(value["pitch"].toObject());
            PitchPast past(song.traits);
            std::size_t note = 0;
            for (const Example::Line& line : song.lines) {
                const PitchPast::Line heard = past.begin(line.places);
                for (std::size_t i = 0; i < line.tokens.size(); ++i, ++note) {
                    std::vector<std::int64_t> row;
                    past.row(line.words, heard, std::span(line.tokens).first(i), row);
                    compare(row, song.rows.at(note), note);
                }
                past.add(heard, line.tokens);
            }
            QCOMPARE(note, song.rows.size());
        }
    }

    void judgesMeasures()
    {
        const auto judge = TuneJudge::load(CANTILENA_SOURCE_DIR "/models/melody/judge.json");
        QVERIFY2(judge, judge ? "" : judge.error().message.c_str());
        for (const QJsonValue& value : m_songs) {
            const QJsonObject song = value["judge"].toObject();
            std::vector<JudgedNote> notes;
            for (const QJsonValue& n : song["notes"].toArray())
                notes.push_back({number(n[0]), static_cast<int>(number(n[1])), static_cast<int>(number(n[2])),
                                 static_cast<int>(number(n[3])), number(n[4]) != 0});
            const auto found = judge->measures(notes, number(song["bar"]));
            for (std::size_t i = 0; i < found.size(); ++i) {
                const double expected = song["measures"].toArray()[static_cast<qsizetype>(i)].toDouble();
                QVERIFY2(
                    std::abs(found[i] - expected) < 1e-4,
                    qPrintable(QString("measure %1: %2 instead of %3").arg(i).arg(found[i]).arg(expected)));
            }
            QVERIFY(std::abs(judge->score(notes, number(song["bar"])) - song["score"].toDouble()) < 1e-3);
        }
    }
};

QTEST_APPLESS_MAIN(MelodyFeaturesTest)
#include "tst_melody_features.moc"
