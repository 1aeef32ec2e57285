#include <algorithm>
#include <set>

#include <QTemporaryDir>
#include <QTest>

#include <session/workshop.h>
#include <song/serialize.h>
#include <song/validate.h>

using namespace cantilena;

namespace {

bool isPerson(const song::Song& song, const song::ChordEvent& chord)
{
    const song::Origin* origin = song.origin(chord.origin);
    return origin && origin->maker == song::Maker::Person;
}

std::vector<std::string> symbols(const song::Song& song)
{
    std::vector<std::string> result;
    for (const song::ChordEvent& chord : *song.chords)
        result.push_back(chord.chord.symbol());
    return result;
}

bool isBand(const song::Track& track)
{
    return track.head.role != song::Role::Melody && track.head.role != song::Role::Drums;
}

} // namespace

class TestHarmonise : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    std::shared_ptr<session::Workshop> m_workshop;

    static compose::ComposeRequest request(const std::string& chords)
    {
        compose::ComposeRequest request;
        request.prompt = "a quiet harbour in the morning";
        request.style = "singer-songwriter";
        request.length = music::Seconds{40};
        request.chords = chords;
        request.seed = 3;
        return request;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path source = CANTILENA_SOURCE_DIR;
        const std::filesystem::path home = m_home.path().toStdString();
        auto workshop = session::Workshop::open(
            {source / "models", source / "resources", {}, home / "cache", home / "data", home / "config"});
        QVERIFY2(workshop, workshop ? "" : workshop.error().message.c_str());
        m_workshop = *workshop;
    }

    void typedChordsAreInTheSong()
    {
        const auto song = m_workshop->compose(request("[Verse] D A/C# Bm . [Chorus] G A D9 ."));
        QVERIFY2(song, song ? "" : song.error().message.c_str());
        QCOMPARE((*song)->head.key.name(), std::string("D major"));
        QCOMPARE((*song)->head.brief.chords, std::string("[Verse] D A/C# Bm . [Chorus] G A D9 ."));
        const std::int64_t bar = (*song)->head.meter.barLength().value;
        bool typed = false;
        for (const song::SectionPtr& section : (*song)->sections) {
            const bool verse = section->kind == song::SectionKind::Verse;
            if (!verse && section->kind != song::SectionKind::Chorus)
                continue;
            const std::int64_t start = (*song)->sectionStart(section->id).value;
            for (int i = 0; i < section->bars; ++i) {
                if (i % 4 == 3)
                    continue;
                const song::ChordEvent* chord = (*song)->chordAt({start + i * bar});
                QVERIFY(chord);
                const std::vector<std::string> wanted = verse ? std::vector<std::string>{"D", "A/C#", "Bm"}
                                                              : std::vector<std::string>{"G", "A", "D9"};
                QCOMPARE(chord->chord.symbol(), wanted[static_cast<std::size_t>(i % 4)]);
                QVERIFY(isPerson(**song, *chord));
                QVERIFY(chord->reasons == static_cast<std::uint32_t>(song::ChordReason::Person));
                typed = true;
            }
        }
        QVERIFY(typed);
        QVERIFY(std::any_of((*song)->chords->begin(), (*song)->chords->end(),
                            [&](const auto& chord) { return !isPerson(**song, chord); }));
    }

    void degreesGiveTheMode()
    {
        const auto minor = m_workshop->compose(request("i VI III VII"));
        QVERIFY2(minor, minor ? "" : minor.error().message.c_str());
        QVERIFY((*minor)->head.key.mode == music::Mode::Minor);
        QCOMPARE((*minor)->chords->front().chord,
                 music::Chord((*minor)->head.key.tonic, music::ChordQuality::Minor));
        auto inKey = request("1 5 6- 4");
        inKey.key = music::Key{5, music::Mode::Major};
        const auto major = m_workshop->compose(inKey);
        QVERIFY(major);
        const std::vector<std::string> all = symbols(**major);
        QVERIFY(std::find(all.begin(), all.end(), "Dm") != all.end());
        QVERIFY(std::all_of(all.begin(), all.end() - 1, [](const std::string& chord) {
            return chord == "F" || chord == "C" || chord == "Dm" || chord == "A#";
        }));
    }

    void unknownChordsAreRefused()
    {
        const auto checked = m_workshop->checkRequest(request("C G Hm F"));
        QVERIFY(!checked);
        QVERIFY(checked.error().message.find("“Hm”") != std::string::npos);
        QVERIFY(!m_workshop->compose(request("[Dance] C G")));
        QVERIFY(m_workshop->checkRequest(request("  \n")));
    }

    void otherChordsUnderTheSameTune()
    {
        const auto composed = m_workshop->compose(request(""));
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        const song::SongPtr song = *composed;
        const auto one = m_workshop->harmonise(*song, 1), two = m_workshop->harmonise(*song, 2);
        QVERIFY2(one, one ? "" : one.error().message.c_str());
        QVERIFY(two && **one == **m_workshop->harmonise(*song, 1));
        QVERIFY(symbols(**one) != symbols(*song) && symbols(**one) != symbols(**two));
        QVERIFY(song::validate(**one) && *(*one)->melody() == *song->melody());
        const auto back = song::songOfJson(song::toJson(**one));
        QVERIFY(back && **back == **one);
        for (std::size_t i = 0; i < song->sections.size(); ++i)
            QVERIFY(*(*one)->sections[i] == *song->sections[i]);
        QCOMPARE((*one)->tracks.size(), song->tracks.size());
        int strong = 0, held = 0;
        for (const song::Note& note : song->melody()->notes) {
            if (song->head.meter.weight({note.onset.value % song->head.meter.barLength().value}) < 0.8)
                continue;
            ++strong;
            const song::ChordEvent* chord = (*one)->chordAt(note.onset);
            held += chord && chord->chord.contains(note.pitch.pitchClass());
        }
        QVERIFY2(held >= 0.8 * strong, qPrintable(QString("%1 of %2").arg(held).arg(strong)));
    }

    void aPartGetsOtherChordsAndTheBandFollows()
    {
        const auto composed = m_workshop->compose(request("[Verse] D G . ."));
        QVERIFY2(composed, composed ? "" : composed.error().message.c_str());
        const song::SongPtr song = *composed;
        song::SectionPtr verse;
        for (const song::SectionPtr& section : song->sections)
            if (!verse && section->kind == song::SectionKind::Verse)
                verse = section;
        QVERIFY(verse);
        const music::Tick begin = song->sectionStart(verse->id), end = song->sectionEnd(verse->id);
        const auto changed = m_workshop->rewriteChords(*song, begin, end, 1);
        QVERIFY2(changed, changed ? "" : changed.error().message.c_str());
        QVERIFY(symbols(**changed) != symbols(*song));
        const std::vector<song::ChordEvent>& now = *(*changed)->chords;
        for (const song::ChordEvent& chord : *song->chords) {
            const bool outside = chord.onset >= end || chord.onset + chord.duration <= begin;
            if (outside || isPerson(*song, chord)) // the typed ones stay, with their ids
                QVERIFY(std::find(now.begin(), now.end(), chord) != now.end());
        }
        bool differs = false;
        for (std::size_t i = 0; i < song->tracks.size(); ++i) {
            const song::Track& before = *song->tracks[i];
            const song::Track& after = *(*changed)->tracks[i];
            QVERIFY(before.head == after.head);
            if (!isBand(before)) {
                QVERIFY(before == after);
                continue;
            }
            std::set<std::pair<std::int64_t, int>> was, is;
            for (const song::Note& note : before.notes) {
                if (note.onset >= end || note.end() <= begin)
                    QVERIFY(std::find(after.notes.begin(), after.notes.end(), note) != after.notes.end());
                else
                    was.insert({note.onset.value, note.pitch.midi});
            }
            for (const song::Note& note : after.notes)
                if (note.onset >= begin && note.onset < end)
                    is.insert({note.onset.value, note.pitch.midi});
            differs = differs || was != is;
            // The bass lands on what is sounding now.
            if (before.head.role == song::Role::Bass) {
                int downbeats = 0, chordal = 0;
                for (const song::Note& note : after.notes) {
                    const song::ChordEvent* chord = (*changed)->chordAt(note.onset);
                    if (note.onset < begin || note.onset >= end || !chord || chord->onset != note.onset)
                        continue;
                    ++downbeats;
                    chordal += chord->chord.contains(note.pitch.pitchClass());
                }
                QVERIFY(chordal >= downbeats * 0.9);
            }
        }
        QVERIFY(differs);
        QVERIFY(!m_workshop->rewriteChords(*song, end, begin, 1));
    }
};

QTEST_GUILESS_MAIN(TestHarmonise)
#include "tst_harmonise.moc"
