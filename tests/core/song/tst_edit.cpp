#include <QtTest>

#include "example_song.h"
#include <song/validate.h>

using namespace cantilena;
using namespace cantilena::song;

class TestEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyGestureHasAnExactInverse()
    {
        SongPtr song = exampleSong();
        QVERIFY(validate(*song));
        for (std::uint64_t i = 0; i < 400; ++i) {
            Transaction t(song, "gesture");
            for (std::uint64_t step = 0; step < 5; ++step)
                randomGesture(t, Random(1, "edit").at({i, step}));
            const auto again = song::apply(song, t.edits());
            QVERIFY2(again, again ? "" : again.error().message.c_str());
            QVERIFY(**again == t.song());
            QCOMPARE((*again)->ids.next, t.song().ids.next);
            const auto back = song::apply(*again, inverse(t.edits()));
            QVERIFY2(back, back ? "" : back.error().message.c_str());
            QVERIFY(**back == *song);
            QCOMPARE(inverse(inverse(t.edits())), t.edits());
            const auto valid = validate(t.song());
            QVERIFY2(valid, valid ? "" : valid.error().message.c_str());
            song = t.snapshot();
        }
    }

    void theBaseNeverChanges()
    {
        const SongPtr song = exampleSong();
        const SongPtr same = exampleSong();
        Transaction t(song, "many");
        std::vector<SongPtr> snapshots;
        std::vector<Song> copies;
        for (std::uint64_t i = 0; i < 100; ++i) {
            randomGesture(t, Random(2, "base").at({i}));
            if (i % 7 == 0) {
                snapshots.push_back(t.snapshot());
                // A deep copy, taken now, to see that the shared one stays as it is.
                Song copy = *t.snapshot();
                for (TrackPtr& track : copy.tracks)
                    track = std::make_shared<const Track>(*track);
                copy.chords = std::make_shared<const std::vector<ChordEvent>>(*copy.chords);
                copies.push_back(copy);
            }
        }
        QVERIFY(*song == *same);
        for (std::size_t i = 0; i < snapshots.size(); ++i)
            QVERIFY(*snapshots[i] == copies[i]);
    }

    void untouchedObjectsAreShared()
    {
        const SongPtr song = exampleSong();
        Transaction t(song, "move");
        Note note = song->tracks[0]->notes[0];
        note.pitch.midi += 1;
        QVERIFY(t.replaceNote(song->tracks[0]->head.id, note));
        QVERIFY(t.song().tracks[1] == song->tracks[1]);
        QVERIFY(t.song().sections[0] == song->sections[0]);
        QVERIFY(t.song().tracks[0] != song->tracks[0]);
    }

    void batchesEqualSingleEdits()
    {
        const SongPtr song = exampleSong(100);
        const TrackId bass = song->tracks[1]->head.id;
        Transaction single(song, "single"), batch(song, "batch");
        std::vector<Note> notes = song->tracks[1]->notes;
        for (std::size_t i = 0; i < notes.size(); ++i) {
            notes[i].onset.value = 960 * static_cast<std::int64_t>((i * 37) % notes.size());
            QVERIFY(single.replaceNote(bass, notes[i]));
        }
        QVERIFY(batch.replaceNotes(bass, notes));
        QVERIFY(single.song() == batch.song());
        std::vector<Note> added(40, notes.front());
        for (std::size_t i = 0; i < added.size(); ++i) {
            added[i].id = {};
            added[i].onset.value = 500 * static_cast<std::int64_t>(added.size() - i);
            QVERIFY(single.addNote(bass, added[i]));
        }
        QVERIFY(batch.addNotes(bass, added));
        QVERIFY(single.song() == batch.song());
        const auto applied = song::apply(song, batch.edits());
        QVERIFY(applied);
        QVERIFY(**applied == batch.song());
        const auto back = song::apply(*applied, inverse(batch.edits()));
        QVERIFY(back);
        QVERIFY(**back == *song);
    }

    void aNoteMayMoveBetweenTracks()
    {
        const SongPtr song = exampleSong();
        Transaction t(song, "move");
        const Note note = song->tracks[0]->notes[0];
        QVERIFY(t.removeNote(song->tracks[0]->head.id, note.id));
        QVERIFY(t.addNote(song->tracks[1]->head.id, note));
        QVERIFY(!t.addNote(song->tracks[0]->head.id, note));
        QVERIFY(validate(t.song()));
    }

    void badValuesAreRefusedAndChangeNothing()
    {
        const SongPtr song = exampleSong();
        const TrackId track = song->tracks[0]->head.id;
        const Note good = song->tracks[0]->notes[0];
        Transaction t(song, "bad");
        const auto refused = [&](auto set) {
            Note note = good;
            set(note);
            const auto result = t.replaceNote(track, note);
            return !result && result.error().message.ends_with(".");
        };
        QVERIFY(refused([](Note& n) { n.pitch.midi = 128; }));
        QVERIFY(refused([](Note& n) { n.pitch.midi = -1; }));
        QVERIFY(refused([](Note& n) { n.velocity = 0; }));
        QVERIFY(refused([](Note& n) { n.duration.value = 0; }));
        QVERIFY(refused([](Note& n) { n.onset.value = -1; }));
        QVERIFY(refused([](Note& n) { n.onset.value = kMaxTick + 1; }));
        QVERIFY(refused([](Note& n) { n.id.value = 999'999; }));
        Note copy = good;
        QVERIFY(!t.addNote(track, copy));
        QVERIFY(!t.addNote(TrackId{999'999}, Note{}));
        QVERIFY(!t.addNotes(track, {good}));
        QVERIFY(!t.removeSection(SectionId{999'999}));
        QVERIFY(!t.insertSection(99, Section{}));
        QVERIFY(!t.insertSection(0, *song->sections[0]));
        Section shared = *song->sections[0];
        shared.id = {};
        QVERIFY(!t.insertSection(0, shared)); // its lines are already in the song
        TrackHead head = song->tracks[0]->head;
        head.mix.gain.value = std::nan("");
        QVERIFY(!t.setTrackHead(head));
        QVERIFY(t.empty());
        QVERIFY(t.song() == *song);
    }

    void theHeadIsClamped()
    {
        Transaction t(exampleSong(), "head");
        SongHead head = t.song().head;
        head.tempo.tempo.value = std::nan("");
        head.vocal.breath = 7;
        head.meter = music::Meter{0, 3};
        head.title = std::string(100'000, 'x');
        t.setHead(head);
        QVERIFY(validate(t.song()));
        QCOMPARE(t.song().head.tempo.tempo.value, 120.0);
        QCOMPARE(t.song().head.vocal.breath, 1.0);
    }

    void staleEditsAreRefused()
    {
        const SongPtr song = exampleSong();
        Transaction first(song, "first"), second(song, "second");
        Note note = song->tracks[0]->notes[0];
        note.pitch.midi = 70;
        QVERIFY(first.replaceNote(song->tracks[0]->head.id, note));
        note.pitch.midi = 71;
        QVERIFY(second.replaceNote(song->tracks[0]->head.id, note));
        QVERIFY(!song::apply(first.snapshot(), second.edits()));
    }

    void originsAreShared()
    {
        Transaction t(exampleSong(), "origin");
        const OriginId person = t.personOrigin();
        QVERIFY(person == t.personOrigin());
        QVERIFY(t.empty());
        Origin rule;
        rule.maker = Maker::Rule;
        rule.name = "cadence";
        const OriginId added = t.origin(rule);
        QVERIFY(added && added != person);
        QVERIFY(added == t.origin(rule));
        QCOMPARE(t.edits().size(), std::size_t{1});
    }

    void idsAreNotReusedAfterUndo()
    {
        const SongPtr song = exampleSong();
        Transaction t(song, "add");
        Note note;
        note.duration = music::kQuarter;
        const auto id = t.addNote(song->tracks[0]->head.id, note);
        QVERIFY(id);
        const auto back = song::apply(t.snapshot(), inverse(t.edits()));
        QVERIFY(back);
        Transaction again(*back, "again");
        const auto next = again.addNote(song->tracks[0]->head.id, note);
        QVERIFY(next);
        QVERIFY(*next != *id);
    }

    void removedSyllablesComeBackUnderTheirNotes()
    {
        const SongPtr song = exampleSong();
        const SyllableId syllable = song->tracks[0]->notes[0].syllable;
        QVERIFY(song->syllable(syllable));
        Transaction t(song, "remove");
        QVERIFY(t.removeSection(song->sections[0]->id));
        QVERIFY(!t.song().syllable(syllable));
        const auto back = song::apply(t.snapshot(), inverse(t.edits()));
        QVERIFY(back);
        QVERIFY((*back)->syllable(syllable));
    }
};

QTEST_APPLESS_MAIN(TestEdit)
#include "tst_edit.moc"
