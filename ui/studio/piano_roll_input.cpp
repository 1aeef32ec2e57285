// The piano roll's pointer and keyboard.

#include "piano_roll.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCursor>

namespace cantilena::ui {

void PianoRoll::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    const QPointF point = event->position();
    if (point.y() < RollGeometry::kHeader) {
        m_seeking = point.x() >= RollGeometry::kGutter;
        if (m_seeking)
            Q_EMIT seekRequested(static_cast<double>(snapped(m_geometry.tickAt(point.x()), kSnapGrid).value));
        return;
    }
    if (m_bending && melody() && m_geometry.inNotes(point)) {
        beginStroke(point, event->button() == Qt::RightButton);
        return;
    }
    const bool add = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    bool edge = false;
    const auto found = noteAt(point, &edge);
    if (event->button() == Qt::RightButton) {
        if (found && !m_selected.contains(index().notes()[*found].id))
            setSelected({index().notes()[*found].id});
        else if (!found)
            setSelected({});
        if (m_geometry.inNotes(point))
            Q_EMIT menuRequested(point, found.has_value());
        return;
    }
    if (!found) {
        if (point.x() < RollGeometry::kGutter) {
            if (m_session)
                m_session->studio().audition(m_track, {m_geometry.pitchAt(point.y())});
            return;
        }
        if (m_drawing && !add) {
            beginDraft(point);
            return;
        }
        if (!add)
            setSelected({});
        m_bandStart = point;
        m_bandAdds = add;
        return;
    }
    const song::NoteId id = index().notes()[*found].id;
    if (event->modifiers() & Qt::ControlModifier) {
        auto selected = m_selected;
        if (!selected.erase(id))
            selected.insert(id);
        setSelected(std::move(selected));
        return;
    }
    if (!m_selected.contains(id))
        setSelected({id});
    m_drag.emplace(edge ? NoteDrag::Kind::Resize : NoteDrag::Kind::Move, selectedNotes(), id,
                   m_geometry.tickAt(point.x()), m_geometry.pitchAt(point.y()));
}

void PianoRoll::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF point = event->position();
    if (m_seeking) {
        Q_EMIT seekRequested(static_cast<double>(snapped(m_geometry.tickAt(point.x()), kSnapGrid).value));
    } else if (!m_stroke.empty()) {
        m_stroke.push_back(QPointF(std::max(point.x(), RollGeometry::kGutter), point.y()));
        update();
    } else if (m_drag) {
        m_drag->update(m_geometry.tickAt(point.x()), m_geometry.pitchAt(point.y()),
                       event->modifiers() & Qt::ShiftModifier);
        update();
    } else if (m_draft) {
        updateDraft(point, event->modifiers() & Qt::ShiftModifier);
    } else if (m_bandStart) {
        m_band = QRectF(*m_bandStart, point).normalized();
        update();
    }
}

void PianoRoll::mouseReleaseEvent(QMouseEvent*)
{
    if (!m_stroke.empty()) {
        endStroke();
    } else if (m_drag) {
        endDrag();
    } else if (m_draft) {
        endDraft();
    } else if (m_bandStart && !m_band.isNull()) {
        selectInBand(m_band, m_bandAdds);
    }
    mouseUngrabEvent();
}

void PianoRoll::mouseUngrabEvent()
{
    m_drag.reset();
    m_draft.reset();
    m_stroke.clear();
    m_bandStart.reset();
    m_band = {};
    m_seeking = false;
    update();
}

void PianoRoll::selectInBand(const QRectF& band, bool add)
{
    std::unordered_set<song::NoteId> selected = add ? m_selected : std::unordered_set<song::NoteId>{};
    const auto inside = index().visible(m_geometry.tickAt(band.left()), m_geometry.tickAt(band.right()),
                                        m_geometry.pitchAt(band.bottom()), m_geometry.pitchAt(band.top()));
    for (const std::size_t i : inside)
        selected.insert(index().notes()[i].id);
    setSelected(std::move(selected));
}

void PianoRoll::beginDraft(QPointF point)
{
    const song::SongPtr song = this->song();
    if (!song || !m_geometry.inNotes(point) || m_geometry.tickAt(point.x()) >= song->length())
        return;
    const std::int64_t grid = kSnapGrid.value;
    const music::Tick onset{m_geometry.tickAt(point.x()).value / grid * grid};
    m_draft = NotePlace{{}, onset, m_drawnLength, m_geometry.pitchAt(point.y())};
    setSelected({});
    if (m_session)
        m_session->studio().audition(m_track, {m_draft->pitch});
    update();
}

void PianoRoll::updateDraft(QPointF point, bool fine)
{
    const music::Tick grid = fine ? kFineGrid : kSnapGrid;
    const music::Tick end = snapped(m_geometry.tickAt(point.x()), grid);
    m_draft->duration = std::max(end - m_draft->onset, grid);
    update();
}

void PianoRoll::endDraft()
{
    if (!m_draft)
        return;
    const NotePlace draft = *m_draft;
    m_draft.reset();
    m_drawnLength = draft.duration;
    update();
    addNote(draft.onset, draft.duration, draft.pitch);
}

void PianoRoll::beginStroke(QPointF point, bool erasing)
{
    m_erasing = erasing;
    m_stroke = {point};
    update();
}

void PianoRoll::endStroke()
{
    const std::vector<QPointF> drawn = std::exchange(m_stroke, {});
    update();
    if (!m_session || drawn.size() < 2)
        return;
    session::Studio& studio = m_session->studio();
    const auto byX = [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); };
    const auto [left, right] = std::minmax_element(drawn.begin(), drawn.end(), byX);
    if (m_erasing) {
        m_session->report(studio.erasePitch(m_geometry.tickAt(left->x()), m_geometry.tickAt(right->x())));
        return;
    }
    // Where the hand went back, what it drew last counts: one height a pixel.
    std::map<int, double> heights;
    for (std::size_t i = 1; i < drawn.size(); ++i) {
        const QPointF a = drawn[i - 1], b = drawn[i];
        const int steps = std::max(1, static_cast<int>(std::abs(b.x() - a.x())));
        for (int k = 0; k <= steps; ++k) {
            const QPointF p = a + (b - a) * (static_cast<double>(k) / steps);
            heights[static_cast<int>(std::lround(p.x()))] = p.y();
        }
    }
    std::vector<session::PitchPoint> stroke;
    for (const auto& [x, y] : heights) {
        const session::PitchPoint point{m_geometry.tickAt(x), m_geometry.finePitchAt(y)};
        if (stroke.empty() || point.at > stroke.back().at)
            stroke.push_back(point);
    }
    m_session->report(studio.drawPitch(stroke));
}

const std::vector<std::vector<session::PitchPoint>>& PianoRoll::sungLine()
{
    if (m_session && m_sungSong != song()) {
        m_sungSong = song();
        m_sung = m_session->studio().sungLine();
    }
    return m_sung;
}

void PianoRoll::endDrag()
{
    const NoteDrag drag = *m_drag;
    m_drag.reset();
    if (drag.changed())
        commit(drag);
}

void PianoRoll::commit(const NoteDrag& drag)
{
    if (!m_session)
        return;
    session::Studio& studio = m_session->studio();
    const std::vector<NotePlace>& places = drag.places();
    const bool move = drag.kind() == NoteDrag::Kind::Move;
    if (places.size() == 1) {
        const NotePlace& place = places.front();
        m_session->report(move ? studio.moveNote(m_track, place.id, place.onset, {place.pitch})
                               : studio.resizeNote(m_track, place.id, place.duration));
        return;
    }
    std::vector<session::NotePlacement> placements;
    placements.reserve(places.size());
    for (const NotePlace& place : places)
        placements.push_back({place.id, place.onset, place.duration, {place.pitch}});
    m_session->report(studio.placeNotes(m_track, placements));
}

void PianoRoll::nudge(music::Tick later, int higher, music::Tick longer)
{
    const std::vector<RollNote> notes = selectedNotes();
    if (notes.empty())
        return;
    const RollNote& first = notes.front();
    const bool resize = longer != music::Tick{};
    NoteDrag drag(resize ? NoteDrag::Kind::Resize : NoteDrag::Kind::Move, notes, first.id, first.onset,
                  first.pitch);
    drag.update(first.onset + later + longer, first.pitch + higher, later.value % kSnapGrid.value != 0);
    if (drag.changed())
        commit(drag);
}

void PianoRoll::mouseDoubleClickEvent(QMouseEvent* event)
{
    mouseUngrabEvent();
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto found = noteAt(event->position()))
        editWordAt(*found);
    else if (!m_draft)
        beginDraft(event->position());
}

void PianoRoll::hoverMoveEvent(QHoverEvent* event)
{
    bool edge = false;
    const auto note = noteAt(event->position(), &edge);
    const bool draws = m_drawing && m_geometry.inNotes(event->position());
    setCursor(m_bending && melody() && m_geometry.inNotes(event->position()) ? Qt::CrossCursor
              : note && edge                                                 ? Qt::SizeHorCursor
              : note                                                         ? Qt::PointingHandCursor
              : draws                                                        ? Qt::CrossCursor
                                                                             : Qt::ArrowCursor);
    setHint(note);
}

void PianoRoll::hoverLeaveEvent(QHoverEvent*)
{
    setHint(std::nullopt);
}

void PianoRoll::wheelEvent(QWheelEvent* event)
{
    const QPointF pixels =
        event->pixelDelta().isNull() ? QPointF(event->angleDelta()) * 0.6 : QPointF(event->pixelDelta());
    const double main = pixels.y() != 0 ? pixels.y() : pixels.x();
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    if (modifiers & Qt::ControlModifier) {
        const double factor = std::pow(1.0025, main);
        if (modifiers & Qt::ShiftModifier)
            m_geometry.zoomRows(main > 0 ? 1.12 : 1 / 1.12, event->position().y());
        else
            m_geometry.zoom(factor, event->position().x());
    } else if (modifiers & Qt::ShiftModifier) {
        m_geometry.scrollX -= main;
    } else {
        m_geometry.scrollY -= pixels.y();
        m_geometry.scrollX -= pixels.x();
    }
    viewMoved();
    event->accept();
}

void PianoRoll::keyPressEvent(QKeyEvent* event)
{
    const bool alt = event->modifiers() & Qt::AltModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool control = event->modifiers() & Qt::ControlModifier;
    const music::Tick step = alt && shift ? kFineGrid : kSnapGrid;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (alt)
            nudge(step * direction, 0, {});
        else if (shift)
            nudge({}, 0, step * direction);
        else
            selectNeighbour(direction);
        return;
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int direction = event->key() == Qt::Key_Up ? 1 : -1;
        if (alt) {
            nudge({}, direction * (shift ? 12 : 1), {});
        } else {
            m_geometry.scrollY -= direction * m_geometry.rowHeight * 2;
            viewMoved();
        }
        return;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeSelected();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        if (editSelectedWord())
            return;
        break;
    case Qt::Key_Insert:
        addNoteAfterSelection();
        return;
    case Qt::Key_Escape:
        if (m_drag || m_draft || m_bandStart)
            mouseUngrabEvent();
        else
            setSelected({});
        return;
    case Qt::Key_A:
        if (control) {
            selectAll();
            return;
        }
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(1.25);
        return;
    case Qt::Key_Minus:
        zoomBy(0.8);
        return;
    default:
        break;
    }
    event->ignore();
}

} // namespace cantilena::ui
