#include <QtTest>

#include <cmath>

#include <base/random.h>
#include <voice/consonant_length.h>
#include <voice/phone_timing.h>

#include "phrases.h"

using namespace cantilena;
using namespace cantilena::voice;
using phrases::Given;

namespace {

std::vector<std::string> namesOf(const std::vector<TimedPhone>& phones)
{
    std::vector<std::string> names;
    for (const TimedPhone& phone : phones) {
        if (phone.phone != "br")
            names.push_back(phone.phone);
    }
    return names;
}

std::vector<std::string> expectedNames(const Phrase& phrase)
{
    std::vector<std::string> names;
    for (const SungSyllable& s : phrase.syllables) {
        names.insert(names.end(), s.phones.onset.begin(), s.phones.onset.end());
        names.push_back(s.phones.nucleus);
        names.insert(names.end(), s.phones.coda.begin(), s.phones.coda.end());
    }
    return names;
}

/// The timed phone that is the nucleus of each syllable, by counting phones.
std::vector<TimedPhone> nuclei(const Phrase& phrase, const std::vector<TimedPhone>& phones)
{
    std::vector<TimedPhone> result;
    std::size_t at = !phones.empty() && phones[0].phone == "br" ? 1 : 0;
    for (const SungSyllable& s : phrase.syllables) {
        at += s.phones.onset.size();
        result.push_back(phones[at]);
        at += 1 + s.phones.coda.size();
    }
    return result;
}

} // namespace

class TestPhoneTiming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void vowelsBeginOnTheirNotes()
    {
        const Phrase p = phrases::phrase({{{"s", "t", "r", "ao"}, {60}, 0.5},
                                          {{"n", "ay", "t"}, {64}, 0.25},
                                          {{"k", "ae", "n"}, {62}, 0.4, 0.5},
                                          {{"l", "ah", "v"}, {60}, 1.0}});
        const auto phones = timePhones(p);
        QCOMPARE(namesOf(phones), expectedNames(p));
        const auto found = nuclei(p, phones);
        for (std::size_t i = 0; i < found.size(); ++i)
            QCOMPARE(found[i].start.value, p.syllables[i].notes[0].start.value);
        // unhurried consonants keep their length
        QVERIFY(std::abs(phones[0].end.value - phones[0].start.value -
                         consonantSeconds("s", ConsonantPlace::OnsetCluster, AfterConsonant::Noise, 0.6)) <
                1e-9);
    }
    void theRestStaysARest()
    {
        const Phrase p = phrases::phrase({{{"ah"}, {60}, 0.5, 0.5}, {{"m", "iy"}, {60}, 0.5}});
        const auto phones = timePhones(p);
        QCOMPARE(phones[0].end.value, 0.9);
        QVERIFY(std::abs(phones[1].start.value -
                         (1.4 - consonantSeconds("m", ConsonantPlace::Onset, AfterConsonant::Vowel, 0.6))) <
                1e-9);
    }
    void melismaHoldsTheVowel()
    {
        const Phrase p = phrases::phrase({{{"s", "ow", "l"}, {60, 62, 64}, 0.9}, {{"d", "ey"}, {60}, 0.5}});
        const auto phones = timePhones(p);
        QCOMPARE(namesOf(phones), expectedNames(p));
        QVERIFY(phones[1].end > p.syllables[0].notes[2].start);
    }
    void aRestInsideAMelismaIsKept()
    {
        Phrase p = phrases::phrase({{{"ow"}, {60, 62}, 1.0}});
        p.syllables[0].notes[1].start.value += 0.2;
        const auto phones = timePhones(p);
        QCOMPARE(phones.size(), 2U);
        QCOMPARE(phones[0].end.value, p.syllables[0].notes[0].end.value);
        QCOMPARE(phones[1].start.value, p.syllables[0].notes[1].start.value);
    }
    void breathIsBeforeTheFirstConsonant()
    {
        Phrase p = phrases::phrase({{{"s", "iy"}, {60}, 0.5}}, 0.6);
        p.breath = {0.3};
        const auto phones = timePhones(p);
        QCOMPARE(phones[0].phone, std::string("br"));
        QVERIFY(phones[0].end <= phones[1].start);
        QVERIFY(std::abs(phones[0].end.value - phones[0].start.value - 0.3) < 1e-9);
    }
    void nothingIsDroppedAtAnySpeed_data()
    {
        QTest::addColumn<double>("seconds");
        for (const double seconds : {0.02, 0.05, 0.08, 0.1, 0.15, 0.25, 0.5, 2.0})
            QTest::newRow(QByteArray::number(seconds)) << seconds;
    }
    void nothingIsDroppedAtAnySpeed()
    {
        QFETCH(double, seconds);
        const Random random(5, "phone timing");
        const std::vector<std::vector<std::string>> words = {{"s", "t", "r", "eh", "ng", "th", "s"},
                                                             {"ay"},
                                                             {"hh", "ae", "n", "d", "z"},
                                                             {"g", "r", "ow"},
                                                             {"ih", "t"}};
        for (std::uint64_t trial = 0; trial < 20; ++trial) {
            std::vector<Given> given;
            for (std::uint64_t k = 0; k < 6; ++k) {
                const Random here = random.at({trial, k});
                given.push_back({words[here.index(words.size())],
                                 {60.0 + static_cast<double>(here.index(7, 1))},
                                 seconds,
                                 here.uniform(2) < 0.3 ? here.uniform(0.0, 0.3, 3) : 0.0});
            }
            const Phrase p = phrases::phrase(given, trial % 2 == 0 ? 0.4 : 0.05);
            const auto phones = timePhones(p);
            QCOMPARE(namesOf(phones), expectedNames(p));
            QVERIFY(phones.front().start.value >= 0);
            for (std::size_t i = 0; i < phones.size(); ++i) {
                QVERIFY(phones[i].end.value > phones[i].start.value);
                if (i > 0)
                    QVERIFY(phones[i].start.value >= phones[i - 1].end.value);
            }
            QVERIFY(phones.back().end <= p.duration);
            const auto found = nuclei(p, phones);
            for (std::size_t i = 0; i < found.size(); ++i) {
                QVERIFY(std::abs(found[i].start.value - p.syllables[i].notes[0].start.value) < 1e-9);
                const double least = std::min(0.04, 0.59 * seconds);
                QVERIFY(found[i].end.value - found[i].start.value >= least - 1e-9);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPhoneTiming)
#include "tst_phone_timing.moc"
