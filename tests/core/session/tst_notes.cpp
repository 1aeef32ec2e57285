#include <session/notes.h>

#include <QTest>

using namespace cantilena;
using namespace cantilena::song;

namespace {

/// Four quarter notes, one syllable each, in a sung track.
struct Fixture {
    SongPtr song;
    TrackId track;
    std::vector<NoteId> notes;

    explicit Fixture(bool sung = true)
    {
        auto made = std::make_shared<Song>();
        Section section;
        section.id = made->ids.make<SectionId>();
        section.bars = 2;
        Line line;
        line.id = made->ids.make<LineId>();
        Track melody;
        melody.head.id = track = made->ids.make<TrackId>();
        melody.head.role = sung ? Role::Melody : Role::Bass;
        melody.head.vocal = sung;
        for (int i = 0; i < 4; ++i) {
            Syllable syllable;
            syllable.id = made->ids.make<SyllableId>();
            syllable.text = "la";
            line.words.push_back({"la", {syllable}});
            Note note;
            note.id = made->ids.make<NoteId>();
            note.onset = music::kQuarter * i;
            note.duration = music::kQuarter;
            if (sung)
                note.syllable = syllable.id;
            notes.push_back(note.id);
            melody.notes.push_back(note);
        }
        section.lines.push_back(line);
        made->sections.push_back(std::make_shared<const Section>(section));
        made->tracks.push_back(std::make_shared<const Track>(melody));
        song = made;
    }
};

} // namespace

class TestNotes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMovedNoteIsThePersons()
    {
        const Fixture f;
        Transaction transaction(f.song, "Move");
        QVERIFY(session::moveNote(transaction, f.track, f.notes[1], music::kQuarter, {67}).hasValue());
        const Note* note = transaction.song().note(f.track, f.notes[1]);
        QCOMPARE(note->pitch.midi, 67);
        QCOMPARE(transaction.song().origin(note->origin)->maker, Maker::Person);
        QVERIFY(**song::apply(transaction.snapshot(), inverse(transaction.edits())) == *f.song);
    }

    void aSungNoteStopsAtItsNeighbours()
    {
        const Fixture f;
        Transaction transaction(f.song, "Move");
        QVERIFY(session::moveNote(transaction, f.track, f.notes[1], music::kQuarter * 9, {60}).hasValue());
        const Note* moved = transaction.song().note(f.track, f.notes[1]);
        QVERIFY(moved->onset < music::kQuarter * 2);
        QVERIFY(moved->end() <= music::kQuarter * 2);
        QVERIFY(moved->duration > music::Tick{0});
        QVERIFY(session::moveNote(transaction, f.track, f.notes[2], music::Tick{-500}, {60}).hasValue());
        const auto& notes = transaction.song().track(f.track)->notes;
        for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
            QVERIFY(notes[i].end() <= notes[i + 1].onset);
            QCOMPARE(notes[i].id, f.notes[i]);
        }
    }

    void anInstrumentsNoteIsFree()
    {
        const Fixture f(false);
        Transaction transaction(f.song, "Move");
        QVERIFY(session::moveNote(transaction, f.track, f.notes[0], music::kQuarter * 3, {200}).hasValue());
        QCOMPARE(transaction.song().note(f.track, f.notes[0])->onset, music::kQuarter * 3);
        QCOMPARE(transaction.song().note(f.track, f.notes[0])->pitch.midi, 127);
    }

    void lengthsAreBounded()
    {
        const Fixture f;
        Transaction transaction(f.song, "Length");
        QVERIFY(session::resizeNote(transaction, f.track, f.notes[0], music::Tick{-5}).hasValue());
        QVERIFY(transaction.song().note(f.track, f.notes[0])->duration > music::Tick{0});
        QVERIFY(session::resizeNote(transaction, f.track, f.notes[0], music::kQuarter * 4).hasValue());
        QCOMPARE(transaction.song().note(f.track, f.notes[0])->duration, music::kQuarter);
    }

    void everySyllableStaysSung()
    {
        const Fixture f;
        Transaction transaction(f.song, "Delete");
        QVERIFY(!session::removeNotes(transaction, f.track, {f.notes[0]}));
        const Fixture free(false);
        Transaction other(free.song, "Delete");
        QVERIFY(session::removeNotes(other, free.track, {free.notes[0], free.notes[3]}).hasValue());
        QCOMPARE(other.song().track(free.track)->notes.size(), std::size_t{2});
        QVERIFY(!session::removeNotes(other, free.track, {free.notes[0]}));
    }
};

QTEST_APPLESS_MAIN(TestNotes)
#include "tst_notes.moc"
