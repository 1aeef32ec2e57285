#include <QTest>

#include <compose/chord_line.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

/// The bars as text: chords of a bar with a space between, bars with " | ", open places as ".".
std::string written(const ChordSection& section, bool flats = false)
{
    std::string text;
    for (const auto& bar : section.bars) {
        text += text.empty() ? "" : " | ";
        for (std::size_t i = 0; i < bar.size(); ++i)
            text += (i > 0 ? " " : "") + (bar[i] ? bar[i]->symbol(flats) : std::string("."));
    }
    return text;
}

std::string reading(const std::string& text, music::Key key = {}, bool flats = false)
{
    const auto sections = readChordLine(text, key);
    return sections ? written(sections->front(), flats) : "error: " + sections.error().message;
}

const music::Key kAMinor{9, music::Mode::Minor};

} // namespace

class ChordLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSymbols()
    {
        QCOMPARE(reading("C G/B Am F"), std::string("C | G/B | Am | F"));
        QCOMPARE(reading("c g/b am f"), std::string("C | G/B | Am | F"));
        QCOMPARE(reading("C, G, Am, F"), std::string("C | G | Am | F"));
        QCOMPARE(reading("C-G-Am-F"), std::string("C | G | Am | F"));
        QCOMPARE(reading("C – G → Am"), std::string("C | G | Am"));
        QCOMPARE(reading("F#m7b5 B♭maj7 C-7 Dø G°7"), std::string("F#m7b5 | A#maj7 | Cm7 | Dm7b5 | Gdim7"));
        QCOMPARE(reading("Bb E♭/G", {10, music::Mode::Major}, true), std::string("Bb | Eb/G"));
        QCOMPARE(reading("Csus4 Cadd9 G13 F7(#11) E7b9 Am11 C6/9"),
                 std::string("Csus4 | Cadd9 | G9 | F7 | E7 | Am9 | C6"));
        QCOMPARE(reading("Ｃ　Ｇ／Ｂ"), std::string("C | G/B"));
    }

    void readsDegrees()
    {
        QCOMPARE(reading("I V vi IV"), std::string("C | G | Am | F"));
        QCOMPARE(reading("I V vi IV", {7, music::Mode::Major}), std::string("G | D | Em | C"));
        QCOMPARE(reading("ii7 V7 IMaj7 viiø7 vii iv bVII bVI"),
                 std::string("Dm7 | G7 | Cmaj7 | Bm7b5 | Bdim | Fm | A# | G#"));
        QCOMPARE(reading("V7/vi vi V/V ii7/ii vii°/V"), std::string("E7 | Am | D | Em7b5 | F#dim"));
        QCOMPARE(reading("I/3 V/7 I/G"), std::string("C/E | G/B | C/G"));
        QCOMPARE(reading("Ⅰ Ⅵm Ⅳ Ⅴ"), std::string("C | Am | F | G"));
        QCOMPARE(reading("i VI III VII", kAMinor), std::string("Am | F | C | G"));
        QCOMPARE(reading("i bVI bIII bVII", kAMinor), std::string("Am | F | C | G"));
        QCOMPARE(reading("ii7 V7 i iv vii° ii", kAMinor), std::string("Bm7b5 | E7 | Am | Dm | G#dim | Bdim"));
    }

    void readsNumbers()
    {
        QCOMPARE(reading("1 5 6- 4"), std::string("C | G | Am | F"));
        QCOMPARE(reading("1 5 6m 4maj7 1/3 b7 57"), std::string("C | G | Am | Fmaj7 | C/E | A# | G7"));
        QCOMPARE(reading("1 5 6 4 27"), std::string("C | G | Am | F | Dm7")); // as the key has them
        QCOMPARE(reading("6415"), std::string("Am | F | C | G"));
        QCOMPARE(reading("4 5 6- 2"), std::string("F | G | Am | D")); // a minor that is said leaves no other
        QCOMPARE(reading("1 4 5 6", kAMinor), std::string("Am | Dm | Em | F"));
        QCOMPARE(reading("1- 4- 5", kAMinor), std::string("Am | Dm | E"));
        QCOMPARE(reading("1 5/7 6- bb7"), std::string("C | G/B | Am | A#7"));
    }

    void readsBars()
    {
        QCOMPARE(reading("C G | Am | F"), std::string("C G | Am | F"));
        QCOMPARE(reading("| C G | Am | F ||"), std::string("C G | Am | F"));
        QCOMPARE(reading("C % Am -"), std::string("C | C | Am | Am"));
        QCOMPARE(reading("C G | % | Am - - G | - F"), std::string("C G | C G | Am Am Am G | G F"));
        QCOMPARE(reading("C . ? G"), std::string("C | . | . | G"));
        QCOMPARE(reading("|: C | G :| Am |"), std::string("C | G | C | G | Am"));
        QCOMPARE(reading("C | G\nAm | F"), std::string("C | G | Am | F"));
        QCOMPARE(reading("C G\nAm F"), std::string("C | G | Am | F"));
    }

    void readsSections()
    {
        const auto typed = readChordLine("[Verse] C G Am F [Chorus] F G C C\n【桥】 Am | F G", {});
        QVERIFY(typed && typed->size() == 3);
        QCOMPARE((*typed)[0].kind, song::SectionKind::Verse);
        QCOMPARE(written((*typed)[1]), std::string("F | G | C | C"));
        QCOMPARE((*typed)[1].kind, song::SectionKind::Chorus);
        QCOMPARE((*typed)[2].kind, song::SectionKind::Bridge);
        QCOMPARE(written((*typed)[2]), std::string("Am | F G"));
    }

    void badLinesGetOneSentence_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("names");
        const auto row = [](const char* name, const std::string& text, const std::string& names) {
            QTest::newRow(name) << text << names;
        };
        row("unknown", "C G Hm F", "“Hm” (number 3 of the line)");
        row("eighth degree", "1 8", "“8” (number 2 of the line)");
        row("unknown suffix", "Cfoo", "“Cfoo”");
        row("bad bass", "C/H", "“C/H”");
        row("no root", "C /B", "“/B” (number 2");
        row("bad numeral", "IIII", "“IIII”");
        row("unknown mark", "[Dance] C", "“Dance”");
        row("open mark", "[Verse C", "“Verse C”");
        row("nothing", "[Verse] | |", "no chord");
        row("empty", "", "no chord");
        row("nothing to repeat", "% C", "none is before it");
        row("too long", std::string(5000, 'C'), "4000");
        row("too many in a bar", "| C C C C C C C C C C C C C C C C C |", "16");
        row("long token", std::string(300, 'x') + "词", "…”");
        row("not text", "\xff\xfe", "not known");
    }
    void badLinesGetOneSentence()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, names);
        const auto typed = readChordLine(text, {});
        QVERIFY(!typed);
        QVERIFY2(typed.error().message.find(names) != std::string::npos, typed.error().message.c_str());
        QVERIFY(typed.error().message.ends_with("."));
        QVERIFY(typed.error().message.size() < 300);
    }

    void findsTheKey()
    {
        const auto key = [](const std::string& text) {
            const auto said = keyOfChordLine(text);
            return said && said->key ? said->key->name() : std::string();
        };
        QCOMPARE(key("C G Am F"), std::string("C major"));
        QCOMPARE(key("G D Em C"), std::string("G major"));
        QCOMPARE(key("Am F C G"), std::string("A minor"));
        QCOMPARE(key("F#m D A E"), std::string("F# minor"));
        QCOMPARE(key("Dm7 G7 Cmaj7"), std::string("C major"));
        QCOMPARE(key("Am Dm E7 Am"), std::string("A minor"));
        QCOMPARE(key("Bb F/A Gm Eb"), std::string("Bb major"));
        QCOMPARE(key("I V vi IV"), std::string());
        QVERIFY(keyOfChordLine("i VI III VII")->mode == music::Mode::Minor);
        QVERIFY(keyOfChordLine("I V vi IV")->mode == music::Mode::Major);
        QVERIFY(keyOfChordLine("1- 4- 5")->mode == music::Mode::Minor);
        QVERIFY(!keyOfChordLine("6 4 1 5")->mode);
    }

    void placesChords()
    {
        Form form;
        form.sections = {{song::SectionKind::Intro, "Intro", 2, 0.4, 1, -1, {}},
                         {song::SectionKind::Verse, "Verse 1", 3, 0.4, 2, -1, {}},
                         {song::SectionKind::Chorus, "Chorus", 2, 0.8, 3, -1, {}},
                         {song::SectionKind::Verse, "Verse 2", 2, 0.5, 2, -1, {}},
                         {song::SectionKind::Verse, "Verse 3", 1, 0.5, 2, -1, {}}};
        const auto placed = [&](const std::string& text) {
            std::string result;
            for (const LockedChord& chord : placeChords(*readChordLine(text, {}), form))
                result += chord.chord.symbol() + "@" + std::to_string(chord.begin.value / 960) + "-" +
                          std::to_string(chord.end.value / 960) + " ";
            return result;
        };
        // Verse 1 goes round again, verse 2 has its own, verse 3 that of the last; the intro and the chorus
        // are the program's.
        QCOMPARE(placed("[Verse] C G [Verse 2] Am F"),
                 std::string("C@8-12 G@12-16 C@16-20 Am@28-32 F@32-36 Am@36-40 "));
        QCOMPARE(placed("F [Verse] C | . G"),
                 std::string("F@0-4 F@4-8 C@8-12 G@14-16 C@16-20 F@20-24 F@24-28 C@28-32 G@34-36 C@36-40 "));
        // The song does not end in the middle of a line that was meant for all of it.
        QVERIFY(placed("C G Am F").ends_with("C@28-32 G@32-36 "));
        QVERIFY(placed("[Verse] C G Am F").ends_with("G@32-36 C@36-40 "));
        form.sections.resize(1);
        QCOMPARE(placed("C F G | Am - - G"), std::string("C@0-2 F@2-3 G@3-4 Am@4-7 G@7-8 "));
        form.meter = {3, 4};
        QCOMPARE(placed("C F | C F G"), std::string("C@0-2 F@2-3 C@3-4 F@4-5 G@5-6 "));
    }
};

QTEST_APPLESS_MAIN(ChordLineTest)
#include "tst_chord_line.moc"
