#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QUrl>
#include <QVariantList>
#include <QVariantMap>

#include <session/studio.h>

namespace cantilena::ui {

class SessionBridge;

/// Who sings the open song, and how. Interface thread.
class SingerViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool sung READ sung NOTIFY changed) ///< the song has a sung tune
    Q_PROPERTY(QString id READ id NOTIFY changed)  ///< of the singer
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString style READ style NOTIFY changed)
    Q_PROPERTY(QString description READ description NOTIFY changed)
    Q_PROPERTY(QString range READ range NOTIFY changed)
    Q_PROPERTY(QUrl portrait READ portrait NOTIFY changed)
    /// Every singer: id, name, style, description, range ("A3 to D5"), portrait (a URL).
    Q_PROPERTY(QVariantList cards READ cards NOTIFY cardsChanged)
    /// "breath", "tension", "brightness", "vibrato", "consonants", "gender", "growl" -> 0..1.
    Q_PROPERTY(QVariantMap controls READ controls NOTIFY changed)
    Q_PROPERTY(int doubles READ doubles WRITE setDoubles NOTIFY changed) ///< song::Where as a number
    Q_PROPERTY(int harmony READ harmony WRITE setHarmony NOTIFY changed)
    Q_PROPERTY(bool harmonyBelow READ harmonyBelow WRITE setHarmonyBelow NOTIFY changed)
    Q_PROPERTY(bool plain READ plain NOTIFY changed) ///< every control is where it began

public:
    explicit SingerViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    bool sung() const;
    QString id() const;
    QString name() const { return card(QStringLiteral("name")).toString(); }
    QString style() const { return card(QStringLiteral("style")).toString(); }
    QString description() const { return card(QStringLiteral("description")).toString(); }
    QString range() const { return card(QStringLiteral("range")).toString(); }
    QUrl portrait() const { return card(QStringLiteral("portrait")).toUrl(); }
    QVariantList cards() const { return m_cards; }
    QVariantMap controls() const;
    int doubles() const;
    int harmony() const;
    bool harmonyBelow() const;
    bool plain() const;

    Q_INVOKABLE void choose(const QString& id);
    /// One undo step.
    Q_INVOKABLE void setControl(const QString& name, double value);
    void setDoubles(int where);
    void setHarmony(int where);
    void setHarmonyBelow(bool below);
    /// All controls and second voices as they begin; the singer stays.
    Q_INVOKABLE void reset();

Q_SIGNALS:
    void changed();
    void cardsChanged(); ///< in another language; the singers stay the same while the program runs

private:
    song::Vocal vocal() const;
    QVariant card(const QString& entry) const; ///< of the singer
    void set(const song::Vocal& vocal);
    void readCards();

    SessionBridge& m_bridge;
    QVariantList m_cards;
};

} // namespace cantilena::ui
