#include <QtTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <voice/refiner.h>
#include <voice/vocoder.h>

#include "frames.h"
#include "signal.h"

using namespace cantilena;
using namespace cantilena::voice;
using test::steadyVowel;

namespace {

std::shared_ptr<const Refiner> refiner()
{
    static const auto opened = Refiner::load(std::string(CANTILENA_SOURCE_DIR) + "/models");
    if (!opened)
        qFatal("%s", opened.error().message.c_str());
    return *opened;
}

/// Formants and pitch that move, so that no two frames are alike.
VocoderFrames movingVowel(std::size_t count)
{
    VocoderFrames frames = steadyVowel(count, 200);
    for (std::size_t t = 0; t < count; ++t) {
        frames.f0[t] += static_cast<float>(t % 97);
        for (std::size_t b = 0; b < kBands; ++b)
            frames.envelope[t * kBands + b] += std::sin(0.05F * static_cast<float>(t + 9 * b));
    }
    return frames;
}

} // namespace

class TestRefiner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsBounded()
    {
        VocoderFrames frames = movingVowel(300);
        const VocoderFrames before = frames;
        QVERIFY(refiner()->refine(frames).hasValue());
        QCOMPARE(frames.shares.size(), 300U * kShares);
        QCOMPARE(frames.swell.size(), std::size_t{300});
        QVERIFY(frames.noise == before.noise);
        QVERIFY(frames.envelope != before.envelope);
        for (std::size_t i = 0; i < frames.envelope.size(); ++i)
            QVERIFY(std::abs(frames.envelope[i] - before.envelope[i]) < 2.0F);
        const auto isShare = [](float x) { return x >= 0 && x <= 1; };
        QVERIFY(std::all_of(frames.shares.begin(), frames.shares.end(), isShare));
        QVERIFY(std::all_of(frames.swell.begin(), frames.swell.end(), isShare));
    }

    void longPhrasesGiveTheSameInPieces()
    {
        VocoderFrames all = movingVowel(2500);
        VocoderFrames part = all;
        constexpr std::size_t kFrom = 1150, kCount = 200;
        const auto cut = [](std::vector<float>& values, std::size_t width) {
            values = {values.begin() + static_cast<std::ptrdiff_t>(kFrom * width),
                      values.begin() + static_cast<std::ptrdiff_t>((kFrom + kCount) * width)};
        };
        cut(part.envelope, kBands);
        cut(part.noise, kNoiseBands);
        cut(part.f0, 1);
        QVERIFY(refiner()->refine(all).hasValue());
        QVERIFY(refiner()->refine(part).hasValue());
        // The seam of the long phrase's pieces, at frame 1200, lies inside the part.
        for (std::size_t t = 40; t < 160; ++t) {
            for (std::size_t b = 0; b < kBands; ++b)
                QVERIFY(std::abs(part.envelope[t * kBands + b] - all.envelope[(kFrom + t) * kBands + b]) <
                        1e-3F);
        }
    }

    void voicelessFramesHaveNoPulses()
    {
        VocoderFrames frames = steadyVowel(60, 200);
        std::fill(frames.noise.begin(), frames.noise.end(), 1.0F);
        QVERIFY(refiner()->refine(frames).hasValue());
        for (const float share : frames.shares)
            QVERIFY(share > 0.99F);
    }

    void vowelsStayInTuneAndAsLoud_data()
    {
        QTest::addColumn<float>("f0");
        for (const float f0 : {82.4F, 130.8F, 220.0F, 329.6F, 523.3F, 784.0F})
            QTest::addRow("%g Hz", static_cast<double>(f0)) << f0;
    }
    void vowelsStayInTuneAndAsLoud()
    {
        QFETCH(float, f0);
        VocoderFrames frames = steadyVowel(200, f0);
        const auto before = vocode(frames, 1);
        QVERIFY(refiner()->refine(frames).hasValue());
        const auto after = vocode(frames, 1);
        QVERIFY(before.hasValue() && after.hasValue());
        const double measured = test::pitchAt(*after, after->size() / 2, f0);
        QVERIFY2(std::abs(1200 * std::log2(measured / static_cast<double>(f0))) < 5,
                 qPrintable(QString::number(measured)));
        const double louder = 20 * std::log10(test::level(*after) / test::level(*before));
        QVERIFY2(std::abs(louder) < 1.5, qPrintable(QString::number(louder)));
    }

    void silenceStaysSilent()
    {
        VocoderFrames frames = steadyVowel(100, 200);
        std::fill(frames.envelope.begin(), frames.envelope.end(), -18.0F);
        QVERIFY(refiner()->refine(frames).hasValue());
        const auto sound = vocode(frames, 1);
        QVERIFY(sound.hasValue());
        QVERIFY(test::level(*sound) < 1e-6);
    }

    void cancels()
    {
        VocoderFrames frames = steadyVowel(100, 200);
        JobContext job;
        job.cancel();
        const auto done = refiner()->refine(frames, job);
        QVERIFY(!done);
        QVERIFY(isCancelled(done.error()));
    }

    void missingModelIsSaid()
    {
        const auto opened = Refiner::load("/nonexistent");
        QVERIFY(!opened);
        QVERIFY(!opened.error().message.empty());
    }
};

QTEST_APPLESS_MAIN(TestRefiner)
#include "tst_refiner.moc"
