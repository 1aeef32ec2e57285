#include <QTest>

#include <sound/engine.h>
#include <sound/soundfont.h>

#include "fixture.h"

using namespace cantilena;
using namespace cantilena::sound;

namespace {

float peakOf(const std::vector<float>& samples)
{
    float peak = 0;
    for (const float sample : samples)
        peak = std::max(peak, std::abs(sample));
    return peak;
}

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

private:
    song::Song m_song = fixture::song(8);
    std::unique_ptr<Engine> m_engine;

    std::unique_ptr<Engine> newEngine()
    {
        Engine::Options options;
        options.soundFont = *findSoundFont();
        options.output = Engine::Output::Manual;
        auto engine = std::make_unique<Engine>(options);
        if (!engine->waitUntilReady())
            return nullptr;
        engine->setProgram(makeProgram(m_song));
        return engine;
    }

    /// What `seconds` of playback sound like.
    std::vector<float> run(double seconds)
    {
        std::vector<float> all;
        std::vector<float> block(512);
        for (int i = 0; i < seconds * kSampleRate / 256; ++i) {
            m_engine->process(block.data(), 256);
            all.insert(all.end(), block.begin(), block.end());
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase();
    void init();
    void silentUntilPlay();
    void stopsAndKeepsThePlace();
    void firstSoundComesAtOnce();
    void seeks();
    void loops();
    void endsAndStartsOver();
    void voiceJoinsWhenItComes();
    void editsDoNotClick();
    void aMeasuredBalanceComesGently();
    void meters();
    void audition();
    void blocksOfAnySize();
    void manyProgramsAreFreed();
    void silentClock();
    void missingSoundFontStillPlaysTheVoice();
};

void TestEngine::initTestCase()
{
    QVERIFY(findSoundFont());
    m_engine = newEngine();
}

/// Every test begins with a silent engine at the start of the song.
void TestEngine::init()
{
    m_engine->stop();
    m_engine->setLoop({});
    m_engine->setProgram(makeProgram(m_song));
    run(8);
    m_engine->seek({0});
    // What did not fit into the full ring comes with the next block.
    m_engine->readMeters();
    run(0.1);
    m_engine->readMeters();
}

void TestEngine::silentUntilPlay()
{
    QCOMPARE(peakOf(run(0.1)), 0.0F);
    QVERIFY(!m_engine->playing());
    QCOMPARE(m_engine->position().value, 0);
}

void TestEngine::stopsAndKeepsThePlace()
{
    m_engine->play();
    QVERIFY(m_engine->playing());
    QVERIFY(peakOf(run(1)) > 0.05F);
    m_engine->stop();
    run(0.01);
    QVERIFY(!m_engine->playing());
    const std::int64_t place = m_engine->position().value;
    QVERIFY(std::abs(place - kSampleRate) < 1024);
    run(8);
    QCOMPARE(m_engine->position().value, place);
    QVERIFY(peakOf(run(0.1)) < 1e-4F); // all has rung out
    m_engine->play();
    QVERIFY(peakOf(run(0.5)) > 0.05F);
}

void TestEngine::firstSoundComesAtOnce()
{
    m_engine->play();
    QVERIFY(peakOf(run(0.02)) > 0.01F); // of 200 ms that are allowed
}

void TestEngine::seeks()
{
    // Told at once, before the audio thread has taken it.
    m_engine->seek({kSampleRate * 3});
    QCOMPARE(m_engine->position().value, kSampleRate * 3);
    m_engine->seek({0});
    run(0.1);

    m_engine->play();
    run(0.1);
    m_engine->seek({5 * kSampleRate});
    run(0.5);
    QVERIFY(std::abs(m_engine->position().value - 5.5 * kSampleRate) < 1024);
    m_engine->seek({-7});
    run(0.01);
    QVERIFY(m_engine->position().value < 1024);
    m_engine->seek({std::int64_t{1} << 60});
    run(0.05);
    QVERIFY(!m_engine->playing());
}

void TestEngine::loops()
{
    const FrameRange loop{{10000}, {30001}};
    m_engine->setLoop(loop);
    m_engine->seek(loop.start);
    m_engine->play();
    for (int i = 0; i < 500; ++i) {
        run(0.006);
        QVERIFY(m_engine->position().value < loop.end.value);
    }
    QVERIFY(m_engine->position().value >= loop.start.value - 256);
    m_engine->setLoop({});
    run(1);
    QVERIFY(m_engine->position().value > loop.end.value);
}

void TestEngine::endsAndStartsOver()
{
    const std::int64_t end = makeProgram(m_song)->end;
    m_engine->seek({end - 2000});
    m_engine->play();
    run(0.2);
    QVERIFY(!m_engine->playing());
    QCOMPARE(m_engine->position().value, end);
    m_engine->play();
    run(0.2);
    QVERIFY(m_engine->playing());
    QVERIFY(m_engine->position().value < kSampleRate);
}

void TestEngine::voiceJoinsWhenItComes()
{
    song::Song alone = m_song;
    alone.tracks.resize(1);
    m_engine->setProgram(makeProgram(alone));
    m_engine->play();
    QCOMPARE(peakOf(run(0.5)), 0.0F);
    m_engine->setProgram(makeProgram(alone, {fixture::sung(0, 5)}));
    const std::vector<float> joined = run(0.5);
    QVERIFY(peakOf(joined) > 0.05F);
    // It fades in: no step larger than the voice itself makes.
    const auto largestStep = [&](std::size_t from, std::size_t to) {
        float step = 0;
        for (std::size_t i = from + 2; i < to; i += 2)
            step = std::max(step, std::abs(joined[i] - joined[i - 2]));
        return step;
    };
    QVERIFY(largestStep(0, 600) < largestStep(joined.size() / 2, joined.size()));
}

void TestEngine::editsDoNotClick()
{
    // A held chord while another track changes: the chord goes on, nothing restarts.
    m_engine->play();
    run(0.3);
    const std::int64_t before = m_engine->position().value;
    song::Song edited = m_song;
    edited.tracks.erase(edited.tracks.begin() + 1);
    m_engine->setProgram(makeProgram(edited));
    const std::vector<float> after = run(0.3);
    QVERIFY(peakOf(after) > 0.01F);
    QVERIFY(std::abs(m_engine->position().value - before - 0.3 * kSampleRate) < 512);
}

/// The estimate serves until the mix was measured; then the voice glides to its place.
void TestEngine::aMeasuredBalanceComesGently()
{
    const auto rms = [](const std::vector<float>& samples) {
        double sum = 0;
        for (const float sample : samples)
            sum += static_cast<double>(sample) * sample;
        return 10 * std::log10(sum / static_cast<double>(samples.size()) + 1e-12);
    };
    song::Song song = m_song; // the voice alone
    for (song::TrackPtr& track : song.tracks)
        if (!track->head.vocal) {
            song::Track muted = *track;
            muted.head.mix.mute = true;
            track = std::make_shared<const song::Track>(muted);
        }
    std::vector<VocalPiece> pieces{fixture::sung(0, 16)};
    MixBalance balance;
    balance.vocal.value = -3;
    balance.master.value = 0;
    const ProgramPtr estimated = makeProgram(song, pieces, balance);
    balance.vocal.value = 0;
    balance.master.value = 2;
    balance.measured = true;
    m_engine->setProgram(estimated);
    m_engine->play();
    run(2);
    double last = rms(run(0.25));
    const double first = last;
    m_engine->setProgram(makeProgram(song, pieces, balance));
    for (int i = 0; i < 16; ++i) {
        const double now = rms(run(0.25));
        QVERIFY2(std::abs(now - last) < 2.2, qPrintable(QString::number(now - last)));
        last = now;
    }
    QVERIFY2(std::abs(last - first - 5) < 0.5, qPrintable(QString::number(last - first)));
}

void TestEngine::meters()
{
    m_engine->play();
    run(0.3);
    const Meters meters = m_engine->readMeters();
    QVERIFY(meters.master[0] > 0.01F && meters.master[0] <= 1);
    QCOMPARE(meters.tracks[0], 0.0F); // nobody sings
    for (std::size_t i = 1; i < 6; ++i)
        QVERIFY2(meters.tracks[i] > 0, std::to_string(i).c_str());
    QCOMPARE(m_engine->readMeters().master[0], 0.0F);
}

void TestEngine::audition()
{
    run(0.05);
    m_engine->audition(m_song.tracks[3]->head.id, {60});
    QVERIFY(peakOf(run(0.3)) > 0.005F);
    run(8);
    QVERIFY(peakOf(run(0.1)) < 1e-4F);
    m_engine->audition(m_song.tracks[0]->head.id, {60}); // the voice
    m_engine->audition(song::TrackId{12345}, {60});
    m_engine->audition(m_song.tracks[3]->head.id, {600});
    QVERIFY(peakOf(run(0.3)) < 1e-4F);
}

void TestEngine::blocksOfAnySize()
{
    m_engine = newEngine();
    m_engine->play();
    const std::vector<float> even = run(0.5);
    m_engine = newEngine();
    m_engine->play();
    std::vector<float> odd;
    std::vector<float> block(2 * 777);
    for (std::size_t size = 1; odd.size() < even.size(); size = size % 777 + 13) {
        m_engine->process(block.data(), size);
        odd.insert(odd.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(2 * size));
    }
    odd.resize(even.size());
    QVERIFY(even == odd);
}

void TestEngine::manyProgramsAreFreed()
{
    std::weak_ptr<const Program> first;
    {
        const ProgramPtr program = makeProgram(m_song);
        first = program;
        m_engine->setProgram(program);
    }
    m_engine->play();
    for (int i = 0; i < 300; ++i) {
        m_engine->setProgram(makeProgram(m_song));
        run(0.02);
    }
    QVERIFY(first.expired());
    m_engine->setProgram(nullptr);
    run(0.1);
    QVERIFY(!m_engine->playing());
}

void TestEngine::silentClock()
{
    Engine::Options options;
    options.soundFont = *findSoundFont();
    options.output = Engine::Output::Silent;
    std::atomic<int> told{0};
    Engine engine(options,
                  [&](const Engine::Device& device) { told += device.silent && !device.sentence.empty(); });
    engine.setProgram(makeProgram(m_song));
    engine.play();
    QTRY_VERIFY_WITH_TIMEOUT(engine.position().value > kSampleRate / 4, 20000);
    QCOMPARE(told.load(), 1);
    engine.stop();
    QTRY_VERIFY(!engine.playing());
}

void TestEngine::missingSoundFontStillPlaysTheVoice()
{
    Engine::Options options;
    options.soundFont = "/no/such.sf2";
    options.output = Engine::Output::Manual;
    Engine engine(options);
    const auto ready = engine.waitUntilReady();
    QVERIFY(!ready);
    QVERIFY(ready.error().message.find("fluid-soundfont-gm") != std::string::npos);
    engine.setProgram(makeProgram(m_song, {fixture::sung(0, 2)}));
    engine.play();
    std::vector<float> block(2 * kSampleRate);
    engine.process(block.data(), kSampleRate);
    QVERIFY(peakOf(block) > 0.05F);
}

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
