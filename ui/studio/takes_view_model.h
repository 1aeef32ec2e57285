#pragma once

#include <vector>

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <session/studio.h>

namespace cantilena::ui {

class SessionBridge;

/// Proposals for a part of the tune: each is heard and seen in the song at once, and one of them, or the tune
/// as it was, is kept. Interface thread.
class TakesViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(QString part READ part NOTIFY openChanged)  ///< "Bars 5 to 8"
    Q_PROPERTY(double start READ start NOTIFY openChanged) ///< ticks
    Q_PROPERTY(double end READ end NOTIFY openChanged)
    Q_PROPERTY(QStringList takes READ takes NOTIFY takesChanged) ///< "As it was", "Take 1" ...
    Q_PROPERTY(int chosen READ chosen NOTIFY takesChanged)       ///< index of takes
    Q_PROPERTY(bool busy READ busy NOTIFY takesChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY takesChanged) ///< why there is none; empty otherwise
    /// The next take begins like the tune as it was.
    Q_PROPERTY(bool vary READ vary WRITE setVary NOTIFY wishChanged)
    Q_PROPERTY(double bravery READ bravery WRITE setBravery NOTIFY wishChanged) ///< 0 safe .. 1 brave

public:
    static constexpr std::size_t kMostTakes = 8;

    explicit TakesViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    bool isOpen() const { return m_before != nullptr; }
    QString part() const;
    double start() const { return static_cast<double>(m_start.value); }
    double end() const { return static_cast<double>(m_end.value); }
    QStringList takes() const;
    int chosen() const { return m_chosen; }
    bool busy() const { return m_busy; }
    QString notice() const { return m_notice; }
    bool vary() const { return m_vary; }
    void setVary(bool vary);
    double bravery() const { return m_bravery; }
    void setBravery(double bravery);

    /// Begins with the notes between two ticks and asks for the first take.
    Q_INVOKABLE void begin(double start, double end);
    /// Asks for one more take; the oldest goes when there are too many.
    Q_INVOKABLE void another();
    /// Puts a take into the song in place of the one that is there; 0 the tune as it was.
    Q_INVOKABLE void choose(int take);
    /// Ends with the song as it is.
    Q_INVOKABLE void keep();
    /// Ends with the tune as it was.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void openChanged();
    void takesChanged();
    void wishChanged();

private:
    void close();
    void songEdited();
    bool takeBack();

    SessionBridge& m_bridge;
    song::SongPtr m_before; ///< the song without a take; null when closed
    song::SongPtr m_after;  ///< the song with the chosen take; null when none is in it
    music::Tick m_start, m_end;
    std::vector<session::MelodyTake> m_takes;
    std::vector<int> m_numbers; ///< of the takes, as they are named
    int m_chosen = 0;
    std::uint64_t m_asked = 0;
    bool m_busy = false, m_changing = false;
    bool m_vary = false;
    double m_bravery = 0.5;
    QString m_notice;
};

} // namespace cantilena::ui
