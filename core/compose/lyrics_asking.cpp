#include "lyrics_asking.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "lyrics_word_sets.h"

namespace cantilena::compose::lyric {

namespace {

/// Of these a Chinese request says nothing but how it wants its song.
constexpr std::array<std::string_view, 36> kChinese = {
    "我想听",   "我想要", "想要一首", "来一首", "帮我写", "给我写", "我要一首", "写一首", "来首",
    "写首",     "随便写", "民谣",     "摇滚",   "说唱",   "嘻哈",   "爵士",     "蓝调",   "布鲁斯",
    "电子舞曲", "古风",   "中国风",   "国风",   "流行",   "抒情",   "乡村音乐", "风格",   "曲风",
    "歌曲",     "适合",   "听的",     "节奏感", "那种",   "的感觉", "轻快",     "慢一点", "一点的歌"};

constexpr std::array<std::string_view, 30> kGenres = {
    "rap",   "rock",    "blues", "jazz",   "pop",        "punk",  "folk",  "folky", "indie",  "country",
    "r&b",   "rnb",     "soul",  "gospel", "electronic", "edm",   "disco", "metal", "reggae", "lofi",
    "lo-fi", "hip-hop", "waltz", "ballad", "acoustic",   "dance", "trap",  "funk",  "techno", "90s"};
/// After a genre these show that it is meant as one.
constexpr std::array<std::string_view, 18> kSongs = {"song",  "songs", "style",  "ballad",  "anthem", "tune",
                                                     "track", "music", "beat",   "jam",     "about",  "for",
                                                     "vibe",  "waltz", "number", "lullaby", "please", "slow"};

/// Who asks with these wants a nursery song.
constexpr std::array<std::string_view, 16> kForChildren = {
    "kids",    "kid",       "kid's",        "kids'",   "toddler", "toddlers", "children", "children's",
    "nursery", "preschool", "kindergarten", "lullaby", "bedtime", "actions",  "daycare",  "playgroup"};
constexpr std::array<std::string_view, 6> kForChildrenChinese = {"儿歌",   "幼儿园", "摇篮曲",
                                                                 "小朋友", "童谣",   "哄睡"};

/// Before these a clause ends.
constexpr std::array<std::string_view, 13> kClauses = {
    ",", ".", "!", ";", "，", "。", "！", "；", " and ", " because ", " so ", " after ", " since "};
constexpr std::size_t kShortestClause = 12; // bytes

/// Takes whom a song shall sound like out of a request, "a song like taylor swift about ...": up to where the
/// request goes on.
void dropModel(std::string& request, std::string& manner)
{
    static constexpr auto kLike = std::to_array<std::string_view>(
        {"song like ", "songs like ", "sounding like ", "sounds like ", "in the style of "});
    static constexpr auto kGoesOn =
        std::to_array<std::string_view>({" about ", " for ", " but ", " to ", " with ", ",", ".", "!", ";"});
    constexpr std::size_t kLongest = 30; // bytes of a name
    for (const std::string_view like : kLike) {
        const std::size_t at = request.find(like);
        if (at == std::string::npos)
            continue;
        const std::size_t begin = at + like.size();
        std::size_t end = request.size();
        for (const std::string_view mark : kGoesOn)
            end = std::min(end, request.find(mark, begin));
        if (end - begin > kLongest)
            continue;
        manner += request.substr(begin, end - begin) + " ";
        request.erase(begin, end - begin);
    }
}

} // namespace

std::string_view firstClause(std::string_view request)
{
    std::size_t end = request.size();
    for (const std::string_view mark : kClauses)
        end = std::min(end, request.find(mark, kShortestClause));
    return request.substr(0, end);
}

std::string capitalsInside(std::string_view request)
{
    std::string capitals;
    std::size_t large = 0, small = 0;
    bool opens = true; // a capital here tells nothing
    for (std::size_t at = 0; at < request.size();) {
        const auto isUpper = [&](std::size_t i) { return request[i] >= 'A' && request[i] <= 'Z'; };
        const auto isLower = [&](std::size_t i) { return request[i] >= 'a' && request[i] <= 'z'; };
        std::size_t end = at;
        while (end < request.size() && (isUpper(end) || isLower(end)))
            ++end;
        if (end == at) {
            opens = opens || std::string_view(".!?:\"").find(request[at]) != std::string_view::npos;
            ++at;
            continue;
        }
        if (!opens && end > at + 2 && isUpper(at) && isLower(at + 1)) {
            ++large;
            capitals +=
                static_cast<char>(request[at] + 32) + std::string(request.substr(at + 1, end - at - 1)) + " ";
        } else {
            ++small;
        }
        opens = false;
        at = end;
    }
    return large < small ? capitals : std::string();
}

Asking readAsking(const std::string& request)
{
    Asking parted;
    std::string rest;
    for (const char c : request)
        rest += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    parted.forChildren =
        std::any_of(kForChildrenChinese.begin(), kForChildrenChinese.end(),
                    [&](std::string_view words) { return rest.find(words) != std::string::npos; });
    for (const std::string_view words : kChinese) {
        for (std::size_t at = rest.find(words); at != std::string::npos; at = rest.find(words)) {
            rest.replace(at, words.size(), " ");
            parted.manner += std::string(words) + " ";
        }
    }
    dropModel(rest, parted.manner);
    // Words in Latin letters, and all that lies between them.
    std::vector<std::string> pieces;
    std::vector<std::size_t> words;
    for (const char c : rest) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' || c == '-';
        const bool inside = !words.empty() && words.back() + 1 == pieces.size();
        if (letter && !inside)
            words.push_back(pieces.size());
        if (pieces.empty() || letter != inside)
            pieces.emplace_back();
        pieces.back() += c;
    }
    const auto at = [&](std::size_t i) {
        return i < words.size() ? std::string_view(pieces[words[i]]) : std::string_view();
    };
    for (std::size_t i = 0; i < words.size(); ++i)
        parted.forChildren = parted.forChildren || isOneOf(at(i), kForChildren);
    std::vector<bool> asks(words.size(), false);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view next = at(i + 1);
        const bool meant = next.empty() || isOneOf(next, kSongs) || isOneOf(next, kGenres);
        if ((isOneOf(at(i), kGenres) && meant) || at(i) == "style" || at(i) == "vibe")
            asks[i] = true;
        if (at(i) == "slow" && next == "jam")
            asks[i] = asks[i + 1] = true;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!asks[i])
            continue;
        parted.manner += pieces[words[i]] + " ";
        pieces[words[i]] = " ";
    }
    for (const std::string& piece : pieces)
        parted.subject += piece;
    return parted;
}

} // namespace cantilena::compose::lyric
