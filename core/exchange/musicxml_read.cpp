#include <exchange/tune.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

#include "midi_format.h"

namespace cantilena::exchange {

namespace {

using pugi::xml_node;

constexpr std::size_t kMaxBars = 2'000;
constexpr std::size_t kMaxScoreNotes = 100'000;
constexpr double kMaxDivisions = 1e6;
constexpr double kMaxDuration = 1e9; ///< in divisions

Error bad(const std::string& why)
{
    return Error{"This is no MusicXML score that can be read: " + why + "."};
}

/// What one verse sings on a note.
struct Sung {
    std::string text;
    bool joins = false;
};

struct ScoreNote {
    music::Tick onset; ///< from the start of its bar
    music::Tick duration;
    int pitch = 60;
    std::string voice;
    std::map<int, Sung> lyrics; ///< by verse
    bool tied = false;          ///< goes on with the note before
    bool slurred = false;
};

struct Bar {
    music::Tick length;
    std::vector<ScoreNote> notes;
    std::vector<MidiText> chords, marks; ///< onsets from the start of the bar
    bool forward = false, backward = false;
    int times = 2;
    std::set<int> endings; ///< passes that play it; empty: all
    bool endingCloses = false;
};

/// A bar as it is played: which, and for which time.
struct Play {
    std::size_t bar = 0;
    int pass = 1;
};

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1).substr(0, kMaxText));
}

int stepOf(std::string_view step)
{
    static constexpr std::array<int, 7> kSemitones{9, 11, 0, 2, 4, 5, 7}; // A to G
    return step.size() == 1 && step[0] >= 'A' && step[0] <= 'G'
               ? kSemitones[static_cast<std::size_t>(step[0] - 'A')]
               : -1;
}

std::string noteName(xml_node node, const char* step, const char* alter)
{
    std::string name = trimmed(node.child_value(step));
    const int semitones = std::clamp(node.child(alter).text().as_int(0), -2, 2);
    name.append(static_cast<std::size_t>(std::abs(semitones)), semitones > 0 ? '#' : 'b');
    return name;
}

/// A harmony element as a chord symbol; empty for none.
std::string symbolOf(xml_node harmony)
{
    static const std::map<std::string_view, const char*> kKinds{{"major", ""},
                                                                {"minor", "m"},
                                                                {"dominant", "7"},
                                                                {"major-seventh", "maj7"},
                                                                {"minor-seventh", "m7"},
                                                                {"diminished", "dim"},
                                                                {"augmented", "aug"},
                                                                {"half-diminished", "m7b5"},
                                                                {"diminished-seventh", "dim7"},
                                                                {"augmented-seventh", "aug"},
                                                                {"major-minor", "mMaj7"},
                                                                {"major-sixth", "6"},
                                                                {"minor-sixth", "m6"},
                                                                {"dominant-ninth", "9"},
                                                                {"major-ninth", "maj9"},
                                                                {"minor-ninth", "m9"},
                                                                {"dominant-11th", "9"},
                                                                {"dominant-13th", "9"},
                                                                {"suspended-second", "sus2"},
                                                                {"suspended-fourth", "sus4"},
                                                                {"power", "5"}};
    const xml_node root = harmony.child("root");
    const auto kind = kKinds.find(trimmed(harmony.child_value("kind")));
    if (!root || kind == kKinds.end())
        return {};
    std::string symbol = noteName(root, "root-step", "root-alter") + kind->second;
    if (const xml_node bass = harmony.child("bass"))
        symbol += "/" + noteName(bass, "bass-step", "bass-alter");
    return symbol;
}

/// Reads one part, bar by bar; what holds on (metre, divisions, open slurs) goes from bar to bar.
class PartReader {
public:
    explicit PartReader(Tune& tune) : m_tune(tune) {}

    Result<Bar> bar(xml_node measure);
    bool jumps() const { return m_jumps; }
    bool changesMeter() const { return m_changesMeter; }
    bool changesTempo() const { return m_changesTempo; }

private:
    music::Tick ticksOf(double divisions) const
    {
        return {std::llround(divisions * music::kTicksPerQuarter / m_divisions)};
    }
    static double durationOf(xml_node node)
    {
        return std::clamp(node.child("duration").text().as_double(0), 0.0, kMaxDuration);
    }
    Result<void> attributes(xml_node node);
    void direction(xml_node node, double at, Bar& bar);
    void note(xml_node node, double at, double length, Bar& bar);
    static void barline(xml_node node, Bar& bar);

    Tune& m_tune;
    double m_divisions = 1;
    music::Meter m_meter;
    bool m_meterKnown = false, m_keyKnown = false, m_first = true;
    bool m_jumps = false, m_changesMeter = false, m_changesTempo = false;
    std::set<std::string> m_slurs; ///< voice and number of those that are open
    std::set<int> m_ending;        ///< of the bars being read
    std::size_t m_notes = 0;
};

Result<void> PartReader::attributes(xml_node node)
{
    if (const xml_node divisions = node.child("divisions")) {
        const double value = divisions.text().as_double(0);
        if (!(value > 0 && value <= kMaxDivisions))
            return bad("its divisions are “" + trimmed(divisions.child_value()).substr(0, 40) + "”");
        m_divisions = value;
    }
    if (const xml_node time = node.child("time")) {
        const music::Meter meter{time.child("beats").text().as_int(0),
                                 time.child("beat-type").text().as_int(0)};
        const bool known =
            meter.unit == 1 || meter.unit == 2 || meter.unit == 4 || meter.unit == 8 || meter.unit == 16;
        if (meter.beats >= 1 && meter.beats <= 32 && known) {
            if (!m_meterKnown)
                m_tune.meter = meter;
            m_changesMeter = m_changesMeter || (m_meterKnown && !(meter == m_meter));
            m_meter = meter;
            m_meterKnown = true;
        }
    }
    if (const xml_node key = node.child("key"); key && key.child("fifths") && !m_keyKnown) {
        const int fifths = std::clamp(key.child("fifths").text().as_int(0), -7, 7);
        const bool minor = trimmed(key.child_value("mode")) == "minor";
        const int tonic = ((fifths * 7 + (minor ? 9 : 0)) % 12 + 12) % 12;
        m_tune.key = music::Key{tonic, minor ? music::Mode::Minor : music::Mode::Major};
        m_keyKnown = true;
    }
    return {};
}

void PartReader::direction(xml_node node, double at, Bar& bar)
{
    const auto tempo = [this](double value) {
        if (!(value >= 10 && value <= 1000))
            return;
        m_changesTempo = m_changesTempo || (m_tune.tempo && std::abs(m_tune.tempo->value - value) > 0.5);
        if (!m_tune.tempo)
            m_tune.tempo = music::Bpm{value};
    };
    const xml_node sound = std::string_view(node.name()) == "sound" ? node : node.child("sound");
    if (sound.attribute("tempo"))
        tempo(sound.attribute("tempo").as_double(0));
    m_jumps = m_jumps || sound.attribute("dacapo") || sound.attribute("dalsegno");
    for (const xml_node type : node.children("direction-type")) {
        if (const xml_node mark = type.child("rehearsal"))
            if (std::string name = trimmed(mark.child_value()); !name.empty())
                bar.marks.push_back({ticksOf(at), std::move(name)});
        if (const xml_node metronome = type.child("metronome"); metronome && !sound.attribute("tempo")) {
            static const std::map<std::string_view, double> kQuarters{
                {"whole", 4}, {"half", 2}, {"quarter", 1}, {"eighth", 0.5}};
            const auto unit = kQuarters.find(trimmed(metronome.child_value("beat-unit")));
            if (unit != kQuarters.end())
                tempo(metronome.child("per-minute").text().as_double(0) * unit->second *
                      (metronome.child("beat-unit-dot") ? 1.5 : 1.0));
        }
    }
}

void PartReader::note(xml_node node, double at, double length, Bar& bar)
{
    const xml_node pitch = node.child("pitch");
    const int step = stepOf(trimmed(pitch.child_value("step")));
    if (!pitch || step < 0)
        return;
    ScoreNote own;
    own.onset = ticksOf(at);
    own.duration = ticksOf(at + length) - own.onset;
    own.pitch = std::clamp(12 * (std::clamp(pitch.child("octave").text().as_int(4), -1, 9) + 1) + step +
                               std::clamp(pitch.child("alter").text().as_int(0), -2, 2),
                           0, 127);
    own.voice = trimmed(node.child_value("voice")) + "/" + trimmed(node.child_value("staff"));
    for (const xml_node tie : node.children("tie"))
        own.tied = own.tied || std::string_view(tie.attribute("type").value()) == "stop";
    own.slurred = std::any_of(m_slurs.begin(), m_slurs.end(),
                              [&](const std::string& slur) { return slur.starts_with(own.voice + "#"); });
    for (const xml_node notations : node.children("notations")) {
        for (const xml_node slur : notations.children("slur")) {
            const std::string name = own.voice + "#" + slur.attribute("number").as_string("1");
            const std::string_view type = slur.attribute("type").value();
            if (type == "start" && m_slurs.size() < 64)
                m_slurs.insert(name);
            else if (type == "stop")
                m_slurs.erase(name);
        }
    }
    for (const xml_node lyric : node.children("lyric")) {
        Sung sung;
        for (const xml_node part : lyric.children()) {
            const std::string_view name = part.name();
            if (name == "text")
                sung.text += trimmed(part.child_value());
            else if (name == "elision" && !sung.text.empty())
                sung.text += ' ';
            else if (name == "syllabic")
                sung.joins =
                    trimmed(part.child_value()) == "begin" || trimmed(part.child_value()) == "middle";
        }
        const int verse = std::clamp(lyric.attribute("number").as_int(1), 1, 99);
        if (!sung.text.empty())
            own.lyrics.emplace(verse, std::move(sung));
    }
    ++m_notes;
    bar.notes.push_back(std::move(own));
}

void PartReader::barline(xml_node node, Bar& bar)
{
    if (const xml_node repeat = node.child("repeat")) {
        if (std::string_view(repeat.attribute("direction").value()) == "forward") {
            bar.forward = true;
        } else {
            bar.backward = true;
            bar.times = std::clamp(repeat.attribute("times").as_int(2), 1, 8);
        }
    }
}

Result<Bar> PartReader::bar(xml_node measure)
{
    Bar bar;
    double at = 0, longest = 0, chordAt = 0;
    for (const xml_node node : measure.children()) {
        const std::string_view name = node.name();
        if (name == "attributes") {
            TRY_VOID(attributes(node));
        } else if (name == "note") {
            if (m_notes > kMaxScoreNotes)
                return bad("it has more than 100,000 notes");
            if (node.child("grace"))
                continue;
            const double length = durationOf(node);
            const bool together = static_cast<bool>(node.child("chord"));
            if (!together)
                chordAt = at;
            if (length > 0)
                note(node, together ? chordAt : at, length, bar);
            if (!together)
                at = std::min(at + length, kMaxDuration);
        } else if (name == "backup") {
            at = std::max(0.0, at - durationOf(node));
        } else if (name == "forward") {
            at = std::min(at + durationOf(node), kMaxDuration);
        } else if (name == "direction" || name == "sound") {
            direction(node, at, bar);
        } else if (name == "harmony") {
            const double offset = node.child("offset").text().as_double(0);
            if (std::string symbol = symbolOf(node); !symbol.empty())
                bar.chords.push_back(
                    {ticksOf(std::clamp(at + offset, 0.0, kMaxDuration)), std::move(symbol)});
        } else if (name == "barline") {
            barline(node, bar);
            if (const xml_node ending = node.child("ending")) {
                const std::string_view type = ending.attribute("type").value();
                if (type == "start") {
                    std::string number;
                    m_ending.clear();
                    for (const char c : std::string(ending.attribute("number").value()).substr(0, 40) + ",") {
                        if (c >= '0' && c <= '9' && number.size() < 2) {
                            number += c;
                        } else if (!number.empty()) {
                            m_ending.insert(std::stoi(number));
                            number.clear();
                        }
                    }
                    bar.endings = m_ending;
                } else {
                    bar.endings = m_ending;
                    bar.endingCloses = true;
                    m_ending.clear();
                }
            }
        }
        longest = std::max(longest, at);
    }
    if (bar.endings.empty())
        bar.endings = m_ending;
    if (!bar.endings.empty() && bar.backward)
        bar.times = std::max(bar.times, *bar.endings.rbegin() + 1);
    const music::Tick full = m_meter.barLength();
    bar.length = ticksOf(longest);
    const bool implicit = std::string_view(measure.attribute("implicit").value()) == "yes";
    if (bar.length < full && !implicit && !m_first)
        bar.length = full;
    if (bar.length.value <= 0)
        bar.length = full;
    if (bar.length.value > 64 * music::kTicksPerQuarter)
        return bad("bar " + std::string(measure.attribute("number").as_string("?")).substr(0, 20) +
                   " is longer than 64 beats");
    m_first = false;
    return bar;
}

/// The bars in the order in which they are played.
std::vector<Play> playOrder(const std::vector<Bar>& bars)
{
    std::vector<Play> order;
    std::size_t begin = 0;
    int pass = 1;
    for (std::size_t i = 0; i < bars.size() && order.size() < kMaxBars;) {
        const Bar& bar = bars[i];
        if (bar.forward && i != begin) {
            begin = i;
            pass = 1;
        }
        if (!bar.endings.empty() && !bar.endings.contains(pass)) {
            ++i;
            continue;
        }
        order.push_back({i, pass});
        if (bar.backward && pass < bar.times) {
            ++pass;
            i = begin;
            continue;
        }
        if (bar.backward || bar.endingCloses) {
            begin = i + 1;
            pass = 1;
        }
        ++i;
    }
    return order;
}

/// The voice that sings most; without words the one that has most notes.
std::string mainVoice(const std::vector<Bar>& bars)
{
    std::map<std::string, std::pair<std::size_t, std::size_t>> counts; // syllables, notes
    for (const Bar& bar : bars) {
        for (const ScoreNote& note : bar.notes) {
            auto& [syllables, notes] = counts[note.voice];
            syllables += note.lyrics.empty() ? 0 : 1;
            ++notes;
        }
    }
    std::string best;
    std::pair<std::size_t, std::size_t> most{0, 0};
    for (const auto& [voice, count] : counts) {
        if (best.empty() || count > most) {
            best = voice;
            most = count;
        }
    }
    return best;
}

xml_node choosePart(xml_node score, std::size_t& parts)
{
    xml_node first, sung;
    for (const xml_node part : score.children("part")) {
        bool pitched = false, words = false;
        for (const xml_node measure : part.children("measure")) {
            for (const xml_node note : measure.children("note")) {
                pitched = pitched || note.child("pitch");
                words = words || note.child("lyric");
            }
            if (words)
                break;
        }
        if (!pitched)
            continue;
        ++parts;
        if (!first)
            first = part;
        if (!sung && words)
            sung = part;
    }
    return sung ? sung : first;
}

/// Writes the bars of a voice out into the tune.
void playInto(Tune& tune, const std::vector<Bar>& bars, const std::vector<Play>& order)
{
    const std::string voice = mainVoice(bars);
    const music::Tick full = tune.meter.barLength();
    music::Tick start;
    // A first bar that is cut short is an upbeat: the bar line stands after it.
    if (!order.empty() && bars[order.front().bar].length < full)
        start = full - bars[order.front().bar].length;
    for (const Play& play : order) {
        const Bar& bar = bars[play.bar];
        std::vector<ScoreNote> notes;
        for (const ScoreNote& note : bar.notes)
            if (note.voice == voice)
                notes.push_back(note);
        std::stable_sort(notes.begin(), notes.end(),
                         [](const ScoreNote& a, const ScoreNote& b) { return a.onset < b.onset; });
        for (const ScoreNote& note : notes) {
            TuneNote own;
            own.onset = start + note.onset;
            own.duration = note.duration;
            own.pitch = note.pitch;
            own.slurred = note.slurred;
            auto sung = note.lyrics.find(play.pass);
            if (sung == note.lyrics.end())
                sung = note.lyrics.find(1);
            if (sung != note.lyrics.end()) {
                own.syllable = sung->second.text;
                own.joins = sung->second.joins;
            }
            if (own.duration.value <= 0)
                continue;
            if (!tune.notes.empty()) {
                TuneNote& before = tune.notes.back();
                if (own.onset == before.onset) { // a chord: its highest note, with its words
                    before.pitch = std::max(before.pitch, own.pitch);
                    if (before.syllable.empty())
                        before.syllable = own.syllable;
                    continue;
                }
                if (note.tied && before.pitch == own.pitch && before.onset + before.duration == own.onset) {
                    before.duration += own.duration;
                    continue;
                }
                if (own.onset < before.onset)
                    continue;
                before.duration = std::min(before.duration, own.onset - before.onset);
            }
            tune.notes.push_back(std::move(own));
        }
        for (const MidiText& chord : bar.chords)
            tune.chords.push_back({start + chord.onset, chord.text});
        if (play.pass == 1)
            for (const MidiText& mark : bar.marks)
                tune.marks.push_back({start + mark.onset, mark.text});
        start += bar.length;
    }
    tune.end = start;
}

} // namespace

Result<Tune> readMusicXml(std::string_view bytes)
{
    if (bytes.size() > kMaxFileBytes)
        return bad("it is larger than 64 MiB");
    if (bytes.starts_with("PK"))
        return Error{
            "This score is compressed (.mxl), which cannot be read; save it as uncompressed MusicXML."};
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_buffer(bytes.data(), bytes.size());
    if (!parsed)
        return bad("at byte " + std::to_string(std::max<std::ptrdiff_t>(0, parsed.offset)) + " " + [&] {
            std::string why = parsed.description();
            if (!why.empty())
                why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
            return why;
        }());
    if (document.child("score-timewise"))
        return Error{"This score is ordered by bars (score-timewise), which cannot be read; save it as "
                     "score-partwise, the usual kind."};
    const xml_node score = document.child("score-partwise");
    if (!score)
        return bad("it has no element score-partwise");
    Tune tune;
    tune.title = trimmed(score.child("work").child_value("work-title"));
    if (tune.title.empty())
        tune.title = trimmed(score.child_value("movement-title"));
    std::size_t parts = 0;
    const xml_node part = choosePart(score, parts);
    if (!part)
        return Error{"The score has no melody: no part has notes with pitches; choose another file."};
    PartReader reader(tune);
    std::vector<Bar> bars;
    for (const xml_node measure : part.children("measure")) {
        if (bars.size() >= kMaxBars)
            return bad("it has more than 2,000 bars");
        TRY(Bar bar, reader.bar(measure));
        bars.push_back(std::move(bar));
    }
    playInto(tune, bars, playOrder(bars));
    if (tune.notes.empty())
        return Error{"The score has no melody: no part has notes with pitches; choose another file."};
    if (tune.notes.size() > kMaxTuneNotes)
        return bad("its melody has more than 20,000 notes");
    if (parts > 1)
        tune.lost.push_back(std::to_string(parts - 1) + (parts == 2 ? " other part is" : " other parts are") +
                            " left out.");
    if (reader.changesMeter())
        tune.lost.emplace_back("The score's changes of metre are left out; the song keeps the first metre.");
    if (reader.changesTempo())
        tune.lost.emplace_back("The score's changes of tempo are left out; the song keeps the first tempo.");
    if (reader.jumps())
        tune.lost.emplace_back("“D.C.” and “D.S.” are not followed.");
    return tune;
}

} // namespace cantilena::exchange
