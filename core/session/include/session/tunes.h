#pragma once

#include <base/result.h>
#include <compose/melody.h>
#include <song/edit.h>
#include <song/song.h>

/// Proposals for parts of a song's tune.
namespace cantilena::session {

/// Which part of the tune is asked for again, and how.
struct TakeWish {
    compose::MelodyPiece piece;
    double bravery = 0.5; ///< 0 safe .. 1 brave

    bool operator==(const TakeWish& other) const
    {
        return piece.begin == other.piece.begin && piece.end == other.piece.end &&
               piece.wish == other.piece.wish && piece.take == other.piece.take && bravery == other.bravery;
    }
};

/// One proposal: what it changes and who made it.
struct MelodyTake {
    TakeWish wish;
    compose::MelodyRevision revision;
    song::Origin maker;
};

/// Puts the proposal into the song's melody track; every other note keeps its id and its place. An error when
/// the notes that it stands for are no longer there.
Result<void> putTake(song::Transaction& transaction, const MelodyTake& take);

} // namespace cantilena::session
