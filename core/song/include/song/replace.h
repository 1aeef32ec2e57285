#pragma once

#include <base/result.h>
#include <song/edit.h>
#include <song/song.h>

namespace cantilena::song {

/// Makes the transaction's song equal to `target`, a later version of it (what stayed has its ids, and what
/// is there in both is in the same order), so that work that was done on a copy becomes one undo step.
/// Origins that are new get new ids. Errors are those of the transaction; then it is to be dropped.
Result<void> become(Transaction& transaction, const Song& target);

} // namespace cantilena::song
