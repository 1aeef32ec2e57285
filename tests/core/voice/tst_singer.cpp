#include <QtTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include <music/pitch.h>
#include <voice/singer.h>

#include "signal.h"

using namespace cantilena;
using namespace cantilena::voice;

namespace {

constexpr double kNote = 0.5;

ResourcePaths paths()
{
    ResourcePaths p;
    p.models = std::string(CANTILENA_SOURCE_DIR) + "/models";
    p.resources = std::string(CANTILENA_SOURCE_DIR) + "/resources";
    return p;
}

std::shared_ptr<const Singer> singer()
{
    static const auto opened = Singer::open(paths());
    if (!opened)
        qFatal("%s", opened.error().message.c_str());
    return *opened;
}

void hold(Singing& phrase, double seconds, double hz)
{
    const auto frames = static_cast<std::size_t>(std::lround(seconds / kFrameSeconds));
    phrase.f0.insert(phrase.f0.end(), frames, static_cast<float>(hz));
    phrase.loudness.insert(phrase.loudness.end(), frames, 0.0F);
}

/// "la", or another vowel, on each of these notes, half a second each, after 0.2 s of silence.
Singing lalala(const std::vector<int>& pitches, language::Language language = language::Language::English,
               const std::string& other = {})
{
    Singing phrase;
    phrase.language = language;
    double at = 0.2;
    hold(phrase, at, music::frequency(pitches.front()));
    const std::string vowel = !other.empty() ? other : language == language::Language::English ? "aa" : "c_a";
    for (const int pitch : pitches) {
        phrase.phones.push_back({"l", {at - 0.06}, {at}});
        phrase.phones.push_back({vowel, {at}, {at + kNote - 0.06}});
        hold(phrase, kNote, music::frequency(pitch));
        at += kNote;
    }
    phrase.phones.back().end.value = at - 0.05;
    hold(phrase, 0.2, music::frequency(pitches.back()));
    return phrase;
}

/// Power of a sinusoid of this frequency in the middle half second, Hann window (Goertzel).
double partialPower(const std::vector<float>& x, double hz)
{
    const std::size_t size = kVoiceRate / 2;
    const std::size_t first = (x.size() - size) / 2;
    double re = 0, im = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const double place = static_cast<double>(i) / static_cast<double>(size);
        const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * place);
        const double angle = 2 * std::numbers::pi * hz * static_cast<double>(i) / kVoiceRate;
        re += window * static_cast<double>(x[first + i]) * std::cos(angle);
        im += window * static_cast<double>(x[first + i]) * std::sin(angle);
    }
    return re * re + im * im;
}

bool allFinite(const std::vector<float>& x)
{
    return std::all_of(x.begin(), x.end(), [](float v) { return std::isfinite(v); });
}

} // namespace

class TestSinger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void singersAreUsable()
    {
        const auto all = listSingers(paths().resources);
        QVERIFY(all.hasValue());
        std::map<Gender, int> genders;
        std::set<std::string> styles;
        for (const SingerInfo& s : *all) {
            ++genders[s.gender];
            styles.insert(s.style);
            QVERIFY(!s.name.empty() && !s.nameChinese.empty() && !s.styleChinese.empty());
            QVERIFY(!s.suits.empty());
            QVERIFY(std::filesystem::exists(paths().resources / "singers" / s.portrait));
            QVERIFY(s.comfortHighest.midi - s.comfortLowest.midi >= 12);
        }
        QVERIFY(genders[Gender::Female] >= 2 && genders[Gender::Male] >= 2);
        QCOMPARE(styles.size(), all->size());
        QVERIFY(!listSingers("/nonexistent").hasValue());
        QVERIFY(singer()->find("nobody") == nullptr);
    }

    void scaleIsInTune_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("mandarin");
        for (const SingerInfo& s : singer()->singers()) {
            QTest::addRow("%s en", s.id.c_str()) << QString::fromStdString(s.id) << false;
            QTest::addRow("%s zh", s.id.c_str()) << QString::fromStdString(s.id) << true;
        }
    }
    void scaleIsInTune()
    {
        QFETCH(QString, id);
        QFETCH(bool, mandarin);
        const SingerInfo* who = singer()->find(id.toStdString());
        QVERIFY(who);
        std::vector<int> scale;
        for (const int step : {0, 2, 4, 5, 7, 9, 11, 12})
            scale.push_back(who->comfortLowest.midi + step);
        const auto sound = singer()->sing(
            lalala(scale, mandarin ? language::Language::Mandarin : language::Language::English), *who, {},
            1);
        QVERIFY2(sound.hasValue(), sound ? "" : sound.error().message.c_str());
        QVERIFY(allFinite(*sound));
        for (std::size_t i = 0; i < scale.size(); ++i) {
            const double hz = music::frequency(scale[i]);
            const auto centre =
                static_cast<std::size_t>((0.2 + kNote * (static_cast<double>(i) + 0.4)) * kVoiceRate);
            const double cents = 1200 * std::log2(test::pitchAt(*sound, centre, hz) / hz);
            QVERIFY2(std::abs(cents) < 10,
                     qPrintable(QStringLiteral("note %1: %2 cents").arg(scale[i]).arg(cents)));
            const double level = 20 * std::log10(test::level(*sound, centre, centre + 4410));
            QVERIFY2(level > -32 && level < -10,
                     qPrintable(QStringLiteral("note %1: %2 dB").arg(scale[i]).arg(level)));
        }
    }

    void highNotesDoNotFade_data()
    {
        QTest::addColumn<QString>("vowel");
        for (const char* vowel : {"aa", "iy", "uw", "eh", "ow"})
            QTest::newRow(vowel) << vowel;
    }
    void highNotesDoNotFade()
    {
        // Above its first formant a closed vowel has nothing to sound in, unless the mouth opens.
        QFETCH(QString, vowel);
        for (const char* id : {"lin", "juno", "marlow", "rowan"}) {
            const SingerInfo* who = singer()->find(id);
            QVERIFY(who);
            std::vector<double> levels;
            for (const int pitch : {who->comfortLowest.midi, who->highest.midi}) {
                const auto sound = singer()->sing(
                    lalala({pitch}, language::Language::English, vowel.toStdString()), *who, {}, 1);
                QVERIFY(sound.hasValue());
                levels.push_back(20 * std::log10(test::level(*sound, 17640, 26460)));
            }
            QVERIFY2(std::abs(levels[1] - levels[0]) < 6,
                     qPrintable(QString("%1: %2, %3 dB").arg(id).arg(levels[0]).arg(levels[1])));
        }
    }

    void nothingToSingIsSilent()
    {
        const SingerInfo& who = singer()->singers().front();
        const auto none = singer()->sing({}, who, {}, 1);
        QVERIFY(none.hasValue() && none->empty());
        Singing pause;
        hold(pause, 1.0, 200);
        const auto silent = singer()->sing(pause, who, {}, 1);
        QVERIFY(silent.hasValue());
        QCOMPARE(silent->size(), std::size_t{kVoiceRate});
        QVERIFY(std::all_of(silent->begin(), silent->end(), [](float x) { return x == 0.0F; }));
    }

    void sameSamplesEveryTime()
    {
        const SingerInfo& who = singer()->singers().front();
        const auto a = singer()->sing(lalala({60, 64}), who, {}, 3);
        const auto b = singer()->sing(lalala({60, 64}), who, {}, 3);
        QVERIFY(a.hasValue() && b.hasValue());
        QVERIFY(*a == *b);
    }

    void edgesDoNotClick()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase;
        hold(phrase, 0.6, 220);
        phrase.phones = {{"aa", {0}, {0.6}}};
        const auto sound = singer()->sing(phrase, who, {}, 1);
        QVERIFY(sound.hasValue());
        const double inner = test::level(*sound);
        QVERIFY(std::abs(static_cast<double>(sound->front())) < 0.05 * inner);
        QVERIFY(std::abs(static_cast<double>(sound->back())) < 0.05 * inner);
        QVERIFY(test::level(*sound, 0, 44) < 0.5 * inner);
    }

    void voicelessPhonesHaveNoPitch()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase;
        hold(phrase, 0.8, 220);
        phrase.phones = {{"aa", {0.05}, {0.3}}, {"s", {0.3}, {0.5}}, {"aa", {0.5}, {0.75}}};
        const auto sound = singer()->sing(phrase, who, {}, 1);
        QVERIFY(sound.hasValue());
        // Below 1 kHz a hiss has next to nothing: a running mean of 1 ms keeps only what is below.
        std::vector<float> low(sound->size());
        double sum = 0;
        for (std::size_t i = 0; i < sound->size(); ++i) {
            sum += static_cast<double>((*sound)[i]);
            if (i >= 44)
                sum -= static_cast<double>((*sound)[i - 44]);
            low[i] = static_cast<float>(sum / 44);
        }
        const auto at = [](double s) { return static_cast<std::size_t>(s * kVoiceRate); };
        QVERIFY(test::level(low, at(0.36), at(0.45)) < 0.06 * test::level(low, at(0.1), at(0.25)));
        QVERIFY(test::level(*sound, at(0.36), at(0.45)) > 0.02 * test::level(*sound, at(0.1), at(0.25)));
    }

    void everyPhoneSounds()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase;
        double at = 0.1;
        hold(phrase, 0.1, 220);
        for (const char* vowel : {"aa",  "ae",  "ah",  "ao",  "aw",   "ax",    "ay",   "eh",    "er",
                                  "ey",  "ih",  "iy",  "ow",  "oy",   "uh",    "uw",   "c_a",   "c_o",
                                  "c_e", "c_i", "c_u", "c_v", "c_ii", "c_iii", "c_er", "c_ang", "c_ie"}) {
            phrase.phones.push_back({vowel, {at}, {at + 0.25}});
            hold(phrase, 0.3, 220);
            at += 0.3;
        }
        for (const auto language : {language::Language::English, language::Language::Mandarin}) {
            phrase.language = language;
            const auto sound = singer()->sing(phrase, who, {}, 1);
            QVERIFY(sound.hasValue());
            for (const TimedPhone& p : phrase.phones) {
                const auto from = static_cast<std::size_t>((p.start.value + 0.08) * kVoiceRate);
                const double dB = 20 * std::log10(test::level(*sound, from, from + 4410));
                QVERIFY2(
                    dB > -36,
                    qPrintable(QStringLiteral("%1: %2 dB").arg(QString::fromStdString(p.phone)).arg(dB)));
            }
        }
    }

    void singersSoundDifferent()
    {
        // The same note by each: the levels of octave bands tell them apart by a decibel or more somewhere.
        const auto bands = [](const std::vector<float>& x) {
            std::vector<double> levels;
            for (const double centre : {500.0, 1000.0, 2000.0, 4000.0, 8000.0}) {
                double sum = 0;
                for (const double factor : {0.75, 0.9, 1.1, 1.3})
                    sum += partialPower(x, centre * factor);
                levels.push_back(10 * std::log10(sum + 1e-12));
            }
            return levels;
        };
        std::vector<std::vector<double>> all;
        for (const SingerInfo& who : singer()->singers()) {
            const auto sound = singer()->sing(lalala({62, 62}), who, {}, 1);
            QVERIFY(sound.hasValue());
            all.push_back(bands(*sound));
        }
        for (std::size_t a = 0; a < all.size(); ++a)
            for (std::size_t b = a + 1; b < all.size(); ++b) {
                double most = 0;
                for (std::size_t k = 1; k < all[a].size(); ++k)
                    most = std::max(most, std::abs((all[a][k] - all[a][0]) - (all[b][k] - all[b][0])));
                QVERIFY2(most > 1.5, qPrintable(QStringLiteral("%1 and %2: %3 dB").arg(a).arg(b).arg(most)));
            }
    }

    void consonantsGetFirmer()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase;
        hold(phrase, 0.8, 220);
        phrase.phones = {{"aa", {0.05}, {0.3}}, {"s", {0.3}, {0.5}}, {"aa", {0.5}, {0.75}}};
        const auto at = [](double s) { return static_cast<std::size_t>(s * kVoiceRate); };
        const auto share = [&](double consonants) {
            Colour colour;
            colour.consonants = consonants;
            const auto sound = singer()->sing(phrase, who, colour, 1);
            return test::level(*sound, at(0.36), at(0.45)) / test::level(*sound, at(0.1), at(0.25));
        };
        const double smooth = 20 * std::log10(share(0)), own = 20 * std::log10(share(0.5)),
                     firm = 20 * std::log10(share(1));
        QVERIFY2(firm > own + 5 && own > smooth + 5,
                 qPrintable(QStringLiteral("%1 %2 %3 dB").arg(smooth).arg(own).arg(firm)));
    }

    void growlSwingsAtHalfThePitch()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase;
        hold(phrase, 1.0, 220);
        phrase.loudness.assign(phrase.loudness.size(), 4.0F);
        phrase.phones = {{"aa", {0.05}, {0.95}}};
        const auto half = [&](double growl) {
            Colour colour;
            colour.growl = growl;
            const auto sound = singer()->sing(phrase, who, colour, 1);
            // Partials between those of the pitch, against those of the pitch.
            double between = 0, own = 0;
            for (int k = 1; k <= 6; ++k) {
                between += partialPower(*sound, 110.0 * (2 * k + 1));
                own += partialPower(*sound, 220.0 * k);
            }
            return 10 * std::log10(between / own);
        };
        const double none = half(0), some = half(0.5), full = half(1);
        QVERIFY2(none < -30 && some > none + 10 && full > some + 2,
                 qPrintable(QStringLiteral("%1 %2 %3 dB").arg(none).arg(some).arg(full)));
    }

    void badPhrasesAreRefused()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase = lalala({60});
        phrase.phones[0].phone = "xyz";
        QVERIFY(!singer()->sing(phrase, who, {}, 1).hasValue());
        phrase = lalala({60});
        phrase.loudness.pop_back();
        QVERIFY(!singer()->sing(phrase, who, {}, 1).hasValue());
        phrase = lalala({60});
        phrase.f0[5] = std::nanf("");
        QVERIFY(!singer()->sing(phrase, who, {}, 1).hasValue());
        phrase = lalala({60});
        phrase.f0[5] = 0;
        QVERIFY(!singer()->sing(phrase, who, {}, 1).hasValue());
        phrase = lalala({60});
        std::swap(phrase.phones[0], phrase.phones[1]);
        QVERIFY(!singer()->sing(phrase, who, {}, 1).hasValue());
        phrase = lalala({60});
        phrase.phones[1].end.value = -1;
        QVERIFY(!singer()->sing(phrase, who, {}, 1).hasValue());
    }

    void phonesOutsideTheCurvesAreCut()
    {
        const SingerInfo& who = singer()->singers().front();
        Singing phrase = lalala({60});
        phrase.phones.push_back({"s", {100}, {200}});
        const auto sound = singer()->sing(phrase, who, {}, 1);
        QVERIFY(sound.hasValue() && allFinite(*sound));
    }

    void cancelStops()
    {
        JobContext job;
        job.cancel();
        const auto sound = singer()->sing(lalala({60}), singer()->singers().front(), {}, 1, job);
        QVERIFY(!sound.hasValue() && isCancelled(sound.error()));
    }

    void coloursChangeTheSound()
    {
        const SingerInfo& who = singer()->singers().front();
        const auto plain = singer()->sing(lalala({62}), who, {}, 1);
        QVERIFY(plain.hasValue());
        for (const Colour& colour : {Colour{0.9, 0.5, 0.5, 0.5}, Colour{0.5, 0.9, 0.5, 0.5},
                                     Colour{0.5, 0.5, 0.9, 0.5}, Colour{0.5, 0.5, 0.5, 0.9}}) {
            const auto other = singer()->sing(lalala({62}), who, colour, 1);
            QVERIFY(other.hasValue() && allFinite(*other));
            QVERIFY(*other != *plain);
        }
    }
};

QTEST_APPLESS_MAIN(TestSinger)
#include "tst_singer.moc"
