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
    return QCoreApplication::translate("Names", "en", "the code of this language: en or zh") ==
           QLatin1String("zh");
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
    Named{"melody", QT_TRANSLATE_NOOP("Names", "Melody")},
    Named{"drums", QT_TRANSLATE_NOOP("Names", "Drums")},
    Named{"bass", QT_TRANSLATE_NOOP("Names", "Bass")},
    Named{"harmony", QT_TRANSLATE_NOOP("Names", "Harmony")},
    Named{"counter", QT_TRANSLATE_NOOP("Names", "Counter")},
    Named{"pad", QT_TRANSLATE_NOOP("Names", "Pad")},
    Named{"colour", QT_TRANSLATE_NOOP("Names", "Colour")},
};

/// Tracks are named in the language of the song; the code here is their Chinese name.
constexpr std::array kTracks{
    Named{"人声", QT_TRANSLATE_NOOP("Names", "Vocal")},
    Named{"鼓", QT_TRANSLATE_NOOP("Names", "Drums")},
    Named{"主奏", QT_TRANSLATE_NOOP("Names", "Lead")},
    Named{"贝斯", QT_TRANSLATE_NOOP("Names", "Bass")},
    Named{"钢琴", QT_TRANSLATE_NOOP("Names", "Piano")},
    Named{"弦乐", QT_TRANSLATE_NOOP("Names", "Strings")},
    Named{"双簧管", QT_TRANSLATE_NOOP("Names", "Oboe")},
    Named{"竖琴", QT_TRANSLATE_NOOP("Names", "Harp")},
    Named{"低音提琴", QT_TRANSLATE_NOOP("Names", "Upright bass")},
    Named{"尼龙弦吉他", QT_TRANSLATE_NOOP("Names", "Nylon guitar")},
    Named{"电钢琴", QT_TRANSLATE_NOOP("Names", "Electric piano")},
    Named{"长笛", QT_TRANSLATE_NOOP("Names", "Flute")},
    Named{"颤音琴", QT_TRANSLATE_NOOP("Names", "Vibraphone")},
    Named{"拨弦弦乐", QT_TRANSLATE_NOOP("Names", "Pizzicato strings")},
    Named{"单簧管", QT_TRANSLATE_NOOP("Names", "Clarinet")},
    Named{"钟琴", QT_TRANSLATE_NOOP("Names", "Glockenspiel")},
    Named{"木吉他", QT_TRANSLATE_NOOP("Names", "Acoustic guitar")},
    Named{"班卓琴", QT_TRANSLATE_NOOP("Names", "Banjo")},
    Named{"民谣小提琴", QT_TRANSLATE_NOOP("Names", "Fiddle")},
    Named{"电吉他", QT_TRANSLATE_NOOP("Names", "Electric guitar")},
    Named{"合成贝斯", QT_TRANSLATE_NOOP("Names", "Synth bass")},
    Named{"合成琶音", QT_TRANSLATE_NOOP("Names", "Synth arpeggio")},
    Named{"合成铺底", QT_TRANSLATE_NOOP("Names", "Synth pad")},
    Named{"合成拨弦", QT_TRANSLATE_NOOP("Names", "Synth pluck")},
    Named{"合成主音", QT_TRANSLATE_NOOP("Names", "Synth lead")},
    Named{"大提琴", QT_TRANSLATE_NOOP("Names", "Cello")},
    Named{"口琴", QT_TRANSLATE_NOOP("Names", "Harmonica")},
    Named{"风琴", QT_TRANSLATE_NOOP("Names", "Organ")},
    Named{"合唱", QT_TRANSLATE_NOOP("Names", "Choir")},
    Named{"铜管", QT_TRANSLATE_NOOP("Names", "Brass")},
    Named{"萨克斯", QT_TRANSLATE_NOOP("Names", "Saxophone")},
    Named{"爵士吉他", QT_TRANSLATE_NOOP("Names", "Jazz guitar")},
    Named{"小号", QT_TRANSLATE_NOOP("Names", "Trumpet")},
    Named{"钢片琴", QT_TRANSLATE_NOOP("Names", "Celesta")},
    Named{"八音盒", QT_TRANSLATE_NOOP("Names", "Music box")},
    Named{"圆号", QT_TRANSLATE_NOOP("Names", "Horns")},
    Named{"过载吉他", QT_TRANSLATE_NOOP("Names", "Overdriven guitar")},
    Named{"手风琴", QT_TRANSLATE_NOOP("Names", "Accordion")},
    Named{"小提琴", QT_TRANSLATE_NOOP("Names", "Violin")},
};

constexpr std::array kMoods{
    Named{"happy", QT_TRANSLATE_NOOP("Names", "Happy")},
    Named{"hopeful", QT_TRANSLATE_NOOP("Names", "Hopeful")},
    Named{"calm", QT_TRANSLATE_NOOP("Names", "Calm")},
    Named{"romantic", QT_TRANSLATE_NOOP("Names", "Romantic")},
    Named{"nostalgic", QT_TRANSLATE_NOOP("Names", "Nostalgic")},
    Named{"sad", QT_TRANSLATE_NOOP("Names", "Sad")},
    Named{"energetic", QT_TRANSLATE_NOOP("Names", "Energetic")},
    Named{"dark", QT_TRANSLATE_NOOP("Names", "Dark")},
};

constexpr std::array kEdits{
    QT_TRANSLATE_NOOP("Names", "Move note"),     QT_TRANSLATE_NOOP("Names", "Move notes"),
    QT_TRANSLATE_NOOP("Names", "Change length"), QT_TRANSLATE_NOOP("Names", "Delete note"),
    QT_TRANSLATE_NOOP("Names", "Delete notes"),  QT_TRANSLATE_NOOP("Names", "Add note"),
    QT_TRANSLATE_NOOP("Names", "Retype word"),   QT_TRANSLATE_NOOP("Names", "Mix"),
    QT_TRANSLATE_NOOP("Names", "Rename song"),   QT_TRANSLATE_NOOP("Names", "Rewrite line"),
    QT_TRANSLATE_NOOP("Names", "New tune"),      QT_TRANSLATE_NOOP("Names", "Vary the tune"),
    QT_TRANSLATE_NOOP("Names", "Continue"),      QT_TRANSLATE_NOOP("Names", "Words"),
    QT_TRANSLATE_NOOP("Names", "Change singer"), QT_TRANSLATE_NOOP("Names", "Change voice"),
    QT_TRANSLATE_NOOP("Names", "Draw pitch"),    QT_TRANSLATE_NOOP("Names", "Erase pitch"),
};

template<std::size_t N> QString look(const std::array<Named, N>& table, std::string_view code)
{
    const auto it =
        std::find_if(table.begin(), table.end(), [code](const Named& n) { return n.code == code; });
    return it == table.end() ? fromUtf8(code) : translated(it->name);
}

template<std::size_t N> QString look(const std::array<const char*, N>& table, std::string_view text)
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
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kNames{{
        {"前奏", "intro"},
        {"主歌", "verse"},
        {"导歌", "prechorus"},
        {"预副歌", "prechorus"},
        {"副歌", "chorus"},
        {"桥段", "bridge"},
        {"独奏", "solo"},
        {"间奏", "interlude"},
        {"记忆句", "hook"},
        {"钩子", "hook"},
        {"记忆点", "hook"},
        {"尾奏", "outro"},
        {"尾声", "outro"},
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
    QString letter = fromUtf8(name.substr(0, 1));
    if (name.size() < 2)
        return letter;
    return (name[1] == '#' ? translated(QT_TRANSLATE_NOOP("Names", "%1#"))
                           : translated(QT_TRANSLATE_NOOP("Names", "%1b")))
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
    // Two tracks of a kind end in a number, "Piano 2".
    const std::size_t end = name.find_last_not_of("0123456789 ") + 1;
    const std::string_view base = name.substr(0, end), number = name.substr(end);
    const auto it = std::find_if(kTracks.begin(), kTracks.end(),
                                 [base](const Named& n) { return base == n.code || base == n.name; });
    return it == kTracks.end() ? fromUtf8(name) : translated(it->name) + fromUtf8(number);
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
    return QString::fromStdString(chord.symbol(key.usesFlats()));
}

QString languageName(language::Language language)
{
    return language == language::Language::English ? QStringLiteral("English") : QStringLiteral("中文");
}

QString moodName(std::string_view mood)
{
    return mood.empty() ? translated(QT_TRANSLATE_NOOP("Names", "Even")) : look(kMoods, mood);
}

QString pointOfViewName(song::PointOfView view)
{
    static constexpr std::array kViews{
        QT_TRANSLATE_NOOP("Names", "I"),      QT_TRANSLATE_NOOP("Names", "You"),
        QT_TRANSLATE_NOOP("Names", "We"),     QT_TRANSLATE_NOOP("Names", "She"),
        QT_TRANSLATE_NOOP("Names", "He"),     QT_TRANSLATE_NOOP("Names", "They"),
        QT_TRANSLATE_NOOP("Names", "A story")};
    return translated(kViews[std::min(static_cast<std::size_t>(view), kViews.size() - 1)]);
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
    const auto whole = std::llround(std::max(0.0, seconds));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString preciseTimeText(double seconds)
{
    const auto tenths = static_cast<qint64>(std::max(0.0, seconds) * 10);
    return QStringLiteral("%1:%2.%3")
        .arg(tenths / 600)
        .arg(tenths / 10 % 60, 2, 10, QLatin1Char('0'))
        .arg(tenths % 10);
}

} // namespace cantilena::ui
