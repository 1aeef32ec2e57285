#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/arrangement.h>
#include <compose/form.h>
#include <compose/lyrics.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <inference/model.h>
#include <session/workshop.h>
#include <song/song.h>

namespace cantilena::session {

/// Collects what the stages made into one document, giving ids and origins on the way.
class SongBuilder {
public:
    explicit SongBuilder(song::SongHead head) { m_song.head = std::move(head); }

    song::OriginId modelOrigin(const inference::ModelInfo& model, std::uint64_t seed);
    /// A language model on a server.
    song::OriginId serverOrigin(std::string_view model, std::string_view host);
    song::OriginId ruleOrigin(std::string_view rule, std::string_view version, std::uint64_t seed);
    song::OriginId personOrigin();

    /// Asked for each line by how it came to be, so that who wrote no line is not named in the song.
    using LineOrigins = std::function<song::OriginId(compose::LineOrigin)>;
    /// The form's sections with the lyrics' lines, words read and placed on their bars.
    void setSections(const compose::Form& form, const compose::Lyrics& lyrics, song::OriginId formOrigin,
                     const LineOrigins& lineOrigins);
    void setTitle(std::string title) { m_song.head.title = std::move(title); }
    void setChords(std::vector<song::ChordEvent> chords, song::OriginId origin);
    /// Adds a track; its notes and itself get ids, and the origin where they have none.
    song::TrackId addTrack(song::Track track, song::OriginId origin);

    const song::Song& song() const { return m_song; }
    song::SongPtr finish() { return std::make_shared<const song::Song>(std::move(m_song)); }

private:
    song::OriginId add(song::Origin origin);

    song::Song m_song;
};

/// The track of the tune, without notes: sung, or played by the style's lead.
song::Track melodyTrack(const song::Brief& brief, const compose::Style& style);

/// Arranges and performs the band, and adds its tracks. Errors are those of compose::arrange.
Result<void> addBand(SongBuilder& builder, const compose::ArrangementRequest& request,
                     const compose::ArrangementModels& models, const JobContext& job);

/// The plan as it is shown to people.
PlanSummary summaryOf(const compose::Form& form, const song::Brief& brief, const std::string& title);

} // namespace cantilena::session
