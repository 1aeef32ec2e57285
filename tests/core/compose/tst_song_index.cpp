#include <QtTest>

#include <algorithm>

#include "../../../core/compose/lyrics_index.h"

using cantilena::compose::lyric::SongIndex;
using cantilena::language::Language;

class SongIndexTest : public QObject {
    Q_OBJECT

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
        QCOMPARE(best(index.coverage("Slow song: the LIGHTHOUSE at night")), std::size_t(1));
        QCOMPARE(best(index.coverage("grandmothers in kitchens")), std::size_t(0));
        // What every request says is no subject.
        const std::vector<float> slow = index.coverage("slow song of lighthouses");
        QVERIFY(slow[1] > 2 * slow[0]);
    }

    void findsChineseWithoutSegmentation()
    {
        SongIndex index(Language::Mandarin);
        index.add(0, "写一首关于外婆的歌", SongIndex::Text::Request);
        index.add(0, "外婆;厨房", SongIndex::Text::Subject);
        index.add(1, "写一首关于灯塔的歌", SongIndex::Text::Request);
        index.add(1, "灯塔;大海", SongIndex::Text::Subject);
        QCOMPARE(best(index.coverage("想念外婆了")), std::size_t(0));
        QCOMPARE(best(index.coverage("守灯塔的人")), std::size_t(1));
    }

    void nothingKnownCoversNothing()
    {
        SongIndex index(Language::English);
        QVERIFY(index.coverage("anything").empty());
        index.add(3, "tea", SongIndex::Text::Subject);
        for (const char* request : {"", "…!?", "zeppelin", "\xff\xfe\xe4", "茶"}) {
            const std::vector<float> coverage = index.coverage(request);
            QCOMPARE(coverage.size(), std::size_t(4));
            QCOMPARE(*std::max_element(coverage.begin(), coverage.end()), 0.0f);
        }
    }
};

QTEST_APPLESS_MAIN(SongIndexTest)
#include "tst_song_index.moc"
