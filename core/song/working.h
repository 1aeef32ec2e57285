#pragma once

#include <span>
#include <vector>

#include <base/result.h>
#include <song/edit.h>
#include <song/song.h>

namespace cantilena::song {

/// A song under change: copies an object the first time it is touched, and changes its own copies in place as
/// long as nobody else holds them. `owned` are the addresses of those copies (they were made non-const, so
/// changing them is allowed). Private to the library.
class Working {
public:
    Working(SongPtr& song, std::vector<const void*>& owned) : m_song(song), m_owned(owned) {}

    /// Applies in order. After an error some edits may have been applied: the caller drops the song, or made
    /// sure beforehand that there is none.
    Result<void> apply(std::span<const Edit> edits);

private:
    Result<void> apply(const HeadEdit& edit);
    Result<void> apply(const SectionEdit& edit);
    Result<void> apply(const ChordEdit& edit);
    Result<void> apply(const TrackEdit& edit);
    Result<void> apply(const TrackHeadEdit& edit);
    Result<void> apply(const NoteEdit& edit);
    Result<void> apply(const OriginEdit& edit);
    /// Many edits of one track at once: one pass over its notes instead of one each.
    Result<void> applyNotes(TrackId track, std::span<const Edit> edits);

    Song& song();
    template<typename T> T& own(std::shared_ptr<const T>& object);
    void noteIds(const Note& note);
    bool noteExists(NoteId id) const;
    Result<std::size_t> trackIndex(TrackId id) const;

    SongPtr& m_song;
    std::vector<const void*>& m_owned;
};

} // namespace cantilena::song
