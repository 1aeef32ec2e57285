#include <QtTest>

#include <array>
#include <vector>

#include <base/random.h>

using namespace cantilena;

class TestRandom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesNest()
    {
        const Random random(7, "melody");
        QCOMPARE(random.at({1, 2, 3}).bits(), random.at({1}).at({2, 3}).bits());
        QVERIFY(random.at({1, 2}).bits() != random.at({2, 1}).bits());
        QVERIFY(random.at({0}).bits() != random.bits());
        QVERIFY(Random(7, "harmony").bits() != random.bits());
        QVERIFY(Random(8, "melody").bits() != random.bits());
        QCOMPARE(Random(7, "melody").at({4}).bits(9), random.at({4}).bits(9));
    }

    void uniformDrawsAreEven()
    {
        const Random random(1, "even");
        std::array<int, 10> bins{};
        for (std::uint64_t i = 0; i < 100'000; ++i) {
            const double u = random.uniform(i);
            QVERIFY(u >= 0 && u < 1);
            ++bins[static_cast<std::size_t>(u * 10)];
        }
        for (const int bin : bins)
            QVERIFY(bin > 9'600 && bin < 10'400);
    }

    void neighbouringPlacesAreIndependent()
    {
        double product = 0;
        for (std::uint64_t bar = 0; bar < 20'000; ++bar) {
            const Random random = Random(3, "bars");
            product += (random.at({bar}).uniform() - 0.5) * (random.at({bar + 1}).uniform() - 0.5);
        }
        QVERIFY(std::abs(product / 20'000) < 0.003);
    }

    void indexStaysInside()
    {
        const Random random(2, "index");
        for (std::uint64_t i = 0; i < 1000; ++i) {
            QVERIFY(random.index(7, i) < 7);
            QCOMPARE(random.index(1, i), std::size_t{0});
            const double inside = random.uniform(-2, 5, i);
            QVERIFY(inside >= -2 && inside < 5);
        }
    }

    void normalDraws()
    {
        const Random random(4, "normal");
        double sum = 0, squares = 0;
        for (std::uint64_t i = 0; i < 50'000; ++i) {
            const double x = random.normal(i);
            QVERIFY(std::isfinite(x));
            sum += x;
            squares += x * x;
        }
        QVERIFY(std::abs(sum / 50'000) < 0.02);
        QVERIFY(std::abs(squares / 50'000 - 1) < 0.03);
    }

    void weightedDraws()
    {
        const std::array<double, 4> weights = {0, 1, 3, 0};
        std::array<int, 4> counts{};
        const Random random(5, "weights");
        for (std::uint64_t i = 0; i < 40'000; ++i)
            ++counts[random.weighted(weights, i)];
        QCOMPARE(counts[0] + counts[3], 0);
        QVERIFY(std::abs(counts[1] - 10'000) < 400);
        QCOMPARE(random.weighted(std::array<double, 2>{0, 0}), std::size_t{0});
        QCOMPARE(random.weighted(std::array<double, 3>{0, 0, 1e-300}), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
