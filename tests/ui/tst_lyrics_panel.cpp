#include "screen_test.h"

#include <utility>

using namespace cantilena;

/// The lyrics panel of the real window: lines and words rewritten by mouse and by keyboard.
class TestLyricsPanel : public test::ScreenTest {
    Q_OBJECT

private:
    test::FakeWordsmith& wordsmith() { return test::fakeStudio().wordsmith; }
    QString lineText(std::size_t section, std::size_t line) const
    {
        return QString::fromStdString(m_studio->song()->sections[section]->lines[line].text);
    }
    /// The button of this accessible text whose line is `line`.
    QQuickItem* rewriteButton(const QString& line) const
    {
        std::vector<QQuickItem*> items;
        test::collect(m_window->contentItem(), items);
        for (QQuickItem* item : items) {
            if (!item->isVisible() ||
                item->property("text").toString() != QLatin1String("Other words for this line"))
                continue;
            for (QQuickItem* above = item; above; above = above->parentItem()) {
                if (above->property("pieces").isValid() && above->property("name").toString() == line)
                    return item;
            }
        }
        return nullptr;
    }
    QQuickItem* word(const QString& text) const
    {
        std::vector<QQuickItem*> items;
        test::collect(m_window->contentItem(), items);
        const auto it = std::find_if(items.begin(), items.end(), [&](QQuickItem* item) {
            return item->isVisible() && item->activeFocusOnTab() &&
                   item->property("modelData").toString() == text;
        });
        return it == items.end() ? nullptr : *it;
    }
    void type(const char* text)
    {
        for (const char* c = text; *c; ++c)
            QTest::keyClick(m_window, *c);
    }

private Q_SLOTS:
    void looks_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        QTest::newRow("dark-en") << true << "en" << QSize(1280, 800);
        QTest::newRow("light-zh") << false << "zh" << QSize(1280, 800);
        QTest::newRow("light-en-small") << false << "en" << QSize(960, 620);
    }
    void looks()
    {
        QFETCH(bool, dark);
        QFETCH(QString, language);
        QFETCH(QSize, size);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        m_window->resize(size);
        m_workspace->setDark(dark);
        m_workspace->setLanguage(language);
        const bool chinese = language == QLatin1String("zh");
        test::fakeStudio().openSong(
            test::exampleSong(chinese ? language::Language::Mandarin : language::Language::English));
        QTest::qWait(200);
        const QString plain = QStringLiteral("lyrics-") + name;
        look(plain);
        QCOMPARE(faults(), QStringList());
        QQuickItem* toggle =
            find(chinese ? QStringLiteral("显示音节与重音") : QStringLiteral("Show syllables and stress"));
        click(toggle);
        QCOMPARE(test::fakeStudio().settings["syllablesShown"], std::string("yes"));
        look(QStringLiteral("lyrics-spoken-") + name);
        QCOMPARE(faults(), QStringList());
    }

    void aSuggestionIsTaken()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        const QString before = lineText(1, 1);
        click(rewriteButton(before));
        QTRY_VERIFY(wordsmith().otherLinesAnswer);
        QVERIFY(wordsmith().asked.back().starts_with("wish 0 "));
        look(QStringLiteral("rewrite-busy"));
        click(find(QStringLiteral("Sadder")));
        QVERIFY(wordsmith().asked.back().starts_with("wish 3 "));
        wordsmith().suggest({"the street is wet and white", "your door is out of sight"});
        look(QStringLiteral("rewrite"));
        QCOMPARE(faults(), QStringList());
        QTest::keyClick(m_window, Qt::Key_Down); // from the wish to the suggestions
        QTest::keyClick(m_window, Qt::Key_Down);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(lineText(1, 1), QStringLiteral("your door is out of sight"));
        QTRY_VERIFY(rewriteButton(lineText(1, 1))->hasActiveFocus());
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(lineText(1, 1), before);
        QVERIFY(!m_workspace->song()->canUndo());

        // Escape leaves the line alone and stops the search.
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(wordsmith().otherLinesAnswer);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(!wordsmith().otherLinesAnswer);
        QCOMPARE(lineText(1, 1), before);
    }

    void aLineIsTypedAnew()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        QQuickItem* button = rewriteButton(lineText(3, 0));
        QVERIFY(button);
        button->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(m_window, Qt::Key_F2);
        QTest::qWait(200);
        type("so slow");
        look(QStringLiteral("line-typed"));
        QCOMPARE(m_workspace->song()->rewrite()->countText(), QStringLiteral("2 / 7"));
        QTest::keyClick(m_window, Qt::Key_Return);
        for (const std::size_t chorus : {3U, 6U, 8U})
            QTRY_COMPARE(lineText(chorus, 0), QStringLiteral("so slow"));

        // A double click on a word does the same.
        QQuickItem* kettle = word(QStringLiteral("kettle"));
        QVERIFY(kettle);
        const QPoint at = kettle->mapToScene(QPointF(kettle->width() / 2, kettle->height() / 2)).toPoint();
        QTest::mouseClick(m_window, Qt::LeftButton, {}, at);
        QTest::mousePress(m_window, Qt::LeftButton, {}, at);
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, at);
        QTRY_COMPARE(m_workspace->song()->rewrite()->text(), QStringLiteral("I hear the kettle sing,"));
        QTest::keyClick(m_window, Qt::Key_Escape);
    }

    void aRhymeIsTaken()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        click(word(QStringLiteral("light,")));
        QTRY_VERIFY(wordsmith().rhymesAnswer);
        QCOMPARE(wordsmith().asked.back(), std::string("rhymes light"));
        look(QStringLiteral("rhymes-busy"));
        std::exchange(wordsmith().rhymesAnswer, nullptr)(
            std::vector<session::RhymingWord>{{"night", 1}, {"bright", 1}, {"delight", 2}});
        look(QStringLiteral("rhymes"));
        QTest::keyClick(m_window, Qt::Key_Down);
        QTest::keyClick(m_window, Qt::Key_Right);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(lineText(1, 1), QStringLiteral("your window keeps a bright"));
        QTest::qWait(500); // no double click with what follows
        click(word(QStringLiteral("bright")));
        QTRY_VERIFY(wordsmith().rhymesAnswer);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(!wordsmith().rhymesAnswer);
    }

    void enterPressesButtons()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        QQuickItem* lyrics = find(QStringLiteral("Show syllables and stress"));
        QVERIFY(lyrics);
        lyrics->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(test::fakeStudio().settings["syllablesShown"], std::string("yes"));
        QQuickItem* mute = find(QStringLiteral("M"));
        QVERIFY(mute);
        mute->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(m_window, Qt::Key_Enter);
        QVERIFY(m_studio->song()->tracks[0]->head.mix.mute);
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    ui::prepareApplication();
    TestLyricsPanel test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_lyrics_panel.moc"
