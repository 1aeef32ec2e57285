#include "brief_options.h"

#include <array>

#include <QCoreApplication>

#include <compose/mood.h>

#include "names.h"

namespace cantilena::ui {

namespace {

constexpr std::array kLengths{15, 30, 60, 90, 120, 150, 180, 240};
constexpr std::array kTempi{60, 75, 90, 105, 120, 135, 150};

QVariantMap option(const QString& id, const QString& name)
{
    return {{QStringLiteral("id"), id}, {QStringLiteral("name"), name}};
}

QVariantList optionsOf(const std::vector<session::Choice>& choices)
{
    QVariantList list;
    for (const session::Choice& choice : choices)
        list.append(option(QString::fromStdString(choice.id), choiceName(choice)));
    return list;
}

} // namespace

const QString& instrumentalVoice()
{
    static const QString id = QStringLiteral("instrumental");
    return id;
}

QVariantList briefOptions(BriefModel::Matter matter, const session::Studio& studio)
{
    QVariantList list;
    switch (matter) {
    case BriefModel::Mood:
        for (const compose::NamedMood& mood : compose::kNamedMoods)
            list.append(option(fromUtf8(mood.word), moodName(mood.word)));
        return list;
    case BriefModel::Style:
        return optionsOf(studio.styles());
    case BriefModel::Tempo:
        for (const int tempo : kTempi)
            list.append(option(QString::number(tempo), QString::number(tempo)));
        return list;
    case BriefModel::Key:
        for (const music::Mode mode : {music::Mode::Major, music::Mode::Minor}) {
            for (int tonic = 0; tonic < 12; ++tonic) {
                const music::Key key{tonic, mode};
                list.append(option(QString::fromStdString(key.name()), keyName(key)));
            }
        }
        return list;
    case BriefModel::Length:
        for (const int seconds : kLengths)
            list.append(option(QString::number(seconds), timeText(seconds)));
        return list;
    case BriefModel::Voice:
        list = optionsOf(studio.singers());
        list.append(option(instrumentalVoice(), QCoreApplication::translate("Brief", "Instrumental")));
        return list;
    case BriefModel::Language:
        return {option(QStringLiteral("en"), QStringLiteral("English")),
                option(QStringLiteral("zh"), QStringLiteral("中文"))};
    case BriefModel::PointOfView:
        for (int i = 0; i <= static_cast<int>(song::PointOfView::Story); ++i)
            list.append(option(QString::number(i), pointOfViewName(static_cast<song::PointOfView>(i))));
        return list;
    }
    return list;
}

} // namespace cantilena::ui
