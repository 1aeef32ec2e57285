#include "address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <arpa/inet.h>
#include <curl/curl.h>

namespace cantilena::chat {

namespace {

constexpr std::size_t kLongestUrl = 2000;
constexpr std::string_view kChatPath = "/chat/completions";

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

/// A part of an address; empty when it has none.
std::string partOf(const Handle& handle, CURLUPart part, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(handle.get(), part, &text, flags) != CURLUE_OK || !text)
        return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

Error unreadable()
{
    return Error{"The address of the language model cannot be read; write it like https://api.deepseek.com "
                 "or http://localhost:11434/v1."};
}

} // namespace

Result<Address> readAddress(const std::string& url)
{
    if (url.empty())
        return Error{"The address of the language model is missing; write one such as "
                     "https://api.deepseek.com."};
    const auto unprintable = [](unsigned char c) { return c <= 0x20 || c >= 0x7f; };
    if (url.size() > kLongestUrl || std::any_of(url.begin(), url.end(), unprintable))
        return unreadable();
    const Handle handle(curl_url(), &curl_url_cleanup);
    // libcurl would take a third slash for a slip and "localhost:" for a scheme.
    const std::size_t slashes = url.find("://");
    if (!handle || slashes == std::string::npos || url.substr(slashes + 3, 1) == "/" ||
        curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return unreadable();
    Address address;
    address.scheme = partOf(handle, CURLUPART_SCHEME);
    address.host = partOf(handle, CURLUPART_HOST);
    std::transform(address.host.begin(), address.host.end(), address.host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (address.scheme != "http" && address.scheme != "https")
        return Error{"The address of the language model has to begin with https:// or http://."};
    if (address.host.empty())
        return unreadable();
    if (!partOf(handle, CURLUPART_USER).empty() || !partOf(handle, CURLUPART_PASSWORD).empty())
        return Error{"The address of the language model holds a name or a password; remove it and give the "
                     "key by itself."};
    const std::string written = partOf(handle, CURLUPART_PORT);
    address.port = partOf(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    address.shown = written.empty() ? address.host : address.host + ":" + written;
    std::string path = partOf(handle, CURLUPART_PATH);
    while (path.ends_with('/'))
        path.pop_back();
    if (!path.ends_with(kChatPath))
        path += kChatPath;
    curl_url_set(handle.get(), CURLUPART_PATH, path.c_str(), 0);
    curl_url_set(handle.get(), CURLUPART_FRAGMENT, nullptr, 0);
    address.chat = partOf(handle, CURLUPART_URL);
    if (address.chat.empty())
        return unreadable();
    return address;
}

bool isThisComputer(const std::string& host)
{
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, host.c_str(), v4.data()) == 1)
        return v4[0] == 127;
    return host == "localhost" || host.ends_with(".localhost") || host == "[::1]";
}

bool isNear(const std::string& host)
{
    if (isThisComputer(host))
        return true;
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, host.c_str(), v4.data()) == 1)
        return v4[0] == 10 || (v4[0] == 172 && v4[1] >= 16 && v4[1] < 32) || (v4[0] == 192 && v4[1] == 168) ||
               (v4[0] == 169 && v4[1] == 254);
    if (host.starts_with('[')) {
        std::array<std::uint8_t, 16> v6{};
        const std::string inner = host.substr(1, host.find_first_of("]%") - 1);
        return inet_pton(AF_INET6, inner.c_str(), v6.data()) == 1 &&
               ((v6[0] & 0xfe) == 0xfc || (v6[0] == 0xfe && (v6[1] & 0xc0) == 0x80));
    }
    return host.find('.') == std::string::npos || host.ends_with(".local") || host.ends_with(".lan") ||
           host.ends_with(".home.arpa");
}

} // namespace cantilena::chat
