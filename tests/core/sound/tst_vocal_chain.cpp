#include <QTest>

#include <cmath>
#include <numbers>
#include <vector>

#include "../../../core/sound/level_rider.h"
#include "../../../core/sound/levels.h"
#include "../../../core/sound/vocal_chain.h"

using namespace cantilena::sound;

namespace {

constexpr int kSecond = 44100;

/// A sung-like tone: ten partials of 220 Hz at an RMS.
void sing(std::vector<float>& out, double seconds, double rms)
{
    const auto count = static_cast<std::size_t>(seconds * kSecond);
    const std::size_t first = out.size();
    double power = 0;
    for (int k = 1; k <= 10; ++k)
        power += 0.5 / (k * k);
    for (std::size_t i = 0; i < count; ++i) {
        double x = 0;
        for (int k = 1; k <= 10; ++k)
            x += std::sin(2 * std::numbers::pi * 220 * k * static_cast<double>(first + i) / kSecond) / k;
        out.push_back(static_cast<float>(rms / std::sqrt(power) * x));
    }
}

void rest(std::vector<float>& out, double seconds)
{
    out.resize(out.size() + static_cast<std::size_t>(seconds * kSecond), 0.0F);
}

/// Decibels of the middle of a stretch.
double level(const std::vector<float>& x, double from, double to)
{
    const auto begin = static_cast<std::size_t>(from * kSecond), end = static_cast<std::size_t>(to * kSecond);
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i)
        sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return 10 * std::log10(sum / static_cast<double>(end - begin) + 1e-12);
}

double ridden(std::vector<float> x, double from, double to)
{
    LevelRider rider;
    float power = 0;
    for (float& sample : x) {
        power += 0.002F * (sample * sample - power);
        sample *= rider.gainFor(std::sqrt(power));
    }
    return level(x, from, to);
}

std::vector<float> chained(std::vector<float> x)
{
    VocalChain chain;
    std::vector<float> activity(x.size());
    chain.process(x.data(), activity.data(), static_cast<int>(x.size()));
    return x;
}

} // namespace

class VocalChainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSoftPhraseComesHalfWayUp()
    {
        std::vector<float> x;
        sing(x, 4, kVocalRms);
        sing(x, 4, 0.4 * kVocalRms); // 8 dB softer
        const double loud = ridden(x, 2, 4), soft = ridden(x, 6.5, 8);
        QVERIFY2(loud - soft > 2.5 && loud - soft < 5.5, qPrintable(QString::number(loud - soft)));
        QVERIFY(std::abs(loud - 20 * std::log10(kVocalRms)) < 0.5);
    }
    void theHandHasLimits()
    {
        std::vector<float> x;
        sing(x, 8, 0.16 * kVocalRms);
        QVERIFY(ridden(x, 6, 8) < 20 * std::log10(0.16 * kVocalRms) + 4.2);
        x.clear();
        sing(x, 8, 6 * kVocalRms);
        QVERIFY(ridden(x, 6, 8) > 20 * std::log10(6 * kVocalRms) - 4.2);
    }
    void restsAndBreathsMoveNothing()
    {
        std::vector<float> x;
        sing(x, 3, kVocalRms);
        rest(x, 5);
        sing(x, 0.3, kVocalRms);
        QVERIFY(std::abs(ridden(x, 8.05, 8.3) - level(x, 8.05, 8.3)) < 0.5);
        std::vector<float> breath;
        sing(breath, 3, 0.008);
        QVERIFY(std::abs(ridden(breath, 1, 3) - level(breath, 1, 3)) < 0.1);
    }
    void theChainEvensAVoiceWithoutFlatteningIt()
    {
        std::vector<float> x;
        sing(x, 4, 1.3 * kVocalRms);
        sing(x, 4, 0.35 * kVocalRms); // 11.4 dB softer
        const std::vector<float> y = chained(x);
        const double between = level(y, 2, 4) - level(y, 6.5, 8);
        QVERIFY2(between > 1.5 && between < 6, qPrintable(QString::number(between)));
    }
    void hissIsTurnedDown()
    {
        std::vector<float> x;
        std::uint32_t state = 1;
        sing(x, 2, kVocalRms);
        for (int i = 0; i < kSecond / 4; ++i) {
            state = state * 1664525U + 1013904223U;
            x.push_back(0.35F * (static_cast<float>(state >> 8) / 8388608.0F - 1));
        }
        std::vector<float> y = chained(x);
        const double before = level(x, 2.05, 2.2) - level(x, 1, 2),
                     after = level(y, 2.05, 2.2) - level(y, 1, 2);
        QVERIFY2(after < before - 2, qPrintable(QString("%1 %2").arg(before).arg(after)));
    }
};

QTEST_APPLESS_MAIN(VocalChainTest)
#include "tst_vocal_chain.moc"
