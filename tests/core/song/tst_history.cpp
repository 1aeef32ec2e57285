#include <QtTest>

#include "example_song.h"
#include <song/history.h>

using namespace cantilena;
using namespace cantilena::song;

namespace {

Transaction moved(const SongPtr& song, int pitch)
{
    Transaction t(song, "Move note");
    Note note = song->tracks[0]->notes[0];
    note.pitch.midi = pitch;
    (void)t.replaceNote(song->tracks[0]->head.id, note);
    return t;
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoAndRedoRestoreSongAndSelection()
    {
        History history(exampleSong());
        const SongPtr first = history.song();
        const Selection before{first->tracks[0]->head.id, {}, {}};
        const Selection after{first->tracks[0]->head.id, {first->tracks[0]->notes[0].id}, {}};
        QVERIFY(history.commit(moved(first, 70), before, after));
        const SongPtr second = history.song();
        QCOMPARE(history.revision(), std::uint64_t{1});
        QCOMPARE(history.undoLabel(), std::string("Move note"));
        QVERIFY(history.undo() == before);
        QVERIFY(*history.song() == *first);
        QVERIFY(!history.canUndo() && history.canRedo());
        QVERIFY(history.redo() == after);
        QVERIFY(*history.song() == *second);
        QCOMPARE(history.revision(), std::uint64_t{3});
    }

    void aNewGestureDropsTheRedo()
    {
        History history(exampleSong());
        QVERIFY(history.commit(moved(history.song(), 70)));
        history.undo();
        QVERIFY(history.commit(moved(history.song(), 71)));
        QVERIFY(!history.canRedo());
        history.redo();
        QCOMPARE(history.song()->tracks[0]->notes[0].pitch.midi, 71);
    }

    void staleAndEmptyTransactions()
    {
        History history(exampleSong());
        const Transaction stale = moved(history.song(), 70);
        QVERIFY(history.commit(moved(history.song(), 71)));
        QVERIFY(!history.commit(stale));
        QVERIFY(history.commit(Transaction(history.song(), "nothing")));
        QCOMPARE(history.revision(), std::uint64_t{1});
    }

    void proposals()
    {
        History history(exampleSong());
        const SongPtr song = history.song();
        Proposal proposal;
        proposal.label = "Regenerate line";
        proposal.edits = moved(song, 72).edits();
        proposal.provenance = Origin{OriginId{500}, Maker::Model, "melody", "1", "", 9};
        // Another object may change in between.
        Transaction t(song, "title");
        SongHead head = song->head;
        head.title = "other";
        t.setHead(head);
        QVERIFY(history.commit(t));
        QVERIFY(history.accept(proposal));
        QCOMPARE(history.song()->tracks[0]->notes[0].pitch.midi, 72);
        QVERIFY(history.song()->origin(OriginId{500}));
        const SongPtr accepted = history.song();
        QVERIFY(!history.accept(proposal));
        QVERIFY(history.song() == accepted);
        history.undo();
        QCOMPARE(history.song()->head.title, std::string("other"));
        QVERIFY(!history.song()->origin(OriginId{500}));
    }

    void theJournalReplaysTheWholeHistory()
    {
        const SongPtr start = exampleSong();
        History history(start);
        std::vector<Entry> journal;
        history.setListener([&](const Entry& entry) { journal.push_back(entry); });
        for (std::uint64_t i = 0; i < 300; ++i) {
            const Random random = Random(3, "history").at({i});
            const std::size_t what = random.index(5, 99);
            if (what == 0) {
                history.undo();
            } else if (what == 1) {
                history.redo();
            } else {
                Transaction t(history.song(), "gesture " + std::to_string(i));
                randomGesture(t, random);
                QVERIFY(history.commit(t));
            }
        }
        auto replayed = History::replay(start, journal);
        QVERIFY(replayed);
        QVERIFY(*replayed->song() == *history.song());
        QCOMPARE(replayed->song()->ids.next, history.song()->ids.next);
        QCOMPARE(replayed->undoLabel(), history.undoLabel());
        QCOMPARE(replayed->redoLabel(), history.redoLabel());
        while (history.canUndo())
            history.undo();
        while (replayed->canUndo())
            replayed->undo();
        QVERIFY(*replayed->song() == *history.song());
        QVERIFY(*replayed->song() == *start);
    }

    void aJournalMayBeginAfterTheGesturesThatItUndoes()
    {
        History history(exampleSong());
        QVERIFY(history.commit(moved(history.song(), 72)));
        const SongPtr start = history.song();
        std::vector<Entry> journal;
        history.setListener([&](const Entry& entry) { journal.push_back(entry); });
        QVERIFY(history.commit(moved(history.song(), 74)));
        history.undo();
        history.undo();
        auto replayed = History::replay(start, journal);
        QVERIFY(replayed);
        QVERIFY(*replayed->song() == *history.song());
        QVERIFY(!replayed->canUndo());
        QVERIFY(!replayed->canRedo());

        history.redo();
        replayed = History::replay(start, journal);
        QVERIFY(replayed);
        QVERIFY(*replayed->song() == *start);
        QVERIFY(replayed->canUndo());
        replayed->undo();
        QCOMPARE(replayed->song()->tracks[0]->notes[0].pitch.midi,
                 exampleSong()->tracks[0]->notes[0].pitch.midi);
    }
};

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
