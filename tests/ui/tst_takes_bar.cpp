#include "screen_test.h"

using namespace cantilena;

/// Takes of the tune in the window.
class TestTakesBar : public test::ScreenTest {
    Q_OBJECT

private:
    test::FakeTunesmith& tunesmith() { return test::fakeStudio().tunesmith; }

private Q_SLOTS:
    void looks_data() { addLooks(); }
    void looks()
    {
        QFETCH(bool, dark);
        QFETCH(QString, language);
        QFETCH(QSize, size);
        m_window->resize(size);
        m_workspace->setDark(dark);
        m_workspace->setLanguage(language);
        test::fakeStudio().openSong(test::exampleSong(
            language == QLatin1String("zh") ? language::Language::Mandarin : language::Language::English));
        QTest::qWait(200);
        const song::SongPtr song = m_studio->song();
        QTest::keyClick(m_window, Qt::Key_T);
        QTRY_VERIFY(tunesmith().answer);
        for (int take = 1; take <= 8; ++take) {
            tunesmith().propose(*song, take % 3 + 1);
            if (take < 8)
                m_workspace->song()->takes()->another();
        }
        look(QStringLiteral("takes-") + QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(faults(), QStringList());
        m_workspace->song()->takes()->another();
        look(QStringLiteral("takes-busy-") + QString::fromLatin1(QTest::currentDataTag()));
    }

    void keysAndButtons()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        const song::SongPtr song = m_studio->song();
        QTest::keyClick(m_window, Qt::Key_T);
        QTRY_VERIFY(tunesmith().answer);
        tunesmith().propose(*song, 2);
        QVERIFY(!(*m_studio->song() == *song));
        QTest::keyClick(m_window, Qt::Key_Escape); // the tune as it was
        QVERIFY(*m_studio->song() == *song);
        QTRY_VERIFY(!find(QStringLiteral("Another take")));
        QTest::keyClick(m_window, Qt::Key_T); // the roll has the keyboard again
        QTRY_VERIFY(tunesmith().answer);
        tunesmith().propose(*song, 2);
        look(QStringLiteral("takes-one")); // and lay the new chip out
        click(find(QStringLiteral("As it was")));
        QTRY_VERIFY(*m_studio->song() == *song);
        click(find(QStringLiteral("Another take")));
        QTRY_VERIFY(tunesmith().answer);
        tunesmith().propose(*song, 3);
        look(QStringLiteral("takes-two"));
        click(find(QStringLiteral("Keep")));
        QVERIFY(!(*m_studio->song() == *song));
        QTRY_VERIFY(!find(QStringLiteral("Another take")));
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    TestTakesBar test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_takes_bar.moc"
