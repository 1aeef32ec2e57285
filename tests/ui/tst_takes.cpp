#include <algorithm>

#include <QGuiApplication>
#include <QTest>

#include "fake_studio.h"
#include "workspace.h"

using namespace cantilena;

/// Proposals for a part of the tune, without their window.
class TestTakes : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<session::Studio> m_studio;
    std::unique_ptr<ui::Workspace> m_workspace;
    song::SongPtr m_song;

    ui::TakesViewModel& takes() { return *m_workspace->song()->takes(); }
    test::FakeTunesmith& tunesmith() { return test::fakeStudio().tunesmith; }
    int highest() const
    {
        int pitch = 0;
        for (const song::Note& note : m_studio->song()->melody()->notes)
            pitch = std::max(pitch, note.pitch.midi);
        return pitch;
    }

private Q_SLOTS:
    void init()
    {
        m_studio = test::openFake();
        m_workspace = std::make_unique<ui::Workspace>(*m_studio);
        m_workspace->setLanguage(QStringLiteral("en"));
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        m_song = m_studio->song();
    }

    void cleanup()
    {
        m_workspace.reset();
        m_studio.reset();
    }

    void takesAreHeardInTheSongOneAtATime()
    {
        const int before = highest();
        takes().begin(0, static_cast<double>(m_song->length().value));
        QVERIFY(takes().isOpen() && takes().busy());
        QVERIFY(takes().part().startsWith(QStringLiteral("Bars 1 to ")));
        tunesmith().propose(*m_song, 2);
        QCOMPARE(takes().takes(), (QStringList{"As it was", "Take 1"}));
        QCOMPARE(takes().chosen(), 1);
        QCOMPARE(highest(), before + 2);
        takes().setVary(true);
        takes().setBravery(0.75);
        takes().another();
        QVERIFY(tunesmith().asked.back().piece.wish == compose::PieceWish::Vary);
        QCOMPARE(tunesmith().asked.back().bravery, 0.75);
        QVERIFY(tunesmith().asked[0].piece.take != tunesmith().asked[1].piece.take);
        tunesmith().propose(*m_song, 3);
        QCOMPARE(highest(), before + 3); // in place of the first, not on top of it
        takes().choose(0);
        QVERIFY(*m_studio->song() == *m_song);
        takes().choose(1);
        QCOMPARE(highest(), before + 2);
        takes().keep();
        QVERIFY(!takes().isOpen());
        QCOMPARE(highest(), before + 2);
        QVERIFY(m_studio->canUndo());
        m_studio->undo();
        QVERIFY(*m_studio->song() == *m_song);
        QVERIFY(!m_studio->canUndo()); // one step for all of it
    }

    void cancelLeavesTheTuneAsItWas()
    {
        takes().begin(0, 3840 * 4);
        tunesmith().propose(*m_song, 5);
        takes().cancel();
        QVERIFY(!takes().isOpen());
        QVERIFY(*m_studio->song() == *m_song);
        takes().begin(0, 3840);
        takes().cancel(); // while the question is open
        QVERIFY(!tunesmith().answer);
    }

    void anotherEditEndsIt()
    {
        takes().begin(0, 3840 * 4);
        tunesmith().propose(*m_song, 1);
        const song::TrackPtr melody = m_studio->song()->melody();
        QVERIFY(m_studio->removeNotes(melody->head.id, {melody->notes.back().id}));
        QVERIFY(!takes().isOpen());
    }

    void whatCannotBeWrittenIsSaid()
    {
        takes().begin(0, 3840);
        tunesmith().answer(
            Error{"Nothing is sung in this part of the song; choose bars or lines that have words."});
        QVERIFY(takes().isOpen() && !takes().busy());
        QVERIFY(!takes().notice().isEmpty());
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    TestTakes test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_takes.moc"
