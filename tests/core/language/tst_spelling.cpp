#include <language/spelling.h>

#include <language/reader.h>

#include <QTest>

using namespace cantilena;

class TestSpelling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pinyinIsSpelled_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pinyin");
        const auto row = [](const char* text, const char* pinyin) {
            QTest::newRow(pinyin) << QString::fromUtf8(text) << QString::fromUtf8(pinyin);
        };
        row("雨", "yǔ");
        row("月亮", "yuè liàng");
        row("苹果", "píng guǒ");
        row("知识", "zhī shí");
        row("绿", "lǜ");
        row("去", "qù");
        row("学", "xué");
        row("我", "wǒ");
        row("微风", "wēi fēng");
        row("游", "yóu");
        row("秋", "qiū");
        row("水", "shuǐ");
        row("狗", "gǒu");
        row("远", "yuǎn");
        row("云", "yún");
        row("用", "yòng");
        row("熊", "xióng");
        row("播", "bō");
        row("爱", "ài");
        row("儿", "ér");
        row("英", "yīng");
        row("文", "wén");
        row("牙", "yá");
        row("叶", "yè");
        row("词", "cí");
    }
    void pinyinIsSpelled()
    {
        QFETCH(QString, text);
        QFETCH(QString, pinyin);
        static const std::unique_ptr<language::Reader> reader = *language::Reader::open();
        QStringList read;
        for (const language::Word& word : reader->read(text.toStdString(), language::Language::Mandarin))
            for (const language::Syllable& syllable : word.syllables)
                read.append(QString::fromStdString(language::pinyin(syllable.phonemes, syllable.tone)));
        QCOMPARE(read.join(QLatin1Char(' ')), pinyin);
    }

    void theRestIsEmptyOrPlain()
    {
        QCOMPARE(language::pinyin({"n", "a", "r"}, 3), std::string("nǎr"));
        QCOMPARE(language::pinyin({"m", "a"}, 5), std::string("ma"));
        QCOMPARE(language::pinyin({"r", "ey", "n"}, 0), std::string());
        QCOMPARE(language::pinyin({}, 1), std::string());
        QCOMPARE(language::pinyin({"zh"}, 1), std::string());
    }
};

QTEST_APPLESS_MAIN(TestSpelling)
#include "tst_spelling.moc"
