#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/random.h>
#include <base/result.h>
#include <compose/melody.h>

#include "melody_features.h"
#include "melody_pitch.h"
#include "melody_rhythm.h"
#include "melody_units.h"

namespace cantilena::compose {

/// A line as it was set, to be repeated or varied.
struct SetLine {
    Phrase phrase;
    std::vector<Sung> notes;
};

struct SetSection {
    std::vector<SetLine> lines;
};

/// Mean pitch of the notes; 0 when there is none.
double meanPitch(const SetSection& section);

/// How a line relates to an earlier line of its section.
struct LineRelation {
    int of = -1; ///< index of the earlier line, or -1
    MotifUse use = MotifUse::New;
    double rhythm = 0; ///< RhythmMotif::strength
};

/// How line `index` of `count` relates to the lines before it: the section's motif plan, drawn by its kind.
LineRelation relationOf(int index, int count, song::SectionKind kind, const Random& random);

/// Makes a line the motif of one that begins `offset` units after its own start.
void follow(const SetLine& line, std::int64_t offset, RhythmMotif& rhythm, PitchMotif& pitch);

/// Writes tunes and pieces of tunes for one request.
class MelodyWriter {
public:
    MelodyWriter(const MelodyRequest& request, const MelodyModels& models, const JobContext& job);

    /// The notes of all sections, or of those from number `from` on, after a tune that the others have.
    Result<std::vector<song::Note>> write(const std::vector<song::Note>& tune = {}, std::size_t from = 0);
    Result<MelodyRevision> rewrite(const std::vector<song::Note>& tune, const MelodyPiece& piece);

private:
    Result<std::vector<std::vector<Phrase>>> allLines();
    std::vector<Phrase> phrases(std::size_t section) const;
    std::vector<Phrase> instrumentalPhrases(std::size_t section) const;
    PitchFrame frame(const SectionPlan& plan, const std::vector<Phrase>& lines) const;
    RhythmFrame rhythmFrame(const SectionPlan& plan, const PitchFrame& frame,
                            const std::vector<Phrase>& lines) const;
    double centreOf(song::SectionKind kind) const;
    LineEnd endOf(std::size_t section, std::size_t line, std::size_t count) const;
    std::int64_t pickupRoom(const Phrase& phrase, const std::vector<Sung>& before) const;

    // A whole tune.
    bool copies(std::size_t section, const std::vector<Phrase>& lines, const SetSection& earlier) const;
    Result<SetSection> choose(std::size_t section, const std::vector<Phrase>& lines, std::int64_t start,
                              const SetSection* earlier);
    Result<SetSection> set(std::size_t section, const std::vector<Phrase>& lines, std::int64_t start,
                           const SetSection* earlier, int attempt, std::uint64_t candidate);
    double judge(const SetSection& section, std::int64_t start) const;
    SetSection copy(const std::vector<Phrase>& lines, const SetSection& earlier) const;
    void settleEnd(SetSection& section, std::int64_t start) const;
    Result<void> begin();
    void listen(const SetLine& line, std::int64_t start, FeatureBlock& rhythm, FeatureBlock& pitch);
    Result<void> remember(const SetSection& section, std::int64_t start);
    song::Note noteOf(const Sung& sung, const Phrase& phrase, const SectionPlan& plan,
                      music::Tick sectionStart) const;

    // A piece of one.
    struct Piece;
    Result<void> recall(const std::vector<std::vector<Phrase>>& lines, std::size_t section, std::size_t line,
                        const std::vector<song::Note>& tune);
    SetLine asSet(const Phrase& line, std::int64_t start, const std::vector<song::Note>& tune) const;
    std::vector<Piece> piecesOf(const Phrase& line, std::int64_t start, const std::vector<song::Note>& tune,
                                const MelodyPiece& piece) const;

    const MelodyRequest& m_request;
    const MelodyModels& m_models;
    const JobContext& m_job;
    Metre m_metre;
    StyleMelody m_profile;
    ChordTimes m_chords;
    double m_unitSeconds;
    int m_low = 55, m_high = 74, m_base = 60;
    std::size_t m_lastSung = 0;             ///< index of the last section with a tune
    double m_verseMean = 0;                 ///< mean pitch of the first verse; 0 before it
    double m_middle = 0;                    ///< mean centre of the sections with a tune
    const SetSection* m_previous = nullptr; ///< the newest section of other material
    std::optional<RhythmMemory> m_rhythm;
    std::optional<PitchMemory> m_pitch;
};

} // namespace cantilena::compose
