#include "transport_view_model.h"

#include <algorithm>
#include <cmath>

#include "messages.h"
#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {
constexpr int kRefreshMs = 25;
constexpr double kFallPerRefresh = 0.035; // about 85 dB a second, as peak meters fall
} // namespace

QString barBeatText(music::Tick tick, const music::Meter& meter)
{
    const std::int64_t bar = meter.barLength().value;
    const std::int64_t beat = music::ticks(1, meter.unit).value;
    const std::int64_t at = std::max<std::int64_t>(0, tick.value);
    return QStringLiteral("%1:%2").arg(at / bar + 1).arg(at % bar / beat + 1);
}

double meterLevel(float linear)
{
    if (linear <= 0.001F)
        return 0;
    return std::clamp(1.0 + std::log10(static_cast<double>(linear)) / 3.0, 0.0, 1.0);
}

TransportViewModel::TransportViewModel(SessionBridge& bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge)
{
    m_timer.setInterval(kRefreshMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &TransportViewModel::refresh);
    connect(&bridge, &SessionBridge::songReplaced, this, &TransportViewModel::refresh);
    connect(&bridge, &SessionBridge::songEdited, this, &TransportViewModel::refresh);
    connect(&bridge, &SessionBridge::jobUpdated, this, &TransportViewModel::refresh);
    // The device is found, or lost, at any time; the session tells with the save state.
    connect(&bridge, &SessionBridge::saveStateUpdated, this, &TransportViewModel::refresh);
    connect(&bridge, &SessionBridge::languageChanged, this, &TransportViewModel::stateChanged);
    refresh();
}

double TransportViewModel::songLength() const
{
    const auto song = m_bridge.song();
    return song ? static_cast<double>(song->length().value) : 0;
}

QString TransportViewModel::barBeat() const
{
    const auto song = m_bridge.song();
    return song ? barBeatText(m_status.position, song->head.meter) : QStringLiteral("1:1");
}

QString TransportViewModel::time() const
{
    const auto song = m_bridge.song();
    return preciseTimeText(song ? song->head.tempo.toSeconds(m_status.position).value : 0);
}

QString TransportViewModel::totalTime() const
{
    const auto song = m_bridge.song();
    return timeText(song ? song->head.tempo.toSeconds(song->length()).value : 0);
}

QString TransportViewModel::device() const
{
    return translatedMessage(QString::fromStdString(m_status.device));
}

QString TransportViewModel::notice() const
{
    return translatedMessage(QString::fromStdString(m_status.notice));
}

void TransportViewModel::toggle()
{
    if (m_status.playing)
        stop();
    else
        play();
}

void TransportViewModel::play()
{
    if (!m_bridge.song())
        return;
    m_bridge.studio().play();
    m_timer.start();
    refresh();
}

void TransportViewModel::stop()
{
    m_bridge.studio().stop();
    refresh();
}

void TransportViewModel::toStart()
{
    seek(m_status.looping ? loopStart() : 0);
}

void TransportViewModel::seek(double tick)
{
    const double last = songLength();
    m_bridge.studio().seek({std::llround(std::clamp(tick, 0.0, last))});
    refresh();
}

void TransportViewModel::toggleLoop()
{
    const auto song = m_bridge.song();
    if (m_status.looping) {
        m_bridge.studio().loop(std::nullopt);
    } else if (song) {
        auto section = song->sectionAt(m_status.position);
        if (!section && !song->sections.empty())
            section = song->sections.back();
        if (section)
            m_bridge.studio().loop(std::pair{song->sectionStart(section->id), song->sectionEnd(section->id)});
    }
    refresh();
}

void TransportViewModel::loopRange(double start, double end)
{
    if (end <= start)
        return;
    m_bridge.studio().loop(std::pair{music::Tick{std::llround(start)}, music::Tick{std::llround(end)}});
    if (position() < start || position() >= end)
        m_bridge.studio().seek({std::llround(start)});
    refresh();
}

void TransportViewModel::refresh()
{
    const session::PlaybackStatus before = m_status;
    m_status = m_bridge.studio().playback();

    const double left = std::max(meterLevel(m_status.peakLeft), m_levelLeft - kFallPerRefresh);
    const double right = std::max(meterLevel(m_status.peakRight), m_levelRight - kFallPerRefresh);
    if (left != m_levelLeft || right != m_levelRight) {
        m_levelLeft = left;
        m_levelRight = right;
        Q_EMIT levelsChanged();
    }
    if (m_status.playing && !m_timer.isActive())
        m_timer.start();
    else if (!m_status.playing && m_levelLeft <= 0 && m_levelRight <= 0)
        m_timer.stop();

    if (!m_timer.isActive() || before.playing != m_status.playing || before.looping != m_status.looping ||
        before.loopStart != m_status.loopStart || before.loopEnd != m_status.loopEnd ||
        before.device != m_status.device || before.notice != m_status.notice ||
        before.vocalReady != m_status.vocalReady)
        Q_EMIT stateChanged();
    if (before.position != m_status.position || !m_timer.isActive())
        Q_EMIT positionChanged();
}

} // namespace cantilena::ui
