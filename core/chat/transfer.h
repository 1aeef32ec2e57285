#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <base/job.h>

namespace cantilena::chat {

struct Post {
    std::string url;
    std::string body;    ///< JSON
    std::string key;     ///< empty: none
    bool direct = false; ///< past any proxy
    std::chrono::milliseconds connectTimeout{}, timeout{};
    std::size_t longestReply = 0;
};

enum class TransferEnd : std::uint8_t {
    Replied,
    Cancelled,
    NotFound, ///< the host's name
    NoConnection,
    NotSecure,
    Late,
    TooLong,
    NoHttp, ///< what came was no HTTP
    BrokeOff,
};

struct Reply {
    TransferEnd end = TransferEnd::BrokeOff;
    long status = 0;
    std::string body;
    std::string movedTo; ///< where a redirection points
};

/// Sends a request and reads the reply; follows no redirection.
Reply post(const Post& request, const JobContext& job);

} // namespace cantilena::chat
