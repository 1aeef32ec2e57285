#include <QTest>

#include <compose/tune_lines.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

constexpr std::int64_t kBeat = music::kTicksPerQuarter;

/// Notes by beats: length of each, negative for a rest.
std::vector<LinedNote> notesOf(std::initializer_list<double> beats, double start = 0)
{
    std::vector<LinedNote> notes;
    double at = start;
    int pitch = 60;
    for (const double length : beats) {
        if (length > 0)
            notes.push_back({{static_cast<std::int64_t>(at * kBeat)},
                             {static_cast<std::int64_t>(length * kBeat)},
                             60 + (pitch++ % 5)});
        at += std::abs(length);
    }
    return notes;
}

} // namespace

class TuneLinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesEndWhereTheTuneHolds()
    {
        // Two bars each: six short notes and a long one.
        const auto notes =
            notesOf({1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2});
        const auto lines = linesOfTune(notes, {4, 4}, {100});
        QCOMPARE(lines.size(), std::size_t(4));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QCOMPARE(lines[i].count, std::size_t(7));
            QCOMPARE(lines[i].bars, 2);
            QCOMPARE(lines[i].start.value, static_cast<std::int64_t>(i) * 8 * kBeat);
        }
    }

    void anUpbeatBelongsToItsLine()
    {
        const auto notes = notesOf({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2}, 3);
        const auto lines = linesOfTune(notes, {4, 4}, {100});
        QVERIFY(!lines.empty());
        QCOMPARE(lines[0].first, std::size_t(0));
        QCOMPARE(lines[0].start.value, 4 * kBeat);
    }

    void givenBeginningsHold()
    {
        auto notes = notesOf({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        notes[4].begins = true;
        const auto lines = linesOfTune(notes, {4, 4}, {100}, true);
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[1].first, std::size_t(4));
        QCOMPARE(lines[0].bars, 1);
        QCOMPARE(lines[1].bars, 3);
    }

    void everyNoteIsInOneLine()
    {
        for (int seed = 0; seed < 200; ++seed) {
            std::vector<LinedNote> notes;
            std::int64_t at = 0;
            unsigned state = static_cast<unsigned>(seed) * 2654435761U + 1;
            const auto draw = [&state](unsigned n) {
                return (state = state * 1664525U + 1013904223U) / 65536 % n;
            };
            for (unsigned i = 0; i < 1 + draw(120); ++i) {
                const std::int64_t length = 60 * (1 + draw(64));
                notes.push_back(
                    {{at}, {length}, 48 + static_cast<int>(draw(30)), i > 0 && draw(6) == 0, draw(9) == 0});
                at += length + (draw(3) == 0 ? 60 * draw(64) : 0);
            }
            const music::Meter meter{seed % 3 == 0 ? 3 : seed % 3 == 1 ? 4 : 6, seed % 3 == 2 ? 8 : 4};
            const auto lines = linesOfTune(notes, meter, {60.0 + seed}, seed % 5 == 0);
            std::size_t next = 0;
            std::int64_t bar = -1;
            for (const TuneLine& line : lines) {
                QCOMPARE(line.first, next);
                QVERIFY(line.count > 0 && line.bars > 0);
                QCOMPARE(line.start.value % meter.barLength().value, std::int64_t(0));
                QVERIFY(line.start.value > bar);
                bar = line.start.value;
                next += line.count;
            }
            QCOMPARE(next, notes.size());
        }
    }

    void accentsFollowTheMetre()
    {
        const auto accents = accentsOf(notesOf({1, 1, 1, 1, 0.5, 0.5, 1, 2}), {4, 4});
        QVERIFY(accents[0] > accents[2] && accents[2] > accents[1]);
        QVERIFY(accents[5] < accents[4]);
    }
};

QTEST_APPLESS_MAIN(TuneLinesTest)
#include "tst_tune_lines.moc"
