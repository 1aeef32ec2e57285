#pragma once

#include <memory>
#include <vector>

#include <compose/form.h>
#include <compose/harmony.h>
#include <compose/melody.h>

/// Songs with made-up words for the tests of tunes.
namespace cantilena::compose {

struct Piece {
    Form form;
    std::vector<song::SectionPtr> sections;
    std::vector<song::ChordEvent> chords;
    Style style;
};

/// Words of one and two syllables, the first stressed; in Mandarin with tones 1 to 5.
inline song::Line line(int syllables, bool mandarin, song::IdSource& ids)
{
    song::Line result;
    for (int i = 0; i < syllables;) {
        song::Word word;
        const int size = i + 2 <= syllables && i % 3 != 2 ? 2 : 1;
        for (int s = 0; s < size; ++s, ++i) {
            song::Syllable syllable;
            syllable.id = ids.make<song::SyllableId>();
            syllable.text = "la";
            syllable.stress = mandarin ? 0 : s == 0 && size == 2 ? 1 : 0;
            syllable.tone = mandarin ? 1 + (i * 7) % 5 : 0;
            syllable.language = mandarin ? language::Language::Mandarin : language::Language::English;
            word.syllables.push_back(syllable);
        }
        result.words.push_back(word);
    }
    return result;
}

inline void addWords(Piece& piece, bool mandarin)
{
    song::IdSource ids;
    for (const SectionPlan& plan : piece.form.sections) {
        auto section = std::make_shared<song::Section>();
        const auto places = linePlaces(plan, piece.form.meter);
        for (std::size_t i = 0; i < places.size(); ++i) {
            song::Line one = line(plan.lines[i].syllables, mandarin, ids);
            one.start = places[i].start;
            one.length = places[i].length;
            section->lines.push_back(one);
        }
        piece.sections.push_back(section);
    }
}

inline std::vector<song::SyllableId> syllables(const std::vector<song::SectionPtr>& sections)
{
    std::vector<song::SyllableId> ids;
    for (const auto& section : sections)
        for (const auto& line : section->lines)
            for (const auto& word : line.words)
                for (const auto& syllable : word.syllables)
                    ids.push_back(syllable.id);
    return ids;
}

} // namespace cantilena::compose
