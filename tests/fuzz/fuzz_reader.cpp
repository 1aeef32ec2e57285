#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <language/reader.h>
#include <language/rhyme.h>
#include <language/text.h>

/// Lines of lyrics, prompts and titles: every word has a syllable and every syllable a sound, words stand in
/// the normalised line where they say, and no text is normalised twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena::language;
    static const auto reader = Reader::open();
    if (!reader)
        std::abort();
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const std::string normal = normalise(line);
    if (normalise(normal) != normal)
        std::abort();
    (void)detect(line);
    const Language primary = size % 2 == 0 ? Language::English : Language::Mandarin;
    for (const Word& word : (*reader)->read(line, primary)) {
        if (word.syllables.empty() || word.offset > normal.size() ||
            normal.compare(word.offset, word.text.size(), word.text) != 0)
            std::abort();
        for (const Syllable& syllable : word.syllables) {
            if (syllable.phonemes.empty() ||
                std::any_of(syllable.phonemes.begin(), syllable.phonemes.end(),
                            [](const std::string& phoneme) { return phoneme.empty(); }))
                std::abort();
        }
        if (rhyme(word, word) == Rhyme::None || looseRhymeKey(word).empty() || stressPattern(word).empty())
            std::abort();
    }
    return 0;
}
