#include <chat/ask.h>

#include <nlohmann/json.hpp>

#include "address.h"
#include "transfer.h"

namespace cantilena::chat {

namespace {

using Json = nlohmann::json;

std::string bodyOf(const Endpoint& endpoint, std::span<const std::string> turns)
{
    Json messages = Json::array();
    for (std::size_t i = 0; i < turns.size(); ++i)
        messages.push_back({{"role", i % 2 == 0 ? "user" : "assistant"}, {"content", turns[i]}});
    // Nothing but what every server knows: some refuse a temperature, a limit or a response format.
    const Json body = {{"model", endpoint.model}, {"messages", std::move(messages)}, {"stream", false}};
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error transferError(const Reply& reply, const std::string& host)
{
    switch (reply.end) {
    case TransferEnd::NotFound:
        return Error{host + " was not found; check the address and the network."};
    case TransferEnd::NoConnection:
        return Error{host + " takes no connection; check the address, and that the server runs."};
    case TransferEnd::NotSecure:
        return Error{"No secure connection to " + host +
                     " could be made; check the address and this computer's clock."};
    case TransferEnd::Late:
        return Error{host + " did not answer in time; try again later."};
    case TransferEnd::TooLong:
        return Error{host + " sent far more than an answer; choose another model."};
    case TransferEnd::NoHttp:
        return Error{host + " sent no chat answer; check the address."};
    default:
        return Error{"The connection to " + host + " broke off; try again."};
    }
}

Error statusError(const Reply& reply, const std::string& host, bool hadKey)
{
    const long status = reply.status;
    if (status >= 300 && status < 400) {
        const Result<Address> other = readAddress(reply.movedTo);
        if (!other)
            return Error{host + " sends requests elsewhere; check the address."};
        return Error{host + " sends requests on to " + other->scheme + "://" + other->shown +
                     "; write that address if you trust it."};
    }
    switch (status) {
    case 401:
    case 403:
        return hadKey ? Error{host + " refused the key; check it."}
                      : Error{host + " asks for a key; give the one of your account there."};
    case 402:
        return Error{host + " asks for payment first; look at your account there."};
    case 404:
        return Error{host + " has no such address or model; check both (an address often ends in /v1)."};
    case 429:
        return Error{host + " was asked too often or allows no more; wait, or look at your account there."};
    default:
        break;
    }
    if (status >= 500)
        return Error{host + " failed (status " + std::to_string(status) + "); try again later."};
    return Error{host + " did not take the request (status " + std::to_string(status) +
                 "); check the address and the model."};
}

} // namespace

Result<std::string> ask(const Endpoint& endpoint, std::span<const std::string> turns, const JobContext& job)
{
    TRY_VOID(check(endpoint));
    TRY(const Address address, readAddress(endpoint.url));
    Post request;
    request.url = address.chat;
    request.body = bodyOf(endpoint, turns);
    request.key = endpoint.key;
    request.direct = isThisComputer(address.host);
    request.connectTimeout = endpoint.connectTimeout;
    request.timeout = endpoint.timeout;
    request.longestReply = kLongestReply;
    const Reply reply = post(request, job);
    if (reply.end == TransferEnd::Cancelled)
        return job.cancelledError();
    if (reply.end != TransferEnd::Replied)
        return transferError(reply, address.shown);
    if (reply.status != 200)
        return statusError(reply, address.shown, !endpoint.key.empty());
    const Json json = Json::parse(reply.body, nullptr, false);
    static const Json::json_pointer kContent("/choices/0/message/content");
    if (!json.is_object() || !json.contains(kContent))
        return Error{address.shown + " sent no chat answer; check the address."};
    const Json& content = json.at(kContent);
    const std::string text = content.is_string() ? content.get<std::string>() : std::string();
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return Error{address.shown + " sent an empty answer; try again, or choose another model."};
    if (text.size() > kLongestAnswer)
        return Error{address.shown + " sent far more than an answer; choose another model."};
    return text;
}

} // namespace cantilena::chat
