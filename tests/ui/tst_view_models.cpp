#include <cmath>

#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "fake_studio.h"
#include "messages.h"
#include "names.h"
#include "palette.h"
#include "workspace.h"

using namespace cantilena;

namespace {

/// Relative luminance and contrast, WCAG 2.1.
double luminance(const QColor& colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestViewModels : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<session::Studio> m_studio;
    std::unique_ptr<ui::Workspace> m_workspace;

private Q_SLOTS:
    void init()
    {
        m_studio = test::openFake();
        m_workspace = std::make_unique<ui::Workspace>(*m_studio);
        m_workspace->setLanguage(QStringLiteral("en"));
    }

    void cleanup()
    {
        m_workspace.reset();
        m_studio.reset();
    }

    void aLyricistIsKeptAndTested()
    {
        ui::LyricistViewModel& lyricist = *m_workspace->lyricist();
        test::FakeStudio& fake = test::fakeStudio();
        QVERIFY(!lyricist.enabled());
        QVERIFY(lyricist.use().isEmpty());
        lyricist.setEnabled(true);
        lyricist.setUrl(QStringLiteral("https://api.example.org/v1"));
        lyricist.setModel(QStringLiteral("tea-1"));
        lyricist.test();
        QVERIFY(lyricist.testing());
        QCOMPARE(fake.calls.back(), std::string("test https://api.example.org/v1 kept"));
        fake.observer->lyricistTested(false,
                                      "api.example.org asks for a key; give the one of your account there.");
        QVERIFY(!lyricist.testing() && !lyricist.works());
        m_workspace->setLanguage(QStringLiteral("zh"));
        fake.observer->lyricistTested(true, "tea-1 at api.example.org answers.");
        QVERIFY(lyricist.works());
        QCOMPARE(lyricist.status(), QStringLiteral("api.example.org 上的 tea-1 能够回答。"));
        lyricist.setKey(QStringLiteral(" sk-1 "));
        QVERIFY(lyricist.status().isEmpty()); // it was about another draft

        fake.refuse = "Not today.";
        QVERIFY(!lyricist.save());
        QCOMPARE(lyricist.status(), QStringLiteral("Not today."));
        QCOMPARE(lyricist.key(), QStringLiteral(" sk-1 "));
        fake.refuse.clear();
        QVERIFY(lyricist.save());
        QCOMPARE(fake.key, std::string("sk-1"));
        QVERIFY(lyricist.key().isEmpty() && lyricist.keyKept());
        QVERIFY(lyricist.use().contains(QLatin1String("api.example.org")));
        QVERIFY(!lyricist.use().contains(QLatin1String("v1")));

        // Another server does not get the kept key, and the dialog does not promise it.
        lyricist.setUrl(QStringLiteral("https://other.example.org/v1"));
        QVERIFY(!lyricist.keyKept());
        lyricist.reload();
        QVERIFY(lyricist.keyKept());
        lyricist.forgetKey();
        QVERIFY(!lyricist.keyKept());
        QVERIFY(lyricist.save());
        QCOMPARE(fake.key, std::string());
    }

    void failuresOfTheLyricistAreTranslated_data()
    {
        QTest::addColumn<QString>("sentence");
        for (const char* sentence : {"example.org:80 refused the key; check it.",
                                     "a.b sends requests on to https://c.d; write that "
                                     "address if you trust it.",
                                     "a.b failed (status 503); try again later.",
                                     "Too few lines of the language model could be sung; "
                                     "try again, or choose another model.",
                                     "The key would travel unencrypted to a.b; write an address with "
                                     "https://, or leave the key out."})
            QTest::newRow(sentence) << QString::fromUtf8(sentence);
    }
    void failuresOfTheLyricistAreTranslated()
    {
        QFETCH(QString, sentence);
        m_workspace->setLanguage(QStringLiteral("zh"));
        const QString told =
            ui::translatedMessage(QStringLiteral("The lyrics are by Cantilena's own models: ") + sentence);
        QVERIFY2(told.startsWith(QStringLiteral("歌词改由")), told.toUtf8().constData());
        QVERIFY2(!told.contains(QLatin1String("try")) && !told.contains(QLatin1String("; ")),
                 told.toUtf8().constData());
        QVERIFY(told.endsWith(QChar(0x3002)));
    }

    void aPromptBecomesARequest()
    {
        ui::StartViewModel& start = *m_workspace->start();
        ui::BriefModel& brief = *start.brief();
        QVERIFY(!start.canCreate());
        start.setPrompt(QStringLiteral("  \n "));
        QVERIFY(!start.canCreate());
        start.setPrompt(QStringLiteral(" rain over Hangzhou "));
        brief.choose(ui::BriefModel::Language, QStringLiteral("zh"));
        brief.choose(ui::BriefModel::Mood, QStringLiteral("calm"));
        brief.choose(ui::BriefModel::Style, QStringLiteral("folk"));
        brief.choose(ui::BriefModel::Length, QStringLiteral("1:00"));
        brief.choose(ui::BriefModel::Tempo, QStringLiteral("1000"));
        brief.choose(ui::BriefModel::Key, QStringLiteral("F# minor"));
        brief.choose(ui::BriefModel::Voice, QStringLiteral("lin"));
        brief.choose(ui::BriefModel::PointOfView, QStringLiteral("3"));
        brief.replaceWord(-1, QStringLiteral("harbour, 灯塔"));
        start.create();
        QVERIFY(start.composing());
        const auto request = test::fakeStudio().request;
        QVERIFY(request.has_value());
        QCOMPARE(request->prompt, std::string("rain over Hangzhou"));
        QVERIFY(request->language == language::Language::Mandarin);
        QCOMPARE(request->mood, std::string("calm"));
        QCOMPARE(request->style, std::string("folk"));
        QCOMPARE(request->length->value, 60.0);
        QCOMPARE(request->tempo->value, 220.0);
        QVERIFY((request->key == music::Key{6, music::Mode::Minor}));
        QCOMPARE(request->voice, std::string("lin"));
        QVERIFY(request->instrumental == std::optional(false));
        QVERIFY(request->pointOfView == song::PointOfView::She);
        QCOMPARE(request->themes, (std::vector<std::string>{"harbour", "灯塔"}));
        QVERIFY(request->seed >= 1);
    }

    void anEmptyChoiceIsLeftToTheSentence()
    {
        m_workspace->start()->setPrompt(QStringLiteral("x"));
        const compose::ComposeRequest request = m_workspace->start()->request(7);
        QVERIFY(!request.language && request.style.empty() && request.mood.empty() && !request.length &&
                request.voice.empty() && !request.instrumental && request.themes.empty());
        QCOMPARE(request.seed, std::uint64_t{7});
    }

    void whatIsUnderstoodFollowsTheTyping()
    {
        using ui::BriefModel;
        ui::StartViewModel& start = *m_workspace->start();
        BriefModel& brief = *start.brief();
        const auto value = [&](BriefModel::Matter matter) {
            return brief.index(matter).data(BriefModel::ValueRole).toString();
        };
        const auto source = [&](BriefModel::Matter matter) {
            return brief.index(matter).data(BriefModel::SourceRole).toInt();
        };
        const auto words = [&] {
            QStringList list;
            for (int i = 0; i < brief.subject()->rowCount(); ++i)
                list.append(brief.subject()->index(i).data().toString());
            return list;
        };
        QCOMPARE(source(BriefModel::Style), int(BriefModel::Nobody));
        start.setPrompt(QStringLiteral("a night train at 96 bpm"));
        QVERIFY(value(BriefModel::Style).isEmpty()); // not at once
        QTRY_COMPARE(value(BriefModel::Style), QStringLiteral("Folk"));
        QCOMPARE(source(BriefModel::Style), int(BriefModel::Sentence));
        QCOMPARE(value(BriefModel::Mood), QStringLiteral("Sad"));
        QCOMPARE(value(BriefModel::Tempo), QStringLiteral("96 BPM"));
        QCOMPARE(source(BriefModel::Key), int(BriefModel::Nobody));
        QCOMPARE(value(BriefModel::Voice), QStringLiteral("Mira"));
        QCOMPARE(value(BriefModel::Language), QStringLiteral("English"));
        QCOMPARE(value(BriefModel::PointOfView), QStringLiteral("I"));
        QCOMPARE(words(), QStringList({QStringLiteral("night"), QStringLiteral("train")}));

        // What the person changes is theirs and stays; the rest follows.
        brief.choose(BriefModel::Tempo, QStringLiteral("open"));
        QVERIFY(test::fakeStudio().wordsmith.understood->leftOpen.tempo);
        QCOMPARE(value(BriefModel::Tempo), QStringLiteral("open"));
        brief.setMood(0.5, 0.8);
        QCOMPARE(value(BriefModel::Mood), QStringLiteral("Energetic"));
        brief.replaceWord(1, QStringLiteral("tram"));
        QCOMPARE(words(), QStringList({QStringLiteral("tram"), QStringLiteral("night")}));
        QVERIFY(brief.subject()->index(0).data(ui::SubjectModel::OwnRole).toBool());
        QCOMPARE(test::fakeStudio().wordsmith.understood->withoutThemes, std::vector<std::string>{"train"});
        start.setPrompt(QStringLiteral("a night train in winter at 96 bpm"));
        QTRY_COMPARE(words().last(), QStringLiteral("winter"));
        QCOMPARE(words().first(), QStringLiteral("tram"));
        QVERIFY(!words().contains(QStringLiteral("train")));
        QCOMPARE(value(BriefModel::Tempo), QStringLiteral("open"));
        QCOMPARE(source(BriefModel::Mood), int(BriefModel::Person));
        brief.choose(BriefModel::Length, QStringLiteral("what"));
        QCOMPARE(source(BriefModel::Length), int(BriefModel::Nobody));

        // The song opens with what the sentence tells, or with lines of one's own.
        QCOMPARE(brief.opening(), QString());
        start.setPrompt(QStringLiteral("My train left without me at 96 bpm"));
        QTRY_COMPARE(brief.opening(), QStringLiteral("My train left without me at 96 bpm"));
        QVERIFY(!brief.openingOwn());
        brief.setOpening(
            QStringLiteral("  My train left \n\n without me \n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13"));
        QCOMPARE(brief.opening(),
                 QStringLiteral("My train left\nwithout me\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12"));
        QVERIFY(brief.openingOwn());
        QVERIFY(start.request(1).opening ==
                std::optional<std::string>("My train left\nwithout me\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12"));
        brief.setOpening({});
        QCOMPARE(brief.opening(), QString());
        QVERIFY(start.request(1).opening == std::optional<std::string>(""));
        brief.resetOpening();
        QVERIFY(!brief.openingOwn());
        QCOMPARE(brief.opening(), QStringLiteral("My train left without me at 96 bpm"));
        start.setPrompt(QStringLiteral("a night train in winter at 96 bpm"));
        QTRY_COMPARE(words().last(), QStringLiteral("winter"));

        // And goes back to the sentence.
        brief.choose(BriefModel::Tempo, {});
        QCOMPARE(value(BriefModel::Tempo), QStringLiteral("96 BPM"));
        brief.choose(BriefModel::Mood, {});
        QCOMPARE(value(BriefModel::Mood), QStringLiteral("Sad"));
        QVERIFY(brief.subjectTouched());
        brief.resetSubject();
        QVERIFY(!brief.subjectTouched());
        QVERIFY(words().contains(QStringLiteral("train")));
        brief.choose(BriefModel::Voice, QStringLiteral("instrumental"));
        QCOMPARE(value(BriefModel::Voice), QStringLiteral("Instrumental"));
        QVERIFY(start.request(1).instrumental == std::optional(true));
        m_workspace->setLanguage(QStringLiteral("zh"));
        QCOMPARE(value(BriefModel::Style), QStringLiteral("民谣"));

        // Nothing to read, nothing shown but the choices.
        start.setPrompt(QStringLiteral("?"));
        QTRY_COMPARE(source(BriefModel::Style), int(BriefModel::Nobody));
        start.setPrompt({});
        QTRY_VERIFY(words().isEmpty());
        QVERIFY(!start.canCreate());
        brief.replaceWord(-1, QStringLiteral("sea"));
        QVERIFY(start.canCreate());
        for (int i = 0; i < 20; ++i)
            brief.replaceWord(-1, QString::number(i));
        QVERIFY(brief.subjectFull());
        QCOMPARE(start.request(1).themes.size(), compose::kMostThemes);
    }

    void stagesAdvance()
    {
        ui::StartViewModel& start = *m_workspace->start();
        start.setPrompt(QStringLiteral("x"));
        start.create();
        test::fakeStudio().setJob(session::JobKind::Compose, "harmony", 0.5);
        const auto state = [&](int row) {
            return start.stages()->index(row).data(ui::StageModel::StateRole).toInt();
        };
        QCOMPARE(state(0), int(ui::StageModel::Done));
        QCOMPARE(state(2), int(ui::StageModel::Done));
        QCOMPARE(state(3), int(ui::StageModel::Active));
        QCOMPARE(state(4), int(ui::StageModel::Waiting));
        QCOMPARE(start.fraction(), 0.5);
        start.cancel();
        QVERIFY(!start.composing());
    }

    void aRefusalIsTold()
    {
        test::fakeStudio().refuse = "There is no song to export; create or open one first.";
        m_workspace->start()->openRecent(QStringLiteral("/nowhere"));
        QCOMPARE(m_workspace->message(),
                 QStringLiteral("There is no song to export; create or open one first."));
        m_workspace->setLanguage(QStringLiteral("zh"));
        m_workspace->start()->openRecent(QStringLiteral("/nowhere"));
        QCOMPARE(m_workspace->message(), QStringLiteral("没有可导出的歌曲，请先创作或打开一首。"));
        m_workspace->dismissMessage();
        QVERIFY(m_workspace->message().isEmpty());
        test::fakeStudio().say("The job was cancelled.");
        QVERIFY(m_workspace->message().isEmpty());
    }

    void anExportIsTold()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        m_workspace->song()->exportMidi(QUrl::fromLocalFile(QStringLiteral("/tmp/a b.mid")));
        QCOMPARE(test::fakeStudio().calls.back(), std::string("midi /tmp/a b.mid"));
        QCOMPARE(m_workspace->message(), QStringLiteral("Exported as /tmp/a b.mid."));
        test::fakeStudio().playback.notice =
            "There is no sound device (none was found), so playback is silent; export still works.";
        m_workspace->setLanguage(QStringLiteral("zh"));
        QCOMPARE(m_workspace->transport()->notice(), QString());
        test::fakeStudio().observer->saveStateChanged();
        QCOMPARE(m_workspace->transport()->notice(),
                 QStringLiteral("没有声音设备（未找到），因此静音播放；导出不受影响。"));
    }

    void songAndTracks()
    {
        ui::SongViewModel& song = *m_workspace->song();
        QSignalSpy screen(&song, &ui::SongViewModel::screenChanged);
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        QCOMPARE(screen.count(), 1);
        QCOMPARE(song.title(), QStringLiteral("Rain Over the Lake"));
        QCOMPARE(song.key(), QStringLiteral("A minor"));
        QCOMPARE(song.meter(), QStringLiteral("4/4"));
        QCOMPARE(song.tracks()->rowCount(), 6);
        QCOMPARE(song.sections()->rowCount(), 10);
        QCOMPARE(song.sections()->length(), static_cast<double>(m_studio->song()->length().value));

        const double drums = song.tracks()->index(1).data(ui::TrackModel::IdRole).toDouble();
        song.tracks()->setMute(drums, true);
        QVERIFY(song.tracks()->index(1).data(ui::TrackModel::MuteRole).toBool());
        song.tracks()->setMute(drums, true); // nothing changes, nothing to undo
        song.tracks()->setGain(drums, 99);
        QCOMPARE(song.tracks()->index(1).data(ui::TrackModel::GainRole).toDouble(), 12.0);
        song.undo();
        song.undo();
        QVERIFY(!song.canUndo());
        QVERIFY(!song.tracks()->index(1).data(ui::TrackModel::MuteRole).toBool());

        song.rename(QStringLiteral("  A/B: \n new  title "));
        QCOMPARE(song.title(), QStringLiteral("A/B: new title"));
        QVERIFY(song.proposedFile(QStringLiteral("wav"))
                    .toLocalFile()
                    .endsWith(QStringLiteral("/A B new title.wav")));
        song.rename(QStringLiteral("   "));
        QCOMPARE(song.title(), QStringLiteral("A/B: new title"));
        song.close();
        QCOMPARE(screen.count(), 2);
        QVERIFY(!song.open());
    }

    void lyricsFollowAndRetype()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        ui::LyricsModel& lyrics = *m_workspace->song()->lyrics();
        QVERIFY(lyrics.index(0).data(ui::LyricsModel::HeadingRole).toBool());
        const QModelIndex line = lyrics.index(2);
        QCOMPARE(line.data(ui::LyricsModel::PiecesRole).toStringList().last(), QStringLiteral("tonight,"));
        lyrics.follow(960.0 * 4 * 4 + 10);
        QCOMPARE(lyrics.currentRow(), 2);
        const double id = line.data(ui::LyricsModel::LineRole).toDouble();
        QCOMPARE(lyrics.word(id, 4), QStringLiteral("tonight"));
        lyrics.retype(id, 4, QStringLiteral(" today "));
        QCOMPARE(lyrics.word(id, 4), QStringLiteral("today"));
        QVERIFY(m_studio->canUndo());
        lyrics.follow(1e12);
        QCOMPARE(lyrics.currentRow(), -1);
    }

    void piecesKeepPunctuation()
    {
        song::Line line;
        line.text = "「雨」，下 (slowly) 了…";
        for (const char* word : {"雨", "下", "slowly", "了"})
            line.words.push_back({word, {}});
        QCOMPARE(ui::displayPieces(line), QStringList({QStringLiteral("「雨」，"), QStringLiteral("下"),
                                                       QStringLiteral("(slowly)"), QStringLiteral("了…")}));
        line.text.clear();
        QCOMPARE(ui::displayPieces(line).size(), 4);
        // As it was typed, not as it was read.
        line.text = "“Ｄon’t”　ｇo，ﬁnd me！";
        line.words.clear();
        for (const char* word : {"Don’t", "go", "find", "me"})
            line.words.push_back({word, {}});
        QCOMPARE(ui::displayPieces(line), QStringList({QStringLiteral("“Ｄon’t”"), QStringLiteral("ｇo，"),
                                                       QStringLiteral("ﬁnd"), QStringLiteral("me！")}));
    }

    void transport()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        ui::TransportViewModel& transport = *m_workspace->transport();
        transport.toggle();
        QVERIFY(transport.playing());
        transport.seek(960.0 * 17);
        QCOMPARE(transport.barBeat(), QStringLiteral("5:2"));
        transport.toggleLoop();
        QVERIFY(transport.looping());
        QCOMPARE(transport.loopStart(), 960.0 * 16);
        QCOMPARE(transport.loopEnd(), 960.0 * 48);
        transport.toStart();
        QCOMPARE(transport.position(), 960.0 * 16);
        transport.toggleLoop();
        QVERIFY(!transport.looping());
        transport.seek(1e12);
        QCOMPARE(transport.position(), transport.songLength());
        transport.toggle();
        QVERIFY(!transport.playing());
        QCOMPARE(ui::meterLevel(0), 0.0);
        QCOMPARE(ui::meterLevel(1), 1.0);
        QVERIFY(std::abs(ui::meterLevel(0.1F) - 2.0 / 3) < 1e-6);
    }

    void namesInBothLanguages()
    {
        using song::SectionKind;
        QCOMPARE(ui::sectionName(SectionKind::Verse, "Verse 2"), QStringLiteral("Verse 2"));
        QCOMPARE(ui::sectionName(SectionKind::Verse, "主歌 2"), QStringLiteral("Verse 2"));
        QCOMPARE(ui::sectionName(SectionKind::Verse, "My own name 2"), QStringLiteral("My own name 2"));
        QCOMPARE(ui::trackName("钢琴"), QStringLiteral("Piano"));
        QCOMPARE(ui::keyName("F# minor"), QStringLiteral("F# minor"));
        QCOMPARE(ui::chordName(music::Chord(10, music::ChordQuality::Major, 2), {5, music::Mode::Major}),
                 QStringLiteral("Bb/D"));
        m_workspace->setLanguage(QStringLiteral("zh"));
        QCOMPARE(ui::sectionName(SectionKind::Verse, "Verse 2"), QStringLiteral("主歌 2"));
        QCOMPARE(ui::sectionName("Pre-chorus"), QStringLiteral("导歌"));
        QCOMPARE(ui::trackName("Piano 2"), QStringLiteral("钢琴 2"));
        QCOMPARE(ui::keyName("F# minor"), QStringLiteral("升F小调"));
        QCOMPARE(ui::keyName("Bb major"), QStringLiteral("降B大调"));
        QCOMPARE(ui::choiceName({"folk", "Folk", "民谣"}), QStringLiteral("民谣"));
        QCOMPARE(ui::editName("Move note"), QStringLiteral("移动音符"));
        QCOMPARE(ui::translatedMessage(QStringLiteral("There is no file /a/b.")),
                 QStringLiteral("没有文件 /a/b。"));
        QCOMPARE(ui::translatedMessage(QStringLiteral("Something new.")), QStringLiteral("Something new."));
        QCOMPARE(ui::translatedMessage(QStringLiteral("Cannot write /a/%1: b.wav: the disk is full.")),
                 QStringLiteral("无法写入 /a/%1: b.wav：磁盘已满。"));
    }

    void preferencesAreKept()
    {
        m_workspace->setDark(false);
        m_workspace->setLanguage(QStringLiteral("zh"));
        QCOMPARE(test::fakeStudio().settings["theme"], std::string("light"));
        QCOMPARE(test::fakeStudio().settings["language"], std::string("zh"));
    }

    void textIsReadable_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::newRow("dark") << "dark";
        QTest::newRow("light") << "light";
    }
    /// WCAG AA: 4.5 for text, 3 for what marks a control.
    void textIsReadable()
    {
        QFETCH(QString, theme);
        const QVariantMap colours = ui::ThemeFile().load(theme);
        const auto get = [&](const char* name) { return colours.value(QLatin1String(name)).value<QColor>(); };
        for (const char* ground : {"window", "surface", "raised", "sunken", "hover"}) {
            for (const char* ink : {"text", "textMuted", "textFaint"})
                QVERIFY2(contrast(get(ink), get(ground)) >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2: %3")
                                        .arg(QLatin1String(ink), QLatin1String(ground))
                                        .arg(contrast(get(ink), get(ground)))));
        }
        for (const char* ground : {"accent", "accentHover", "accentPressed"})
            QVERIFY2(contrast(get("onAccent"), get(ground)) >= 4.5, ground);
        QVERIFY(contrast(get("accent"), get("accentSoft")) >= 4.5);
        QVERIFY(contrast(get("accent"), get("surface")) >= 3);
        QVERIFY(contrast(get("focus"), get("surface")) >= 3);
        QVERIFY(contrast(get("lineStrong"), get("surface")) >= 3);
        for (const char* ink : {"danger", "warning", "success"})
            QVERIFY2(contrast(get(ink), get("surface")) >= 4.5, ink);
        const QVariantMap roles = colours.value(QStringLiteral("roles")).toMap();
        for (const QVariant& role : roles)
            QVERIFY(contrast(role.value<QColor>(), get("surface")) >= 3);
        QVERIFY(contrast(get("noteText"), roles.value(QStringLiteral("melody")).value<QColor>()) >= 4.5);
    }

    void everySentenceIsTranslated()
    {
        QFile file(QStringLiteral(CANTILENA_SOURCE_DIR "/resources/translations/cantilena_zh_CN.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QVERIFY(text.contains(QLatin1String("<source>")));
        QVERIFY(!text.contains(QLatin1String("unfinished")));
        QVERIFY(!text.contains(QLatin1String("<translation/>")) &&
                !text.contains(QLatin1String("<translation></translation>")));
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    TestViewModels test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_view_models.moc"
