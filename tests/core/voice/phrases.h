#pragma once

#include <string>
#include <vector>

#include <voice/phrase.h>

/// Phrases for tests, without a song.
namespace phrases {

struct Given {
    std::vector<std::string> phonemes;
    std::vector<double> midi; ///< one a note; the time is shared among them
    double seconds = 0.4;
    double restAfter = 0;
    cantilena::language::Language language = cantilena::language::Language::English;
    int tone = 0;
};

inline cantilena::voice::Phrase phrase(const std::vector<Given>& given, double lead = 0.4)
{
    using namespace cantilena::voice;
    Phrase result;
    double at = lead;
    double end = at;
    for (const Given& g : given) {
        SungSyllable syllable;
        syllable.phones = singerPhones(g.phonemes, g.language);
        syllable.language = g.language;
        syllable.tone = g.tone;
        for (const double midi : g.midi) {
            const double length = g.seconds / static_cast<double>(g.midi.size());
            syllable.notes.push_back({{at}, {at + length}, midi, 80});
            at += length;
        }
        end = at;
        at += g.restAfter;
        result.syllables.push_back(syllable);
    }
    result.duration = {end + 0.15};
    return result;
}

} // namespace phrases
