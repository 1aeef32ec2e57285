#include "working.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <song/validate.h>

namespace cantilena::song {

namespace {

/// Below this many edits in a row on one track, inserting one by one is the quicker way.
constexpr std::size_t kBatch = 16;

Error changed(const std::string& what)
{
    return Error{"The change does not fit because " + what +
                 " is not as it was when the change was made; make it again."};
}

Error malformed(const std::string& what)
{
    return Error{"The change of " + what + " is malformed and was not made."};
}

void raise(IdSource& ids, std::uint64_t used)
{
    if (used >= ids.next)
        ids.next = used + 1;
}

template<typename T> bool same(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b)
{
    return a == b || (a && b && *a == *b);
}

bool chordBefore(const ChordEvent& a, const ChordEvent& b)
{
    return a.onset != b.onset ? a.onset < b.onset : a.id < b.id;
}

/// Replaces, inserts or removes in an ordered vector of values with ids, after checking the state before.
template<typename T, typename Before>
Result<void> change(std::vector<T>& values, const std::optional<T>& before, const std::optional<T>& after,
                    Before less, std::size_t most, const std::string& what)
{
    if ((!before && !after) || (before && after && before->id != after->id))
        return malformed(what);
    const std::uint64_t id = before ? before->id.value : after->id.value;
    auto it = std::find_if(values.begin(), values.end(), [&](const T& v) { return v.id.value == id; });
    if (before && (it == values.end() || *it != *before))
        return changed(what + " " + std::to_string(id));
    if (!before && it != values.end())
        return changed(what + " " + std::to_string(id));
    if (after)
        TRY_VOID(validate(*after));
    if (before)
        values.erase(it);
    if (after) {
        if (values.size() >= most)
            return Error{"The song is full: it cannot hold more than " + std::to_string(most) + " " + what +
                         "s."};
        values.insert(std::upper_bound(values.begin(), values.end(), *after, less), *after);
    }
    return {};
}

std::string trackName(const Track& track)
{
    return "the track \"" + track.head.name + "\"";
}

/// Where a note with the state `before` is; the end when the track has none like it.
std::vector<Note>::const_iterator findNote(const std::vector<Note>& notes, const Note& before)
{
    const auto it = std::lower_bound(notes.begin(), notes.end(), before, noteBefore);
    return it != notes.end() && *it == before ? it : notes.end();
}

} // namespace

template<typename T> T& Working::own(std::shared_ptr<const T>& object)
{
    const auto it = std::find(m_owned.begin(), m_owned.end(), object.get());
    if (it != m_owned.end() && object.use_count() == 1)
        return const_cast<T&>(*object);
    if (it != m_owned.end())
        m_owned.erase(it);
    auto copy = std::make_shared<T>(*object);
    m_owned.push_back(copy.get());
    object = copy;
    return *copy;
}

Song& Working::song()
{
    return own(m_song);
}

bool Working::noteExists(NoteId id) const
{
    // Ids are handed out in rising order, so a fresh one needs no search.
    if (id.value >= m_song->ids.next)
        return false;
    for (const TrackPtr& track : m_song->tracks) {
        for (const Note& note : track->notes) {
            if (note.id == id)
                return true;
        }
    }
    return false;
}

void Working::noteIds(const Note& note)
{
    IdSource& ids = song().ids;
    raise(ids, note.id.value);
    raise(ids, note.syllable.value);
    raise(ids, note.origin.value);
}

Result<std::size_t> Working::trackIndex(TrackId id) const
{
    for (std::size_t i = 0; i < m_song->tracks.size(); ++i) {
        if (m_song->tracks[i]->head.id == id)
            return i;
    }
    return Error{"The change does not fit because the song has no track " + std::to_string(id.value) + "."};
}

Result<void> Working::apply(const HeadEdit& edit)
{
    if (m_song->head != edit.before)
        return changed("the title, tempo or brief");
    TRY_VOID(validate(edit.after));
    song().head = edit.after;
    return {};
}

Result<void> Working::apply(const SectionEdit& edit)
{
    if ((!edit.before && !edit.after) || (edit.before && edit.after && edit.before->id != edit.after->id))
        return malformed("a section");
    const std::vector<SectionPtr>& sections = m_song->sections;
    if (edit.before ? edit.index >= sections.size() || !same(sections[edit.index], edit.before)
                    : edit.index > sections.size())
        return changed("the list of sections");
    if (edit.after) {
        TRY_VOID(validate(*edit.after));
        std::unordered_set<std::uint64_t> lines, syllables;
        std::size_t lineCount = edit.after->lines.size();
        for (std::size_t i = 0; i < sections.size(); ++i) {
            if (edit.before && i == edit.index)
                continue;
            if (sections[i]->id == edit.after->id)
                return changed("section " + std::to_string(edit.after->id.value));
            lineCount += sections[i]->lines.size();
            for (const Line& line : sections[i]->lines) {
                lines.insert(line.id.value);
                for (const Word& word : line.words) {
                    for (const Syllable& syllable : word.syllables)
                        syllables.insert(syllable.id.value);
                }
            }
        }
        if (lineCount > kMaxLines || (!edit.before && sections.size() >= kMaxSections))
            return Error{"The song is full: it cannot hold more sections or lines."};
        IdSource& ids = song().ids;
        raise(ids, edit.after->id.value);
        raise(ids, edit.after->origin.value);
        for (const Line& line : edit.after->lines) {
            if (lines.contains(line.id.value))
                return changed("line " + std::to_string(line.id.value));
            raise(ids, line.id.value);
            raise(ids, line.origin.value);
            for (const Word& word : line.words) {
                for (const Syllable& syllable : word.syllables) {
                    if (syllables.contains(syllable.id.value))
                        return changed("syllable " + std::to_string(syllable.id.value));
                    raise(ids, syllable.id.value);
                }
            }
        }
    }
    std::vector<SectionPtr>& list = song().sections;
    const auto at = list.begin() + static_cast<std::ptrdiff_t>(edit.index);
    if (!edit.before)
        list.insert(at, edit.after);
    else if (!edit.after)
        list.erase(at);
    else
        *at = edit.after;
    return {};
}

Result<void> Working::apply(const ChordEdit& edit)
{
    Song& target = song();
    TRY_VOID(change(own(target.chords), edit.before, edit.after, chordBefore, kMaxChords, "chord"));
    if (edit.after) {
        raise(target.ids, edit.after->id.value);
        raise(target.ids, edit.after->origin.value);
    }
    return {};
}

Result<void> Working::apply(const OriginEdit& edit)
{
    if (edit.before && edit.after)
        return malformed("an origin");
    Song& target = song();
    TRY_VOID(change(
        own(target.origins), edit.before, edit.after,
        [](const Origin& a, const Origin& b) { return a.id < b.id; }, kMaxOrigins, "origin"));
    if (edit.after)
        raise(target.ids, edit.after->id.value);
    return {};
}

Result<void> Working::apply(const TrackEdit& edit)
{
    if ((!edit.before && !edit.after) ||
        (edit.before && edit.after && edit.before->head.id != edit.after->head.id))
        return malformed("a track");
    const std::vector<TrackPtr>& tracks = m_song->tracks;
    if (edit.before ? edit.index >= tracks.size() || !same(tracks[edit.index], edit.before)
                    : edit.index > tracks.size())
        return changed("the list of tracks");
    if (edit.after) {
        TRY_VOID(validate(*edit.after));
        std::unordered_set<std::uint64_t> notes;
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            if (edit.before && i == edit.index)
                continue;
            if (tracks[i]->head.id == edit.after->head.id)
                return changed("track " + std::to_string(edit.after->head.id.value));
            for (const Note& note : tracks[i]->notes)
                notes.insert(note.id.value);
        }
        if (notes.size() + edit.after->notes.size() > kMaxNotes ||
            (!edit.before && tracks.size() >= kMaxTracks))
            return Error{"The song is full: it cannot hold more tracks or notes."};
        for (const Note& note : edit.after->notes) {
            if (notes.contains(note.id.value))
                return changed("note " + std::to_string(note.id.value));
            noteIds(note);
        }
        raise(song().ids, edit.after->head.id.value);
        raise(song().ids, edit.after->head.origin.value);
    }
    std::vector<TrackPtr>& list = song().tracks;
    const auto at = list.begin() + static_cast<std::ptrdiff_t>(edit.index);
    if (edit.before)
        std::erase(m_owned, at->get());
    if (!edit.before)
        list.insert(at, edit.after);
    else if (!edit.after)
        list.erase(at);
    else
        *at = edit.after;
    return {};
}

Result<void> Working::apply(const TrackHeadEdit& edit)
{
    if (edit.before.id != edit.after.id)
        return malformed("a track");
    TRY(const std::size_t index, trackIndex(edit.before.id));
    if (m_song->tracks[index]->head != edit.before)
        return changed(trackName(*m_song->tracks[index]));
    TRY_VOID(validate(edit.after));
    Song& target = song();
    own(target.tracks[index]).head = edit.after;
    raise(target.ids, edit.after.origin.value);
    return {};
}

Result<void> Working::apply(const NoteEdit& edit)
{
    if ((!edit.before && !edit.after) || (edit.before && edit.after && edit.before->id != edit.after->id))
        return malformed("a note");
    TRY(const std::size_t index, trackIndex(edit.track));
    const Track& track = *m_song->tracks[index];
    std::size_t from = 0;
    if (edit.before) {
        const auto it = findNote(track.notes, *edit.before);
        if (it == track.notes.end())
            return changed("note " + std::to_string(edit.before->id.value) + " of " + trackName(track));
        from = static_cast<std::size_t>(it - track.notes.begin());
    }
    if (edit.after) {
        TRY_VOID(validate(*edit.after));
        if (!edit.before) {
            if (noteExists(edit.after->id))
                return changed("note " + std::to_string(edit.after->id.value) + " of " + trackName(track));
            std::size_t count = 0;
            for (const TrackPtr& other : m_song->tracks)
                count += other->notes.size();
            if (count >= kMaxNotes)
                return Error{"The song is full: it cannot hold more than " + std::to_string(kMaxNotes) +
                             " notes."};
        }
    }
    std::vector<Note>& notes = own(song().tracks[index]).notes;
    if (edit.before)
        notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(from));
    if (edit.after) {
        notes.insert(std::upper_bound(notes.begin(), notes.end(), *edit.after, noteBefore), *edit.after);
        noteIds(*edit.after);
    }
    return {};
}

Result<void> Working::applyNotes(TrackId id, std::span<const Edit> edits)
{
    TRY(const std::size_t trackAt, trackIndex(id));
    const Track& track = *m_song->tracks[trackAt];
    std::unordered_set<std::uint64_t> elsewhere;
    for (const TrackPtr& other : m_song->tracks) {
        if (other.get() == &track)
            continue;
        for (const Note& note : other->notes)
            elsewhere.insert(note.id.value);
    }

    // `states` holds the track's notes, then each state that an edit makes; `current` says which one counts.
    const std::size_t original = track.notes.size();
    std::vector<Note> states = track.notes;
    std::vector<bool> alive(original, true);
    std::unordered_map<std::uint64_t, std::size_t> current;
    current.reserve(original + edits.size());
    for (std::size_t i = 0; i < original; ++i)
        current.emplace(states[i].id.value, i);
    for (const Edit& any : edits) {
        const NoteEdit& edit = std::get<NoteEdit>(any);
        if ((!edit.before && !edit.after) || (edit.before && edit.after && edit.before->id != edit.after->id))
            return malformed("a note");
        const NoteId noteId = edit.before ? edit.before->id : edit.after->id;
        const auto it = current.find(noteId.value);
        const bool fits = edit.before ? it != current.end() && states[it->second] == *edit.before
                                      : it == current.end() && !elsewhere.contains(noteId.value);
        if (!fits)
            return changed("note " + std::to_string(noteId.value) + " of " + trackName(track));
        if (edit.before)
            alive[it->second] = false;
        if (edit.after) {
            TRY_VOID(validate(*edit.after));
            current[noteId.value] = states.size();
            states.push_back(*edit.after);
            alive.push_back(true);
        } else {
            current.erase(it);
        }
    }
    if (elsewhere.size() + current.size() > kMaxNotes)
        return Error{"The song is full: it cannot hold more than " + std::to_string(kMaxNotes) + " notes."};

    std::vector<Note> kept, made;
    kept.reserve(original);
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (alive[i])
            (i < original ? kept : made).push_back(states[i]);
    }
    std::sort(made.begin(), made.end(), noteBefore);
    std::vector<Note> merged(kept.size() + made.size());
    std::merge(kept.begin(), kept.end(), made.begin(), made.end(), merged.begin(), noteBefore);
    for (const Edit& any : edits) {
        if (const auto& after = std::get<NoteEdit>(any).after)
            noteIds(*after);
    }
    own(song().tracks[trackAt]).notes = std::move(merged);
    return {};
}

Result<void> Working::apply(std::span<const Edit> edits)
{
    for (std::size_t i = 0; i < edits.size();) {
        if (const auto* first = std::get_if<NoteEdit>(&edits[i])) {
            std::size_t end = i + 1;
            for (; end < edits.size(); ++end) {
                const auto* next = std::get_if<NoteEdit>(&edits[end]);
                if (!next || next->track != first->track)
                    break;
            }
            if (end - i >= kBatch) {
                TRY_VOID(applyNotes(first->track, edits.subspan(i, end - i)));
                i = end;
                continue;
            }
        }
        TRY_VOID(std::visit([this](const auto& edit) { return apply(edit); }, edits[i]));
        ++i;
    }
    return {};
}

} // namespace cantilena::song
