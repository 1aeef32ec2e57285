#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include "fake_studio.h"
#include "note_index.h"
#include "note_tools.h"
#include "palette.h"
#include "piano_roll.h"
#include "roll_geometry.h"

using namespace cantilena;
using music::Tick;

namespace {

ui::RollGeometry geometry()
{
    ui::RollGeometry g;
    g.width = 800;
    g.height = 600;
    g.pixelsPerQuarter = 60;
    g.rowHeight = 18;
    g.length = music::kQuarter * 400;
    g.scrollX = 120;
    g.scrollY = 900;
    return g;
}

ui::RollNote rollNote(std::uint64_t id, Tick onset, Tick duration, int pitch)
{
    return {{id}, onset, onset + duration, pitch, 80, {}, {}, false};
}

} // namespace

class TestPianoRoll : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<session::Studio> m_studio;
    std::unique_ptr<ui::SessionBridge> m_bridge;
    std::unique_ptr<QQuickWindow> m_window;
    ui::PianoRoll* m_roll = nullptr;

    song::SongPtr song() const { return m_studio->song(); }
    /// Where the n-th note of the melody is in the item.
    QRectF place(std::size_t n) const
    {
        const song::Note& note = song()->melody()->notes[n];
        return m_roll->geometry().noteRect(note.onset, note.duration, note.pitch.midi);
    }
    void show(std::size_t n)
    {
        m_roll->scrollToX(std::max(0.0, (m_roll->geometry().scrollX + place(n).x() - 300)) /
                          m_roll->geometry().contentWidth());
    }

private Q_SLOTS:
    void init()
    {
        m_studio = test::openFake();
        m_bridge = std::make_unique<ui::SessionBridge>(*m_studio);
        m_window = std::make_unique<QQuickWindow>();
        m_window->resize(1000, 640);
        m_roll = new ui::PianoRoll(m_window->contentItem());
        m_roll->setSize(QSizeF(1000, 640));
        m_roll->setPalette(ui::ThemeFile().load(QStringLiteral("dark")));
        m_roll->setSession(m_bridge.get());
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        m_roll->setTrack(static_cast<double>(song()->melody()->head.id.value));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_bridge.reset();
        m_studio.reset();
    }

    void placesAndBack()
    {
        const ui::RollGeometry g = geometry();
        for (const std::int64_t tick : {2'000, 4'800, 7'680, 11'111}) {
            const Tick back = g.tickAt(g.xOf({tick}));
            QVERIFY(std::abs(back.value - tick) <= 1);
        }
        for (int pitch = 0; pitch < 128; ++pitch) {
            QCOMPARE(g.pitchAt(g.yOf(pitch) + 1), pitch);
            QCOMPARE(g.pitchAt(g.yOf(pitch) + g.rowHeight - 1), pitch);
        }
        QCOMPARE(g.tickAt(-5'000).value, 0);
        QCOMPARE(g.pitchAt(-1e6), 127);
        QCOMPARE(g.pitchAt(1e6), 0);
    }

    void zoomKeepsWhatIsUnderThePointer()
    {
        ui::RollGeometry g = geometry();
        g.scrollX = 4'000;
        const Tick before = g.tickAt(400);
        g.zoom(1.7, 400);
        QVERIFY(std::abs(g.tickAt(400).value - before.value) <= 1);
        const int pitch = g.pitchAt(300);
        g.zoomRows(1.5, 300);
        QVERIFY(std::abs(g.pitchAt(300) - pitch) <= 1);
        g.zoom(1e9, 400);
        QCOMPARE(g.pixelsPerQuarter, ui::RollGeometry::kMostZoom);
        g.zoom(1e-9, 400);
        QCOMPARE(g.pixelsPerQuarter, ui::RollGeometry::kLeastZoom);
    }

    void scrollStaysInside()
    {
        ui::RollGeometry g = geometry();
        g.scrollX = -50;
        g.scrollY = 1e7;
        g.clamp();
        QCOMPARE(g.scrollX, 0.0);
        QCOMPARE(g.scrollY, g.contentHeight() - g.viewHeight());
        g.reveal(g.noteRect(music::kQuarter * 200, music::kQuarter, 60));
        const QRectF rect = g.noteRect(music::kQuarter * 200, music::kQuarter, 60);
        QVERIFY(rect.left() >= ui::RollGeometry::kGutter && rect.right() <= g.width);
        QVERIFY(rect.top() >= ui::RollGeometry::kHeader && rect.bottom() <= g.height);
    }

    void snapping()
    {
        QCOMPARE(ui::snapped({119}, ui::kSnapGrid).value, 0);
        QCOMPARE(ui::snapped({120}, ui::kSnapGrid).value, 240);
        QCOMPARE(ui::snapped({-40}, ui::kSnapGrid).value, 0);
        QCOMPARE(ui::snapped({44}, ui::kFineGrid).value, 30);
    }

    void visibleNotesAreExactlyThoseThatOverlap()
    {
        const song::SongPtr big = test::bigSong(5'000);
        const ui::NoteIndex index(*big->tracks.back(), {});
        QCOMPARE(index.notes().size(), std::size_t{5'000});
        for (const std::int64_t from : {0, 12'345, 480'000, 1'190'000}) {
            const Tick first{from}, last{from + 15'360};
            std::vector<std::size_t> expected;
            for (std::size_t i = 0; i < index.notes().size(); ++i) {
                const ui::RollNote& note = index.notes()[i];
                if (note.end > first && note.onset < last && note.pitch >= 50 && note.pitch <= 70)
                    expected.push_back(i);
            }
            QVERIFY(index.visible(first, last, 50, 70) == expected);
        }
    }

    void aLongNoteIsFoundFromItsMiddle()
    {
        song::Track track;
        for (int i = 0; i < 100; ++i) {
            song::Note note;
            note.id = {static_cast<std::uint64_t>(i + 1)};
            note.onset = music::kQuarter * i;
            note.duration = i == 3 ? music::kQuarter * 80 : music::kEighth;
            note.pitch = {i == 3 ? 40 : 60};
            track.notes.push_back(note);
        }
        const ui::NoteIndex index(track, {});
        QCOMPARE(index.at(music::kQuarter * 50, 40), std::optional<std::size_t>(3));
        QCOMPARE(index.at(music::kQuarter * 90, 40), std::nullopt);
        QCOMPARE(index.visible(music::kQuarter * 60, music::kQuarter * 61, 0, 127).size(), std::size_t{2});
    }

    void dragMovesAGroupAndStopsAtBorders()
    {
        ui::NoteDrag drag(ui::NoteDrag::Kind::Move,
                          {rollNote(1, {960}, {480}, 60), rollNote(2, {1'500}, {480}, 126)}, {1}, {1'000},
                          60);
        drag.update({1'000}, 60, false);
        QVERIFY(!drag.changed());
        drag.update({1'400}, 65, false);
        QCOMPARE(drag.places()[0].onset.value, 1'440);
        QCOMPARE(drag.places()[1].onset.value, 1'980);
        QCOMPARE(drag.places()[1].pitch, 127);
        QCOMPARE(drag.places()[0].pitch, 61);
        drag.update({-100'000}, 0, false);
        QCOMPARE(drag.places()[0].onset.value, 0);
        QCOMPARE(drag.places()[0].pitch, 0);
        drag.update({1'040}, 60, true);
        QCOMPARE(drag.places()[0].onset.value, 990);
    }

    void resizeKeepsANoteAudible()
    {
        ui::NoteDrag drag(ui::NoteDrag::Kind::Resize, {rollNote(1, {960}, {480}, 60)}, {1}, {1'440}, 60);
        drag.update({1'700}, 60, false);
        QCOMPARE(drag.places()[0].duration.value, 720);
        drag.update({0}, 60, false);
        QCOMPARE(drag.places()[0].duration.value, 240);
    }

    void aDragIsOneUndoStep()
    {
        show(2);
        const song::Note before = song()->melody()->notes[2];
        const QPointF from = place(2).center();
        const QPointF to =
            from + QPointF(m_roll->geometry().pixelsPerQuarter, -m_roll->geometry().rowHeight * 2);
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(m_window.get(), ((from + to) / 2).toPoint());
        QTest::mouseMove(m_window.get(), to.toPoint());
        QCOMPARE(song()->note(song()->melody()->head.id, before.id)->onset.value, before.onset.value);
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, to.toPoint());
        const song::Note* after = song()->note(song()->melody()->head.id, before.id);
        QCOMPARE(after->onset.value, before.onset.value + 960);
        QCOMPARE(after->pitch.midi, before.pitch.midi + 2);
        QVERIFY(m_studio->selection().notes == std::vector<song::NoteId>{before.id});
        m_studio->undo();
        QVERIFY(!m_studio->canUndo());
        QVERIFY(*song()->note(song()->melody()->head.id, before.id) == before);
    }

    void theRightEdgeResizes()
    {
        show(2);
        const song::Note before = song()->melody()->notes[2];
        const QPointF from(place(2).right() - 2, place(2).center().y());
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(m_window.get(),
                         (from + QPointF(m_roll->geometry().pixelsPerQuarter / 2, 0)).toPoint());
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {},
                            (from + QPointF(m_roll->geometry().pixelsPerQuarter / 2, 0)).toPoint());
        QCOMPARE(song()->note(song()->melody()->head.id, before.id)->duration.value,
                 before.duration.value + 480);
    }

    void keysSelectMoveAndRemove()
    {
        m_roll->forceActiveFocus();
        QTest::keyClick(m_window.get(), Qt::Key_Right);
        QVERIFY(m_studio->selection().notes == std::vector<song::NoteId>{song()->melody()->notes[0].id});
        QTest::keyClick(m_window.get(), Qt::Key_Right);
        const song::Note before = song()->melody()->notes[1];
        QVERIFY(m_studio->selection().notes == std::vector<song::NoteId>{before.id});
        QTest::keyClick(m_window.get(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(song()->note(song()->melody()->head.id, before.id)->pitch.midi, before.pitch.midi + 1);
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(song()->note(song()->melody()->head.id, before.id)->onset.value, before.onset.value + 240);
        const std::size_t count = song()->melody()->notes.size();
        QTest::keyClick(m_window.get(), Qt::Key_Delete);
        QCOMPARE(song()->melody()->notes.size(), count - 1);
        QVERIFY(m_studio->selection().notes.empty() || !m_roll->description().contains(QLatin1String("at")));
    }

    void aDoubleClickAsksForTheWord()
    {
        show(2);
        QSignalSpy spy(m_roll, &ui::PianoRoll::wordEditRequested);
        QTest::mouseDClick(m_window.get(), Qt::LeftButton, {}, place(2).center().toPoint());
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.at(0).at(0).toDouble(), static_cast<double>(song()->sections[1]->lines[0].id.value));
        QCOMPARE(spy.at(0).at(1).toInt(), 2);
    }

    /// A place right of the last note in view where nothing is.
    QPointF emptyPlace() const
    {
        const QRectF last = place(song()->melody()->notes.size() - 1);
        return {last.right() + m_roll->geometry().pixelsPerQuarter, last.center().y()};
    }

    void aDoubleClickOnNothingAddsANote()
    {
        show(song()->melody()->notes.size() - 1);
        const std::size_t count = song()->melody()->notes.size();
        const QPointF at = emptyPlace();
        QTest::mouseDClick(m_window.get(), Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(song()->melody()->notes.size(), count + 1);
        const song::Note& added = song()->melody()->notes.back();
        QVERIFY(std::abs(m_roll->geometry().xOf(added.onset) - at.x()) <=
                m_roll->geometry().pixelsPerQuarter / 4);
        QVERIFY(m_studio->selection().notes == std::vector<song::NoteId>{added.id});
        QTest::keyClick(m_window.get(), Qt::Key_Delete);
        QCOMPARE(song()->melody()->notes.size(), count);
        m_studio->undo();
        m_studio->undo();
        QVERIFY(!m_studio->canUndo());
    }

    void thePencilDrawsALength()
    {
        show(song()->melody()->notes.size() - 1);
        m_roll->setDrawing(true);
        const QPointF at = emptyPlace();
        const QPointF to = at + QPointF(m_roll->geometry().pixelsPerQuarter * 2, 0);
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, at.toPoint());
        QTest::mouseMove(m_window.get(), to.toPoint());
        QVERIFY(!m_studio->canUndo());
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, to.toPoint());
        const song::Note added = song()->melody()->notes.back();
        QVERIFY(std::abs(added.duration.value - 1'920) <= 240);
        // The next one is as long. Escape drops one that is being drawn.
        m_roll->addNoteAfterSelection();
        QCOMPARE(song()->melody()->notes.back().onset.value, added.end().value);
        QCOMPARE(song()->melody()->notes.back().duration.value, added.duration.value);
        const std::size_t count = song()->melody()->notes.size();
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, (at - QPointF(0, 80)).toPoint());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, (at - QPointF(0, 80)).toPoint());
        QCOMPARE(song()->melody()->notes.size(), count);
    }

    void theKeyboardAddsNotes()
    {
        m_roll->forceActiveFocus();
        QTest::keyClick(m_window.get(), Qt::Key_Right);
        const std::size_t count = song()->melody()->notes.size();
        QTest::keyClick(m_window.get(), Qt::Key_Insert);
        QCOMPARE(song()->melody()->notes.size(), count + 1);
        QVERIFY(m_studio->selection().notes.size() == 1);
    }

    void aNarrowNoteTellsItsWord()
    {
        show(2);
        QTest::mouseMove(m_window.get(), place(2).center().toPoint());
        QTRY_VERIFY(m_roll->hint().isEmpty());
        m_roll->zoomBy(0.1);
        show(2);
        QTest::mouseMove(m_window.get(), QPoint(500, 600));
        QTest::mouseMove(m_window.get(), place(2).center().toPoint());
        QTRY_VERIFY(!m_roll->hint().isEmpty());
        QVERIFY(m_roll->hintPlace().contains(place(2).center()));
        QTest::mouseMove(m_window.get(), QPoint(500, 600));
        QTRY_VERIFY(m_roll->hint().isEmpty());
    }

    void theRightButtonAsksForAMenu()
    {
        show(2);
        QSignalSpy spy(m_roll, &ui::PianoRoll::menuRequested);
        QTest::mouseClick(m_window.get(), Qt::RightButton, {}, place(2).center().toPoint());
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.at(0).at(1).toBool(), true);
        QVERIFY(m_roll->singleWord());
    }

    void aRubberBandSelects()
    {
        show(0);
        const QRectF all = place(0).united(place(1)).united(place(2));
        const QPointF from(all.left() - 6, all.top() - 30), to(all.right() + 2, all.bottom() + 30);
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(m_window.get(), to.toPoint());
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, to.toPoint());
        QVERIFY(m_studio->selection().notes.size() >= 3);
    }

    void theHeaderSeeks()
    {
        QSignalSpy spy(m_roll, &ui::PianoRoll::seekRequested);
        QTest::mouseClick(m_window.get(), Qt::LeftButton, {}, QPoint(400, 10));
        QCOMPARE(spy.count(), 1);
        QVERIFY(std::abs(spy.at(0).at(0).toDouble() -
                         static_cast<double>(m_roll->geometry().tickAt(400).value)) <= 120);
    }

    void theViewFollowsThePlayhead()
    {
        m_roll->setPlayhead(960.0 * 100);
        QVERIFY(m_roll->playheadX() >= ui::RollGeometry::kGutter && m_roll->playheadX() <= 1000);
        m_roll->setFollowing(false);
        m_roll->setPlayhead(0);
        QVERIFY(m_roll->playheadX() < 0);
    }

    /// A frame of the roll with 5,000 notes, in a window's size, must leave room for 60 a second.
    void fiveThousandNotes_data()
    {
        QTest::addColumn<double>("pixelsPerQuarter");
        QTest::newRow("usual zoom") << 60.0;
        QTest::newRow("everything visible") << 6.0;
    }
    void fiveThousandNotes()
    {
        QFETCH(double, pixelsPerQuarter);
        test::fakeStudio().openSong(test::bigSong(5'000));
        m_roll->setTrack(static_cast<double>(song()->melody()->head.id.value));
        m_roll->setSize(QSizeF(1280, 800));
        m_roll->zoomBy(pixelsPerQuarter / m_roll->geometry().pixelsPerQuarter);
        QImage image(1280, 800, QImage::Format_ARGB32_Premultiplied);
        {
            QPainter painter(&image); // fonts are loaded by the first picture
            m_roll->paint(&painter);
        }
        QBENCHMARK
        {
            QPainter painter(&image);
            m_roll->paint(&painter);
        }
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    TestPianoRoll test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_piano_roll.moc"
