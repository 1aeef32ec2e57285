#include <QtTest>

#include "../../../core/compose/lyrics_written.h"

using cantilena::compose::lyric::closeSpeech;
using cantilena::compose::lyric::writtenLike;

class LyricWrittenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineIsWrittenLikeItsPrototype_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("prototype");
        QTest::addColumn<QString>("written");
        const auto row = [](const char* text, const char* prototype, const char* written) {
            QTest::newRow(text) << text << prototype << written;
        };
        row("In march you played a tune", "In March you learned a tune", "In March you played a tune");
        row("Trumpet in 6b, the Tv is on", "trumpet in 6B, the TV is loud", "Trumpet in 6B, the TV is on");
        row("You cracked a C", "we struck an A, a C", "You cracked a C");
        row("you cracked a c, you held the a", "you cracked the C, you held the A,",
            "you cracked a C, you held the A");
        row("There's eleven of us and just one Mrs gray", "There's eleven of us and there's one Mrs. Gray,",
            "There's eleven of us and just one Mrs. Gray");
        row("Just one more, grandpa, that's all", "One more, Grandpa, just one",
            "Just one more, Grandpa, that's all");
        row("The roof has holes in a and d", "The roof is leaking A and D", "The roof has holes in A and D");
        row("Four a m, it's folding", "Two a.m., she's standing,", "Four a.m., it's folding");
        row("Up since seven p m", "Seven p.m. and the tarps unroll,", "Up since seven p.m.");
        row("Mrs. bell next door", "Mrs. Lim next door", "Mrs. Bell next door");
        // What is asked, called and said.
        row("Can you sing me that song", "Can you teach me that song?", "Can you sing me that song?");
        row("What should I buy I ask you, Dad", "What do you want? I ask you, Dad",
            "What should I buy? I ask you, Dad");
        row("Rent day, rent day, open your bag", "Rent day! Rent day! Open your purse!",
            "Rent day! Rent day! Open your bag!");
        row("Four, please, she mooed to the girl in the store",
            "\"Four, please,\" she said to the man in the store,",
            "\"Four, please,\" she mooed to the girl in the store");
        row("I'm startled, but madam, most people no, four",
            "\"I'm sorry, but madam, most people...\" \"No, four.\"",
            "\"I'm startled, but madam, most people...\" \"No, four\"");
        row("It goes said the genius it goes said the boss",
            "\"It goes,\" said the genius. \"It goes?\" said the chief,",
            "\"It goes\" said the genius. \"It goes?\" said the boss");
        row("Said come in", "said, \"Come in\"", "Said \"Come in\"");
        row("You said, it's dread it takes a while", "You said, \"It's panic. It takes a while.",
            "You said, \"It's dread. It takes a while");
        // Phrases of other lengths.
        row("She asked me what is up and left", "She asked, \"What now?\" and left,",
            "She asked me \"What is up?\" and left");
        // Where the words are gone, so are the marks.
        row("A phone goes off they let it ring", "A doorbell goes. They let it ring.",
            "A phone goes off. They let it ring");
        row("The guard had got halfway he stopped", "The guard was halfway through. He stopped",
            "The guard had got halfway. He stopped");
        row("Mouth closed said the booth face at rest", "\"Mouth closed,\" the booth said. \"Face at rest.\"",
            "\"Mouth closed\" said the booth. \"Face at rest\"");
        row("The boat goes out at night", "\"Stay here,\" he said, and left", "The boat goes out at night");
        row("雨天在家", "雨天在家", "雨天在家");
        row("", "In March", "");
        row("In march", "", "In march");
        row("?!", "\"", "?!");
    }
    void aLineIsWrittenLikeItsPrototype()
    {
        QFETCH(QString, text);
        QFETCH(QString, prototype);
        QFETCH(QString, written);
        QCOMPARE(QString::fromStdString(writtenLike(text.toStdString(), prototype.toStdString())), written);
    }
    void speechThatNobodyEndsIsNoSpeech()
    {
        std::vector<std::string> lines{"He said, \"Come in", "And take a chair\"", "\"Yes,\" I said"};
        const std::vector<std::string> whole = lines;
        closeSpeech(lines);
        QCOMPARE(lines, whole);
        lines[1] = "And there's the stair";
        closeSpeech(lines);
        QCOMPARE(lines,
                 (std::vector<std::string>{"He said, Come in", "And there's the stair", "\"Yes,\" I said"}));
    }
};

QTEST_APPLESS_MAIN(LyricWrittenTest)
#include "tst_lyric_written.moc"
