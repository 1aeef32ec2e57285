#include <song/song.h>

#include <algorithm>
#include <tuple>

namespace cantilena::song {

namespace {

constexpr std::array<std::string_view, 9> kSectionCodes = {
    "intro", "verse", "prechorus", "chorus", "bridge", "solo", "interlude", "hook", "outro"};
constexpr std::array<std::string_view, 7> kRoleCodes = {"melody",  "drums", "bass",  "harmony",
                                                        "counter", "pad",   "colour"};

constexpr std::array<std::string_view, 8> kChordReasonCodes = {
    "model", "person", "cadence", "repeat", "secondary_dominant", "borrowed", "suspension", "fits_tune"};

template<typename Enum, std::size_t Size>
std::optional<Enum> find(const std::array<std::string_view, Size>& codes, std::string_view code)
{
    const auto it = std::find(codes.begin(), codes.end(), code);
    if (it == codes.end())
        return std::nullopt;
    return static_cast<Enum>(it - codes.begin());
}

template<typename T> bool sameContent(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b)
{
    return a == b || (a && b && *a == *b);
}

template<typename T>
bool sameContent(const std::vector<std::shared_ptr<const T>>& a,
                 const std::vector<std::shared_ptr<const T>>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return sameContent(x, y); });
}

} // namespace

std::string_view code(SectionKind kind)
{
    return kSectionCodes[static_cast<std::size_t>(kind)];
}

std::optional<SectionKind> sectionKindOfCode(std::string_view code)
{
    return find<SectionKind>(kSectionCodes, code);
}

std::string_view code(Role role)
{
    return kRoleCodes[static_cast<std::size_t>(role)];
}

std::optional<Role> roleOfCode(std::string_view code)
{
    return find<Role>(kRoleCodes, code);
}

std::vector<std::string_view> chordReasonCodes(std::uint32_t reasons)
{
    std::vector<std::string_view> codes;
    for (std::size_t bit = 0; bit < kChordReasonCodes.size(); ++bit) {
        if (reasons >> bit & 1u)
            codes.push_back(kChordReasonCodes[bit]);
    }
    return codes;
}

std::size_t Line::syllableCount() const
{
    std::size_t count = 0;
    for (const Word& word : words)
        count += word.syllables.size();
    return count;
}

bool noteBefore(const Note& a, const Note& b)
{
    return std::tie(a.onset, a.pitch, a.id) < std::tie(b.onset, b.pitch, b.id);
}

bool Song::operator==(const Song& other) const
{
    return head == other.head && sameContent(sections, other.sections) && sameContent(chords, other.chords) &&
           sameContent(tracks, other.tracks) && sameContent(origins, other.origins);
}

music::Tick Song::sectionStart(SectionId id) const
{
    music::Tick at;
    for (const SectionPtr& section : sections) {
        if (section->id == id)
            return at;
        at += section->bars * head.meter.barLength();
    }
    return at;
}

music::Tick Song::sectionEnd(SectionId id) const
{
    music::Tick at;
    for (const SectionPtr& section : sections) {
        at += section->bars * head.meter.barLength();
        if (section->id == id)
            return at;
    }
    return at;
}

music::Tick Song::length() const
{
    return sectionEnd({});
}

SectionPtr Song::section(SectionId id) const
{
    const auto it =
        std::find_if(sections.begin(), sections.end(), [&](const auto& s) { return s->id == id; });
    return it == sections.end() ? nullptr : *it;
}

SectionPtr Song::sectionAt(music::Tick tick) const
{
    if (tick.value < 0)
        return nullptr;
    music::Tick end;
    for (const SectionPtr& section : sections) {
        end += section->bars * head.meter.barLength();
        if (tick < end)
            return section;
    }
    return nullptr;
}

TrackPtr Song::track(TrackId id) const
{
    const auto it =
        std::find_if(tracks.begin(), tracks.end(), [&](const auto& t) { return t->head.id == id; });
    return it == tracks.end() ? nullptr : *it;
}

TrackPtr Song::melody() const
{
    const auto it = std::find_if(tracks.begin(), tracks.end(),
                                 [](const auto& t) { return t->head.role == Role::Melody; });
    return it == tracks.end() ? nullptr : *it;
}

const Note* Song::note(TrackId trackId, NoteId noteId) const
{
    for (const TrackPtr& track : tracks) {
        if (track->head.id != trackId)
            continue;
        for (const Note& note : track->notes) {
            if (note.id == noteId)
                return &note;
        }
    }
    return nullptr;
}

const Syllable* Song::syllable(SyllableId id) const
{
    if (!id)
        return nullptr;
    for (const SectionPtr& section : sections) {
        for (const Line& line : section->lines) {
            for (const Word& word : line.words) {
                for (const Syllable& syllable : word.syllables) {
                    if (syllable.id == id)
                        return &syllable;
                }
            }
        }
    }
    return nullptr;
}

const Origin* Song::origin(OriginId id) const
{
    for (const Origin& origin : *origins) {
        if (origin.id == id && id)
            return &origin;
    }
    return nullptr;
}

const ChordEvent* Song::chordAt(music::Tick tick) const
{
    for (const ChordEvent& chord : *chords) {
        if (chord.onset <= tick && tick < chord.onset + chord.duration)
            return &chord;
    }
    return nullptr;
}

} // namespace cantilena::song
