#include <session/lyricist.h>

#include <array>
#include <charconv>
#include <cstdlib>

#include <chat/ask.h>

namespace cantilena::session {

namespace {

constexpr int kLongestSeconds = 600;

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

Result<std::optional<chat::Endpoint>> endpointFromEnvironment()
{
    chat::Endpoint endpoint;
    endpoint.url = environment("CANTILENA_LYRICIST_URL");
    if (endpoint.url.empty())
        return std::optional<chat::Endpoint>{};
    endpoint.model = environment("CANTILENA_LYRICIST_MODEL");
    endpoint.key = environment("CANTILENA_LYRICIST_KEY");
    if (const std::string text = environment("CANTILENA_LYRICIST_TIMEOUT"); !text.empty()) {
        int seconds = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (error != std::errc() || end != text.data() + text.size() || seconds < 1 ||
            seconds > kLongestSeconds)
            return Error{"CANTILENA_LYRICIST_TIMEOUT has to be 1 to " + std::to_string(kLongestSeconds) +
                         " whole seconds; set it so, or unset it."};
        endpoint.timeout = std::chrono::seconds(seconds);
    }
    TRY_VOID(chat::check(endpoint));
    return std::optional(std::move(endpoint));
}

Result<std::string> tryEndpoint(const chat::Endpoint& endpoint, const JobContext& job)
{
    const std::array<std::string, 1> turns{"Answer with the single word: ready"};
    TRY_VOID(chat::ask(endpoint, turns, job));
    return endpoint.model + " at " + chat::hostOf(endpoint.url) + " answers.";
}

} // namespace cantilena::session
