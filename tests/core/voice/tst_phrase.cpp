#include <QtTest>

#include <voice/expression.h>
#include <voice/phrase.h>

using namespace cantilena;
using namespace cantilena::voice;
using music::Tick;

namespace {

struct Builder {
    song::Song song;
    song::Section section;
    song::Track track;

    Builder()
    {
        song.head.tempo.tempo.value = 120; // a quarter is half a second
        section.id = song.ids.make<song::SectionId>();
        section.bars = 64;
        section.energy = 0.7;
        track.head.id = song.ids.make<song::TrackId>();
        track.head.role = song::Role::Melody;
        track.head.vocal = true;
    }
    void line(const std::vector<std::vector<std::string>>& syllables,
              language::Language language = language::Language::English)
    {
        song::Line line;
        line.id = song.ids.make<song::LineId>();
        for (const auto& phonemes : syllables) {
            song::Word word;
            song::Syllable syllable;
            syllable.id = song.ids.make<song::SyllableId>();
            syllable.phonemes = phonemes;
            syllable.language = language;
            word.syllables.push_back(syllable);
            line.words.push_back(word);
        }
        section.lines.push_back(line);
    }
    song::SyllableId syllable(std::size_t line, std::size_t index) const
    {
        return section.lines[line].words[index].syllables[0].id;
    }
    void note(double beat, double beats, int midi, song::SyllableId syllable)
    {
        song::Note note;
        note.id = song.ids.make<song::NoteId>();
        note.onset = {static_cast<std::int64_t>(beat * music::kTicksPerQuarter)};
        note.duration = {static_cast<std::int64_t>(beats * music::kTicksPerQuarter)};
        note.pitch = {midi};
        note.syllable = syllable;
        track.notes.push_back(note);
    }
    song::Song made() const
    {
        song::Song result = song;
        result.sections = {std::make_shared<const song::Section>(section)};
        result.tracks = {std::make_shared<const song::Track>(track)};
        return result;
    }
};

std::size_t notesIn(const std::vector<Phrase>& phrases)
{
    std::size_t count = 0;
    for (const Phrase& phrase : phrases) {
        for (const SungSyllable& syllable : phrase.syllables)
            count += syllable.notes.size();
    }
    return count;
}

} // namespace

class TestPhrase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsAtRestsAndLines()
    {
        Builder b;
        b.line({{"r", "ey", "n"}, {"iy"}, {"n", "ay", "t"}});
        b.line({{"s", "ow"}, {"l", "ao", "ng"}});
        b.note(4, 1, 60, b.syllable(0, 0));
        b.note(5, 1, 62, b.syllable(0, 1));
        b.note(6.5, 1.25, 64, b.syllable(0, 2)); // a rest of half a beat inside the line
        b.note(8, 1, 65, b.syllable(1, 0));      // a quarter of a beat at the line's end
        b.note(9, 3, 64, b.syllable(1, 1));
        const auto phrases = phrasesOf(b.made());
        QCOMPARE(phrases.size(), 3U);
        QCOMPARE(phrases[0].syllables.size(), 2U);
        QCOMPARE(phrases[1].syllables.size(), 1U);
        QCOMPARE(phrases[2].syllables.size(), 2U);
        QCOMPARE(phrases[0].first, Tick{4 * 960});
        QCOMPARE(phrases[0].last, Tick{6 * 960});
        QCOMPARE(phrases[0].energy, 0.7);
        QVERIFY(phrases[0].breath.value > 0.1);
        QVERIFY(phrases[2].breath.value == 0);
        // times are the song's
        const Phrase& p = phrases[0];
        QVERIFY(std::abs(p.start.value + p.syllables[0].notes[0].start.value - 2.0) < 2e-5);
        QVERIFY(p.start.value >= 0);
        // a phrase begins before its note by its consonants and ends before the next phrase's vowel
        QVERIFY(phrases[1].start.value < 3.25);
        QVERIFY(phrases[1].start.value >= 2.9);
    }
    void melismaAndRepeatedSyllables()
    {
        Builder b;
        b.line({{"ow"}, {"n", "ow"}});
        b.note(0, 1, 60, b.syllable(0, 0));
        b.note(1, 1, 62, b.syllable(0, 0));
        b.note(2, 1, 64, b.syllable(0, 1));
        b.note(3, 1, 62, b.syllable(0, 0));
        const auto phrases = phrasesOf(b.made());
        QCOMPARE(phrases.size(), 1U);
        QCOMPARE(phrases[0].syllables.size(), 3U);
        QCOMPARE(phrases[0].syllables[0].notes.size(), 2U);
        QCOMPARE(phrases[0].start.value, 0.0);
    }
    void everyNoteIsSung()
    {
        Builder b;
        b.line({{"aa"}, {"l", "iy"}});
        b.note(0, 2, 60, b.syllable(0, 0));
        b.note(1, 2, 62, b.syllable(0, 1));          // overlaps
        b.note(1, 1, 65, {});                        // begins together, without a syllable
        b.note(3, 1, 64, song::SyllableId{999'999}); // a syllable that is gone
        b.note(10, 1, 64, {});
        b.note(11, 0.001, 64, {});
        const auto phrases = phrasesOf(b.made());
        QCOMPARE(notesIn(phrases), 6U);
        for (const Phrase& phrase : phrases) {
            double end = 0;
            for (const SungSyllable& syllable : phrase.syllables) {
                for (const SungNote& note : syllable.notes) {
                    QVERIFY(note.start.value >= end - 1e-9);
                    QVERIFY(note.end > note.start);
                    end = note.end.value;
                }
            }
            QVERIFY(phrase.duration.value > end);
        }
        QCOMPARE(phrases.back().syllables[0].phones.nucleus, std::string("aa"));
    }
    void longPhrasesEndAtALine()
    {
        Builder b;
        for (std::size_t l = 0; l < 20; ++l)
            b.line({{"l", "aa"}, {"l", "aa"}, {"l", "aa"}, {"s", "t", "aa"}});
        for (std::size_t i = 0; i < 80; ++i)
            b.note(static_cast<double>(i), 1, 60, b.syllable(i / 4, i % 4));
        const auto phrases = phrasesOf(b.made());
        QCOMPARE(notesIn(phrases), 80U);
        QVERIFY(phrases.size() >= 3);
        for (const Phrase& phrase : phrases) {
            QVERIFY(phrase.duration.value < 16);
            QCOMPARE(phrase.syllables.size() % 4, 0U);
        }
    }
    void equalPhrasesHaveOneHash()
    {
        Builder b;
        b.line({{"s", "ow"}, {"l", "ao", "ng"}});
        for (const double at : {4.0, 20.0, 100.0}) {
            b.note(at, 1, 60, b.syllable(0, 0));
            b.note(at + 1, 2, 62, b.syllable(0, 1));
        }
        b.note(116, 1, 60, b.syllable(0, 0));
        b.note(117, 2, 63, b.syllable(0, 1));
        const auto phrases = phrasesOf(b.made());
        QCOMPARE(phrases.size(), 4U);
        QCOMPARE(phrases[0].hash(), phrases[1].hash());
        QVERIFY(phrases[0].sameSound(phrases[2]));
        QCOMPARE(phrases[0].hash(), phrases[2].hash());
        QVERIFY(phrases[0].hash() != phrases[3].hash());
        QCOMPARE(phrases[0].hash().size(), 64U);
        QVERIFY(singingOf(phrases[0], {}, 7) == singingOf(phrases[2], {}, 7));
    }
    void languageOfMostSyllables()
    {
        Builder b;
        b.line({{"n", "i"}, {"h", "ao"}}, language::Language::Mandarin);
        b.line({{"hh", "ay"}});
        b.note(0, 1, 60, b.syllable(0, 0));
        b.note(1, 1, 60, b.syllable(0, 1));
        b.note(2, 1, 60, b.syllable(1, 0));
        const auto phrases = phrasesOf(b.made());
        QCOMPARE(phrases.size(), 1U);
        QCOMPARE(phrases[0].language, language::Language::Mandarin);
        QCOMPARE(phrases[0].syllables[2].language, language::Language::English);
    }
    void nothingSungGivesNothing()
    {
        QVERIFY(phrasesOf(song::Song{}).empty());
        Builder b;
        QVERIFY(phrasesOf(b.made()).empty());
        b.track.head.vocal = false;
        b.note(0, 1, 60, {});
        QVERIFY(phrasesOf(b.made()).empty());
    }
    void singingHasCurvesForEveryFrame()
    {
        Builder b;
        b.line({{"s", "ow"}, {"l", "ao", "ng"}});
        b.note(4, 1, 60, b.syllable(0, 0));
        b.note(5, 2, 62, b.syllable(0, 1));
        const auto phrases = phrasesOf(b.made());
        const Singing singing = singingOf(phrases[0], {}, 1);
        QCOMPARE(singing.f0.size(), singing.loudness.size());
        QVERIFY(static_cast<double>(singing.f0.size()) * kFrameSeconds >= phrases[0].duration.value - 1e-9);
        QVERIFY(singing.phones.back().end.value <= phrases[0].duration.value);
        QCOMPARE(singing.phones.front().phone, std::string("br"));
    }
};

QTEST_GUILESS_MAIN(TestPhrase)
#include "tst_phrase.moc"
