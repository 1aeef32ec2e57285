#include <QtTest>

#include <music/time_map.h>

using namespace cantilena::music;

class TestTimeMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ticksOfNotes()
    {
        QCOMPARE(ticks(1, 4).value, kTicksPerQuarter);
        QCOMPARE(ticks(3, 8).value, std::int64_t{1440});
        QCOMPARE(toBeats(ticks(1, 1)), 4.0);
        QVERIFY(kQuarter + kEighth == Tick{1440});
        QVERIFY(2 * kSixteenth == kEighth && -kEighth < Tick{});
    }

    void secondsAndBack()
    {
        for (const double bpm : {40.0, 92.5, 120.0, 133.33, 220.0}) {
            const TempoMap map{{bpm}};
            for (std::int64_t tick = -5000; tick < 5'000'000; tick += 12'347)
                QCOMPARE(map.toTick(map.toSeconds({tick})).value, tick);
        }
        QCOMPARE(TempoMap{{120}}.toSeconds(kQuarter).value, 0.5);
        QCOMPARE(TempoMap{{120}}.toFrames(kQuarter, 44'100).value, std::int64_t{22'050});
    }

    void bars()
    {
        QCOMPARE((Meter{4, 4}.barLength().value), std::int64_t{3840});
        QCOMPARE((Meter{6, 8}.barLength().value), std::int64_t{2880});
        QVERIFY((Meter{6, 8}.pulse() == ticks(3, 8)));
        QVERIFY((Meter{3, 4}.pulse() == kQuarter));
        QVERIFY((Meter{3, 8}.pulse() == kEighth));
    }

    void weights()
    {
        const Meter four{4, 4}, three{3, 4}, six{6, 8};
        QCOMPARE(four.weight({0}), 1.0);
        QCOMPARE(four.weight({1920}), 0.8);
        QCOMPARE(four.weight({960}), 0.6);
        QCOMPARE(four.weight({480}), 0.35);
        QCOMPARE(four.weight({240}), 0.15);
        QCOMPARE(four.weight({1}), 0.0);
        QCOMPARE(four.weight({3840}), 1.0);
        QCOMPARE(three.weight({960}), 0.6);
        QCOMPARE(three.weight({1440}), 0.35);
        QCOMPARE(six.weight({1440}), 0.8);
        QCOMPARE(six.weight({480}), 0.35);
    }
};

QTEST_APPLESS_MAIN(TestTimeMap)
#include "tst_time_map.moc"
