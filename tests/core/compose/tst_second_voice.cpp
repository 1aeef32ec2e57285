#include <QtTest>

#include <cstdlib>

#include <compose/second_voice.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

/// A bar a chord (C, F, G, C), a scale up and down over them in eighths and quarters.
song::Song tune()
{
    song::Song song;
    song.head.key = music::Key{0, music::Mode::Major};
    song::Section section;
    section.id = song.ids.make<song::SectionId>();
    section.bars = 4;
    song.sections.push_back(std::make_shared<const song::Section>(section));
    std::vector<song::ChordEvent> chords;
    const int roots[] = {0, 5, 7, 0};
    for (int bar = 0; bar < 4; ++bar)
        chords.push_back({song.ids.make<song::ChordId>(),
                          music::ticks(bar, 1),
                          music::ticks(1, 1),
                          music::Chord(roots[bar], music::ChordQuality::Major),
                          {}});
    song.chords = std::make_shared<const std::vector<song::ChordEvent>>(chords);
    song::Track track;
    track.head.id = song.ids.make<song::TrackId>();
    track.head.role = song::Role::Melody;
    track.head.vocal = true;
    const int scale[] = {64, 65, 67, 69, 72, 71, 69, 67, 65, 67, 69, 71, 72, 67, 64, 60};
    for (int i = 0; i < 16; ++i) {
        song::Note note;
        note.id = song.ids.make<song::NoteId>();
        note.onset = music::ticks(i, 4);
        note.duration = music::kQuarter;
        note.pitch = {scale[i]};
        track.notes.push_back(note);
    }
    song.tracks.push_back(std::make_shared<const song::Track>(track));
    return song;
}

} // namespace

class TestSecondVoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysInThirdsAndChords_data()
    {
        QTest::addColumn<bool>("below");
        QTest::newRow("above") << false;
        QTest::newRow("below") << true;
    }
    void staysInThirdsAndChords()
    {
        QFETCH(bool, below);
        const song::Song song = tune();
        const auto line = secondVoice(song, below, {48}, {84});
        const auto& notes = song.melody()->notes;
        QCOMPARE(line.size(), notes.size());
        int thirdsAndSixths = 0, inChord = 0, dwelling = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const int apart = (line[i].midi - notes[i].pitch.midi) * (below ? -1 : 1);
            QVERIFY(apart >= 0 && apart <= 12);
            thirdsAndSixths += apart == 3 || apart == 4 || apart == 8 || apart == 9 ? 1 : 0;
            // Where the tune rests on the chord so does the second voice.
            const music::Chord& chord = song.chordAt(notes[i].onset)->chord;
            if (chord.contains(notes[i].pitch.pitchClass())) {
                ++dwelling;
                inChord += chord.contains(line[i].pitchClass()) ? 1 : 0;
            }
            QVERIFY(song.head.key.contains(line[i].pitchClass()));
        }
        QVERIFY2(thirdsAndSixths >= 12, qPrintable(QString::number(thirdsAndSixths)));
        QVERIFY2(inChord >= dwelling - 1, qPrintable(QString::number(inChord)));
    }
    void keepsToTheRangeAsFarAsItCan()
    {
        for (const music::Pitch pitch : secondVoice(tune(), false, {55}, {74}))
            QVERIFY(pitch.midi <= 77);
    }
    void nothingForNoTune() { QVERIFY(secondVoice(song::Song(), false, {48}, {84}).empty()); }
};

QTEST_APPLESS_MAIN(TestSecondVoice)
#include "tst_second_voice.moc"
