#include "lyrics_counts.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include <base/hash.h>

namespace cantilena::compose::lyric {

namespace {

Result<std::string> readBytes(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return damaged(path);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    return bytes;
}

bool isHeldBack(std::uint8_t value)
{
    return value == 0;
}

} // namespace

Error damaged(const std::filesystem::path& path)
{
    return Error{"The file " + path.string() + " is missing or damaged; install the program's models again."};
}

std::uint64_t foldTokens(std::span<const int> tokens, std::uint64_t salt)
{
    std::uint64_t hash = salt;
    for (const int token : tokens)
        hash = mix64(hash ^ (static_cast<std::uint64_t>(token) + 1));
    return hash;
}

std::uint8_t Counts::Table::at(std::uint64_t hash) const
{
    if (slots.empty())
        return 0;
    const std::uint64_t mask = slots.size() - 1;
    const auto mark = static_cast<std::uint32_t>(hash >> 40);
    for (std::uint64_t place = hash & mask;; place = (place + 1) & mask) {
        const std::uint32_t slot = slots[place];
        if (slot == 0)
            return 0;
        if (slot >> 8 == mark)
            return static_cast<std::uint8_t>(slot & 0xFF);
    }
}

Result<Counts> Counts::open(const std::filesystem::path& path, language::Language language)
{
    TRY(const std::string bytes, readBytes(path));
    Counts counts;
    std::size_t at = 12;
    std::uint32_t tables = 0;
    if (bytes.size() < at || !bytes.starts_with("CNTNGR1\n"))
        return damaged(path);
    std::memcpy(&tables, bytes.data() + 8, 4);
    if (tables != (language == language::Language::English ? 4u : 5u))
        return damaged(path);
    for (std::uint32_t i = 0; i < tables; ++i) {
        std::uint32_t size = 0;
        if (bytes.size() - at < 4)
            return damaged(path);
        std::memcpy(&size, bytes.data() + at, 4);
        at += 4;
        // A power of two with at least one empty slot, or a look-up would not end.
        if (size == 0 || (size & (size - 1)) != 0 || (bytes.size() - at) / 4 < size)
            return damaged(path);
        Table table;
        table.slots.resize(size);
        std::memcpy(table.slots.data(), bytes.data() + at, std::size_t{size} * 4);
        if (std::find(table.slots.begin(), table.slots.end(), 0u) == table.slots.end())
            return damaged(path);
        at += std::size_t{size} * 4;
        (i + 1 < tables ? counts.m_orders.emplace_back() : counts.m_company) = std::move(table);
    }
    double total = 0;
    for (const std::uint32_t slot : counts.m_orders[0].slots) {
        if (slot != 0)
            total += std::exp(((slot & 0xFF) - 1) / 8.0);
    }
    counts.m_total = std::max(1.0, total);
    return counts;
}

double Counts::count(std::span<const int> run) const
{
    if (run.empty() || run.size() > m_orders.size())
        return 0;
    const std::uint8_t value = m_orders[run.size() - 1].at(foldTokens(run, run.size()));
    return isHeldBack(value) ? 0 : std::exp((value - 1) / 8.0);
}

double Counts::logProbability(std::span<const int> before, int token) const
{
    const std::size_t most = m_orders.size() - 1;
    if (before.size() > most)
        before = before.subspan(before.size() - most);
    std::vector<int> run(before.begin(), before.end());
    run.push_back(token);
    const std::span<const int> all(run);
    double probability = (count(all.last(1)) + 0.5) / (m_total + 5000.0);
    // Interpolated absolute discounting with a fixed discount; the histories' counts stand in for their
    // types.
    for (std::size_t order = 2; order <= run.size(); ++order) {
        const std::span<const int> whole = all.last(order);
        const double history = count(whole.first(order - 1));
        if (history <= 0)
            break;
        const double hits = count(whole);
        const double keep = history / (history + 12.0);
        const double direct = std::max(0.0, hits - 0.6) / history;
        probability = keep * 0.75 * direct + (1 - keep * 0.75) * probability;
    }
    return std::log(probability);
}

double Counts::company(int a, int b) const
{
    if (a > b)
        std::swap(a, b);
    const int pair[] = {a, b};
    const std::uint8_t value = m_company.at(foldTokens(pair, 99));
    return value == 0 ? 0 : (value - 1) / 24.0;
}

Result<Guard> Guard::open(const std::filesystem::path& path)
{
    TRY(const std::string bytes, readBytes(path));
    std::uint32_t run = 0, probes = 0;
    std::uint64_t bits = 0;
    if (bytes.size() < 24 || !bytes.starts_with("CNTGRD1\n"))
        return damaged(path);
    std::memcpy(&run, bytes.data() + 8, 4);
    std::memcpy(&probes, bytes.data() + 12, 4);
    std::memcpy(&bits, bytes.data() + 16, 8);
    if (run < 2 || run > 32 || probes < 1 || probes > 16 || bits < 8 || (bits & (bits - 1)) != 0 ||
        bytes.size() - 24 != bits / 8)
        return damaged(path);
    Guard guard;
    guard.m_run = run;
    guard.m_probes = probes;
    guard.m_mask = bits - 1;
    guard.m_bits.assign(bytes.begin() + 24, bytes.end());
    return guard;
}

bool Guard::contains(std::span<const int> run) const
{
    std::uint64_t hash = foldTokens(run, 77);
    for (std::size_t i = 0; i < m_probes; ++i) {
        const std::uint64_t place = hash & m_mask;
        if ((m_bits[place >> 3] >> (place & 7) & 1) == 0)
            return false;
        hash = mix64(hash);
    }
    return true;
}

bool Guard::copies(std::span<const int> tokens) const
{
    for (std::size_t i = 0; i + m_run <= tokens.size(); ++i) {
        if (contains(tokens.subspan(i, m_run)))
            return true;
    }
    return false;
}

std::size_t Guard::longestKnown(std::span<const int> tokens) const
{
    std::size_t longest = 0, here = 0;
    for (std::size_t i = 0; i + m_run <= tokens.size(); ++i) {
        here = contains(tokens.subspan(i, m_run)) ? here + 1 : 0;
        if (here > 0)
            longest = std::max(longest, m_run - 1 + here);
    }
    return longest;
}

} // namespace cantilena::compose::lyric
