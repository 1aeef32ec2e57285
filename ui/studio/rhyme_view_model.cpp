#include "rhyme_view_model.h"

#include <QPointer>

#include "lyrics_model.h"
#include "messages.h"
#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

using session::Wordsmith;

RhymeViewModel::RhymeViewModel(SessionBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::songReplaced, this, &RhymeViewModel::close);
}

QVariantList RhymeViewModel::words(bool fitting) const
{
    QVariantList list;
    for (const session::RhymingWord& word : m_words) {
        if ((word.syllables == m_syllables) == fitting)
            list.append(QVariantMap{{QStringLiteral("text"), fromUtf8(word.text)},
                                    {QStringLiteral("syllables"), static_cast<int>(word.syllables)}});
    }
    return list;
}

void RhymeViewModel::find(double line, int word)
{
    m_words.clear();
    m_notice.clear();
    m_busy = false;
    const song::SongPtr song = m_bridge.song();
    const song::Word* asked =
        song && word >= 0
            ? wordAt(*song, {{static_cast<std::uint64_t>(line)}, static_cast<std::size_t>(word)})
            : nullptr;
    if (asked) {
        m_busy = true;
        m_syllables = asked->syllables.size();
        m_bridge.studio().wordsmith().rhymes(
            song, asked->text,
            [self = QPointer(this)](const Result<std::vector<session::RhymingWord>>& found) {
                if (!self)
                    return;
                self->m_busy = false;
                if (!found)
                    self->m_notice = translatedMessage(QString::fromStdString(found.error().message));
                else if (found->empty())
                    self->m_notice = tr("No word rhymes with it.");
                else
                    self->m_words = *found;
                Q_EMIT self->changed();
            });
    }
    Q_EMIT changed();
}

void RhymeViewModel::close()
{
    m_bridge.studio().wordsmith().cancel(Wordsmith::Question::Rhymes);
    m_busy = false;
    m_words.clear();
    Q_EMIT changed();
}

} // namespace cantilena::ui
