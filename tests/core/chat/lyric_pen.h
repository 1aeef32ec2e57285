#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

/// Writes what a language model might answer to the program's request for lyrics: lines of plain words with
/// the syllables and rhymes that the request lists. A test bends them where it wants them wrong.
class LyricPen {
public:
    struct Plan {
        int syllables = 0;
        char rhyme = 0;
    };
    using Lines = std::vector<std::vector<std::string>>;

    /// Reads "  line 1: 8 syllables, rhyme A" below the sections of a request.
    static std::vector<std::vector<Plan>> plansOf(const std::string& request)
    {
        std::vector<std::vector<Plan>> sections;
        for (std::size_t at = 0; at < request.size();) {
            const std::size_t end = request.find('\n', at);
            const std::string row = request.substr(at, end - at);
            at = end == std::string::npos ? request.size() : end + 1;
            if (!row.starts_with("  line "))
                continue;
            if (row.starts_with("  line 1:"))
                sections.emplace_back();
            Plan plan;
            plan.syllables = std::stoi(row.substr(row.find(": ") + 2));
            if (const std::size_t letter = row.find(", rhyme "); letter != std::string::npos)
                plan.rhyme = row[letter + 8];
            sections.back().push_back(plan);
        }
        return sections;
    }

    explicit LyricPen(const std::string& request)
        : m_mandarin(request.find("Mandarin") != std::string::npos), m_plans(plansOf(request))
    {
    }

    const std::vector<std::vector<Plan>>& plans() const { return m_plans; }

    /// Lines for the whole request.
    Lines lines()
    {
        Lines result;
        for (const std::vector<Plan>& section : m_plans) {
            std::map<char, std::pair<std::size_t, std::size_t>> families; // letter: family and next word
            result.emplace_back();
            for (const Plan& plan : section) {
                if (plan.rhyme == 0) {
                    result.back().push_back(line(plan.syllables, filler()));
                    continue;
                }
                auto& [family, next] =
                    families.try_emplace(plan.rhyme, std::pair{m_family++, std::size_t{0}}).first->second;
                const std::vector<std::string>& words = rhymes()[family % rhymes().size()];
                result.back().push_back(line(plan.syllables, words[next++ % words.size()]));
            }
        }
        return result;
    }
    /// So many syllables, the last of them given.
    std::string line(int syllables, const std::string& last)
    {
        std::string text;
        for (int i = 1; i < syllables; ++i)
            text += filler() + (m_mandarin ? "" : " ");
        return text + last;
    }
    static std::string json(const std::string& title, const Lines& lines)
    {
        return nlohmann::json{{"title", title}, {"sections", lines}}.dump();
    }

private:
    const std::string& filler()
    {
        static const std::vector<std::string> english = {"lamp", "bread", "glass", "wind",  "roof", "cup",
                                                         "door", "hand",  "leaf",  "smoke", "boat", "wool",
                                                         "milk", "stove", "brick", "fence", "salt", "rust"};
        static const std::vector<std::string> mandarin = {"灯", "茶", "窗", "风", "云", "花", "水", "书",
                                                          "笔", "米", "树", "桥", "门", "鸟", "鱼", "月"};
        const std::vector<std::string>& words = m_mandarin ? mandarin : english;
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return words[(m_state >> 33) % words.size()];
    }
    const std::vector<std::vector<std::string>>& rhymes() const
    {
        static const std::vector<std::vector<std::string>> english = {
            {"night", "light", "white", "sight", "flight", "kite"},
            {"day", "way", "gray", "play", "stay", "clay"},
            {"rain", "train", "lane", "chain", "plane", "crane"},
            {"sea", "tree", "key", "bee", "tea", "knee"},
            {"gold", "cold", "fold", "hold", "sold", "told"},
            {"stone", "phone", "bone", "tone", "loan", "zone"},
            {"hill", "mill", "still", "bill", "grill", "chill"}};
        static const std::vector<std::vector<std::string>> mandarin = {
            {"光", "望", "香", "霜", "床", "墙"}, {"山", "寒", "岸", "蓝", "船", "饭"},
            {"秋", "楼", "舟", "头", "友", "狗"}, {"飞", "水", "雷", "泪", "杯", "岁"},
            {"来", "海", "白", "台", "怀", "开"}, {"笑", "桥", "草", "岛", "刀", "猫"}};
        return m_mandarin ? mandarin : english;
    }

    bool m_mandarin = false;
    std::vector<std::vector<Plan>> m_plans;
    std::size_t m_family = 0;
    std::uint64_t m_state = 5;
};
