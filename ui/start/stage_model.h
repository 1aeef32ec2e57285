#pragma once

#include <string>
#include <vector>

#include <QAbstractListModel>
#include <QQmlEngine>

namespace cantilena::ui {

class SessionBridge;

/// The stages of a compose job in their order, each waiting, active or done.
class StageModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")

public:
    enum Role { NameRole = Qt::UserRole + 1, StateRole };
    enum State { Waiting, Active, Done };
    Q_ENUM(State)

    explicit StageModel(SessionBridge& bridge, QObject* parent = nullptr);

    /// Starts over: every stage waits.
    void restart();
    /// Makes the stage active and the ones before it done. Unknown stages and steps back are left out.
    void advance(const std::string& stage);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    void changed();

    int m_active = -1;
};

} // namespace cantilena::ui
