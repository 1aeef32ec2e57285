#include <QtTest>

#include <language/reader.h>

using namespace cantilena::language;

class TestMandarin : public QObject {
    Q_OBJECT

    std::unique_ptr<Reader> m_reader;

    /// "in2 hang2", tones of the dictionary.
    std::string pinyin(const char* text) const
    {
        std::string result;
        for (const Word& word : m_reader->read(text, Language::Mandarin)) {
            for (const Syllable& syllable : word.syllables) {
                if (!result.empty())
                    result += ' ';
                for (const std::string& phoneme : syllable.phonemes)
                    result += phoneme;
                result += std::to_string(syllable.tone);
            }
        }
        return result;
    }
    std::string sungTones(const char* text) const
    {
        std::string result;
        for (const Word& word : m_reader->read(text, Language::Mandarin)) {
            for (const Syllable& syllable : word.syllables)
                result += std::to_string(syllable.sungTone);
        }
        return result;
    }
    std::string spoken(const char* text) const
    {
        std::string result;
        for (const Word& word : m_reader->read(text, Language::Mandarin)) {
            for (const Syllable& syllable : word.syllables)
                result += syllable.text;
        }
        return result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto reader = Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
    }
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("银行", "in2 hang2");
        row("旅行", "lv3 xing2");
        row("音乐", "in1 ve4");
        row("快乐", "kuai4 le4");
        row("重新", "chong2 xin1");
        row("重要", "zhong4 iao4");
        row("长大", "zhang3 da4");
        row("长城", "chang2 cheng2");
        row("头发", "tou2 fa5");
        row("出发", "chu1 fa1");
        row("睡着", "shui4 zhao2");
        row("看着", "kan4 zhe5");
        row("首都", "shou3 du1");
        row("都是", "dou1 shir4");
        row("一只猫", "i1 zhir1 mao1");
        row("只有", "zhir3 iu3");
        row("为什么", "ui4 shen2 me5");
        row("轻轻地放", "qing1 qing1 de5 fang4");
        row("忘不了", "uang4 bu4 liao3");
        row("走了", "zou3 le5");
        row("孩子", "hai2 ziz5");
        row("一会儿", "i1 huir4");
        row("女儿", "nv3 er2");
        row("句", "jv4");
        row("学", "xve2");
        row("用", "iong4");
        row("問", "un4");
        row("裡面", "li3 mian4");
        row("慢慢", "man4 man4");
        row("人人々", "ren2 ren2 ren2");
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(pinyin(text.constData()), expected.toStdString());
    }
    void sandhi_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("你好", "23");
        row("我想你", "223");
        row("你 好", "33");
        row("你，好", "33");
        row("一天", "41");
        row("一年", "42");
        row("一半", "24");
        row("第一", "41");
        row("不要", "24");
        row("不好", "43");
        row("走了", "35");
    }
    void sandhi()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(sungTones(text.constData()), expected.toStdString());
    }
    void numbers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("2008年", "二零零八年");
        row("30", "三十");
        row("30年", "三十年");
        row("12", "十二");
        row("112", "一百一十二");
        row("105", "一百零五");
        row("10005", "一万零五");
        row("100000", "十万");
        row("2个人", "两个人");
        row("50%", "百分之五十");
        row("10:30", "十点三十");
        row("3.5", "三点五");
        row("5月1日", "五月一日");
        row("2024-05-01", "二零二四年五月一日");
        row("$5", "五美元");
        row("1/2", "二分之一");
        row("1,000,000", "一百万");
    }
    void numbers()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(spoken(text.constData()), expected.toStdString());
    }
    void mixed()
    {
        const auto words = m_reader->read("我在KTV唱 love song 2次", Language::Mandarin);
        std::string languages;
        for (const Word& word : words)
            languages += word.syllables.front().language == Language::Mandarin ? 'z' : 'e';
        QCOMPARE(languages, std::string("zzezeezz"));
        QCOMPARE(words[6].syllables.front().text, std::string("两"));
    }
    void rareCharactersAreRead()
    {
        for (const Word& word : m_reader->read("龘靐齉𠮷〇囍", Language::Mandarin)) {
            for (const Syllable& syllable : word.syllables)
                QVERIFY(!syllable.phonemes.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestMandarin)
#include "tst_mandarin.moc"
