#pragma once

#include <string>
#include <string_view>

#include <QString>

#include <music/chord.h>
#include <music/pitch.h>
#include <music/tick.h>
#include <session/studio.h>
#include <song/song.h>

/// Names of the document's things in the language of the window.
namespace cantilena::ui {

QString fromUtf8(std::string_view text);

/// "Writing the lyrics" for "lyrics"; an unknown stage as it is.
QString stageName(std::string_view stage);
/// "Verse 2" in the window's language; names that people gave stay as they are.
QString sectionName(song::SectionKind kind, std::string_view name);
/// The same for a name whose kind must be guessed, as in a plan.
QString sectionName(std::string_view name);
/// The kind that a section's name speaks of; Verse when it names none.
song::SectionKind sectionKindOfName(std::string_view name);
QString trackName(std::string_view name);
QString roleName(song::Role role);
QString keyName(const music::Key& key);
/// As keyName when the text is a key, otherwise the text.
QString keyName(std::string_view text);
QString chordName(const music::Chord& chord, const music::Key& key);
QString languageName(language::Language language);
/// Of a word of compose/mood.h; "Even" for none.
QString moodName(std::string_view mood);
QString pointOfViewName(song::PointOfView view);
/// The label of an undo step.
QString editName(std::string_view label);
QString choiceName(const session::Choice& choice);

/// "2:05".
QString timeText(double seconds);
/// "2:05.3".
QString preciseTimeText(double seconds);

} // namespace cantilena::ui
