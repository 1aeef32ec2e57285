#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QTimer>

#include <session/studio.h>

namespace cantilena::ui {

class SessionBridge;

/// Playback as the studio screen shows it. While the song plays, a timer asks the studio for the playhead and
/// the meters about 40 times a second; otherwise nothing runs. Positions are ticks. Interface thread.
class TransportViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool playing READ playing NOTIFY stateChanged)
    Q_PROPERTY(bool looping READ looping NOTIFY stateChanged)
    Q_PROPERTY(double loopStart READ loopStart NOTIFY stateChanged)
    Q_PROPERTY(double loopEnd READ loopEnd NOTIFY stateChanged)
    Q_PROPERTY(double position READ position NOTIFY positionChanged)
    Q_PROPERTY(double songLength READ songLength NOTIFY stateChanged)
    Q_PROPERTY(QString barBeat READ barBeat NOTIFY positionChanged)
    Q_PROPERTY(QString time READ time NOTIFY positionChanged)
    Q_PROPERTY(QString totalTime READ totalTime NOTIFY stateChanged)
    Q_PROPERTY(
        double levelLeft READ levelLeft NOTIFY levelsChanged) ///< 0 at -60 dBFS and below .. 1 at 0 dBFS
    Q_PROPERTY(double levelRight READ levelRight NOTIFY levelsChanged)
    Q_PROPERTY(QString device READ device NOTIFY stateChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY stateChanged)
    Q_PROPERTY(double vocalReady READ vocalReady NOTIFY stateChanged)

public:
    explicit TransportViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    bool playing() const { return m_status.playing; }
    bool looping() const { return m_status.looping; }
    double loopStart() const { return static_cast<double>(m_status.loopStart.value); }
    double loopEnd() const { return static_cast<double>(m_status.loopEnd.value); }
    double position() const { return static_cast<double>(m_status.position.value); }
    double songLength() const;
    QString barBeat() const;
    QString time() const;
    QString totalTime() const;
    double levelLeft() const { return m_levelLeft; }
    double levelRight() const { return m_levelRight; }
    QString device() const;
    QString notice() const;
    double vocalReady() const { return m_status.vocalReady; }

    Q_INVOKABLE void toggle();
    Q_INVOKABLE void play();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void toStart();
    Q_INVOKABLE void seek(double tick);
    /// Loops the section under the playhead, or stops looping.
    Q_INVOKABLE void toggleLoop();
    /// Loops from one tick to another and goes there unless the playhead is inside.
    Q_INVOKABLE void loopRange(double start, double end);

Q_SIGNALS:
    void stateChanged();
    void positionChanged();
    void levelsChanged();

private:
    void refresh();

    SessionBridge& m_bridge;
    session::PlaybackStatus m_status;
    double m_levelLeft = 0, m_levelRight = 0;
    QTimer m_timer;
};

/// "12:3": bar and beat of a tick, both from 1.
QString barBeatText(music::Tick tick, const music::Meter& meter);

/// 0 at -60 dBFS and below, 1 at full scale, linear in decibels between.
double meterLevel(float linear);

} // namespace cantilena::ui
