#include <map>

#include <QTest>

#include "melody_song.h"

using namespace cantilena;
using namespace cantilena::compose;

class MelodyTest : public QObject {
    Q_OBJECT

    HarmonyModels m_harmony;
    MelodyModels m_melody;

    Piece piece(double seconds, music::Meter meter, bool mandarin, std::uint64_t seed,
                const std::string& id = "pop", bool triplets = false)
    {
        Piece result;
        result.style.id = id;
        result.style.slowest = {80};
        result.style.usual = {100};
        result.style.fastest = {120};
        result.style.triplets = triplets;
        result.style.meters = {meter};
        song::Brief brief;
        brief.meter = meter;
        brief.language = mandarin ? language::Language::Mandarin : language::Language::English;
        brief.length = music::Seconds{seconds};
        result.form = planForm(brief, result.style, {}, seed);
        finish(result, mandarin, seed);
        return result;
    }
    void finish(Piece& piece, bool mandarin, std::uint64_t seed)
    {
        addWords(piece, mandarin);
        HarmonyRequest request;
        request.form = piece.form;
        request.style = piece.style;
        request.seed = seed;
        auto chords = writeHarmony(request, m_harmony, {});
        if (chords)
            piece.chords = *chords;
    }
    Result<std::vector<song::Note>> write(const Piece& piece, VocalRange range, std::uint64_t seed,
                                          bool instrumental = false, const JobContext& job = {})
    {
        MelodyRequest request;
        request.form = piece.form;
        request.sections = piece.sections;
        request.chords = piece.chords;
        request.style = piece.style;
        request.range = range;
        request.seed = seed;
        request.instrumental = instrumental;
        return writeMelody(request, m_melody, job);
    }
    /// Every syllable in order, notes one at a time, in range, inside the lines but for an upbeat of a beat.
    void check(const Piece& piece, const std::vector<song::Note>& notes, VocalRange range)
    {
        std::vector<song::SyllableId> sung;
        std::int64_t end = 0;
        for (const song::Note& note : notes) {
            QVERIFY(note.onset.value >= end);
            QVERIFY(note.duration.value > 0);
            QVERIFY(note.pitch >= range.low && note.pitch <= range.high);
            end = note.end().value;
            if (sung.empty() || !(sung.back() == note.syllable))
                sung.push_back(note.syllable);
        }
        QVERIFY(sung == syllables(piece.sections));
        QVERIFY(end <= piece.form.totalBars() * piece.form.meter.barLength().value);
        std::size_t at = 0;
        std::int64_t start = 0;
        for (std::size_t i = 0; i < piece.sections.size(); ++i) {
            for (const song::Line& one : piece.sections[i]->lines) {
                for (std::size_t s = 0; s < one.syllableCount(); ++s) {
                    const song::SyllableId id = notes[at].syllable;
                    for (; at < notes.size() && notes[at].syllable == id; ++at) {
                        const std::int64_t upbeat = one.start.value > 0 ? music::kTicksPerQuarter : 0;
                        QVERIFY(notes[at].onset.value >= start + one.start.value - upbeat);
                        QVERIFY(notes[at].end().value <= start + one.start.value + one.length.value);
                    }
                }
            }
            start += piece.form.sections[i].bars * piece.form.meter.barLength().value;
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path models = std::filesystem::path(CANTILENA_SOURCE_DIR) / "models";
        auto harmony = HarmonyModels::load(models);
        auto melody = MelodyModels::load(models);
        QVERIFY2(harmony, harmony ? "" : harmony.error().message.c_str());
        QVERIFY2(melody, melody ? "" : melody.error().message.c_str());
        m_harmony = *harmony;
        m_melody = *melody;
    }

    void everySyllableIsSung_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("beats");
        QTest::addColumn<int>("unit");
        QTest::addColumn<bool>("mandarin");
        QTest::newRow("15 s") << 15.0 << 4 << 4 << false;
        QTest::newRow("waltz") << 60.0 << 3 << 4 << false;
        QTest::newRow("six eight") << 60.0 << 6 << 8 << true;
        QTest::newRow("odd metre") << 40.0 << 5 << 4 << false;
        QTest::newRow("march") << 40.0 << 2 << 4 << true;
        QTest::newRow("6 minutes") << 360.0 << 4 << 4 << true;
    }
    void everySyllableIsSung()
    {
        QFETCH(double, seconds);
        QFETCH(int, beats);
        QFETCH(int, unit);
        QFETCH(bool, mandarin);
        const Piece song = piece(seconds, {beats, unit}, mandarin, 11);
        const VocalRange range{{57}, {74}};
        const auto notes = write(song, range, 11);
        QVERIFY2(notes, notes ? "" : notes.error().message.c_str());
        check(song, *notes, range);
        const int pc = notes->back().pitch.pitchClass();
        const auto degree = song.form.key.degree(pc);
        QVERIFY(degree && (*degree == 1 || *degree == 3 || *degree == 5));
    }

    void linesOfAnyLength()
    {
        Piece song;
        song.form.tempo = {120};
        song.form.key = {7, music::Mode::Minor};
        song.style.id = "rock";
        SectionPlan verse{song::SectionKind::Verse, "Verse", 10, 0.4, 1, -1, {}};
        for (const int count : {1, 20, 40, 3, 1})
            verse.lines.push_back({count, 0, 2});
        SectionPlan empty{song::SectionKind::Bridge, "Bridge", 4, 0.4, 2, -1, {}};
        song.form.sections = {empty, verse, empty, verse};
        finish(song, false, 2);
        for (const VocalRange range :
             {VocalRange{{40}, {64}}, VocalRange{{60}, {67}}, VocalRange{{60}, {88}}}) {
            const auto notes = write(song, range, 4);
            QVERIFY2(notes, notes ? "" : notes.error().message.c_str());
            check(song, *notes, range);
        }
    }

    void swungStyleStaysInOrder()
    {
        const Piece song = piece(45, {4, 4}, false, 5, "jazz", true);
        const auto notes = write(song, {}, 5);
        QVERIFY(notes);
        check(song, *notes, {});
    }

    void wordsWithoutSectionsAreLeftToTheBand()
    {
        Piece song;
        song.form.sections = {{song::SectionKind::Intro, "Intro", 4, 0.3, 1, -1, {}}};
        finish(song, false, 1);
        const auto notes = write(song, {}, 1);
        QVERIFY(notes && notes->empty());
        song.sections.clear();
        QVERIFY(!write(song, {}, 1)); // sections that do not match the form
    }

    void instrumentPlaysATune()
    {
        Piece song = piece(60, {4, 4}, false, 3);
        for (SectionPlan& section : song.form.sections)
            section.lines.clear();
        const auto notes = write(song, {}, 3, true);
        QVERIFY(notes && notes->size() > 40);
        for (const song::Note& note : *notes)
            QVERIFY(!note.syllable);
    }

    void repeatedChorusIsTheSame()
    {
        const Piece song = piece(150, {4, 4}, false, 6);
        const auto notes = write(song, {}, 6);
        QVERIFY(notes);
        std::vector<std::vector<std::pair<std::int64_t, int>>> choruses;
        double verse = 0, verseNotes = 0, chorus = 0, chorusNotes = 0;
        std::int64_t start = 0;
        for (const SectionPlan& plan : song.form.sections) {
            const std::int64_t end = start + plan.bars * song.form.meter.barLength().value;
            std::vector<std::pair<std::int64_t, int>> tune;
            for (const song::Note& note : *notes)
                if (note.onset.value >= start && note.onset.value < end)
                    tune.emplace_back(note.onset.value - start, note.pitch.midi);
            for (const auto& [at, pitch] : tune) {
                (void)at;
                if (plan.kind == song::SectionKind::Verse) {
                    verse += pitch;
                    ++verseNotes;
                } else if (plan.kind == song::SectionKind::Chorus) {
                    chorus += pitch;
                    ++chorusNotes;
                }
            }
            if (plan.kind == song::SectionKind::Chorus)
                choruses.push_back(tune);
            start = end;
        }
        QVERIFY(choruses.size() >= 2);
        for (auto& tune : choruses)
            tune.pop_back(); // the last note may settle into the song's last chord
        QVERIFY(choruses[0] == choruses[1]);
        QVERIFY(chorus / chorusNotes > verse / verseNotes + 1);
    }

    void sameSeedSameTune()
    {
        const Piece song = piece(40, {4, 4}, true, 8);
        const auto a = write(song, {}, 8), b = write(song, {}, 8), c = write(song, {}, 9);
        QVERIFY(a && b && c);
        QVERIFY(*a == *b);
        QVERIFY(!(*a == *c));
    }

    void stopsWhenCancelled()
    {
        const Piece song = piece(40, {4, 4}, false, 8);
        JobContext job;
        job.cancel();
        const auto notes = write(song, {}, 8, false, job);
        QVERIFY(!notes && isCancelled(notes.error()));
    }
};

QTEST_APPLESS_MAIN(MelodyTest)
#include "tst_melody.moc"
