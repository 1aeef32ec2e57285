#include <QTest>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

#include <sound/engine.h>
#include <sound/render.h>
#include <sound/soundfont.h>

#include "fixture.h"

using namespace cantilena;
using namespace cantilena::sound;

namespace {

/// Reads what writeAudio wrote as 32-bit float WAV: good enough for these files.
std::vector<float> readFloatWav(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    const std::size_t data = bytes.find("data");
    std::vector<float> samples((bytes.size() - data - 8) / 4);
    std::memcpy(samples.data(), bytes.data() + data + 8, samples.size() * 4);
    return samples;
}

} // namespace

class TestRender : public QObject {
    Q_OBJECT

private:
    std::filesystem::path m_font;
    std::filesystem::path m_folder;
    song::Song m_song = fixture::song(8);
    ProgramPtr m_program;

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void onlyVocalWithoutBand();
    void threadsDoNotChangeTheSamples();
    void loudnessPeakAndBalance();
    void stemsAddUpToTheMix();
    void sectionHasItsLength();
    void livePlaysWhatIsRendered();
    void unchangedTracksKeepTheirSamples();
    void silentSongIsSilent();
    void soloAndMute();
    void badFiles();
    void formats();
    void cancelled();
    void missingSoundFont();
};

void TestRender::initTestCase()
{
    const auto font = findSoundFont();
    QVERIFY2(font.hasValue(), font ? "" : font.error().message.c_str());
    m_font = *font;
    m_folder = std::filesystem::temp_directory_path() / ("tst_render-" + std::to_string(::getpid()));
    std::filesystem::create_directories(m_folder);
    m_program = makeProgram(m_song, fixture::sungPieces(m_song));
}

void TestRender::cleanupTestCase()
{
    std::filesystem::remove_all(m_folder);
}

void TestRender::onlyVocalWithoutBand()
{
    song::Song alone = m_song;
    alone.tracks.resize(1);
    const auto mix = renderSong(makeProgram(alone, fixture::sungPieces(alone)), m_font);
    QVERIFY(mix.hasValue());
    QVERIFY(std::abs(mix->lufs + 14) <= 0.5);
}

void TestRender::threadsDoNotChangeTheSamples()
{
    RenderOptions one;
    one.threads = 1;
    RenderOptions two;
    two.threads = 2;
    const auto a = renderSong(m_program, m_font, one);
    const auto b = renderSong(m_program, m_font, two);
    RenderOptions three;
    three.threads = 3;
    const auto c = renderSong(m_program, m_font, three);
    QVERIFY(a.hasValue() && b.hasValue() && c.hasValue());
    QVERIFY(a->audio == b->audio);
    QVERIFY(a->audio == c->audio);
    QVERIFY(a->balance == b->balance);
}

void TestRender::loudnessPeakAndBalance()
{
    const auto mix = renderSong(m_program, m_font);
    QVERIFY(mix.hasValue());
    qInfo("loudness %.2f LUFS, true peak %.2f dBTP, master %.1f dB", mix->lufs, mix->truePeakDb,
          mix->balance.master.value);
    QVERIFY(std::abs(mix->lufs + 14) <= 0.5);
    QVERIFY(mix->truePeakDb <= -1.0);
    QVERIFY(!mix->ratios.empty());
    for (const SectionRatio& ratio : mix->ratios) {
        qInfo("%s: voice over band %.2f dB", ratio.name.c_str(), ratio.vocalOverBandDb);
        QVERIFY(ratio.vocalOverBandDb >= 0 && ratio.vocalOverBandDb <= 4);
    }
}

void TestRender::stemsAddUpToTheMix()
{
    // Far below the limiter's ceiling, so that the mix is what comes before it.
    RenderOptions quiet;
    quiet.targetLufs = -30;
    const auto mix = renderSong(m_program, m_font, quiet);
    QVERIFY(mix.hasValue());
    const auto files = writeStems(m_program, m_font, *mix, m_folder / "stems", quiet);
    QVERIFY2(files.hasValue(), files ? "" : files.error().message.c_str());
    QCOMPARE(files->size(), m_program->tracks.size());
    QVERIFY(files->front().filename() == "vocal.wav");
    std::vector<float> sum(2 * mix->audio.frames());
    for (const auto& file : *files) {
        const std::vector<float> stem = readFloatWav(file);
        QCOMPARE(stem.size(), sum.size());
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += stem[i];
    }
    float worst = 0;
    for (std::size_t i = 0; i < mix->audio.frames(); ++i)
        worst = std::max({worst, std::abs(sum[2 * i] - mix->audio.left[i]),
                          std::abs(sum[2 * i + 1] - mix->audio.right[i])});
    qInfo("largest difference %g", static_cast<double>(worst));
    QVERIFY(worst < 1e-5F);
}

void TestRender::sectionHasItsLength()
{
    RenderOptions options;
    options.range = frameRange(m_song, m_song.sections[1]->id);
    const auto part = renderSong(m_program, m_font, options);
    QVERIFY(part.hasValue());
    QCOMPARE(static_cast<std::int64_t>(part->audio.frames()), options.range->length());
    QVERIFY(std::abs(part->lufs + 14) <= 0.5);
    options.range = FrameRange{{5}, {5}};
    QVERIFY(!renderSong(m_program, m_font, options));
}

void TestRender::livePlaysWhatIsRendered()
{
    RenderOptions options;
    options.normalise = false;
    options.truePeakDb = -0.8; // the live limiter's ceiling after the offline margin
    const auto mix = renderSong(m_program, m_font, options);
    QVERIFY(mix.hasValue());
    Engine::Options engineOptions;
    engineOptions.soundFont = m_font;
    engineOptions.output = Engine::Output::Manual;
    Engine engine(engineOptions);
    QVERIFY(engine.waitUntilReady());
    engine.setProgram(m_program);
    engine.play();
    std::vector<float> live;
    std::vector<float> block(2 * 256);
    while (live.size() < 2 * static_cast<std::size_t>(m_program->end)) {
        engine.process(block.data(), 256);
        live.insert(live.end(), block.begin(), block.end());
    }
    // The limiter's delay.
    constexpr std::size_t kLatency = 256;
    float worst = 0;
    for (std::size_t i = kLatency; i < static_cast<std::size_t>(m_program->end); ++i)
        worst = std::max({worst, std::abs(live[2 * i] - mix->audio.left[i - kLatency]),
                          std::abs(live[2 * i + 1] - mix->audio.right[i - kLatency])});
    qInfo("largest difference %g", static_cast<double>(worst));
    QVERIFY(worst == 0);
}

void TestRender::unchangedTracksKeepTheirSamples()
{
    // One note less in the bass: every other stem is the same to the last bit when the balance is kept.
    RenderOptions options;
    options.range = frameRange(m_song, m_song.sections[0]->id);
    const auto mix = renderSong(m_program, m_font, options);
    QVERIFY(mix.hasValue());
    song::Song edited = m_song;
    song::Track bass = *edited.tracks[2];
    bass.notes.erase(bass.notes.begin() + 3);
    edited.tracks[2] = std::make_shared<const song::Track>(bass);
    const auto after = makeProgram(edited, m_program->vocal);
    const auto a = writeStems(m_program, m_font, *mix, m_folder / "before", options);
    const auto b = writeStems(after, m_font, *mix, m_folder / "after", options);
    QVERIFY(a.hasValue() && b.hasValue());
    for (std::size_t i = 0; i < a->size(); ++i)
        QCOMPARE(readFloatWav((*a)[i]) == readFloatWav((*b)[i]), i != 2);
}

void TestRender::silentSongIsSilent()
{
    song::Song empty = m_song;
    empty.tracks.clear();
    const auto mix = renderSong(makeProgram(empty), m_font);
    QVERIFY(mix.hasValue());
    QVERIFY(mix->lufs <= -70);
    for (const float sample : mix->audio.left)
        QVERIFY(sample == 0);
}

void TestRender::soloAndMute()
{
    song::Song soloed = m_song;
    song::Track bass = *soloed.tracks[2];
    bass.head.mix.solo = true;
    soloed.tracks[2] = std::make_shared<const song::Track>(bass);
    const auto program = makeProgram(soloed, fixture::sungPieces(soloed));
    for (const ProgramTrack& track : program->tracks)
        QCOMPARE(track.audible, track.role == song::Role::Bass);
    bass.head.mix.mute = true;
    soloed.tracks[2] = std::make_shared<const song::Track>(bass);
    QVERIFY(!makeProgram(soloed)->tracks[2].audible);
}

void TestRender::badFiles()
{
    const StereoBuffer second(kSampleRate);
    for (const char* name : {"/no/such/folder/a.wav", "song.xyz", "song", "/proc/a.wav", ""}) {
        const auto written = writeAudio(second, name);
        QVERIFY(!written);
        QVERIFY(written.error().message.ends_with("."));
    }
    QVERIFY(!writeAudio(second, m_folder));
    // A full disk, as far as this process can tell: files may not grow past 64 KiB.
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit old = {};
    getrlimit(RLIMIT_FSIZE, &old);
    struct rlimit small = old;
    small.rlim_cur = 65536;
    setrlimit(RLIMIT_FSIZE, &small);
    for (const char* name : {"full.wav", "full.flac"}) {
        StereoBuffer noise(kSampleRate);
        for (std::size_t i = 0; i < noise.frames(); ++i)
            noise.left[i] = noise.right[i] = static_cast<float>(Random(1, "noise").uniform(-0.5, 0.5, i));
        const auto written = writeAudio(noise, m_folder / name);
        QVERIFY(!written);
        QVERIFY(!std::filesystem::exists(m_folder / name));
    }
    setrlimit(RLIMIT_FSIZE, &old);
    for (const auto& entry : std::filesystem::directory_iterator(m_folder))
        QVERIFY(entry.path().extension() != ".part");
}

void TestRender::formats()
{
    StereoBuffer tone(kSampleRate);
    for (std::size_t i = 0; i < tone.frames(); ++i)
        tone.left[i] = tone.right[i] = static_cast<float>(0.5 * std::sin(0.06 * static_cast<double>(i)));
    for (const char* name : {"a.wav", "b.flac", "c.ogg", "d.mp3", "E.WAV"}) {
        const auto written =
            writeAudio(tone, m_folder / name, SampleType::Int24, {"标题", "Cantilena", "made by a machine"});
        QVERIFY2(written.hasValue(), written ? "" : written.error().message.c_str());
        QVERIFY(std::filesystem::file_size(m_folder / name) > 1000);
    }
    // The same sound gives the same file.
    QVERIFY(writeAudio(tone, m_folder / "once.wav"));
    QVERIFY(writeAudio(tone, m_folder / "twice.wav"));
    const auto bytes = [&](const char* name) {
        std::ifstream stream(m_folder / name, std::ios::binary);
        return std::string((std::istreambuf_iterator<char>(stream)), {});
    };
    QVERIFY(bytes("once.wav") == bytes("twice.wav"));
}

void TestRender::cancelled()
{
    JobContext job;
    job.cancel();
    const auto mix = renderSong(m_program, m_font, {}, job);
    QVERIFY(!mix);
    QVERIFY(isCancelled(mix.error()));
}

void TestRender::missingSoundFont()
{
    const auto font = findSoundFont("/no/such/font.sf2");
    QVERIFY(!font);
    QVERIFY(font.error().message.find("fluid-soundfont-gm") != std::string::npos);
    const auto mix = renderSong(m_program, "/no/such/font.sf2");
    QVERIFY(!mix);
    QVERIFY(mix.error().message.find("fluid-soundfont-gm") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
