#pragma once

#include <unordered_set>
#include <vector>

#include <QColor>
#include <QFont>
#include <QHash>
#include <QPainter>
#include <QVariantMap>

#include <session/pitch_line.h>

#include "note_index.h"
#include "note_tools.h"
#include "roll_geometry.h"

namespace cantilena::ui {

/// The theme's colours that the roll needs.
struct RollColours {
    QColor white, black, root, bar, beat, keyWhite, keyBlack, keyText, noteText, ghost, selection;
    QColor surface, raised, line, text, textMuted, textFaint, accent, warning;
    QHash<QString, QColor> sections;
    QHash<QString, QColor> roles;

    static RollColours of(const QVariantMap& palette);
};

/// All that a picture of the roll depends on. `song`, `index` and the rest must outlive paint().
struct RollScene {
    RollGeometry geometry;
    const song::Song* song = nullptr;
    const song::Track* track = nullptr;
    const NoteIndex* index = nullptr;
    std::vector<const NoteIndex*> ghosts;
    const RollColours* colours = nullptr;
    const std::unordered_set<song::NoteId>* selected = nullptr;
    const NoteDrag* drag = nullptr;
    const NotePlace* draft = nullptr;                                    ///< a note that is being drawn
    const std::vector<std::vector<session::PitchPoint>>* sung = nullptr; ///< what the voice sings
    const std::vector<QPointF>* stroke = nullptr; ///< a pitch that is being drawn or erased, item pixels
    bool erasing = false;
    bool bending = false; ///< pitches are being worked on: what is sung stands out
    QRectF band;          ///< rubber band in item pixels; null for none
    bool looping = false;
    music::Tick loopStart, loopEnd;
    QFont font;
};

/// Draws the visible part of the roll.
class RollPainter {
public:
    RollPainter(QPainter& painter, const RollScene& scene);
    void paint();
    /// What the words in notes are written in, for rows of so many pixels.
    static QFont noteFont(QFont font, double rowHeight);

private:
    void rows();
    void bars();
    void ghosts();
    void notes();
    void sungLine();
    void stroke();
    /// Where a note's word is written.
    enum class WordPlace { None, Inside, Below, Above };
    /// Words that are wider than their notes stand in the row under or over them, where there is room.
    /// `taken` says by pitch up to where its row is used; notes come by onset.
    WordPlace placeWord(std::size_t note, const QRectF& rect, std::vector<double>& taken) const;
    void note(const RollNote& note, const QRectF& rect, bool selected, WordPlace word, bool plain = false);
    void header();
    void chords();
    void keyboard();
    /// Bars between two numbers or lines, so that they stay apart at the present zoom.
    int barStep(double leastPixels) const;
    QFont sized(int pixels, int weight = QFont::Normal) const;

    QPainter& m_painter;
    const RollScene& m_scene;
    const RollGeometry& m_geometry;
    const RollColours& m_colours;
};

} // namespace cantilena::ui
