#pragma once

#include <string>
#include <vector>

#include <base/random.h>
#include <song/edit.h>

/// Small songs that tests of the document share.
namespace cantilena::song {

inline Syllable makeSyllable(Transaction& t, std::string text, std::vector<std::string> phonemes)
{
    Syllable syllable;
    syllable.id = t.ids().make<SyllableId>();
    syllable.text = std::move(text);
    syllable.phonemes = std::move(phonemes);
    syllable.stress = 1;
    return syllable;
}

/// Two sections with a sung line, two chords, a melody of four notes and a bass of `bassNotes`.
inline SongPtr exampleSong(int bassNotes = 8)
{
    Transaction t(std::make_shared<const Song>(), "New song");
    SongHead head;
    head.title = "Rain over Hangzhou 雨";
    head.seed = 7;
    head.key = music::Key{5, music::Mode::Major};
    head.style = "ballad";
    head.brief.prompt = "a rainy night, \"missing\" my grandmother\n😀";
    head.brief.themes = {"rain", "grandmother"};
    head.brief.chosenThemes = 1;
    head.brief.tempo = music::Bpm{92.5};
    head.brief.length = music::Seconds{30};
    head.vocal.singer = "lin";
    head.tempo.tempo.value = 92.5;
    t.setHead(head);
    Origin model;
    model.maker = Maker::Model;
    model.name = "melody";
    model.version = "1";
    model.sha256 = std::string(64, 'a');
    model.seed = 7;
    const OriginId melodyOrigin = t.origin(model);
    const OriginId person = t.personOrigin();

    Section verse;
    verse.kind = SectionKind::Verse;
    verse.name = "Verse 1";
    verse.bars = 4;
    Line line;
    line.text = "Rainy night,";
    line.length = music::ticks(2, 1);
    line.rhyme = 'A';
    line.origin = person;
    line.words = {Word{"Rainy", {makeSyllable(t, "Rai", {"r", "ey"}), makeSyllable(t, "ny", {"n", "iy"})}},
                  Word{"night,", {makeSyllable(t, "night,", {"n", "ay", "t"})}}};
    verse.lines = {line};
    Section chorus = verse;
    chorus.kind = SectionKind::Chorus;
    chorus.name = "Chorus";
    chorus.lines = {};
    (void)t.insertSection(0, verse);
    (void)t.insertSection(1, chorus);
    for (int i = 0; i < 2; ++i)
        (void)t.addChord(ChordEvent{{},
                                    music::ticks(i * 4, 1),
                                    music::ticks(4, 1),
                                    music::Chord(i * 5, music::ChordQuality::Major),
                                    person});

    Track melody;
    melody.head.name = "Voice";
    melody.head.role = Role::Melody;
    melody.head.vocal = true;
    const Line& sung = t.song().sections[0]->lines[0];
    const std::vector<SyllableId> syllables = {sung.words[0].syllables[0].id, sung.words[0].syllables[1].id,
                                               sung.words[1].syllables[0].id, sung.words[1].syllables[0].id};
    for (int i = 0; i < 4; ++i) {
        Note note;
        note.onset = music::ticks(i, 4);
        note.duration = music::kQuarter;
        note.pitch.midi = 60 + 2 * i;
        note.syllable = syllables[static_cast<std::size_t>(i)];
        note.origin = melodyOrigin;
        note.reasons = static_cast<std::uint32_t>(Reason::ChordTone);
        melody.notes.push_back(note);
    }
    (void)t.insertTrack(0, melody);
    Track bass;
    bass.head.name = "Bass";
    bass.head.role = Role::Bass;
    bass.head.program = 33;
    bass.head.mix.gain.value = -3.5;
    for (int i = 0; i < bassNotes; ++i) {
        Note note;
        note.onset = music::ticks(i, 4);
        note.shift.value = i % 5 - 2;
        note.duration = music::kEighth;
        note.pitch.midi = 36 + i % 12;
        note.origin = person;
        bass.notes.push_back(note);
    }
    (void)t.insertTrack(1, bass);
    return t.snapshot();
}

/// One random gesture, of any kind, that fits the song; the draws are the place's.
inline void randomGesture(Transaction& t, const Random& random)
{
    const Song& song = t.song();
    const std::size_t kind = random.index(12, 0);
    const auto pick = [&](std::size_t count, std::uint64_t counter) { return random.index(count, counter); };
    const TrackPtr track = song.tracks.empty() ? nullptr : song.tracks[pick(song.tracks.size(), 1)];
    Note note;
    note.onset.value = static_cast<std::int64_t>(pick(20'000, 2));
    note.duration.value = 1 + static_cast<std::int64_t>(pick(4'000, 3));
    note.pitch.midi = static_cast<int>(pick(128, 4));
    note.velocity = 1 + static_cast<int>(pick(127, 5));
    switch (kind) {
    case 0:
    case 1:
        if (track)
            (void)t.addNote(track->head.id, note);
        break;
    case 2:
    case 3:
        if (track && !track->notes.empty()) {
            Note changed = track->notes[pick(track->notes.size(), 6)];
            changed.onset = note.onset;
            changed.pitch = note.pitch;
            changed.bend = {{{0}, random.uniform(-300, 300, 8)}, {{40}, random.uniform(-300, 300, 9)}};
            (void)t.replaceNote(track->head.id, changed);
        }
        break;
    case 4:
        if (track && !track->notes.empty())
            (void)t.removeNote(track->head.id, track->notes[pick(track->notes.size(), 6)].id);
        break;
    case 5:
        (void)t.addChord(ChordEvent{
            {}, note.onset, note.duration, music::Chord(note.pitch.pitchClass(), {}), t.personOrigin()});
        break;
    case 6:
        if (!song.chords->empty())
            (void)t.removeChord((*song.chords)[pick(song.chords->size(), 6)].id);
        break;
    case 7: {
        Section section;
        section.name = "Bridge " + std::to_string(note.velocity);
        section.kind = SectionKind::Bridge;
        (void)t.insertSection(pick(song.sections.size() + 1, 6), section);
        break;
    }
    case 8:
        if (!song.sections.empty()) {
            Section section = *song.sections[pick(song.sections.size(), 6)];
            section.energy = random.uniform(7);
            section.lines.push_back(Line{{}, "la la", {Word{"la", {Syllable{}}}}, {}, {}, 'B', {}});
            (void)t.replaceSection(section);
        }
        break;
    case 9:
        if (song.sections.size() > 1)
            (void)t.removeSection(song.sections[pick(song.sections.size(), 6)]->id);
        break;
    case 10: {
        if (!track)
            break;
        TrackHead head = track->head;
        head.mix.pan = random.uniform(-1, 1, 7);
        (void)t.setTrackHead(head);
        SongHead songHead = song.head;
        songHead.title += "!";
        songHead.vocal.growl = random.uniform(8);
        songHead.vocal.harmony = static_cast<Where>(pick(3, 9));
        t.setHead(songHead);
        break;
    }
    case 11:
        if (song.tracks.size() > 3) {
            (void)t.removeTrack(track->head.id);
        } else {
            Track added;
            added.head.name = "Pad";
            added.notes = {note};
            (void)t.insertTrack(pick(song.tracks.size() + 1, 6), added);
        }
        break;
    default:
        break;
    }
}

} // namespace cantilena::song
