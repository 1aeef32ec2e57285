#include <QtTest>

#include <cmath>

#include <session/pitch_line.h>
#include <session/vocals.h>

#include "../song/example_song.h"

using namespace cantilena;
using namespace cantilena::session;

namespace {

std::vector<voice::SingerInfo> singers()
{
    voice::SingerInfo high, low;
    high.id = "lin";
    high.lowest = {55};
    high.highest = {77};
    high.comfortLowest = {57};
    high.comfortHighest = {74};
    low.id = "low";
    low.lowest = {43};
    low.highest = {65};
    low.comfortLowest = {45};
    low.comfortHighest = {60};
    return {high, low};
}

std::vector<int> pitches(const song::Song& song)
{
    std::vector<int> all;
    for (const song::Note& note : song.melody()->notes)
        all.push_back(note.pitch.midi);
    return all;
}

} // namespace

class TestVocals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anotherSingerGetsTheTuneInTheirOctave()
    {
        song::Transaction t(song::exampleSong(), "Change singer");
        const std::vector<int> before = pitches(t.song());
        song::Vocal wanted = t.song().head.vocal;
        wanted.singer = "low";
        wanted.growl = 0.5;
        QVERIFY(changeVocal(t, singers(), wanted).hasValue());
        QVERIFY(t.song().head.vocal == wanted);
        const std::vector<int> after = pitches(t.song());
        for (std::size_t i = 0; i < before.size(); ++i)
            QCOMPARE(after[i], before[i] - 12);
        wanted.singer = "lin";
        QVERIFY(changeVocal(t, singers(), wanted).hasValue());
        QCOMPARE(pitches(t.song()), before);
    }
    void theSameSingerKeepsTheNotes()
    {
        song::Transaction t(song::exampleSong(), "Change voice");
        const std::vector<int> before = pitches(t.song());
        song::Vocal wanted = t.song().head.vocal;
        wanted.breath = 0.9;
        QVERIFY(changeVocal(t, singers(), wanted).hasValue());
        QCOMPARE(pitches(t.song()), before);
    }
    void unknownSingersAreRefused()
    {
        song::Transaction t(song::exampleSong(), "Change singer");
        song::Vocal wanted;
        wanted.singer = "nobody";
        const auto result = changeVocal(t, singers(), wanted);
        QVERIFY(!result.hasValue());
        QVERIFY(result.error().message.find("lin") != std::string::npos);
        QVERIFY(t.empty());
    }
    void aStyleHasHabitsOfPitchThatASingerTakesUp()
    {
        song::Transaction t(song::exampleSong(), "Change style");
        const auto styles =
            compose::loadStyles(std::filesystem::path(CANTILENA_SOURCE_DIR) / "resources" / "styles");
        QVERIFY(styles);
        const voice::SingerInfo& lin = singers()[0];
        const auto in = [&](const char* style) {
            song::SongHead head = t.song().head;
            head.style = style;
            t.setHead(std::move(head));
            return pitchStyleOf(t.song(), lin, *styles);
        };
        const voice::PitchStyle electronic = in("electronic"), musical = in("musical"), none = in("polka");
        QVERIFY(electronic.vibrato < 0.5 * musical.vibrato);
        QVERIFY(electronic.glide < musical.glide && electronic.delay > musical.delay);
        QCOMPARE(none.scoop, lin.pitch.scoop);
    }
    void drawnPitchIsKeptByTheNotesAndSung()
    {
        song::Transaction t(song::exampleSong(), "Draw pitch");
        // Over the second and third note: a rising line.
        const auto q = music::kQuarter;
        QVERIFY(drawPitch(t, {{q, 61.5}, {q * 3, 65.5}}).hasValue());
        const auto& notes = t.song().melody()->notes;
        QVERIFY(notes[0].bend.empty() && notes[3].bend.empty());
        QVERIFY(notes[1].bend.size() > 10 && notes[2].bend.size() > 10);
        for (const song::BendPoint& point : notes[1].bend) {
            const double wanted =
                61.5 + 4.0 * static_cast<double>(point.at.value) / (2.0 * static_cast<double>(q.value));
            QVERIFY(std::abs(notes[1].pitch.midi + point.cents / 100 - wanted) < 0.02);
        }
        bool heard = false;
        for (const auto& line : sungLine(t.song(), singers()[0], {}))
            for (const PitchPoint& point : line)
                if (point.at > q + music::kSixteenth && point.at < q * 2 - music::kSixteenth) {
                    const double wanted = 61.5 + 4.0 * static_cast<double>((point.at - q).value) /
                                                     (2.0 * static_cast<double>(q.value));
                    QVERIFY(std::abs(point.midi - wanted) < 0.1);
                    heard = true;
                }
        QVERIFY(heard);
        // A note that is moved takes its line along.
        song::Note moved = notes[1];
        moved.pitch.midi += 5;
        QVERIFY(t.replaceNote(t.song().melody()->head.id, moved).hasValue());
        QCOMPARE(t.song().melody()->notes[1].bend.size(), moved.bend.size());
    }
    void aPartIsDrawnAnewOrErased()
    {
        song::Transaction t(song::exampleSong(), "Draw pitch");
        const auto q = music::kQuarter;
        QVERIFY(drawPitch(t, {{q, 63}, {q * 2, 63}}).hasValue());
        const std::size_t before = t.song().melody()->notes[1].bend.size();
        QVERIFY(drawPitch(t, {{q + music::kSixteenth, 64}, {q + music::kEighth, 64}}).hasValue());
        int high = 0, low = 0;
        for (const song::BendPoint& point : t.song().melody()->notes[1].bend)
            ++(point.cents > 150 ? high : low);
        QVERIFY(high > 3 && low > 3);
        QVERIFY(t.song().melody()->notes[1].bend.size() < before + 8);
        QVERIFY(erasePitch(t, q, q * 2).hasValue());
        QVERIFY(t.song().melody()->notes[1].bend.empty());
    }
    void strokesBesideTheNotesSayWhatToDo()
    {
        song::Transaction t(song::exampleSong(), "Draw pitch");
        const auto q = music::kQuarter;
        QVERIFY(!drawPitch(t, {{q * 12, 60}, {q * 14, 60}}).hasValue());
        QVERIFY(!drawPitch(t, {{q, 60}, {q + music::Tick{3}, 60}}).hasValue());
        QVERIFY(!drawPitch(t, {{q, 60}}).hasValue());
        QVERIFY(t.empty());
        song::Transaction none(std::make_shared<const song::Song>(), "Draw pitch");
        QVERIFY(!drawPitch(none, {{q, 60}, {q * 2, 60}}).hasValue());
        QVERIFY(!erasePitch(none, q, q * 2).hasValue());
    }
};

QTEST_APPLESS_MAIN(TestVocals)
#include "tst_vocals.moc"
