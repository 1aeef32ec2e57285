#pragma once

#include <string>
#include <vector>

#include <language/dictionary.h>
#include <language/reader.h>

/// How the two languages' requests are read for what they tell. Internal to opening.cpp.
namespace cantilena::compose::opening {

/// Each as readOpening: for each clause its lines, of any number.
std::vector<std::vector<std::string>> englishLines(const std::string& request, const language::Reader& reader,
                                                   const language::Dictionary& dictionary);
std::vector<std::vector<std::string>> mandarinLines(const std::string& request,
                                                    const language::Reader& reader);

/// A text parted at some of the places where it may be: each line has a number of syllables that can be sung,
/// none if that cannot be.
/// `syllables` and `cost` are by unit (word or character); cost[i] is that of a line that begins with unit i,
/// negative where none may. `within` is what it costs to sing on over the beginning of a clause, `stub`
/// what a line of kShortestOpeningLine costs.
/// Returns where lines begin, without the first.
struct Parting {
    std::vector<std::size_t> begins;
    bool found = false;
};
Parting partLines(const std::vector<int>& syllables, const std::vector<double>& cost, int usual,
                  double within, double stub);

} // namespace cantilena::compose::opening
