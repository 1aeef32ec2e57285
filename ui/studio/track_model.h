#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QQmlEngine>

#include <song/song.h>

namespace cantilena::ui {

class SessionBridge;

/// The song's tracks with their mix. Each set function is one undo step.
class TrackModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")

public:
    enum Role { IdRole = Qt::UserRole + 1, NameRole, RoleRole, DetailRole, GainRole, MuteRole, SoloRole };

    explicit TrackModel(SessionBridge& bridge, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The track that the piano roll should show first: the melody, else the first; 0 without tracks.
    Q_INVOKABLE double firstTrack() const;
    Q_INVOKABLE bool contains(double id) const;
    Q_INVOKABLE QString roleOf(double id) const;
    Q_INVOKABLE void setMute(double id, bool mute);
    Q_INVOKABLE void setSolo(double id, bool solo);
    /// Decibels, -60 to 12.
    Q_INVOKABLE void setGain(double id, double gain);
    /// Makes a gain heard while its slider is held; the song changes with setGain.
    Q_INVOKABLE void previewGain(double id, double gain);

private:
    /// The name as it is shown; tracks of one name are numbered.
    QString nameOf(std::size_t row) const;
    void reload();
    void update();
    void change(double id, const std::function<void(song::Mix&)>& function);

    SessionBridge& m_bridge;
    std::vector<song::TrackPtr> m_tracks;
};

} // namespace cantilena::ui
