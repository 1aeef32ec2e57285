#include <session/vocals.h>

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace cantilena::session {

const voice::SingerInfo* findSinger(const std::vector<voice::SingerInfo>& singers, std::string_view id)
{
    const auto found =
        std::find_if(singers.begin(), singers.end(), [&](const auto& singer) { return singer.id == id; });
    return found == singers.end() ? nullptr : &*found;
}

int octavesFor(const song::Song& song, const voice::SingerInfo& singer)
{
    const song::TrackPtr melody = song.melody();
    if (!melody || melody->notes.empty())
        return 0;
    const auto strain = [&](int shift) {
        double sum = 0;
        for (const song::Note& note : melody->notes) {
            const int pitch = note.pitch.midi + shift;
            const double seconds = song.head.tempo.toSeconds(note.duration).value;
            sum += seconds *
                   std::max({0, singer.comfortLowest.midi - pitch, pitch - singer.comfortHighest.midi});
            // What cannot be sung at all is worse than what is hard to sing.
            sum += 4 * seconds * std::max({0, singer.lowest.midi - pitch, pitch - singer.highest.midi});
        }
        return sum;
    };
    int best = 0;
    double least = strain(0);
    for (const int shift : {-12, 12, -24, 24}) {
        if (const double here = strain(shift); here < least) {
            least = here;
            best = shift;
        }
    }
    return best;
}

Result<void> changeVocal(song::Transaction& transaction, const std::vector<voice::SingerInfo>& singers,
                         const song::Vocal& wanted)
{
    const song::Song& song = transaction.song();
    const voice::SingerInfo* singer = findSinger(singers, wanted.singer);
    if (!singer) {
        std::string names;
        for (const voice::SingerInfo& known : singers)
            names += (names.empty() ? "" : ", ") + known.id;
        return Error{fmt::format("There is no singer \"{}\"; choose one of {}.", wanted.singer, names)};
    }
    const int shift = song.head.vocal.singer == wanted.singer ? 0 : octavesFor(song, *singer);
    song::SongHead head = song.head;
    head.vocal = wanted;
    transaction.setHead(std::move(head));
    const song::TrackPtr melody = transaction.song().melody();
    if (shift == 0 || !melody || !melody->head.vocal)
        return {};
    std::vector<song::Note> notes = melody->notes;
    for (song::Note& note : notes)
        note.pitch.midi = std::clamp(note.pitch.midi + shift, 0, 127);
    return transaction.replaceNotes(melody->head.id, notes);
}

voice::PitchStyle pitchStyleOf(const song::Song& song, const voice::SingerInfo& singer,
                               const std::vector<compose::Style>& styles)
{
    voice::PitchStyle pitch = singer.pitch;
    pitch.vibrato *= 2 * song.head.vocal.vibrato;
    if (const compose::Style* style = compose::findStyle(styles, song.head.style)) {
        const compose::StyleSinging& habits = style->singing;
        pitch.vibrato *= habits.vibrato;
        pitch.rate *= habits.rate;
        pitch.delay *= habits.delay;
        pitch.scoop *= habits.scoop;
        pitch.glide *= habits.glide;
        pitch.overshoot *= habits.overshoot;
        pitch.fall *= habits.fall;
    }
    return pitch;
}

} // namespace cantilena::session
