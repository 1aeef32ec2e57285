#include <QTest>

#include <exchange/lrc.h>

using namespace cantilena;

class TestLrc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesAtTheirFirstNotes();
    void emptySong();
};

void TestLrc::linesAtTheirFirstNotes()
{
    song::Song song;
    song.head.title = "Two\nlines";
    song.head.tempo.tempo = {60};
    song::Section section;
    section.id = song.ids.make<song::SectionId>();
    section.bars = 20;
    for (int i = 0; i < 2; ++i) {
        song::Line line;
        line.id = song.ids.make<song::LineId>();
        line.text = i == 0 ? "夜色[ye4 se4]" : "the night [live]";
        line.start = {i * 10 * 3840};
        song::Syllable syllable;
        syllable.id = song.ids.make<song::SyllableId>();
        line.words.push_back({line.text, {syllable}});
        section.lines.push_back(line);
    }
    song::Track melody;
    melody.head.id = song.ids.make<song::TrackId>();
    melody.head.role = song::Role::Melody;
    song::Note note;
    note.id = song.ids.make<song::NoteId>();
    note.onset = {70 * 960 + 480};
    note.duration = {960};
    note.syllable = section.lines[1].words[0].syllables[0].id;
    melody.notes.push_back(note);
    song.tracks.push_back(std::make_shared<const song::Track>(melody));
    song.sections.push_back(std::make_shared<const song::Section>(section));
    QCOMPARE(
        QString::fromStdString(exchange::writeLrc(song)),
        QString::fromUtf8("[ti:Two lines]\n[length:01:20]\n[00:00.00]夜色\n[01:10.50]the night [live]\n"));
}

void TestLrc::emptySong()
{
    QCOMPARE(exchange::writeLrc({}), std::string("[length:00:00]\n"));
}

QTEST_GUILESS_MAIN(TestLrc)
#include "tst_lrc.moc"
