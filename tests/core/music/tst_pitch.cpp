#include <QtTest>

#include <music/pitch.h>

using namespace cantilena::music;

class TestPitch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frequencies()
    {
        QCOMPARE(frequency(69), 440.0);
        QCOMPARE(frequency(57), 220.0);
        QVERIFY(std::abs(frequency(60) - 261.6256) < 1e-3);
        for (double midi = 0; midi < 128; midi += 0.37)
            QVERIFY(std::abs(midiOfFrequency(frequency(midi)) - midi) < 1e-9);
    }

    void names()
    {
        QCOMPARE(pitchName({60}), std::string("C4"));
        QCOMPARE(pitchName({61}), std::string("C#4"));
        QCOMPARE(pitchName({61}, true), std::string("Db4"));
        QCOMPARE(pitchName({0}), std::string("C-1"));
        QCOMPARE(pitchClassName(-1), std::string("B"));
        QCOMPARE(Pitch{59}.octave(), 3);
        QCOMPARE(Pitch{-3}.pitchClass(), 9);
    }

    void keysGoThereAndBack()
    {
        for (int tonic = 0; tonic < 12; ++tonic) {
            for (const Mode mode : {Mode::Major, Mode::Minor}) {
                const Key key{tonic, mode};
                QVERIFY2(Key::parse(key.name()) == key, key.name().c_str());
                QCOMPARE(key.scale().size(), std::size_t{7});
                QCOMPARE(key.scale().front(), tonic);
                for (int pc = 0; pc < 12; ++pc)
                    QCOMPARE(key.contains(pc), key.degree(pc).has_value());
            }
        }
    }

    void spelling()
    {
        QCOMPARE((Key{10, Mode::Major}.name()), std::string("Bb major"));
        QCOMPARE((Key{6, Mode::Minor}.name()), std::string("F# minor"));
        QCOMPARE((Key{0, Mode::Minor}.name()), std::string("C minor"));
        QVERIFY((Key{0, Mode::Minor}.usesFlats()));
        QVERIFY((!Key{2, Mode::Major}.usesFlats()));
    }

    void degrees()
    {
        const Key minor{9, Mode::Minor};
        QVERIFY(minor.degree(9) == 1);
        QVERIFY(minor.degree(0) == 3);
        QVERIFY(minor.degree(12 + 4) == 5);
        QVERIFY(!minor.degree(8));
    }

    void readingKeys_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("tonic");
        QTest::addColumn<bool>("minor");
        const auto row = [](const char* text, int tonic, bool minor) {
            QTest::newRow(text) << QString::fromUtf8(text) << tonic << minor;
        };
        row("C major", 0, false);
        row("c", 0, false);
        row(" f# minor ", 6, true);
        row("Bb", 10, false);
        row("bb minor", 10, true);
        row("b", 11, false);
        row("B minor", 11, true);
        row("bm", 11, true);
        row("Am", 9, true);
        row("AM", 9, false);
        row("A-flat major", 8, false);
        row("E flat", 3, false);
        row("C sharp minor", 1, true);
        row("G♭", 6, false);
        row("C大调", 0, false);
        row("升F小调", 6, true);
        row("降B大调", 10, false);
        row("Cb major", 11, false);
        row("E MAJOR", 4, false);
    }
    void readingKeys()
    {
        QFETCH(QString, text);
        QFETCH(int, tonic);
        QFETCH(bool, minor);
        const auto key = Key::parse(text.toStdString());
        QVERIFY(key);
        QCOMPARE(key->tonic, tonic);
        QCOMPARE(key->mode == Mode::Minor, minor);
    }

    void whatIsNoKey()
    {
        for (const char* text :
             {"", " ", "H", "C dorian", "major", "升", "降H大调", "C#x", "😀", "C major major", "\xff"})
            QVERIFY2(!Key::parse(text), text);
    }
};

QTEST_APPLESS_MAIN(TestPitch)
#include "tst_pitch.moc"
