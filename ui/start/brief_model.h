#pragma once

#include <map>
#include <optional>

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QTimer>
#include <QVariantList>

#include <session/studio.h>

#include "subject_model.h"

namespace cantilena::ui {

class SessionBridge;

/// What the song will be like: what was read from the sentence, a moment after the typing stops, and what the
/// person chose instead, which stays while they type on. One row a matter; the subject's words apart.
/// Interface thread.
class BriefModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(cantilena::ui::SubjectModel* subject READ subject CONSTANT) ///< the person's words first
    Q_PROPERTY(bool subjectTouched READ subjectTouched NOTIFY choicesChanged)
    Q_PROPERTY(bool subjectFull READ subjectFull NOTIFY choicesChanged) ///< no more of the person's own
    Q_PROPERTY(QString opening READ opening NOTIFY openingChanged)      ///< lines that the song opens with
    Q_PROPERTY(
        bool openingOwn READ openingOwn NOTIFY openingChanged) ///< the person's, not read from the sentence
    Q_PROPERTY(bool hasSentence READ hasSentence NOTIFY openingChanged)
    Q_PROPERTY(double valence READ valence NOTIFY moodChanged) ///< -1 sad .. 1 happy
    Q_PROPERTY(double arousal READ arousal NOTIFY moodChanged) ///< -1 calm .. 1 excited

public:
    enum Matter { Mood, Style, Tempo, Key, Length, Voice, Language, PointOfView };
    Q_ENUM(Matter)
    /// Who says what a chip shows.
    enum Source { Nobody, Sentence, Person };
    Q_ENUM(Source)
    enum Editor { ListEditor, MoodEditor, NumberEditor };
    Q_ENUM(Editor)
    enum Role {
        MatterRole = Qt::UserRole + 1,
        LabelRole,   ///< "Tempo"
        ValueRole,   ///< "96 BPM"; empty while nobody says it
        SourceRole,  ///< Source
        ChoiceRole,  ///< id of the value among the options; "open" when it is left open
        EntryRole,   ///< a number as it is typed, "96", "1:30"
        NumberRole,  ///< the same as a number, a usual one while nobody says it
        OptionsRole, ///< list of {id, name}
        EditorRole,
        OpenableRole, ///< may be left to style and mood
    };
    /// The longest word of a subject, in characters.
    static constexpr qsizetype kLongestTheme = compose::kLongestTheme;

    explicit BriefModel(SessionBridge& bridge, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The sentence, each time it changes.
    void setPrompt(const QString& prompt);
    /// The sentence and the choices, without a seed.
    compose::ComposeRequest request() const;
    /// Whether there is something to make a song of.
    bool enough() const { return !m_request.prompt.empty() || !m_request.themes.empty(); }

    SubjectModel* subject() { return &m_subject; }
    bool subjectTouched() const { return !m_request.themes.empty() || !m_request.withoutThemes.empty(); }
    bool subjectFull() const { return m_request.themes.size() >= compose::kMostThemes; }
    QString opening() const;
    bool openingOwn() const { return m_request.opening.has_value(); }
    bool hasSentence() const { return !m_request.prompt.empty(); }
    double valence() const;
    double arousal() const;

    /// Chooses an option, or a number as it is typed (out of bounds: the nearest); an empty value goes back
    /// to the sentence, "open" leaves the matter to style and mood. What cannot be read is left alone.
    Q_INVOKABLE void choose(int matter, const QString& value);
    Q_INVOKABLE void setMood(double valence, double arousal);
    /// Puts words, parted by spaces or commas, in the place of a word of the subject; none take it away.
    /// Index -1 adds them.
    Q_INVOKABLE void replaceWord(int index, const QString& text);
    /// The subject is read from the sentence again.
    Q_INVOKABLE void resetSubject();
    /// The song opens with these lines, as many as can be; none: the band opens it.
    Q_INVOKABLE void setOpening(const QString& lines);
    /// It opens with what the sentence tells.
    Q_INVOKABLE void resetOpening();

Q_SIGNALS:
    void moodChanged();
    void choicesChanged();
    void openingChanged();

private:
    QString valueOf(Matter matter) const;
    Source sourceOf(Matter matter) const;
    QString choiceOf(Matter matter) const;
    QString nameOf(Matter matter, const QString& id) const;
    double numberOf(Matter matter) const;
    bool chosen(Matter matter) const;
    void chooseMood(const QString& word);
    void chooseNumber(Matter matter, const QString& text);
    void chooseOption(Matter matter, const QString& id);
    std::vector<QString> sentenceWords() const;
    void announce();
    void changed();
    void understand();

    SessionBridge& m_bridge;
    compose::ComposeRequest m_request;  ///< the sentence and the person's choices
    std::optional<song::Brief> m_brief; ///< what was understood last
    SubjectModel m_subject;
    QTimer m_typing;
};

} // namespace cantilena::ui
