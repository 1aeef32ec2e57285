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
            line.text += i == 0 ? "la" : " la";
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

    void aGroupOfSungNotesKeepsItsOrder()
    {
        const Fixture f;
        const auto place = [&](int note, music::Tick onset, music::Tick duration) {
            return session::NotePlacement{f.notes[static_cast<std::size_t>(note)], onset, duration, {62}};
        };
        Transaction transaction(f.song, "Move");
        QVERIFY(session::placeNotes(transaction, f.track,
                                    {place(1, music::kEighth, music::kQuarter),
                                     place(2, music::kEighth * 3, music::kQuarter)})
                    .hasValue());
        const auto& notes = transaction.song().track(f.track)->notes;
        QCOMPARE(notes[0].duration, music::kEighth);
        QCOMPARE(notes[1].onset, music::kEighth);
        QCOMPARE(notes[2].pitch.midi, 62);
        Transaction wrong(f.song, "Move");
        QVERIFY(!session::placeNotes(wrong, f.track, {place(0, music::kQuarter * 2 + music::Tick{10}, {1})}));
        const Fixture free(false);
        Transaction other(free.song, "Move");
        QVERIFY(session::placeNotes(other, free.track,
                                    {{free.notes[0], music::kQuarter * 3, music::kQuarter, {60}}})
                    .hasValue());
    }

    void anAddedNoteGoesOnWithItsSyllable()
    {
        const Fixture f;
        Transaction transaction(f.song, "Add");
        const auto added =
            session::addNote(transaction, f.track, music::kEighth * 3, music::kQuarter * 4, music::Pitch{65});
        QVERIFY(added.hasValue());
        const auto& notes = transaction.song().track(f.track)->notes;
        QCOMPARE(notes.size(), std::size_t{5});
        QCOMPARE(notes[1].duration, music::kEighth);
        QCOMPARE(notes[2].id, *added);
        QCOMPARE(notes[2].duration, music::kEighth);
        QVERIFY(notes[2].syllable == notes[1].syllable);
        QCOMPARE(transaction.song().origin(notes[2].origin)->maker, Maker::Person);
        QVERIFY(!session::addNote(transaction, f.track, music::kQuarter * 2, music::kQuarter, {65}));
        QVERIFY(!session::addNote(transaction, TrackId{999}, {}, music::kQuarter, {65}));
        // After the last note, and no longer than the song.
        const auto last =
            session::addNote(transaction, f.track, music::kQuarter * 7, music::kQuarter * 36, {65});
        QVERIFY(last.hasValue());
        QVERIFY(transaction.song().note(f.track, *last)->end() == transaction.song().length());
        QVERIFY(**song::apply(transaction.snapshot(), inverse(transaction.edits())) == *f.song);
        // An instrument's notes stand beside each other.
        const Fixture free(false);
        Transaction other(free.song, "Add");
        const auto beside = session::addNote(other, free.track, {}, music::kQuarter, {72});
        QVERIFY(beside.hasValue());
        QVERIFY(!other.song().note(free.track, *beside)->syllable);
    }

    void everySyllableStaysSung()
    {
        const Fixture f;
        Transaction transaction(f.song, "Delete");
        // A word whose notes are all gone leaves the line.
        QVERIFY(session::removeNotes(transaction, f.track, {f.notes[0]}).hasValue());
        QCOMPARE(transaction.song().sections[0]->lines[0].words.size(), std::size_t{3});
        QCOMPARE(transaction.song().sections[0]->lines[0].text, std::string("la la la"));
        QVERIFY(**song::apply(transaction.snapshot(), inverse(transaction.edits())) == *f.song);
        Transaction all(f.song, "Delete");
        QVERIFY(!session::removeNotes(all, f.track, f.notes));
        const Fixture free(false);
        Transaction other(free.song, "Delete");
        QVERIFY(session::removeNotes(other, free.track, {free.notes[0], free.notes[3]}).hasValue());
        QCOMPARE(other.song().track(free.track)->notes.size(), std::size_t{2});
        QVERIFY(!session::removeNotes(other, free.track, {free.notes[0]}));
    }
};

QTEST_APPLESS_MAIN(TestNotes)
#include "tst_notes.moc"
