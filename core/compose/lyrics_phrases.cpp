#include "lyrics_phrases.h"

#include <array>
#include <map>
#include <vector>

namespace cantilena::compose::lyric {

namespace {

/// Words of a phrase, each in the forms that '|' parts, and what it says.
struct Phrase {
    std::string_view words, says;
};

// Words that only stand here ("bestman") are joined on both sides, so that they find each other alone.
constexpr std::array kPhrases = {
    Phrase{"get|gets|got|getting|gotten|went|go lost", "astray"},
    Phrase{"lost our|my|their|his|her way", "astray"},
    Phrase{"pass|passes|passed|passing away", "died"},
    Phrase{"break|breaks|broke|broken|breaking up", "breakup"},
    Phrase{"split|splits|splitting up", "breakup"},
    Phrase{"give|gives|gave|given|giving birth", "birth baby"},
    Phrase{"give|gives|gave|given|giving up", "giveup"},
    Phrase{"grow|grows|grew|grown|growing up", "growup"},
    Phrase{"grow|grows|grew|grown|growing old|older", "old"},
    Phrase{"wake|wakes|woke|woken|waking up", "wake"},
    Phrase{"look|looks|looked|looking after", "care"},
    Phrase{"run|runs|ran|running out of", "lack"},
    Phrase{"run|runs|ran|running away", "runaway"},
    Phrase{"work|works|worked|working out", "gym"},
    Phrase{"fall|falls|fell|fallen|falling in love", "love fallinlove"},
    Phrase{"fall|falls|fell|fallen|falling asleep", "sleep"},
    Phrase{"came|come|coming out to|as", "comingout"},
    Phrase{"laid off", "fired"},
    Phrase{"power cut|cuts|outage", "blackout"},
    Phrase{"power went|goes|going|gone out", "blackout"},
    Phrase{"best man", "bestman"},
    Phrase{"best day|days|night|thing|part", "good"},
    Phrase{"ice cream", "icecream"},
    Phrase{"road trip|trips", "roadtrip"},
    Phrase{"high school", "school highschool"},
    Phrase{"last night", "night"},
    Phrase{"take|takes|took|taken|taking care", "care"},
    Phrase{"stand|stands|stood|standing up to", "defy"},
};

struct Parted {
    std::vector<std::vector<std::string_view>> words;
    std::string_view says;
};

std::vector<std::string_view> part(std::string_view text, char by)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(by);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

/// The phrases by the forms of their first word.
const std::multimap<std::string_view, Parted>& phrases()
{
    static const std::multimap<std::string_view, Parted> kParted = [] {
        std::multimap<std::string_view, Parted> made;
        for (const Phrase& phrase : kPhrases) {
            Parted parted{{}, phrase.says};
            for (const std::string_view word : part(phrase.words, ' '))
                parted.words.push_back(part(word, '|'));
            for (const std::string_view first : parted.words.front())
                made.emplace(first, parted);
        }
        return made;
    }();
    return kParted;
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '\'';
}

} // namespace

std::string withPhrasesJoined(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    std::string joined;
    for (std::size_t at = 0; at < lower.size();) {
        if (!isLetter(lower[at])) {
            joined += lower[at++];
            continue;
        }
        const auto endOf = [&](std::size_t from) {
            while (from < lower.size() && isLetter(lower[from]))
                ++from;
            return from;
        };
        const std::size_t end = endOf(at);
        const std::string_view word = std::string_view(lower).substr(at, end - at);
        std::size_t taken = 0;
        std::string_view says;
        const auto [first, last] = phrases().equal_range(word);
        for (auto phrase = first; phrase != last; ++phrase) {
            std::size_t until = end;
            bool fits = true;
            for (std::size_t w = 1; w < phrase->second.words.size() && fits; ++w) {
                const std::size_t begin = until + 1, stop = begin < lower.size() ? endOf(begin) : begin;
                fits = false;
                if (until >= lower.size() || lower[until] != ' ')
                    break;
                for (const std::string_view form : phrase->second.words[w])
                    fits = fits || std::string_view(lower).substr(begin, stop - begin) == form;
                until = stop;
            }
            if (fits && until - at > taken) {
                taken = until - at;
                says = phrase->second.says;
            }
        }
        if (taken == 0) {
            joined += word;
            at = end;
        } else {
            joined += says;
            at += taken;
        }
    }
    return joined;
}

} // namespace cantilena::compose::lyric
