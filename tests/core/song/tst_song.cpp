#include <QtTest>

#include "example_song.h"
#include <song/song.h>
#include <song/validate.h>

using namespace cantilena;
using namespace cantilena::song;

class TestSong : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codesGoThereAndBack()
    {
        for (int i = 0; i <= static_cast<int>(SectionKind::Outro); ++i) {
            const auto kind = static_cast<SectionKind>(i);
            QVERIFY(sectionKindOfCode(code(kind)) == kind);
        }
        for (int i = 0; i <= static_cast<int>(Role::Colour); ++i) {
            const auto role = static_cast<Role>(i);
            QVERIFY(roleOfCode(code(role)) == role);
        }
        QVERIFY(!sectionKindOfCode("") && !roleOfCode("vocal"));
    }

    void sectionsFollowEachOther()
    {
        const SongPtr song = exampleSong();
        const SectionId verse = song->sections[0]->id;
        const SectionId chorus = song->sections[1]->id;
        const std::int64_t bar = 4 * 960;
        QCOMPARE(song->sectionStart(verse).value, std::int64_t{0});
        QCOMPARE(song->sectionEnd(verse).value, 4 * bar);
        QCOMPARE(song->sectionStart(chorus).value, 4 * bar);
        QCOMPARE(song->length().value, 8 * bar);
        QCOMPARE(song->sectionStart(SectionId{999}).value, 8 * bar);
        QVERIFY(song->sectionAt({4 * bar - 1})->id == verse);
        QVERIFY(song->sectionAt({4 * bar})->id == chorus);
        QVERIFY(!song->sectionAt({8 * bar}) && !song->sectionAt({-1}));
    }

    void objectsAreFoundById()
    {
        const SongPtr song = exampleSong();
        QVERIFY(song->melody() == song->tracks[0]);
        const Note& note = song->tracks[0]->notes[2];
        QVERIFY(song->note(song->tracks[0]->head.id, note.id) == &note);
        QVERIFY(!song->note(song->tracks[1]->head.id, note.id));
        QCOMPARE(song->syllable(note.syllable)->text, std::string("night,"));
        QVERIFY(!song->syllable({}) && !song->origin({}) && !song->track({}) && !song->section({}));
        QCOMPARE(song->origin(note.origin)->name, std::string("melody"));
        QVERIFY(song->chordAt({0}) == &song->chords->at(0));
        QVERIFY(song->chordAt(music::ticks(4, 1)) == &song->chords->at(1));
        QVERIFY(!song->chordAt(music::ticks(8, 1)));
        QCOMPARE(song->sections[0]->lines[0].syllableCount(), std::size_t{3});
    }

    void equalityIsDeep()
    {
        const SongPtr a = exampleSong(), b = exampleSong();
        QVERIFY(*a == *b);
        QVERIFY(!(*a == *exampleSong(9)));
        Song c = *b;
        c.ids.next += 10;
        QVERIFY(*a == c);
        c.head.seed = 8;
        QVERIFY(!(*a == c));
    }

    void emptySongs()
    {
        const Song song;
        QVERIFY(validate(song));
        QCOMPARE(song.length().value, std::int64_t{0});
        QVERIFY(!song.melody() && !song.chordAt({0}) && !song.sectionAt({0}));
    }

    void disorderIsNoticed()
    {
        Song song = *exampleSong();
        Track track = *song.tracks[0];
        std::swap(track.notes[0], track.notes[1]);
        song.tracks[0] = std::make_shared<const Track>(track);
        QVERIFY(!validate(song));
        song = *exampleSong();
        std::vector<ChordEvent> chords = *song.chords;
        std::swap(chords[0], chords[1]);
        song.chords = std::make_shared<const std::vector<ChordEvent>>(chords);
        QVERIFY(!validate(song));
        song = *exampleSong();
        song.tracks.push_back(nullptr);
        QVERIFY(!validate(song));
    }
};

QTEST_APPLESS_MAIN(TestSong)
#include "tst_song.moc"
