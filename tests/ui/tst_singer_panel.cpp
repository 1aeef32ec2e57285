#include "screen_test.h"

#include "piano_roll.h"
#include "workspace.h"

using namespace cantilena;

/// The singer's chip and panel in the studio, and pitch lines drawn in the roll.
class TestSingerPanel : public test::ScreenTest {
    Q_OBJECT

private:
    const song::Vocal& vocal() const { return m_studio->song()->head.vocal; }

private Q_SLOTS:
    void looks_data() { addLooks(); }
    void looks()
    {
        QFETCH(bool, dark);
        QFETCH(QString, language);
        QFETCH(QSize, size);
        const bool chinese = language == QLatin1String("zh");
        test::fakeStudio().openSong(
            test::exampleSong(chinese ? language::Language::Mandarin : language::Language::English));
        m_workspace->setDark(dark);
        m_workspace->setLanguage(language);
        m_window->resize(size);
        QTest::qWait(100);
        m_workspace->song()->singer()->choose(QStringLiteral("lin"));
        QQuickItem* chip = find(chinese ? QStringLiteral("歌手：林") : QStringLiteral("Singer: Lin"));
        click(chip);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(!blank(look(QStringLiteral("singer-") + row)));
        QCOMPARE(faults(), QStringList());
        m_workspace->song()->singer()->setHarmony(1);
        m_workspace->song()->singer()->setControl(QStringLiteral("growl"), 0.4);
        QVERIFY(!blank(look(QStringLiteral("singer-second-") + row)));
        QCOMPARE(faults(), QStringList());
    }

    void everyControlIsOneUndoStep()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        ui::SingerViewModel& singer = *m_workspace->song()->singer();
        singer.choose(QStringLiteral("mira"));
        QCOMPARE(vocal().singer, std::string("mira"));
        QCOMPARE(singer.name(), QStringLiteral("Mira"));
        const QVariantMap controls = singer.controls();
        for (auto it = controls.begin(); it != controls.end(); ++it) {
            singer.setControl(it.key(), 0.75);
            QCOMPARE(singer.controls().value(it.key()).toDouble(), 0.75);
            m_studio->undo();
            QVERIFY(singer.controls().value(it.key()).toDouble() != 0.75);
        }
        singer.setDoubles(2);
        singer.setHarmony(1);
        singer.setHarmonyBelow(true);
        QVERIFY(vocal().doubles == song::Where::Throughout && vocal().harmony == song::Where::Choruses);
        QVERIFY(vocal().harmonyBelow && !singer.plain());
        singer.reset();
        QVERIFY(singer.plain());
        QCOMPARE(vocal().singer, std::string("mira"));
        singer.setDoubles(99); // out of bounds from a hand-made call
        QVERIFY(vocal().doubles == song::Where::Throughout);
    }

    void panelOpensAndChoosesBySight()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        m_workspace->setLanguage(QStringLiteral("en"));
        m_window->resize(1280, 800);
        m_workspace->song()->singer()->choose(QStringLiteral("lin"));
        QTest::qWait(50);
        click(find(QStringLiteral("Singer: Lin")));
        QTest::qWait(30);
        click(find(QStringLiteral("Mira")));
        QCOMPARE(vocal().singer, std::string("mira"));
        click(find(QStringLiteral("Close")));
        QVERIFY(!find(QStringLiteral("Mira")));
    }

    void aPitchIsDrawnAndTakenAway()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        m_window->resize(1280, 800);
        QTest::qWait(50);
        QTest::keyClick(m_window, Qt::Key_B);
        auto* roll = m_window->findChild<ui::PianoRoll*>();
        QVERIFY(roll && roll->bending());
        const song::Note note = m_studio->song()->melody()->notes.front();
        roll->reveal(static_cast<double>(note.onset.value), static_cast<double>(note.end().value));
        QTest::qWait(50);
        const auto at = [&](double share, double semitones) {
            const double x = roll->geometry().xOf(note.onset) +
                             share * (roll->geometry().xOf(note.end()) - roll->geometry().xOf(note.onset));
            return roll->mapToScene(QPointF(x, roll->geometry().yOfPitch(note.pitch.midi + semitones)))
                .toPoint();
        };
        const auto drag = [&](Qt::MouseButton button) {
            QTest::mousePress(m_window, button, {}, at(0.1, 0.5));
            for (const double share : {0.3, 0.5, 0.7, 0.9})
                QTest::mouseMove(m_window, at(share, 0.5));
            if (button == Qt::LeftButton)
                QVERIFY(!blank(look(QStringLiteral("pitch-stroke"))));
            QTest::mouseRelease(m_window, button, {}, at(0.9, 0.5));
            QTest::qWait(30);
        };
        drag(Qt::LeftButton);
        const auto& bend = m_studio->song()->melody()->notes.front().bend;
        QVERIFY(bend.size() > 1);
        QVERIFY(std::abs(bend.front().cents - 50) < 10);
        QVERIFY(!blank(look(QStringLiteral("pitch-drawn"))));
        drag(Qt::RightButton);
        QVERIFY(m_studio->song()->melody()->notes.front().bend.empty());
        QTest::keyClick(m_window, Qt::Key_B);
        QVERIFY(!roll->bending());
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    ui::prepareApplication();
    TestSingerPanel test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_singer_panel.moc"
