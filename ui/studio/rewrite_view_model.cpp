#include "rewrite_view_model.h"

#include <algorithm>
#include <set>

#include <QPointer>

#include "line_reading.h"
#include "lyrics_model.h"
#include "messages.h"
#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

using session::Wordsmith;

RewriteViewModel::RewriteViewModel(SessionBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::songReplaced, this, &RewriteViewModel::close);
    connect(&bridge, &SessionBridge::songEdited, this, &RewriteViewModel::measure);
    connect(&bridge, &SessionBridge::languageChanged, this, [this] {
        Q_EMIT languageChanged();
        Q_EMIT fitChanged();
    });
}

const song::Line* RewriteViewModel::songLine() const
{
    return m_song ? lineOf(*m_song, m_line) : nullptr;
}

void RewriteViewModel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    Q_EMIT textChanged();
    read();
}

bool RewriteViewModel::changed() const
{
    const song::Line* line = songLine();
    return line && m_text.simplified() != fromUtf8(line->text);
}

QString RewriteViewModel::countText() const
{
    return m_reading ? QStringLiteral("%1 / %2").arg(m_typed).arg(m_syllables) : QString();
}

QString RewriteViewModel::fitText() const
{
    if (!m_reading)
        return {};
    if (m_typed == 0)
        return tr("Type at least one word.");
    if (m_typed == m_syllables)
        return tr("Every syllable has its note.");
    if (m_typed < m_syllables)
        return tr("%n syllable(s) fewer: one is held over several notes.", nullptr,
                  static_cast<int>(m_syllables - m_typed));
    if (m_typed <= m_notes)
        return tr("%n syllable(s) more: held notes are shared out.", nullptr,
                  static_cast<int>(m_typed - m_syllables));
    return tr("%n syllable(s) more: notes are split.", nullptr, static_cast<int>(m_typed - m_syllables));
}

void RewriteViewModel::setEverywhere(bool everywhere)
{
    if (everywhere == m_everywhere)
        return;
    m_everywhere = everywhere;
    Q_EMIT everywhereChanged();
}

QStringList RewriteViewModel::wishes() const
{
    // In the order of compose::LineWish.
    return {tr("Other words"), tr("More like this"), tr("Happier"),
            tr("Sadder"),      tr("Another image"),  tr("Simpler")};
}

QStringList RewriteViewModel::suggestions() const
{
    QStringList texts;
    for (const session::SungLine& line : m_suggestions.lines)
        texts.append(partedText(line));
    return texts;
}

void RewriteViewModel::open(double line)
{
    m_line = {static_cast<std::uint64_t>(line)};
    forget();
    m_everywhere = true;
    m_text.clear();
    m_reading = false;
    measure();
    if (const song::Line* found = songLine())
        setText(fromUtf8(found->text));
    Q_EMIT everywhereChanged();
}

void RewriteViewModel::close()
{
    m_line = {};
    m_song.reset();
    m_repeats.clear();
    m_bridge.studio().wordsmith().cancel(Wordsmith::Question::Reading);
    forget();
    Q_EMIT lineChanged();
}

void RewriteViewModel::forget()
{
    m_bridge.studio().wordsmith().cancel(Wordsmith::Question::OtherLines);
    m_wish = -1;
    m_round = 0;
    m_busy = false;
    m_suggestions = {};
    m_notice.clear();
    Q_EMIT suggestionsChanged();
}

void RewriteViewModel::measure()
{
    if (!m_line)
        return;
    m_song = m_bridge.song();
    const song::Line* line = songLine();
    if (!line) {
        close();
        return;
    }
    m_repeats = m_bridge.studio().repeatsOf(m_line);
    m_syllables = line->syllableCount();
    m_notes = 0;
    std::set<song::SyllableId> sung;
    for (const song::Word& word : line->words) {
        for (const song::Syllable& syllable : word.syllables)
            sung.insert(syllable.id);
    }
    if (const song::TrackPtr melody = m_song->melody())
        m_notes = static_cast<std::size_t>(
            std::count_if(melody->notes.begin(), melody->notes.end(),
                          [&](const song::Note& note) { return sung.contains(note.syllable); }));
    Q_EMIT lineChanged();
    Q_EMIT textChanged();
    Q_EMIT fitChanged();
}

void RewriteViewModel::read()
{
    if (!m_line || !m_song)
        return;
    m_bridge.studio().wordsmith().read(m_text.toStdString(), m_song->head.language,
                                       [self = QPointer(this)](const Result<session::SungLine>& line) {
                                           if (!self || !line)
                                               return;
                                           self->m_typed = line->syllables();
                                           self->m_reading = true;
                                           Q_EMIT self->fitChanged();
                                       });
}

void RewriteViewModel::ask(int wish)
{
    if (!songLine() || wish < 0 || wish >= wishes().size())
        return;
    m_round = wish == m_wish ? m_round + 1 : 0;
    m_wish = wish;
    m_busy = true;
    m_notice.clear();
    Q_EMIT suggestionsChanged();
    m_bridge.studio().wordsmith().otherLines(
        m_song, m_line, static_cast<compose::LineWish>(wish), m_song->head.seed + m_round,
        [self = QPointer(this)](const Result<session::LineSuggestions>& found) {
            if (!self)
                return;
            self->m_busy = false;
            self->m_suggestions = found ? *found : session::LineSuggestions();
            if (!found)
                self->m_notice = translatedMessage(QString::fromStdString(found.error().message));
            else if (found->lines.empty())
                self->m_notice = tr("No other words fit this line; try another wish.");
            Q_EMIT self->suggestionsChanged();
        });
}

void RewriteViewModel::stop()
{
    m_bridge.studio().wordsmith().cancel(Wordsmith::Question::OtherLines);
    m_busy = false;
    Q_EMIT suggestionsChanged();
}

bool RewriteViewModel::replace(const std::string& text, const song::Origin& maker)
{
    const auto lines = m_everywhere ? m_repeats : std::vector<song::LineId>{m_line};
    return m_bridge.report(m_bridge.studio().replaceLines(lines, text, maker));
}

bool RewriteViewModel::take(int suggestion)
{
    if (!m_line || suggestion < 0 || static_cast<std::size_t>(suggestion) >= m_suggestions.lines.size())
        return false;
    return replace(m_suggestions.lines[static_cast<std::size_t>(suggestion)].text, m_suggestions.maker);
}

bool RewriteViewModel::keep()
{
    const QString clean = m_text.simplified();
    if (!m_line || clean.isEmpty() || !changed())
        return true;
    return replace(clean.toStdString(), {});
}

} // namespace cantilena::ui
