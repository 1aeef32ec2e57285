#include <algorithm>
#include <set>

#include <QTest>

#include <base/random.h>
#include <compose/chord_line.h>
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

bool has(const song::ChordEvent& event, song::ChordReason reason)
{
    return (event.reasons & static_cast<std::uint32_t>(reason)) != 0;
}

/// A tune over chords that are a bar long: chord notes on the first and third beat, steps between.
std::vector<song::Note> tuneOver(const std::vector<music::Chord>& chords, const music::Key& key,
                                 std::uint64_t seed)
{
    std::vector<song::Note> tune;
    const Random random(seed, "tune");
    for (std::size_t bar = 0; bar < chords.size(); ++bar) {
        const std::vector<int> tones = chords[bar].pitchClasses();
        for (std::size_t beat = 0; beat < 4; ++beat) {
            song::Note note;
            note.onset = {static_cast<std::int64_t>(bar * 4 + beat) * 960};
            note.duration = {960};
            int pitchClass = tones[random.index(std::min<std::size_t>(3, tones.size()), bar * 4 + beat)];
            if (beat % 2 == 1) {
                pitchClass = (tune.back().pitch.midi + 1) % 12;
                while (!key.contains(pitchClass))
                    pitchClass = (pitchClass + 1) % 12;
            }
            note.pitch = {60 + pitchClass};
            tune.push_back(note);
        }
    }
    return tune;
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

    void lockedChordsStayAsTheyAre()
    {
        HarmonyRequest request;
        request.form = shortForm({0, music::Mode::Major});
        request.style.id = "pop";
        const auto typed = readChordLine("[Verse] C G/B | Am9 | . | . G7sus4 [Chorus] F G % .", {});
        QVERIFY(typed);
        request.locked = placeChords(*typed, request.form);
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            request.seed = seed;
            const auto chords = writeHarmony(request, m_models, {});
            QVERIFY(chords);
            std::int64_t clock = 0;
            for (const song::ChordEvent& event : *chords) {
                QCOMPARE(event.onset.value, clock);
                clock += event.duration.value;
                const bool locked =
                    std::any_of(request.locked.begin(), request.locked.end(), [&](const LockedChord& one) {
                        return one.begin <= event.onset && event.onset < one.end;
                    });
                QCOMPARE(has(event, song::ChordReason::Person), locked);
                QVERIFY(event.reasons != 0);
            }
            QCOMPARE(clock, request.form.totalBars() * request.form.meter.barLength().value);
            for (const LockedChord& one : request.locked) {
                QVERIFY(chordAt(*chords, one.begin.value) == one.chord);
                QVERIFY(chordAt(*chords, one.end.value - 1) == one.chord);
            }
        }
    }

    void cadencesGiveWayToWhatIsLocked()
    {
        HarmonyRequest request;
        request.form = shortForm({0, music::Mode::Major});
        const std::int64_t end = request.form.totalBars() * 3840;
        request.locked = {{{end - 7680}, {end - 3840}, {9, music::ChordQuality::Minor}},
                          {{end - 3840}, {end}, {5, music::ChordQuality::Major9}}};
        const auto chords = writeHarmony(request, m_models, {});
        QVERIFY(chords);
        QCOMPARE(chords->back().chord.symbol(), std::string("Fmaj9"));
        QVERIFY(!has(chords->back(), song::ChordReason::Cadence));
    }

    void chordsSayWhy()
    {
        const auto chords = write(shortForm({0, music::Mode::Major}), 2);
        const std::int64_t section = 8 * 3840;
        QVERIFY(has(chords.back(), song::ChordReason::Cadence));
        for (const song::ChordEvent& event : chords) {
            const bool verse2 = event.onset.value >= 2 * section && event.onset.value < 3 * section;
            if (event.onset.value < section)
                QVERIFY(has(event, song::ChordReason::Model));
            if (verse2)
                QVERIFY(has(event, song::ChordReason::Repeat) && !has(event, song::ChordReason::Model));
        }
    }

    void stylesHaveTheirColours()
    {
        struct Count {
            int secondary = 0, borrowed = 0, suspended = 0, ninths = 0, slash = 0, all = 0;
        };
        const auto count = [&](const std::string& style, double valence) {
            Count result;
            for (std::uint64_t seed = 1; seed <= 12; ++seed) {
                HarmonyRequest request;
                request.form = shortForm({static_cast<int>(seed) % 12, music::Mode::Major});
                request.style.id = style;
                request.valence = valence;
                request.seed = seed;
                const auto chords = writeHarmony(request, m_models, {});
                if (!chords)
                    return Count{};
                for (std::size_t i = 0; i < chords->size(); ++i) {
                    const song::ChordEvent& event = (*chords)[i];
                    ++result.all;
                    result.borrowed += has(event, song::ChordReason::Borrowed);
                    result.suspended += has(event, song::ChordReason::Suspension);
                    result.ninths += event.chord.quality == music::ChordQuality::Dominant9 ||
                                     event.chord.quality == music::ChordQuality::Major9 ||
                                     event.chord.quality == music::ChordQuality::Minor9;
                    result.slash += event.chord.bass != event.chord.root;
                    if (!has(event, song::ChordReason::SecondaryDominant))
                        continue;
                    ++result.secondary;
                    // It goes where it points: a fifth down.
                    std::size_t next = i + 1;
                    while (next + 1 < chords->size() && (*chords)[next].chord.root == event.chord.root)
                        ++next;
                    if ((*chords)[next].chord.root != (event.chord.root + 5) % 12)
                        return Count{};
                }
            }
            return result;
        };
        const Count jazz = count("jazz", 0), ballad = count("ballad", -0.5), bright = count("ballad", 0.8),
                    children = count("children", 0.5), dance = count("dance", 0);
        QVERIFY2(jazz.secondary >= 15 && jazz.ninths >= 15,
                 qPrintable(QString("%1 %2").arg(jazz.secondary).arg(jazz.ninths)));
        QVERIFY2(ballad.borrowed >= 6 && ballad.suspended >= 6,
                 qPrintable(QString("%1 %2").arg(ballad.borrowed).arg(ballad.suspended)));
        QVERIFY2(bright.all > 0 && bright.borrowed < ballad.borrowed,
                 qPrintable(QString("%1 %2").arg(bright.borrowed).arg(ballad.borrowed)));
        QVERIFY(children.all > 0);
        QCOMPARE(children.borrowed + children.suspended + children.ninths + children.slash, 0);
        QVERIFY(dance.all > 0 && dance.secondary < jazz.secondary / 3);
    }

    void aPieceIsRewrittenAlone()
    {
        HarmonyRequest request;
        request.form = shortForm({4, music::Mode::Major});
        request.style.id = "ballad";
        request.seed = 5;
        auto chords = writeHarmony(request, m_models, {});
        QVERIFY(chords);
        for (std::size_t i = 0; i < chords->size(); ++i)
            (*chords)[i].id.value = i + 1;
        // From the middle of the verse's second bar to the end of the chorus' first.
        const HarmonyPiece piece{{5760}, {9 * 3840}, 1};
        std::set<std::vector<std::string>> results;
        for (std::uint64_t take = 1; take <= 4; ++take) {
            HarmonyPiece other = piece;
            other.take = take;
            const auto changed = rewriteHarmony(request, *chords, other, m_models, {});
            QVERIFY(changed);
            QVERIFY(*changed == *rewriteHarmony(request, *chords, other, m_models, {}));
            std::vector<std::string> symbols;
            std::int64_t clock = 0;
            for (const song::ChordEvent& event : *changed) {
                QCOMPARE(event.onset.value, clock);
                clock += event.duration.value;
                const bool inside = event.onset >= piece.begin && event.onset < piece.end;
                if (inside) {
                    QVERIFY(!event.id);
                    symbols.push_back(event.chord.symbol());
                }
                if (event.onset + event.duration <= piece.begin || event.onset >= piece.end)
                    QVERIFY(chordAt(*chords, event.onset.value) == event.chord);
            }
            QCOMPARE(clock, request.form.totalBars() * std::int64_t{3840});
            for (const song::ChordEvent& event : *chords) {
                const bool outside = event.onset >= piece.end || event.onset + event.duration <= piece.begin;
                QVERIFY(!outside || std::find(changed->begin(), changed->end(), event) != changed->end());
            }
            results.insert(symbols);
        }
        QVERIFY(results.size() >= 3);
        QVERIFY(!rewriteHarmony(request, *chords, {{960}, {960}, 1}, m_models, {}));
        QVERIFY(!rewriteHarmony(request, *chords, {{1'000'000}, {2'000'000}, 1}, m_models, {}));
        // A single bar, and what a person locked in it.
        request.locked = {{{3840}, {5760}, {1, music::ChordQuality::Minor7, 6}}};
        const auto bar = rewriteHarmony(request, *chords, {{3840}, {7680}, 1}, m_models, {});
        QVERIFY(bar && chordAt(*bar, 4000) == request.locked[0].chord);
        QVERIFY(chordAt(*bar, 3839) == chordAt(*chords, 3839));
        QVERIFY(chordAt(*bar, 7680) == chordAt(*chords, 7680));
    }

    void tunesGetChordsThatHoldTheirNotes()
    {
        int strong = 0, held = 0, same = 0, bars = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            const music::Key key{static_cast<int>(seed * 5) % 12,
                                 seed % 3 == 0 ? music::Mode::Minor : music::Mode::Major};
            HarmonyRequest request;
            request.form = shortForm(key);
            request.style.id = seed % 2 == 0 ? "pop" : "folk";
            request.seed = seed;
            const Random random(seed, "progression");
            const std::string degrees = key.mode == music::Mode::Major ? "145624154165" : "146314571463";
            std::string line;
            for (std::size_t bar = 0; bar < 35; ++bar)
                line += degrees.substr(random.index(degrees.size(), bar), 1) + " ";
            line.replace(line.size() - 2, 1, "1");
            const auto typed = readChordLine(line, key);
            QVERIFY(typed);
            std::vector<music::Chord> known;
            for (const auto& bar : typed->front().bars)
                known.push_back(*bar[0]);
            request.tune = tuneOver(known, key, seed);
            const auto chords = writeHarmony(request, m_models, {});
            QVERIFY(chords);
            for (const song::Note& note : request.tune) {
                if (note.onset.value % 1920 != 0)
                    continue;
                ++strong;
                held += chordAt(*chords, note.onset.value).contains(note.pitch.pitchClass());
            }
            for (std::size_t bar = 0; bar < known.size(); ++bar, ++bars)
                same += chordAt(*chords, static_cast<std::int64_t>(bar) * 3840).root == known[bar].root;
            QVERIFY(std::any_of(chords->begin(), chords->end(), [](const song::ChordEvent& event) {
                return has(event, song::ChordReason::FitsTune);
            }));
            QCOMPARE(chords->back().chord.root, key.tonic);
        }
        qInfo("strong notes in the chord %.3f, the chord that was there %.3f",
              static_cast<double>(held) / strong, static_cast<double>(same) / bars);
        QVERIFY(held >= 0.9 * strong);
    }

    void aNurseryTuneGetsItsChords()
    {
        HarmonyRequest request;
        request.form.tempo = {100};
        request.form.key = {0, music::Mode::Major};
        request.form.sections = {{song::SectionKind::Verse, "Verse", 12, 0.5, 1, -1, {}}};
        request.style.id = "children";
        const std::vector<int> pitches = {60, 60, 67, 67, 69, 69, 67, 0, 65, 65, 64, 64, 62, 62, 60, 0,
                                          67, 67, 65, 65, 64, 64, 62, 0, 67, 67, 65, 65, 64, 64, 62, 0,
                                          60, 60, 67, 67, 69, 69, 67, 0, 65, 65, 64, 64, 62, 62, 60, 0};
        for (std::size_t i = 0; i < pitches.size(); ++i) {
            song::Note note;
            note.onset = {static_cast<std::int64_t>(i) * 960};
            note.duration = {pitches[(i + 1) % pitches.size()] == 0 ? 1920 : 960};
            note.pitch = {pitches[i]};
            if (pitches[i] != 0)
                request.tune.push_back(note);
        }
        for (request.seed = 1; request.seed <= 5; ++request.seed) {
            const auto chords = writeHarmony(request, m_models, {});
            QVERIFY(chords);
            int held = 0;
            std::string line;
            for (std::int64_t half = 0; half < 24; ++half) {
                const music::Chord chord = chordAt(*chords, half * 1920);
                held += chord.contains(pitches[static_cast<std::size_t>(half * 2)]);
                line += chord.symbol() + " ";
            }
            QVERIFY2(held >= 22, line.c_str());
            QCOMPARE(chords->back().chord, music::Chord(0, music::ChordQuality::Major));
            QCOMPARE(chordAt(*chords, 0).root % 9, 0); // C or Am under its first two bars' notes
            qInfo("%s", line.c_str());
        }
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
