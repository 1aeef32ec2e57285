#include <QTest>

#include <sound/program.h>

#include "fixture.h"

using namespace cantilena;
using namespace cantilena::sound;

class TestProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void framesFollowTheTempo();
    void shiftMovesTheSound();
    void oneKeySoundsOnce();
    void vocalTrackIsSilentNotes();
    void piecesAreSortedAndCleaned();
    void rideFollowsTheSections();
    void theEstimateFollowsTheBand();
    void fiveThousandNotesAreQuick();
};

void TestProgram::framesFollowTheTempo()
{
    song::Song song = fixture::song(4);
    song.head.tempo.tempo = {120};
    QCOMPARE(frameOf(song, music::kQuarter).value, 22050);
    QCOMPARE(tickOf(song, {22050}).value, 960);
    const auto program = makeProgram(song);
    QCOMPARE(program->end, 4 * 4 * 22050);
    QCOMPARE(program->sections.size(), std::size_t{1});
    QVERIFY(frameRange(song, song.sections[0]->id) == (FrameRange{{0}, {4 * 4 * 22050}}));
    QVERIFY(frameRange(song, song::SectionId{999}).empty());
}

void TestProgram::shiftMovesTheSound()
{
    song::Song song = fixture::song(4);
    song.head.tempo.tempo = {60};
    song::Track bass = *song.tracks[2];
    bass.notes.resize(2);
    bass.notes[0].shift = {-960}; // before the song: held at its start
    bass.notes[1].shift = {96};
    song.tracks[2] = std::make_shared<const song::Track>(bass);
    const auto program = makeProgram(song);
    QCOMPARE(program->tracks[2].notes[0].start, 0);
    QCOMPARE(program->tracks[2].notes[1].start, frameOf(song, bass.notes[1].onset + music::Tick{96}).value);
}

void TestProgram::oneKeySoundsOnce()
{
    song::Song song = fixture::song(4);
    song::Track bass = *song.tracks[2];
    bass.notes.resize(3);
    for (song::Note& note : bass.notes) {
        note.pitch = {40};
        note.duration = {5000};
    }
    bass.notes[1].onset = {500};
    bass.notes[2].onset = {500};
    bass.notes[2].duration = {100};
    song.tracks[2] = std::make_shared<const song::Track>(bass);
    const ProgramPtr program = makeProgram(song);
    const auto& notes = program->tracks[2].notes;
    QCOMPARE(notes.size(), std::size_t{2});
    QCOMPARE(notes[0].end, notes[1].start);
    QCOMPARE(notes[1].end, frameOf(song, {5500}).value);
}

void TestProgram::vocalTrackIsSilentNotes()
{
    song::Song song = fixture::song(4);
    song::Track vocal = *song.tracks[0];
    vocal.notes = song.tracks[3]->notes;
    song.tracks[0] = std::make_shared<const song::Track>(vocal);
    QVERIFY(makeProgram(song)->tracks[0].notes.empty());
    vocal.head.vocal = false;
    song.tracks[0] = std::make_shared<const song::Track>(vocal);
    QCOMPARE(makeProgram(song)->tracks[0].notes.size(), vocal.notes.size());
}

void TestProgram::piecesAreSortedAndCleaned()
{
    const song::Song song = fixture::song(4);
    std::vector<VocalPiece> pieces = {fixture::sung(90000, 1),
                                      {{500}, nullptr},
                                      fixture::sung(100, 0.5),
                                      {{7}, std::make_shared<const std::vector<float>>()}};
    const auto program = makeProgram(song, pieces);
    QCOMPARE(program->vocal.size(), std::size_t{2});
    QCOMPARE(program->vocal[0].start.value, 100);
    QCOMPARE(program->longestPiece, kSampleRate);
    QVERIFY(program->vocalLevel > 0.05F && program->vocalLevel < 20);
}

void TestProgram::rideFollowsTheSections()
{
    const song::Song song = fixture::song(8);
    MixBalance balance;
    balance.sections = {{song.sections[0]->id, {-6}}, {song.sections[1]->id, {6}}};
    const auto program = makeProgram(song, {}, balance);
    QCOMPARE(program->vocalRide.size(), std::size_t{3});
    QVERIFY(std::abs(program->vocalRide.front().gain - 0.5012F) < 1e-3F);
    QVERIFY(std::abs(program->vocalRide.back().gain - 1.9953F) < 1e-3F);
    QCOMPARE(program->vocalRide.back().frame, program->sections[1].range.start.value);
}

/// Before a mix was measured the voice is placed by the strength of the band's notes.
void TestProgram::theEstimateFollowsTheBand()
{
    const song::Song song = fixture::song(8);
    song::Song soft = song;
    for (song::TrackPtr& track : soft.tracks) {
        song::Track changed = *track;
        for (song::Note& note : changed.notes)
            note.velocity = note.velocity * 2 / 3;
        track = std::make_shared<const song::Track>(std::move(changed));
    }
    const MixBalance loud = makeProgram(song)->balance, quiet = makeProgram(soft)->balance;
    QVERIFY(!loud.measured);
    QCOMPARE(loud.sections.size(), song.sections.size());
    QVERIFY(loud.vocal.value - quiet.vocal.value > 3);
    QVERIFY(loud.master.value < quiet.master.value);
    for (const MixBalance::SectionGain& section : quiet.sections)
        QVERIFY(std::abs(section.vocal.value) <= 9);
    const song::Song empty;
    QVERIFY(std::isfinite(makeProgram(empty)->balance.vocal.value));
}

void TestProgram::fiveThousandNotesAreQuick()
{
    const song::Song song = fixture::song(128);
    std::size_t notes = 0;
    for (const auto& track : song.tracks)
        notes += track->notes.size();
    QVERIFY(notes > 5000);
    QBENCHMARK
    {
        makeProgram(song);
    }
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
