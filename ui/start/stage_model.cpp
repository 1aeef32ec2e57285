#include "stage_model.h"

#include <algorithm>
#include <array>

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {
constexpr std::array kOrder{"brief", "form", "lyrics", "harmony", "melody", "arrangement"};
}

StageModel::StageModel(SessionBridge& bridge, QObject* parent) : QAbstractListModel(parent)
{
    connect(&bridge, &SessionBridge::languageChanged, this, &StageModel::changed);
}

void StageModel::restart()
{
    m_active = -1;
    changed();
}

void StageModel::advance(const std::string& stage)
{
    const auto it = std::find_if(kOrder.begin(), kOrder.end(), [&](const char* s) { return stage == s; });
    const int row = static_cast<int>(it - kOrder.begin());
    if (it == kOrder.end() || row <= m_active)
        return;
    m_active = row;
    changed();
}

int StageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kOrder.size());
}

QVariant StageModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return stageName(kOrder[static_cast<std::size_t>(index.row())]);
    case StateRole:
        return index.row() < m_active ? Done : index.row() == m_active ? Active : Waiting;
    default:
        return {};
    }
}

QHash<int, QByteArray> StageModel::roleNames() const
{
    return {{NameRole, "name"}, {StateRole, "stage"}};
}

void StageModel::changed()
{
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

} // namespace cantilena::ui
