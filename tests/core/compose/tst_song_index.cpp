#include <QtTest>

#include <algorithm>

#include "../../../core/compose/lyrics_index.h"

using cantilena::compose::lyric::SongIndex;
using cantilena::language::Language;

class SongIndexTest : public QObject {
    Q_OBJECT

    static std::vector<float> coverage(const SongIndex& index, const char* request)
    {
        std::vector<float> words;
        for (const SongIndex::Match& match : index.match(request))
            words.push_back(match.words);
        return words;
    }
    static std::size_t best(const std::vector<float>& coverage)
    {
        return static_cast<std::size_t>(std::max_element(coverage.begin(), coverage.end()) -
                                        coverage.begin());
    }

private Q_SLOTS:
    void findsEnglishByTheRareWord()
    {
        SongIndex index(Language::English);
        index.add(0, "a slow song about my grandmother's kitchen", SongIndex::Text::Request);
        index.add(0, "grandmother; kitchen", SongIndex::Text::Subject);
        index.add(1, "a slow song about lighthouses", SongIndex::Text::Request);
        index.add(1, "lighthouse", SongIndex::Text::Subject);
        index.add(2, "a slow song about the kitchen at night", SongIndex::Text::Request);
        index.add(2, "kitchen; night", SongIndex::Text::Subject);
        QCOMPARE(best(coverage(index, "Slow song: the LIGHTHOUSE at night")), std::size_t(1));
        QCOMPARE(best(coverage(index, "grandmothers in kitchens")), std::size_t(0));
        // What every request says is no subject.
        const std::vector<float> slow = coverage(index, "slow song of lighthouses");
        QVERIFY(slow[1] > 2 * slow[0]);
    }

    void findsEnglishWithoutEndings()
    {
        SongIndex index(Language::English);
        index.add(0, "I miss my grandma; a story to tell; stop", SongIndex::Text::Subject);
        for (const char* request : {"missing grandma", "missed", "telling stories", "stopped"})
            QCOMPARE(coverage(index, request)[0], 1.0f);
    }

    void findsChineseWithoutSegmentation()
    {
        SongIndex index(Language::Mandarin);
        index.add(0, "写一首关于外婆的歌", SongIndex::Text::Request);
        index.add(0, "外婆;厨房", SongIndex::Text::Subject);
        index.add(1, "写一首关于灯塔的歌", SongIndex::Text::Request);
        index.add(1, "灯塔;大海", SongIndex::Text::Subject);
        QCOMPARE(best(coverage(index, "想念外婆了")), std::size_t(0));
        QCOMPARE(best(coverage(index, "守灯塔的人")), std::size_t(1));
    }

    void nothingKnownCoversNothing()
    {
        SongIndex index(Language::English);
        QVERIFY(coverage(index, "anything").empty());
        index.add(3, "tea", SongIndex::Text::Subject);
        for (const char* request : {"", "…!?", "zeppelin", "\xff\xfe\xe4", "茶"}) {
            const std::vector<float> found = coverage(index, request);
            QCOMPARE(found.size(), std::size_t(4));
            QCOMPARE(*std::max_element(found.begin(), found.end()), 0.0f);
        }
    }
};

QTEST_APPLESS_MAIN(SongIndexTest)
#include "tst_song_index.moc"
