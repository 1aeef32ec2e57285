#include <QTest>

#include "../../../core/compose/lyrics_numbers.h"

using namespace cantilena;
using compose::lyric::agesAndYears;

class LyricNumbersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agesAndSpansOfYears_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<bool>("chinese");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* request, bool chinese, const char* expected) {
            QTest::newRow(request) << request << chinese << expected;
        };
        row("a slow song for our 30th anniversary", false, "thirty,thirtieth");
        row("My wife turns forty", false, "forty,fortieth");
        row("for my dad, who is turning 65", false, "sixty-five,sixty-fifth");
        row("a 5-year-old who lost a tooth", false, "five,fifth");
        row("married for 25 years", false, "twenty-five,twenty-fifth");
        row("our tenth wedding anniversary", false, "ten,tenth");
        row("a song of 30 seconds at 120 bpm", false, "");
        row("the summer of 1999", false, "");
        row("two dogs and a cat", false, "");
        row("route 66", false, "");
        row("999999999999 years", false, "");
        row("奶奶80岁生日", true, "八十,八十岁");
        row("外公九十大寿", true, "九十,九十大寿,九十岁");
        row("结婚三十周年", true, "三十,三十周年,三十年");
        row("两年没见了", true, "两,两年");
        row("毕业10年后的聚会", true, "十,十年");
        row("2024年的冬天", true, "");
        row("三年级的老师", true, "");
        row("30秒的歌", true, "");
        row("一个人", true, "");
    }
    void agesAndSpansOfYears()
    {
        QFETCH(QString, request);
        QFETCH(bool, chinese);
        QFETCH(QString, expected);
        QStringList found;
        for (const std::string& word : agesAndYears(
                 request.toStdString(), chinese ? language::Language::Mandarin : language::Language::English))
            found << QString::fromStdString(word);
        QCOMPARE(found.join(','), expected);
    }
};

QTEST_APPLESS_MAIN(LyricNumbersTest)
#include "tst_lyric_numbers.moc"
