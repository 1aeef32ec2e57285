#include <QtTest>

#include <set>

#include <music/chord.h>

using namespace cantilena::music;

class TestChord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void symbolsGoThereAndBack()
    {
        for (int root = 0; root < 12; ++root) {
            for (int quality = 0; quality <= static_cast<int>(ChordQuality::Power); ++quality) {
                for (int bass = 0; bass < 12; ++bass) {
                    const Chord chord(root, static_cast<ChordQuality>(quality), bass);
                    for (const bool flats : {false, true})
                        QVERIFY2(Chord::parse(chord.symbol(flats)) == chord, chord.symbol(flats).c_str());
                }
            }
        }
    }

    void notes()
    {
        QCOMPARE(Chord(0, ChordQuality::Major).pitchClasses(), (std::vector<int>{0, 4, 7}));
        QCOMPARE(Chord(9, ChordQuality::Minor7).pitchClasses(), (std::vector<int>{9, 0, 4, 7}));
        QCOMPARE(Chord(0, ChordQuality::Major, 2).pitchClasses(), (std::vector<int>{0, 4, 7, 2}));
        QCOMPARE(Chord(0, ChordQuality::Add9).intervals(), (std::vector<int>{0, 4, 7, 14}));
        QVERIFY(Chord(0, ChordQuality::Add9).contains(2));
        QVERIFY(Chord(0, ChordQuality::Major).contains(-5));
        QVERIFY(!Chord(0, ChordQuality::Major).contains(5));
    }

    void everyQualityBeginsOnItsRootAndRises()
    {
        std::set<std::vector<int>> seen;
        for (int quality = 0; quality <= static_cast<int>(ChordQuality::Power); ++quality) {
            const std::vector<int> intervals = Chord(0, static_cast<ChordQuality>(quality)).intervals();
            QCOMPARE(intervals.front(), 0);
            QVERIFY(std::is_sorted(intervals.begin(), intervals.end()));
            QVERIFY(seen.insert(intervals).second);
        }
    }

    void minorOrNot()
    {
        QVERIFY(Chord(0, ChordQuality::Minor).isMinor());
        QVERIFY(Chord(0, ChordQuality::HalfDiminished7).isMinor());
        QVERIFY(!Chord(0, ChordQuality::Dominant7).isMinor());
        QVERIFY(!Chord(0, ChordQuality::Sus4).isMinor());
    }

    void otherSpellings()
    {
        const auto is = [](const char* text, int root, ChordQuality quality) {
            return Chord::parse(text) == Chord(root, quality);
        };
        QVERIFY(is("Cmin", 0, ChordQuality::Minor));
        QVERIFY(is("C-7", 0, ChordQuality::Minor7));
        QVERIFY(is("CM7", 0, ChordQuality::Major7));
        QVERIFY(is("C°", 0, ChordQuality::Diminished));
        QVERIFY(is("Cø", 0, ChordQuality::HalfDiminished7));
        QVERIFY(is("C+", 0, ChordQuality::Augmented));
        QVERIFY(is("B♭sus", 10, ChordQuality::Sus4));
        QVERIFY(is("F♯m", 6, ChordQuality::Minor));
        QVERIFY(is("Cb", 11, ChordQuality::Major));
        for (const char* text : {"", "H", "c", "Cq", "C/", "C/H", "C/E/G", "N.C.", "/C", "C ", "😀"})
            QVERIFY2(!Chord::parse(text), text);
    }
};

QTEST_APPLESS_MAIN(TestChord)
#include "tst_chord.moc"
