#include <QTest>

#include <music/key_estimate.h>

using namespace cantilena::music;

class KeyEstimateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scalesAreHeardInTheirKey()
    {
        for (int tonic = 0; tonic < 12; ++tonic) {
            for (const Mode mode : {Mode::Major, Mode::Minor}) {
                const Key key{tonic, mode};
                std::array<double, 12> durations{};
                for (const int pc : key.scale())
                    durations[static_cast<std::size_t>(pc)] = 1;
                // The chord of the tonic sounds longest, as in tunes.
                for (const int above : {0, mode == Mode::Major ? 4 : 3, 7})
                    durations[static_cast<std::size_t>((tonic + above) % 12)] += 2;
                QVERIFY(estimateKey(durations, tonic) == key);
            }
        }
    }
    void silence() { QVERIFY(estimateKey({}) == Key{}); }
};

QTEST_APPLESS_MAIN(KeyEstimateTest)
#include "tst_key_estimate.moc"
