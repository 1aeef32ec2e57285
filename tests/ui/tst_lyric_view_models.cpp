#include <utility>

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "fake_studio.h"
#include "line_reading.h"
#include "workspace.h"

using namespace cantilena;

/// What the lyrics panel shows and asks, without its window.
class TestLyricViewModels : public QObject {
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
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    TestLyricViewModels test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_lyric_view_models.moc"
