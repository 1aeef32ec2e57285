#include <song/edit.h>

#include <algorithm>
#include <cassert>
#include <unordered_set>

#include "working.h"
#include <song/validate.h>

namespace cantilena::song {

namespace {

template<typename T> bool same(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b)
{
    return a == b || (a && b && *a == *b);
}

template<typename T> T swapped(const T& edit)
{
    T result = edit;
    std::swap(result.before, result.after);
    return result;
}

Error noSuch(const std::string& what, std::uint64_t id)
{
    return Error{"The song has no " + what + " " + std::to_string(id) + "."};
}

} // namespace

bool SectionEdit::operator==(const SectionEdit& other) const
{
    return index == other.index && same(before, other.before) && same(after, other.after);
}

bool TrackEdit::operator==(const TrackEdit& other) const
{
    return index == other.index && same(before, other.before) && same(after, other.after);
}

Edit inverse(const Edit& edit)
{
    return std::visit([](const auto& e) -> Edit { return swapped(e); }, edit);
}

std::vector<Edit> inverse(const std::vector<Edit>& edits)
{
    std::vector<Edit> result;
    result.reserve(edits.size());
    for (auto it = edits.rbegin(); it != edits.rend(); ++it)
        result.push_back(inverse(*it));
    return result;
}

Result<SongPtr> apply(const SongPtr& song, const std::vector<Edit>& edits)
{
    SongPtr result = song;
    std::vector<const void*> owned;
    TRY_VOID(Working(result, owned).apply(edits));
    return result;
}

Transaction::Transaction(SongPtr base, std::string label)
    : m_base(std::move(base)), m_song(m_base), m_label(std::move(label)), m_ids(m_base->ids)
{
}

Result<void> Transaction::push(std::vector<Edit> edits)
{
    TRY_VOID(Working(m_song, m_owned).apply(edits));
    m_edits.insert(m_edits.end(), std::make_move_iterator(edits.begin()),
                   std::make_move_iterator(edits.end()));
    m_ids.next = std::max(m_ids.next, m_song->ids.next);
    return {};
}

Result<void> Transaction::push(Edit edit)
{
    // A single edit is checked before anything changes, so an error leaves the song as it was.
    TRY_VOID(Working(m_song, m_owned).apply(std::span(&edit, 1)));
    m_edits.push_back(std::move(edit));
    m_ids.next = std::max(m_ids.next, m_song->ids.next);
    return {};
}

OriginId Transaction::origin(const Origin& origin)
{
    for (const Origin& known : *m_song->origins) {
        Origin candidate = origin;
        candidate.id = known.id;
        if (candidate == known)
            return known.id;
    }
    Origin added = origin;
    added.id = m_ids.make<OriginId>();
    // Full or out of bounds: the object is left without an origin rather than lost.
    return push(OriginEdit{std::nullopt, added}) ? added.id : OriginId{};
}

OriginId Transaction::personOrigin()
{
    return origin(Origin{});
}

void Transaction::setHead(SongHead head)
{
    head = clamped(std::move(head));
    if (head == m_song->head)
        return;
    [[maybe_unused]] const Result<void> done = push(HeadEdit{m_song->head, std::move(head)});
    assert(done);
}

Result<NoteId> Transaction::addNote(TrackId track, Note note)
{
    if (!note.id)
        note.id = m_ids.make<NoteId>();
    TRY_VOID(push(NoteEdit{track, std::nullopt, note}));
    return note.id;
}

Result<void> Transaction::addNotes(TrackId trackId, std::vector<Note> notes)
{
    if (!m_song->track(trackId))
        return noSuch("track", trackId.value);
    std::unordered_set<std::uint64_t> taken;
    for (const TrackPtr& track : m_song->tracks) {
        for (const Note& note : track->notes)
            taken.insert(note.id.value);
    }
    std::vector<Edit> edits;
    edits.reserve(notes.size());
    for (Note& note : notes) {
        if (!note.id)
            note.id = m_ids.make<NoteId>();
        TRY_VOID(validate(note));
        if (!taken.insert(note.id.value).second)
            return Error{"The song already has a note " + std::to_string(note.id.value) + "."};
        edits.push_back(NoteEdit{trackId, std::nullopt, note});
    }
    if (taken.size() > kMaxNotes)
        return Error{"The song is full: it cannot hold more than " + std::to_string(kMaxNotes) + " notes."};
    return push(std::move(edits));
}

Result<void> Transaction::replaceNote(TrackId track, const Note& note)
{
    const Note* before = m_song->note(track, note.id);
    if (!before)
        return noSuch("note", note.id.value);
    if (*before == note)
        return {};
    return push(NoteEdit{track, *before, note});
}

Result<void> Transaction::replaceNotes(TrackId trackId, const std::vector<Note>& notes)
{
    const TrackPtr track = m_song->track(trackId);
    if (!track)
        return noSuch("track", trackId.value);
    std::vector<const Note*> byId;
    byId.reserve(track->notes.size());
    for (const Note& note : track->notes)
        byId.push_back(&note);
    std::sort(byId.begin(), byId.end(), [](const Note* a, const Note* b) { return a->id < b->id; });
    std::unordered_set<std::uint64_t> seen;
    std::vector<Edit> edits;
    for (const Note& note : notes) {
        TRY_VOID(validate(note));
        const auto it = std::lower_bound(byId.begin(), byId.end(), note.id,
                                         [](const Note* a, NoteId id) { return a->id < id; });
        if (it == byId.end() || (*it)->id != note.id)
            return noSuch("note", note.id.value);
        if (!seen.insert(note.id.value).second)
            return Error{"Note " + std::to_string(note.id.value) + " is replaced twice at once."};
        if (**it != note)
            edits.push_back(NoteEdit{trackId, **it, note});
    }
    return push(std::move(edits));
}

Result<void> Transaction::removeNote(TrackId track, NoteId id)
{
    const Note* before = m_song->note(track, id);
    if (!before)
        return noSuch("note", id.value);
    return push(NoteEdit{track, *before, std::nullopt});
}

namespace {

const ChordEvent* findChord(const Song& song, ChordId id)
{
    const auto it = std::find_if(song.chords->begin(), song.chords->end(),
                                 [&](const ChordEvent& c) { return c.id == id; });
    return it == song.chords->end() ? nullptr : &*it;
}

std::optional<std::size_t> trackIndex(const Song& song, TrackId id)
{
    for (std::size_t i = 0; i < song.tracks.size(); ++i) {
        if (song.tracks[i]->head.id == id)
            return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> sectionIndex(const Song& song, SectionId id)
{
    for (std::size_t i = 0; i < song.sections.size(); ++i) {
        if (song.sections[i]->id == id)
            return i;
    }
    return std::nullopt;
}

/// Gives ids to the parts of a section that have none.
void fillIds(Section& section, IdSource& ids)
{
    if (!section.id)
        section.id = ids.make<SectionId>();
    for (Line& line : section.lines) {
        if (!line.id)
            line.id = ids.make<LineId>();
        for (Word& word : line.words) {
            for (Syllable& syllable : word.syllables) {
                if (!syllable.id)
                    syllable.id = ids.make<SyllableId>();
            }
        }
    }
}

} // namespace

Result<ChordId> Transaction::addChord(ChordEvent chord)
{
    if (!chord.id)
        chord.id = m_ids.make<ChordId>();
    TRY_VOID(push(ChordEdit{std::nullopt, chord}));
    return chord.id;
}

Result<void> Transaction::replaceChord(const ChordEvent& chord)
{
    const ChordEvent* before = findChord(*m_song, chord.id);
    if (!before)
        return noSuch("chord", chord.id.value);
    if (*before == chord)
        return {};
    return push(ChordEdit{*before, chord});
}

Result<void> Transaction::removeChord(ChordId id)
{
    const ChordEvent* before = findChord(*m_song, id);
    if (!before)
        return noSuch("chord", id.value);
    return push(ChordEdit{*before, std::nullopt});
}

Result<SectionId> Transaction::insertSection(std::size_t index, Section section)
{
    fillIds(section, m_ids);
    const SectionId id = section.id;
    TRY_VOID(push(SectionEdit{index, nullptr, std::make_shared<const Section>(std::move(section))}));
    return id;
}

Result<void> Transaction::replaceSection(Section section)
{
    const std::optional<std::size_t> index = sectionIndex(*m_song, section.id);
    if (!index)
        return noSuch("section", section.id.value);
    fillIds(section, m_ids);
    const SectionPtr before = m_song->sections[*index];
    if (*before == section)
        return {};
    return push(SectionEdit{*index, before, std::make_shared<const Section>(std::move(section))});
}

Result<void> Transaction::removeSection(SectionId id)
{
    const std::optional<std::size_t> index = sectionIndex(*m_song, id);
    if (!index)
        return noSuch("section", id.value);
    return push(SectionEdit{*index, m_song->sections[*index], nullptr});
}

Result<TrackId> Transaction::insertTrack(std::size_t index, Track track)
{
    if (!track.head.id)
        track.head.id = m_ids.make<TrackId>();
    for (Note& note : track.notes) {
        if (!note.id)
            note.id = m_ids.make<NoteId>();
    }
    std::sort(track.notes.begin(), track.notes.end(), noteBefore);
    const TrackId id = track.head.id;
    TRY_VOID(push(TrackEdit{index, nullptr, std::make_shared<const Track>(std::move(track))}));
    return id;
}

Result<void> Transaction::replaceTrack(Track track)
{
    const std::optional<std::size_t> index = trackIndex(*m_song, track.head.id);
    if (!index)
        return noSuch("track", track.head.id.value);
    for (Note& note : track.notes) {
        if (!note.id)
            note.id = m_ids.make<NoteId>();
    }
    std::sort(track.notes.begin(), track.notes.end(), noteBefore);
    const TrackPtr before = m_song->tracks[*index];
    if (*before == track)
        return {};
    return push(TrackEdit{*index, before, std::make_shared<const Track>(std::move(track))});
}

Result<void> Transaction::removeTrack(TrackId id)
{
    const std::optional<std::size_t> index = trackIndex(*m_song, id);
    if (!index)
        return noSuch("track", id.value);
    return push(TrackEdit{*index, m_song->tracks[*index], nullptr});
}

Result<void> Transaction::setTrackHead(const TrackHead& head)
{
    const TrackPtr track = m_song->track(head.id);
    if (!track)
        return noSuch("track", head.id.value);
    if (track->head == head)
        return {};
    return push(TrackHeadEdit{track->head, head});
}

} // namespace cantilena::song
