#include <QTest>

#include <compose/form.h>
#include <compose/harmony.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

Form shortForm(music::Key key, music::Meter meter = {4, 4})
{
    Form form;
    form.meter = meter;
    form.tempo = {100};
    form.key = key;
    const std::vector<LinePlan> lines(4, LinePlan{8, 0, 2});
    form.sections = {{song::SectionKind::Verse, "Verse 1", 8, 0.4, 1, -1, lines},
                     {song::SectionKind::Chorus, "Chorus", 8, 0.8, 2, -1, lines},
                     {song::SectionKind::Verse, "Verse 2", 8, 0.5, 1, -1, lines},
                     {song::SectionKind::Chorus, "Chorus", 8, 0.9, 2, 1, lines},
                     {song::SectionKind::Outro, "Outro", 3, 0.3, 3, -1, {}}};
    return form;
}

music::Chord chordAt(const std::vector<song::ChordEvent>& chords, std::int64_t tick)
{
    for (const song::ChordEvent& event : chords)
        if (tick >= event.onset.value && tick < event.onset.value + event.duration.value)
            return event.chord;
    return {};
}

} // namespace

class HarmonyTest : public QObject {
    Q_OBJECT

    HarmonyModels m_models;

    std::vector<song::ChordEvent> write(const Form& form, std::uint64_t seed,
                                        const std::string& style = "pop")
    {
        HarmonyRequest request;
        request.form = form;
        request.style.id = style;
        request.seed = seed;
        auto chords = writeHarmony(request, m_models, {});
        return chords ? *chords : std::vector<song::ChordEvent>{};
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto models = HarmonyModels::load(std::filesystem::path(CANTILENA_SOURCE_DIR) / "models");
        QVERIFY2(models, models ? "" : models.error().message.c_str());
        m_models = *models;
    }

    void coversTheSongWithoutGaps()
    {
        for (const music::Meter meter :
             {music::Meter{4, 4}, music::Meter{3, 4}, music::Meter{6, 8}, music::Meter{5, 4}}) {
            const Form form = shortForm({2, music::Mode::Major}, meter);
            const auto chords = write(form, 3);
            std::int64_t clock = 0;
            for (const song::ChordEvent& event : chords) {
                QCOMPARE(event.onset.value, clock);
                QVERIFY(event.duration.value > 0);
                clock += event.duration.value;
            }
            QCOMPARE(clock, form.totalBars() * meter.barLength().value);
        }
    }

    void endsWithACadence()
    {
        for (const std::string style : {"pop", "jazz", "children"}) {
            for (std::uint64_t seed = 1; seed <= 6; ++seed) {
                for (const music::Mode mode : {music::Mode::Major, music::Mode::Minor}) {
                    const music::Key key{static_cast<int>(seed) % 12, mode};
                    const auto chords = write(shortForm(key), seed, style);
                    QCOMPARE(chords.back().chord.root, key.tonic);
                    const int before = (chords[chords.size() - 2].chord.root - key.tonic + 12) % 12;
                    QVERIFY(before == 7 || before == 5 || before == 0);
                }
            }
        }
    }

    void sectionsOfOneMaterialShareChords()
    {
        const Form form = shortForm({0, music::Mode::Major});
        const auto chords = write(form, 8);
        const std::int64_t section = 8 * form.meter.barLength().value;
        int differences = 0;
        for (std::int64_t at = 0; at < section; at += 960) {
            QVERIFY(chordAt(chords, at) == chordAt(chords, 2 * section + at));
            differences += !(chordAt(chords, at) == chordAt(chords, section + at));
        }
        QVERIFY(differences > 4); // the chorus is not the verse again
    }

    void sameSeedSameChords()
    {
        const Form form = shortForm({9, music::Mode::Minor});
        QVERIFY(write(form, 5) == write(form, 5));
        QVERIFY(!(write(form, 5) == write(form, 6)));
    }

    void oneBar()
    {
        Form form = shortForm({0, music::Mode::Major});
        form.sections = {{song::SectionKind::Chorus, "Chorus", 1, 0.8, 1, -1, {}}};
        QCOMPARE(write(form, 1).front().chord.root, 0);
    }

    void nothingToDoIsAnError()
    {
        HarmonyRequest request;
        QVERIFY(!writeHarmony(request, m_models, {}));
    }

    void stopsWhenCancelled()
    {
        HarmonyRequest request;
        request.form = shortForm({0, music::Mode::Major});
        JobContext job;
        job.cancel();
        const auto chords = writeHarmony(request, m_models, job);
        QVERIFY(!chords && isCancelled(chords.error()));
    }
};

QTEST_APPLESS_MAIN(HarmonyTest)
#include "tst_harmony.moc"
