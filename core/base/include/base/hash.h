#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include <base/result.h>

namespace cantilena {

/// SHA-256 (FIPS 180-4), fed piece by piece.
class Sha256 {
public:
    Sha256();
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text);
    /// The digest as 64 lower-case hexadecimal digits. Call once.
    std::string finish();

private:
    void block(const std::uint8_t* data);

    std::array<std::uint32_t, 8> m_state;
    std::array<std::uint8_t, 64> m_buffer{};
    std::uint64_t m_length = 0;
};

/// SHA-256 of a text, in hexadecimal.
std::string sha256(std::string_view text);

/// SHA-256 of a file, in hexadecimal; an error when the file cannot be read.
Result<std::string> sha256OfFile(const std::filesystem::path& file);

/// A 64-bit mix (the finaliser of SplitMix64): a bijection that spreads every input bit over all output bits.
constexpr std::uint64_t mix64(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// A stable 64-bit hash of bytes (FNV-1a followed by mix64), the same on every machine.
constexpr std::uint64_t hash64(std::string_view text)
{
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        h ^= static_cast<std::uint8_t>(c);
        h *= 0x100000001b3ULL;
    }
    return mix64(h);
}

} // namespace cantilena
