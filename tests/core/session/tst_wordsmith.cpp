#include <session/wordsmith.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

#include <language/reader.h>
#include <language/rhyme.h>
#include <session/studio.h>
#include <session/words.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace cantilena;
using namespace cantilena::session;

/// The questions about words on the real models.
class TestWordsmith : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_posted;
    std::unique_ptr<language::Reader> m_reader;
    std::unique_ptr<Studio> m_studio;

    /// Runs what was posted to the interface thread until `done` or a minute has passed.
    template<typename Condition> bool runUntil(const Condition& done, int milliseconds = 60'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (!done() && timer.elapsed() < milliseconds) {
            std::function<void()> next;
            {
                const std::lock_guard lock(m_mutex);
                if (!m_posted.empty()) {
                    next = std::move(m_posted.front());
                    m_posted.pop_front();
                }
            }
            if (next)
                next();
            else
                QTest::qWait(5);
        }
        return done();
    }

    song::SongPtr songOf(language::Language language, const std::vector<std::string>& lines)
    {
        auto song = std::make_shared<song::Song>();
        song->head.language = language;
        song->head.brief.language = language;
        song->head.brief.themes = {language == language::Language::English ? "rain" : "雨"};
        song::Section section;
        section.id = song->ids.make<song::SectionId>();
        for (const std::string& line : lines) {
            section.lines.push_back(readLine(*m_reader, line, language, song->ids));
            section.lines.back().rhyme = 'A';
        }
        song->sections.push_back(std::make_shared<const song::Section>(section));
        return song;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_reader = *language::Reader::open();
        const std::filesystem::path source = CANTILENA_SOURCE_DIR;
        const std::filesystem::path home = m_home.path().toStdString();
        auto studio = Studio::open(
            {source / "models", source / "resources", {}, home / "cache", home / "data", home / "config"},
            [this](std::function<void()> function) {
                const std::lock_guard lock(m_mutex);
                m_posted.push_back(std::move(function));
            });
        QVERIFY2(studio.hasValue(), studio ? "" : studio.error().message.c_str());
        m_studio = *std::move(studio);
    }

    void otherLinesFitTheNotesAndTheRhyme_data()
    {
        QTest::addColumn<bool>("english");
        QTest::newRow("English") << true;
        QTest::newRow("Mandarin") << false;
    }
    void otherLinesFitTheNotesAndTheRhyme()
    {
        QFETCH(bool, english);
        const auto song =
            english ? songOf(language::Language::English,
                             {"The rain is falling on the street tonight", "I see you in the light"})
                    : songOf(language::Language::Mandarin, {"雨下得很慢", "窗外的夜晚"});
        const song::Line& line = song->sections[0]->lines[1];
        std::optional<LineSuggestions> found;
        m_studio->wordsmith().otherLines(
            song, line.id, compose::LineWish::Another, 3, [&](const Result<LineSuggestions>& result) {
                QVERIFY2(result.hasValue(), result ? "" : result.error().message.c_str());
                found = *result;
            });
        QVERIFY(!found); // later, not within the call
        QVERIFY(runUntil([&] { return found.has_value(); }));
        QVERIFY(!found->lines.empty() && found->lines.size() <= Wordsmith::kMostLines);
        QVERIFY(found->maker.maker == song::Maker::Model);
        QVERIFY(!found->maker.sha256.empty());
        const auto wanted = m_reader->read(song->sections[0]->lines[0].text, song->head.language);
        for (const SungLine& other : found->lines) {
            QCOMPARE(other.syllables(), line.syllableCount());
            QCOMPARE(language::rhymeKey(other.words.back()), language::rhymeKey(wanted.back()));
        }
    }

    void aNewQuestionDropsTheOlderOne()
    {
        const auto song = songOf(language::Language::English, {"I see you in the rain"});
        const song::LineId line = song->sections[0]->lines[0].id;
        int first = 0, second = 0, refused = 0;
        Wordsmith& wordsmith = m_studio->wordsmith();
        wordsmith.otherLines(song, line, compose::LineWish::Sadder, 1, [&](const auto&) { ++first; });
        wordsmith.otherLines(song, line, compose::LineWish::Happier, 1, [&](const auto&) { ++second; });
        QVERIFY(runUntil([&] { return second == 1; }));
        wordsmith.otherLines(song, line, compose::LineWish::Sadder, 1, [&](const auto&) { ++second; });
        wordsmith.cancel(Wordsmith::Question::OtherLines);
        QVERIFY(!runUntil([&] { return first > 0 || second > 1; }, 1500));
        wordsmith.otherLines(song, song::LineId{999}, compose::LineWish::Sadder, 1, [&](const auto& result) {
            QVERIFY(!result);
            ++refused;
        });
        QVERIFY(runUntil([&] { return refused == 1; }));
    }

    void rhymesFitFirst()
    {
        const auto song = songOf(language::Language::English, {"Tonight I see the rain"});
        std::vector<RhymingWord> rhymes;
        m_studio->wordsmith().rhymes(song, "Tonight", [&](const auto& result) { rhymes = *result; });
        QVERIFY(runUntil([&] { return !rhymes.empty(); }));
        QVERIFY(rhymes.size() <= Wordsmith::kMostRhymes);
        QVERIFY(std::is_sorted(rhymes.begin(), rhymes.end(), [](const RhymingWord& a, const RhymingWord& b) {
            return a.syllables == 2 && b.syllables != 2;
        }));
        for (const RhymingWord& rhyme : rhymes) {
            QCOMPARE(language::rhymeKey(m_reader->word(rhyme.text, language::Language::English)),
                     std::string("ay t"));
            QVERIFY(rhyme.text[0] >= 'A' && rhyme.text[0] <= 'Z');
            QVERIFY(rhyme.text != "Tonight");
        }
    }

    void aRequestIsUnderstood()
    {
        compose::ComposeRequest request;
        request.prompt = "a slow waltz about the harbour, male voice";
        std::vector<Result<song::Brief>> answers;
        const auto ask = [&] {
            m_studio->wordsmith().understand(request, [&](const auto& brief) { answers.push_back(brief); });
            return runUntil([&, before = answers.size()] { return answers.size() > before; });
        };
        QVERIFY(ask());
        QVERIFY(answers[0].hasValue());
        QCOMPARE(answers[0]->style, std::string("waltz"));
        QVERIFY(!answers[0]->singer.empty()); // as the song would have it
        const std::string man = answers[0]->singer;
        request.prompt += ", no, a female voice";
        QVERIFY(ask());
        QVERIFY(answers[1]->singer != man);
        request.themes.assign(compose::kMostThemes + 1, "sea");
        QVERIFY(ask());
        QVERIFY(!answers[2].hasValue());
        request.themes = {std::string(compose::kLongestTheme + 1, 'x')};
        QVERIFY(ask());
        QVERIFY(!answers[3].hasValue());
        request.themes.clear();
        request.valence = 1.5;
        QVERIFY(ask());
        QVERIFY(!answers[4].hasValue());
    }

    void aLineIsReadWhileTheModelsWork()
    {
        const auto song = songOf(language::Language::English, {"I see you in the rain"});
        std::string order;
        m_studio->wordsmith().otherLines(song, song->sections[0]->lines[0].id, compose::LineWish::Another, 9,
                                         [&](const auto&) { order += 'o'; });
        m_studio->wordsmith().read("The river, tonight!", language::Language::English,
                                   [&](const Result<SungLine>& line) {
                                       QCOMPARE(line->syllables(), std::size_t{5});
                                       order += 'r';
                                   });
        QVERIFY(runUntil([&] { return order.size() == 2; }));
        QCOMPARE(order, std::string("ro"));
    }
};

QTEST_GUILESS_MAIN(TestWordsmith)
#include "tst_wordsmith.moc"
