#include "program.h"

#include <QFile>

class TestBadInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void promptsThatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("empty") << QString();
        QTest::newRow("spaces") << QString("  \t ");
        QTest::newRow("ten thousand characters") << QString("rain ").repeated(2000);
    }
    void promptsThatCannotBeUsed()
    {
        QFETCH(QString, prompt);
        const Program program;
        const auto outcome = program.run({"compose", "--prompt", prompt, "-o", program.path("a.cantilena")});
        QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QVERIFY(!QFile::exists(program.path("a.cantilena")));
    }

    void choicesThatAreNotThere_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("language") << QStringList{"--language", "fr"};
        QTest::newRow("style") << QStringList{"--style", "no-such-style"};
        QTest::newRow("key") << QStringList{"--key", "H major"};
        QTest::newRow("chords") << QStringList{"--chords", "C G Hm F"};
        QTest::newRow("tempo") << QStringList{"--tempo", "9000"};
        QTest::newRow("length") << QStringList{"--length", "1"};
        QTest::newRow("voice") << QStringList{"--voice", "nobody"};
        QTest::newRow("output") << QStringList{"-o", "/no/such/folder/a.cantilena"};
    }
    void choicesThatAreNotThere()
    {
        QFETCH(QStringList, options);
        const Program program;
        QStringList arguments{"compose", "--prompt", "rain on the roof"};
        if (!options.contains("-o"))
            arguments << "-o" << program.path("a.cantilena");
        const auto outcome = program.run(arguments + options);
        QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QVERIFY(!QFile::exists(program.path("a.cantilena")));
    }

    void filesThatAreNoSongs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("this is not a song");
        QTest::newRow("a cut header") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("header and noise") << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\x5a');
    }
    void filesThatAreNoSongs()
    {
        QFETCH(QByteArray, content);
        const Program program;
        QFile file(program.path("a.cantilena"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        for (const QStringList& arguments :
             {QStringList{"info", file.fileName(), "--json"},
              QStringList{"render", file.fileName(), "-o", program.path("a.wav")},
              QStringList{"export", file.fileName(), "-o", program.path("a.mid")}}) {
            const auto outcome = program.run(arguments);
            QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        }
        QVERIFY(!QFile::exists(program.path("a.wav")));
        QVERIFY(!QFile::exists(program.path("a.mid")));
        // What a person had is still there, byte for byte.
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void aMissingSongFile()
    {
        const Program program;
        QVERIFY(Program::isOneSentence(program.run({"info", program.path("none.cantilena"), "--json"})));
    }

    void aMissingSoundFont()
    {
        const Program program;
        const QString song = program.path("a.cantilena");
        QCOMPARE(
            program.run({"compose", "--prompt", "rain", "--length", "15", "--seed", "1", "-o", song}).status,
            0);
        const auto outcome = program.run({"render", song, "-o", program.path("a.wav")},
                                         {{"CANTILENA_SOUNDFONT", "/no/such/font.sf2"}});
        QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QVERIFY(!QFile::exists(program.path("a.wav")));
        const auto unwritable = program.run({"render", song, "-o", "/no/such/folder/a.wav"});
        QVERIFY2(Program::isOneSentence(unwritable), unwritable.err.constData());
    }

    void aModelWithOneByteChanged()
    {
        const Program program;
        const QString models = program.path("models");
        copyFolder(QString(CANTILENA_SOURCE_DIR) + "/models", models);
        const QStringList weights = QDir(models + "/melody").entryList({"*.pt"});
        QVERIFY(!weights.isEmpty());
        QFile file(models + "/melody/" + weights.first());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        char byte = 0;
        file.getChar(&byte);
        file.seek(file.size() / 2);
        file.putChar(static_cast<char>(byte ^ 1));
        file.close();
        const QMap<QString, QString> environment{{"CANTILENA_MODELS", models}};
        const auto check = program.run({"models", "--check"}, environment);
        QVERIFY2(Program::isOneSentence(check), check.err.constData());
        const auto outcome =
            program.run({"compose", "--prompt", "rain", "-o", program.path("a.cantilena")}, environment);
        QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QVERIFY(!QFile::exists(program.path("a.cantilena")));

        QVERIFY(file.remove());
        const auto missing =
            program.run({"compose", "--prompt", "rain", "-o", program.path("a.cantilena")}, environment);
        QVERIFY2(Program::isOneSentence(missing), missing.err.constData());
    }

    void oddPromptsStillMakeASong_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("third language") << QString("une chanson sur la mer et le soleil");
        QTest::newRow("emoji") << QString("🌧️🏠👵");
        QTest::newRow("control characters") << QString("rain\x01\x02\x1b[31m on the roof\x07");
        QTest::newRow("mixed") << QString("a song about 夏天 and the beach");
        QTest::newRow("right to left") << QString::fromUtf8("שיר על הגשם");
    }
    void oddPromptsStillMakeASong()
    {
        QFETCH(QString, prompt);
        const Program program;
        const auto outcome = program.run({"compose", "--prompt", prompt, "--length", "15", "--seed", "3",
                                          "-o", program.path("a.cantilena")});
        // A song, or one sentence that says what to type instead; never a crash, never half a file.
        if (outcome.status != 0)
            QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QCOMPARE(QFile::exists(program.path("a.cantilena")), outcome.status == 0);
    }

    void lyricsThatNoVoiceCanSing()
    {
        const Program program;
        QFile file(program.path("lyrics.txt"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[Verse]\n... --- !!!\n\xff\xfe\xc3\x28\n");
        file.close();
        const auto outcome =
            program.run({"compose", "--lyrics", file.fileName(), "-o", program.path("a.cantilena")});
        if (outcome.status != 0)
            QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QCOMPARE(QFile::exists(program.path("a.cantilena")), outcome.status == 0);
    }

private:
    static void copyFolder(const QString& from, const QString& to)
    {
        QVERIFY(QDir().mkpath(to));
        const QFileInfoList entries = QDir(from).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot);
        for (const QFileInfo& entry : entries) {
            if (entry.isDir())
                copyFolder(entry.filePath(), to + "/" + entry.fileName());
            else
                QVERIFY(QFile::copy(entry.filePath(), to + "/" + entry.fileName()));
        }
    }
};

QTEST_APPLESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
