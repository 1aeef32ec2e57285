#pragma once

#include <functional>
#include <optional>
#include <string>

#include <base/job.h>
#include <base/result.h>
#include <chat/endpoint.h>

/// A language model that writes the words in place of our own models, when the person wants one.
namespace cantilena::session {

/// Who writes the words of a song.
struct Lyricist {
    std::optional<chat::Endpoint> endpoint; ///< nothing: our own models
    /// Told in one sentence, on the job's thread, why our own models wrote the words after all.
    std::function<void(const std::string& sentence)> notice;
};

/// The endpoint that the environment names: CANTILENA_LYRICIST_URL, CANTILENA_LYRICIST_MODEL,
/// CANTILENA_LYRICIST_KEY and CANTILENA_LYRICIST_TIMEOUT (whole seconds of one answer, 1 to 600). Nothing
/// without an address; an error in one sentence when what is there cannot be used.
Result<std::optional<chat::Endpoint>> endpointFromEnvironment();

/// Asks the endpoint for a word. The value and the error are one sentence for the person. May take as long as
/// the endpoint's time-out; a cancel acts within 200 ms.
Result<std::string> tryEndpoint(const chat::Endpoint& endpoint, const JobContext& job);

/// What the settings hold of the lyricist.
struct LyricistSettings {
    bool enabled = false; ///< off unless the person switches it on
    std::string url, model;
    bool keyKept = false;         ///< a key for this address is on this computer; it is never shown
    bool fromEnvironment = false; ///< the environment names the endpoint; the settings rest meanwhile

    bool operator==(const LyricistSettings&) const = default;
};

} // namespace cantilena::session
