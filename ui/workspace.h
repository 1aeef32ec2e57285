#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QTranslator>

#include "lyricist_view_model.h"
#include "session_bridge.h"
#include "song_view_model.h"
#include "start_view_model.h"
#include "transport_view_model.h"

namespace cantilena::ui {

/// The root of the window's view models: which screen is shown, the preferences, the message. Interface
/// thread.
class Workspace : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(cantilena::ui::SessionBridge* session READ session CONSTANT)
    Q_PROPERTY(cantilena::ui::StartViewModel* start READ start CONSTANT)
    Q_PROPERTY(cantilena::ui::SongViewModel* song READ song CONSTANT)
    Q_PROPERTY(cantilena::ui::TransportViewModel* transport READ transport CONSTANT)
    Q_PROPERTY(cantilena::ui::LyricistViewModel* lyricist READ lyricist CONSTANT)
    Q_PROPERTY(bool dark READ dark WRITE setDark NOTIFY darkChanged)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged) ///< "en" or "zh"
    Q_PROPERTY(QString message READ message NOTIFY messageChanged) ///< empty when there is none

public:
    explicit Workspace(session::Studio& studio, QObject* parent = nullptr);
    ~Workspace() override;

    SessionBridge* session() { return &m_bridge; }
    StartViewModel* start() { return &m_start; }
    SongViewModel* song() { return &m_song; }
    TransportViewModel* transport() { return &m_transport; }
    LyricistViewModel* lyricist() { return &m_lyricist; }
    bool dark() const { return m_dark; }
    void setDark(bool dark);
    QString language() const { return m_language; }
    void setLanguage(const QString& language);
    QString message() const { return m_message; }

    Q_INVOKABLE void dismissMessage();
    Q_INVOKABLE QString setting(const QString& key, const QString& fallback) const;
    Q_INVOKABLE void setSetting(const QString& key, const QString& value);

Q_SIGNALS:
    void darkChanged();
    void languageChanged();
    void messageChanged();

private:
    void translate();

    SessionBridge m_bridge;
    QTranslator m_translator;
    QString m_language;
    bool m_dark = true;
    QString m_message;
    StartViewModel m_start;
    SongViewModel m_song;
    TransportViewModel m_transport;
    LyricistViewModel m_lyricist;
};

} // namespace cantilena::ui
