#pragma once

#include <vector>

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

#include <session/wordsmith.h>

namespace cantilena::ui {

class SessionBridge;

/// Words that rhyme with the one that is being edited. Interface thread.
class RhymeViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// Of {text, syllables}: first those with as many syllables as the word, which fit its notes.
    Q_PROPERTY(QVariantList fitting READ fitting NOTIFY changed)
    Q_PROPERTY(QVariantList others READ others NOTIFY changed)
    Q_PROPERTY(QString notice READ notice NOTIFY changed) ///< why there are none; empty otherwise

public:
    explicit RhymeViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    bool busy() const { return m_busy; }
    QVariantList fitting() const { return words(true); }
    QVariantList others() const { return words(false); }
    QString notice() const { return m_notice; }

    /// Looks for rhymes of a word of the song.
    Q_INVOKABLE void find(double line, int word);
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();

private:
    QVariantList words(bool fitting) const;

    SessionBridge& m_bridge;
    bool m_busy = false;
    std::vector<session::RhymingWord> m_words;
    std::size_t m_syllables = 0; ///< of the word itself
    QString m_notice;
};

} // namespace cantilena::ui
