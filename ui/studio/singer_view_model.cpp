#include "singer_view_model.h"

#include <algorithm>
#include <array>

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {

struct Control {
    const char* name;
    double song::Vocal::*value;
};

constexpr std::array kControls{
    Control{"breath", &song::Vocal::breath},         Control{"tension", &song::Vocal::tension},
    Control{"brightness", &song::Vocal::brightness}, Control{"vibrato", &song::Vocal::vibrato},
    Control{"consonants", &song::Vocal::consonants}, Control{"gender", &song::Vocal::gender},
    Control{"growl", &song::Vocal::growl},
};

song::Where whereOf(int number)
{
    return static_cast<song::Where>(std::clamp(number, 0, static_cast<int>(song::Where::Throughout)));
}

} // namespace

SingerViewModel::SingerViewModel(SessionBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    for (const auto signal : {&SessionBridge::songReplaced, &SessionBridge::songEdited})
        connect(&bridge, signal, this, &SingerViewModel::changed);
    connect(&bridge, &SessionBridge::languageChanged, this, &SingerViewModel::readCards);
    readCards();
}

song::Vocal SingerViewModel::vocal() const
{
    const song::SongPtr song = m_bridge.song();
    return song ? song->head.vocal : song::Vocal();
}

void SingerViewModel::set(const song::Vocal& wanted)
{
    if (m_bridge.song() && !(wanted == vocal()))
        m_bridge.report(m_bridge.studio().setVocal(wanted));
}

bool SingerViewModel::sung() const
{
    const song::SongPtr song = m_bridge.song();
    const song::TrackPtr melody = song ? song->melody() : nullptr;
    return melody && melody->head.vocal;
}

QString SingerViewModel::id() const
{
    return QString::fromStdString(vocal().singer);
}

void SingerViewModel::readCards()
{
    m_cards.clear();
    for (const session::SingerCard& card : m_bridge.studio().singerCards()) {
        const QString range = tr("%1 to %2", "lowest and highest note")
                                  .arg(QString::fromStdString(music::pitchName(card.lowest)),
                                       QString::fromStdString(music::pitchName(card.highest)));
        m_cards.append(QVariantMap{
            {QStringLiteral("id"), QString::fromStdString(card.name.id)},
            {QStringLiteral("name"), choiceName(card.name)},
            {QStringLiteral("style"), choiceName({{}, card.style, card.styleZh})},
            {QStringLiteral("description"), choiceName({{}, card.description, card.descriptionZh})},
            {QStringLiteral("range"), range},
            {QStringLiteral("portrait"), QUrl::fromLocalFile(QString::fromStdString(card.portrait.string()))},
        });
    }
    Q_EMIT cardsChanged();
    Q_EMIT changed();
}

QVariant SingerViewModel::card(const QString& entry) const
{
    for (const QVariant& known : m_cards)
        if (known.toMap().value(QStringLiteral("id")).toString() == id())
            return known.toMap().value(entry);
    // A song of a singer who is not installed is sung by the first.
    return m_cards.isEmpty() ? QVariant() : m_cards.first().toMap().value(entry);
}

QVariantMap SingerViewModel::controls() const
{
    QVariantMap map;
    const song::Vocal now = vocal();
    for (const Control& control : kControls)
        map.insert(QLatin1String(control.name), now.*control.value);
    return map;
}

int SingerViewModel::doubles() const
{
    return static_cast<int>(vocal().doubles);
}
int SingerViewModel::harmony() const
{
    return static_cast<int>(vocal().harmony);
}
bool SingerViewModel::harmonyBelow() const
{
    return vocal().harmonyBelow;
}

bool SingerViewModel::plain() const
{
    song::Vocal plain;
    plain.singer = vocal().singer;
    return vocal() == plain;
}

void SingerViewModel::choose(const QString& id)
{
    song::Vocal wanted = vocal();
    wanted.singer = id.toStdString();
    set(wanted);
}

void SingerViewModel::setControl(const QString& name, double value)
{
    song::Vocal wanted = vocal();
    for (const Control& control : kControls)
        if (name == QLatin1String(control.name))
            wanted.*control.value = std::clamp(value, 0.0, 1.0);
    set(wanted);
}

void SingerViewModel::setDoubles(int where)
{
    song::Vocal wanted = vocal();
    wanted.doubles = whereOf(where);
    set(wanted);
}

void SingerViewModel::setHarmony(int where)
{
    song::Vocal wanted = vocal();
    wanted.harmony = whereOf(where);
    set(wanted);
}

void SingerViewModel::setHarmonyBelow(bool below)
{
    song::Vocal wanted = vocal();
    wanted.harmonyBelow = below;
    set(wanted);
}

void SingerViewModel::reset()
{
    song::Vocal plain;
    plain.singer = vocal().singer;
    set(plain);
}

} // namespace cantilena::ui
