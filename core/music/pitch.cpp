#include <music/pitch.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace cantilena::music {

namespace {

constexpr std::array<const char*, 12> kSharpNames = {"C",  "C#", "D",  "D#", "E",  "F",
                                                     "F#", "G",  "G#", "A",  "A#", "B"};
constexpr std::array<const char*, 12> kFlatNames = {"C",  "Db", "D",  "Eb", "E",  "F",
                                                    "Gb", "G",  "Ab", "A",  "Bb", "B"};
constexpr std::array<int, 7> kMajorScale = {0, 2, 4, 5, 7, 9, 11};
constexpr std::array<int, 7> kMinorScale = {0, 2, 3, 5, 7, 8, 10};

bool eat(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

} // namespace

double frequency(double midi)
{
    return 440.0 * std::exp2((midi - 69.0) / 12.0);
}

double midiOfFrequency(double hz)
{
    return 69.0 + 12.0 * std::log2(hz / 440.0);
}

std::string pitchClassName(int pitchClass, bool flats)
{
    const int pc = ((pitchClass % 12) + 12) % 12;
    return flats ? kFlatNames[pc] : kSharpNames[pc];
}

std::string pitchName(Pitch pitch, bool flats)
{
    return pitchClassName(pitch.midi, flats) + std::to_string(pitch.octave());
}

bool Key::usesFlats() const
{
    // A minor key shares the signature of the major key three semitones above it.
    const int major = (tonic + (mode == Mode::Minor ? 3 : 0)) % 12;
    return major == 5 || major == 10 || major == 3 || major == 8 || major == 1;
}

std::string Key::name() const
{
    return pitchClassName(tonic, usesFlats()) + (mode == Mode::Major ? " major" : " minor");
}

std::vector<int> Key::scale() const
{
    std::vector<int> result;
    for (const int step : mode == Mode::Major ? kMajorScale : kMinorScale)
        result.push_back((tonic + step) % 12);
    return result;
}

std::optional<int> Key::degree(int pitchClass) const
{
    const std::vector<int> notes = scale();
    const auto it = std::find(notes.begin(), notes.end(), ((pitchClass % 12) + 12) % 12);
    if (it == notes.end())
        return std::nullopt;
    return static_cast<int>(it - notes.begin()) + 1;
}

bool Key::contains(int pitchClass) const
{
    return degree(pitchClass).has_value();
}

std::optional<Key> Key::parse(std::string_view text)
{
    std::string folded(text);
    while (!folded.empty() && std::isspace(static_cast<unsigned char>(folded.back())))
        folded.pop_back();
    std::string_view rest = folded;
    while (!rest.empty() && std::isspace(static_cast<unsigned char>(rest.front())))
        rest.remove_prefix(1);
    int shift = 0;
    if (eat(rest, "升"))
        shift = 1;
    else if (eat(rest, "降"))
        shift = -1;
    if (rest.empty())
        return std::nullopt;
    constexpr std::array<int, 7> kLetters = {9, 11, 0, 2, 4, 5, 7};
    const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(rest.front())));
    if (letter < 'A' || letter > 'G')
        return std::nullopt;
    rest.remove_prefix(1);
    if (eat(rest, "#") || eat(rest, "♯") || eat(rest, "-sharp") || eat(rest, " sharp"))
        shift += 1;
    else if (eat(rest, "♭") || eat(rest, "-flat") || eat(rest, " flat") || eat(rest, "b"))
        shift -= 1;
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '-'))
        rest.remove_prefix(1);
    Key key;
    key.tonic = (kLetters[letter - 'A'] + shift + 12) % 12;
    std::string mode;
    for (const char c : rest)
        mode += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (rest == "M" || mode.empty() || mode == "major" || mode == "maj" || mode == "大调" || mode == "大調")
        key.mode = Mode::Major;
    else if (mode == "m" || mode == "minor" || mode == "min" || mode == "小调" || mode == "小調")
        key.mode = Mode::Minor;
    else
        return std::nullopt;
    return key;
}

} // namespace cantilena::music
