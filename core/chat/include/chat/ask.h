#pragma once

#include <cstddef>
#include <span>
#include <string>

#include <base/job.h>
#include <base/result.h>
#include <chat/endpoint.h>

namespace cantilena::chat {

inline constexpr std::size_t kLongestReply = 1024 * 1024; ///< bytes of a whole reply that are read
inline constexpr std::size_t kLongestAnswer = 256 * 1024; ///< bytes of the text in it

/// What the model says next. `turns` alternate, ours first and last. Blocks until there is an answer, the
/// endpoint's time-out is over or the job is cancelled, which acts within 200 ms. Redirections are not
/// followed, so that neither the key nor the words reach a server that the person did not name. Any thread.
///
/// Errors, one sentence each, with the host and never with the key or anything that the server said: an
/// unusable endpoint, a host that is not found, refuses, breaks off or is late, no secure connection, a
/// status other than 200, a reply that is too long, is no chat answer or is empty.
Result<std::string> ask(const Endpoint& endpoint, std::span<const std::string> turns, const JobContext& job);

} // namespace cantilena::chat
