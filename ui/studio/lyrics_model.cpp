#include "lyrics_model.h"

#include <algorithm>
#include <string_view>

#include <song/word_ranges.h>

#include "line_reading.h"
#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {

song::LineId lineId(double id)
{
    return {static_cast<std::uint64_t>(id)};
}

bool han(QChar c)
{
    return c.unicode() >= 0x2e80 && c.unicode() < 0xa000;
}

} // namespace

QStringList displayPieces(const song::Line& line)
{
    const std::string_view text = line.text;
    const auto places = song::wordRanges(line);
    QStringList pieces;
    std::size_t from = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!places[i]) { // a word that the line writes in another way
            pieces.append(fromUtf8(line.words[i].text));
            continue;
        }
        const auto [start, end] = *places[i];
        const QString plain = fromUtf8(text.substr(start, end - start));
        // What stands between two words belongs to the first, except opening marks.
        const QString between = fromUtf8(text.substr(from, start - from));
        qsizetype split = 0;
        while (split < between.size() && !between[split].isSpace() &&
               between[split].category() != QChar::Punctuation_Open &&
               between[split].category() != QChar::Punctuation_InitialQuote)
            ++split;
        if (!pieces.isEmpty())
            pieces.last() += between.left(split);
        else
            split = 0;
        pieces.append(between.mid(split).trimmed() + plain);
        from = end;
    }
    if (!pieces.isEmpty())
        pieces.last() += fromUtf8(text.substr(from)).trimmed();
    return pieces;
}

std::optional<WordPlace> wordOf(const song::Song& song, song::SyllableId id)
{
    for (const song::SectionPtr& section : song.sections) {
        for (const song::Line& line : section->lines) {
            for (std::size_t word = 0; word < line.words.size(); ++word) {
                for (const song::Syllable& syllable : line.words[word].syllables) {
                    if (syllable.id == id)
                        return WordPlace{line.id, word};
                }
            }
        }
    }
    return std::nullopt;
}

const song::Line* lineOf(const song::Song& song, song::LineId id)
{
    for (const song::SectionPtr& section : song.sections) {
        for (const song::Line& line : section->lines) {
            if (line.id == id)
                return &line;
        }
    }
    return nullptr;
}

const song::Word* wordAt(const song::Song& song, const WordPlace& place)
{
    const song::Line* line = lineOf(song, place.line);
    return line && place.word < line->words.size() ? &line->words[place.word] : nullptr;
}

QString wordText(const song::Song& song, const WordPlace& place)
{
    const song::Word* word = wordAt(song, place);
    return word ? fromUtf8(word->text) : QString();
}

LyricsModel::LyricsModel(SessionBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::songReplaced, this, &LyricsModel::reload);
    connect(&bridge, &SessionBridge::songEdited, this, &LyricsModel::update);
    connect(&bridge, &SessionBridge::languageChanged, this, &LyricsModel::reload);
    reload();
}

int LyricsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LyricsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case HeadingRole:
        return !row.line;
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case KindRole:
        return row.kind;
    case LineRole:
        return static_cast<double>(row.line.value);
    case PiecesRole:
        return row.pieces;
    case SpacedRole:
        return row.spaced;
    case StartRole:
        return static_cast<double>(row.start.value);
    case CurrentRole:
        return index.row() == m_current;
    case ReadingsRole:
        return row.readings;
    case DescriptionsRole:
        return row.descriptions;
    case SyllablesRole:
        return row.syllables;
    case RhymeRole:
        return row.rhyme;
    case RhymesRole:
        return row.rhymes;
    default:
        return {};
    }
}

QHash<int, QByteArray> LyricsModel::roleNames() const
{
    return {{HeadingRole, "heading"},     {NameRole, "name"},
            {KindRole, "kind"},           {LineRole, "line"},
            {PiecesRole, "pieces"},       {SpacedRole, "spaced"},
            {StartRole, "start"},         {CurrentRole, "current"},
            {ReadingsRole, "readings"},   {DescriptionsRole, "descriptions"},
            {SyllablesRole, "syllables"}, {RhymeRole, "rhyme"},
            {RhymesRole, "rhymes"}};
}

void LyricsModel::follow(double tick)
{
    const music::Tick at{static_cast<std::int64_t>(tick)};
    int found = -1;
    for (std::size_t i = 0; i < m_rows.size() && m_rows[i].start <= at; ++i) {
        if (at < m_rows[i].end)
            found = static_cast<int>(i);
    }
    if (found == m_current)
        return;
    const int before = m_current;
    m_current = found;
    for (const int row : {before, found}) {
        if (row >= 0 && row < rowCount())
            Q_EMIT dataChanged(index(row), index(row), {CurrentRole});
    }
    Q_EMIT currentRowChanged();
}

QString LyricsModel::word(double line, int word) const
{
    const auto song = m_bridge.song();
    return song && word >= 0 ? wordText(*song, {lineId(line), static_cast<std::size_t>(word)}) : QString();
}

void LyricsModel::retype(double line, int word, const QString& text)
{
    const QString clean = text.simplified();
    if (word < 0 || clean == this->word(line, word))
        return;
    m_bridge.report(
        m_bridge.studio().retypeWord(lineId(line), static_cast<std::size_t>(word), clean.toStdString()));
}

void LyricsModel::update()
{
    const auto song = m_bridge.song();
    if (!song || song->sections == m_sections)
        return;
    // Other words in the same lines: the view keeps its place, and the keyboard.
    std::vector<Row> rows = rowsOf(*song);
    const auto samePlace = [](const Row& a, const Row& b) { return a.line == b.line; };
    if (!std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), samePlace)) {
        reload();
        return;
    }
    m_sections = song->sections;
    m_rows.swap(rows);
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[static_cast<std::size_t>(row)] != rows[static_cast<std::size_t>(row)])
            Q_EMIT dataChanged(index(row), index(row));
    }
}

LyricsModel::Row LyricsModel::lineRow(const song::Section& section, const song::Line& line,
                                      music::Tick sectionStart)
{
    Row row;
    row.line = line.id;
    row.start = sectionStart + line.start;
    row.end = row.start + line.length;
    row.name = fromUtf8(line.text);
    row.kind = fromUtf8(song::code(section.kind));
    row.pieces = displayPieces(line);
    row.spaced = std::none_of(row.name.begin(), row.name.end(), han);
    if (!row.spaced) { // a space between Han characters parts phrases
        const auto places = song::wordRanges(line);
        for (qsizetype i = 0; i + 1 < row.pieces.size(); ++i) {
            const auto& place = places[static_cast<std::size_t>(i)];
            if (place && place->end < line.text.size() && line.text[place->end] == ' ')
                row.pieces[i] += QChar::Nbsp;
        }
    }
    for (const song::Word& word : line.words) {
        const language::Word read = readingOf(word);
        row.readings.append(spokenText(read));
        row.descriptions.append(spokenDescription(read));
    }
    row.syllables = static_cast<int>(line.syllableCount());
    if (const std::optional<bool> rhymes = keepsRhyme(section, line)) {
        row.rhyme = QChar::fromLatin1(line.rhyme);
        row.rhymes = *rhymes;
    }
    return row;
}

std::vector<LyricsModel::Row> LyricsModel::rowsOf(const song::Song& song) const
{
    std::vector<Row> rows;
    const music::Tick bar = song.head.meter.barLength();
    music::Tick start;
    for (const song::SectionPtr& section : song.sections) {
        Row heading;
        heading.start = start;
        heading.end = start + bar * section->bars;
        heading.name = sectionName(section->kind, section->name);
        heading.kind = fromUtf8(song::code(section->kind));
        rows.push_back(heading);
        for (const song::Line& line : section->lines)
            rows.push_back(lineRow(*section, line, start));
        start = heading.end;
    }
    return rows;
}

void LyricsModel::reload()
{
    beginResetModel();
    m_rows.clear();
    m_sections.clear();
    m_current = -1;
    if (const auto song = m_bridge.song()) {
        m_sections = song->sections;
        m_rows = rowsOf(*song);
    }
    endResetModel();
    Q_EMIT currentRowChanged();
    const bool wordless = !m_rows.empty() &&
                          std::all_of(m_rows.begin(), m_rows.end(), [](const Row& row) { return !row.line; });
    if (wordless != m_wordless) {
        m_wordless = wordless;
        Q_EMIT wordlessChanged();
    }
}

} // namespace cantilena::ui
