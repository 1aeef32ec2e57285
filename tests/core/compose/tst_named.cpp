#include <string>
#include <vector>

#include <QTest>

#include "../../../core/compose/lyrics_corpus.h"
#include "../../../core/compose/lyrics_named.h"
#include <compose/brief.h>
#include <compose/form.h>
#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/style.h>
#include <language/text.h>

using namespace cantilena;
using namespace cantilena::compose;
using namespace cantilena::compose::lyric;

/// Whom and what a telling is about, and songs that call them.
class NamedTest : public QObject {
    Q_OBJECT

    static constexpr auto kEnglish = language::Language::English;

    std::shared_ptr<const WordSpace> m_space;
    std::unique_ptr<language::Reader> m_reader;
    std::vector<LyricModels> m_models;

    const LyricModels& models(language::Language language) const
    {
        return m_models[language == kEnglish ? 0 : 1];
    }
    song::Brief brief(const std::string& prompt) const
    {
        ComposeRequest request;
        request.prompt = prompt;
        auto read = readBrief(request, *m_space);
        if (!read)
            return {};
        for (const std::string& line : readOpening(prompt, read->language, *m_reader, m_space->dictionary()))
            read->opening += (read->opening.empty() ? "" : "\n") + line;
        return *read;
    }
    static QString joined(const std::vector<std::string>& words)
    {
        QStringList list;
        for (const std::string& word : words)
            list.push_back(QString::fromStdString(word));
        return list.join(" ");
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto space = WordSpace::load(CANTILENA_SOURCE_DIR "/models");
        QVERIFY2(space, space ? "" : space.error().message.c_str());
        m_space = *space;
        auto reader = language::Reader::open();
        QVERIFY2(reader, reader ? "" : reader.error().message.c_str());
        m_reader = std::move(*reader);
        for (const auto language : {kEnglish, language::Language::Mandarin}) {
            auto loaded = LyricModels::load(CANTILENA_SOURCE_DIR "/models", language, m_space, *m_reader);
            QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
            m_models.push_back(std::move(*loaded));
        }
    }

    void theyAreFound_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("whom");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* request, const char* whom, const char* what) {
            QTest::newRow(request) << QString::fromUtf8(request) << QString::fromUtf8(whom)
                                   << QString::fromUtf8(what);
        };
        row("my grandad kept every bus ticket he ever used in biscuit tins and when he died we found 41 tins",
            "Grandad", "the tins");
        row("My late wife Ingrid hummed while she ironed my shirts", "Ingrid", "my shirts");
        row("my neighbor Mr. Kowalski knocked and handed me a bag of tomatoes", "Mr Kowalski", "the bag");
        row("a song for Mrs Okonkwo, she's retiring after 31 years and she knows every kid's name",
            "Mrs Okonkwo", "");
        row("A love song for Priya please, she laughs at all my worst jokes", "Priya", "");
        row("my best friend died at nineteen and he never got to say goodbye", "my best friend", "");
        row("there is a goose at our petrol station that only lets people with blue cars fill up", "",
            "the goose");
        row("I failed my driving test because I stopped", "", "my driving test");
        row("the robot vacuum escaped through the front door", "", "the robot vacuum");
        // Nothing that can be called: a neighbour who drills, the size of something, parts of the body.
        row("my neighbour drills on sundays and laughs", "my neighbour", "");
        row("the referee never even looked, and my knee is the size of a melon", "", "");
        row("i can't feel my hands, we walked all night", "", "");
        // Of an animal of which nobody says she or he.
        row("our dog ran away on friday", "", "our dog");
        row("our dog ran away and she came back", "our dog", "");
        row("autumn leaves", "", "");
        row("爷爷修了一辈子钟表，家里的钟没有一个走得准", "爷爷", "");
        row("昨天我爸骑摩托车带我去县城", "我爸", "");
        row("写首歌给外婆，她现在不认识我了", "外婆", "");
        row("一头鲸鱼在我们的小船边上翻了个身", "", "鲸鱼");
        row("备注写着“今天是我儿子的忌日”，我坐在楼下哭了", "", "");
    }
    void theyAreFound()
    {
        QFETCH(QString, request);
        QFETCH(QString, whom);
        QFETCH(QString, what);
        const song::Brief wanted = brief(request.toStdString());
        const Named named = namedIn(wanted, models(wanted.language).corpus());
        QCOMPARE(joined(named.whom), whom);
        QCOMPARE(joined(named.what), what);
    }

    void songsCallThem()
    {
        for (const LyricModels& model : m_models) {
            const Corpus& corpus = model.corpus();
            const bool english = model.language() == kEnglish;
            Named named;
            named.whom =
                english ? std::vector<std::string>{"my", "grandfather"} : std::vector<std::string>{"外婆"};
            named.what = english ? std::vector<std::string>{"the", "biscuit", "tins"}
                                 : std::vector<std::string>{"红烧肉"};
            QVERIFY(unknownWords(corpus, named).size() <= 1);
            int songs = 0;
            for (const ModelSong& song : corpus.songs) {
                if (!song.reflection || !song.reflection->calls.whom || !song.reflection->calls.what)
                    continue;
                ++songs;
                const ModelSong told = called(corpus, song, named);
                const Calls calls = callsOf(told, corpus);
                QVERIFY(!calls.whom && !calls.what);
                bool whom = false, what = false;
                for (std::size_t s = 0; s < song.sections.size(); ++s) {
                    for (std::size_t i = 0; i < song.sections[s].lines.size(); ++i) {
                        const ModelLine& line = told.sections[s].lines[i];
                        int syllables = 0;
                        for (const Token& token : line.tokens)
                            syllables += corpus.lexemes[static_cast<std::size_t>(token.lexeme)].syllables;
                        QCOMPARE(line.syllables, syllables);
                        std::size_t end = 0;
                        for (const Place& place : line.places) {
                            QVERIFY(place.begin >= end);
                            end = place.begin + place.count;
                        }
                        QVERIFY(end <= line.tokens.size());
                        const QString text = QString::fromStdString(line.text);
                        whom = whom || text.contains(english ? "y grandfather" : "外婆");
                        what = what || text.contains(english ? "he biscuit tins" : "红烧肉");
                    }
                }
                QVERIFY2(whom && what, song.title.c_str());
            }
            QVERIFY(songs > 3);
        }
    }

    void aSongNamesNoStranger()
    {
        for (const char* request :
             {"my late wife Ingrid hummed while she ironed my shirts and never once admitted she was humming",
              "there is a goose at our petrol station that only lets people with blue cars fill up",
              "爷爷修了一辈子钟表，家里四十多个钟没有一个走得准",
              "一头鲸鱼在我们的小船边上翻了个身，眼睛看着我"}) {
            const song::Brief wanted = brief(request);
            const LyricModels& model = models(wanted.language);
            for (const std::uint64_t seed : {1, 2, 3}) {
                Style style;
                style.meters = {music::Meter{}};
                const auto form =
                    suitForm(planForms(wanted, style, {}, seed), wanted, model, *m_reader, seed, {});
                QVERIFY(form);
                const auto lyrics = writeLyrics(wanted, *form, model, *m_reader, seed, {});
                QVERIFY(lyrics);
                for (const LyricSection& section : lyrics->sections) {
                    for (const LyricLine& line : section.lines) {
                        const QString text = QString::fromStdString(line.text);
                        for (const char* standIn : {"Rosalind", "zither", "素芬", "古琴"})
                            QVERIFY2(!text.contains(standIn, Qt::CaseInsensitive), line.text.c_str());
                    }
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(NamedTest)
#include "tst_named.moc"
