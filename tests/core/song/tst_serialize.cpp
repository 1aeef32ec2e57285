#include <QtTest>

#include "example_song.h"
#include <song/serialize.h>
#include <song/validate.h>

using namespace cantilena;
using namespace cantilena::song;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

/// Flips, inserts, removes and copies bytes and digits.
std::string mutated(std::string text, const Random& random)
{
    const std::size_t changes = 1 + random.index(4, 0);
    for (std::size_t c = 0; c < changes && !text.empty(); ++c) {
        const std::size_t at = random.index(text.size(), 10 * c + 1);
        switch (random.index(6, 10 * c + 2)) {
        case 0:
            text[at] = static_cast<char>(random.index(256, 10 * c + 3));
            break;
        case 1:
            text.erase(at, 1 + random.index(20, 10 * c + 3));
            break;
        case 2:
            text.insert(at,
                        text.substr(random.index(text.size(), 10 * c + 3), 1 + random.index(60, 10 * c + 4)));
            break;
        case 3:
            text[at] = "0123456789-.eE[]{},:\"nulltrue"[random.index(29, 10 * c + 3)];
            break;
        case 4:
            text.resize(at);
            break;
        default:
            if (const std::size_t digit = text.find_first_of("0123456789", at); digit != std::string::npos)
                text.insert(digit, std::string(1 + random.index(20, 10 * c + 3), '9'));
        }
    }
    return text;
}

} // namespace

class TestSerialize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void songsComeBackAsTheyWere()
    {
        for (std::uint64_t i = 0; i < 50; ++i) {
            Transaction t(exampleSong(static_cast<int>(i)), "change");
            for (std::uint64_t step = 0; step < 30; ++step)
                randomGesture(t, Random(4, "serialize").at({i, step}));
            const auto back = songOfJson(toJson(t.song()));
            QVERIFY2(back, back ? "" : back.error().message.c_str());
            QVERIFY(**back == t.song());
            QCOMPARE((*back)->ids.next, t.song().ids.next);
            Entry entry{Step::Redo,
                        "Label \"x\" 词",
                        t.edits(),
                        {TrackId{3}, {NoteId{4}, NoteId{5}}, SectionId{6}},
                        {}};
            const auto entryBack = entryOfJson(toJson(entry));
            QVERIFY2(entryBack, entryBack ? "" : entryBack.error().message.c_str());
            QVERIFY(*entryBack == entry);
        }
        const auto empty = songOfJson(toJson(Song{}));
        QVERIFY(empty);
        QVERIFY(**empty == Song{});
    }

    void reasonsOfChordsComeBack()
    {
        Transaction t(exampleSong(), "reasons");
        ChordEvent chord = t.song().chords->front();
        chord.reasons = 0x8000'0003u; // a reason that is not known yet stays, too
        QVERIFY(t.replaceChord(chord));
        SongHead head = t.song().head;
        head.brief.chords = "[Verse] C G/B | Am . [副歌] 4 5 6- %";
        t.setHead(head);
        const auto back = songOfJson(toJson(t.song()));
        QVERIFY2(back, back ? "" : back.error().message.c_str());
        QVERIFY(**back == t.song());
        QCOMPARE((*back)->chords->front().reasons, 0x8000'0003u);
        QCOMPARE((*back)->chords->back().reasons, 0u);
        const Entry entry{Step::Commit, "Chord", t.edits(), {}, {}};
        const auto entryBack = entryOfJson(toJson(entry));
        QVERIFY(entryBack && *entryBack == entry);
    }

    void awkwardTextsSurvive()
    {
        Transaction t(exampleSong(), "awkward");
        SongHead head = t.song().head;
        head.title = std::string("「」 שלום \0 \x01 😀", 24);
        head.brief.lyrics = std::string(60'000, 'x');
        head.brief.key = music::Key{11, music::Mode::Minor};
        head.seed = ~std::uint64_t{0};
        t.setHead(head);
        const auto back = songOfJson(toJson(t.song()));
        QVERIFY(back);
        QVERIFY(**back == t.song());
        head.title = "bad \xff\xfe bytes";
        t.setHead(head);
        QVERIFY(songOfJson(toJson(t.song())));
    }

    void badTextsGetOneSentence_data()
    {
        QTest::addColumn<std::string>("text");
        const std::string good = toJson(*exampleSong());
        const auto row = [&](const char* name, const std::string& text) { QTest::newRow(name) << text; };
        row("empty", "");
        row("not json", "hello");
        row("array", "[]");
        row("null", "null");
        row("no version", "{}");
        row("newer", replaced(good, "\"version\":1}", "\"version\":2}"));
        row("negative version", replaced(good, "\"version\":1}", "\"version\":-1}"));
        row("deep", std::string(1'000'000, '['));
        row("tempo NaN", replaced(good, "\"tempo\":92.5", "\"tempo\":null"));
        row("tempo huge", replaced(good, "\"tempo\":92.5", "\"tempo\":1e308"));
        row("tempo infinite", replaced(good, "\"tempo\":92.5", "\"tempo\":1e999"));
        row("unknown role", replaced(good, "\"role\":\"melody\"", "\"role\":\"kazoo\""));
        row("unknown kind", replaced(good, "\"verse\"", "\"x\""));
        row("unknown language", replaced(good, "\"en\"", "\"fr\""));
        row("long title", replaced(good, "Rain over", std::string(70'000, 'x')));
        row("bars zero", replaced(good, "\"bars\":4", "\"bars\":0"));
        row("bars wrong type", replaced(good, "\"bars\":4", "\"bars\":4.5"));
        row("no tracks", replaced(good, "\"tracks\"", "\"trucks\""));
        row("bad utf-8", replaced(good, "Rain", "\xff\xff"));
    }

    void badTextsGetOneSentence()
    {
        QFETCH(std::string, text);
        QVERIFY(text != toJson(*exampleSong()));
        const auto result = songOfJson(text);
        QVERIFY(!result);
        QVERIFY(result.error().message.size() > 20 && result.error().message.ends_with("."));
        QVERIFY(result.error().message.size() < 400);
        QVERIFY(!entryOfJson(text));
    }

    void duplicateIdsAreRefused()
    {
        Song song = *exampleSong();
        song.sections.push_back(song.sections[0]);
        QVERIFY(!songOfJson(toJson(song)));
        song = *exampleSong();
        song.tracks.push_back(song.tracks[0]);
        QVERIFY(!songOfJson(toJson(song)));
        song = *exampleSong();
        Track copy = *song.tracks[0];
        copy.head.id = TrackId{1000};
        song.tracks.push_back(std::make_shared<const Track>(copy));
        QVERIFY(!songOfJson(toJson(song)));
    }

    void danglingReferencesMeanNone()
    {
        Song song = *exampleSong();
        Track track = *song.tracks[0];
        track.notes[0].syllable = SyllableId{5'000'000};
        track.notes[0].origin = OriginId{6'000'000};
        song.tracks[0] = std::make_shared<const Track>(track);
        const auto back = songOfJson(toJson(song));
        QVERIFY(back);
        QVERIFY(**back == song);
        QVERIFY(!(*back)->syllable(SyllableId{5'000'000}));
        QVERIFY((*back)->ids.next > 6'000'000); // no new object may take the number
    }

    void theHighestNumbersSurvive()
    {
        // The last number there is, for an object and for what objects refer to, as a foreign journal may
        // hold.
        const SongPtr song = exampleSong();
        const TrackPtr track = song->tracks[0];
        Note note;
        note.id = NoteId{kMaxId - 1};
        note.duration = {480};
        note.syllable = SyllableId{kMaxId - 1};
        ChordEvent chord;
        chord.id = ChordId{2'000'000};
        chord.duration = {960};
        chord.origin = OriginId{kMaxId - 1};
        TrackHead head = track->head;
        head.origin = OriginId{kMaxId - 1};
        Section section = *song->sections[0];
        section.origin = OriginId{kMaxId - 1};
        section.lines[0].origin = OriginId{kMaxId - 1};
        const std::vector<Edit> edits = {
            NoteEdit{track->head.id, std::nullopt, note},
            ChordEdit{std::nullopt, chord},
            TrackHeadEdit{track->head, head},
            SectionEdit{0, song->sections[0], std::make_shared<const Section>(section)},
        };
        for (const Edit& edit : edits) {
            const auto applied = song::apply(song, {edit});
            QVERIFY2(applied, applied ? "" : applied.error().message.c_str());
            const auto back = songOfJson(toJson(**applied));
            QVERIFY2(back, back ? "" : back.error().message.c_str());
            QVERIFY(**back == **applied);
            // Nothing new can be numbered any more, which is an error and no damage.
            Transaction t(*back, "one more");
            {
                Note note;
                note.duration = {480};
                QVERIFY(!t.addNote(track->head.id, note));
            }
            QVERIFY(t.song() == **back);
        }
        // One more is none at all.
        chord.origin = head.origin = section.origin = section.lines[0].origin = OriginId{kMaxId};
        note.syllable = SyllableId{kMaxId};
        QVERIFY(!validate(note));
        QVERIFY(!validate(chord));
        QVERIFY(!validate(head));
        QVERIFY(!validate(section));
        section.origin = {};
        QVERIFY(!validate(section));
        Song beyond = *song;
        beyond.ids.next = kMaxId + 1;
        QVERIFY(!validate(beyond));
        QVERIFY(!songOfJson(toJson(beyond)));
    }

    void mutatedTextsNeverCrash()
    {
        const SongPtr song = exampleSong();
        Transaction t(song, "all kinds");
        for (std::uint64_t step = 0; step < 60; ++step)
            randomGesture(t, Random(5, "kinds").at({step}));
        const std::string songText = toJson(t.song());
        const std::string entryText = toJson(Entry{Step::Commit, "all kinds", t.edits(), {}, {}});
        int read = 0;
        for (std::uint64_t i = 0; i < 4000; ++i) {
            const Random random = Random(6, "mutate").at({i});
            const auto mutatedSong = songOfJson(mutated(songText, random));
            if (mutatedSong) {
                ++read;
                QVERIFY(validate(**mutatedSong));
                // Whatever can be read can be written and read again.
                const auto again = songOfJson(toJson(**mutatedSong));
                QVERIFY(again);
                QVERIFY(**again == **mutatedSong);
            }
            const auto entry = entryOfJson(mutated(entryText, random));
            if (entry) {
                const auto applied = song::apply(song, entry->edits);
                if (applied)
                    QVERIFY(validate(**applied));
            }
        }
        QVERIFY(read > 100);
    }
};

QTEST_APPLESS_MAIN(TestSerialize)
#include "tst_serialize.moc"
