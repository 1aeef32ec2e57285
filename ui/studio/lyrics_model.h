#pragma once

#include <string>
#include <vector>

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QStringList>

#include <song/song.h>

namespace cantilena::ui {

class SessionBridge;

/// The lyrics as rows: a heading a section, then its lines, each with its words and how they are spoken.
class LyricsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int currentRow READ currentRow NOTIFY currentRowChanged)
    Q_PROPERTY(bool wordless READ wordless NOTIFY wordlessChanged) ///< a song without a line of words

public:
    enum Role {
        HeadingRole = Qt::UserRole + 1,
        NameRole,
        KindRole,
        LineRole,
        PiecesRole,
        SpacedRole,
        StartRole,
        CurrentRole,
        ReadingsRole,     ///< of each word, what is spoken
        DescriptionsRole, ///< the same for a screen reader
        SyllablesRole,    ///< how many
        RhymeRole,        ///< the letter of the line's rhyme; empty when no other line has it
        RhymesRole,       ///< whether the line keeps that rhyme
    };

    explicit LyricsModel(SessionBridge& bridge, QObject* parent = nullptr);

    /// The row of the line that sounds at the playhead, or of its section's heading; -1 none.
    int currentRow() const { return m_current; }
    bool wordless() const { return m_wordless; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Tells where the playhead is, in ticks.
    Q_INVOKABLE void follow(double tick);
    /// The word as it is typed, without the punctuation around it.
    Q_INVOKABLE QString word(double line, int word) const;
    /// An empty text takes the word out of its line.
    Q_INVOKABLE void retype(double line, int word, const QString& text);

Q_SIGNALS:
    void currentRowChanged();
    void wordlessChanged();

private:
    struct Row {
        song::LineId line; ///< none for a heading
        music::Tick start, end;
        QString name, kind;
        QStringList pieces;
        bool spaced = true;
        QStringList readings, descriptions;
        int syllables = 0;
        QString rhyme;
        bool rhymes = true;

        bool operator==(const Row&) const = default;
    };

    static Row lineRow(const song::Section& section, const song::Line& line, music::Tick sectionStart);
    std::vector<Row> rowsOf(const song::Song& song) const;

    void reload();
    void update();

    SessionBridge& m_bridge;
    std::vector<Row> m_rows;
    std::vector<song::SectionPtr> m_sections;
    int m_current = -1;
    bool m_wordless = false;
};

/// The line's words with the punctuation that follows (or opens) each, as they are shown; one piece a word.
QStringList displayPieces(const song::Line& line);

/// The line and the index of the word that a syllable belongs to.
struct WordPlace {
    song::LineId line;
    std::size_t word = 0;
};
std::optional<WordPlace> wordOf(const song::Song& song, song::SyllableId syllable);
/// The line or word there; nothing when it is gone.
const song::Line* lineOf(const song::Song& song, song::LineId line);
const song::Word* wordAt(const song::Song& song, const WordPlace& place);
/// The word as it is typed, without the punctuation around it; empty when it is gone.
QString wordText(const song::Song& song, const WordPlace& place);

} // namespace cantilena::ui
