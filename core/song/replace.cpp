#include <song/replace.h>

#include <algorithm>
#include <map>
#include <set>

namespace cantilena::song {

namespace {

/// The ids that the target's origins have in the transaction's song.
class Origins {
public:
    Origins(Transaction& transaction, const Song& target)
    {
        for (const Origin& origin : *target.origins)
            m_ids[origin.id.value] = transaction.origin(origin);
    }
    OriginId of(OriginId id) const
    {
        const auto found = m_ids.find(id.value);
        return found == m_ids.end() ? OriginId{} : found->second;
    }

private:
    std::map<std::uint64_t, OriginId> m_ids;
};

Section mapped(Section section, const Origins& origins)
{
    section.origin = origins.of(section.origin);
    for (Line& line : section.lines)
        line.origin = origins.of(line.origin);
    return section;
}

Track mapped(Track track, const Origins& origins)
{
    track.head.origin = origins.of(track.head.origin);
    for (Note& note : track.notes)
        note.origin = origins.of(note.origin);
    return track;
}

Result<void> replaceSections(Transaction& transaction, const Song& target, const Origins& origins)
{
    for (const SectionPtr& section : std::vector(transaction.song().sections))
        if (!target.section(section->id))
            TRY_VOID(transaction.removeSection(section->id));
    for (std::size_t i = 0; i < target.sections.size(); ++i) {
        Section section = mapped(*target.sections[i], origins);
        const SectionPtr old = transaction.song().section(section.id);
        if (!old)
            TRY_VOID(transaction.insertSection(i, std::move(section)));
        else if (!(*old == section))
            TRY_VOID(transaction.replaceSection(std::move(section)));
    }
    return {};
}

Result<void> replaceTracks(Transaction& transaction, const Song& target, const Origins& origins)
{
    for (const TrackPtr& track : std::vector(transaction.song().tracks))
        if (!target.track(track->head.id))
            TRY_VOID(transaction.removeTrack(track->head.id));
    for (std::size_t i = 0; i < target.tracks.size(); ++i) {
        Track track = mapped(*target.tracks[i], origins);
        const TrackPtr old = transaction.song().track(track.head.id);
        if (!old)
            TRY_VOID(transaction.insertTrack(i, std::move(track)));
        else if (!(*old == track))
            TRY_VOID(transaction.replaceTrack(std::move(track)));
    }
    return {};
}

Result<void> replaceChords(Transaction& transaction, const Song& target, const Origins& origins)
{
    std::map<std::uint64_t, ChordEvent> wanted;
    for (ChordEvent chord : *target.chords) {
        chord.origin = origins.of(chord.origin);
        wanted.emplace(chord.id.value, chord);
    }
    for (const ChordEvent& old : std::vector(*transaction.song().chords)) {
        const auto same = wanted.find(old.id.value);
        if (same == wanted.end()) {
            TRY_VOID(transaction.removeChord(old.id));
            continue;
        }
        TRY_VOID(transaction.replaceChord(same->second));
        wanted.erase(same);
    }
    for (const auto& [id, chord] : wanted)
        TRY_VOID(transaction.addChord(chord));
    return {};
}

} // namespace

Result<void> become(Transaction& transaction, const Song& target)
{
    transaction.ids().next = std::max(transaction.ids().next, target.ids.next);
    const Origins origins(transaction, target);
    transaction.setHead(target.head);
    TRY_VOID(replaceSections(transaction, target, origins));
    TRY_VOID(replaceTracks(transaction, target, origins));
    return replaceChords(transaction, target, origins);
}

} // namespace cantilena::song
