#include "lyrics_written.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kPaired = 3; // words that came in are taken one for one in so short a phrase

/// A word with what stands before and behind it, up to the spaces.
struct Piece {
    std::string before, word, after;
};

bool inWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string lowered(std::string word)
{
    for (char& c : word)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return word;
}

std::vector<Piece> piecesOf(const std::string& text)
{
    std::vector<Piece> pieces;
    std::string marks;
    for (std::size_t at = 0; at < text.size();) {
        if (inWord(text[at])) {
            pieces.push_back({std::move(marks), {}, {}});
            marks.clear();
            for (; at < text.size() && inWord(text[at]); ++at)
                pieces.back().word += text[at];
            continue;
        }
        // Up to the space a mark belongs to the word before it.
        if (text[at] == ' ') {
            if (!pieces.empty() && pieces.back().after.empty())
                pieces.back().after = std::move(marks);
            marks.clear();
        } else {
            marks += text[at];
        }
        ++at;
    }
    if (!pieces.empty() && pieces.back().after.empty())
        pieces.back().after = marks;
    return pieces;
}

std::string joined(const std::vector<Piece>& pieces)
{
    std::string text;
    for (const Piece& piece : pieces) {
        if (!text.empty())
            text += ' ';
        text += piece.before;
        text += piece.word;
        text += piece.after;
    }
    return text;
}

/// The first and the last word of the text that stand for one of the prototype; -1: none.
struct Mates {
    int first = -1, last = -1;
};

/// For each word of the prototype: the same word, by the longest common subsequence, or those that came in
/// between two such, first for first, last for last.
std::vector<Mates> matesOf(const std::vector<Piece>& prototype, const std::vector<Piece>& text)
{
    const std::size_t n = prototype.size(), m = text.size();
    // Words that follow each other in both count more than words that stand apart.
    constexpr int kSame = 10;
    std::vector<std::vector<int>> best(n + 1, std::vector<int>(m + 1, 0)), here = best;
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = m; j-- > 0;) {
            if (lowered(prototype[i].word) == lowered(text[j].word))
                here[i][j] =
                    kSame + std::max(best[i + 1][j + 1], here[i + 1][j + 1] > 0 ? here[i + 1][j + 1] + 1 : 0);
            best[i][j] = std::max({best[i + 1][j], best[i][j + 1], here[i][j]});
        }
    }
    std::vector<Mates> mates(n);
    std::size_t i = 0, j = 0, firstI = 0, firstJ = 0;
    const auto between = [&](std::size_t endI, std::size_t endJ) {
        const std::size_t left = endI - firstI, right = endJ - firstJ;
        if (left == 0 || right == 0)
            return;
        for (std::size_t k = 0; left == right && left <= kPaired && k < left; ++k)
            mates[firstI + k].first = mates[firstI + k].last = static_cast<int>(firstJ + k);
        mates[firstI].first = static_cast<int>(firstJ);
        mates[endI - 1].last = static_cast<int>(endJ) - 1;
    };
    bool follows = false; // the words before are the same
    while (i < n && j < m) {
        const int after = best[i][j];
        if (here[i][j] > 0 && (here[i][j] == after || (follows && here[i][j] + 1 > after))) {
            between(i, j);
            mates[i] = {static_cast<int>(j), static_cast<int>(j)};
            firstI = ++i;
            firstJ = ++j;
            follows = true;
            continue;
        }
        follows = false;
        if (best[i + 1][j] >= best[i][j + 1])
            ++i;
        else
            ++j;
    }
    between(n, m);
    return mates;
}

bool isTitle(std::string_view word)
{
    return word == "Mr" || word == "Mrs" || word == "Ms" || word == "Miss" || word == "Dr" || word == "St";
}

/// Whether a capital at a word tells nothing of it: the line, a sentence or what somebody says begins.
bool opens(const std::vector<Piece>& pieces, std::size_t at)
{
    if (at == 0 || pieces[at].before.find('"') != std::string::npos)
        return true;
    const Piece& last = pieces[at - 1];
    return !isTitle(last.word) && last.after.find_first_of(".?!:\"") != std::string::npos;
}

/// Capitals inside the line.
void putCapitals(std::vector<Piece>& text, const std::vector<Piece>& prototype)
{
    std::map<std::string, std::string> capitals;
    std::set<std::string> small;
    for (std::size_t i = 0; i < prototype.size(); ++i) {
        const std::string& word = prototype[i].word;
        if (lowered(word) == word && word != "a")
            small.insert(word);
        if (lowered(word) != word && !opens(prototype, i))
            capitals[lowered(word)] = word;
    }
    for (std::size_t j = 1; j < text.size(); ++j) {
        const auto found = capitals.find(lowered(text[j].word));
        // "a" is the note rather than the article where nothing follows that it could belong to.
        const std::string next = j + 1 < text.size() ? lowered(text[j + 1].word) : std::string();
        const bool article = lowered(text[j].word) == "a" && text[j].after.empty() && !next.empty() &&
                             next != "and" && next != "or";
        if (found != capitals.end() && !article && !small.contains(found->first))
            text[j].word = found->second;
    }
}

/// What may stand behind a word: of the prototype's marks those that are more than a pause; the pause as the
/// text has it.
std::string marksBehind(const Piece& prototype, const Piece& text, bool last)
{
    std::string marks;
    bool stops = false;
    const bool trails = prototype.after.find("...") != std::string::npos;
    for (const char c : prototype.after) {
        const bool abbreviates = c == '.' && isTitle(prototype.word);
        const bool stop = c == '?' || c == '!' || c == ':' || (c == '.' && (trails || !last)) || abbreviates;
        const bool pause = (c == ',' || c == ';') && !text.after.empty() && !last;
        stops = stops || stop || pause;
        if (stop || pause || c == '"')
            marks += c;
    }
    return stops || last ? marks : text.after + marks;
}

/// "Four a m" is "Four a.m." where the prototype has hours.
void joinHours(std::string& text, const std::string& prototype)
{
    for (const std::string half : {"a", "p"}) {
        const std::string apart = " " + half + " m", whole = " " + half + ".m.";
        if (prototype.find(whole) == std::string::npos)
            continue;
        for (std::size_t at = text.find(apart); at != std::string::npos; at = text.find(apart, at + 1)) {
            const std::size_t end = at + apart.size();
            if (end == text.size() || !inWord(text[end]))
                text.replace(at, apart.size() + (end < text.size() && text[end] == '.' ? 1 : 0), whole);
        }
    }
}

} // namespace

std::string writtenLike(const std::string& text, const std::string& prototype)
{
    std::vector<Piece> words = piecesOf(text);
    const std::vector<Piece> like = piecesOf(prototype);
    if (words.empty() || like.empty())
        return text;
    putCapitals(words, like);
    const std::vector<Mates> mates = matesOf(like, words);
    std::vector<Piece> marked = words;
    long speech = 0;
    for (std::size_t i = 0; i < like.size(); ++i) {
        speech += std::count(like[i].before.begin(), like[i].before.end(), '"') +
                  std::count(like[i].after.begin(), like[i].after.end(), '"');
        if (mates[i].first >= 0) {
            Piece& piece = marked[static_cast<std::size_t>(mates[i].first)];
            if (like[i].before.find('"') != std::string::npos)
                piece.before.assign(1, '"');
            if (i > 0 && opens(like, i) && like[i].word != lowered(like[i].word) && piece.word[0] >= 'a' &&
                piece.word[0] <= 'z')
                piece.word[0] = static_cast<char>(piece.word[0] - 32);
        }
        // What ends a sentence stands before the next one, whatever words came in or went: "A doorbell goes.
        // They let it ring" and "A phone goes off. They".
        const bool ends = i + 1 < like.size() && opens(like, i + 1) && mates[i + 1].first > 0 &&
                          like[i].after.find_first_of(".?!") != std::string::npos;
        const int at = ends ? mates[i + 1].first - 1 : mates[i].last;
        if (at >= 0) {
            const auto place = static_cast<std::size_t>(at);
            marked[place].after = marksBehind(like[i], words[place], place + 1 == words.size());
        }
    }
    for (std::size_t i = 0; i + 1 < marked.size(); ++i) {
        char& first = marked[i + 1].word.front();
        if (isTitle(marked[i].word) && marked[i + 1].word != "and" && first >= 'a' && first <= 'z')
            first = static_cast<char>(first - 32);
    }
    std::string written = joined(marked);
    joinHours(written, prototype);
    // Half of what marks speech says nothing.
    if (std::count(written.begin(), written.end(), '"') != speech)
        std::erase(written, '"');
    return written;
}

void closeSpeech(std::vector<std::string>& lines)
{
    const auto odd = [](const std::string& line) {
        return std::count(line.begin(), line.end(), '"') % 2 != 0;
    };
    if (std::count_if(lines.begin(), lines.end(), odd) % 2 == 0)
        return;
    for (std::string& line : lines) {
        if (odd(line))
            std::erase(line, '"');
    }
}

} // namespace cantilena::compose::lyric
