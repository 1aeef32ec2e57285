#include <QTest>

#include <song/history.h>
#include <song/replace.h>

#include "example_song.h"

using namespace cantilena;
using namespace cantilena::song;

class ReplaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangedCopyIsOneUndoStep()
    {
        const SongPtr before = exampleSong();
        Transaction elsewhere(before, "work on a copy");
        SongHead head = before->head;
        head.title = "Another";
        elsewhere.setHead(head);
        Section section;
        section.name = "Bridge";
        section.kind = SectionKind::Bridge;
        section.bars = 4;
        section.origin = elsewhere.origin({{}, Maker::Rule, "test", "1", {}, 7});
        QVERIFY(elsewhere.insertSection(1, section));
        const TrackPtr track = before->tracks.front();
        QVERIFY(elsewhere.removeNote(track->head.id, track->notes.front().id));
        Note note = track->notes.back();
        note.id = {};
        note.onset += music::Tick{960};
        note.origin = section.origin;
        QVERIFY(elsewhere.addNote(track->head.id, note));
        if (!before->chords->empty())
            QVERIFY(elsewhere.removeChord(before->chords->front().id));
        QVERIFY(elsewhere.addChord({{}, {0}, {480}, music::Chord(2, music::ChordQuality::Minor7), {}, 0}));
        const Song target = elsewhere.song();

        History history(before);
        Transaction transaction(before, "all at once");
        QVERIFY(become(transaction, target));
        QVERIFY(transaction.song().head == target.head);
        QCOMPARE(transaction.song().sections.size(), target.sections.size());
        QVERIFY(*transaction.song().chords == *target.chords);
        QCOMPARE(transaction.song().tracks.front()->notes.size(), target.tracks.front()->notes.size());
        const Origin* origin = transaction.song().origin(transaction.song().sections[1]->origin);
        QVERIFY(origin && origin->name == "test" && origin->seed == 7);
        QVERIFY(history.commit(transaction));
        history.undo();
        QVERIFY(*history.song() == *before);
        history.redo();
        QVERIFY(history.song()->head.title == "Another");
    }

    void theSameSongIsNoChange()
    {
        const SongPtr song = exampleSong();
        Transaction transaction(song, "nothing");
        QVERIFY(become(transaction, *song));
        QVERIFY(transaction.empty());
    }
};

QTEST_APPLESS_MAIN(ReplaceTest)
#include "tst_replace.moc"
