#include "screen_test.h"

using namespace cantilena;

/// Opens the real window on the double in both themes, both languages and two sizes, and looks at what it
/// draws. The pictures are kept in the folder "screens" beside the test, to be looked at by a person.
class TestScreens : public test::ScreenTest {
    Q_OBJECT

private:
    /// The chip of the start screen that says this, by its word or by its label and value.
    QQuickItem* chip(const QString& text) const
    {
        std::vector<QQuickItem*> items;
        test::collect(m_window->contentItem(), items);
        for (QQuickItem* item : items) {
            const QString label = item->property("label").toString(),
                          value = item->property("value").toString();
            if (!item->isVisible() || !item->activeFocusOnTab())
                continue;
            if (item->property("word").toString() == text ||
                (!label.isEmpty() &&
                 (value.isEmpty() ? label : label + QStringLiteral(": ") + value) == text))
                return item;
        }
        return nullptr;
    }

private Q_SLOTS:
    void screens_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        QTest::newRow("dark-en") << true << "en" << QSize(1280, 800);
        QTest::newRow("light-en") << false << "en" << QSize(1280, 800);
        QTest::newRow("dark-zh") << true << "zh" << QSize(1280, 800);
        QTest::newRow("light-zh") << false << "zh" << QSize(1280, 800);
        QTest::newRow("dark-en-small") << true << "en" << QSize(1024, 700);
        QTest::newRow("light-zh-small") << false << "zh" << QSize(1024, 700);
    }

    void screens()
    {
        QFETCH(bool, dark);
        QFETCH(QString, language);
        QFETCH(QSize, size);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        m_window->resize(size);
        m_workspace->setDark(dark);
        m_workspace->setLanguage(language);
        test::FakeStudio& fake = test::fakeStudio();
        const bool chinese = language == QLatin1String("zh");

        QVERIFY(!blank(look(QStringLiteral("start-") + name)));
        QCOMPARE(faults(), QStringList());

        click(find(chinese ? QStringLiteral("作词") : QStringLiteral("Lyricist")));
        QTest::qWait(200);
        QVERIFY(!blank(look(QStringLiteral("lyricist-") + name)));
        QCOMPARE(faults(), QStringList());
        ui::LyricistViewModel& lyricist = *m_workspace->lyricist();
        lyricist.setEnabled(true);
        lyricist.setUrl(QStringLiteral("https://api.deepseek.com"));
        lyricist.setModel(QStringLiteral("deepseek-chat"));
        lyricist.setKey(QStringLiteral("sk-0123456789"));
        lyricist.test();
        fake.observer->lyricistTested(
            false,
            "api.deepseek.com has no such address or model; check both (an address often ends in /v1).");
        look(QStringLiteral("lyricist-failed-") + name);
        fake.observer->lyricistTested(true, "deepseek-chat at api.deepseek.com answers.");
        look(QStringLiteral("lyricist-works-") + name);
        click(find(chinese ? QStringLiteral("保存") : QStringLiteral("Save")));
        QTRY_VERIFY(fake.lyricist.enabled);
        QCOMPARE(fake.key, std::string("sk-0123456789"));
        QTest::qWait(200);
        look(QStringLiteral("start-lyricist-") + name);
        QCOMPARE(faults(), QStringList());
        click(find(chinese ? QStringLiteral("作词") : QStringLiteral("Lyricist")));
        QTest::qWait(200);
        look(QStringLiteral("lyricist-kept-") + name);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTest::mouseMove(m_window, {4, size.height() - 4}); // a tool tip outlives no screen
        QTest::qWait(200);

        m_workspace->start()->setPrompt(
            chinese ? QStringLiteral("写一首关于夏天海边的轻快的歌")
                    : QStringLiteral("a rainy night in Hangzhou, missing my grandmother"));
        m_workspace->start()->brief()->choose(ui::BriefModel::Mood, QStringLiteral("calm"));
        m_workspace->start()->brief()->choose(ui::BriefModel::Style, QStringLiteral("ballad"));
        m_workspace->start()->brief()->replaceWord(-1, chinese ? QStringLiteral("灯塔")
                                                               : QStringLiteral("lantern"));
        QTest::qWait(300); // the sentence is read when the typing stops
        look(QStringLiteral("prompt-") + name);
        m_workspace->start()->create();
        QVERIFY(m_workspace->start()->composing());
        session::PlanSummary plan;
        plan.language = chinese ? "zh" : "en";
        plan.key = "A minor";
        plan.style = "ballad";
        plan.singer = "mira";
        plan.tempo = 84;
        plan.meter = "4/4";
        plan.durationSeconds = 163;
        plan.themes = chinese ? std::vector<std::string>{"夏天", "海边", "阳光", "浪花"}
                              : std::vector<std::string>{"rain", "night", "grandmother", "window", "light"};
        plan.sections = {"Intro",    "Verse 1", "Pre-chorus", "Chorus 1", "Verse 2",
                         "Chorus 2", "Bridge",  "Chorus 3",   "Outro"};
        fake.setPlan(plan);
        fake.setJob(session::JobKind::Compose, "melody", 0.62);
        QVERIFY(!blank(look(QStringLiteral("composing-") + name)));
        QCOMPARE(faults(), QStringList());

        fake.setJob(session::JobKind::None, "", 1);
        fake.openSong(
            test::exampleSong(chinese ? language::Language::Mandarin : language::Language::English));
        fake.setJob(session::JobKind::RenderVocal, "voice", 0.35);
        fake.playback.device = "Built-in Audio Analog Stereo";
        fake.playback.position = music::kQuarter * 29;
        fake.playback.playing = true;
        fake.playback.peakLeft = 0.5F;
        fake.playback.peakRight = 0.35F;
        m_workspace->transport()->seek(960.0 * 29);
        QVERIFY(!blank(look(QStringLiteral("studio-") + name)));
        QCOMPARE(faults(), QStringList());
    }

    void typingAndEnterCreates()
    {
        QTest::qWait(100);
        QVERIFY(m_window->activeFocusItem());
        for (const char c : std::string("a song about tea"))
            QTest::keyClick(m_window, c);
        QCOMPARE(m_workspace->start()->prompt(), QStringLiteral("a song about tea"));
        QTRY_VERIFY(chip(QStringLiteral("Mood: Sad")));
        click(chip(QStringLiteral("Mood: Sad")));
        QTest::qWait(200);
        look(QStringLiteral("mood"));
        click(find(QStringLiteral("Happy")));
        QTRY_VERIFY(chip(QStringLiteral("Mood: Happy")));
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(chip(QStringLiteral("Mood: Happy"))->hasActiveFocus());
        click(find(QStringLiteral("Create")));
        QVERIFY(m_workspace->start()->composing());
        QCOMPARE(test::fakeStudio().request->mood, std::string("happy"));
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(!m_workspace->start()->composing());
    }

    void theLyricistIsSetByKeyboard()
    {
        QTest::qWait(100);
        click(find(QStringLiteral("Lyricist")));
        QTest::qWait(250);
        QTest::keyClick(m_window, Qt::Key_Space); // the switch
        QVERIFY(m_workspace->lyricist()->enabled());
        for (const char* text : {"https://example.org/v1", "tea-1", "secret"}) {
            QTest::keyClick(m_window, Qt::Key_Tab);
            for (const char* c = text; *c; ++c)
                QTest::keyClick(m_window, *c);
        }
        look(QStringLiteral("lyricist-typed"));
        QTest::keyClick(m_window, Qt::Key_Return);
        const test::FakeStudio& fake = test::fakeStudio();
        QTRY_COMPARE(fake.lyricist.url, std::string("https://example.org/v1"));
        QCOMPARE(fake.lyricist.model, std::string("tea-1"));
        QCOMPARE(fake.key, std::string("secret"));
        QVERIFY(fake.lyricist.enabled);
        QTest::qWait(250);
        // Escape leaves everything as it was, and the key is nowhere in the window.
        click(find(QStringLiteral("Lyricist")));
        QTest::qWait(250);
        QTest::keyClick(m_window, Qt::Key_Space);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTest::qWait(250);
        QVERIFY(fake.lyricist.enabled && m_workspace->lyricist()->enabled());
        QVERIFY(m_workspace->lyricist()->key().isEmpty());
        std::vector<QQuickItem*> items;
        test::collect(m_window->contentItem(), items);
        for (QQuickItem* item : items)
            QVERIFY(!item->property("text").toString().contains(QLatin1String("secret")));
    }

    void whatTheEnvironmentSaysIsShownOnly()
    {
        test::fakeStudio().lyricist = {true, "http://localhost:11434/v1", "local-model", true, true};
        m_workspace->lyricist()->reload();
        click(find(QStringLiteral("Lyricist")));
        QTest::qWait(250);
        look(QStringLiteral("lyricist-environment"));
        QVERIFY(!find(QStringLiteral("Save")));
        click(find(QStringLiteral("Close")));
    }

    void theBriefIsChangedByKeyboard()
    {
        using ui::BriefModel;
        BriefModel& brief = *m_workspace->start()->brief();
        for (const char c : std::string("night train"))
            QTest::keyClick(m_window, c);
        QTRY_VERIFY(chip(QStringLiteral("night")));
        chip(QStringLiteral("night"))->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(m_window, Qt::Key_Delete);
        QTRY_VERIFY(chip(QStringLiteral("train"))->hasActiveFocus());
        QTest::keyClick(m_window, Qt::Key_Return);
        QTest::qWait(150);
        look(QStringLiteral("subject-editor"));
        for (const char c : std::string("tram"))
            QTest::keyClick(m_window, c);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(brief.request().themes, std::vector<std::string>{"tram"});
        click(find(QStringLiteral("Add a word to the subject")));
        QTest::qWait(150);
        for (const char c : std::string("sea fog"))
            QTest::keyClick(m_window, c);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(brief.request().themes, (std::vector<std::string>{"tram", "sea", "fog"}));

        QQuickItem* tempo = chip(QStringLiteral("Tempo"));
        QVERIFY(tempo);
        tempo->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTest::qWait(150);
        QTest::keyClick(m_window, Qt::Key_8);
        QTest::keyClick(m_window, Qt::Key_8);
        look(QStringLiteral("tempo"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(brief.request().tempo.value_or(music::Bpm{0}).value, 88.0);
        QTRY_VERIFY(tempo->hasActiveFocus());
        QTest::keyClick(m_window, Qt::Key_Delete);
        QVERIFY(!brief.request().tempo);

        QQuickItem* key = chip(QStringLiteral("Key"));
        click(key);
        QTest::qWait(150);
        look(QStringLiteral("key"));
        QTest::keyClick(m_window, Qt::Key_Right);
        QTest::keyClick(m_window, Qt::Key_Right);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(brief.request().key, std::optional(music::Key{2, music::Mode::Major}));
        click(chip(QStringLiteral("Style: Folk")));
        QTest::qWait(150);
        look(QStringLiteral("style"));
        click(find(QStringLiteral("Rock")));
        QTRY_COMPARE(brief.request().style, std::string("rock"));
        QVERIFY(!find(QStringLiteral("Rock")));
        QCOMPARE(faults(), QStringList());
    }

    void studioByKeyboard()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        QTest::keyClick(m_window, Qt::Key_Space);
        QTRY_VERIFY(m_workspace->transport()->playing());
        QTest::keyClick(m_window, Qt::Key_Space);
        QTRY_VERIFY(!m_workspace->transport()->playing());
        QTest::keyClick(m_window, Qt::Key_L);
        QTRY_VERIFY(m_workspace->transport()->looping());
        QTest::keyClick(m_window, Qt::Key_Right); // the piano roll has the keyboard
        QTest::keyClick(m_window, Qt::Key_Right);
        QTest::keyClick(m_window, Qt::Key_Up, Qt::AltModifier);
        QVERIFY(m_workspace->song()->canUndo());
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!m_workspace->song()->canUndo());
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_workspace->song()->canUndo());

        QTest::keyClick(m_window, Qt::Key_Return); // edits the word of the note
        QTest::qWait(250);
        look(QStringLiteral("word"));
        QTest::keyClick(m_window, Qt::Key_S);
        QTest::keyClick(m_window, Qt::Key_O);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(QString::fromStdString(m_studio->song()->sections[1]->lines[0].words[1].text),
                     QStringLiteral("so"));

        QTest::keyClick(m_window, Qt::Key_F1);
        QTest::qWait(250);
        look(QStringLiteral("shortcuts"));
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTest::qWait(250);
        click(find(QStringLiteral("Export")));
        QTest::qWait(250);
        look(QStringLiteral("export-menu"));
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTest::qWait(150);
        test::fakeStudio().say(
            "Cannot write /media/usb/Rain Over the Lake.wav; check its permissions and those of its folder.");
        QTest::qWait(300);
        look(QStringLiteral("message"));
        QTest::keyClick(m_window, Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(!m_workspace->song()->open());
    }

    void theTitleIsEdited()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        QQuickItem* title = find(QStringLiteral("Rain Over the Lake"));
        click(title);
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_window, Qt::Key_T);
        QTest::keyClick(m_window, Qt::Key_Space); // a space, not Play
        QTest::keyClick(m_window, Qt::Key_L);     // a letter, not Loop
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(m_workspace->song()->title(), QStringLiteral("t l"));
        QVERIFY(!m_workspace->transport()->playing());
        QVERIFY(!m_workspace->transport()->looping());
        const QString longTitle =
            QStringLiteral("A very long title about all the small things that a person remembers on a train");
        m_workspace->song()->rename(longTitle);
        look(QStringLiteral("long-title"));
        QCOMPARE(faults(), QStringList());
    }

    void gainIsOneUndoStep()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QTest::qWait(200);
        std::vector<QQuickItem*> items;
        test::collect(m_window->contentItem(), items);
        const auto slider = std::find_if(items.begin(), items.end(), [](QQuickItem* item) {
            return item->property("name").toString() == QLatin1String("Gain of Bass");
        });
        QVERIFY(slider != items.end());
        const QPoint from =
            (*slider)
                ->mapToScene(QPointF(
                    (*slider)->property("visualPosition").toDouble() * ((*slider)->width() - 14) + 7, 11))
                .toPoint();
        QTest::mousePress(m_window, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(m_window, from - QPoint(6 * i, 0));
        // Heard while the handle is held, with nothing to undo yet.
        const std::vector<std::string>& calls = test::fakeStudio().calls;
        QVERIFY(std::count_if(calls.begin(), calls.end(),
                              [](const std::string& call) { return call.starts_with("preview"); }) >= 4);
        QVERIFY(!m_workspace->song()->canUndo());
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, from - QPoint(48, 0));
        const double gain = m_studio->song()->tracks[2]->head.mix.gain.value;
        QVERIFY(gain < -5);
        QCOMPARE((*slider)->property("value").toDouble(), gain);
        m_workspace->song()->undo();
        QVERIFY(!m_workspace->song()->canUndo());
        QCOMPARE((*slider)->property("value").toDouble(), 0.0);
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    ui::prepareApplication();
    TestScreens test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_screens.moc"
