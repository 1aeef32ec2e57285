#include <cmath>
#include <utility>

#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "fake_studio.h"
#include "line_reading.h"
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

    void aPromptBecomesARequest()
    {
        ui::StartViewModel& start = *m_workspace->start();
        QVERIFY(!start.canCreate());
        start.setPrompt(QStringLiteral("  \n "));
        QVERIFY(!start.canCreate());
        start.setPrompt(QStringLiteral(" rain over Hangzhou "));
        start.setSongLanguage(QStringLiteral("zh"));
        start.setMood(QStringLiteral("calm"));
        start.setStyle(QStringLiteral("folk"));
        start.setLength(QStringLiteral("60"));
        start.setVoice(QStringLiteral("lin"));
        start.create();
        QVERIFY(start.composing());
        const auto request = test::fakeStudio().request;
        QVERIFY(request.has_value());
        QCOMPARE(request->prompt, std::string("rain over Hangzhou"));
        QVERIFY(request->language == language::Language::Mandarin);
        QCOMPARE(request->mood, std::string("calm"));
        QCOMPARE(request->style, std::string("folk"));
        QCOMPARE(request->length->value, 60.0);
        QCOMPARE(request->voice, std::string("lin"));
        QVERIFY(!request->instrumental);
        QVERIFY(request->seed >= 1);
    }

    void anEmptyChoiceIsLeftToTheSentence()
    {
        m_workspace->start()->setPrompt(QStringLiteral("x"));
        const compose::ComposeRequest request = m_workspace->start()->request(7);
        QVERIFY(!request.language && request.style.empty() && request.mood.empty() && !request.length &&
                request.voice.empty());
        QCOMPARE(request.seed, std::uint64_t{7});
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

    void aLineIsRewritten()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        test::FakeWordsmith& wordsmith = test::fakeStudio().wordsmith;
        ui::RewriteViewModel& rewrite = *m_workspace->song()->rewrite();
        ui::LyricsModel& lyrics = *m_workspace->song()->lyrics();
        const auto row = [&](int index) {
            return lyrics.index(index).data(ui::LyricsModel::NameRole).toString();
        };
        QSignalSpy resets(&lyrics, &QAbstractItemModel::modelReset);
        QCOMPARE(row(10), QStringLiteral("Oh, leave the lamp on for me,"));
        const double line = lyrics.index(10).data(ui::LyricsModel::LineRole).toDouble();

        rewrite.open(line);
        QCOMPARE(rewrite.text(), row(10));
        QCOMPARE(rewrite.countText(), QStringLiteral("7 / 7"));
        QVERIFY(rewrite.fits() && !rewrite.changed());
        QCOMPARE(rewrite.places(), 3);
        rewrite.setText(QStringLiteral("Oh, leave it"));
        QCOMPARE(rewrite.countText(), QStringLiteral("3 / 7"));
        QVERIFY(!rewrite.fits() && rewrite.changed());
        QVERIFY(rewrite.fitText().startsWith(QStringLiteral("4 syllables fewer")));
        rewrite.setText(QStringLiteral("a b c d e f g h i"));
        QCOMPARE(rewrite.fitText(), QStringLiteral("2 syllables more: notes are split."));

        rewrite.ask(2);
        QVERIFY(rewrite.busy());
        const std::string asked = wordsmith.asked.back();
        QVERIFY(asked.starts_with("wish 2 line " + std::to_string(static_cast<int>(line))));
        QVERIFY(wordsmith.otherLinesAnswer);
        rewrite.stop();
        QVERIFY(!rewrite.busy() && !wordsmith.otherLinesAnswer);
        rewrite.ask(2); // the same wish again: other lines
        QVERIFY(wordsmith.asked.back() != asked);
        wordsmith.suggest({"We keep a light on for you", "I keep a fire lit for you"});
        QVERIFY(!rewrite.busy());
        QCOMPARE(rewrite.suggestions().size(), qsizetype{2});
        QVERIFY(rewrite.take(1));
        for (const int place : {10, 21, 29})
            QCOMPARE(row(place), QStringLiteral("I keep a fire lit for you"));
        QCOMPARE(resets.count(), 0); // the view keeps its place
        const auto maker = [&] {
            const song::LineId id{static_cast<std::uint64_t>(line)};
            return m_studio->song()->origin(ui::lineOf(*m_studio->song(), id)->origin)->maker;
        };
        QVERIFY(maker() == song::Maker::Model);
        m_workspace->song()->undo();
        QCOMPARE(row(21), QStringLiteral("Oh, leave the lamp on for me,"));
        QVERIFY(!m_workspace->song()->canUndo());

        rewrite.setEverywhere(false);
        rewrite.setText(QStringLiteral("  turn it  off "));
        QVERIFY(rewrite.keep());
        QCOMPARE(row(10), QStringLiteral("turn it off"));
        QCOMPARE(row(21), QStringLiteral("Oh, leave the lamp on for me,"));
        QVERIFY(maker() == song::Maker::Person);
        QVERIFY(rewrite.keep()); // nothing more to keep
        m_workspace->song()->undo();
        QVERIFY(!m_workspace->song()->canUndo());

        rewrite.ask(0);
        wordsmith.otherLinesAnswer(Error{"The line is no longer in the lyrics; choose it again."});
        QVERIFY(!rewrite.notice().isEmpty());
        rewrite.ask(0);
        wordsmith.suggest({});
        QVERIFY(!rewrite.notice().isEmpty());
        rewrite.ask(0);
        m_workspace->song()->close();
        QVERIFY(!wordsmith.otherLinesAnswer);
        QCOMPARE(rewrite.line(), 0.0);
    }

    void rhymesOfAWord()
    {
        test::fakeStudio().openSong(test::exampleSong(language::Language::English));
        test::FakeWordsmith& wordsmith = test::fakeStudio().wordsmith;
        ui::RhymeViewModel& rhymes = *m_workspace->song()->rhymes();
        const double line =
            m_workspace->song()->lyrics()->index(2).data(ui::LyricsModel::LineRole).toDouble();
        rhymes.find(line, 4);
        QVERIFY(rhymes.busy());
        QCOMPARE(wordsmith.asked.back(), std::string("rhymes tonight"));
        std::exchange(wordsmith.rhymesAnswer,
                      nullptr)(std::vector<session::RhymingWord>{{"light", 1}, {"night", 1}, {"delight", 2}});
        QVERIFY(!rhymes.busy());
        QCOMPARE(rhymes.fitting().size(), qsizetype{2});
        QCOMPARE(rhymes.others().at(0).toMap().value(QStringLiteral("text")).toString(),
                 QStringLiteral("delight"));
        rhymes.find(line, 3);
        QVERIFY(rhymes.fitting().isEmpty());
        std::exchange(wordsmith.rhymesAnswer, nullptr)(std::vector<session::RhymingWord>{});
        QVERIFY(!rhymes.notice().isEmpty());
        rhymes.find(line, 99);
        QVERIFY(!rhymes.busy());
        rhymes.find(line, 1);
        rhymes.close();
        QVERIFY(!wordsmith.rhymesAnswer);
    }

    void whatIsSpokenStandsUnderTheWords()
    {
        using language::Language;
        const auto syllable = [](const char* text, std::vector<std::string> phonemes, int stress,
                                 int tone = 0) {
            return language::Syllable{text,   std::move(phonemes),
                                      stress, tone,
                                      tone,   tone > 0 ? Language::Mandarin : Language::English,
                                      false};
        };
        language::Word word{"again", 0, {syllable("a", {"ax"}, 0), syllable("gain", {"g", "eh", "n"}, 1)}};
        QCOMPARE(ui::spokenText(word), QStringLiteral("a·ˈgain"));
        QCOMPARE(ui::spokenDescription(word), QStringLiteral("a, gain stressed"));
        word.syllables[0].stress = 2;
        QCOMPARE(ui::spokenText(word), QStringLiteral("ˌa·ˈgain"));
        QCOMPARE(ui::partedText({"We go again, Again", {{"We", 0, {syllable("We", {}, 0)}}, word}}),
                 QStringLiteral("We go a·gain, Again"));
        const language::Word moon{
            "月亮", 0, {syllable("月", {"ve"}, 0, 4), syllable("亮", {"l", "iang"}, 0, 5)}};
        QCOMPARE(ui::spokenText(moon), QStringLiteral("yuè liang"));
        QCOMPARE(ui::partedText({"月亮", {moon}}), QStringLiteral("月亮"));

        song::Section section;
        const auto add = [&](const char* text, std::vector<std::string> phonemes, char rhyme) {
            song::Line line;
            line.id = {section.lines.size() + 1};
            line.rhyme = rhyme;
            song::Syllable syllable;
            syllable.text = text;
            syllable.phonemes = std::move(phonemes);
            syllable.stress = 1;
            line.words.push_back({text, {syllable}});
            section.lines.push_back(line);
        };
        add("light", {"l", "ay", "t"}, 'A');
        add("moon", {"m", "uw", "n"}, 'A');
        add("night", {"n", "ay", "t"}, 'A');
        add("sea", {"s", "iy"}, 'B');
        add("me", {"m", "iy"}, 0);
        QCOMPARE(ui::keepsRhyme(section, section.lines[0]), std::optional(true));
        QCOMPARE(ui::keepsRhyme(section, section.lines[1]), std::optional(false));
        QVERIFY(!ui::keepsRhyme(section, section.lines[3]));
        QVERIFY(!ui::keepsRhyme(section, section.lines[4]));
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
