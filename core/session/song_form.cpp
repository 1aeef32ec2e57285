#include "song_form.h"

#include <algorithm>

namespace cantilena::session {

namespace {

bool sameWords(const song::Section& a, const song::Section& b)
{
    return !a.lines.empty() &&
           std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
                      [](const song::Line& x, const song::Line& y) { return x.text == y.text; });
}

} // namespace

compose::Form formOf(const song::Song& song)
{
    compose::Form form;
    form.meter = song.head.meter;
    form.tempo = song.head.tempo.tempo;
    form.key = song.head.key;
    const std::int64_t bar = form.meter.barLength().value;
    for (std::size_t s = 0; s < song.sections.size(); ++s) {
        const song::Section& section = *song.sections[s];
        compose::SectionPlan plan;
        plan.kind = section.kind;
        plan.name = section.name;
        plan.bars = section.bars;
        plan.energy = section.energy;
        plan.material = section.material;
        for (std::size_t before = 0; before < s && plan.sameLyricsAs < 0; ++before) {
            if (sameWords(section, *song.sections[before]))
                plan.sameLyricsAs = static_cast<int>(before);
        }
        for (const song::Line& line : section.lines)
            plan.lines.push_back({static_cast<int>(line.syllableCount()), line.rhyme,
                                  static_cast<int>(std::max<std::int64_t>(1, line.length.value / bar))});
        form.sections.push_back(std::move(plan));
    }
    return form;
}

} // namespace cantilena::session
