#include "roll_geometry.h"

#include <algorithm>
#include <cmath>

namespace cantilena::ui {

namespace {
constexpr double kRoom = 40; // pixels kept around what is revealed
}

double RollGeometry::xOf(music::Tick tick) const
{
    return kGutter - scrollX + static_cast<double>(tick.value) * pixelsPerQuarter / music::kTicksPerQuarter;
}

music::Tick RollGeometry::tickAt(double x) const
{
    const double ticks = (x - kGutter + scrollX) * music::kTicksPerQuarter / pixelsPerQuarter;
    return {std::max<std::int64_t>(0, std::llround(ticks))};
}

double RollGeometry::yOf(int pitch) const
{
    return kHeader - scrollY + (kHighest - pitch) * rowHeight;
}

double RollGeometry::yOfPitch(double midi) const
{
    return yOf(0) + rowHeight * (0.5 - midi);
}

double RollGeometry::finePitchAt(double y) const
{
    return std::clamp(0.5 + (yOf(0) - y) / rowHeight, static_cast<double>(kLowest),
                      static_cast<double>(kHighest));
}

int RollGeometry::pitchAt(double y) const
{
    const int row = static_cast<int>(std::floor((y - kHeader + scrollY) / rowHeight));
    return std::clamp(kHighest - row, kLowest, kHighest);
}

QRectF RollGeometry::noteRect(music::Tick onset, music::Tick duration, int pitch) const
{
    const double left = xOf(onset);
    return {left, yOf(pitch), xOf(onset + duration) - left, rowHeight};
}

double RollGeometry::contentWidth() const
{
    return static_cast<double>(length.value) * pixelsPerQuarter / music::kTicksPerQuarter +
           viewWidth() * 0.25;
}

void RollGeometry::clamp()
{
    scrollX = std::clamp(scrollX, 0.0, std::max(0.0, contentWidth() - viewWidth()));
    scrollY = std::clamp(scrollY, 0.0, std::max(0.0, contentHeight() - viewHeight()));
}

void RollGeometry::zoom(double factor, double anchorX)
{
    const double before = pixelsPerQuarter;
    pixelsPerQuarter = std::clamp(pixelsPerQuarter * factor, kLeastZoom, kMostZoom);
    const double offset = anchorX - kGutter;
    scrollX = (scrollX + offset) * pixelsPerQuarter / before - offset;
    clamp();
}

void RollGeometry::zoomRows(double factor, double anchorY)
{
    const double before = rowHeight;
    rowHeight = std::clamp(std::round(rowHeight * factor), kLeastRow, kMostRow);
    const double offset = anchorY - kHeader;
    scrollY = (scrollY + offset) * rowHeight / before - offset;
    clamp();
}

void RollGeometry::centre(int lowPitch, int highPitch)
{
    const double middle = (kHighest - (lowPitch + highPitch) / 2.0 + 0.5) * rowHeight;
    scrollY = middle - viewHeight() / 2;
    clamp();
}

void RollGeometry::reveal(const QRectF& rect)
{
    if (rect.left() < kGutter + kRoom)
        scrollX -= kGutter + kRoom - rect.left();
    else if (rect.right() > width - kRoom)
        scrollX += std::min(rect.right() - width + kRoom, rect.left() - kGutter - kRoom);
    if (rect.top() < kHeader + kRoom)
        scrollY -= kHeader + kRoom - rect.top();
    else if (rect.bottom() > height - kRoom)
        scrollY += rect.bottom() - height + kRoom;
    clamp();
}

music::Tick snapped(music::Tick tick, music::Tick grid)
{
    const std::int64_t steps = (std::max<std::int64_t>(0, tick.value) + grid.value / 2) / grid.value;
    return {steps * grid.value};
}

} // namespace cantilena::ui
