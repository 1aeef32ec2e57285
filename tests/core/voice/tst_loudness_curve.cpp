#include <QtTest>

#include <cmath>

#include <voice/loudness_curve.h>
#include <voice/singing.h>

#include "phrases.h"

using namespace cantilena::voice;

namespace {

float at(const std::vector<float>& curve, double seconds)
{
    return curve.at(static_cast<std::size_t>(std::lround(seconds / kFrameSeconds)));
}

} // namespace

class TestLoudnessCurve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isASmoothCurveInRange()
    {
        const Phrase p = phrases::phrase({{{"l", "aa"}, {60}, 0.6},
                                          {{"l", "aa"}, {67}, 0.2},
                                          {{"l", "aa"}, {55}, 0.8, 0.2},
                                          {{"aa"}, {60}, 1.0}});
        const auto curve = loudnessCurve(p);
        QCOMPARE(curve.size(), static_cast<std::size_t>(std::ceil(p.duration.value / kFrameSeconds)));
        for (std::size_t f = 0; f < curve.size(); ++f) {
            QVERIFY(curve[f] >= -20 && curve[f] <= 10);
            if (f > 0)
                QVERIFY(std::abs(curve[f] - curve[f - 1]) < 2.5F);
        }
    }
    void followsVelocityAndEnergy()
    {
        Phrase p = phrases::phrase({{{"aa"}, {60}, 1.0}});
        const float usual = at(loudnessCurve(p), 0.9);
        p.syllables[0].notes[0].velocity = 110;
        const float loud = at(loudnessCurve(p), 0.9);
        QVERIFY(loud > usual + 2);
        p.energy = 0.1;
        QVERIFY(at(loudnessCurve(p), 0.9) < loud);
    }
    void fallsAwayInRestsAndAtTheEnd()
    {
        const Phrase p = phrases::phrase({{{"aa"}, {60}, 0.6, 0.4}, {{"aa"}, {60}, 0.6}});
        const auto curve = loudnessCurve(p);
        QVERIFY(at(curve, 1.2) < at(curve, 0.8) - 8);
        QVERIFY(curve.back() < at(curve, 1.7) - 8);
        QVERIFY(curve.front() < at(curve, 0.8) - 4);
    }
    void nothingGivesNothing() { QVERIFY(loudnessCurve(Phrase{}).empty()); }
};

QTEST_GUILESS_MAIN(TestLoudnessCurve)
#include "tst_loudness_curve.moc"
