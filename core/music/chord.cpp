#include <music/chord.h>

#include <algorithm>
#include <array>
#include <utility>

#include <music/pitch.h>

namespace cantilena::music {

namespace {

struct QualityRow {
    ChordQuality quality;
    const char* suffix; ///< as symbol() writes it
    std::initializer_list<int> intervals;
};

const std::array<QualityRow, 21> kQualities = {{
    {ChordQuality::Major, "", {0, 4, 7}},
    {ChordQuality::Minor, "m", {0, 3, 7}},
    {ChordQuality::Diminished, "dim", {0, 3, 6}},
    {ChordQuality::Augmented, "aug", {0, 4, 8}},
    {ChordQuality::Sus2, "sus2", {0, 2, 7}},
    {ChordQuality::Sus4, "sus4", {0, 5, 7}},
    {ChordQuality::Dominant7, "7", {0, 4, 7, 10}},
    {ChordQuality::Major7, "maj7", {0, 4, 7, 11}},
    {ChordQuality::Minor7, "m7", {0, 3, 7, 10}},
    {ChordQuality::HalfDiminished7, "m7b5", {0, 3, 6, 10}},
    {ChordQuality::Diminished7, "dim7", {0, 3, 6, 9}},
    {ChordQuality::MinorMajor7, "mMaj7", {0, 3, 7, 11}},
    {ChordQuality::Major6, "6", {0, 4, 7, 9}},
    {ChordQuality::Minor6, "m6", {0, 3, 7, 9}},
    {ChordQuality::Add9, "add9", {0, 4, 7, 14}},
    {ChordQuality::MinorAdd9, "madd9", {0, 3, 7, 14}},
    {ChordQuality::Dominant9, "9", {0, 4, 7, 10, 14}},
    {ChordQuality::Major9, "maj9", {0, 4, 7, 11, 14}},
    {ChordQuality::Minor9, "m9", {0, 3, 7, 10, 14}},
    {ChordQuality::Dominant7Sus4, "7sus4", {0, 5, 7, 10}},
    {ChordQuality::Power, "5", {0, 7}},
}};

const std::array<std::pair<std::string_view, ChordQuality>, 26> kSpellings = {{
    {"maj", ChordQuality::Major},
    {"M", ChordQuality::Major},
    {"min", ChordQuality::Minor},
    {"-", ChordQuality::Minor},
    {"mi", ChordQuality::Minor},
    {"°", ChordQuality::Diminished},
    {"o", ChordQuality::Diminished},
    {"+", ChordQuality::Augmented},
    {"sus", ChordQuality::Sus4},
    {"dom7", ChordQuality::Dominant7},
    {"M7", ChordQuality::Major7},
    {"Maj7", ChordQuality::Major7},
    {"ma7", ChordQuality::Major7},
    {"Δ", ChordQuality::Major7},
    {"min7", ChordQuality::Minor7},
    {"-7", ChordQuality::Minor7},
    {"mi7", ChordQuality::Minor7},
    {"ø", ChordQuality::HalfDiminished7},
    {"ø7", ChordQuality::HalfDiminished7},
    {"°7", ChordQuality::Diminished7},
    {"o7", ChordQuality::Diminished7},
    {"min6", ChordQuality::Minor6},
    {"M9", ChordQuality::Major9},
    {"min9", ChordQuality::Minor9},
    {"2", ChordQuality::Sus2},
    {"mM7", ChordQuality::MinorMajor7},
}};

/// Takes a note name from the front of `text`.
std::optional<int> takePitchClass(std::string_view& text)
{
    constexpr std::array<int, 7> kLetters = {9, 11, 0, 2, 4, 5, 7};
    if (text.empty() || text.front() < 'A' || text.front() > 'G')
        return std::nullopt;
    int pc = kLetters[text.front() - 'A'];
    text.remove_prefix(1);
    const std::array<std::pair<std::string_view, int>, 4> signs = {
        {{"#", 1}, {"♯", 1}, {"b", 11}, {"♭", 11}}};
    for (bool found = true; found;) {
        found = false;
        for (const auto& [sign, shift] : signs) {
            if (text.starts_with(sign)) {
                pc = (pc + shift) % 12;
                text.remove_prefix(sign.size());
                found = true;
            }
        }
    }
    return pc;
}

} // namespace

std::vector<int> Chord::intervals() const
{
    return kQualities[static_cast<std::size_t>(quality)].intervals;
}

std::vector<int> Chord::pitchClasses() const
{
    std::vector<int> result;
    for (const int interval : intervals())
        result.push_back((root + interval) % 12);
    if (std::find(result.begin(), result.end(), bass) == result.end())
        result.push_back(bass);
    return result;
}

bool Chord::contains(int pitchClass) const
{
    const int pc = ((pitchClass % 12) + 12) % 12;
    const std::vector<int> notes = pitchClasses();
    return std::find(notes.begin(), notes.end(), pc) != notes.end();
}

bool Chord::isMinor() const
{
    const std::vector<int> notes = intervals();
    return std::find(notes.begin(), notes.end(), 3) != notes.end();
}

std::string Chord::symbol(bool flats) const
{
    std::string result = pitchClassName(root, flats) + kQualities[static_cast<std::size_t>(quality)].suffix;
    if (bass != root)
        result += "/" + pitchClassName(bass, flats);
    return result;
}

std::optional<Chord> Chord::parse(std::string_view text)
{
    const std::optional<int> root = takePitchClass(text);
    if (!root)
        return std::nullopt;
    Chord chord(*root, ChordQuality::Major);
    if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
        std::string_view bassText = text.substr(slash + 1);
        const std::optional<int> bass = takePitchClass(bassText);
        if (!bass || !bassText.empty())
            return std::nullopt;
        chord.bass = *bass;
        text = text.substr(0, slash);
    }
    for (const QualityRow& row : kQualities) {
        if (text == row.suffix) {
            chord.quality = row.quality;
            return chord;
        }
    }
    for (const auto& [spelling, quality] : kSpellings) {
        if (text == spelling) {
            chord.quality = quality;
            return chord;
        }
    }
    return std::nullopt;
}

} // namespace cantilena::music
