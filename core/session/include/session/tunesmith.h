#pragma once

#include <functional>

#include <base/result.h>
#include <session/tunes.h>
#include <song/song.h>

/// Questions about tunes, asked while a person writes.
namespace cantilena::session {

/// Answers on the interface thread, from which every member is called and returns at once. A new question and
/// cancel() drop the older one: its answer never comes.
class Tunesmith {
public:
    using Answer = std::function<void(const Result<MelodyTake>&)>;

    virtual ~Tunesmith() = default;

    /// A proposal for a part of the song's tune (Workshop::melodyTake). The same question gives the same
    /// take. About 0.3 s for a section, a second the first time.
    virtual void take(song::SongPtr song, const TakeWish& wish, Answer answer) = 0;
    virtual void cancel() = 0;
};

} // namespace cantilena::session
