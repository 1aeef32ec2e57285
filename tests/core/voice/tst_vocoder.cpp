#include <QtTest>

#include <algorithm>
#include <cmath>
#include <vector>

#include <voice/vocoder.h>

#include "frames.h"
#include "signal.h"

using namespace cantilena;
using namespace cantilena::voice;
using test::steadyVowel;

class TestVocoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bandsAndFrequenciesAreInverse()
    {
        for (const double band : {0.0, 1.0, 13.5, 40.0, 71.0})
            QVERIFY(std::abs(bandOf(bandFrequency(band)) - band) < 1e-9);
        QCOMPARE(bandFrequency(0), 0.0);
        QVERIFY(std::abs(bandFrequency(kBands - 1) - 20000) < 1e-6);
    }

    void pitchIsExact_data()
    {
        QTest::addColumn<float>("f0");
        for (const float f0 : {82.4F, 110.0F, 196.0F, 261.6F, 440.0F, 587.3F, 880.0F})
            QTest::addRow("%g Hz", static_cast<double>(f0)) << f0;
    }
    void pitchIsExact()
    {
        QFETCH(float, f0);
        const auto sound = vocode(steadyVowel(200, f0), 1);
        QVERIFY(sound.hasValue());
        const double measured = test::pitchAt(*sound, sound->size() / 2, f0);
        QVERIFY2(std::abs(1200 * std::log2(measured / static_cast<double>(f0))) < 5,
                 qPrintable(QString::number(measured)));
    }

    void lengthFollowsFrames()
    {
        for (const std::size_t count : {0U, 1U, 2U, 3U, 101U}) {
            const auto sound = vocode(steadyVowel(count, 200), 1);
            QVERIFY(sound.hasValue());
            QCOMPARE(sound->size(), sampleOfFrame(count));
        }
        QCOMPARE(sampleOfFrame(200), std::size_t{44100});
    }

    void sameSeedSameSamples()
    {
        const VocoderFrames frames = steadyVowel(80, 220, 0.15F);
        const auto a = vocode(frames, 7);
        const auto b = vocode(frames, 7);
        const auto c = vocode(frames, 8);
        QVERIFY(a.hasValue() && b.hasValue() && c.hasValue());
        QVERIFY(*a == *b);
        QVERIFY(*a != *c);
    }

    void levelFollowsEnvelope()
    {
        VocoderFrames frames = steadyVowel(200, 150);
        const auto before = vocode(frames, 1);
        for (float& e : frames.envelope)
            e += std::log(2.0F);
        const auto after = vocode(frames, 1);
        QVERIFY(before.hasValue() && after.hasValue());
        QVERIFY(std::abs(test::level(*after) / test::level(*before) - 2.0) < 0.01);
    }

    void whiteNoiseReadsZero()
    {
        VocoderFrames frames = steadyVowel(400, 150);
        std::fill(frames.envelope.begin(), frames.envelope.end(), 0.0F);
        std::fill(frames.noise.begin(), frames.noise.end(), 1.0F);
        const auto sound = vocode(frames, 1);
        QVERIFY(sound.hasValue());
        // All but the band above 20 kHz and the high-pass remain.
        QVERIFY(std::abs(test::level(*sound) - 0.95) < 0.06);
    }

    void harmonicsCarryTheSameLevelAsNoise()
    {
        VocoderFrames frames = steadyVowel(400, 150);
        std::fill(frames.envelope.begin(), frames.envelope.end(), -2.0F);
        std::fill(frames.noise.begin(), frames.noise.end(), 1.0F);
        const auto noise = vocode(frames, 1);
        std::fill(frames.noise.begin(), frames.noise.end(), 0.0F);
        const auto voice = vocode(frames, 1);
        QVERIFY(noise.hasValue() && voice.hasValue());
        QVERIFY(std::abs(20 * std::log10(test::level(*voice) / test::level(*noise))) < 1.0);
    }

    void hostileFramesStayFinite()
    {
        VocoderFrames frames = steadyVowel(60, 150);
        for (std::size_t i = 0; i < frames.envelope.size(); i += 7)
            frames.envelope[i] = i % 2 ? -100.0F : 4.0F;
        for (std::size_t t = 0; t < frames.frames(); ++t)
            frames.f0[t] = t % 3 ? 1e-3F : 1e6F;
        for (float& n : frames.noise)
            n = n > 0.05F ? 7.0F : -3.0F;
        const auto sound = vocode(frames, 1);
        QVERIFY(sound.hasValue());
        QVERIFY(std::all_of(sound->begin(), sound->end(), [](float x) { return std::isfinite(x); }));
    }

    void cancelledJobStops()
    {
        JobContext job;
        job.cancel();
        const auto sound = vocode(steadyVowel(200, 150), 1, job);
        QVERIFY(!sound.hasValue());
        QVERIFY(isCancelled(sound.error()));
    }
};

QTEST_APPLESS_MAIN(TestVocoder)
#include "tst_vocoder.moc"
