#pragma once

#include <algorithm>
#include <vector>

#include <base/random.h>
#include <compose/arrangement.h>

/// A plain song to arrange: form, chords and a tune that keeps to the chord on most strong beats.
namespace cantilena::compose::testing {

inline Form plainForm(music::Meter meter = {4, 4}, double bpm = 104)
{
    using song::SectionKind;
    Form form;
    form.meter = meter;
    form.tempo = {bpm};
    form.key = {0, music::Mode::Major};
    const auto add = [&](SectionKind kind, const char* name, int bars, double energy) {
        SectionPlan section;
        section.kind = kind;
        section.name = name;
        section.bars = bars;
        section.energy = energy;
        form.sections.push_back(section);
    };
    add(SectionKind::Intro, "Intro", 4, 0.3);
    add(SectionKind::Verse, "Verse 1", 8, 0.4);
    add(SectionKind::Chorus, "Chorus 1", 8, 0.8);
    add(SectionKind::Verse, "Verse 2", 8, 0.5);
    add(SectionKind::Chorus, "Chorus 2", 8, 0.85);
    add(SectionKind::Bridge, "Bridge", 8, 0.55);
    add(SectionKind::Chorus, "Chorus 3", 8, 0.95);
    add(SectionKind::Outro, "Outro", 4, 0.35);
    return form;
}

inline std::vector<song::ChordEvent> plainChords(const Form& form)
{
    using music::ChordQuality;
    const std::vector<music::Chord> verse = {{0, ChordQuality::Major},  {9, ChordQuality::Minor7},
                                             {5, ChordQuality::Major7}, {7, ChordQuality::Major},
                                             {4, ChordQuality::Minor},  {9, ChordQuality::Minor},
                                             {2, ChordQuality::Minor7}, {7, ChordQuality::Dominant7}};
    const std::vector<music::Chord> chorus = {{5, ChordQuality::Major},
                                              {7, ChordQuality::Major, 11},
                                              {4, ChordQuality::Minor7},
                                              {9, ChordQuality::Minor}};
    std::vector<song::ChordEvent> chords;
    const music::Tick bar = form.meter.barLength();
    music::Tick at;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const SectionPlan& section = form.sections[s];
        const bool last = s + 1 == form.sections.size();
        const auto& line = section.kind == song::SectionKind::Chorus ? chorus : verse;
        for (int b = 0; b < section.bars; ++b) {
            song::ChordEvent event;
            event.onset = at;
            event.duration = bar;
            event.chord = last && b + 1 == section.bars ? music::Chord(form.key.tonic, ChordQuality::Major)
                                                        : line[static_cast<std::size_t>(b) % line.size()];
            chords.push_back(event);
            at += bar;
        }
    }
    return chords;
}

inline song::Track plainTune(const Form& form, const std::vector<song::ChordEvent>& chords,
                             std::uint64_t seed = 1)
{
    song::Track tune;
    tune.head.role = song::Role::Melody;
    tune.head.vocal = true;
    const Random random(seed, "test tune");
    const music::Tick bar = form.meter.barLength();
    const music::Tick pulse = form.meter.pulse();
    music::Tick start;
    int pitch = 67;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        const SectionPlan& section = form.sections[s];
        const bool sung =
            section.kind != song::SectionKind::Intro && section.kind != song::SectionKind::Outro;
        for (int b = 0; sung && b < section.bars; ++b) {
            const music::Tick from = start + bar * b;
            const music::Tick rest = b % 2 == 1 ? pulse : music::Tick{};
            for (music::Tick at = from; at < from + bar - rest; at += music::Tick{pulse.value / 2}) {
                const bool strong = (at - from).value % pulse.value == 0;
                const Random here = random.at({s, static_cast<std::uint64_t>(at.value)});
                if (!strong && here.uniform(0) < 0.5)
                    continue;
                pitch += static_cast<int>(here.index(5, 1)) - 2;
                pitch = std::clamp(pitch, 60, 76);
                const music::Chord* chord = &chords.front().chord;
                for (const song::ChordEvent& event : chords)
                    if (event.onset <= at)
                        chord = &event.chord;
                const bool fits = strong && here.uniform(2) < 0.8;
                while (fits ? !chord->contains(pitch) : !form.key.contains(pitch))
                    ++pitch;
                song::Note note;
                note.onset = at;
                note.duration = {pulse.value / 2};
                note.pitch = {pitch};
                note.velocity = 90;
                tune.notes.push_back(note);
            }
        }
        start += bar * section.bars;
    }
    return tune;
}

inline ArrangementRequest plainRequest(const Style& style, music::Meter meter = {4, 4},
                                       std::uint64_t seed = 1)
{
    ArrangementRequest request;
    request.style = style;
    request.form = plainForm(meter, style.usual.value);
    request.chords = plainChords(request.form);
    request.melody = plainTune(request.form, request.chords, seed);
    request.seed = seed;
    return request;
}

} // namespace cantilena::compose::testing
