#pragma once

#include <QPointF>
#include <QRectF>

#include <music/pitch.h>
#include <music/tick.h>

namespace cantilena::ui {

/// Where things are in the piano roll: a pure mapping between musical places and the item's pixels. Above the
/// notes lies a header (bars and chords), left of them the keyboard.
struct RollGeometry {
    static constexpr double kGutter = 60; ///< width of the keyboard
    static constexpr double kRuler = 22;  ///< height of the bar numbers
    static constexpr double kHeader = 48; ///< height of bar numbers and chords
    static constexpr double kEdge = 7;    ///< how near to a note's right edge a press takes the edge
    static constexpr int kLowest = 0, kHighest = 127;
    static constexpr double kLeastZoom = 6, kMostZoom = 600; ///< pixels a quarter note
    static constexpr double kLeastRow = 9, kMostRow = 34;

    double width = 0, height = 0; ///< of the item, pixels
    double pixelsPerQuarter = 52;
    double rowHeight = 18; ///< pixels a semitone
    double scrollX = 0;    ///< pixels of the song left of the keyboard's edge
    double scrollY = 0;    ///< pixels of rows above the header's edge
    music::Tick length;    ///< of the song

    bool operator==(const RollGeometry&) const = default;

    double xOf(music::Tick tick) const;
    music::Tick tickAt(double x) const; ///< not below 0
    /// Upper edge of the pitch's row.
    double yOf(int pitch) const;
    int pitchAt(double y) const; ///< bounded to 0..127
    /// The middle of a pitch's row, for pitches between two notes as well, and the pitch at a height.
    double yOfPitch(double midi) const;
    double finePitchAt(double y) const;
    QRectF noteRect(music::Tick onset, music::Tick duration, int pitch) const;

    double viewWidth() const { return width > kGutter ? width - kGutter : 0; }
    double viewHeight() const { return height > kHeader ? height - kHeader : 0; }
    double contentWidth() const; ///< of the whole song and a little room after it
    double contentHeight() const { return rowHeight * (kHighest - kLowest + 1); }
    music::Tick firstTick() const { return tickAt(kGutter); }
    music::Tick lastTick() const { return tickAt(width); }
    int highestPitch() const { return pitchAt(kHeader); }
    int lowestPitch() const { return pitchAt(height); }
    bool inNotes(QPointF point) const { return point.x() >= kGutter && point.y() >= kHeader; }

    /// Keeps the scroll inside the content.
    void clamp();
    /// Changes the time zoom by a factor and keeps the tick at `anchorX` in place.
    void zoom(double factor, double anchorX);
    /// Changes the row height by a factor and keeps the pitch at `anchorY` in place.
    void zoomRows(double factor, double anchorY);
    /// Brings the middle of the two pitches to the middle of the view.
    void centre(int lowPitch, int highPitch);
    /// Scrolls as little as needed to show the rectangle with some room around it.
    void reveal(const QRectF& rect);
};

/// The nearest multiple of the grid, not below 0.
music::Tick snapped(music::Tick tick, music::Tick grid);

inline constexpr music::Tick kSnapGrid = music::kSixteenth;
inline constexpr music::Tick kFineGrid{music::kTicksPerQuarter / 32};

} // namespace cantilena::ui
