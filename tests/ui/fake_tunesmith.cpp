#include <utility>

#include "fake_studio.h"

namespace cantilena::test {

void FakeTunesmith::take(song::SongPtr, const session::TakeWish& wish, Answer newAnswer)
{
    asked.push_back(wish);
    answer = std::move(newAnswer);
}

void FakeTunesmith::propose(const song::Song& song, int semitones)
{
    session::MelodyTake take{asked.back(), {}, {}};
    for (const song::Note& note : song.melody()->notes) {
        if (note.onset < take.wish.piece.begin || note.onset >= take.wish.piece.end)
            continue;
        take.revision.removed.push_back(note.id);
        song::Note moved = note;
        moved.id = {};
        moved.pitch.midi += semitones;
        take.revision.added.push_back(moved);
    }
    std::exchange(answer, nullptr)(take);
}

} // namespace cantilena::test
