#include <session/pitch_line.h>

#include <algorithm>
#include <cmath>

#include <session/vocals.h>
#include <song/validate.h>
#include <voice/expression.h>
#include <voice/phrase.h>

namespace cantilena::session {

namespace {

constexpr double kStepSeconds = 0.01;   // between two points that are kept
constexpr double kBeforeNotes = 0.08;   // seconds of a phrase's line that are shown before its first note
constexpr music::Tick kLeastStroke{12}; // shorter ones are clicks

const Error kNobodySings{"Nobody sings in this song; a pitch can be drawn for a singer only."};

song::TrackPtr sungTrack(const song::Song& song)
{
    const song::TrackPtr melody = song.melody();
    return melody && melody->head.vocal ? melody : nullptr;
}

/// The stroke's pitch at a time inside it.
double pitchAt(const std::vector<PitchPoint>& stroke, music::Tick at)
{
    const auto next = std::lower_bound(stroke.begin(), stroke.end(), at,
                                       [](const PitchPoint& p, music::Tick t) { return p.at < t; });
    if (next == stroke.begin())
        return next->midi;
    const PitchPoint& before = *(next - 1);
    const double w = static_cast<double>((at - before.at).value) /
                     static_cast<double>(std::max<std::int64_t>(1, (next->at - before.at).value));
    return before.midi + w * (next->midi - before.midi);
}

void eraseFrom(song::Note& note, music::Tick start, music::Tick end)
{
    std::erase_if(note.bend, [&](const song::BendPoint& point) {
        const music::Tick at = note.onset + point.at;
        return at >= start && at <= end;
    });
    // One point is no line.
    if (note.bend.size() < 2)
        note.bend.clear();
}

Result<void> replace(song::Transaction& transaction, const song::TrackPtr& track,
                     std::vector<song::Note> changed)
{
    if (changed.empty())
        return {};
    const song::OriginId person = transaction.personOrigin();
    for (song::Note& note : changed)
        note.origin = person;
    return transaction.replaceNotes(track->head.id, changed);
}

} // namespace

std::vector<std::vector<PitchPoint>> sungLine(const song::Song& song, const voice::SingerInfo& singer,
                                              const std::vector<compose::Style>& styles)
{
    std::vector<std::vector<PitchPoint>> lines;
    const voice::PitchStyle style = pitchStyleOf(song, singer, styles);
    const auto step = static_cast<std::size_t>(std::lround(kStepSeconds / voice::kFrameSeconds));
    for (const voice::Phrase& phrase : voice::phrasesOf(song)) {
        const std::vector<float> f0 = voice::pitchOf(phrase, style, song.head.seed);
        const double first = phrase.syllables.front().notes.front().start.value - kBeforeNotes;
        const double last = phrase.syllables.back().notes.back().end.value;
        std::vector<PitchPoint> line;
        for (std::size_t f = 0; f < f0.size(); f += step) {
            const double at = static_cast<double>(f) * voice::kFrameSeconds;
            if (at >= first && at <= last)
                line.push_back({song.head.tempo.toTick({phrase.start.value + at}),
                                music::midiOfFrequency(static_cast<double>(f0[f]))});
        }
        if (line.size() > 1)
            lines.push_back(std::move(line));
    }
    return lines;
}

Result<void> drawPitch(song::Transaction& transaction, const std::vector<PitchPoint>& stroke)
{
    const song::TrackPtr track = sungTrack(transaction.song());
    if (!track)
        return kNobodySings;
    if (stroke.size() < 2 || stroke.back().at - stroke.front().at < kLeastStroke)
        return Error{"The line is too short to be heard; draw along the note."};
    const music::Tick step = std::max(music::Tick{1}, transaction.song().head.tempo.toTick({kStepSeconds}));
    std::vector<song::Note> changed;
    for (const song::Note& old : track->notes) {
        const music::Tick start = std::max(old.onset, stroke.front().at);
        const music::Tick end = std::min(old.end(), stroke.back().at);
        if (end - start < step)
            continue;
        song::Note note = old;
        eraseFrom(note, start, end);
        const std::int64_t most = static_cast<std::int64_t>(song::kMaxBendPoints - note.bend.size()) - 2;
        if (most < 2)
            return Error{"The note's pitch line has too many points; erase it first."};
        const std::int64_t width = std::max(step.value, (end - start).value / most + 1);
        for (music::Tick at = start;; at = std::min(at + music::Tick{width}, end)) {
            const double cents = 100 * (pitchAt(stroke, at) - note.pitch.midi);
            note.bend.push_back({at - note.onset, std::clamp(cents, -song::kMaxBend, song::kMaxBend)});
            if (at >= end)
                break;
        }
        std::sort(note.bend.begin(), note.bend.end(),
                  [](const song::BendPoint& a, const song::BendPoint& b) { return a.at < b.at; });
        changed.push_back(std::move(note));
    }
    if (changed.empty())
        return Error{"There is no note under the line; draw where the singer sings."};
    return replace(transaction, track, std::move(changed));
}

Result<void> erasePitch(song::Transaction& transaction, music::Tick start, music::Tick end)
{
    const song::TrackPtr track = sungTrack(transaction.song());
    if (!track)
        return kNobodySings;
    std::vector<song::Note> changed;
    for (const song::Note& old : track->notes) {
        song::Note note = old;
        eraseFrom(note, start, end);
        if (!(note == old))
            changed.push_back(std::move(note));
    }
    return replace(transaction, track, std::move(changed));
}

} // namespace cantilena::session
