#include <QtTest>

#include <language/reader.h>
#include <language/rhyme.h>

using namespace cantilena::language;

class TestRhyme : public QObject {
    Q_OBJECT

    std::unique_ptr<Reader> m_reader;

    Word word(const char* text, Language language = Language::English) const
    {
        return m_reader->word(text, language);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto reader = Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
    }
    void keys_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("night") << QByteArray("night") << QByteArray("ay t");
        QTest::newRow("light") << QByteArray("light") << QByteArray("ay t");
        QTest::newRow("away") << QByteArray("away") << QByteArray("ey");
        QTest::newRow("table") << QByteArray("table") << QByteArray("ey b ah l");
        QTest::newRow("nation") << QByteArray("nation") << QByteArray("ey sh ah n");
        QTest::newRow("the function word you") << QByteArray("you") << QByteArray("uw");
        QTest::newRow("number") << QByteArray("7") << QByteArray("eh v ah n");
        QTest::newRow("punctuation") << QByteArray("...") << QByteArray("");
    }
    void keys()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, key);
        QCOMPARE(rhymeKey(word(text.constData())), key.toStdString());
    }
    void english()
    {
        QVERIFY(rhymes(word("night"), word("light")));
        QVERIFY(rhymes(word("cup"), word("up")));
        QVERIFY(rhymes(word("flying"), word("dying")));
        QVERIFY(rhymes(word("you"), word("true")));
        QVERIFY(!rhymes(word("love"), word("move")));
        QVERIFY(!rhymes(word("night"), word("day")));
        QCOMPARE(rhyme(word("sea"), word("see")), Rhyme::Identical);
        QCOMPARE(rhyme(word("time"), word("line")), Rhyme::Near);
        QCOMPARE(rhyme(word("time"), word("时间", Language::Mandarin)), Rhyme::None);
    }
    void mandarin()
    {
        QVERIFY(rhymes(word("海边", Language::Mandarin), word("夏天", Language::Mandarin)));
        QVERIFY(rhymes(word("家", Language::Mandarin), word("花", Language::Mandarin)));
        QVERIFY(!rhymes(word("家", Language::Mandarin), word("天", Language::Mandarin)));
        QCOMPARE(rhyme(word("在", Language::Mandarin), word("再", Language::Mandarin)), Rhyme::Identical);
        QCOMPARE(rhyme(word("心", Language::Mandarin), word("星", Language::Mandarin)), Rhyme::Near);
        QCOMPARE(rhymeKey(word("一会儿", Language::Mandarin)), std::string("灰堆"));
    }
    void groups()
    {
        QCOMPARE(rhymeGroup("ian"), RhymeGroup::YanQian);
        QCOMPARE(rhymeGroup("iz"), RhymeGroup::YiQi);
        QCOMPARE(rhymeGroup("sh"), RhymeGroup::None);
        QCOMPARE(nameOf(RhymeGroup::FaHua), std::string_view("发花"));
        for (int i = 0; i < kRhymeGroupCount; ++i)
            QVERIFY(!nameOf(static_cast<RhymeGroup>(i)).empty());
    }
    void stress()
    {
        QCOMPARE(stressPattern(word("away")), std::string("01"));
        QCOMPARE(stressPattern(word("morning")), std::string("10"));
        QCOMPARE(stressPattern(word("the")), std::string("0"));
        QCOMPARE(stressPattern(word("你好", Language::Mandarin)), std::string("33"));
        QCOMPARE(stressPattern(Word{}), std::string());
    }
};

QTEST_GUILESS_MAIN(TestRhyme)
#include "tst_rhyme.moc"
