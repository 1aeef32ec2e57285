#pragma once

#include <vector>

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <session/studio.h>

namespace cantilena::ui {

class SessionBridge;

/// One line being written anew: what is typed, held against the notes, and other wordings that the models
/// suggest. Interface thread.
class RewriteViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(double line READ line NOTIFY lineChanged) ///< id; 0 when none is open
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(QString countText READ countText NOTIFY fitChanged) ///< "6 / 7"
    Q_PROPERTY(QString fitText READ fitText NOTIFY fitChanged)     ///< one sentence
    Q_PROPERTY(bool fits READ fits NOTIFY fitChanged)              ///< every note stays as it is
    Q_PROPERTY(bool changed READ changed NOTIFY textChanged)       ///< the text is not the line's
    Q_PROPERTY(int places READ places NOTIFY lineChanged)          ///< where the song has the line
    Q_PROPERTY(bool everywhere READ everywhere WRITE setEverywhere NOTIFY everywhereChanged)
    Q_PROPERTY(QStringList wishes READ wishes NOTIFY languageChanged)
    Q_PROPERTY(int wish READ wish NOTIFY suggestionsChanged) ///< index of wishes; -1 none yet
    Q_PROPERTY(bool busy READ busy NOTIFY suggestionsChanged)
    Q_PROPERTY(QStringList suggestions READ suggestions NOTIFY suggestionsChanged) ///< in syllables
    Q_PROPERTY(QString notice READ notice NOTIFY suggestionsChanged) ///< why there are none; empty otherwise

public:
    /// The longest line that can be typed, in characters.
    static constexpr qsizetype kLongestLine = 300;

    explicit RewriteViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    double line() const { return static_cast<double>(m_line.value); }
    QString text() const { return m_text; }
    void setText(const QString& text);
    QString countText() const;
    QString fitText() const;
    bool fits() const { return m_reading && m_typed == m_syllables; }
    bool changed() const;
    int places() const { return static_cast<int>(m_repeats.size()); }
    bool everywhere() const { return m_everywhere; }
    void setEverywhere(bool everywhere);
    QStringList wishes() const;
    int wish() const { return m_wish; }
    bool busy() const { return m_busy; }
    QStringList suggestions() const;
    QString notice() const { return m_notice; }

    /// Begins with a line of the song as it stands.
    Q_INVOKABLE void open(double line);
    /// Drops what was typed, and the question that is being answered.
    Q_INVOKABLE void close();
    /// Asks for other wordings; for the same wish again, for others than before.
    Q_INVOKABLE void ask(int wish);
    Q_INVOKABLE void stop();
    /// Makes a suggestion the line. True when the song has it.
    Q_INVOKABLE bool take(int suggestion);
    /// Makes what was typed the line; an unchanged or empty text is left alone. True when the song has it.
    Q_INVOKABLE bool keep();

Q_SIGNALS:
    void lineChanged();
    void textChanged();
    void fitChanged();
    void everywhereChanged();
    void languageChanged();
    void suggestionsChanged();

private:
    const song::Line* songLine() const;
    bool replace(const std::string& text, const song::Origin& maker);
    void read();
    void measure();
    void forget();

    SessionBridge& m_bridge;
    song::LineId m_line;
    song::SongPtr m_song; ///< that the line was measured in
    std::vector<song::LineId> m_repeats;
    QString m_text;
    std::size_t m_syllables = 0, m_notes = 0; ///< of the line as it stands
    std::size_t m_typed = 0;                  ///< syllables of the text
    bool m_reading = false;                   ///< m_typed is known
    bool m_everywhere = true;
    int m_wish = -1;
    std::uint64_t m_round = 0; ///< how often the wish was asked
    bool m_busy = false;
    session::LineSuggestions m_suggestions;
    QString m_notice;
};

} // namespace cantilena::ui
