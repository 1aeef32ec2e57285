#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QQmlEngine>

#include <session/studio.h>

namespace cantilena::ui {

class SessionBridge;

/// The songs that were open last, newest first.
class RecentSongsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role { PathRole = Qt::UserRole + 1, TitleRole, LanguageRole, LengthRole, WhenRole, UntitledRole };

    explicit RecentSongsModel(SessionBridge& bridge, QObject* parent = nullptr);

    int count() const { return static_cast<int>(m_songs.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    void reload();

    SessionBridge& m_bridge;
    std::vector<session::RecentSong> m_songs;
};

} // namespace cantilena::ui
