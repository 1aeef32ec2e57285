#include "section_model.h"

#include <algorithm>

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

SectionModel::SectionModel(SessionBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge)
{
    connect(&bridge, &SessionBridge::songReplaced, this, &SectionModel::reload);
    connect(&bridge, &SessionBridge::songEdited, this, &SectionModel::update);
    connect(&bridge, &SessionBridge::languageChanged, this, &SectionModel::reload);
    reload();
}

double SectionModel::length() const
{
    return m_starts.empty() ? 1.0 : std::max(1.0, static_cast<double>(m_starts.back().value));
}

int SectionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sections.size());
}

QVariant SectionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const song::Section& section = *m_sections[row];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return sectionName(section.kind, section.name);
    case KindRole:
        return fromUtf8(song::code(section.kind));
    case BarsRole:
        return section.bars;
    case StartRole:
        return static_cast<double>(m_starts[row].value);
    case EndRole:
        return static_cast<double>(m_starts[row + 1].value);
    case EnergyRole:
        return section.energy;
    default:
        return {};
    }
}

QHash<int, QByteArray> SectionModel::roleNames() const
{
    return {{NameRole, "name"},   {KindRole, "kind"}, {BarsRole, "bars"},
            {StartRole, "start"}, {EndRole, "end"},   {EnergyRole, "energy"}};
}

void SectionModel::update()
{
    // Most edits leave the sections alone; the shared pointers tell.
    const auto song = m_bridge.song();
    if (!song || song->sections != m_sections)
        reload();
}

void SectionModel::reload()
{
    beginResetModel();
    m_sections.clear();
    m_starts.clear();
    if (const auto song = m_bridge.song()) {
        m_sections = song->sections;
        m_bar = song->head.meter.barLength();
        music::Tick at;
        m_starts.push_back(at);
        for (const song::SectionPtr& section : m_sections) {
            at += m_bar * section->bars;
            m_starts.push_back(at);
        }
    }
    endResetModel();
    Q_EMIT lengthChanged();
}

} // namespace cantilena::ui
