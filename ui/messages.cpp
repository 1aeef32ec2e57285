#include "messages.h"

#include <array>

#include <QCoreApplication>

namespace cantilena::ui {

namespace {

/// The core's sentences; %1 stands for a name that varies.
constexpr std::array kSentences{
    QT_TRANSLATE_NOOP("Messages", "The job was cancelled."),
    QT_TRANSLATE_NOOP("Messages", "Type what the song should be about, in a few words or a sentence."),
    QT_TRANSLATE_NOOP("Messages", "There is no song to export; create or open one first."),
    QT_TRANSLATE_NOOP("Messages", "There is no song to save; create or open one first."),
    QT_TRANSLATE_NOOP("Messages", "There is no song to change; create or open one first."),
    QT_TRANSLATE_NOOP("Messages", "The track is no longer in the song; choose it again."),
    QT_TRANSLATE_NOOP("Messages", "The song needs a title; type at least one character."),
    QT_TRANSLATE_NOOP("Messages", "The word is no longer in the lyrics; choose it again."),
    QT_TRANSLATE_NOOP("Messages", "A line needs at least one word; type a word, or change another line."),
    QT_TRANSLATE_NOOP("Messages", "This note is the only one that sings “%1”; remove the word from the "
                                  "lyrics instead, and its notes go to its neighbour."),
    QT_TRANSLATE_NOOP("Messages", "Cannot write %1 because the disk is full; free some space."),
    QT_TRANSLATE_NOOP("Messages", "%1 is not a file of Cantilena, or it is damaged from its first byte."),
    QT_TRANSLATE_NOOP("Messages", "%1 is damaged or was cut short; use a copy of it."),
    QT_TRANSLATE_NOOP("Messages", "%1 is damaged; use a copy of it."),
    QT_TRANSLATE_NOOP("Messages", "%1 is in use by another program; close it there and try again."),
    QT_TRANSLATE_NOOP("Messages", "Cannot write %1; check its permissions and those of its folder."),
    QT_TRANSLATE_NOOP("Messages",
                      "Cannot write %1; check its permissions, or copy it to a folder of your own."),
    QT_TRANSLATE_NOOP("Messages", "%1 is already open; close it in the other window first."),
    QT_TRANSLATE_NOOP("Messages", "There is no file %1; check its name."),
    QT_TRANSLATE_NOOP("Messages", "There is no file %1."),
    QT_TRANSLATE_NOOP("Messages", "%1 is a folder; choose a song in it."),
    QT_TRANSLATE_NOOP("Messages", "%1 is not a plain file."),
    QT_TRANSLATE_NOOP("Messages", "%1 is empty; it is not a song."),
    QT_TRANSLATE_NOOP("Messages", "%1 is not a song of Cantilena."),
    QT_TRANSLATE_NOOP("Messages",
                      "There is no sound device (%1), so playback is silent; export still works."),
    QT_TRANSLATE_NOOP("Messages", "none was found"),
    QT_TRANSLATE_NOOP("Messages", "The sound device %1 has gone, so playback is silent."),
    QT_TRANSLATE_NOOP("Messages", "Playback is silent, as asked."),
};

} // namespace

QString translatedMessage(const QString& sentence)
{
    for (const char* known : kSentences) {
        const QString pattern = QString::fromUtf8(known);
        QString translation = QCoreApplication::translate("Messages", known);
        const qsizetype hole = pattern.indexOf(QStringLiteral("%1"));
        if (hole < 0) {
            if (sentence == pattern)
                return translation;
            continue;
        }
        const QString before = pattern.left(hole), after = pattern.mid(hole + 2);
        if (sentence.size() > before.size() + after.size() && sentence.startsWith(before) &&
            sentence.endsWith(after))
            return translation.arg(
                translatedMessage(sentence.mid(hole, sentence.size() - before.size() - after.size())));
    }
    return sentence;
}

} // namespace cantilena::ui
