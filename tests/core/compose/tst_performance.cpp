#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <set>

#include <compose/performance.h>

#include "band_song.h"

using namespace cantilena;
using namespace cantilena::compose;

namespace {

const std::filesystem::path kSource = CANTILENA_SOURCE_DIR;

} // namespace

class TestPerformance : public QObject {
    Q_OBJECT

    std::vector<Style> m_styles;
    ArrangementModels m_models;
    ArrangementRequest m_request;
    std::vector<song::Track> m_written;

private Q_SLOTS:
    void initTestCase()
    {
        auto styles = loadStyles(kSource / "resources" / "styles");
        QVERIFY2(styles, styles ? "" : styles.error().message.c_str());
        m_styles = *styles;
        auto models = ArrangementModels::load(kSource / "models");
        QVERIFY2(models, models ? "" : models.error().message.c_str());
        m_models = *models;
        m_request = testing::plainRequest(*findStyle(m_styles, "pop"));
        auto tracks = arrange(m_request, m_models, JobContext());
        QVERIFY(tracks);
        m_written = *tracks;
    }

    void changesOnlyVelocityAndShift()
    {
        std::vector<song::Track> played = m_written;
        QVERIFY(perform(played, m_request.form, m_request.style, m_models, 1, JobContext()));
        QCOMPARE(played.size(), m_written.size());
        for (std::size_t t = 0; t < played.size(); ++t) {
            QCOMPARE(played[t].notes.size(), m_written[t].notes.size());
            for (std::size_t n = 0; n < played[t].notes.size(); ++n) {
                song::Note note = played[t].notes[n];
                QVERIFY(note.velocity >= 1 && note.velocity <= 127);
                QVERIFY(note.onset.value + note.shift.value >= 0);
                QVERIFY(std::abs(note.shift.value) < 240);
                note.velocity = m_written[t].notes[n].velocity;
                note.shift = m_written[t].notes[n].shift;
                QVERIFY(note == m_written[t].notes[n]);
            }
        }
    }

    void deterministic()
    {
        std::vector<song::Track> a = m_written;
        std::vector<song::Track> b = m_written;
        std::vector<song::Track> c = m_written;
        QVERIFY(perform(a, m_request.form, m_request.style, m_models, 1, JobContext()));
        QVERIFY(perform(b, m_request.form, m_request.style, m_models, 1, JobContext()));
        QVERIFY(perform(c, m_request.form, m_request.style, m_models, 2, JobContext()));
        QVERIFY(a == b);
        QVERIFY(!(a == c));
    }

    void drumsHaveHands()
    {
        std::vector<song::Track> played = m_written;
        QVERIFY(perform(played, m_request.form, m_request.style, m_models, 1, JobContext()));
        std::set<int> velocities;
        std::set<std::int64_t> shifts;
        for (const song::Note& note : played.front().notes) {
            velocities.insert(note.velocity);
            shifts.insert(note.shift.value);
        }
        QVERIFY(velocities.size() > 20);
        QVERIFY(shifts.size() > 20);
    }

    void chorusIsLouder()
    {
        std::vector<song::Track> played = m_written;
        QVERIFY(perform(played, m_request.form, m_request.style, m_models, 1, JobContext()));
        const music::Tick bar = m_request.form.meter.barLength();
        const auto loudness = [&](int first) {
            double sum = 0;
            int n = 0;
            for (const song::Track& track : played)
                for (const song::Note& note : track.notes)
                    if (track.head.role != song::Role::Drums && note.onset >= bar * first &&
                        note.onset < bar * (first + 8)) {
                        sum += note.velocity;
                        ++n;
                    }
            return sum / std::max(1, n);
        };
        QVERIFY(loudness(44) > loudness(4) + 5);
    }

    void swingDelaysOffSixteenths()
    {
        Style style = *findStyle(m_styles, "pop");
        style.swing = 0.62;
        song::Track track;
        track.head.role = song::Role::Harmony;
        for (int i = 0; i < 64; ++i) {
            song::Note note;
            note.onset = music::kSixteenth * i;
            note.duration = music::kSixteenth;
            track.notes.push_back(note);
        }
        std::vector<song::Track> tracks = {track};
        QVERIFY(perform(tracks, m_request.form, style, m_models, 1, JobContext()));
        double even = 0;
        double odd = 0;
        for (int i = 2; i < 64; ++i)
            (i % 2 ? odd : even) +=
                static_cast<double>(tracks[0].notes[static_cast<std::size_t>(i)].shift.value) / 31;
        QVERIFY(odd > even + 40);
    }

    void cancelled()
    {
        std::vector<song::Track> played = m_written;
        JobContext job;
        job.cancel();
        const auto result = perform(played, m_request.form, m_request.style, m_models, 1, job);
        QVERIFY(!result);
        QVERIFY(isCancelled(result.error()));
    }

    void unknownDrummer()
    {
        std::vector<song::Track> played = m_written;
        Style style = m_request.style;
        style.drums.touch = "programmed-pop";
        QVERIFY(!perform(played, m_request.form, style, m_models, 1, JobContext()));
    }

    void nothingToPlay()
    {
        std::vector<song::Track> none;
        QVERIFY(perform(none, m_request.form, m_request.style, m_models, 1, JobContext()));
        std::vector<song::Track> tracks(1);
        tracks[0].head.role = song::Role::Drums;
        QVERIFY(perform(tracks, m_request.form, m_request.style, m_models, 1, JobContext()));
        Form empty;
        QVERIFY(perform(tracks, empty, m_request.style, m_models, 1, JobContext()));
    }
};

QTEST_GUILESS_MAIN(TestPerformance)
#include "tst_performance.moc"
