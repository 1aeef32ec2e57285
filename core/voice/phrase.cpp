#include <voice/phrase.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include <base/hash.h>

namespace cantilena::voice {

namespace {

constexpr double kBreathRest = 0.4; ///< a rest from which on one hears the breath
constexpr double kLongestBreath = 0.35;
constexpr double kLineRest = 0.1;       ///< a rest at a line's end that ends the phrase
constexpr double kLongestPhrase = 12.0; ///< beyond it a line's end ends the phrase without a rest
constexpr double kSilenceBefore = 0.03;
constexpr double kRelease = 0.15; ///< after the last note, for its coda and its fading
constexpr double kShortestNote = 0.02;
constexpr double kTogether = 0.06; ///< rests up to this long are not heard between notes

struct Source {
    const song::Syllable* syllable = nullptr;
    song::LineId line;
};

struct Event {
    double start = 0;
    double end = 0;
    const song::Note* note = nullptr;
    Source source;
};

std::vector<Event> eventsOf(const song::Song& song, const song::Track& track)
{
    std::unordered_map<std::uint64_t, Source> sources;
    for (const song::SectionPtr& section : song.sections) {
        for (const song::Line& line : section->lines) {
            for (const song::Word& word : line.words) {
                for (const song::Syllable& syllable : word.syllables)
                    sources.emplace(syllable.id.value, Source{&syllable, line.id});
            }
        }
    }
    std::vector<Event> events;
    for (const song::Note& note : track.notes) {
        const double start = std::max(0.0, song.head.tempo.toSeconds(note.onset + note.shift).value);
        const double end = song.head.tempo.toSeconds(note.end() + note.shift).value;
        Event event{start, std::max(end, start + kShortestNote), &note, {}};
        if (const auto found = sources.find(note.syllable.value); note.syllable && found != sources.end())
            event.source = found->second;
        events.push_back(event);
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const Event& a, const Event& b) { return a.start < b.start; });
    // One voice: a note ends where the next begins, and of notes that begin together the syllables follow
    // each other.
    for (std::size_t i = 0; i + 1 < events.size(); ++i) {
        events[i + 1].start = std::max(events[i + 1].start, events[i].start + kShortestNote);
        events[i + 1].end = std::max(events[i + 1].end, events[i + 1].start + kShortestNote);
        events[i].end = std::min(events[i].end, events[i + 1].start);
    }
    return events;
}

SungSyllable syllableOf(const Event& event)
{
    SungSyllable result;
    if (!event.source.syllable) {
        result.phones = {{"l"}, "aa", {}};
        return result;
    }
    const song::Syllable& syllable = *event.source.syllable;
    result.phones = singerPhones(syllable.phonemes, syllable.language);
    result.language = syllable.language;
    result.stress = syllable.stress;
    result.tone = syllable.tone;
    return result;
}

double onsetSeconds(const SyllablePhones& phones)
{
    double sum = 0;
    for (const std::string& phone : phones.onset)
        sum += typicalSeconds(phone);
    return sum;
}

/// Relative times in steps of 10 microseconds, so that rounding far from the song's start doesn't change
/// them. The offset keeps the steps' edges away from the times of notes at round tempos.
double stepped(double seconds)
{
    return std::floor(seconds * 1e5 + 0.637) / 1e5;
}

/// Builds one phrase of the events [begin, end). `free` is the time before the first note that no other
/// phrase sings.
Phrase build(const song::Song& song, const std::vector<Event>& events, std::size_t begin, std::size_t end,
             double free)
{
    Phrase phrase;
    std::vector<std::size_t> firstEvent;
    for (std::size_t i = begin; i < end; ++i) {
        const Event& event = events[i];
        const bool touches = i > begin && event.start - events[i - 1].end <= kTogether;
        const bool same = i > begin && event.source.syllable == events[i - 1].source.syllable;
        const bool melisma = i > begin && (event.source.syllable ? same : touches);
        if (!melisma) {
            phrase.syllables.push_back(syllableOf(event));
            firstEvent.push_back(i);
        }
    }

    const double firstNote = events[begin].start;
    const double onset = onsetSeconds(phrase.syllables.front().phones);
    const double room = std::max(0.0, free - onset - kSilenceBefore);
    if (free >= kBreathRest)
        phrase.breath = {stepped(std::min(kLongestBreath, room * 0.8))};
    double lead =
        onset + kSilenceBefore + (phrase.breath.value > 0 ? phrase.breath.value + kSilenceBefore : 0.0);
    lead = stepped(std::min({lead, std::max(free, onset), firstNote}));
    if (lead < onset + phrase.breath.value)
        phrase.breath = {0};
    phrase.start = {std::max(0.0, firstNote - lead)};
    phrase.first = events[begin].note->onset;
    phrase.last = events[end - 1].note->end();
    phrase.duration = {stepped(events[end - 1].end - firstNote + lead + kRelease)};
    if (const song::SectionPtr section = song.sectionAt(phrase.first))
        phrase.energy = section->energy;

    std::size_t mandarin = 0;
    for (std::size_t s = 0; s < phrase.syllables.size(); ++s) {
        SungSyllable& syllable = phrase.syllables[s];
        mandarin += syllable.language == language::Language::Mandarin ? 1 : 0;
        const std::size_t stop = s + 1 < firstEvent.size() ? firstEvent[s + 1] : end;
        for (std::size_t i = firstEvent[s]; i < stop; ++i) {
            const Event& event = events[i];
            SungNote sung{{stepped(event.start - firstNote + lead)},
                          {stepped(event.end - firstNote + lead)},
                          static_cast<double>(event.note->pitch.midi),
                          event.note->velocity};
            const music::Tick onset = event.note->onset + event.note->shift;
            for (const song::BendPoint& point : event.note->bend) {
                const double at = song.head.tempo.toSeconds(onset + point.at).value;
                if (at <= event.end)
                    sung.drawn.push_back({{stepped(at - firstNote + lead)}, sung.midi + point.cents / 100});
            }
            syllable.notes.push_back(std::move(sung));
        }
    }
    phrase.language =
        2 * mandarin > phrase.syllables.size() ? language::Language::Mandarin : language::Language::English;
    return phrase;
}

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%lld,", static_cast<long long>(value * 1e5 + (value < 0 ? -0.5 : 0.5)));
    return text;
}

std::string soundText(const Phrase& phrase)
{
    std::string text = number(phrase.duration.value) + number(phrase.breath.value) + number(phrase.energy);
    text += language::code(phrase.language);
    const auto add = [&](const std::vector<std::string>& phones) {
        for (const std::string& phone : phones) {
            text += phone;
            text += ' ';
        }
        text += '|';
    };
    for (const SungSyllable& syllable : phrase.syllables) {
        text += '\n';
        add(syllable.phones.onset);
        add({syllable.phones.nucleus});
        add(syllable.phones.coda);
        text += language::code(syllable.language);
        text += number(syllable.stress) + number(syllable.tone);
        for (const SungNote& note : syllable.notes) {
            text +=
                number(note.start.value) + number(note.end.value) + number(note.midi) + number(note.velocity);
            for (const DrawnPitch& point : note.drawn)
                text += "~" + number(point.time.value) + number(point.midi);
        }
    }
    return text;
}

} // namespace

bool Phrase::sameSound(const Phrase& other) const
{
    return soundText(*this) == soundText(other);
}

std::string Phrase::hash() const
{
    return sha256(soundText(*this));
}

std::vector<Phrase> phrasesOf(const song::Song& song)
{
    const song::TrackPtr track = song.melody();
    if (!track || !track->head.vocal || track->notes.empty())
        return {};
    std::vector<Event> events = eventsOf(song, *track);
    const double halfBeat = song.head.tempo.toSeconds(music::kEighth).value;

    std::vector<std::size_t> starts{0};
    for (std::size_t i = 1; i < events.size(); ++i) {
        const double rest = events[i].start - events[i - 1].end;
        const bool sameSyllable =
            events[i].source.syllable && events[i].source.syllable == events[i - 1].source.syllable;
        const bool newLine = events[i].source.line != events[i - 1].source.line && !sameSyllable;
        const bool tooLong = events[i].start - events[starts.back()].start > kLongestPhrase;
        if (rest >= halfBeat - 1e-9 || (newLine && (rest >= kLineRest || tooLong)))
            starts.push_back(i);
    }
    // Where a phrase begins without a rest its first consonants are sung in the time of the note before.
    for (std::size_t p = 1; p < starts.size(); ++p) {
        Event& before = events[starts[p] - 1];
        const Event& first = events[starts[p]];
        const double missing = onsetSeconds(syllableOf(first).phones) - (first.start - before.end);
        if (missing > 0)
            before.end -= std::min(missing, 0.4 * (before.end - before.start));
    }
    std::vector<Phrase> phrases;
    for (std::size_t p = 0; p < starts.size(); ++p) {
        const std::size_t end = p + 1 < starts.size() ? starts[p + 1] : events.size();
        const double free = events[starts[p]].start - (p > 0 ? events[starts[p] - 1].end : 0.0);
        phrases.push_back(build(song, events, starts[p], end, free));
    }
    return phrases;
}

} // namespace cantilena::voice
