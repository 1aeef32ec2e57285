#include <QtTest>

#include <algorithm>
#include <cmath>

#include <base/random.h>
#include <music/pitch.h>
#include <voice/pitch_curve.h>
#include <voice/singing.h>

#include "phrases.h"

using namespace cantilena;
using namespace cantilena::voice;
using phrases::Given;

namespace {

double centsAbove(double hz, double midi)
{
    return 100 * (music::midiOfFrequency(hz) - midi);
}

/// Cents above the score at the frames of a note between two places (0 start, 1 end).
std::vector<double> deviations(const std::vector<float>& curve, const SungNote& note, double from, double to)
{
    std::vector<double> result;
    const double length = note.end.value - note.start.value;
    for (std::size_t f = 0; f < curve.size(); ++f) {
        const double at = (static_cast<double>(f) * kFrameSeconds - note.start.value) / length;
        if (at >= from && at <= to)
            result.push_back(centsAbove(curve[f], note.midi));
    }
    return result;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

class TestPitchCurve : public QObject {
    Q_OBJECT

    static Phrase melody(std::uint64_t seed, language::Language language = language::Language::English)
    {
        const Random random(seed, "melody for tests");
        std::vector<Given> given;
        double midi = 64;
        for (std::uint64_t k = 0; k < 24; ++k) {
            const Random here = random.at({k});
            midi = std::clamp(midi + std::round(here.uniform(-7.0, 7.0)), 55.0, 76.0);
            given.push_back({{"l", language == language::Language::English ? "aa" : "a"},
                             {midi},
                             here.uniform(0.2, 1.6, 1),
                             here.uniform(2) < 0.2 ? 0.15 : 0.0,
                             language,
                             static_cast<int>(here.index(5, 3)) + 1});
        }
        return phrases::phrase(given);
    }

private Q_SLOTS:
    void middleOfNotesIsInTune()
    {
        for (const auto language : {language::Language::English, language::Language::Mandarin}) {
            std::vector<double> medians;
            std::size_t within = 0;
            for (std::uint64_t seed = 1; seed <= 10; ++seed) {
                const Phrase p = melody(seed, language);
                const auto curve = pitchCurve(p, {}, seed);
                for (const SungSyllable& s : p.syllables) {
                    const double off = std::abs(median(deviations(curve, s.notes[0], 0.25, 0.75)));
                    medians.push_back(off);
                    within += off < 20 ? 1 : 0;
                }
            }
            qInfo("middle half of %zu notes: median %.1f cents, %zu within 20", medians.size(),
                  median(medians), within);
            QVERIFY(median(medians) <= 10);
            QVERIFY(within >= medians.size() * 95 / 100);
        }
    }
    void oneFrameEveryFiveMilliseconds()
    {
        const Phrase p = phrases::phrase({{{"aa"}, {60}, 1.0}});
        const auto curve = pitchCurve(p, {}, 1);
        QCOMPARE(curve.size(), static_cast<std::size_t>(std::ceil(p.duration.value / kFrameSeconds)));
        for (const float hz : curve)
            QVERIFY(hz > 50 && hz < 1000);
    }
    void longNotesHaveVibratoAndShortOnesNone()
    {
        const Phrase p = phrases::phrase({{{"aa"}, {62}, 0.4}, {{"l", "aa"}, {62}, 2.0}});
        PitchStyle style;
        style.drift = 0;
        style.scoop = 0;
        const auto curve = pitchCurve(p, style, 3);
        const auto early = deviations(curve, p.syllables[1].notes[0], 0.02, 0.1);
        const auto late = deviations(curve, p.syllables[1].notes[0], 0.5, 0.9);
        const auto brief = deviations(curve, p.syllables[0].notes[0], 0.5, 0.8);
        QVERIFY(*std::max_element(late.begin(), late.end()) > 25);
        QVERIFY(*std::min_element(late.begin(), late.end()) < -25);
        QVERIFY(*std::max_element(late.begin(), late.end()) < 50);
        QVERIFY(*std::max_element(early.begin(), early.end()) < 8);
        QVERIFY(*std::max_element(brief.begin(), brief.end()) < 8);
        // its rate, from crossings of the score
        int crossings = 0;
        for (std::size_t i = 1; i < late.size(); ++i)
            crossings += (late[i - 1] < 0) != (late[i] < 0) ? 1 : 0;
        const double rate = crossings / 2.0 / (static_cast<double>(late.size()) * kFrameSeconds);
        QVERIFY2(rate > 4.5 && rate < 6.7, qPrintable(QString::number(rate)));
        style.vibrato = 0;
        const auto still = deviations(pitchCurve(p, style, 3), p.syllables[1].notes[0], 0.3, 0.8);
        QVERIFY(*std::max_element(still.begin(), still.end()) < 2);
    }
    void glidesOvershootALittle()
    {
        const Phrase p = phrases::phrase({{{"aa"}, {60}, 0.5}, {{"aa"}, {67}, 0.4}});
        PitchStyle style;
        style.drift = 0;
        const auto curve = pitchCurve(p, style, 1);
        const auto note = deviations(curve, p.syllables[1].notes[0], 0.0, 1.0);
        const double peak = *std::max_element(note.begin(), note.end());
        QVERIFY2(peak > 5 && peak < 50, qPrintable(QString::number(peak)));
        for (std::size_t f = 1; f < curve.size(); ++f)
            QVERIFY(std::abs(1200 * std::log2(curve[f] / curve[f - 1])) < 150);
    }
    void phrasesBeginBelowAndEndBelow()
    {
        const Phrase p = phrases::phrase({{{"aa"}, {60}, 0.6}, {{"l", "aa"}, {64}, 0.8}});
        const auto curve = pitchCurve(p, {}, 1);
        QVERIFY(centsAbove(curve.front(), 60) < -30);
        const auto ending = deviations(curve, p.syllables[1].notes[0], 0.97, 1.0);
        QVERIFY(ending.back() < -15);
    }
    void drawnLinesAreFollowed()
    {
        Phrase p = phrases::phrase({{{"aa"}, {60}, 0.6}, {{"l", "aa"}, {64}, 1.2}});
        const auto own = pitchCurve(p, {}, 1);
        SungNote& note = p.syllables[1].notes[0];
        const double start = note.start.value + 0.2, end = note.start.value + 0.9;
        for (const double share : {0.0, 0.5, 1.0})
            note.drawn.push_back({{start + share * (end - start)}, 64 + 2 * share});
        const auto curve = pitchCurve(p, {}, 1);
        for (std::size_t f = 0; f < curve.size(); ++f) {
            const double at = static_cast<double>(f) * kFrameSeconds;
            if (at < start || at > end)
                QVERIFY(curve[f] == own[f]);
            else if (at > start + 0.04 && at < end - 0.04)
                QVERIFY(std::abs(centsAbove(curve[f], 64) - 200 * (at - start) / (end - start)) < 1);
            if (f > 0) // joins are glides, not steps
                QVERIFY(std::abs(1200 * std::log2(curve[f] / curve[f - 1])) < 150);
        }
    }
    void habitsDoWhatTheySay()
    {
        const Phrase p = phrases::phrase({{{"aa"}, {60}, 0.5}, {{"l", "aa"}, {67}, 1.5}});
        const SungNote& second = p.syllables[1].notes[0];
        PitchStyle plain;
        plain.drift = 0;
        const auto most = [&](const PitchStyle& style, double from, double to) {
            const auto d = deviations(pitchCurve(p, style, 2), second, from, to);
            return *std::max_element(d.begin(), d.end());
        };
        PitchStyle more = plain;
        more.overshoot = 1.8;
        QVERIFY(most(more, 0, 0.15) > most(plain, 0, 0.15) + 10);
        PitchStyle slow = plain;
        slow.glide = 2.5;
        const auto arrives = [&](const PitchStyle& style) {
            const auto d = deviations(pitchCurve(p, style, 2), second, 0, 1);
            return std::find_if(d.begin(), d.end(), [](double cents) { return cents > -30; }) - d.begin();
        };
        QVERIFY(arrives(slow) > arrives(plain) + 5);
        PitchStyle late = plain;
        late.delay = 2;
        QVERIFY(most(late, 0.2, 0.3) < most(plain, 0.2, 0.3));
        // Before a leap of a fifth the voice dips: the end of the first note lies under the score.
        const auto end = deviations(pitchCurve(p, plain, 2), p.syllables[0].notes[0], 0.82, 0.95);
        QVERIFY(*std::min_element(end.begin(), end.end()) < -15);
    }
    void sameSeedSameCurve()
    {
        const Phrase p = melody(4);
        QCOMPARE(pitchCurve(p, {}, 9), pitchCurve(p, {}, 9));
        QVERIFY(pitchCurve(p, {}, 9) != pitchCurve(p, {}, 10));
    }
    void nothingGivesNothing() { QVERIFY(pitchCurve(Phrase{}, {}, 1).empty()); }
};

QTEST_GUILESS_MAIN(TestPitchCurve)
#include "tst_pitch_curve.moc"
