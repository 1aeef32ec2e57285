#include <QtTest>

#include <fstream>
#include <sstream>

#include <voice/consonant_length.h>
#include <voice/phone_set.h>

using namespace cantilena::voice;

class TestConsonantLength : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableIsTheFilesOwn()
    {
        std::ifstream in(CANTILENA_SOURCE_DIR "/models/voice/lengths.tsv");
        std::string line, kind, name;
        double value = 0;
        int phones = 0;
        while (std::getline(in, line)) {
            std::istringstream fields(line);
            if (!(fields >> kind >> name >> value) || kind != "phone")
                continue;
            ++phones;
            QCOMPARE(consonantLogLength(name), value);
        }
        QVERIFY(phones > 30);
    }
    void quickSyllablesHaveShortConsonants()
    {
        for (const char* phone : {"s", "t", "m", "k", "sh", "l"}) {
            double last = 0;
            for (const double room : {0.15, 0.25, 0.4, 0.5}) {
                const double length =
                    consonantSeconds(phone, ConsonantPlace::Onset, AfterConsonant::Vowel, room);
                QVERIFY2(length >= last, phone);
                QVERIFY(length >= 0.69 * typicalSeconds(phone) && length <= 1.51 * typicalSeconds(phone));
                last = length;
            }
        }
        QVERIFY(consonantSeconds("s", ConsonantPlace::Onset, AfterConsonant::Vowel, 0.2) <
                0.9 * consonantSeconds("s", ConsonantPlace::Onset, AfterConsonant::Vowel, 0.4));
    }
    void groupsAreCloser()
    {
        QVERIFY(consonantSeconds("l", ConsonantPlace::OnsetCluster, AfterConsonant::Vowel, 0.4) <
                consonantSeconds("l", ConsonantPlace::Onset, AfterConsonant::Vowel, 0.4));
    }
    void unknownPhonesHaveTheirTypicalLength()
    {
        QCOMPARE(consonantSeconds("xyz", ConsonantPlace::Onset, AfterConsonant::Vowel, 0.3),
                 typicalSeconds("xyz"));
    }
};

QTEST_APPLESS_MAIN(TestConsonantLength)
#include "tst_consonant_length.moc"
