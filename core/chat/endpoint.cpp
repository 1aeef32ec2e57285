#include <chat/endpoint.h>

#include <algorithm>

#include "address.h"

namespace cantilena::chat {

namespace {

constexpr std::size_t kLongestModel = 200;
constexpr std::size_t kLongestKey = 4000;

} // namespace

Result<void> check(const Endpoint& endpoint)
{
    TRY(const Address address, readAddress(endpoint.url));
    if (endpoint.model.empty())
        return Error{"The name of the language model is missing; write one such as deepseek-chat."};
    const auto isControl = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (endpoint.model.size() > kLongestModel ||
        std::any_of(endpoint.model.begin(), endpoint.model.end(), isControl))
        return Error{"The name of the language model is too long; write it as the server lists it."};
    // A line break would begin another header.
    const auto isPrintable = [](unsigned char c) { return c > 0x20 && c < 0x7f; };
    if (endpoint.key.size() > kLongestKey ||
        !std::all_of(endpoint.key.begin(), endpoint.key.end(), isPrintable))
        return Error{"The key of the language model holds a space or a character that no key has; copy it "
                     "again."};
    if (!endpoint.key.empty() && address.scheme == "http" && !isNear(address.host))
        return Error{"The key would travel unencrypted to " + address.shown +
                     "; write an address with https://, or leave the key out."};
    return {};
}

std::string hostOf(const std::string& url)
{
    const Result<Address> address = readAddress(url);
    return address ? address->shown : std::string();
}

std::string originOf(const std::string& url)
{
    const Result<Address> address = readAddress(url);
    return address ? address->scheme + "://" + address->host + ":" + address->port : std::string();
}

} // namespace cantilena::chat
