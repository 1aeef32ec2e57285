#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QQmlEngine>

#include <song/song.h>

namespace cantilena::ui {

class SessionBridge;

/// The song's sections in playing order, with their place in ticks.
class SectionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(double length READ length NOTIFY lengthChanged)

public:
    enum Role { NameRole = Qt::UserRole + 1, KindRole, BarsRole, StartRole, EndRole, EnergyRole };

    explicit SectionModel(SessionBridge& bridge, QObject* parent = nullptr);

    /// Of the song, in ticks; at least 1.
    double length() const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void lengthChanged();

private:
    void reload();
    void update();

    SessionBridge& m_bridge;
    music::Tick m_bar;
    std::vector<song::SectionPtr> m_sections;
    std::vector<music::Tick> m_starts; ///< one more than sections: the last is the song's end
};

} // namespace cantilena::ui
