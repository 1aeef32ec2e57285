#include <voice/phrase_cache.h>

#include <algorithm>
#include <cstring>
#include <fstream>

#include <base/file.h>
#include <base/hash.h>

namespace cantilena::voice {

namespace {

// A file is: this text, the number of samples, their hash, the samples.
constexpr std::string_view kMark = "cantilena phrase 1\n";
constexpr std::size_t kHeader = kMark.size() + 2 * sizeof(std::uint64_t);
constexpr std::size_t kLargest = std::size_t{256} << 20;
constexpr std::string_view kExtension = ".phrase";

bool isKey(std::string_view key)
{
    return key.size() == 64 && std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::filesystem::path fileOf(const std::filesystem::path& folder, std::string_view key)
{
    return folder / (std::string(key) + std::string(kExtension));
}

} // namespace

PhraseCache::PhraseCache(std::filesystem::path folder, std::uint64_t limitBytes)
    : m_folder(std::move(folder)), m_limit(limitBytes)
{
    std::error_code ignored;
    std::filesystem::create_directories(m_folder, ignored);
}

std::optional<std::vector<float>> PhraseCache::find(std::string_view key) const
{
    if (!isKey(key))
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    const std::filesystem::path file = fileOf(m_folder, key);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return std::nullopt;
    const auto remove = [&] {
        std::filesystem::remove(file, ignored);
        return std::nullopt;
    };
    const auto bytes = readFile(file, kLargest);
    if (!bytes || bytes->size() < kHeader || std::string_view(*bytes).substr(0, kMark.size()) != kMark)
        return remove();
    std::uint64_t count = 0;
    std::uint64_t hash = 0;
    std::memcpy(&count, bytes->data() + kMark.size(), sizeof count);
    std::memcpy(&hash, bytes->data() + kMark.size() + sizeof count, sizeof hash);
    const std::string_view body = std::string_view(*bytes).substr(kHeader);
    if (body.size() % sizeof(float) != 0 || count != body.size() / sizeof(float) || hash != hash64(body))
        return remove();
    std::vector<float> samples(count);
    std::memcpy(samples.data(), body.data(), body.size());
    // The time of use decides what goes first when space is short.
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now(), ignored);
    return samples;
}

Result<void> PhraseCache::keep(std::string_view key, const std::vector<float>& samples) const
{
    if (!isKey(key))
        return Error{"The phrase cannot be kept: its key is no SHA-256."};
    const std::lock_guard lock(m_mutex);
    std::string bytes(kMark);
    const std::string_view body(reinterpret_cast<const char*>(samples.data()),
                                samples.size() * sizeof(float));
    const std::uint64_t count = samples.size();
    const std::uint64_t hash = hash64(body);
    bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
    bytes.append(reinterpret_cast<const char*>(&hash), sizeof hash);
    bytes.append(body);
    if (bytes.size() > m_limit || bytes.size() > kLargest)
        return Error{"The phrase is larger than the phrase cache may be."};
    TRY_VOID(writeFile(fileOf(m_folder, key), bytes));
    trim();
    return {};
}

std::uint64_t PhraseCache::size() const
{
    std::uint64_t sum = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, error)) {
        std::error_code ignored;
        if (entry.path().extension() == kExtension)
            sum += entry.file_size(ignored);
    }
    return sum;
}

void PhraseCache::trim() const
{
    struct Entry {
        std::filesystem::file_time_type used;
        std::filesystem::path path;
        std::uint64_t size = 0;
    };
    std::vector<Entry> entries;
    std::uint64_t sum = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, error)) {
        std::error_code ignored;
        if (entry.path().extension() != kExtension)
            continue;
        const auto size = entry.file_size(ignored);
        if (ignored)
            continue;
        entries.push_back({entry.last_write_time(ignored), entry.path(), size});
        sum += size;
    }
    if (sum <= m_limit)
        return;
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.used != b.used ? a.used < b.used : a.path < b.path;
    });
    for (const Entry& entry : entries) {
        if (sum <= m_limit)
            break;
        std::error_code ignored;
        if (std::filesystem::remove(entry.path, ignored))
            sum -= entry.size;
    }
}

} // namespace cantilena::voice
