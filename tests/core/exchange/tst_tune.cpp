#include <string>

#include <QTest>

#include <exchange/midi.h>
#include <exchange/tune.h>

using namespace cantilena;
using namespace cantilena::exchange;

namespace {

constexpr std::int64_t kQuarter = music::kTicksPerQuarter;

/// A score of one part around these measures.
std::string score(const std::string& measures)
{
    return "<?xml version=\"1.0\"?><score-partwise version=\"4.0\"><work><work-title>Test</work-title></work>"
           "<part-list><score-part id=\"P1\"/></part-list><part id=\"P1\">" +
           measures + "</part></score-partwise>";
}

std::string attributes(int divisions = 2, int beats = 4, int fifths = 0)
{
    return "<attributes><divisions>" + std::to_string(divisions) + "</divisions><key><fifths>" +
           std::to_string(fifths) + "</fifths></key><time><beats>" + std::to_string(beats) +
           "</beats><beat-type>4</beat-type></time></attributes>";
}

std::string note(const char* step, int octave, int duration, const std::string& more = {})
{
    return std::string("<note>") + "<pitch><step>" + step + "</step><octave>" + std::to_string(octave) +
           "</octave></pitch><duration>" + std::to_string(duration) + "</duration><voice>1</voice>" + more +
           "</note>";
}

std::string sung(const char* text, const char* syllabic = "single", int verse = 1)
{
    return "<lyric number=\"" + std::to_string(verse) + "\"><syllabic>" + syllabic + "</syllabic><text>" +
           text + "</text></lyric>";
}

std::string measure(const std::string& content, const char* more = "")
{
    return std::string("<measure number=\"1\"") + more + ">" + content + "</measure>";
}

MidiNote midiNote(std::int64_t onset, std::int64_t duration, int key, int channel = 0)
{
    return {{onset}, {duration}, key, 90, channel};
}

} // namespace

/// Melodies out of MIDI files and scores.
class TuneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSungTrackIsTheTune()
    {
        MidiFile file;
        file.tempi.push_back({{0}, {92}});
        file.meters.push_back({{0}, {3, 4}});
        MidiTrack bass{"Bass", 1, 33, {}, {}, {}}, voice{"Track 2", 0, 52, {}, {}, {}},
            drums{"Drums", 9, 0, {}, {}, {}};
        for (int i = 0; i < 6; ++i) {
            bass.notes.push_back(midiNote(i * kQuarter, kQuarter, 36 + i, 1));
            voice.notes.push_back(midiNote(i * kQuarter + 11, kQuarter - 30, 60 + i));
            drums.notes.push_back(midiNote(i * kQuarter, 100, 38, 9));
        }
        const char* words[] = {"Mor", "ning ", "comes ", "a", "gain", " now"};
        for (int i = 0; i < 6; ++i)
            voice.lyrics.push_back({{i * kQuarter + 11}, words[i]});
        file.tracks = {drums, bass, voice};
        const auto tune = tuneOf(file);
        QVERIFY(tune);
        QCOMPARE(tune->notes.size(), std::size_t(6));
        QCOMPARE(tune->meter, (music::Meter{3, 4}));
        QCOMPARE(tune->tempo->value, 92.0);
        // Written on the grid; what was played is the shift.
        QCOMPARE(tune->notes[3].onset.value, 3 * kQuarter);
        QCOMPARE(tune->notes[3].shift.value, std::int64_t(11));
        QCOMPARE(tune->notes[0].syllable, std::string("Mor"));
        QVERIFY(tune->notes[0].joins && !tune->notes[1].joins);
        QVERIFY(tune->notes[3].joins && !tune->notes[4].joins); // "a" + "gain": no space between them
        QCOMPARE(tune->lost.size(), std::size_t(1));
    }

    void linesOfKaraokeFiles()
    {
        MidiFile file;
        MidiTrack voice{"Words", 0, 0, {}, {}, {}};
        const char* words[] = {"\\Row", " row", "/your", " boat"};
        for (int i = 0; i < 4; ++i) {
            voice.notes.push_back(midiNote(i * kQuarter, kQuarter, 60));
            voice.lyrics.push_back({{i * kQuarter}, words[i]});
        }
        file.tracks = {voice};
        const auto tune = tuneOf(file);
        QVERIFY(tune);
        QVERIFY(tune->notes[0].beginsLine && !tune->notes[1].beginsLine && tune->notes[2].beginsLine);
        QCOMPARE(tune->notes[2].syllable, std::string("your"));
        QVERIFY(!tune->notes[0].joins);
    }

    void ofChordsTheHighestNote()
    {
        MidiFile file;
        MidiTrack piano{"Piano", 0, 0, {}, {}, {}};
        for (int i = 0; i < 4; ++i)
            for (const int key : {48, 55, 64 + i})
                piano.notes.push_back(midiNote(i * kQuarter, kQuarter, key));
        file.tracks = {piano};
        const auto tune = tuneOf(file);
        QVERIFY(tune);
        QCOMPARE(tune->notes.size(), std::size_t(4));
        QCOMPARE(tune->notes[2].pitch, 66);
    }

    void nothingButDrums()
    {
        MidiFile file;
        file.tracks = {MidiTrack{"Drums", 9, 0, {midiNote(0, 10, 36, 9)}, {}, {}}};
        const auto tune = tuneOf(file);
        QVERIFY(!tune);
        QVERIFY(tune.error().message.find("melody") != std::string::npos);
        QVERIFY(!tuneOf(MidiFile{}));
    }

    void aScoreWithWordsAndChords()
    {
        const auto tune = readMusicXml(
            score(measure(attributes(2, 4, 1) +
                          "<direction><direction-type><rehearsal>Verse</rehearsal></direction-type>"
                          "<sound tempo=\"84\"/></direction>"
                          "<harmony><root><root-step>G</root-step></root><kind>major</kind></harmony>" +
                          note("G", 4, 2, sung("Hel", "begin")) + note("A", 4, 2, sung("lo", "end")) +
                          "<harmony><root><root-step>B</root-step><root-alter>-1</root-alter></root>"
                          "<kind>minor-seventh</kind><bass><bass-step>F</bass-step></bass></harmony>" +
                          note("B", 4, 4, "<tie type=\"start\"/>" + sung("world"))) +
                  measure(note("B", 4, 2, "<tie type=\"stop\"/>") + note("C", 5, 2) +
                          note("D", 5, 4, sung("goodbye.")))));
        QVERIFY(tune);
        QCOMPARE(tune->title, std::string("Test"));
        QCOMPARE(tune->tempo->value, 84.0);
        QVERIFY(*tune->key == (music::Key{7, music::Mode::Major}));
        QCOMPARE(tune->notes.size(), std::size_t(5));
        QCOMPARE(tune->notes[2].duration.value, 3 * kQuarter); // tied over the bar line
        QVERIFY(tune->notes[3].syllable.empty());              // "world" goes on
        QVERIFY(tune->notes[0].joins && !tune->notes[1].joins);
        QCOMPARE(tune->chords.size(), std::size_t(2));
        QCOMPARE(tune->chords[1].text, std::string("Bbm7/F"));
        QCOMPARE(tune->chords[1].onset.value, 2 * kQuarter);
        QCOMPARE(tune->marks.at(0).text, std::string("Verse"));
    }

    void anUpbeatStandsBeforeTheBarLine()
    {
        const auto tune =
            readMusicXml(score(measure(attributes() + note("G", 4, 2, sung("O")), " implicit=\"yes\"") +
                               measure(note("C", 5, 8, sung("come")))));
        QVERIFY(tune);
        QCOMPARE(tune->notes[0].onset.value, 3 * kQuarter);
        QCOMPARE(tune->notes[1].onset.value, 4 * kQuarter);
    }

    void repeatsAndEndingsAreWrittenOut()
    {
        const std::string forward = "<barline location=\"left\"><repeat direction=\"forward\"/></barline>";
        const std::string back = "<barline location=\"right\"><repeat direction=\"backward\"/></barline>";
        const auto ending = [](const char* number, const char* type) {
            return std::string("<barline location=\"") + (std::string(type) == "start" ? "left" : "right") +
                   "\"><ending number=\"" + number + "\" type=\"" + type + "\"/></barline>";
        };
        const auto tune =
            readMusicXml(score(measure(attributes() + note("C", 4, 8)) +
                               measure(forward + note("D", 4, 8, sung("one") + sung("two", "single", 2))) +
                               measure(ending("1", "start") + note("E", 4, 8) + ending("1", "stop") + back) +
                               measure(ending("2", "start") + note("F", 4, 8) + ending("2", "stop")) +
                               measure(note("G", 4, 8))));
        QVERIFY(tune);
        std::vector<int> pitches;
        for (const TuneNote& one : tune->notes)
            pitches.push_back(one.pitch);
        QCOMPARE(pitches, (std::vector<int>{60, 62, 64, 62, 65, 67}));
        QCOMPARE(tune->notes[1].syllable, std::string("one"));
        QCOMPARE(tune->notes[3].syllable, std::string("two"));
        QCOMPARE(tune->end.value, 24 * kQuarter);
    }

    void theVoiceThatSings()
    {
        const auto tune = readMusicXml(
            score(measure(attributes() + note("C", 5, 8) + "<backup><duration>8</duration></backup>" +
                          "<note><pitch><step>E</step><octave>4</octave></pitch><duration>8</duration>"
                          "<voice>2</voice>" +
                          sung("la") + "</note>")));
        QVERIFY(tune);
        QCOMPARE(tune->notes.size(), std::size_t(1));
        QCOMPARE(tune->notes[0].pitch, 64);
    }

    void whatCannotBeRead_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::newRow("nothing") << std::string();
        QTest::newRow("no xml") << std::string("MThd");
        QTest::newRow("compressed") << std::string("PK\3\4 something");
        QTest::newRow("cut short") << score(measure(attributes() + note("C", 4, 8))).substr(0, 200);
        QTest::newRow("another document") << std::string("<html><body/></html>");
        QTest::newRow("by bars") << std::string("<score-timewise/>");
        QTest::newRow("no notes") << score(measure(attributes()));
        QTest::newRow("no divisions") << score(measure(attributes(0) + note("C", 4, 8)));
        QTest::newRow("an endless bar") << score(measure(attributes(1) + note("C", 4, 1000000)));
    }
    void whatCannotBeRead()
    {
        QFETCH(std::string, bytes);
        const auto tune = readMusicXml(bytes);
        QVERIFY(!tune);
        QVERIFY(tune.error().message.size() > 20);
        QVERIFY(tune.error().message.back() == '.');
    }

    void endlessRepeats()
    {
        std::string measures = measure(attributes() + note("C", 4, 8));
        for (int i = 0; i < 60; ++i)
            measures += measure(note("D", 4, 8) +
                                "<barline><repeat direction=\"backward\" times=\"1000000\"/></barline>");
        const auto tune = readMusicXml(score(measures));
        QVERIFY(tune);
        QVERIFY(tune->notes.size() <= 2000);
    }
};

QTEST_APPLESS_MAIN(TuneTest)
#include "tst_tune.moc"
