#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include <compose/opening.h>
#include <compose/telling.h>

#include "lyrics_writer.h"

/// The shapes of lines: those of corpus sections that can be made to fit.
namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kShapes = 24;  // windows whose shape is tried, until
constexpr std::size_t kComplete = 4; // so many of them can be made to fit
constexpr std::size_t kStories = 20; // corpus songs whose story is tried
constexpr std::size_t kForms = 3;    // for a story, when the first asks for lines that it does not have
constexpr std::size_t kWindows = 40; // of a story
constexpr std::size_t kTrials = 3;   // windows of a story that are tried for a group
constexpr double kNoLines = 10.0;    // for a group that a story has no lines for
constexpr double kFit = 0.25;        // of a group on average
constexpr double kIncomplete = 2.0;  // of a story that needs lines from elsewhere
constexpr double kOtherCount = 0.2;  // for each syllable that a later verse has more or less than the first
constexpr int kAgain = 3;            // most of them in a line
constexpr double kPace = 3.6;        // syllables a second that a line may be sung at
constexpr char kFirstLetter = 'A';
// Nearness of a story that is told rather than answered: what is said in a few words is plain enough for a
// story that is about something like it, and hardly any story has all that is told in many.
constexpr double kPlainlyTold = 0.3, kToldAlready = 0.53, kToldAtLength = 0.85;
constexpr std::size_t kTelling = 3;                     // lines that make a song by themselves
constexpr double kNowhereNear = 0.22;                   // to what is told in a line or two
constexpr int kPlain = 8, kParticular = 13, kLong = 32; // syllables of what is told

/// How near a story must be to what is told in so many syllables.
double nearnessFor(int syllables)
{
    const auto between = [&](int from, int to) {
        return std::clamp(static_cast<double>(syllables - from) / (to - from), 0.0, 1.0);
    };
    return kPlainlyTold + between(kPlain, kParticular) * (kToldAlready - kPlainlyTold) +
           between(kParticular, kLong) * (kToldAtLength - kToldAlready);
}

/// Groups of lines that a form has words for.
int groupsOf(const Form& form)
{
    int groups = 0;
    for (const SectionPlan& section : form.sections) {
        for (std::size_t left = section.sameLyricsAs < 0 ? section.lines.size() : 0; left > 0; ++groups)
            left -= groupSize(left);
    }
    return groups;
}

} // namespace

bool Writer::hasSibling(const Window& window, std::size_t lines) const
{
    const ModelSong& song = m_corpus.songs[static_cast<std::size_t>(window.song)];
    for (std::size_t k = 0; k < song.sections.size(); ++k) {
        const ModelSection& other = song.sections[k];
        if (static_cast<int>(k) == window.section ||
            other.kind != song.sections[static_cast<std::size_t>(window.section)].kind ||
            other.lines.size() < lines)
            continue;
        int off = 0;
        for (std::size_t i = 0; i < lines; ++i)
            off += std::abs(other.lines[i].syllables - lineOf(window, i).syllables);
        if (off <= static_cast<int>(lines) / 2)
            return true;
    }
    return false;
}

Result<bool> Writer::suitGroup(const Group& group, char firstLetter, bool again)
{
    SectionPlan& section = m_form.sections[group.section];
    const std::vector<LinePlan> planned(section.lines.begin() + static_cast<std::ptrdiff_t>(group.first),
                                        section.lines.begin() +
                                            static_cast<std::ptrdiff_t>(group.first + group.count));
    if (m_story.song >= 0) {
        TRY(Trial trial, tryStory(m_story, group, true, again));
        if (trial.window) {
            for (LinePlan& line : trial.lines)
                line.rhyme =
                    line.rhyme == 0 ? char{0} : static_cast<char>(line.rhyme - kFirstLetter + firstLetter);
            std::copy(trial.lines.begin(), trial.lines.end(),
                      section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
            m_taken.push_back(*trial.window);
            return true;
        }
    }
    WindowWish wish = wishFor(group);
    wish.lines = planned;
    wish.anyShape = true;
    const auto windows = rankWindows(m_corpus, m_theme, wish, m_borrowed,
                                     windowRandom(m_random, section, group.first), kShapes);
    std::optional<Window> best;
    std::vector<LinePlan> bestShape;
    double bestScore = 0;
    std::size_t complete = 0;
    EditState state;
    state.used = m_used;
    for (const Window& window : windows) {
        const std::vector<LinePlan> shape = shapeOf(m_corpus, window, planned, firstLetter);
        std::copy(shape.begin(), shape.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
        TRY(const Draft draft, realise(group, window, state, nullptr));
        const bool verse = section.kind == song::SectionKind::Verse;
        const double score = draft.score + (verse && hasSibling(window, group.count) ? 1.2 : 0.0);
        complete += draft.missing == 0 ? 1 : 0;
        if (!best || score > bestScore) {
            best = window;
            bestScore = score;
            bestShape = shape;
        }
        if (complete >= kComplete)
            break;
    }
    if (best) {
        std::copy(bestShape.begin(), bestShape.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
        ++m_borrowed[best->song];
        best->lines = static_cast<int>(group.count);
        m_taken.push_back(*best);
    } else {
        std::copy(planned.begin(), planned.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
    }
    return false;
}

Result<Writer::Trial> Writer::tryStory(const Story& story, const Group& group, bool reshape, bool again)
{
    SectionPlan& section = m_form.sections[group.section];
    const std::vector<LinePlan> planned = section.lines;
    WindowWish wish = wishFor(group);
    wish.lines = std::span(planned).subspan(group.first, group.count);
    wish.onlySong = story.song;
    wish.story = {};
    wish.anyShape = reshape;
    if (again) {
        wish.longer = wish.shorter = kAgain;
    } else if (!wish.lines.empty()) {
        const double bar = music::toBeats(m_form.meter.barLength()) * 60.0 / m_form.tempo.value;
        const auto most = static_cast<int>(kPace * bar * wish.lines.front().bars);
        wish.longer = std::max(wish.longer, most - wish.lines.front().syllables);
    }
    const ModelSong& song = m_corpus.songs[static_cast<std::size_t>(story.song)];
    Trial best;
    best.score = -kNoLines;
    std::size_t tried = 0;
    for (const Window& window :
         rankWindows(m_corpus, m_theme, wish, {}, windowRandom(m_random, section, group.first), kWindows)) {
        // Of another purpose it would tell another part of the story.
        if (purposeFit(wish.purpose, purposeOf(song, static_cast<std::size_t>(window.section))) < 0)
            continue;
        if (++tried > kTrials)
            break;
        std::vector<LinePlan> lines(wish.lines.begin(), wish.lines.end());
        if (reshape)
            lines = shapeOf(m_corpus, window, lines, kFirstLetter);
        std::copy(lines.begin(), lines.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
        TRY(const Draft draft, realise(group, window, EditState{}, nullptr));
        double score = draft.score;
        for (std::size_t i = 0; again && i < group.count; ++i)
            score -= kOtherCount * std::abs(lines[i].syllables - wish.lines[i].syllables);
        // One line from elsewhere is better than four.
        const bool enough = draft.missing == 0 || (draft.missing == 1 && group.count > 2);
        if (enough && (!best.window || score > best.score)) {
            best = {score, window, lines, draft.missing};
            best.window->lines = static_cast<int>(group.count);
        }
    }
    section.lines = planned;
    return best;
}

Result<Writer::Telling> Writer::tellStory(const Story& story, bool reshape)
{
    const Form planned = m_form;
    double sum = 0;
    int groups = 0;
    bool complete = true;
    std::map<std::pair<int, std::size_t>, std::size_t> shaped;
    for (const std::size_t s : sectionOrder()) {
        SectionPlan& section = m_form.sections[s];
        const auto [found, fresh] = shaped.try_emplace({section.material, section.lines.size()}, s);
        if (!fresh && reshape)
            section.lines = m_form.sections[found->second].lines;
        for (std::size_t first = 0; first < section.lines.size();) {
            const Group group{s, first, groupSize(section.lines.size() - first)};
            TRY(const Trial trial, tryStory(story, group, reshape, !fresh));
            // A song can do without a verse of its story rather than without its point.
            const int weight = isHook(section.kind) ? 2 : 1;
            sum += weight * trial.score;
            groups += weight;
            complete = complete && trial.window && trial.missing == 0;
            if (trial.window) {
                m_taken.push_back(*trial.window);
                std::copy(trial.lines.begin(), trial.lines.end(),
                          section.lines.begin() + static_cast<std::ptrdiff_t>(first));
            }
            first += group.count;
        }
    }
    m_form = planned;
    m_taken.clear();
    return Telling{sum / std::max(1, groups), complete};
}

int Writer::missing(const Story& story, const Form& form) const
{
    const ModelSong& song = m_corpus.songs[static_cast<std::size_t>(story.song)];
    std::vector<std::size_t> left;
    for (const ModelSection& section : song.sections)
        left.push_back(section.lines.size());
    int count = 0;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (form.sections[s].sameLyricsAs >= 0)
            continue;
        const Purpose wanted = purposeOf(form, s);
        for (std::size_t lines = form.sections[s].lines.size(); lines > 0;) {
            const std::size_t need = groupSize(lines);
            lines -= need;
            std::optional<std::size_t> best;
            for (std::size_t k = 0; k < left.size(); ++k) {
                const double fit = purposeFit(wanted, purposeOf(song, k));
                if (left[k] >= need && fit >= 0 &&
                    (!best || fit > purposeFit(wanted, purposeOf(song, *best))))
                    best = k;
            }
            if (best)
                left[*best] -= need;
            else
                ++count;
        }
    }
    return count;
}

Result<void> Writer::chooseStory(const std::vector<Form>& forms, const std::vector<Story>& stories,
                                 bool reshape)
{
    std::optional<double> bestScore;
    Form best = forms.front();
    m_form = best;
    for (const Story& story : stories) {
        // The forms that ask for the fewest lines that the story does not have.
        std::vector<const Form*> order;
        order.reserve(forms.size());
        for (const Form& form : forms)
            order.push_back(&form);
        std::stable_sort(order.begin(), order.end(), [&](const Form* a, const Form* b) {
            return missing(story, *a) < missing(story, *b);
        });
        int failed = 0; // groups of the smallest form that the story could not fill
        std::size_t tried = 0;
        for (const Form* form : order) {
            m_form = *form;
            const int groups = groupsOf(m_form);
            if (tried > 0 && groups >= failed)
                continue;
            TRY(const Telling telling, tellStory(story, reshape));
            const double score = story.score + kFit * telling.fit - (telling.complete ? 0.0 : kIncomplete);
            if (!bestScore || score > *bestScore) {
                bestScore = score;
                best = *form;
                best.story = story.song;
                m_story = story;
            }
            failed = groups;
            if (telling.complete || ++tried == kForms)
                break;
        }
    }
    m_form = std::move(best);
    return {};
}

Result<std::vector<Story>> Writer::stories() const
{
    return rankStories(m_corpus, m_theme, m_brief, m_form, waitingName(), m_random.at({3}), kStories);
}

bool Writer::saysMore(const std::vector<Story>& stories) const
{
    const double about =
        std::accumulate(stories.begin(), stories.end(), 0.0,
                        [](double most, const Story& story) { return std::max(most, story.about); });
    const std::vector<std::string> lines = linesOf(m_brief.opening);
    // A line or two make a small song: rather one that is about something like it.
    if (lines.size() < kTelling)
        return !lines.empty() && about < kNowhereNear;
    int syllables = 0;
    for (const std::string& line : lines)
        syllables += m_reader.countSyllables(line, m_corpus.language);
    // Chinese says as much in fewer.
    if (m_corpus.language == language::Language::Mandarin)
        syllables = syllables * 3 / 4;
    return about < nearnessFor(syllables);
}

Result<Form> Writer::suit(const std::vector<Form>& forms)
{
    const auto told = std::find_if(forms.begin(), forms.end(), isTold);
    std::vector<Form> telling;
    std::remove_copy_if(forms.begin(), forms.end(), std::back_inserter(telling), isTold);
    TRY(const std::vector<Story> chosen, stories());
    // Nothing that is written for others says it as well as the words themselves.
    if (told != forms.end() && saysMore(chosen))
        return *told;
    TRY_VOID(chooseStory(telling, chosen, true));
    std::map<std::pair<int, std::size_t>, std::size_t>
        shaped; // by material and number of lines: the section that set it
    for (const std::size_t s : sectionOrder()) {
        SectionPlan& section = m_form.sections[s];
        const auto [found, fresh] = shaped.try_emplace({section.material, section.lines.size()}, s);
        // A second verse has the tune of the first, which takes a syllable more or less.
        for (std::size_t i = 0; !fresh && i < section.lines.size(); ++i) {
            section.lines[i].syllables = m_form.sections[found->second].lines[i].syllables;
            section.lines[i].rhyme = m_form.sections[found->second].lines[i].rhyme;
        }
        char letter = 'A';
        bool told = true;
        const std::vector<Window> taken = m_taken;
        const Borrowed borrowed = m_borrowed;
        for (std::size_t first = 0; first < section.lines.size();) {
            const std::size_t count = groupSize(section.lines.size() - first);
            TRY(const bool own, suitGroup({s, first, count}, letter, !fresh));
            told = told && own;
            letter = static_cast<char>(letter + 2);
            first += count;
        }
        const bool verse = section.kind == song::SectionKind::Verse;
        const bool repeats = !fresh && verse && !m_form.sections[found->second].lines.empty();
        if (told || m_story.song < 0 || isHook(section.kind) || (verse && !repeats))
            continue;
        // What the story does not tell no other song tells for it: its verse comes again, or the band plays
        // on.
        m_taken = taken;
        m_borrowed = borrowed;
        if (repeats)
            section.sameLyricsAs = static_cast<int>(found->second);
        else
            section.lines.clear();
    }
    for (SectionPlan& section : m_form.sections) {
        if (section.sameLyricsAs < 0)
            continue;
        const SectionPlan& same = m_form.sections[static_cast<std::size_t>(section.sameLyricsAs)];
        if (same.lines.empty())
            section.lines.clear();
        for (std::size_t i = 0; i < std::min(section.lines.size(), same.lines.size()); ++i) {
            section.lines[i].syllables = same.lines[i].syllables;
            section.lines[i].rhyme = same.lines[i].rhyme;
        }
    }
    return m_form;
}

} // namespace cantilena::compose::lyric
