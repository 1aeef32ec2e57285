#include <QTest>

#include <filesystem>

#include <unistd.h>

#include <base/random.h>
#include <exchange/midi.h>

using namespace cantilena;
using namespace cantilena::exchange;

namespace {

std::string bytesOf(std::initializer_list<int> values)
{
    std::string bytes;
    for (const int value : values)
        bytes += static_cast<char>(value);
    return bytes;
}

std::string chunk(const std::string& name, const std::string& body)
{
    std::string bytes = name;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(body.size() >> shift & 0xFF);
    return bytes + body;
}

std::string head(int format, int tracks, int division)
{
    return chunk("MThd", bytesOf({format >> 8, format & 255, tracks >> 8, tracks & 255, division >> 8,
                                  division & 255}));
}

/// A sung line in English and Mandarin over two chords, with drums and micro-timing.
song::Song smallSong()
{
    song::Song song;
    song.head.title = "雨 (Rain)";
    song.head.tempo.tempo = {96};
    song.head.meter = {3, 4};
    song.head.key = {9, music::Mode::Minor};
    song::Section section;
    section.id = song.ids.make<song::SectionId>();
    section.name = "Verse 1";
    section.bars = 4;
    song::Line line;
    line.id = song.ids.make<song::LineId>();
    line.text = "Morning 雨";
    const auto syllable = [&](const char* text, language::Language language) {
        song::Syllable result;
        result.id = song.ids.make<song::SyllableId>();
        result.text = text;
        result.language = language;
        return result;
    };
    line.words.push_back(
        {"Morning",
         {syllable("Morn", language::Language::English), syllable("ing", language::Language::English)}});
    line.words.push_back({"雨", {syllable("雨", language::Language::Mandarin)}});
    song::Track melody;
    melody.head.id = song.ids.make<song::TrackId>();
    melody.head.name = "Voice";
    melody.head.role = song::Role::Melody;
    melody.head.vocal = true;
    const auto note = [&](std::int64_t onset, std::int64_t duration, int pitch, song::SyllableId sung,
                          std::int64_t shift = 0) {
        song::Note result;
        result.id = song.ids.make<song::NoteId>();
        result.onset = {onset};
        result.duration = {duration};
        result.shift = {shift};
        result.pitch = {pitch};
        result.syllable = sung;
        return result;
    };
    melody.notes = {note(0, 960, 69, line.words[0].syllables[0].id, -20),
                    note(960, 480, 71, line.words[0].syllables[1].id),
                    note(1440, 480, 72, line.words[0].syllables[1].id), // a melisma: no second lyric
                    note(1920, 960, 76, line.words[1].syllables[0].id, 13)};
    section.lines.push_back(line);
    song.sections.push_back(std::make_shared<const song::Section>(section));
    song::Track drums;
    drums.head.id = song.ids.make<song::TrackId>();
    drums.head.name = "Drums";
    drums.head.role = song::Role::Drums;
    drums.notes = {note(0, 100, 36, {}, 7), note(960, 100, 38, {}), note(960, 100, 42, {})};
    song.tracks = {std::make_shared<const song::Track>(drums), std::make_shared<const song::Track>(melody)};
    song.chords = std::make_shared<const std::vector<song::ChordEvent>>(std::vector<song::ChordEvent>{
        {{song.ids.make<song::ChordId>()}, {0}, {2880}, music::Chord(9, music::ChordQuality::Minor7), {}},
        {{song.ids.make<song::ChordId>()},
         {2880},
         {2880},
         music::Chord(5, music::ChordQuality::Major, 9),
         {}}});
    return song;
}

} // namespace

class TestMidi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSongSaysWhatItIs();
    void drawnPitchIsPitchBend();
    void readsWhatItWrites();
    void manyRandomFilesRoundTrip();
    void everyKey();
    void runningStatusAndOpenNotes();
    void formatZeroIsSplit();
    void otherDivisions();
    void latinTextBecomesUtf8();
    void refusals_data();
    void refusals();
    void savesWholeOrNotAtAll();
    void mutationsNeverCrash();
};

void TestMidi::aSongSaysWhatItIs()
{
    const MidiFile file = midiOf(smallSong());
    QCOMPARE(file.tracks.size(), std::size_t{3});
    const MidiTrack& melody = file.tracks[0];
    QCOMPARE(melody.name, std::string("Voice"));
    QCOMPARE(melody.lyrics.size(), std::size_t{3});
    QCOMPARE(melody.lyrics[0].text, std::string("Morn-"));
    QCOMPARE(melody.lyrics[1].text, std::string("ing "));
    QCOMPARE(melody.lyrics[2].text, std::string("雨"));
    QCOMPARE(melody.lyrics[2].onset.value, 1933);
    QCOMPARE(melody.notes[0].onset.value, 0); // not before the start
    QCOMPARE(file.tracks[1].channel, 9);
    QCOMPARE(file.tracks[2].name, std::string("Chords"));
    QCOMPARE(file.tracks[2].texts[0].text, std::string("Am7"));
    QCOMPARE(file.tracks[2].texts[1].text, std::string("F/A"));
    QCOMPARE(file.markers[0].text, std::string("Verse 1"));
}

void TestMidi::drawnPitchIsPitchBend()
{
    song::Song song = smallSong();
    song::Track melody = *song.melody();
    melody.notes[1].bend = {{{120}, 50}, {{240}, -100}};
    song.tracks[1] = std::make_shared<const song::Track>(melody);
    const MidiFile file = midiOf(song);
    const std::vector<MidiBend> expected = {{{960}, 0}, {{1080}, 0.5}, {{1200}, -1}, {{1440}, 0}};
    QCOMPARE(file.tracks[0].bends.size(), expected.size());
    QVERIFY(file.tracks[0].bends == expected);
    QVERIFY(file.tracks[1].bends.empty());
    const std::string bytes = writeMidi(file);
    // The range, a quarter tone up (8192 * (1 + 0.5 / 24) = 8363) and the middle again.
    QVERIFY(bytes.find(bytesOf({0xB0, 6, kBendSemitones})) != std::string::npos);
    QVERIFY(bytes.find(bytesOf({0xE0, 8363 % 128, 8363 / 128})) != std::string::npos);
    QVERIFY(bytes.find(bytesOf({0xE0, 0, 64})) != std::string::npos);
    QVERIFY(readMidi(bytes).hasValue());
}

void TestMidi::readsWhatItWrites()
{
    const MidiFile file = midiOf(smallSong());
    const auto read = readMidi(writeMidi(file));
    QVERIFY2(read.hasValue(), read ? "" : read.error().message.c_str());
    QVERIFY(*read == file); // 96 beats a minute are a whole number of microseconds
}

void TestMidi::manyRandomFilesRoundTrip()
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Random random(seed, "midi");
        MidiFile file;
        file.title = seed % 3 ? "Title" : "";
        file.tempi = {{{0}, {120}}, {{4000}, {60}}};
        file.meters = {{{0}, {4, 4}}, {{3840}, {6, 8}}};
        for (std::uint64_t t = 0; t < 1 + seed % 5; ++t) {
            MidiTrack track;
            track.name = "Track " + std::to_string(t);
            track.channel = static_cast<int>(t);
            track.program = static_cast<int>(random.at({t}).index(128));
            std::int64_t now[128] = {};
            for (std::uint64_t n = 0; n < 60; ++n) {
                const Random place = random.at({t, n});
                MidiNote note;
                note.key = static_cast<int>(place.index(128, 0));
                note.onset = {now[note.key] + static_cast<std::int64_t>(place.index(5000, 1))};
                note.duration = {1 + static_cast<std::int64_t>(place.index(3000, 2))};
                note.velocity = 1 + static_cast<int>(place.index(127, 3));
                note.channel = track.channel;
                now[note.key] = note.onset.value + note.duration.value;
                track.notes.push_back(note);
                if (n % 4 == 0)
                    track.lyrics.push_back({note.onset, n % 8 ? "la" : "啦🎵"});
            }
            const auto byOnset = [](const auto& a, const auto& b) {
                return std::tie(a.onset, a.key) < std::tie(b.onset, b.key);
            };
            std::sort(track.notes.begin(), track.notes.end(), byOnset);
            std::stable_sort(track.lyrics.begin(), track.lyrics.end(),
                             [](const auto& a, const auto& b) { return a.onset < b.onset; });
            file.tracks.push_back(track);
        }
        const auto read = readMidi(writeMidi(file));
        QVERIFY(read.hasValue());
        QVERIFY(*read == file);
    }
}

void TestMidi::everyKey()
{
    for (int tonic = 0; tonic < 12; ++tonic)
        for (const music::Mode mode : {music::Mode::Major, music::Mode::Minor}) {
            MidiFile file;
            file.keys = {{{0}, {tonic, mode}}};
            file.tracks.resize(1);
            const auto read = readMidi(writeMidi(file));
            QVERIFY(read.hasValue());
            QVERIFY(read->keys == file.keys);
        }
}

void TestMidi::runningStatusAndOpenNotes()
{
    const std::string track = bytesOf(
        {0, 0x91, 60, 100, 96, 60, 0, /* a velocity of 0 ends it */ 0, 62, 90, 0x81, 0x40, 0xFF, 0x2F, 0});
    const auto read = readMidi(head(1, 1, 96) + chunk("MTrk", track));
    QVERIFY(read.hasValue());
    QCOMPARE(read->tracks.size(), std::size_t{1});
    const auto& notes = read->tracks[0].notes;
    QCOMPARE(notes.size(), std::size_t{2});
    QVERIFY((notes[0] == MidiNote{{0}, {960}, 60, 100, 1}));
    QVERIFY((notes[1] == MidiNote{{960}, {1920}, 62, 90, 1})); // never ended: to the end of the track
}

void TestMidi::formatZeroIsSplit()
{
    const std::string track = bytesOf(
        {0, 0xC0, 5, 0, 0x90, 60, 80, 0, 0x99, 36, 90, 48, 0x80, 60, 0, 0, 0x89, 36, 0, 0, 0xFF, 0x2F, 0});
    const auto read = readMidi(head(0, 1, 48) + chunk("junk", "abc") + chunk("MTrk", track) + "trailing");
    QVERIFY(read.hasValue());
    QCOMPARE(read->tracks.size(), std::size_t{2});
    QCOMPARE(read->tracks[0].program, 5);
    QCOMPARE(read->tracks[1].channel, 9);
}

void TestMidi::otherDivisions()
{
    const std::string track = bytesOf({0, 0x90, 60, 80, 1, 0x80, 60, 0, 0, 0xFF, 0x2F, 0});
    for (const int division : {1, 24, 96, 480, 1920, 32767}) {
        const auto read = readMidi(head(1, 1, division) + chunk("MTrk", track));
        QVERIFY(read.hasValue());
        QCOMPARE(read->tracks[0].notes[0].duration.value, (960 + division / 2) / division);
    }
}

void TestMidi::latinTextBecomesUtf8()
{
    const std::string track =
        bytesOf({0, 0xFF, 5, 4, 'c', 'a', 'f', 0xE9, 0, 0xFF, 5, 3, 'a', 0, 'b', 0, 0xFF, 0x2F, 0});
    const auto read = readMidi(head(1, 1, 96) + chunk("MTrk", track));
    QVERIFY(read.hasValue());
    QCOMPARE(read->tracks[0].lyrics[0].text, std::string("café"));
    QCOMPARE(read->tracks[0].lyrics[1].text, std::string("ab"));
}

void TestMidi::refusals_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const std::string good = head(1, 1, 96) + chunk("MTrk", bytesOf({0, 0xFF, 0x2F, 0}));
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<int>(bytes.size()));
    };
    row("empty", "");
    row("text", "This is no music.");
    row("head only", good.substr(0, 14));
    row("cut in the head", good.substr(0, 9));
    row("cut in the track", good.substr(0, good.size() - 2));
    row("format 2", head(2, 1, 96));
    row("SMPTE", head(1, 1, 0xE728));
    row("no division", head(1, 1, 0));
    row("too many tracks", head(1, 60000, 96));
    row("track missing", head(1, 2, 96) + chunk("MTrk", bytesOf({0, 0xFF, 0x2F, 0})));
    row("endless time", head(1, 1, 96) + chunk("MTrk", bytesOf({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F})));
    row("no status", head(1, 1, 96) + chunk("MTrk", bytesOf({0, 60, 60})));
    row("half a note", head(1, 1, 96) + chunk("MTrk", bytesOf({0, 0x90, 60})));
    row("value out of range", head(1, 1, 96) + chunk("MTrk", bytesOf({0, 0x90, 60, 0x90})));
    row("text longer than the track",
        head(1, 1, 96) + chunk("MTrk", bytesOf({0, 0xFF, 1, 0xFF, 0xFF, 0xFF, 0x7F, 'a'})));
    std::string late;
    for (int i = 0; i < 200; ++i)
        late += bytesOf({0xFF, 0xFF, 0xFF, 0x7F, 0xC0, 1});
    row("a day and more", head(1, 1, 1) + chunk("MTrk", late));
}

void TestMidi::refusals()
{
    QFETCH(QByteArray, bytes);
    const auto read = readMidi({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QVERIFY(!read);
    QVERIFY(read.error().message.ends_with("."));
}

void TestMidi::savesWholeOrNotAtAll()
{
    const auto folder = std::filesystem::temp_directory_path() / ("tst_midi-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    QVERIFY(saveMidi(smallSong(), folder / "a.mid"));
    const auto read = loadMidi(folder / "a.mid");
    QVERIFY(read.hasValue());
    QVERIFY(*read == midiOf(smallSong()));
    QVERIFY(!saveMidi(smallSong(), folder / "missing" / "a.mid"));
    QVERIFY(!saveMidi(smallSong(), folder));
    QVERIFY(!loadMidi(folder));
    QVERIFY(!loadMidi(folder / "b.mid"));
    std::filesystem::remove_all(folder);
}

void TestMidi::mutationsNeverCrash()
{
    const std::string seed = writeMidi(midiOf(smallSong()));
    std::size_t read = 0;
    for (std::uint64_t i = 0; i < 20000; ++i) {
        const Random random = Random(1, "mutation").at({i});
        std::string bytes = seed;
        for (std::uint64_t m = 0; m < 1 + random.index(6); ++m) {
            const Random place = random.at({m});
            const std::size_t at = place.index(std::max<std::size_t>(bytes.size(), 1), 1);
            switch (place.index(5, 2)) {
            case 0:
                if (!bytes.empty())
                    bytes[at] = static_cast<char>(place.bits(3));
                break;
            case 1:
                bytes.insert(at, 1, static_cast<char>(place.bits(3)));
                break;
            case 2:
                bytes.erase(at, 1 + place.index(8, 3));
                break;
            case 3:
                bytes.insert(at, bytes.substr(at / 2, 40));
                break;
            default:
                if (!bytes.empty())
                    bytes[at] = static_cast<char>(place.index(2, 3) ? 0xFF : 0x00);
                break;
            }
        }
        if (const auto result = readMidi(bytes)) {
            ++read;
            // What could be read can be written and read again.
            const auto again = readMidi(writeMidi(*result));
            QVERIFY(again.hasValue());
            for (const MidiTrack& track : result->tracks)
                for (const MidiNote& note : track.notes)
                    QVERIFY(note.duration.value >= 0 && note.onset.value >= 0);
        } else {
            QVERIFY(!result.error().message.empty());
        }
    }
    qInfo("%zu of 20000 could be read", read);
    QVERIFY(read > 100);
}

QTEST_GUILESS_MAIN(TestMidi)
#include "tst_midi.moc"
