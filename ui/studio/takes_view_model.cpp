#include "takes_view_model.h"

#include <algorithm>

#include <QPointer>

#include "messages.h"
#include "session_bridge.h"

namespace cantilena::ui {

TakesViewModel::TakesViewModel(SessionBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::songReplaced, this, &TakesViewModel::close);
    connect(&bridge, &SessionBridge::songEdited, this, &TakesViewModel::songEdited);
    connect(&bridge, &SessionBridge::languageChanged, this, [this] {
        Q_EMIT openChanged();
        Q_EMIT takesChanged();
    });
}

QString TakesViewModel::part() const
{
    if (!m_before)
        return {};
    const std::int64_t bar = m_before->head.meter.barLength().value;
    const auto first = static_cast<int>(m_start.value / bar) + 1;
    const auto last = static_cast<int>((m_end.value - 1) / bar) + 1;
    return first == last ? tr("Bar %1").arg(first) : tr("Bars %1 to %2").arg(first).arg(last);
}

QStringList TakesViewModel::takes() const
{
    QStringList names{tr("As it was")};
    for (const int number : m_numbers)
        names.append(tr("Take %1").arg(number));
    return names;
}

void TakesViewModel::setVary(bool vary)
{
    if (vary == m_vary)
        return;
    m_vary = vary;
    Q_EMIT wishChanged();
}

void TakesViewModel::setBravery(double bravery)
{
    if (bravery == m_bravery)
        return;
    m_bravery = bravery;
    Q_EMIT wishChanged();
}

void TakesViewModel::begin(double start, double end)
{
    const song::SongPtr song = m_bridge.song();
    if (!song || end <= start)
        return;
    close();
    m_before = song;
    m_start = {static_cast<std::int64_t>(start)};
    m_end = {static_cast<std::int64_t>(end)};
    Q_EMIT openChanged();
    another();
}

void TakesViewModel::another()
{
    if (!m_before || m_busy)
        return;
    m_busy = true;
    m_notice.clear();
    Q_EMIT takesChanged();
    session::TakeWish wish;
    wish.piece = {m_start, m_end, m_vary ? compose::PieceWish::Vary : compose::PieceWish::Anew, ++m_asked};
    wish.bravery = m_bravery;
    m_bridge.studio().tunesmith().take(
        m_before, wish, [self = QPointer(this)](const Result<session::MelodyTake>& take) {
            if (!self)
                return;
            self->m_busy = false;
            if (!take) {
                self->m_notice = translatedMessage(QString::fromStdString(take.error().message));
                Q_EMIT self->takesChanged();
                return;
            }
            if (self->m_takes.size() == kMostTakes) {
                self->m_takes.erase(self->m_takes.begin());
                self->m_numbers.erase(self->m_numbers.begin());
            }
            self->m_takes.push_back(*take);
            self->m_numbers.push_back(static_cast<int>(self->m_asked));
            self->choose(static_cast<int>(self->m_takes.size()));
        });
}

/// The tune as it was. False when the song has been changed otherwise.
bool TakesViewModel::takeBack()
{
    if (!m_after)
        return m_bridge.song() == m_before;
    if (m_bridge.song() != m_after)
        return false;
    m_bridge.studio().undo();
    m_after.reset();
    m_before = m_bridge.song();
    return true;
}

void TakesViewModel::choose(int take)
{
    if (!m_before || take < 0 || static_cast<std::size_t>(take) > m_takes.size())
        return;
    m_changing = true;
    if (!takeBack()) {
        m_changing = false;
        close();
        return;
    }
    m_chosen = 0;
    if (take > 0 && m_bridge.report(m_bridge.studio().putTake(m_takes[static_cast<std::size_t>(take) - 1]))) {
        m_after = m_bridge.song();
        m_chosen = take;
    }
    m_changing = false;
    Q_EMIT takesChanged();
}

void TakesViewModel::keep()
{
    close();
}

void TakesViewModel::cancel()
{
    m_changing = true;
    if (m_before)
        takeBack();
    m_changing = false;
    close();
}

void TakesViewModel::songEdited()
{
    // Another edit, an undo: the song goes its own way.
    if (m_before && !m_changing && m_bridge.song() != (m_after ? m_after : m_before))
        close();
}

void TakesViewModel::close()
{
    if (!m_before)
        return;
    m_bridge.studio().tunesmith().cancel();
    m_before.reset();
    m_after.reset();
    m_takes.clear();
    m_numbers.clear();
    m_chosen = 0;
    m_asked = 0;
    m_busy = false;
    m_notice.clear();
    Q_EMIT openChanged();
    Q_EMIT takesChanged();
}

} // namespace cantilena::ui
