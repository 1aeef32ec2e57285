#include "subject_model.h"

#include <algorithm>

namespace cantilena::ui {

void SubjectModel::show(std::vector<Word> words)
{
    const std::size_t shorter = std::min(words.size(), m_words.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && words[head] == m_words[head])
        ++head;
    while (tail < shorter - head && words[words.size() - 1 - tail] == m_words[m_words.size() - 1 - tail])
        ++tail;
    const auto first = static_cast<int>(head);
    if (const auto gone = static_cast<int>(m_words.size() - head - tail); gone > 0) {
        beginRemoveRows({}, first, first + gone - 1);
        m_words.erase(m_words.begin() + first, m_words.begin() + first + gone);
        endRemoveRows();
    }
    if (const auto come = static_cast<int>(words.size() - head - tail); come > 0) {
        beginInsertRows({}, first, first + come - 1);
        m_words = std::move(words);
        endInsertRows();
    }
}

int SubjectModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_words.size());
}

QVariant SubjectModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Word& word = m_words[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return word.text;
    case OwnRole:
        return word.own;
    default:
        return {};
    }
}

QHash<int, QByteArray> SubjectModel::roleNames() const
{
    return {{TextRole, "word"}, {OwnRole, "own"}};
}

} // namespace cantilena::ui
