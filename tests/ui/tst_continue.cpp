#include <algorithm>
#include <vector>

#include "screen_test.h"

using namespace cantilena;

/// Going on with a song, and words for a tune that has none.
class TestContinue : public test::ScreenTest {
    Q_OBJECT

private:
    static song::SongPtr wordless(language::Language language)
    {
        song::Song song = *test::exampleSong(language);
        for (song::SectionPtr& section : song.sections) {
            song::Section bare = *section;
            bare.lines.clear();
            section = std::make_shared<const song::Section>(bare);
        }
        return std::make_shared<const song::Song>(std::move(song));
    }

    QQuickItem* named(const QString& name) const
    {
        std::vector<QQuickItem*> items;
        test::collect(m_window->contentItem(), items);
        const auto found = std::find_if(items.begin(), items.end(), [&](QQuickItem* item) {
            return item->objectName() == name && item->isVisible();
        });
        return found == items.end() ? nullptr : *found;
    }

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
        test::fakeStudio().openSong(wordless(language == QLatin1String("zh") ? language::Language::Mandarin
                                                                             : language::Language::English));
        QTest::qWait(200);
        look(QStringLiteral("wordless-") + QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(faults(), QStringList());
        QQuickItem* more = find(language == QLatin1String("zh") ? QStringLiteral("续写歌曲")
                                                                : QStringLiteral("Go on with the song"));
        QVERIFY(more);
        click(more);
        QTest::qWait(200);
        look(QStringLiteral("continue-") + QString::fromLatin1(QTest::currentDataTag()));
    }

    void theMenuAsksForSections()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        click(find(QStringLiteral("Go on with the song")));
        QTRY_VERIFY(find(QStringLiteral("What comes next")));
        click(find(QStringLiteral("What comes next")));
        QTRY_VERIFY(!test::fakeStudio().calls.empty());
        QCOMPARE(test::fakeStudio().calls.back(), std::string("continue 1"));
        test::fakeStudio().setJob(session::JobKind::None, "", 0);
        m_workspace->song()->goOn({QStringLiteral("verse"), QStringLiteral("chorus")});
        QCOMPARE(test::fakeStudio().calls.back(), std::string("continue 2 verse chorus"));
        QVERIFY(m_workspace->song()->changing());
    }

    void aTuneAsksForWords()
    {
        test::fakeStudio().openSong(wordless(language::Language::English));
        QTRY_VERIFY(m_workspace->song()->lyrics()->wordless());
        QQuickItem* field = named(QStringLiteral("subjectOfWords"));
        QVERIFY(field);
        click(field);
        for (const char c : std::string("my old dog"))
            QTest::keyClick(m_window, c);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(!test::fakeStudio().calls.empty());
        QCOMPARE(test::fakeStudio().calls.back(), std::string("words my old dog"));
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTRY_VERIFY(!m_workspace->song()->lyrics()->wordless());
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    TestContinue test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_continue.moc"
