#include <session/words.h>

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
        const SongPtr song = songOf(*m_reader, line);
        Transaction transaction(song, "Retype");
        if (!session::retypeWord(transaction, *m_reader, song->sections[0]->lines[0].id, word, text))
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
    }
};

QTEST_APPLESS_MAIN(TestWords)
#include "tst_words.moc"
