#include <QtTest>

#include <language/text.h>

using namespace cantilena::language;

class TestText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void normalisesWidthAndLigatures()
    {
        QCOMPARE(normalise("ＡＢＣ　１２３ ﬁne"), std::string("ABC 123 fine"));
        QCOMPARE(normalise("don\xC2\xB4t"), std::string("don't"));
        QCOMPARE(normalise("well\xE2\x80\x90known"), std::string("well-known"));
    }
    void takesOutWhatCannotBeSeen()
    {
        QCOMPARE(normalise("a\tb\nc\r\x01"), std::string("a b c  "));
        QCOMPARE(normalise("\xE2\x80\x8Fשלום\xE2\x80\x8E"), std::string("שלום"));
        QCOMPARE(normalise("\xEF\xBB\xBFhi"), std::string("hi"));
    }
    void keepsInvalidBytesOut()
    {
        const std::string result = normalise("caf\xE9 \xF0\x9F ok");
        QVERIFY(result.find("caf") == 0);
        QVERIFY(result.find("ok") != std::string::npos);
        QVERIFY(QString::fromUtf8(result.c_str()).toUtf8().toStdString() == result);
    }
    void isIdempotent_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("plain") << QByteArray("I'm here");
        QTest::newRow("wide") << QByteArray("ｶﾞ ½ ™ ① …");
        QTest::newRow("family") << QByteArray("👨‍👩‍👧 ❤️ \xED\xA0\x80");
    }
    void isIdempotent()
    {
        QFETCH(QByteArray, line);
        const std::string once = normalise(line.toStdString());
        QCOMPARE(normalise(once), once);
    }
    void detects()
    {
        QCOMPARE(detect("a rainy night in Hangzhou"), Language::English);
        QCOMPARE(detect("写一首关于夏天海边的轻快的歌"), Language::Mandarin);
        QCOMPARE(detect("来一首 love song"), Language::Mandarin);
        QCOMPARE(detect("I miss 北京 and you tonight"), Language::English);
        QCOMPARE(detect(""), Language::English);
        QCOMPARE(detect("🎵"), Language::English);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
