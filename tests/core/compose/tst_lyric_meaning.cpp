#include <QtTest>

#include <algorithm>

#include "../../../core/compose/lyrics_meaning.h"

using namespace cantilena::compose;
using cantilena::compose::lyric::MeaningIndex;
using cantilena::language::Language;

class LyricMeaningTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const WordSpace> m_space;

private Q_SLOTS:
    void initTestCase()
    {
        auto space = WordSpace::load(CANTILENA_SOURCE_DIR "/models");
        QVERIFY2(space, space ? "" : space.error().message.c_str());
        m_space = *space;
    }

    void likeWordsSayAPart()
    {
        MeaningIndex index(Language::English, m_space);
        index.add(0, "a song for the retiring bus driver", "Last Stop");
        index.addSubject(0, "retirement");
        index.add(1, "my dog likes the river", "Wet Paws");
        index.addSubject(1, "dog");
        const auto matches = index.match("dad has stopped driving the bus");
        QCOMPARE(matches.size(), std::size_t(2));
        QVERIFY(matches[0].all > 2 * matches[1].all);
        QVERIFY(matches[0].asked > matches[1].asked);
        // The very words say more than like ones.
        QVERIFY(index.match("retiring bus driver")[0].asked > matches[0].asked);
    }

    void whatASongAddsCounts()
    {
        MeaningIndex index(Language::English, m_space);
        index.add(0, "a song for my mother", "Mother");
        index.addSubject(0, "mother");
        index.add(1, "a song for my mother in the hospital after the operation", "Ward Nine");
        index.addSubject(1, "mother in hospital");
        const auto matches = index.match("a song for mum");
        QVERIFY(matches[0].asked == matches[1].asked);
        QVERIFY(matches[0].askedToo > matches[1].askedToo);
        QVERIFY(matches[0].subjects > matches[1].subjects);
    }

    void chineseWordsToo()
    {
        MeaningIndex index(Language::Mandarin, m_space);
        index.add(0, "想念外婆做的饭", "灶台");
        index.addSubject(0, "外婆");
        index.add(1, "毕业了和同学告别", "操场");
        index.addSubject(1, "毕业");
        // One grandmother is as good as the other: the song is sung with the word that was asked for.
        QVERIFY(index.match("奶奶的菜")[0].all > 2 * index.match("奶奶的菜")[1].all);
        QVERIFY(index.match("同学分别")[1].all > index.match("同学分别")[0].all);
    }

    void wordsThatSayLittleWeighLittle()
    {
        MeaningIndex index(Language::English, m_space);
        for (std::size_t s = 0; s < 20; ++s) {
            index.add(s, "a window tune about thing" + std::string(s + 1, 'x'), "Title");
            index.addSubject(s, "thing" + std::string(s + 1, 'x'));
        }
        QVERIFY(index.weight("window") < 0.1F);
        QVERIFY(index.weight("thingx") > 0.6F);
        QVERIFY(index.weight("zeppelin") == 1.0F);
    }

    void placesMayCountLess()
    {
        MeaningIndex index(Language::English, m_space);
        index.add(0, "a night in Hangzhou", "Lake");
        index.add(1, "missing my grandmother", "Her Chair");
        const auto plain = index.match("grandmother in Hangzhou");
        const auto lesser = index.match("grandmother in Hangzhou", "hangzhou");
        QVERIFY(lesser[1].all > plain[1].all);
        QVERIFY(lesser[0].all < plain[0].all);
    }

    void nothingIsLikeNothing()
    {
        MeaningIndex index(Language::English, m_space);
        QVERIFY(index.match("anything").empty());
        index.add(2, "", "");
        for (const char* request : {"", "…!?", "\xff\xfe\xe4", "the"}) {
            const auto matches = index.match(request);
            QCOMPARE(matches.size(), std::size_t(3));
            QVERIFY(std::all_of(matches.begin(), matches.end(),
                                [](const auto& m) { return m.all == 0 && m.askedToo == 0; }));
        }
    }
};

QTEST_APPLESS_MAIN(LyricMeaningTest)
#include "tst_lyric_meaning.moc"
