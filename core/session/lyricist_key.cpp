#include "lyricist_key.h"

#include <system_error>

#include <base/file.h>
#include <chat/endpoint.h>

namespace cantilena::session {

namespace fs = std::filesystem;

namespace {

constexpr const char* kName = "lyricist-key";
constexpr std::size_t kLongestFile = 8192;

} // namespace

std::string keptKey(const fs::path& folder, const std::string& url)
{
    const std::string origin = chat::originOf(url);
    const Result<std::string> text = readFile(folder / kName, kLongestFile);
    if (!text || origin.empty() || !text->starts_with(origin + "\n"))
        return {};
    std::string key = text->substr(origin.size() + 1);
    key.resize(key.find_first_of("\r\n") == std::string::npos ? key.size() : key.find_first_of("\r\n"));
    return key;
}

Result<void> keepKey(const fs::path& folder, const std::string& url, const std::string& key)
{
    std::error_code error;
    if (key.empty()) {
        fs::remove(folder / kName, error);
        return error ? Result<void>(Error{"Cannot remove " + (folder / kName).string() +
                                          "; check its permissions and those of its folder."})
                     : Result<void>();
    }
    const bool isNew = fs::create_directories(folder, error);
    if (error)
        return Error{"The folder " + folder.string() + " cannot be made (" + error.message() +
                     "); check the disk and its permissions."};
    if (isNew)
        fs::permissions(folder, fs::perms::owner_all, error);
    return writeFile(folder / kName, chat::originOf(url) + "\n" + key + "\n", FileReaders::Owner);
}

} // namespace cantilena::session
