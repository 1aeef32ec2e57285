#include <compose/style.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include <nlohmann/json.hpp>

namespace cantilena::compose {

namespace {

using nlohmann::json;

constexpr std::uintmax_t kMaxFileBytes = 256 * 1024;
constexpr std::array<std::string_view, kDrums> kDrumNames = {
    "kick", "snare", "sidestick", "closed hat", "open hat", "low tom", "high tom", "crash", "ride"};
constexpr std::array<std::string_view, 6> kFigureNames = {"bass", "comp",    "arpeggio",
                                                          "pad",  "counter", "colour"};

/// Reads members of one JSON object and remembers the first thing that is wrong, so that a parser reads like
/// a list of fields and answers with one sentence.
class Fields {
public:
    Fields(const json& object, std::string where, std::optional<std::string>& problem)
        : m_object(object), m_where(std::move(where)), m_problem(problem)
    {
        if (!object.is_object())
            fail("must be an object");
    }

    void allow(std::initializer_list<std::string_view> names)
    {
        if (!m_object.is_object())
            return;
        for (const auto& [key, value] : m_object.items())
            if (std::find(names.begin(), names.end(), key) == names.end())
                fail("has an unknown member \"" + key.substr(0, 40) + "\"");
    }
    bool has(const char* name) const { return m_object.is_object() && m_object.contains(name); }

    std::string text(const char* name, std::size_t longest = 80)
    {
        const json* value = find(name);
        if (!value)
            return {};
        if (!value->is_string() || value->get_ref<const std::string&>().empty() ||
            value->get_ref<const std::string&>().size() > longest) {
            fail(std::string(name) + " must be a text of 1 to " + std::to_string(longest) + " bytes");
            return {};
        }
        return value->get<std::string>();
    }
    double number(const char* name, double low, double high)
    {
        const json* value = find(name);
        return value ? checked(*value, name, low, high) : low;
    }
    int integer(const char* name, int low, int high)
    {
        return static_cast<int>(std::lround(number(name, low, high)));
    }
    bool flag(const char* name)
    {
        const json* value = find(name);
        if (value && !value->is_boolean())
            fail(std::string(name) + " must be true or false");
        return value && value->is_boolean() && value->get<bool>();
    }
    /// Two ascending numbers unless `anyOrder`.
    std::pair<double, double> pair(const char* name, double low, double high, bool anyOrder = false)
    {
        const json* value = find(name);
        if (!value)
            return {low, high};
        if (!value->is_array() || value->size() != 2) {
            fail(std::string(name) + " must be two numbers");
            return {low, high};
        }
        const double a = checked((*value)[0], name, low, high);
        const double b = checked((*value)[1], name, low, high);
        if (a > b && !anyOrder)
            fail(std::string(name) + " must ascend");
        return {a, b};
    }
    /// The member, or an empty object after a complaint.
    const json& member(const char* name)
    {
        static const json kEmpty = json::object();
        const json* value = find(name);
        return value ? *value : kEmpty;
    }
    std::string path(const char* name) const { return m_where + (m_where.empty() ? "" : ".") + name; }
    void fail(const std::string& what)
    {
        if (!m_problem)
            m_problem = (m_where.empty() ? "it " : m_where + " ") + what;
    }

private:
    const json* find(const char* name)
    {
        if (!m_object.is_object())
            return nullptr;
        const auto found = m_object.find(name);
        if (found == m_object.end()) {
            fail("has no " + std::string(name));
            return nullptr;
        }
        return &*found;
    }
    double checked(const json& value, const char* name, double low, double high)
    {
        if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high)) {
            const auto brief = [](double v) {
                std::string s = std::to_string(v);
                s.erase(s.find_last_not_of('0') + 1);
                if (s.back() == '.')
                    s.pop_back();
                return s;
            };
            fail(std::string(name) + " must be a number from " + brief(low) + " to " + brief(high));
            return low;
        }
        return value.get<double>();
    }

    const json& m_object;
    std::string m_where;
    std::optional<std::string>& m_problem;
};

LocalName parseName(const json& value, const std::string& where, std::optional<std::string>& problem)
{
    Fields fields(value, where, problem);
    fields.allow({"en", "zh"});
    return {fields.text("en"), fields.text("zh")};
}

song::Mix parseMix(const json& value, const std::string& where, std::optional<std::string>& problem)
{
    Fields fields(value, where, problem);
    fields.allow({"gain", "pan", "reverb"});
    song::Mix mix;
    mix.gain = {fields.number("gain", -40, 12)};
    mix.pan = fields.number("pan", -1, 1);
    mix.reverb = fields.number("reverb", 0, 1);
    return mix;
}

StyleDrums parseDrums(const json& value, const std::string& where, std::optional<std::string>& problem)
{
    Fields fields(value, where, problem);
    fields.allow({"pattern", "touch", "kit", "enter", "density", "loudness", "keys", "mix"});
    StyleDrums drums;
    drums.pattern = fields.text("pattern");
    drums.touch = fields.text("touch");
    drums.kit = fields.integer("kit", 0, 127);
    drums.enter = fields.number("enter", 0, 1);
    std::tie(drums.density.calm, drums.density.full) = fields.pair("density", 0, 1, true);
    drums.loudness = fields.number("loudness", 0.05, 1);
    drums.mix = parseMix(fields.member("mix"), fields.path("mix"), problem);
    if (fields.has("keys")) {
        const json& keys = fields.member("keys");
        Fields drumKeys(keys, fields.path("keys"), problem);
        for (std::size_t i = 0; i < kDrumNames.size(); ++i)
            if (drumKeys.has(kDrumNames[i].data()))
                drums.keys[i] = drumKeys.integer(kDrumNames[i].data(), 27, 87);
        drumKeys.allow(
            {"kick", "snare", "sidestick", "closed hat", "open hat", "low tom", "high tom", "crash", "ride"});
    }
    return drums;
}

StylePart parsePart(const json& value, const std::string& where, std::optional<std::string>& problem)
{
    Fields fields(value, where, problem);
    fields.allow({"id", "name", "role", "figure", "program", "family", "enter", "density", "range", "voices",
                  "loudness", "strum", "mix"});
    StylePart part;
    part.id = fields.text("id", 40);
    part.name = parseName(fields.member("name"), fields.path("name"), problem);
    const std::string role = fields.text("role");
    const std::optional<song::Role> known = song::roleOfCode(role);
    if (!known || *known == song::Role::Melody || *known == song::Role::Drums)
        fields.fail("role must be bass, harmony, counter, pad or colour");
    else
        part.role = *known;
    const std::string figure = fields.text("figure");
    const auto found = std::find(kFigureNames.begin(), kFigureNames.end(), figure);
    if (found == kFigureNames.end())
        fields.fail("figure must be bass, comp, arpeggio, pad, counter or colour");
    else
        part.figure = static_cast<Figure>(found - kFigureNames.begin());
    part.program = fields.integer("program", 0, 127);
    if (part.figure != Figure::Pad && part.figure != Figure::Counter)
        part.family = fields.text("family");
    part.enter = fields.number("enter", 0, 1);
    std::tie(part.density.calm, part.density.full) = fields.pair("density", 0, 1, true);
    const auto [low, high] = fields.pair("range", 0, 127);
    part.low = {static_cast<int>(low)};
    part.high = {static_cast<int>(high)};
    if (high - low < 12)
        fields.fail("range must span an octave or more");
    if (fields.has("voices"))
        part.voices = fields.integer("voices", 1, 6);
    part.loudness = fields.number("loudness", 0.05, 1);
    if (fields.has("strum"))
        part.strum = fields.number("strum", 0, 0.2);
    part.mix = parseMix(fields.member("mix"), fields.path("mix"), problem);
    return part;
}

std::vector<music::Meter> parseMeters(const json& value, std::optional<std::string>& problem)
{
    std::vector<music::Meter> meters;
    const auto complain = [&] {
        if (!problem)
            problem = "meters must be a list of 1 to 8 texts such as \"4/4\" or \"6/8\"";
    };
    if (!value.is_array() || value.empty() || value.size() > 8) {
        complain();
        return meters;
    }
    for (const json& item : value) {
        const std::string text = item.is_string() ? item.get<std::string>() : std::string();
        const std::size_t slash = text.find('/');
        const bool wellFormed = slash != std::string::npos && slash >= 1 && slash <= 2 &&
                                text.size() - slash == 2 &&
                                std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(slash),
                                            [](char c) { return c >= '0' && c <= '9'; });
        const int beats = wellFormed ? std::stoi(text.substr(0, slash)) : 0;
        const int unit = wellFormed ? text[slash + 1] - '0' : 0;
        if (beats < 2 || beats > 12 || (unit != 2 && unit != 4 && unit != 8)) {
            complain();
            return meters;
        }
        meters.push_back({beats, unit});
    }
    return meters;
}

/// Cells of one metre: texts with a character a sixteenth, "x" where a syllable begins, "." elsewhere.
void parseCells(const json& value, const std::string& where, const music::Meter& meter,
                std::vector<RhythmCell>& cells, std::optional<std::string>& problem)
{
    const auto length = static_cast<std::size_t>(meter.barLength().value / music::kSixteenth.value);
    const auto complain = [&] {
        if (!problem)
            problem = where + " must be a list of 1 to 40 texts of " + std::to_string(length) +
                      " characters, \"x\" where a syllable begins and \".\" elsewhere";
    };
    if (!value.is_array() || value.empty() || value.size() > 40 || length > 32) {
        complain();
        return;
    }
    for (const json& item : value) {
        const std::string text = item.is_string() ? item.get<std::string>() : std::string();
        if (text.size() != length || text.find_first_not_of("x.") != std::string::npos ||
            text.find('x') == std::string::npos) {
            complain();
            return;
        }
        RhythmCell cell{meter, 0};
        for (std::size_t i = 0; i < length; ++i)
            if (text[i] == 'x')
                cell.onsets |= std::uint32_t{1} << i;
        cells.push_back(cell);
    }
}

StyleSinging parseSinging(const json& value, std::optional<std::string>& problem)
{
    Fields fields(value, "singing", problem);
    fields.allow({"vibrato", "rate", "delay", "scoop", "glide", "overshoot", "fall"});
    StyleSinging singing;
    singing.vibrato = fields.number("vibrato", 0, 2);
    singing.rate = fields.number("rate", 0.8, 1.25);
    singing.delay = fields.number("delay", 0.3, 3);
    singing.scoop = fields.number("scoop", 0, 2);
    singing.glide = fields.number("glide", 0.5, 2);
    singing.overshoot = fields.number("overshoot", 0, 2);
    singing.fall = fields.number("fall", 0, 2);
    return singing;
}

StyleMelody parseMelody(const json& value, const std::vector<music::Meter>& meters,
                        std::optional<std::string>& problem)
{
    Fields fields(value, "melody", problem);
    fields.allow({"pace", "shortest", "off eighth", "off sixteenth", "anticipation", "late start", "pickup",
                  "repeated", "steps", "leaps", "off target", "dotted", "melisma", "cells"});
    StyleMelody melody;
    melody.pace = fields.number("pace", 0.1, 2);
    melody.shortest = fields.number("shortest", 0.05, 1);
    melody.offEighth = fields.number("off eighth", -10, 10);
    melody.offSixteenth = fields.number("off sixteenth", -10, 10);
    melody.anticipation = fields.number("anticipation", 0, 1);
    melody.lateStart = fields.number("late start", 0, 1);
    melody.pickup = fields.number("pickup", 0, 1);
    melody.repeated = fields.number("repeated", -10, 10);
    melody.steps = fields.number("steps", -10, 10);
    melody.leaps = fields.number("leaps", -10, 10);
    melody.offTarget = fields.number("off target", 0, 1);
    melody.dotted = fields.number("dotted", -10, 10);
    melody.melisma = fields.number("melisma", 0, 1);
    Fields cells(fields.member("cells"), "melody.cells", problem);
    for (const music::Meter& meter : meters) {
        const std::string name = std::to_string(meter.beats) + "/" + std::to_string(meter.unit);
        parseCells(cells.member(name.c_str()), cells.path(name.c_str()), meter, melody.cells, problem);
    }
    return melody;
}

bool isId(std::string_view id)
{
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace

const std::string& LocalName::in(language::Language language) const
{
    return language == language::Language::Mandarin ? chinese : english;
}

Result<Style> parseStyle(std::string_view text, std::string_view source)
{
    const std::string prefix = "The style " + std::string(source) + " cannot be used: ";
    const json root = json::parse(text, nullptr, false);
    if (root.is_discarded())
        return Error{prefix + "it is not JSON."};

    std::optional<std::string> problem;
    Fields fields(root, "", problem);
    fields.allow({"id", "name", "tempo", "meters", "triplets", "swing", "drums", "parts", "vocal", "singing",
                  "melody"});
    Style style;
    style.id = fields.text("id", 40);
    if (!isId(style.id))
        fields.fail("must have an id of lower-case letters, digits and hyphens");
    style.name = parseName(fields.member("name"), "name", problem);
    Fields tempo(fields.member("tempo"), "tempo", problem);
    tempo.allow({"range", "usual"});
    const auto [slowest, fastest] = tempo.pair("range", 30, 300);
    style.slowest = {slowest};
    style.fastest = {fastest};
    style.usual = {tempo.number("usual", slowest, fastest)};
    style.meters = parseMeters(fields.member("meters"), problem);
    style.triplets = fields.flag("triplets");
    style.swing = fields.number("swing", 0.5, 0.75);
    style.drums = parseDrums(fields.member("drums"), "drums", problem);
    style.vocal = parseMix(fields.member("vocal"), "vocal", problem);
    style.singing = parseSinging(fields.member("singing"), problem);
    style.melody = parseMelody(fields.member("melody"), style.meters, problem);
    const json& parts = fields.member("parts");
    if (!parts.is_array() || parts.empty() || parts.size() > 16) {
        fields.fail("must have a list of 1 to 16 parts");
    } else {
        std::set<std::string> ids;
        bool bass = false;
        bool chords = false;
        for (std::size_t i = 0; i < parts.size() && !problem; ++i) {
            StylePart part = parsePart(parts[i], "parts[" + std::to_string(i) + "]", problem);
            if (!ids.insert(part.id).second)
                fields.fail("uses the part id \"" + part.id + "\" twice");
            bass = bass || part.figure == Figure::Bass;
            chords = chords || part.figure == Figure::Comp || part.figure == Figure::Arpeggio;
            style.parts.push_back(std::move(part));
        }
        if (!bass || !chords)
            fields.fail("must have a bass part and a comp or arpeggio part");
    }
    if (problem)
        return Error{prefix + *problem + "."};
    return style;
}

Result<std::vector<Style>> loadStyles(const std::filesystem::path& folder)
{
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".json")
            files.push_back(it->path());
    if (files.empty())
        return Error{"No styles were found in " + folder.string() + "; install Cantilena again."};
    std::sort(files.begin(), files.end());
    std::vector<Style> styles;
    for (const std::filesystem::path& file : files) {
        const std::uintmax_t size = std::filesystem::file_size(file, error);
        std::ifstream in(file, std::ios::binary);
        if (error || !in || size > kMaxFileBytes)
            return Error{"The style file " + file.string() + " cannot be read; install Cantilena again."};
        const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        TRY(Style style, parseStyle(text, file.filename().string()));
        if (findStyle(styles, style.id))
            return Error{"Two style files in " + folder.string() + " have the id " + style.id +
                         "; remove one."};
        styles.push_back(std::move(style));
    }
    std::sort(styles.begin(), styles.end(), [](const Style& a, const Style& b) { return a.id < b.id; });
    return styles;
}

const Style* findStyle(const std::vector<Style>& styles, std::string_view id)
{
    const auto found = std::find_if(styles.begin(), styles.end(), [&](const Style& s) { return s.id == id; });
    return found == styles.end() ? nullptr : &*found;
}

} // namespace cantilena::compose
