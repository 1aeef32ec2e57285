#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>

namespace cantilena::ui {

/// The words of a song's subject, as chips show them. Interface thread.
class SubjectModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")

public:
    enum Role { TextRole = Qt::UserRole + 1, OwnRole };
    struct Word {
        QString text;
        bool own = false; ///< the person's, not read from the sentence

        bool operator==(const Word&) const = default;
    };

    explicit SubjectModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    /// Shows these words; rows that stay at either end are left alone, and so keep the keyboard.
    void show(std::vector<Word> words);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<Word> m_words;
};

} // namespace cantilena::ui
