#pragma once

#include <string>

#include <base/result.h>

namespace cantilena::chat {

/// An address, taken apart.
struct Address {
    std::string scheme; ///< "http" or "https"
    std::string host;   ///< lower case; IPv6 in brackets
    std::string port;   ///< the scheme's own when none is written
    std::string shown;  ///< the host, with the port where one is written
    std::string chat;   ///< the whole address that questions go to
};

/// Reads a base address; the errors are those of check().
Result<Address> readAddress(const std::string& url);

/// Whether the host is this computer or stands in the local network by its look: a loopback, private or
/// link-local address, a name without a dot or below .local, .lan, .home.arpa or .localhost.
bool isNear(const std::string& host);
/// Whether the host is this computer.
bool isThisComputer(const std::string& host);

} // namespace cantilena::chat
