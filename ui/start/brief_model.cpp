#include "brief_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QPointer>
#include <QRegularExpression>

#include <compose/mood.h>

#include "brief_options.h"
#include "names.h"
#include "session_bridge.h"

namespace cantilena::ui {

using session::Wordsmith;

namespace {

constexpr int kTypingPause = 250; // milliseconds without a key before the sentence is read
constexpr int kMatters = BriefModel::PointOfView + 1;
constexpr double kUsualTempo = 100, kUsualLength = 150;

const QString& open()
{
    static const QString id = QStringLiteral("open");
    return id;
}

/// Seconds from "90" or "1:30".
std::optional<double> secondsOf(const QString& text)
{
    const QStringList parts = text.trimmed().split(QLatin1Char(':'));
    bool right = false, left = true;
    const double last = parts.last().toDouble(&right);
    const double minutes = parts.size() == 2 ? parts.first().toDouble(&left) : 0;
    if (!right || !left || parts.size() > 2 || !std::isfinite(last) || !std::isfinite(minutes))
        return std::nullopt;
    return minutes * 60 + last;
}

std::vector<std::string> wordsOf(const QString& text)
{
    static const QRegularExpression gaps(QStringLiteral("[\\s,，、;；]+"));
    std::vector<std::string> words;
    for (const QString& word : text.split(gaps, Qt::SkipEmptyParts))
        words.push_back(word.left(BriefModel::kLongestTheme).toStdString());
    return words;
}

} // namespace

BriefModel::BriefModel(SessionBridge& bridge, QObject* parent) : QAbstractListModel(parent), m_bridge(bridge)
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    connect(&m_typing, &QTimer::timeout, this, &BriefModel::understand);
    connect(&bridge, &SessionBridge::languageChanged, this, [this] {
        Q_EMIT dataChanged(index(0), index(kMatters - 1));
        understand();
    });
}

int BriefModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kMatters;
}

QVariant BriefModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= kMatters)
        return {};
    static constexpr std::array kLabels{
        QT_TR_NOOP("Mood"),   QT_TR_NOOP("Style"), QT_TR_NOOP("Tempo"),    QT_TR_NOOP("Key"),
        QT_TR_NOOP("Length"), QT_TR_NOOP("Voice"), QT_TR_NOOP("Language"), QT_TR_NOOP("Point of view")};
    const auto matter = static_cast<Matter>(index.row());
    const bool number = matter == Tempo || matter == Length;
    switch (role) {
    case MatterRole:
        return matter;
    case Qt::DisplayRole:
    case LabelRole:
        return tr(kLabels[static_cast<std::size_t>(matter)]);
    case ValueRole:
        return valueOf(matter);
    case SourceRole:
        return sourceOf(matter);
    case ChoiceRole:
        return choiceOf(matter);
    case EntryRole: {
        const QString id = choiceOf(matter);
        return !number || id.isEmpty() || id == open() ? QString()
               : matter == Length                      ? timeText(id.toDouble())
                                                       : id;
    }
    case NumberRole:
        return number ? numberOf(matter) : 0;
    case OptionsRole:
        return briefOptions(matter, m_bridge.studio());
    case EditorRole:
        return number ? NumberEditor : matter == Mood ? MoodEditor : ListEditor;
    case OpenableRole:
        return number || matter == Key;
    default:
        return {};
    }
}

QHash<int, QByteArray> BriefModel::roleNames() const
{
    return {{MatterRole, "matter"},    {LabelRole, "label"},     {ValueRole, "value"},
            {SourceRole, "source"},    {ChoiceRole, "choice"},   {EntryRole, "entry"},
            {NumberRole, "number"},    {OptionsRole, "options"}, {EditorRole, "editor"},
            {OpenableRole, "openable"}};
}

bool BriefModel::chosen(Matter matter) const
{
    const compose::ComposeRequest& r = m_request;
    switch (matter) {
    case Mood:
        return !r.mood.empty() || r.valence;
    case Style:
        return !r.style.empty();
    case Tempo:
        return r.tempo || r.leftOpen.tempo;
    case Key:
        return r.key || r.leftOpen.key;
    case Length:
        return r.length || r.leftOpen.length;
    case Voice:
        return !r.voice.empty() || r.instrumental;
    case Language:
        return r.language.has_value();
    case PointOfView:
        return r.pointOfView.has_value();
    }
    return false;
}

/// Of what the person chose, or else of what was understood. The understanding of a request holds the
/// person's choices too, but it comes later.
QString BriefModel::choiceOf(Matter matter) const
{
    const compose::ComposeRequest& r = m_request;
    const bool own = chosen(matter);
    const auto number = [own](const auto& chosenValue, bool left, const auto& understood) {
        const auto& value = own ? chosenValue : understood;
        return own && left ? open() : value ? QString::number(std::lround(value->value)) : QString();
    };
    static const song::Brief nothing;
    const song::Brief& brief = m_brief ? *m_brief : nothing;
    if (!own && !m_brief)
        return {};
    switch (matter) {
    case Mood:
        return !own             ? fromUtf8(compose::moodWordOf(brief))
               : r.mood.empty() ? fromUtf8(compose::nearestMood(valence(), arousal()).word)
                                : QString::fromStdString(r.mood);
    case Style:
        return QString::fromStdString(own ? r.style : brief.style);
    case Tempo:
        return number(r.tempo, r.leftOpen.tempo, brief.tempo);
    case Key: {
        const std::optional<music::Key>& key = own ? r.key : brief.key;
        return own && r.leftOpen.key ? open() : key ? QString::fromStdString(key->name()) : QString();
    }
    case Length:
        return number(r.length, r.leftOpen.length, brief.length);
    case Voice:
        if (own)
            return r.instrumental.value_or(false) ? instrumentalVoice() : QString::fromStdString(r.voice);
        return brief.instrumental ? instrumentalVoice() : QString::fromStdString(brief.singer);
    case Language:
        return fromUtf8(language::code(own ? *r.language : brief.language));
    case PointOfView:
        return QString::number(static_cast<int>(own ? *r.pointOfView : brief.pointOfView));
    }
    return {};
}

QString BriefModel::nameOf(Matter matter, const QString& id) const
{
    const QVariantList options = briefOptions(matter, m_bridge.studio());
    const auto it = std::find_if(options.begin(), options.end(), [&](const QVariant& o) {
        return o.toMap().value(QStringLiteral("id")).toString() == id;
    });
    return it == options.end() ? id : it->toMap().value(QStringLiteral("name")).toString();
}

QString BriefModel::valueOf(Matter matter) const
{
    const QString id = choiceOf(matter);
    if (id == open())
        return tr("open");
    if (matter == Mood && id.isEmpty() && sourceOf(Mood) != Nobody)
        return moodName({});
    if (id.isEmpty())
        return {};
    if (matter == Tempo)
        return tr("%1 BPM").arg(id);
    if (matter == Length)
        return timeText(id.toDouble());
    return nameOf(matter, id);
}

BriefModel::Source BriefModel::sourceOf(Matter matter) const
{
    if (chosen(matter))
        return Person;
    return m_brief && (matter == Mood || !choiceOf(matter).isEmpty()) ? Sentence : Nobody;
}

double BriefModel::numberOf(Matter matter) const
{
    const QString id = choiceOf(matter);
    if (id.isEmpty() || id == open())
        return matter == Tempo ? kUsualTempo : kUsualLength;
    return id.toDouble();
}

double BriefModel::valence() const
{
    for (const compose::NamedMood& mood : compose::kNamedMoods) {
        if (m_request.mood == mood.word)
            return mood.valence;
    }
    return m_request.valence.value_or(m_brief ? m_brief->valence : 0);
}

double BriefModel::arousal() const
{
    for (const compose::NamedMood& mood : compose::kNamedMoods) {
        if (m_request.mood == mood.word)
            return mood.arousal;
    }
    return m_request.arousal.value_or(m_brief ? m_brief->arousal : 0);
}

void BriefModel::choose(int matter, const QString& value)
{
    if (matter < 0 || matter >= kMatters)
        return;
    const auto what = static_cast<Matter>(matter);
    if (what == Mood)
        chooseMood(value);
    else if (what == Tempo || what == Length)
        chooseNumber(what, value);
    else
        chooseOption(what, value);
    changed();
}

void BriefModel::chooseMood(const QString& word)
{
    m_request.mood = word.toStdString();
    m_request.valence.reset();
    m_request.arousal.reset();
}

void BriefModel::setMood(double valence, double arousal)
{
    m_request.mood.clear();
    m_request.valence = std::clamp(valence, -1.0, 1.0);
    m_request.arousal = std::clamp(arousal, -1.0, 1.0);
    changed();
}

void BriefModel::chooseNumber(Matter matter, const QString& text)
{
    const std::optional<double> value = secondsOf(text);
    if (!value && !text.isEmpty() && text != open())
        return;
    if (matter == Tempo) {
        m_request.leftOpen.tempo = text == open();
        m_request.tempo.reset();
        if (value)
            m_request.tempo = music::Bpm{std::clamp(std::round(*value), 40.0, 220.0)};
    } else {
        m_request.leftOpen.length = text == open();
        m_request.length.reset();
        if (value)
            m_request.length = music::Seconds{std::clamp(std::round(*value), 15.0, 360.0)};
    }
}

void BriefModel::chooseOption(Matter matter, const QString& id)
{
    compose::ComposeRequest& r = m_request;
    switch (matter) {
    case Style:
        r.style = id.toStdString();
        break;
    case Key:
        r.leftOpen.key = id == open();
        r.key = music::Key::parse(id.toStdString());
        break;
    case Voice:
        r.voice = id == instrumentalVoice() ? std::string() : id.toStdString();
        r.instrumental.reset();
        if (!id.isEmpty())
            r.instrumental = id == instrumentalVoice();
        break;
    case Language:
        r.language = language::languageOfCode(id.toStdString());
        break;
    case PointOfView:
        r.pointOfView.reset();
        if (!id.isEmpty())
            r.pointOfView = static_cast<song::PointOfView>(id.toInt());
        break;
    default:
        break;
    }
}

/// The subject as the sentence has it, without what the person took away.
std::vector<QString> BriefModel::sentenceWords() const
{
    std::vector<QString> words;
    if (!m_brief)
        return words;
    for (std::size_t i = static_cast<std::size_t>(m_brief->chosenThemes); i < m_brief->themes.size(); ++i) {
        const std::string& word = m_brief->themes[i];
        const auto& without = m_request.withoutThemes;
        if (std::find(without.begin(), without.end(), word) == without.end() && words.size() < 8)
            words.push_back(QString::fromStdString(word));
    }
    return words;
}

void BriefModel::replaceWord(int index, const QString& text)
{
    std::vector<std::string>& own = m_request.themes;
    const std::vector<QString> read = sentenceWords();
    auto at = own.end();
    if (index >= 0 && static_cast<std::size_t>(index) < own.size()) {
        at = own.erase(own.begin() + index);
    } else if (index >= 0 && static_cast<std::size_t>(index) < own.size() + read.size()) {
        const QString& word = read[static_cast<std::size_t>(index) - own.size()];
        if (m_request.withoutThemes.size() < compose::kMostWithoutThemes)
            m_request.withoutThemes.push_back(word.toStdString());
    }
    for (const std::string& word : wordsOf(text)) {
        if (own.size() < compose::kMostThemes && std::find(own.begin(), own.end(), word) == own.end())
            at = own.insert(at, word) + 1;
        // What is wanted again is no longer taken away.
        std::erase(m_request.withoutThemes, word);
    }
    changed();
}

void BriefModel::resetSubject()
{
    m_request.themes.clear();
    m_request.withoutThemes.clear();
    changed();
}

QString BriefModel::opening() const
{
    if (m_request.opening)
        return QString::fromStdString(*m_request.opening);
    return m_brief ? QString::fromStdString(m_brief->opening) : QString();
}

void BriefModel::setOpening(const QString& lines)
{
    QStringList kept;
    for (const QString& line : lines.split(u'\n'))
        if (const QString words = line.simplified();
            !words.isEmpty() && kept.size() < static_cast<qsizetype>(compose::kMostOpeningLines))
            kept.push_back(words);
    m_request.opening = kept.join(u'\n').left(compose::kLongestOpening).toStdString();
    changed();
}

void BriefModel::resetOpening()
{
    m_request.opening.reset();
    changed();
}

compose::ComposeRequest BriefModel::request() const
{
    compose::ComposeRequest request = m_request;
    request.interfaceLanguage = m_bridge.studio().setting("language", "en") == "zh"
                                    ? language::Language::Mandarin
                                    : language::Language::English;
    return request;
}

void BriefModel::setPrompt(const QString& prompt)
{
    m_request.prompt = prompt.trimmed().toStdString();
    m_typing.start();
}

void BriefModel::changed()
{
    announce();
    Q_EMIT choicesChanged();
    understand();
}

void BriefModel::announce()
{
    // The options stay: a list that is open keeps its place.
    Q_EMIT dataChanged(index(0), index(kMatters - 1),
                       {ValueRole, SourceRole, ChoiceRole, EntryRole, NumberRole});
    Q_EMIT moodChanged();
    Q_EMIT openingChanged();
    std::vector<SubjectModel::Word> words;
    for (const std::string& word : m_request.themes)
        words.push_back({QString::fromStdString(word), true});
    const QString prompt = QString::fromStdString(m_request.prompt);
    for (const QString& word : sentenceWords()) {
        // As the person writes it: names have capitals.
        const qsizetype at = prompt.indexOf(word, 0, Qt::CaseInsensitive);
        words.push_back({at > 0 ? prompt.mid(at, word.size()) : word, false});
    }
    m_subject.show(std::move(words));
}

void BriefModel::understand()
{
    m_typing.stop();
    if (!enough()) {
        m_bridge.studio().wordsmith().cancel(Wordsmith::Question::Brief);
        m_brief.reset();
        announce();
        return;
    }
    m_bridge.studio().wordsmith().understand(request(), [self = QPointer(this)](const auto& brief) {
        if (!self)
            return;
        self->m_brief.reset();
        if (brief)
            self->m_brief = *brief;
        self->announce();
    });
}

} // namespace cantilena::ui
