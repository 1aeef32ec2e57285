#pragma once

#include <optional>

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <session/lyricist.h>

namespace cantilena::ui {

class SessionBridge;

/// The language model that may write the lyrics: what the settings dialog shows and changes, and what the
/// start screen says of it. Changes are a draft until save(). Interface thread.
class LyricistViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool enabled READ enabled WRITE setEnabled NOTIFY draftChanged)
    Q_PROPERTY(QString url READ url WRITE setUrl NOTIFY draftChanged)
    Q_PROPERTY(QString model READ model WRITE setModel NOTIFY draftChanged)
    Q_PROPERTY(QString key READ key WRITE setKey NOTIFY draftChanged) ///< typed now; a kept one is not shown
    Q_PROPERTY(bool keyKept READ keyKept NOTIFY draftChanged)         ///< for the address of the draft
    Q_PROPERTY(bool fromEnvironment READ fromEnvironment NOTIFY draftChanged)
    Q_PROPERTY(bool testing READ testing NOTIFY statusChanged)
    Q_PROPERTY(bool works READ works NOTIFY statusChanged)
    Q_PROPERTY(QString status READ status NOTIFY statusChanged) ///< one sentence on the test or the saving
    Q_PROPERTY(QString use READ use NOTIFY savedChanged) ///< whom a new song asks; empty while switched off

public:
    explicit LyricistViewModel(SessionBridge& bridge, QObject* parent = nullptr);

    bool enabled() const { return m_draft.enabled; }
    void setEnabled(bool enabled);
    QString url() const { return QString::fromStdString(m_draft.url); }
    void setUrl(const QString& url);
    QString model() const { return QString::fromStdString(m_draft.model); }
    void setModel(const QString& model);
    QString key() const { return m_key; }
    void setKey(const QString& key);
    bool keyKept() const;
    bool fromEnvironment() const { return m_saved.fromEnvironment; }
    bool testing() const { return m_testing; }
    bool works() const { return m_works; }
    QString status() const { return m_status; }
    QString use() const;

    Q_INVOKABLE void reload();    ///< the draft as it was saved, without a key and a status
    Q_INVOKABLE void forgetKey(); ///< the kept one, once the draft is saved
    Q_INVOKABLE void test();
    Q_INVOKABLE void cancelTest();
    Q_INVOKABLE bool save(); ///< false with a status when it cannot be used

Q_SIGNALS:
    void draftChanged();
    void statusChanged();
    void savedChanged();

private:
    std::optional<std::string> keyToKeep() const;
    void changeDraft(const session::LyricistSettings& draft);
    void setStatus(bool testing, bool works, const QString& status);

    SessionBridge& m_bridge;
    session::LyricistSettings m_saved, m_draft;
    QString m_key, m_status;
    bool m_forget = false, m_testing = false, m_works = false;
};

} // namespace cantilena::ui
