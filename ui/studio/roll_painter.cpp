#include "roll_painter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QCoreApplication>
#include <QFontMetricsF>

#include "names.h"

namespace cantilena::ui {

namespace {

constexpr std::array<bool, 12> kBlackKey{false, true,  false, true,  false, false,
                                         true,  false, true,  false, true,  false};
constexpr std::size_t kManyNotes =
    1500; // from here on notes are plain boxes: they are too small for corners anyway

constexpr double kLineStep = 1.5; // pixels between two points of the sung line

struct DrumName {
    int key;
    const char* name;
};

constexpr std::array kDrums{
    DrumName{35, QT_TRANSLATE_NOOP("Drums", "Kick")},    DrumName{36, QT_TRANSLATE_NOOP("Drums", "Kick")},
    DrumName{37, QT_TRANSLATE_NOOP("Drums", "Stick")},   DrumName{38, QT_TRANSLATE_NOOP("Drums", "Snare")},
    DrumName{39, QT_TRANSLATE_NOOP("Drums", "Clap")},    DrumName{40, QT_TRANSLATE_NOOP("Drums", "Snare")},
    DrumName{41, QT_TRANSLATE_NOOP("Drums", "Low tom")}, DrumName{42, QT_TRANSLATE_NOOP("Drums", "Hi-hat")},
    DrumName{43, QT_TRANSLATE_NOOP("Drums", "Low tom")}, DrumName{44, QT_TRANSLATE_NOOP("Drums", "Pedal")},
    DrumName{45, QT_TRANSLATE_NOOP("Drums", "Mid tom")}, DrumName{46, QT_TRANSLATE_NOOP("Drums", "Open hat")},
    DrumName{47, QT_TRANSLATE_NOOP("Drums", "Mid tom")}, DrumName{48, QT_TRANSLATE_NOOP("Drums", "High tom")},
    DrumName{49, QT_TRANSLATE_NOOP("Drums", "Crash")},   DrumName{50, QT_TRANSLATE_NOOP("Drums", "High tom")},
    DrumName{51, QT_TRANSLATE_NOOP("Drums", "Ride")},    DrumName{53, QT_TRANSLATE_NOOP("Drums", "Bell")},
    DrumName{54, QT_TRANSLATE_NOOP("Drums", "Tamb.")},   DrumName{56, QT_TRANSLATE_NOOP("Drums", "Cowbell")},
    DrumName{57, QT_TRANSLATE_NOOP("Drums", "Crash")},   DrumName{70, QT_TRANSLATE_NOOP("Drums", "Maracas")},
};

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto blend = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return QColor(blend(a.red(), b.red()), blend(a.green(), b.green()), blend(a.blue(), b.blue()));
}

} // namespace

RollColours RollColours::of(const QVariantMap& palette)
{
    const auto get = [&](const char* name) { return palette.value(QLatin1String(name)).value<QColor>(); };
    RollColours colours;
    colours.white = get("rollWhite");
    colours.black = get("rollBlack");
    colours.root = get("rollRoot");
    colours.bar = get("rollBar");
    colours.beat = get("rollBeat");
    colours.keyWhite = get("keyWhite");
    colours.keyBlack = get("keyBlack");
    colours.keyText = get("keyText");
    colours.noteText = get("noteText");
    colours.ghost = get("noteGhost");
    colours.selection = get("selection");
    colours.surface = get("surface");
    colours.raised = get("raised");
    colours.line = get("line");
    colours.text = get("text");
    colours.textMuted = get("textMuted");
    colours.textFaint = get("textFaint");
    colours.accent = get("accent");
    colours.warning = get("warning");
    const auto group = [&](const char* name, QHash<QString, QColor>& target) {
        const QVariantMap members = palette.value(QLatin1String(name)).toMap();
        for (auto it = members.begin(); it != members.end(); ++it)
            target.insert(it.key(), it->value<QColor>());
    };
    group("sections", colours.sections);
    group("roles", colours.roles);
    return colours;
}

RollPainter::RollPainter(QPainter& painter, const RollScene& scene)
    : m_painter(painter), m_scene(scene), m_geometry(scene.geometry), m_colours(*scene.colours)
{
}

QFont RollPainter::sized(int pixels, int weight) const
{
    QFont font = m_scene.font;
    font.setPixelSize(pixels);
    font.setWeight(static_cast<QFont::Weight>(weight));
    return font;
}

QFont RollPainter::noteFont(QFont font, double rowHeight)
{
    font.setPixelSize(std::clamp(static_cast<int>(rowHeight) - 5, 9, 14));
    font.setWeight(QFont::Medium);
    return font;
}

int RollPainter::barStep(double leastPixels) const
{
    const double bar = static_cast<double>(m_scene.song->head.meter.barLength().value) *
                       m_geometry.pixelsPerQuarter / music::kTicksPerQuarter;
    int step = 1;
    while (bar * step < leastPixels)
        step *= 2;
    return step;
}

void RollPainter::paint()
{
    m_painter.fillRect(QRectF(0, 0, m_geometry.width, m_geometry.height), m_colours.white);
    if (!m_scene.song)
        return;
    m_painter.setClipRect(QRectF(RollGeometry::kGutter, RollGeometry::kHeader, m_geometry.viewWidth(),
                                 m_geometry.viewHeight()));
    rows();
    bars();
    ghosts();
    notes();
    sungLine();
    stroke();
    if (!m_scene.band.isNull()) {
        QColor fill = m_colours.accent;
        fill.setAlphaF(0.12F);
        m_painter.fillRect(m_scene.band, fill);
        m_painter.setPen(QPen(m_colours.accent, 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(m_scene.band);
    }
    m_painter.setClipRect(QRectF(RollGeometry::kGutter, 0, m_geometry.viewWidth(), RollGeometry::kHeader));
    header();
    chords();
    m_painter.setClipRect(QRectF(0, RollGeometry::kHeader, RollGeometry::kGutter, m_geometry.viewHeight()));
    keyboard();
    m_painter.setClipping(false);
    m_painter.fillRect(QRectF(0, 0, RollGeometry::kGutter, RollGeometry::kHeader), m_colours.surface);
    m_painter.fillRect(QRectF(0, RollGeometry::kHeader - 1, m_geometry.width, 1), m_colours.line);
    m_painter.fillRect(QRectF(RollGeometry::kGutter - 1, 0, 1, m_geometry.height), m_colours.line);
}

void RollPainter::rows()
{
    const bool drums = m_scene.track && m_scene.track->head.role == song::Role::Drums;
    const music::Key key = m_scene.song->head.key;
    for (int pitch = m_geometry.lowestPitch(); pitch <= m_geometry.highestPitch(); ++pitch) {
        const int pitchClass = pitch % 12;
        const QRectF row(RollGeometry::kGutter, m_geometry.yOf(pitch), m_geometry.viewWidth(),
                         m_geometry.rowHeight);
        if (drums) {
            if (pitch % 2 == 0)
                m_painter.fillRect(row, m_colours.black);
            continue;
        }
        if (pitchClass == key.tonic)
            m_painter.fillRect(row, m_colours.root);
        else if (kBlackKey[static_cast<std::size_t>(pitchClass)])
            m_painter.fillRect(row, m_colours.black);
        if (pitchClass == 11 || pitchClass == 4)
            m_painter.fillRect(QRectF(row.left(), row.top() - 0.5, row.width(), 1), m_colours.beat);
    }
}

void RollPainter::bars()
{
    const music::Meter meter = m_scene.song->head.meter;
    const std::int64_t bar = meter.barLength().value;
    const std::int64_t beat = music::ticks(1, meter.unit).value;
    const auto line = [&](std::int64_t tick, const QColor& colour) {
        m_painter.fillRect(
            QRectF(std::round(m_geometry.xOf({tick})), RollGeometry::kHeader, 1, m_geometry.viewHeight()),
            colour);
    };
    const double perTick = m_geometry.pixelsPerQuarter / music::kTicksPerQuarter;
    const std::int64_t last = std::min(m_geometry.lastTick().value, m_scene.song->length().value);
    if (static_cast<double>(beat) * perTick >= 14) {
        const std::int64_t half = static_cast<double>(beat) * perTick >= 120 ? beat / 2 : beat;
        for (std::int64_t tick = m_geometry.firstTick().value / half * half; tick <= last; tick += half)
            line(tick, m_colours.beat);
    }
    const std::int64_t step = bar * barStep(10);
    for (std::int64_t tick = m_geometry.firstTick().value / step * step; tick <= last; tick += step)
        line(tick, m_colours.bar);

    // Nothing sounds after the end of the song.
    const double end = m_geometry.xOf(m_scene.song->length());
    if (end < m_geometry.width) {
        QColor shade = m_colours.raised;
        m_painter.fillRect(QRectF(std::max(end, RollGeometry::kGutter), RollGeometry::kHeader,
                                  m_geometry.width - end, m_geometry.viewHeight()),
                           shade);
    }
    if (m_scene.looping) {
        QColor shade = m_colours.accent;
        shade.setAlphaF(0.05F);
        const double left = m_geometry.xOf(m_scene.loopStart);
        m_painter.fillRect(QRectF(left, RollGeometry::kHeader, m_geometry.xOf(m_scene.loopEnd) - left,
                                  m_geometry.viewHeight()),
                           shade);
    }
}

void RollPainter::ghosts()
{
    for (const NoteIndex* index : m_scene.ghosts) {
        for (const std::size_t i : index->visible(m_geometry.firstTick(), m_geometry.lastTick(),
                                                  m_geometry.lowestPitch(), m_geometry.highestPitch())) {
            const RollNote& note = index->notes()[i];
            QRectF rect = m_geometry.noteRect(note.onset, note.end - note.onset, note.pitch);
            m_painter.fillRect(rect.adjusted(0.5, 3, -0.5, -3), m_colours.ghost);
        }
    }
}

void RollPainter::notes()
{
    if (!m_scene.index || !m_scene.track)
        return;
    const std::vector<RollNote>& all = m_scene.index->notes();
    const std::vector<std::size_t> visible =
        m_scene.index->visible(m_geometry.firstTick(), m_geometry.lastTick(), m_geometry.lowestPitch() - 1,
                               m_geometry.highestPitch() + 1);
    const bool many = visible.size() > kManyNotes;
    m_painter.setRenderHint(QPainter::Antialiasing, !many);
    const auto dragged = [&](song::NoteId id) {
        if (!m_scene.drag)
            return false;
        const auto& places = m_scene.drag->places();
        return std::any_of(places.begin(), places.end(), [id](const NotePlace& p) { return p.id == id; });
    };
    std::vector<double> taken(RollGeometry::kHighest + 3, 0);
    for (const std::size_t i : visible) {
        const RollNote& shown = all[i];
        if (m_scene.drag && dragged(shown.id))
            continue;
        const QRectF rect = m_geometry.noteRect(shown.onset, shown.end - shown.onset, shown.pitch);
        const WordPlace word = many ? WordPlace::None : placeWord(i, rect, taken);
        note(shown, rect, m_scene.selected && m_scene.selected->contains(shown.id), word, many);
    }
    if (m_scene.drag) {
        for (const NotePlace& place : m_scene.drag->places()) {
            if (const auto i = m_scene.index->find(place.id))
                note(all[*i], m_geometry.noteRect(place.onset, place.duration, place.pitch), true,
                     WordPlace::Below);
        }
    }
    if (const NotePlace* draft = m_scene.draft) {
        RollNote drawn;
        drawn.velocity = 127;
        note(drawn, m_geometry.noteRect(draft->onset, draft->duration, draft->pitch), true, WordPlace::None);
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void RollPainter::sungLine()
{
    if (!m_scene.sung)
        return;
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    // A bright line with a dark rim is seen on notes and between them; words are read through a faint one.
    QColor rim = m_colours.white;
    rim.setAlphaF(0.75F);
    QColor ink = m_colours.text;
    ink.setAlphaF(m_scene.bending ? 1.0F : 0.4F);
    const music::Tick first = m_geometry.firstTick(), last = m_geometry.lastTick();
    QPolygonF points;
    for (const std::vector<session::PitchPoint>& line : *m_scene.sung) {
        if (line.back().at < first || line.front().at > last)
            continue;
        points.clear();
        const auto before = [](const session::PitchPoint& p, music::Tick tick) { return p.at < tick; };
        auto it = std::lower_bound(line.begin(), line.end(), first, before);
        it -= it == line.begin() ? 0 : 1;
        for (; it != line.end() && (points.empty() || points.last().x() <= m_geometry.width); ++it) {
            const double x = m_geometry.xOf(it->at);
            if (points.empty() || x - points.last().x() >= kLineStep || it + 1 == line.end())
                points.append(QPointF(x, m_geometry.yOfPitch(it->midi)));
        }
        if (points.size() < 2)
            continue;
        m_painter.setBrush(Qt::NoBrush);
        if (m_scene.bending) {
            m_painter.setPen(QPen(rim, 3.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            m_painter.drawPolyline(points);
        }
        m_painter.setPen(QPen(ink, m_scene.bending ? 1.5 : 1.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.drawPolyline(points);
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void RollPainter::stroke()
{
    if (!m_scene.stroke || m_scene.stroke->empty())
        return;
    if (m_scene.erasing) {
        const auto [left, right] =
            std::minmax_element(m_scene.stroke->begin(), m_scene.stroke->end(),
                                [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); });
        QColor fill = m_colours.warning;
        fill.setAlphaF(0.16F);
        m_painter.fillRect(QRectF(left->x(), RollGeometry::kHeader, std::max(1.0, right->x() - left->x()),
                                  m_geometry.viewHeight()),
                           fill);
        return;
    }
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_colours.accent, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.drawPolyline(m_scene.stroke->data(), static_cast<int>(m_scene.stroke->size()));
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

RollPainter::WordPlace RollPainter::placeWord(std::size_t number, const QRectF& rect,
                                              std::vector<double>& taken) const
{
    constexpr std::size_t kAhead = 8; // no word is wider than so many notes
    const std::vector<RollNote>& all = m_scene.index->notes();
    const RollNote& note = all[number];
    const auto row = [](int pitch) { return static_cast<std::size_t>(pitch) + 1; };
    const double before = taken[row(note.pitch)];
    taken[row(note.pitch)] = std::max(before, rect.right());
    if (note.text.isEmpty() || m_geometry.rowHeight < 12)
        return WordPlace::None;
    const double width =
        QFontMetricsF(noteFont(m_scene.font, m_geometry.rowHeight)).horizontalAdvance(note.text);
    if (width + 7 <= rect.width() - 1.5)
        return WordPlace::Inside;
    const auto free = [&](int pitch) {
        if (taken[row(pitch)] > rect.left())
            return false;
        for (std::size_t i = number + 1; i < std::min(number + kAhead, all.size()); ++i)
            if (all[i].pitch == pitch && m_geometry.xOf(all[i].onset) < rect.left() + width + 2)
                return false;
        return true;
    };
    for (const WordPlace place : {WordPlace::Below, WordPlace::Above}) {
        const int pitch = place == WordPlace::Below ? note.pitch - 1 : note.pitch + 1;
        if (!free(pitch))
            continue;
        taken[row(pitch)] = rect.left() + width + 4;
        return place;
    }
    return WordPlace::None;
}

void RollPainter::note(const RollNote& note, const QRectF& rect, bool selected, WordPlace word, bool plain)
{
    const song::TrackHead& head = m_scene.track->head;
    const QColor role = m_colours.roles.value(fromUtf8(song::code(head.role)), m_colours.accent);
    const double strength = head.mix.mute ? 0.35 : head.vocal ? 1.0 : 0.55 + 0.45 * note.velocity / 127.0;
    const QColor fill = mixed(m_colours.white, role, strength);
    const QRectF box = rect.adjusted(0.5, 1, -1, -1);
    const QRectF body(box.left(), box.top(), std::max(2.0, box.width()), box.height());

    if (plain || body.width() < 5) {
        m_painter.fillRect(body, selected ? m_colours.selection : fill);
    } else {
        m_painter.setPen(selected ? QPen(m_colours.selection, 2) : Qt::NoPen);
        m_painter.setBrush(fill);
        m_painter.drawRoundedRect(body, 3.5, 3.5);
    }

    if (selected && word == WordPlace::None)
        word = WordPlace::Below;
    if (note.text.isEmpty() || m_geometry.rowHeight < 12 || word == WordPlace::None || plain)
        return;
    const QFont font = noteFont(m_scene.font, m_geometry.rowHeight);
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(note.text) + 7 <= body.width())
        word = WordPlace::Inside;
    m_painter.setFont(font);
    m_painter.setPen(word == WordPlace::Inside && strength > 0.5 ? m_colours.noteText : m_colours.text);
    const double middle = (metrics.ascent() - metrics.descent()) / 2;
    if (word == WordPlace::Inside)
        m_painter.drawText(QPointF(body.left() + 5, body.center().y() + middle - 0.5), note.text);
    else if (word == WordPlace::Below)
        m_painter.drawText(QPointF(body.left() + 1, body.bottom() + metrics.ascent()), note.text);
    else
        m_painter.drawText(QPointF(body.left() + 1, body.top() - metrics.descent()), note.text);
    if (note.guessed) {
        m_painter.setPen(QPen(m_colours.warning, 1.5, Qt::DotLine));
        m_painter.drawLine(QPointF(body.left() + 4, body.bottom() - 1.5),
                           QPointF(body.right() - 4, body.bottom() - 1.5));
    }
}

void RollPainter::header()
{
    const song::Song& song = *m_scene.song;
    m_painter.fillRect(QRectF(RollGeometry::kGutter, 0, m_geometry.viewWidth(), RollGeometry::kHeader),
                       m_colours.surface);
    if (m_scene.looping) {
        const double left = m_geometry.xOf(m_scene.loopStart);
        QColor shade = m_colours.accent;
        shade.setAlphaF(0.2F);
        m_painter.fillRect(QRectF(left, 0, m_geometry.xOf(m_scene.loopEnd) - left, RollGeometry::kRuler),
                           shade);
    }
    const std::int64_t bar = song.head.meter.barLength().value;
    const int step = barStep(36);
    m_painter.setFont(sized(11));
    const std::int64_t last = std::min(m_geometry.lastTick().value, song.length().value - 1);
    for (std::int64_t number = m_geometry.firstTick().value / bar / step * step; number * bar <= last;
         number += step) {
        const double x = std::round(m_geometry.xOf({number * bar}));
        m_painter.fillRect(QRectF(x, 6, 1, RollGeometry::kRuler - 6), m_colours.bar);
        m_painter.setPen(m_colours.textMuted);
        m_painter.drawText(QPointF(x + 5, 15), QString::number(number + 1));
    }
    m_painter.fillRect(QRectF(RollGeometry::kGutter, RollGeometry::kRuler, m_geometry.viewWidth(), 1),
                       m_colours.line);

    music::Tick start;
    for (const song::SectionPtr& section : song.sections) {
        const music::Tick end = start + song.head.meter.barLength() * section->bars;
        const double left = m_geometry.xOf(start), right = m_geometry.xOf(end);
        if (right > RollGeometry::kGutter && left < m_geometry.width) {
            const QColor colour =
                m_colours.sections.value(fromUtf8(song::code(section->kind)), m_colours.textMuted);
            m_painter.fillRect(QRectF(left, 0, right - left - 1, 3), colour);
        }
        start = end;
    }
}

void RollPainter::chords()
{
    const song::Song& song = *m_scene.song;
    const QFont font = sized(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    m_painter.setFont(font);
    const double top = RollGeometry::kRuler + 1, height = RollGeometry::kHeader - RollGeometry::kRuler - 2;
    const std::vector<song::ChordEvent>& chords = *song.chords;
    for (std::size_t i = 0; i < chords.size(); ++i) {
        const song::ChordEvent& event = chords[i];
        const double left = m_geometry.xOf(event.onset);
        const double right = m_geometry.xOf(event.onset + event.duration);
        if (right < RollGeometry::kGutter || left > m_geometry.width)
            continue;
        m_painter.fillRect(QRectF(std::round(left), top, 1, height), m_colours.beat);
        const QString symbol = chordName(event.chord, song.head.key);
        // A chord that began left of the view keeps its symbol in view.
        const double at = std::max(left, RollGeometry::kGutter) + 6;
        if (metrics.horizontalAdvance(symbol) + 8 > right - at + 6)
            continue;
        m_painter.setPen(m_colours.text);
        m_painter.drawText(QPointF(at, top + height / 2 + (metrics.ascent() - metrics.descent()) / 2),
                           symbol);
    }
}

void RollPainter::keyboard()
{
    const double width = RollGeometry::kGutter - 1;
    m_painter.setFont(sized(std::clamp(static_cast<int>(m_geometry.rowHeight) - 6, 8, 11)));
    if (m_scene.track && m_scene.track->head.role == song::Role::Drums) {
        m_painter.fillRect(QRectF(0, RollGeometry::kHeader, width, m_geometry.viewHeight()),
                           m_colours.surface);
        m_painter.setPen(m_colours.textMuted);
        for (const DrumName& drum : kDrums) {
            const QRectF row(6, m_geometry.yOf(drum.key), width - 8, m_geometry.rowHeight);
            m_painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
                               QCoreApplication::translate("Drums", drum.name));
        }
        return;
    }
    m_painter.fillRect(QRectF(0, RollGeometry::kHeader, width, m_geometry.viewHeight()), m_colours.keyWhite);
    const bool flats = m_scene.song->head.key.usesFlats();
    for (int pitch = m_geometry.lowestPitch(); pitch <= m_geometry.highestPitch(); ++pitch) {
        const int pitchClass = pitch % 12;
        const double y = m_geometry.yOf(pitch);
        if (kBlackKey[static_cast<std::size_t>(pitchClass)]) {
            m_painter.fillRect(QRectF(0, y, width, m_geometry.rowHeight), m_colours.keyWhite);
            m_painter.fillRect(QRectF(0, y + 1, width * 0.58, m_geometry.rowHeight - 2), m_colours.keyBlack);
            m_painter.fillRect(QRectF(width * 0.58, y + m_geometry.rowHeight / 2, width * 0.42, 1),
                               m_colours.line);
            continue;
        }
        if (pitchClass == 11 || pitchClass == 4)
            m_painter.fillRect(QRectF(0, y - 0.5, width, 1), m_colours.line);
        if (pitchClass == 0 || m_geometry.rowHeight >= 16) {
            m_painter.setPen(m_colours.keyText);
            const QString name = QString::fromStdString(music::pitchName({pitch}, flats));
            m_painter.drawText(QRectF(0, y, width - 5, m_geometry.rowHeight),
                               Qt::AlignVCenter | Qt::AlignRight, name);
        }
    }
}

} // namespace cantilena::ui
