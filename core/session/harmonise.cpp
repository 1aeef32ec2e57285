#include "harmonise.h"

#include <algorithm>
#include <map>
#include <set>

#include <compose/chord_line.h>
#include <compose/performance.h>
#include <song/edit.h>

#include "song_form.h"

namespace cantilena::session {

namespace {

bool byPerson(const song::Song& song, song::OriginId id)
{
    const song::Origin* origin = song.origin(id);
    return origin && origin->maker == song::Maker::Person;
}

bool isLocked(const song::Song& song, const song::ChordEvent& chord)
{
    return (chord.reasons & static_cast<std::uint32_t>(song::ChordReason::Person)) != 0 ||
           byPerson(song, chord.origin);
}

song::Origin originOf(const inference::ModelInfo& model, std::uint64_t seed)
{
    return {{}, song::Maker::Model, model.id, model.version, model.sha256, seed};
}

/// Makes the song's chords those of the list; what did not change keeps its id and its origin.
Result<void> replaceChords(song::Transaction& transaction, std::vector<song::ChordEvent> chords,
                           const song::Origin& maker)
{
    std::set<song::ChordId> kept;
    for (const song::ChordEvent& chord : chords)
        kept.insert(chord.id);
    const std::vector<song::ChordEvent> before = *transaction.base()->chords;
    for (song::ChordEvent& chord : chords) {
        if (chord.id)
            continue;
        const auto same = std::find_if(before.begin(), before.end(), [&](const song::ChordEvent& old) {
            return old.onset == chord.onset && old.duration == chord.duration && old.chord == chord.chord &&
                   !kept.contains(old.id);
        });
        if (same != before.end()) {
            chord = *same;
            kept.insert(chord.id);
        }
    }
    for (const song::ChordEvent& old : before)
        if (!kept.contains(old.id))
            TRY_VOID(transaction.removeChord(old.id));
    for (song::ChordEvent& chord : chords) {
        if (chord.id) {
            TRY_VOID(transaction.replaceChord(chord));
            continue;
        }
        if (!chord.origin)
            chord.origin = transaction.origin(maker);
        TRY_VOID(transaction.addChord(chord));
    }
    return {};
}

/// The piece of a track with the notes of another in it.
song::Track withNotesInside(const song::Song& song, const song::Track& track, const song::Track& other,
                            const compose::HarmonyPiece& piece, song::OriginId origin)
{
    song::Track result;
    result.head = track.head;
    for (song::Note note : track.notes) {
        const bool stays =
            byPerson(song, note.origin) || note.onset >= piece.end || note.end() <= piece.begin;
        if (!stays && note.onset >= piece.begin)
            continue;
        if (!stays)
            note.duration = piece.begin - note.onset;
        result.notes.push_back(note);
    }
    for (song::Note note : other.notes) {
        if (note.onset < piece.begin || note.onset >= piece.end)
            continue;
        note.duration = std::min(note.duration, piece.end - note.onset);
        note.id = {};
        note.origin = origin;
        result.notes.push_back(note);
    }
    return result;
}

} // namespace

Result<void> suitChords(std::vector<compose::Form>& forms, const song::Brief& brief)
{
    if (brief.chords.empty())
        return {};
    TRY(const compose::ChordLineKey said, compose::keyOfChordLine(brief.chords));
    TRY(const std::vector<compose::ChordSection> typed, compose::readChordLine(brief.chords, {}));
    const auto hasAll = [&](const compose::Form& form) {
        return std::all_of(typed.begin(), typed.end(), [&](const compose::ChordSection& section) {
            return !section.named ||
                   std::any_of(form.sections.begin(), form.sections.end(),
                               [&](const compose::SectionPlan& plan) { return plan.kind == section.kind; });
        });
    };
    if (std::any_of(forms.begin(), forms.end(), hasAll))
        std::erase_if(forms, [&](const compose::Form& form) { return !hasAll(form); });
    for (compose::Form& form : forms) {
        if (brief.key || !said.mode || *said.mode == form.key.mode)
            continue;
        form.key.tonic = (form.key.tonic + (*said.mode == music::Mode::Minor ? 9 : 3)) % 12;
        form.key.mode = *said.mode;
    }
    return {};
}

Result<std::vector<compose::LockedChord>> typedChords(const song::Brief& brief, const compose::Form& form)
{
    if (brief.chords.empty())
        return std::vector<compose::LockedChord>{};
    TRY(const std::vector<compose::ChordSection> typed, compose::readChordLine(brief.chords, form.key));
    return compose::placeChords(typed, form);
}

Result<void> rewriteBand(song::Transaction& transaction, const compose::Form& form,
                         const compose::HarmonyPiece& piece, bool drums, const HarmonyTools& tools,
                         const JobContext& job)
{
    const song::SongPtr song = transaction.snapshot();
    const auto follows = [drums](const song::Track& track) {
        return track.head.role != song::Role::Melody && (drums || track.head.role != song::Role::Drums);
    };
    if (!tools.style || std::none_of(song->tracks.begin(), song->tracks.end(),
                                     [&](const song::TrackPtr& track) { return follows(*track); }))
        return {};
    compose::ArrangementRequest request;
    request.form = form;
    request.chords = *song->chords;
    if (const song::TrackPtr melody = song->melody())
        request.melody = *melody;
    request.style = *tools.style;
    request.seed = song->head.seed;
    request.names = song->head.brief.language;
    TRY(std::vector<song::Track> band, compose::arrange(request, tools.arrangement, job));
    TRY_VOID(compose::perform(band, form, *tools.style, tools.arrangement, song->head.seed, job));
    const song::OriginId origin =
        transaction.origin(originOf(tools.arrangement.accompaniment->info(), song->head.seed));
    // By name first: the person may have given a track another instrument, or several the same one.
    std::set<const song::Track*> used;
    for (const song::TrackPtr& track : song->tracks) {
        if (!follows(*track))
            continue;
        const auto match = [&](auto same) -> const song::Track* {
            for (const song::Track& part : band)
                if (part.head.role == track->head.role && !used.contains(&part) && same(part))
                    return &part;
            return nullptr;
        };
        const song::Track* part =
            match([&](const song::Track& other) { return other.head.name == track->head.name; });
        if (!part)
            part = match([&](const song::Track& other) { return other.head.program == track->head.program; });
        if (!part)
            continue;
        used.insert(part);
        TRY_VOID(transaction.replaceTrack(withNotesInside(*song, *track, *part, piece, origin)));
    }
    return {};
}

Result<song::SongPtr> withOtherChords(const song::Song& song, const compose::HarmonyPiece& piece,
                                      bool keepLocked, const HarmonyTools& tools, const JobContext& job)
{
    const auto shared = std::make_shared<const song::Song>(song);
    compose::HarmonyRequest request;
    request.form = formOf(song);
    if (tools.style)
        request.style = *tools.style;
    request.valence = song.head.brief.valence;
    request.arousal = song.head.brief.arousal;
    request.seed = song.head.seed;
    if (const song::TrackPtr melody = song.melody())
        request.tune = melody->notes;
    const auto inside = [&](const song::ChordEvent& chord) {
        return chord.onset < piece.end && chord.onset + chord.duration > piece.begin;
    };
    const std::vector<song::ChordEvent>& chords = *song.chords;
    const bool others = std::any_of(chords.begin(), chords.end(), [&](const song::ChordEvent& chord) {
        return inside(chord) && !isLocked(song, chord);
    });
    for (const song::ChordEvent& chord : chords)
        if (keepLocked && others && inside(chord) && isLocked(song, chord))
            request.locked.push_back({chord.onset, chord.onset + chord.duration, chord.chord});
    TRY(std::vector<song::ChordEvent> written,
        compose::rewriteHarmony(request, chords, piece, tools.harmony, job));
    song::Transaction transaction(shared, "Other chords");
    TRY_VOID(
        replaceChords(transaction, std::move(written), originOf(tools.harmony.harmony->info(), piece.take)));
    TRY_VOID(rewriteBand(transaction, request.form, piece, false, tools, job));
    return transaction.snapshot();
}

} // namespace cantilena::session
