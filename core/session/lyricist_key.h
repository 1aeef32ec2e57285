#pragma once

#include <filesystem>
#include <string>

#include <base/result.h>

namespace cantilena::session {

/// The key of the person's account, in a file of its own that only they can read: not in the library, which
/// people copy. It is kept together with the server that it is for, so that another address, from wherever it
/// came, never gets it. `folder` is ResourcePaths::config.

/// The key for the server of this address; empty when there is none, or when it belongs to another.
std::string keptKey(const std::filesystem::path& folder, const std::string& url);

/// Keeps the key for the server of this address, in place of any other; an empty key forgets it.
Result<void> keepKey(const std::filesystem::path& folder, const std::string& url, const std::string& key);

} // namespace cantilena::session
