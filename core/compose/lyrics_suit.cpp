#include <algorithm>
#include <cmath>

#include "lyrics_writer.h"

/// The shapes of lines: those of corpus sections that can be made to fit.
namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kShapes = 24;  // windows whose shape is tried, until
constexpr std::size_t kComplete = 4; // so many of them can be made to fit

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

Result<void> Writer::suitGroup(const Group& group, char firstLetter)
{
    SectionPlan& section = m_form.sections[group.section];
    const std::vector<LinePlan> planned(section.lines.begin() + static_cast<std::ptrdiff_t>(group.first),
                                        section.lines.begin() +
                                            static_cast<std::ptrdiff_t>(group.first + group.count));
    WindowWish wish = wishFor(m_brief, m_form, section);
    wish.lines = planned;
    wish.anyShape = true;
    wish.taken = m_taken;
    wish.name = waitingName();
    wish.namesPlace = wish.name >= 0 && m_corpus.nameKind(wish.name) == NameKind::Place;
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
        complete += draft.complete ? 1 : 0;
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
    return {};
}

Result<Form> Writer::suit()
{
    std::map<std::pair<int, std::size_t>, std::size_t>
        shaped; // by material and number of lines: the section that set it
    for (const std::size_t s : sectionOrder()) {
        SectionPlan& section = m_form.sections[s];
        const auto [found, fresh] = shaped.try_emplace({section.material, section.lines.size()}, s);
        if (!fresh) {
            for (std::size_t i = 0; i < section.lines.size(); ++i) {
                section.lines[i].syllables = m_form.sections[found->second].lines[i].syllables;
                section.lines[i].rhyme = m_form.sections[found->second].lines[i].rhyme;
            }
            continue;
        }
        char letter = 'A';
        for (std::size_t first = 0; first < section.lines.size();) {
            const std::size_t count = groupSize(section.lines.size() - first);
            TRY_VOID(suitGroup({s, first, count}, letter));
            letter = static_cast<char>(letter + 2);
            first += count;
        }
    }
    for (SectionPlan& section : m_form.sections) {
        if (section.sameLyricsAs < 0)
            continue;
        const SectionPlan& same = m_form.sections[static_cast<std::size_t>(section.sameLyricsAs)];
        for (std::size_t i = 0; i < std::min(section.lines.size(), same.lines.size()); ++i) {
            section.lines[i].syllables = same.lines[i].syllables;
            section.lines[i].rhyme = same.lines[i].rhyme;
        }
    }
    return m_form;
}

} // namespace cantilena::compose::lyric
