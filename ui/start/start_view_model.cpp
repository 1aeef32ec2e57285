#include "start_view_model.h"

#include <algorithm>
#include <cmath>

#include <QRandomGenerator>

#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

namespace {

QVariantMap fact(const QString& name, const QString& value)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
}

QString nameOf(const std::vector<session::Choice>& choices, const std::string& id)
{
    const auto it =
        std::find_if(choices.begin(), choices.end(), [&](const session::Choice& c) { return c.id == id; });
    return it == choices.end() ? QString::fromStdString(id) : choiceName(*it);
}

} // namespace

StartViewModel::StartViewModel(SessionBridge& bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_stages(bridge), m_recent(bridge), m_brief(bridge)
{
    connect(&bridge, &SessionBridge::jobUpdated, this, &StartViewModel::followJob);
    connect(&bridge, &SessionBridge::planChanged, this, &StartViewModel::planChanged);
    connect(&bridge, &SessionBridge::languageChanged, this, &StartViewModel::planChanged);
    connect(&m_brief, &BriefModel::choicesChanged, this, &StartViewModel::canCreateChanged);
    followJob();
}

void StartViewModel::setPrompt(const QString& prompt)
{
    if (prompt == m_prompt)
        return;
    m_prompt = prompt;
    m_brief.setPrompt(prompt);
    Q_EMIT promptChanged();
    Q_EMIT canCreateChanged();
}

bool StartViewModel::planKnown() const
{
    return m_bridge.plan().has_value();
}

QString StartViewModel::planTitle() const
{
    const auto plan = m_bridge.plan();
    return plan ? QString::fromStdString(plan->title) : QString();
}

QVariantList StartViewModel::planFacts() const
{
    const auto plan = m_bridge.plan();
    if (!plan)
        return {};
    QVariantList facts;
    facts.append(fact(tr("Key"), keyName(plan->key)));
    facts.append(fact(tr("Tempo"), tr("%1 BPM").arg(std::lround(plan->tempo))));
    facts.append(fact(tr("Meter"), QString::fromStdString(plan->meter)));
    facts.append(fact(tr("Length"), timeText(plan->durationSeconds)));
    facts.append(fact(tr("Style"), nameOf(m_bridge.studio().styles(), plan->style)));
    if (const auto language = language::languageOfCode(plan->language))
        facts.append(fact(tr("Language"), languageName(*language)));
    facts.append(fact(tr("Mood"), moodName(plan->mood)));
    if (!plan->singer.empty()) {
        facts.append(fact(tr("Singer"), nameOf(m_bridge.studio().singers(), plan->singer)));
        facts.append(fact(tr("Point of view"), pointOfViewName(plan->pointOfView)));
    }
    return facts;
}

QVariantList StartViewModel::planSections() const
{
    const auto plan = m_bridge.plan();
    QVariantList list;
    if (!plan)
        return list;
    for (const std::string& name : plan->sections) {
        list.append(QVariantMap{{QStringLiteral("name"), sectionName(name)},
                                {QStringLiteral("kind"), fromUtf8(song::code(sectionKindOfName(name)))}});
    }
    return list;
}

QString StartViewModel::planThemes() const
{
    const auto plan = m_bridge.plan();
    QStringList list;
    if (plan) {
        for (const std::string& theme : plan->themes) {
            if (list.size() < 8)
                list.append(QString::fromStdString(theme));
        }
    }
    return list.join(QStringLiteral(" · "));
}

compose::ComposeRequest StartViewModel::request(std::uint64_t seed) const
{
    compose::ComposeRequest request = m_brief.request();
    request.seed = seed;
    return request;
}

void StartViewModel::create()
{
    if (!canCreate() || m_composing)
        return;
    m_stages.restart();
    // A new song every time; the seed is part of the song, so that it can be made again.
    const std::uint64_t seed = QRandomGenerator::global()->bounded(1u, 2'147'483'647u);
    m_bridge.report(m_bridge.studio().compose(request(seed)));
    followJob();
    Q_EMIT planChanged();
}

void StartViewModel::cancel()
{
    m_bridge.studio().cancelJob();
}

void StartViewModel::openRecent(const QString& path)
{
    m_bridge.report(m_bridge.studio().openFile(path.toStdString()));
}

void StartViewModel::openFile(const QUrl& file)
{
    openRecent(file.toLocalFile());
}

void StartViewModel::followJob()
{
    const session::JobStatus job = m_bridge.studio().job();
    const bool composing = job.kind == session::JobKind::Compose;
    if (composing) {
        m_stages.advance(job.stage);
        m_fraction = job.fraction;
        Q_EMIT progressChanged();
    }
    if (composing != m_composing) {
        m_composing = composing;
        if (composing)
            Q_EMIT planChanged();
        Q_EMIT composingChanged();
    }
}

} // namespace cantilena::ui
