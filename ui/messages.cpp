#include "messages.h"

#include <array>
#include <vector>

#include <QCoreApplication>
#include <QRegularExpression>

namespace cantilena::ui {

namespace {

/// The core's sentences; %1, %2 ... stand in this order for what varies.
constexpr std::array kSentences{
    QT_TRANSLATE_NOOP("Messages", "The job was cancelled."),
    QT_TRANSLATE_NOOP("Messages", "Type what the song should be about, in a few words or a sentence."),
    QT_TRANSLATE_NOOP("Messages", "There is no song to export; create or open one first."),
    QT_TRANSLATE_NOOP("Messages", "There is no song to save; create or open one first."),
    QT_TRANSLATE_NOOP("Messages", "There is no song to change; create or open one first."),
    QT_TRANSLATE_NOOP("Messages", "The track is no longer in the song; choose it again."),
    QT_TRANSLATE_NOOP("Messages", "There is no singer \"%1\"; choose one of %2."),
    QT_TRANSLATE_NOOP("Messages", "Nobody sings in this song; a pitch can be drawn for a singer only."),
    QT_TRANSLATE_NOOP("Messages", "The line is too short to be heard; draw along the note."),
    QT_TRANSLATE_NOOP("Messages", "There is no note under the line; draw where the singer sings."),
    QT_TRANSLATE_NOOP("Messages", "The note's pitch line has too many points; erase it first."),
    QT_TRANSLATE_NOOP("Messages", "The song needs a title; type at least one character."),
    QT_TRANSLATE_NOOP("Messages", "The word is no longer in the lyrics; choose it again."),
    QT_TRANSLATE_NOOP("Messages", "A line needs at least one word; type a word, or change another line."),
    QT_TRANSLATE_NOOP("Messages", "The line is no longer in the lyrics; choose it again."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The notes of the line are too short for “%1”; lengthen them first, or type fewer words."),
    QT_TRANSLATE_NOOP("Messages", "A line to rewrite needs 1 to %1 syllables; this one has %2."),
    QT_TRANSLATE_NOOP("Messages", "The note is no longer in the song; choose it again."),
    QT_TRANSLATE_NOOP("Messages", "The word “%1” would be sung in part; delete all its notes, or retype it."),
    QT_TRANSLATE_NOOP("Messages", "“%1” is the only word of its line and stays; retype it instead."),
    QT_TRANSLATE_NOOP("Messages", "The words of a song keep their order; move the notes less far."),
    QT_TRANSLATE_NOOP("Messages",
                      "The singer sings one note at a time; choose a place where no note begins."),
    QT_TRANSLATE_NOOP("Messages", "The song has no bars yet, so there is no place for a note."),
    QT_TRANSLATE_NOOP("Messages", "The song has changed in the meantime; ask for it again."),
    QT_TRANSLATE_NOOP("Messages",
                      "The MIDI file has no melody: no track but drums has notes; choose another file."),
    QT_TRANSLATE_NOOP("Messages",
                      "The score has no melody: no part has notes with pitches; choose another file."),
    QT_TRANSLATE_NOOP("Messages", "The melody is in %1, and the band plays 4/4, 3/4, 6/8 and what fits their "
                                  "bars; choose another melody."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "This score is compressed (.mxl), which cannot be read; save it as uncompressed MusicXML."),
    QT_TRANSLATE_NOOP("Messages", "This score is ordered by bars (score-timewise), which cannot be read; "
                                  "save it as score-partwise, the usual kind."),
    QT_TRANSLATE_NOOP("Messages", "This is no MusicXML score that can be read: %1."),
    QT_TRANSLATE_NOOP("Messages", "The melody is the track “%1”; %2 other track is left out."),
    QT_TRANSLATE_NOOP("Messages", "The melody is the track “%1”; %2 other tracks are left out."),
    QT_TRANSLATE_NOOP("Messages", "%1 other part is left out."),
    QT_TRANSLATE_NOOP("Messages", "%1 other parts are left out."),
    QT_TRANSLATE_NOOP("Messages",
                      "The file's changes of tempo are left out; the song keeps the first tempo."),
    QT_TRANSLATE_NOOP("Messages",
                      "The file's changes of metre are left out; the song keeps the first metre."),
    QT_TRANSLATE_NOOP("Messages",
                      "The score's changes of metre are left out; the song keeps the first metre."),
    QT_TRANSLATE_NOOP("Messages",
                      "The score's changes of tempo are left out; the song keeps the first tempo."),
    QT_TRANSLATE_NOOP("Messages", "The song has no melody to write words for; write or import one first."),
    QT_TRANSLATE_NOOP("Messages", "The song has no melody to go on from; write or import one first."),
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
    QT_TRANSLATE_NOOP("Messages", "Playing through %1."),
    QT_TRANSLATE_NOOP("Messages", "Playback is silent, as asked."),
    QT_TRANSLATE_NOOP("Messages",
                      "The notes under “%1” are too short for “%2”; lengthen them first, or choose "
                      "a shorter word."),
    QT_TRANSLATE_NOOP("Messages",
                      "Nothing is sung in this part of the song; choose bars or lines that have words."),
    QT_TRANSLATE_NOOP("Messages", "The song has no melody track to change."),
    QT_TRANSLATE_NOOP("Messages", "No singer is installed; install Cantilena again."),
    QT_TRANSLATE_NOOP("Messages",
                      "Cannot open %1; check that it exists and that you may read and write it and "
                      "its folder."),
    QT_TRANSLATE_NOOP("Messages", "The disk failed while %1 was read or written; check the disk."),
    QT_TRANSLATE_NOOP("Messages",
                      "%1 was written by a newer Cantilena (file version %2, this program reads up "
                      "to %3); update the program to open it."),
    QT_TRANSLATE_NOOP("Messages", "%1 is damaged: its journal does not fit its song; use a copy of it."),
    QT_TRANSLATE_NOOP("Messages", "No General MIDI sound font was found; install the package "
                                  "fluid-soundfont-gm."),
    QT_TRANSLATE_NOOP("Messages", "Cannot write %1: %2."),
    QT_TRANSLATE_NOOP("Messages", "Cannot read %1: %2."),
    QT_TRANSLATE_NOOP("Messages", "the folder does not exist"),
    QT_TRANSLATE_NOOP("Messages", "permission denied"),
    QT_TRANSLATE_NOOP("Messages", "the disk is read-only"),
    QT_TRANSLATE_NOOP("Messages", "the disk is full"),
    QT_TRANSLATE_NOOP("Messages", "part of the path is not a folder"),
    QT_TRANSLATE_NOOP("Messages", "the name is too long"),
    QT_TRANSLATE_NOOP("Messages", "it is a folder"),
    QT_TRANSLATE_NOOP("Messages", "it is not a plain file"),
    QT_TRANSLATE_NOOP("Messages", "The lyrics are by Cantilena's own models: %1"),
    QT_TRANSLATE_NOOP("Messages", "%1 at %2 answers."),
    QT_TRANSLATE_NOOP(
        "Messages", "Too few lines of the language model could be sung; try again, or choose another model."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The address of the language model is missing; write one such as https://api.deepseek.com."),
    QT_TRANSLATE_NOOP("Messages", "The address of the language model cannot be read; write it like "
                                  "https://api.deepseek.com or http://localhost:11434/v1."),
    QT_TRANSLATE_NOOP("Messages", "The address of the language model has to begin with https:// or http://."),
    QT_TRANSLATE_NOOP("Messages", "The address of the language model holds a name or a password; remove it "
                                  "and give the key by itself."),
    QT_TRANSLATE_NOOP("Messages",
                      "The name of the language model is missing; write one such as deepseek-chat."),
    QT_TRANSLATE_NOOP("Messages",
                      "The name of the language model is too long; write it as the server lists it."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The key of the language model holds a space or a character that no key has; copy it again."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The key would travel unencrypted to %1; write an address with https://, or leave the key out."),
    QT_TRANSLATE_NOOP("Messages", "%1 was not found; check the address and the network."),
    QT_TRANSLATE_NOOP("Messages", "%1 takes no connection; check the address, and that the server runs."),
    QT_TRANSLATE_NOOP(
        "Messages", "No secure connection to %1 could be made; check the address and this computer's clock."),
    QT_TRANSLATE_NOOP("Messages", "%1 did not answer in time; try again later."),
    QT_TRANSLATE_NOOP("Messages", "%1 sent far more than an answer; choose another model."),
    QT_TRANSLATE_NOOP("Messages", "%1 sent no chat answer; check the address."),
    QT_TRANSLATE_NOOP("Messages", "%1 sent an empty answer; try again, or choose another model."),
    QT_TRANSLATE_NOOP("Messages", "The connection to %1 broke off; try again."),
    QT_TRANSLATE_NOOP("Messages", "%1 sends requests elsewhere; check the address."),
    QT_TRANSLATE_NOOP("Messages", "%1 sends requests on to %2; write that address if you trust it."),
    QT_TRANSLATE_NOOP("Messages", "%1 refused the key; check it."),
    QT_TRANSLATE_NOOP("Messages", "%1 asks for a key; give the one of your account there."),
    QT_TRANSLATE_NOOP("Messages", "%1 asks for payment first; look at your account there."),
    QT_TRANSLATE_NOOP("Messages",
                      "%1 has no such address or model; check both (an address often ends in /v1)."),
    QT_TRANSLATE_NOOP("Messages",
                      "%1 was asked too often or allows no more; wait, or look at your account there."),
    QT_TRANSLATE_NOOP("Messages", "%1 failed (status %2); try again later."),
    QT_TRANSLATE_NOOP("Messages",
                      "%1 did not take the request (status %2); check the address and the model."),
    QT_TRANSLATE_NOOP("Messages",
                      "CANTILENA_LYRICIST_TIMEOUT has to be 1 to %1 whole seconds; set it so, or unset it."),
    QT_TRANSLATE_NOOP("Messages", "Cannot remove %1; check its permissions and those of its folder."),
    QT_TRANSLATE_NOOP("Messages", "The folder %1 cannot be made (%2); check the disk and its permissions."),
};

struct Pattern {
    const char* text;
    QRegularExpression expression;
};

const std::vector<Pattern>& patterns()
{
    static const std::vector<Pattern> made = [] {
        static const QRegularExpression hole(QStringLiteral("\\\\%([1-9])"));
        std::vector<Pattern> all;
        for (const char* text : kSentences) {
            const QString escaped = QRegularExpression::escape(QString::fromUtf8(text));
            all.push_back(
                {text, QRegularExpression(QRegularExpression::anchoredPattern(
                                              QString(escaped).replace(hole, QStringLiteral("(.+)"))),
                                          QRegularExpression::DotMatchesEverythingOption)});
        }
        return all;
    }();
    return made;
}

} // namespace

QString translatedMessage(const QString& sentence)
{
    for (const Pattern& pattern : patterns()) {
        const QRegularExpressionMatch match = pattern.expression.match(sentence);
        if (!match.hasMatch())
            continue;
        QString translation = QCoreApplication::translate("Messages", pattern.text);
        // All at once: a name may hold a percent sign.
        QString result;
        for (qsizetype at = 0; at < translation.size(); ++at) {
            const bool hole = translation[at] == QLatin1Char('%') && at + 1 < translation.size() &&
                              translation[at + 1].isDigit();
            if (hole)
                result += translatedMessage(match.captured(translation[++at].digitValue()));
            else
                result += translation[at];
        }
        return result;
    }
    return sentence;
}

} // namespace cantilena::ui
