#include "names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

#include <QCoreApplication>
#include <QLocale>

namespace cantilena::ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Names", text);
}

bool chinese()
{
    // The one text whose translation tells the language of the window.
    return QCoreApplication::translate("Names", "en", "the code of this language: en or zh") == QLatin1String("zh");
}

struct Named {
    std::string_view code;
    const char* name;
};

constexpr std::array kStages{
    Named{"brief", QT_TRANSLATE_NOOP("Names", "Understanding your words")},
    Named{"form", QT_TRANSLATE_NOOP("Names", "Shaping the form")},
    Named{"lyrics", QT_TRANSLATE_NOOP("Names", "Writing the lyrics")},
    Named{"harmony", QT_TRANSLATE_NOOP("Names", "Choosing the chords")},
    Named{"melody", QT_TRANSLATE_NOOP("Names", "Composing the melody")},
    Named{"arrangement", QT_TRANSLATE_NOOP("Names", "Arranging the band")},
    Named{"performance", QT_TRANSLATE_NOOP("Names", "Playing it in")},
    Named{"voice", QT_TRANSLATE_NOOP("Names", "Singing")},
    Named{"mix", QT_TRANSLATE_NOOP("Names", "Mixing")},
    Named{"write", QT_TRANSLATE_NOOP("Names", "Writing the file")},
};

constexpr std::array kSections{
    Named{"intro", QT_TRANSLATE_NOOP("Names", "Intro")},
    Named{"verse", QT_TRANSLATE_NOOP("Names", "Verse")},
    Named{"prechorus", QT_TRANSLATE_NOOP("Names", "Pre-chorus")},
    Named{"chorus", QT_TRANSLATE_NOOP("Names", "Chorus")},
    Named{"bridge", QT_TRANSLATE_NOOP("Names", "Bridge")},
    Named{"solo", QT_TRANSLATE_NOOP("Names", "Solo")},
    Named{"interlude", QT_TRANSLATE_NOOP("Names", "Interlude")},
    Named{"hook", QT_TRANSLATE_NOOP("Names", "Hook")},
    Named{"outro", QT_TRANSLATE_NOOP("Names", "Outro")},
};

constexpr std::array kRoles{
    Named{"melody", QT_TRANSLATE_NOOP("Names", "Melody")},  Named{"drums", QT_TRANSLATE_NOOP("Names", "Drums")},
    Named{"bass", QT_TRANSLATE_NOOP("Names", "Bass")},      Named{"harmony", QT_TRANSLATE_NOOP("Names", "Harmony")},
    Named{"counter", QT_TRANSLATE_NOOP("Names", "Counter")}, Named{"pad", QT_TRANSLATE_NOOP("Names", "Pad")},
    Named{"colour", QT_TRANSLATE_NOOP("Names", "Colour")},
};

constexpr std::array kTracks{
    QT_TRANSLATE_NOOP("Names", "Vocal"),   QT_TRANSLATE_NOOP("Names", "Lead"),     QT_TRANSLATE_NOOP("Names", "Piano"),
    QT_TRANSLATE_NOOP("Names", "Guitar"),  QT_TRANSLATE_NOOP("Names", "Strings"),  QT_TRANSLATE_NOOP("Names", "Electric piano"),
    QT_TRANSLATE_NOOP("Names", "Organ"),   QT_TRANSLATE_NOOP("Names", "Synth"),    QT_TRANSLATE_NOOP("Names", "Flute"),
    QT_TRANSLATE_NOOP("Names", "Bells"),   QT_TRANSLATE_NOOP("Names", "Percussion"),
};

constexpr std::array kMoods{
    QT_TRANSLATE_NOOP("Names", "happy"),     QT_TRANSLATE_NOOP("Names", "hopeful"),   QT_TRANSLATE_NOOP("Names", "calm"),
    QT_TRANSLATE_NOOP("Names", "romantic"),  QT_TRANSLATE_NOOP("Names", "nostalgic"), QT_TRANSLATE_NOOP("Names", "sad"),
    QT_TRANSLATE_NOOP("Names", "energetic"), QT_TRANSLATE_NOOP("Names", "dark"),
};

constexpr std::array kEdits{
    QT_TRANSLATE_NOOP("Names", "Move note"),     QT_TRANSLATE_NOOP("Names", "Move notes"),
    QT_TRANSLATE_NOOP("Names", "Resize note"),   QT_TRANSLATE_NOOP("Names", "Resize notes"),
    QT_TRANSLATE_NOOP("Names", "Remove note"),   QT_TRANSLATE_NOOP("Names", "Remove notes"),
    QT_TRANSLATE_NOOP("Names", "Retype word"),   QT_TRANSLATE_NOOP("Names", "Change mix"),
    QT_TRANSLATE_NOOP("Names", "Rename song"),   QT_TRANSLATE_NOOP("Names", "Change title"),
};

template<std::size_t N>
QString look(const std::array<Named, N>& table, std::string_view code)
{
    const auto it = std::find_if(table.begin(), table.end(), [code](const Named& n) { return n.code == code; });
    return it == table.end() ? fromUtf8(code) : translated(it->name);
}

template<std::size_t N>
QString look(const std::array<const char*, N>& table, std::string_view text)
{
    const auto it = std::find_if(table.begin(), table.end(), [text](const char* n) { return text == n; });
    return it == table.end() ? fromUtf8(text) : translated(*it);
}

/// "Verse 2" as "verse" and "2"; "Pre-Chorus" as "prechorus".
std::pair<std::string, std::string> parts(std::string_view name)
{
    std::string base, number;
    for (const char c : name) {
        const auto u = static_cast<unsigned char>(c);
        if (std::isdigit(u))
            number += c;
        else if (c != ' ' && c != '-')
            base += static_cast<char>(std::tolower(u));
    }
    return {base, number};
}

std::string kindOfChinese(const std::string& base)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNames{{
        {"前奏", "intro"}, {"主歌", "verse"}, {"导歌", "prechorus"}, {"预副歌", "prechorus"}, {"副歌", "chorus"},
        {"桥段", "bridge"}, {"独奏", "solo"}, {"间奏", "interlude"}, {"记忆句", "hook"}, {"钩子", "hook"},
        {"尾奏", "outro"}, {"尾声", "outro"},
    }};
    for (const auto& [zh, kind] : kNames) {
        if (base == zh)
            return std::string(kind);
    }
    return {};
}

std::optional<song::SectionKind> kindOf(const std::string& base)
{
    if (const auto kind = song::sectionKindOfCode(base))
        return kind;
    return song::sectionKindOfCode(kindOfChinese(base));
}

QString pitchClassText(std::string_view name)
{
    const QString letter = fromUtf8(name.substr(0, 1));
    if (name.size() < 2)
        return letter;
    return (name[1] == '#' ? translated(QT_TRANSLATE_NOOP("Names", "%1♯")) : translated(QT_TRANSLATE_NOOP("Names", "%1♭")))
        .arg(letter);
}

} // namespace

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString stageName(std::string_view stage)
{
    return look(kStages, stage);
}

QString sectionName(song::SectionKind kind, std::string_view name)
{
    const auto [base, number] = parts(name);
    if (!name.empty() && kindOf(base) != kind)
        return fromUtf8(name);
    const QString kindName = look(kSections, song::code(kind));
    return number.empty() ? kindName : kindName + QLatin1Char(' ') + QString::fromStdString(number);
}

QString sectionName(std::string_view name)
{
    const auto kind = kindOf(parts(name).first);
    return kind ? sectionName(*kind, name) : fromUtf8(name);
}

song::SectionKind sectionKindOfName(std::string_view name)
{
    return kindOf(parts(name).first).value_or(song::SectionKind::Verse);
}

QString trackName(std::string_view name)
{
    const QString known = look(kTracks, name);
    if (known != fromUtf8(name))
        return known;
    const auto [base, number] = parts(name);
    if (!song::roleOfCode(base))
        return known;
    const QString role = look(kRoles, base);
    return number.empty() ? role : role + QLatin1Char(' ') + QString::fromStdString(number);
}

QString roleName(song::Role role)
{
    return look(kRoles, song::code(role));
}

QString keyName(const music::Key& key)
{
    const std::string name = key.name();
    const QString tonic = pitchClassText(std::string_view(name).substr(0, name.find(' ')));
    return (key.mode == music::Mode::Major ? translated(QT_TRANSLATE_NOOP("Names", "%1 major"))
                                           : translated(QT_TRANSLATE_NOOP("Names", "%1 minor")))
        .arg(tonic);
}

QString keyName(std::string_view text)
{
    const auto key = music::Key::parse(text);
    return key ? keyName(*key) : fromUtf8(text);
}

QString chordName(const music::Chord& chord, const music::Key& key)
{
    QString symbol = QString::fromStdString(chord.symbol(key.usesFlats()));
    symbol.replace(QLatin1Char('#'), QChar(0x266f));
    for (qsizetype i = 1; i < symbol.size(); ++i) {
        const bool afterRoot = i == 1 || symbol[i - 2] == QLatin1Char('/');
        if (symbol[i] == QLatin1Char('b') && afterRoot && symbol[i - 1].isUpper())
            symbol[i] = QChar(0x266d);
    }
    return symbol;
}

QString languageName(language::Language language)
{
    return language == language::Language::English ? QStringLiteral("English") : QStringLiteral("中文");
}

QString moodName(std::string_view mood)
{
    return look(kMoods, mood);
}

QString editName(std::string_view label)
{
    return look(kEdits, label);
}

QString choiceName(const session::Choice& choice)
{
    const std::string& name = chinese() && !choice.nameZh.empty() ? choice.nameZh : choice.nameEn;
    return QString::fromStdString(name.empty() ? choice.id : name);
}

QString timeText(double seconds)
{
    const auto whole = static_cast<qint64>(std::max(0.0, seconds) + 0.5);
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString preciseTimeText(double seconds)
{
    const auto tenths = static_cast<qint64>(std::max(0.0, seconds) * 10);
    return QStringLiteral("%1:%2.%3").arg(tenths / 600).arg(tenths / 10 % 60, 2, 10, QLatin1Char('0')).arg(tenths % 10);
}

} // namespace cantilena::ui
