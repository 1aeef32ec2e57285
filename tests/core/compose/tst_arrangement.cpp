#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <compose/arrangement.h>

#include "band_song.h"

using namespace cantilena;
using namespace cantilena::compose;

namespace {

const std::filesystem::path kSource = CANTILENA_SOURCE_DIR;

const song::Track& trackOf(const std::vector<song::Track>& tracks, song::Role role)
{
    return *std::find_if(tracks.begin(), tracks.end(),
                         [&](const song::Track& t) { return t.head.role == role; });
}

double clashShare(const std::vector<song::Track>& tracks, const ArrangementRequest& request)
{
    int strong = 0;
    int clashing = 0;
    const music::Tick pulse = request.form.meter.pulse();
    for (const song::Note& sung : request.melody.notes) {
        if (sung.onset.value % pulse.value != 0)
            continue;
        ++strong;
        bool clash = false;
        for (const song::Track& track : tracks) {
            if (track.head.role == song::Role::Drums)
                continue;
            for (const song::Note& note : track.notes)
                if (note.onset <= sung.onset && note.end() > sung.onset) {
                    const int interval = std::abs(note.pitch.midi - sung.pitch.midi);
                    clash = clash || interval == 1 || interval == 13;
                }
        }
        clashing += clash;
    }
    return static_cast<double>(clashing) / std::max(1, strong);
}

} // namespace

class TestArrangement : public QObject {
    Q_OBJECT

    std::vector<Style> m_styles;
    ArrangementModels m_models;

    std::vector<song::Track> arranged(const ArrangementRequest& request)
    {
        auto result = arrange(request, m_models, JobContext());
        if (!result)
            qFatal("%s", result.error().message.c_str());
        return *std::move(result);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto styles = loadStyles(kSource / "resources" / "styles");
        QVERIFY2(styles, styles ? "" : styles.error().message.c_str());
        m_styles = *styles;
        auto models = ArrangementModels::load(kSource / "models");
        QVERIFY2(models, models ? "" : models.error().message.c_str());
        m_models = *models;
    }

    void everyStyleInEveryMeter()
    {
        for (const Style& style : m_styles) {
            for (const music::Meter meter : style.meters) {
                const ArrangementRequest request = testing::plainRequest(style, meter);
                const std::vector<song::Track> tracks = arranged(request);
                QVERIFY(tracks.size() >= 5);
                const music::Tick end = meter.barLength() * request.form.totalBars();
                for (std::size_t t = 0; t < tracks.size(); ++t) {
                    const song::Track& track = tracks[t];
                    QVERIFY2(!track.notes.empty(), (style.id + " " + track.head.name).c_str());
                    QVERIFY(std::is_sorted(track.notes.begin(), track.notes.end(), song::noteBefore));
                    for (const song::Note& note : track.notes) {
                        QVERIFY(note.onset.value >= 0 && note.duration.value > 0 && note.end() <= end);
                        QVERIFY(note.velocity >= 1 && note.velocity <= 127);
                        if (t > 0) {
                            QVERIFY(note.pitch >= style.parts[t - 1].low &&
                                    note.pitch <= style.parts[t - 1].high);
                        }
                    }
                }
                QVERIFY2(clashShare(tracks, request) < 0.02,
                         (style.id + " " + std::to_string(clashShare(tracks, request))).c_str());
            }
        }
    }

    void bassLandsOnRoots()
    {
        for (const char* id : {"pop", "jazz", "waltz", "bossa"}) {
            const Style& style = *findStyle(m_styles, id);
            const ArrangementRequest request = testing::plainRequest(style, style.meters.front());
            const song::Track& bass = trackOf(arranged(request), song::Role::Bass);
            std::map<std::int64_t, int> starts;
            for (const song::Note& note : bass.notes)
                starts[note.onset.value] = note.pitch.pitchClass();
            int changes = 0;
            for (const song::ChordEvent& chord : request.chords) {
                const auto found = starts.find(chord.onset.value);
                if (found == starts.end())
                    continue; // the bass rests in this section, or the last bar's chord ties over
                QCOMPARE(found->second, chord.chord.bass);
                ++changes;
            }
            QVERIFY(changes > 35);
        }
    }

    void sameSeedSameNotes()
    {
        const ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "folk"));
        QVERIFY(arranged(request) == arranged(request));
        ArrangementRequest other = request;
        other.seed = 2;
        QVERIFY(!(arranged(request) == arranged(other)));
    }

    void oneBarAgainLeavesTheOthers()
    {
        const Style& style = *findStyle(m_styles, "pop");
        ArrangementRequest request = testing::plainRequest(style);
        const std::vector<song::Track> before = arranged(request);
        request.again = {{2, 3, 77}};
        const std::vector<song::Track> after = arranged(request);
        const music::Tick from = request.form.meter.barLength() * (4 + 8 + 3);
        const music::Tick to = from + request.form.meter.barLength();
        bool changed = false;
        for (std::size_t t = 0; t < before.size(); ++t) {
            const auto outside = [&](const song::Track& track) {
                std::vector<song::Note> notes;
                for (const song::Note& note : track.notes)
                    if (note.end() <= from || note.onset >= to)
                        notes.push_back(note);
                return notes;
            };
            QVERIFY2(outside(before[t]) == outside(after[t]), before[t].head.name.c_str());
            changed = changed || !(before[t].notes == after[t].notes);
        }
        QVERIFY(changed);
    }

    void repeatedSectionsRepeat()
    {
        ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "pop"));
        request.form.sections[4].energy = request.form.sections[2].energy; // both choruses
        request.melody.notes.clear();
        const std::vector<song::Track> tracks = arranged(request);
        const music::Tick bar = request.form.meter.barLength();
        const auto section = [&](const song::Track& track, int first) {
            std::vector<std::pair<std::int64_t, int>> notes;
            for (const song::Note& note : track.notes)
                if (note.onset >= bar * (first + 1) && note.onset < bar * (first + 7))
                    notes.emplace_back((note.onset - bar * first).value, note.pitch.midi);
            return notes;
        };
        QVERIFY(section(trackOf(tracks, song::Role::Bass), 12) ==
                section(trackOf(tracks, song::Role::Bass), 28));
    }

    void energyBringsNotes()
    {
        for (const Style& style : m_styles) {
            const ArrangementRequest request = testing::plainRequest(style, style.meters.front());
            const music::Tick bar = request.form.meter.barLength();
            const auto count = [&](int first, int bars) {
                std::size_t n = 0;
                for (const song::Track& track : arranged(request))
                    for (const song::Note& note : track.notes)
                        n += note.onset >= bar * first && note.onset < bar * (first + bars);
                return n;
            };
            QVERIFY2(count(44, 8) > count(4, 8), style.id.c_str()); // last chorus against first verse
        }
    }

    void endsOnAHeldChord()
    {
        const ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "ballad"));
        const std::vector<song::Track> tracks = arranged(request);
        const music::Tick end = request.form.meter.barLength() * request.form.totalBars();
        const music::Tick last = end - request.form.meter.barLength();
        const song::Track& bass = trackOf(tracks, song::Role::Bass);
        QCOMPARE(bass.notes.back().onset, last);
        QCOMPARE(bass.notes.back().end(), end);
        QCOMPARE(bass.notes.back().pitch.pitchClass(), 0);
    }

    void noChordsAtAll()
    {
        ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "rock"));
        request.chords.clear();
        request.melody.notes.clear();
        request.form.key = {9, music::Mode::Minor};
        const std::vector<song::Track> tracks = arranged(request);
        QVERIFY(tracks.size() >= 5);
        QCOMPARE(trackOf(tracks, song::Role::Bass).notes.front().pitch.pitchClass(), 9);
    }

    void oneBarSong()
    {
        for (const Style& style : m_styles) {
            ArrangementRequest request = testing::plainRequest(style, style.meters.front());
            request.form.sections.resize(1);
            request.form.sections[0].bars = 1;
            for (const song::Track& track : arranged(request)) {
                QVERIFY(!track.notes.empty());
                for (const song::Note& note : track.notes)
                    QVERIFY(note.end() <= request.form.meter.barLength());
            }
        }
    }

    void awkwardMeters()
    {
        for (const music::Meter meter :
             {music::Meter{2, 4}, {5, 4}, {7, 8}, {9, 8}, {12, 8}, {3, 8}, {2, 2}, {6, 4}}) {
            ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "pop"), meter);
            request.form.sections[1].bars = 7;
            const std::vector<song::Track> tracks = arranged(request);
            const music::Tick end = meter.barLength() * request.form.totalBars();
            for (const song::Track& track : tracks)
                for (const song::Note& note : track.notes)
                    QVERIFY(note.duration.value > 0 && note.end() <= end);
        }
    }

    void chordsShorterThanABar()
    {
        ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "country"));
        std::vector<song::ChordEvent> halves;
        for (song::ChordEvent chord : request.chords) {
            chord.duration = {chord.duration.value / 2};
            halves.push_back(chord);
            chord.onset += chord.duration;
            chord.chord.root = (chord.chord.root + 5) % 12;
            chord.chord.bass = chord.chord.root;
            halves.push_back(chord);
        }
        request.chords = halves;
        const song::Track& bass = trackOf(arranged(request), song::Role::Bass);
        int landed = 0;
        for (const song::ChordEvent& chord : halves)
            landed += std::any_of(bass.notes.begin(), bass.notes.end(), [&](const song::Note& note) {
                return note.onset == chord.onset && note.pitch.pitchClass() == chord.chord.bass;
            });
        QVERIFY(landed > static_cast<int>(halves.size() * 7 / 10));
    }

    void cancelActs()
    {
        const ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "pop"));
        JobContext* self = nullptr;
        JobContext job([&](std::string_view, double fraction) {
            if (fraction > 0.05)
                self->cancel();
        });
        self = &job;
        const auto result = arrange(request, m_models, job);
        QVERIFY(!result);
        QVERIFY(isCancelled(result.error()));
    }

    void wrongRequestsGetOneSentence()
    {
        ArrangementRequest request = testing::plainRequest(*findStyle(m_styles, "pop"));
        request.form.sections.clear();
        QVERIFY(!arrange(request, m_models, JobContext()));
        request = testing::plainRequest(*findStyle(m_styles, "pop"));
        request.style.drums.pattern = "polka";
        const auto unknown = arrange(request, m_models, JobContext());
        QVERIFY(!unknown);
        QVERIFY(unknown.error().message.find("polka") != std::string::npos);
        request = testing::plainRequest(*findStyle(m_styles, "pop"));
        request.form.sections[0].bars = 1'000'000;
        QVERIFY(!arrange(request, m_models, JobContext()));
        QVERIFY(!ArrangementModels::load(kSource / "nowhere"));
    }
};

QTEST_GUILESS_MAIN(TestArrangement)
#include "tst_arrangement.moc"
