#include <session/words.h>

#include <functional>

#include <song/word_ranges.h>

#include <QTest>

using namespace cantilena;
using namespace cantilena::song;

namespace {

/// A song of one line, each syllable on a quarter note.
SongPtr songOf(const language::Reader& reader, const std::string& text)
{
    auto song = std::make_shared<Song>();
    Section section;
    section.id = song->ids.make<SectionId>();
    section.bars = 8;
    section.name = "Verse 1";
    section.lines.push_back(session::readLine(reader, text, language::Language::English, song->ids));
    Track track;
    track.head.id = song->ids.make<TrackId>();
    track.head.role = Role::Melody;
    track.head.vocal = true;
    music::Tick at;
    for (const Word& word : section.lines[0].words)
        for (const Syllable& syllable : word.syllables) {
            Note note;
            note.id = song->ids.make<NoteId>();
            note.onset = at;
            note.duration = music::kQuarter;
            note.pitch = {60};
            note.syllable = syllable.id;
            track.notes.push_back(note);
            at += music::kQuarter;
        }
    song->sections.push_back(std::make_shared<const Section>(section));
    song->tracks.push_back(std::make_shared<const Track>(track));
    return song;
}

std::vector<std::string> sungTexts(const Song& song)
{
    std::vector<std::string> texts;
    for (const Note& note : song.melody()->notes) {
        const Syllable* syllable = song.syllable(note.syllable);
        texts.push_back(syllable ? syllable->text : "?");
    }
    return texts;
}

} // namespace

class TestWords : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<language::Reader> m_reader;

    /// Retypes a word; returns what the notes sing, in order, or nothing on an error.
    std::vector<std::string> retyped(const std::string& line, std::size_t word, const std::string& text,
                                     std::string* newLine = nullptr)
    {
        return edited(
            line,
            [&](Transaction& transaction, LineId id) {
                return session::retypeWord(transaction, *m_reader, id, word, text);
            },
            newLine);
    }

    /// The same for the whole line.
    std::vector<std::string> rewritten(const std::string& line, const std::string& text)
    {
        return edited(line, [&](Transaction& transaction, LineId id) {
            return session::replaceLine(transaction, *m_reader, id, text);
        });
    }

    std::vector<std::string> edited(const std::string& line,
                                    const std::function<Result<void>(Transaction&, LineId)>& edit,
                                    std::string* newLine = nullptr)
    {
        const SongPtr song = songOf(*m_reader, line);
        Transaction transaction(song, "Retype");
        if (!edit(transaction, song->sections[0]->lines[0].id))
            return {};
        // Every syllable of the lyrics is sung.
        const Line& result = transaction.song().sections[0]->lines[0];
        for (const Word& w : result.words)
            for (const Syllable& s : w.syllables) {
                const auto& notes = transaction.song().melody()->notes;
                if (std::none_of(notes.begin(), notes.end(),
                                 [&](const Note& n) { return n.syllable == s.id; }))
                    return {};
            }
        // And the inverse brings the song back.
        const auto back = song::apply(transaction.snapshot(), inverse(transaction.edits()));
        if (!back || (*back)->sections != song->sections || !(*(*back)->melody() == *song->melody()))
            if (!back || !(*(*back)->sections[0] == *song->sections[0]) ||
                !(*(*back)->melody() == *song->melody()))
                return {};
        if (newLine)
            *newLine = result.text;
        return sungTexts(transaction.song());
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto reader = language::Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
    }

    void aWordOfTheSameLengthKeepsTheNotes()
    {
        std::string line;
        QCOMPARE(retyped("I love the rain", 3, "snow", &line),
                 (std::vector<std::string>{"I", "love", "the", "snow"}));
        QCOMPARE(line, std::string("I love the snow"));
    }

    void aLongerWordSplitsNotes()
    {
        const auto sung = retyped("I love the rain", 3, "river");
        QCOMPARE(sung.size(), std::size_t{5});
        QCOMPARE(sung[3] + sung[4], std::string("river"));
    }

    void aShorterWordBecomesAMelisma()
    {
        QCOMPARE(retyped("paper moon", 0, "blue"), (std::vector<std::string>{"blue", "blue", "moon"}));
    }

    void severalWordsMayBeTyped()
    {
        std::string line;
        QCOMPARE(retyped("hello, moon", 0, "my old", &line), (std::vector<std::string>{"my", "old", "moon"}));
        QCOMPARE(line, std::string("my old, moon"));
    }

    void aRemovedWordGivesItsNotesToItsNeighbour()
    {
        std::string line;
        QCOMPARE(retyped("cold blue moon", 1, "", &line), (std::vector<std::string>{"cold", "cold", "moon"}));
        QCOMPARE(line, std::string("cold moon"));
        QCOMPARE(retyped("cold blue moon", 0, "..."), (std::vector<std::string>{"blue", "blue", "moon"}));
    }

    void theOtherLanguageMayBeTyped()
    {
        QCOMPARE(retyped("my own moon", 2, "月亮"), (std::vector<std::string>{"my", "own", "月", "亮"}));
    }

    void awkwardTextsKeepTheirWords_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words"); ///< as they stand in the line
        QTest::newRow("plain") << "I love, the rain" << QStringList{"I", "love", "the", "rain"};
        QTest::newRow("quotes") << "“I don’t know”, she said"
                                << QStringList{"I", "don’t", "know", "she", "said"};
        QTest::newRow("full width") << "Ｉ　ｌｏｖｅ，ｔｈｅ ｒａｉｎ！"
                                    << QStringList{"Ｉ", "ｌｏｖｅ", "ｔｈｅ", "ｒａｉｎ"};
        QTest::newRow("twice") << "ｇo go" << QStringList{"ｇo", "go"};
        QTest::newRow("ligature") << "ﬁnd the ofﬁce" << QStringList{"ﬁnd", "the", "ofﬁce"};
        QTest::newRow("combining") << "the cafe\u0301 at nine"
                                   << QStringList{"the", "cafe\u0301", "at", "nine"};
        QTest::newRow("Mandarin") << "雨停了，「天」亮了！"
                                  << QStringList{"雨", "停", "了", "天", "亮", "了"};
        QTest::newRow("accent for an apostrophe") << "don\u00B4t go" << QStringList{"don\u00B4t", "go"};
        QTest::newRow("marks of direction") << "\u200Fhello\u200E moon" << QStringList{"hello", "moon"};
    }
    void awkwardTextsKeepTheirWords()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, words);
        song::IdSource ids;
        const Line read = session::readLine(*m_reader, line.toStdString(), language::Language::English, ids);
        QStringList found;
        for (const auto& place : song::wordRanges(read)) {
            QVERIFY(place.has_value());
            found.append(QString::fromStdString(read.text.substr(place->start, place->end - place->start)));
        }
        // Words of several characters are one piece or several, as the dictionary has them.
        QCOMPARE(found.join(QString()), words.join(QString()));

        std::string text;
        QVERIFY(!retyped(line.toStdString(), read.words.size() - 1, "moon", &text).empty());
        QString expected = line;
        expected.replace(line.lastIndexOf(found.last()), found.last().size(), QStringLiteral("moon"));
        QCOMPARE(QString::fromStdString(text), expected);
    }

    void aLineOfTheSameLengthKeepsEveryNote()
    {
        QCOMPARE(rewritten("I love the rain", "you hate my snow"),
                 (std::vector<std::string>{"you", "hate", "my", "snow"}));
        QCOMPARE(rewritten("paper moon", "a blue sky"), (std::vector<std::string>{"a", "blue", "sky"}));
        QCOMPARE(rewritten("雨下得很慢", "风吹得太快"),
                 (std::vector<std::string>{"风", "吹", "得", "太", "快"}));
    }

    void aMelismaStaysWhereTheCountsAgree()
    {
        const SongPtr plain = songOf(*m_reader, "I love the rain");
        auto song = std::make_shared<Song>(*plain);
        Track melody = *song->melody();
        melody.notes[2].syllable = melody.notes[1].syllable; // "love" on two notes, "the" on the fourth
        melody.notes[3].syllable = plain->sections[0]->lines[0].words[2].syllables[0].id;
        Note last = melody.notes[3];
        last.id = song->ids.make<NoteId>();
        last.onset += music::kQuarter;
        last.syllable = plain->sections[0]->lines[0].words[3].syllables[0].id;
        melody.notes.push_back(last);
        song->tracks = {std::make_shared<const Track>(melody)};
        Transaction transaction(song, "Rewrite");
        QVERIFY(
            session::replaceLine(transaction, *m_reader, song->sections[0]->lines[0].id, "we had my snow"));
        QCOMPARE(sungTexts(transaction.song()), (std::vector<std::string>{"we", "had", "had", "my", "snow"}));
    }

    void wordsThatStayKeepTheirNotes()
    {
        const SongPtr song = songOf(*m_reader, "I love the rain tonight");
        const Line& line = song->sections[0]->lines[0];
        Transaction transaction(song, "Rewrite");
        QVERIFY(session::replaceLine(transaction, *m_reader, line.id, "I love the river tonight"));
        const Line& result = transaction.song().sections[0]->lines[0];
        for (const std::size_t word : {0U, 1U, 2U, 4U})
            QCOMPARE(result.words[word], line.words[word]);
        const auto& before = song->melody()->notes;
        const auto& after = transaction.song().melody()->notes;
        QCOMPARE(after.size(), before.size() + 1);
        QCOMPARE(after.front(), before.front());
        QCOMPARE(after.back(), before.back());
        QCOMPARE(rewritten("I love the rain", "I love rain"),
                 (std::vector<std::string>{"I", "love", "love", "rain"}));
        QCOMPARE(rewritten("old blue moon", "blue moon"), (std::vector<std::string>{"blue", "blue", "moon"}));
        QCOMPARE(rewritten("blue moon", "blue old moon").size(), std::size_t{3});
        QCOMPARE(rewritten("blue moon", "my blue moon").size(), std::size_t{3});
        QCOMPARE(rewritten("blue moon", "blue, moon!"), (std::vector<std::string>{"blue", "moon"}));
    }

    void aLongerLineTakesTimeFromItsNeighbours()
    {
        // Nine syllables are too many for the quarter of "rain", not for the line.
        const auto sung = rewritten("I love the rain", "I love the rattling of a river in rain");
        QCOMPARE(sung.size(), std::size_t{11});
        QCOMPARE(rewritten("I love the rain", "snow"),
                 (std::vector<std::string>{"snow", "snow", "snow", "snow"}));
    }

    void theMakerOfALineIsKnown()
    {
        const SongPtr song = songOf(*m_reader, "I love the rain");
        const LineId line = song->sections[0]->lines[0].id;
        Transaction transaction(song, "Rewrite");
        QVERIFY(session::replaceLine(transaction, *m_reader, line, "I had my snow",
                                     {{}, Maker::Model, "lyrics-line", "2", "abc", 7}));
        const auto maker = [&] {
            return *transaction.song().origin(transaction.song().sections[0]->lines[0].origin);
        };
        QVERIFY(maker().maker == Maker::Model);
        QCOMPARE(maker().seed, std::uint64_t{7});
        QVERIFY(session::replaceLine(transaction, *m_reader, line, "I have my snow"));
        QVERIFY(maker().maker == Maker::Person);
    }

    void repeatsAreFound()
    {
        const SongPtr one = songOf(*m_reader, "I love the rain");
        auto song = std::make_shared<Song>(*one);
        const auto add = [&](SectionKind kind, const char* text) {
            Section section = *one->sections[0];
            section.id = song->ids.make<SectionId>();
            section.kind = kind;
            section.lines[0] = session::readLine(*m_reader, text, language::Language::English, song->ids);
            song->sections.push_back(std::make_shared<const Section>(section));
            return section.lines[0].id;
        };
        const LineId first = one->sections[0]->lines[0].id;
        add(SectionKind::Verse, "I love the snow");
        add(SectionKind::Chorus, "I love the rain");
        const LineId again = add(SectionKind::Verse, "I love the rain");
        QCOMPARE(session::repeatsOf(*song, first), (std::vector<LineId>{first, again}));
        QVERIFY(session::repeatsOf(*song, LineId{999}).empty());
    }

    void whatCannotBeDoneIsSaid()
    {
        const SongPtr song = songOf(*m_reader, "moon");
        Transaction transaction(song, "Retype");
        const LineId line = song->sections[0]->lines[0].id;
        QVERIFY(!session::retypeWord(transaction, *m_reader, line, 0, ""));
        QVERIFY(!session::retypeWord(transaction, *m_reader, line, 5, "sun"));
        QVERIFY(!session::retypeWord(transaction, *m_reader, LineId{999}, 0, "sun"));
        QVERIFY(!session::retypeWord(
            transaction, *m_reader, line, 0,
            "a line of far too many syllables for a note of one beat that nobody could ever sing"));
        QVERIFY(!session::replaceLine(transaction, *m_reader, line, "..."));
        QVERIFY(!session::replaceLine(transaction, *m_reader, LineId{999}, "sun"));
        QVERIFY(!session::replaceLine(
            transaction, *m_reader, line,
            "a line of far too many syllables for a note of one beat that nobody could ever sing"));
        QVERIFY(transaction.empty());
    }
};

QTEST_APPLESS_MAIN(TestWords)
#include "tst_words.moc"
