#include "piano_roll.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include "lyrics_model.h"
#include "names.h"
#include "transport_view_model.h"

namespace cantilena::ui {

namespace {
const NoteIndex kNoNotes;
constexpr double kFollowMargin = 0.12; // where the playhead comes to stand after the view has turned a page
} // namespace

PianoRoll::PianoRoll(QQuickItem* parent) : QQuickPaintedItem(parent)
{
    setOpaquePainting(true);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::RightButton);
    setAcceptHoverEvents(true);
    setFlag(ItemIsFocusScope, false);
    setActiveFocusOnTab(true);
}

void PianoRoll::paint(QPainter* painter)
{
    const song::SongPtr song = this->song();
    RollScene scene;
    scene.geometry = m_geometry;
    scene.song = song.get();
    scene.colours = &m_colours;
    scene.selected = &m_selected;
    scene.drag = m_drag ? &*m_drag : nullptr;
    scene.draft = m_draft ? &*m_draft : nullptr;
    scene.band = m_band;
    scene.stroke = m_stroke.empty() ? nullptr : &m_stroke;
    scene.erasing = m_erasing;
    scene.bending = m_bending;
    scene.looping = m_looping;
    scene.loopStart = m_loopStart;
    scene.loopEnd = m_loopEnd;
    scene.font = QGuiApplication::font();
    for (const auto& [id, shared] : m_indexes) {
        if (id == m_track) {
            scene.track = shared.track.get();
            if (melody() && scene.track->head.vocal)
                scene.sung = &sungLine();
            scene.index = &shared.index;
        } else if (shared.track->head.role != song::Role::Drums && !shared.track->head.mix.mute) {
            scene.ghosts.push_back(&shared.index);
        }
    }
    if (scene.track && scene.track->head.role == song::Role::Drums)
        scene.ghosts.clear(); // their rows are drums, not pitches
    RollPainter(*painter, scene).paint();
}

void PianoRoll::setSession(SessionBridge* session)
{
    if (session == m_session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &SessionBridge::songReplaced, this, &PianoRoll::songReplaced);
        connect(session, &SessionBridge::songEdited, this, &PianoRoll::songEdited);
        connect(session, &SessionBridge::languageChanged, this, [this] { update(); });
        connect(session, &QObject::destroyed, this, [this] { m_session = nullptr; });
    }
    Q_EMIT sessionChanged();
    songReplaced();
}

void PianoRoll::setTrack(double id)
{
    const song::TrackId track{static_cast<std::uint64_t>(id)};
    if (track == m_track)
        return;
    m_track = track;
    m_drag.reset();
    setSelected({});
    m_centred = false;
    centreOnNotes();
    Q_EMIT trackChanged();
    update();
}

void PianoRoll::setPalette(const QVariantMap& palette)
{
    m_palette = palette;
    m_colours = RollColours::of(palette);
    Q_EMIT paletteChanged();
    update();
}

void PianoRoll::setPlayhead(double tick)
{
    if (tick == m_playhead)
        return;
    m_playhead = tick;
    Q_EMIT playheadChanged();
    followPlayhead();
    Q_EMIT playheadXChanged();
}

double PianoRoll::playheadX() const
{
    return m_geometry.xOf({std::llround(m_playhead)});
}

void PianoRoll::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    Q_EMIT followingChanged();
}

void PianoRoll::setLooping(bool looping)
{
    m_looping = looping;
    Q_EMIT loopChanged();
    update();
}

void PianoRoll::setLoopStart(double tick)
{
    m_loopStart = {std::llround(tick)};
    Q_EMIT loopChanged();
    update();
}

void PianoRoll::setLoopEnd(double tick)
{
    m_loopEnd = {std::llround(tick)};
    Q_EMIT loopChanged();
    update();
}

double PianoRoll::xSize() const
{
    return std::min(1.0, m_geometry.viewWidth() / std::max(1.0, m_geometry.contentWidth()));
}

double PianoRoll::xPosition() const
{
    return m_geometry.scrollX / std::max(1.0, m_geometry.contentWidth());
}

double PianoRoll::ySize() const
{
    return std::min(1.0, m_geometry.viewHeight() / m_geometry.contentHeight());
}

double PianoRoll::yPosition() const
{
    return m_geometry.scrollY / m_geometry.contentHeight();
}

QString PianoRoll::description() const
{
    const song::SongPtr song = this->song();
    const std::vector<RollNote> notes = selectedNotes();
    if (!song || notes.empty())
        return tr("No note selected");
    if (notes.size() > 1)
        return tr("%n note(s) selected", nullptr, static_cast<int>(notes.size()));
    const RollNote& note = notes.front();
    const QString pitch = QString::fromStdString(music::pitchName({note.pitch}, song->head.key.usesFlats()));
    const QString place = tr("%1 at %2").arg(pitch, barBeatText(note.onset, song->head.meter));
    return note.text.isEmpty() ? place : tr("%1, “%2”").arg(place, note.text);
}

void PianoRoll::scrollToX(double position)
{
    m_geometry.scrollX = position * m_geometry.contentWidth();
    viewMoved();
}

void PianoRoll::scrollToY(double position)
{
    m_geometry.scrollY = position * m_geometry.contentHeight();
    viewMoved();
}

void PianoRoll::zoomBy(double factor)
{
    m_geometry.zoom(factor, RollGeometry::kGutter + m_geometry.viewWidth() / 2);
    viewMoved();
}

bool PianoRoll::editSelectedWord()
{
    const auto found = m_selected.size() == 1 ? index().find(*m_selected.begin()) : std::nullopt;
    return found && editWordAt(*found);
}

bool PianoRoll::editWordAt(std::size_t note)
{
    const song::SongPtr song = this->song();
    const RollNote& shown = index().notes()[note];
    const auto place = song && shown.syllable ? wordOf(*song, shown.syllable) : std::nullopt;
    if (!place)
        return false;
    const QRectF rect = m_geometry.noteRect(shown.onset, shown.end - shown.onset, shown.pitch);
    Q_EMIT wordEditRequested(static_cast<double>(place->line.value), static_cast<int>(place->word), rect);
    return true;
}

bool PianoRoll::singleWord() const
{
    const std::vector<RollNote> notes = selectedNotes();
    return notes.size() == 1 && notes.front().syllable;
}

bool PianoRoll::melody() const
{
    const song::SongPtr song = this->song();
    const song::TrackPtr melody = song ? song->melody() : nullptr;
    return melody && melody->head.id == m_track;
}

QPointF PianoRoll::chosenSpan() const
{
    const song::SongPtr song = this->song();
    if (!song)
        return {};
    const std::vector<RollNote> notes = selectedNotes();
    if (!notes.empty()) {
        music::Tick start = notes.front().onset, end = notes.front().end;
        for (const RollNote& note : notes) {
            start = std::min(start, note.onset);
            end = std::max(end, note.end);
        }
        return {static_cast<double>(start.value), static_cast<double>(end.value)};
    }
    const music::Tick playhead{static_cast<std::int64_t>(m_playhead)};
    for (const song::SectionPtr& section : song->sections) {
        const music::Tick start = song->sectionStart(section->id), end = song->sectionEnd(section->id);
        const bool sung =
            std::any_of(index().notes().begin(), index().notes().end(),
                        [&](const RollNote& note) { return note.onset >= start && note.onset < end; });
        if (sung && end > playhead)
            return {static_cast<double>(start.value), static_cast<double>(end.value)};
    }
    return {};
}

void PianoRoll::reveal(double start, double end)
{
    const double left = m_geometry.xOf({static_cast<std::int64_t>(start)});
    const double right = m_geometry.xOf({static_cast<std::int64_t>(end)});
    if (left >= RollGeometry::kGutter && right <= width())
        return;
    constexpr double kMargin = 24; // pixels
    m_geometry.scrollX = std::max(0.0, m_geometry.scrollX + left - RollGeometry::kGutter - kMargin);
    viewMoved();
}

void PianoRoll::setDrawing(bool drawing)
{
    if (drawing == m_drawing)
        return;
    m_drawing = drawing;
    Q_EMIT drawingChanged();
}

void PianoRoll::setBending(bool bending)
{
    if (bending == m_bending)
        return;
    m_bending = bending;
    update();
    Q_EMIT bendingChanged();
}

void PianoRoll::addNoteAfterSelection()
{
    const song::SongPtr song = this->song();
    if (!song)
        return;
    const std::vector<RollNote> selected = selectedNotes();
    music::Tick onset = snapped({std::llround(m_playhead)}, kSnapGrid);
    int pitch = 60;
    if (!selected.empty()) {
        onset = selected.back().end;
        pitch = selected.back().pitch;
    } else if (const auto range = index().range()) {
        pitch = (range->first + range->second) / 2;
    }
    addNote(onset, m_drawnLength, pitch);
}

void PianoRoll::addNoteAt(QPointF place)
{
    beginDraft(place);
    endDraft();
}

void PianoRoll::addNote(music::Tick onset, music::Tick duration, int pitch)
{
    if (!m_session || !song())
        return;
    const Result<song::NoteId> added = m_session->studio().addNote(m_track, onset, duration, {pitch});
    if (!added) {
        m_session->report(added.error());
        return;
    }
    setSelected({*added});
    if (const auto found = index().find(*added)) {
        const RollNote& note = index().notes()[*found];
        m_geometry.reveal(m_geometry.noteRect(note.onset, note.end - note.onset, note.pitch));
        viewMoved();
    }
}

void PianoRoll::setHint(std::optional<std::size_t> note)
{
    QString hint;
    QRectF place;
    const song::SongPtr song = this->song();
    if (note && song) {
        const RollNote& shown = index().notes()[*note];
        place = m_geometry.noteRect(shown.onset, shown.end - shown.onset, shown.pitch);
        const auto word = shown.syllable ? wordOf(*song, shown.syllable) : std::nullopt;
        const double width =
            QFontMetricsF(RollPainter::noteFont(QGuiApplication::font(), m_geometry.rowHeight))
                .horizontalAdvance(shown.text);
        if (word && width + 7 > place.width() - 1.5)
            hint = wordText(*song, *word);
    }
    if (hint == m_hint && place == m_hintPlace)
        return;
    m_hint = hint;
    m_hintPlace = place;
    Q_EMIT hintChanged();
}

void PianoRoll::selectNeighbour(int direction)
{
    const std::vector<RollNote>& notes = index().notes();
    if (notes.empty())
        return;
    std::size_t target = 0;
    const std::vector<RollNote> selected = selectedNotes();
    if (selected.empty()) { // the first note that is in view
        const auto visible = index().visible(m_geometry.firstTick(), m_geometry.lastTick(), 0, 127);
        target = visible.empty() ? 0 : visible.front();
    } else {
        const auto at = index().find(direction > 0 ? selected.back().id : selected.front().id);
        const auto last = static_cast<std::int64_t>(notes.size()) - 1;
        target = static_cast<std::size_t>(
            std::clamp<std::int64_t>(static_cast<std::int64_t>(at.value_or(0)) + direction, 0, last));
    }
    setSelected({notes[target].id});
    m_geometry.reveal(m_geometry.noteRect(notes[target].onset, notes[target].end - notes[target].onset,
                                          notes[target].pitch));
    viewMoved();
}

void PianoRoll::selectAll()
{
    std::unordered_set<song::NoteId> all;
    for (const RollNote& note : index().notes())
        all.insert(note.id);
    setSelected(std::move(all));
}

void PianoRoll::removeSelected()
{
    std::vector<song::NoteId> ids;
    for (const RollNote& note : selectedNotes())
        ids.push_back(note.id);
    if (!ids.empty() && m_session)
        m_session->report(m_session->studio().removeNotes(m_track, ids));
}

const NoteIndex& PianoRoll::index() const
{
    const auto it = m_indexes.find(m_track);
    return it == m_indexes.end() ? kNoNotes : it->second.index;
}

void PianoRoll::songReplaced()
{
    m_drag.reset();
    m_draft.reset();
    setHint(std::nullopt);
    m_indexes.clear();
    m_texts.clear();
    m_sections.clear();
    m_selected.clear();
    m_centred = false;
    m_geometry.scrollX = 0;
    rebuild();
    centreOnNotes();
    viewMoved();
    Q_EMIT selectionChanged();
}

void PianoRoll::songEdited()
{
    m_drag.reset();
    m_draft.reset();
    setHint(std::nullopt);
    rebuild();
    readSelection();
    viewMoved();
}

void PianoRoll::rebuild()
{
    m_song = song();
    if (!m_song) {
        m_indexes.clear();
        return;
    }
    m_geometry.length = m_song->length();
    bool words = false;
    if (m_song->sections != m_sections) {
        m_sections = m_song->sections;
        m_texts = syllableTexts(*m_song);
        words = true;
    }
    std::map<song::TrackId, Shared> indexes;
    for (const song::TrackPtr& track : m_song->tracks) {
        const auto known = m_indexes.find(track->head.id);
        const bool sung = track->head.role == song::Role::Melody;
        if (known != m_indexes.end() && known->second.track == track && !(sung && words))
            indexes.emplace(track->head.id, std::move(known->second));
        else
            indexes.emplace(track->head.id, Shared{track, NoteIndex(*track, m_texts)});
    }
    m_indexes = std::move(indexes);
}

void PianoRoll::centreOnNotes()
{
    if (m_centred || m_geometry.viewHeight() <= 0)
        return;
    if (const auto range = index().range()) {
        m_geometry.centre(range->first, range->second);
        m_centred = true;
        viewMoved();
    }
}

void PianoRoll::viewMoved()
{
    m_geometry.clamp();
    setHint(std::nullopt);
    Q_EMIT viewChanged();
    Q_EMIT playheadXChanged();
    update();
}

void PianoRoll::followPlayhead()
{
    if (!m_following || m_drag || m_draft || m_bandStart)
        return;
    const double x = playheadX();
    if (x >= RollGeometry::kGutter && x <= m_geometry.width - 24)
        return;
    m_geometry.scrollX += x - RollGeometry::kGutter - m_geometry.viewWidth() * kFollowMargin;
    viewMoved();
}

void PianoRoll::setSelected(std::unordered_set<song::NoteId> selected, bool tellSession)
{
    if (selected == m_selected)
        return;
    m_selected = std::move(selected);
    if (tellSession && m_session && song()) {
        song::Selection told = m_session->studio().selection();
        told.track = m_track;
        told.notes.clear();
        for (const RollNote& note : selectedNotes())
            told.notes.push_back(note.id);
        m_session->studio().setSelection(std::move(told));
    }
    Q_EMIT selectionChanged();
    update();
}

void PianoRoll::readSelection()
{
    const song::Selection told = m_session->studio().selection();
    std::unordered_set<song::NoteId> selected;
    if (told.track == m_track)
        selected.insert(told.notes.begin(), told.notes.end());
    else
        selected = m_selected;
    std::erase_if(selected, [this](song::NoteId id) { return !index().find(id); });
    setSelected(std::move(selected), false);
}

std::optional<std::size_t> PianoRoll::noteAt(QPointF point, bool* onEdge) const
{
    if (!m_geometry.inNotes(point))
        return std::nullopt;
    const int pitch = m_geometry.pitchAt(point.y());
    auto found = index().at(m_geometry.tickAt(point.x()), pitch);
    if (!found) // the outer half of the edge
        found = index().at(m_geometry.tickAt(point.x() - RollGeometry::kEdge / 2), pitch);
    if (found && onEdge) {
        const RollNote& note = index().notes()[*found];
        const double left = m_geometry.xOf(note.onset), right = m_geometry.xOf(note.end);
        *onEdge = point.x() >= right - std::min(RollGeometry::kEdge, (right - left) / 3);
    }
    return found;
}

std::vector<RollNote> PianoRoll::selectedNotes() const
{
    std::vector<RollNote> notes;
    if (m_selected.empty())
        return notes;
    for (const RollNote& note : index().notes()) {
        if (m_selected.contains(note.id))
            notes.push_back(note);
    }
    return notes;
}

void PianoRoll::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickPaintedItem::geometryChange(now, before);
    m_geometry.width = now.width();
    m_geometry.height = now.height();
    centreOnNotes();
    viewMoved();
}

} // namespace cantilena::ui
