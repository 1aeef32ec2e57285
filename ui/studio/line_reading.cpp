#include "line_reading.h"

#include <QCoreApplication>
#include <QStringList>

#include <language/rhyme.h>
#include <language/spelling.h>

#include "names.h"

namespace cantilena::ui {

namespace {

QString shown(const language::Syllable& syllable)
{
    const QString text = fromUtf8(syllable.text);
    if (syllable.language == language::Language::English)
        return syllable.stress == 1 ? u'ˈ' + text : syllable.stress == 2 ? u'ˌ' + text : text;
    const std::string pinyin = language::pinyin(syllable.phonemes, syllable.sungTone);
    return pinyin.empty() ? text : fromUtf8(pinyin);
}

bool isEnglish(const language::Word& word)
{
    return !word.syllables.empty() && word.syllables[0].language == language::Language::English;
}

} // namespace

language::Word readingOf(const song::Word& word)
{
    language::Word read;
    read.text = word.text;
    for (const song::Syllable& syllable : word.syllables)
        read.syllables.push_back({syllable.text, syllable.phonemes, syllable.stress, syllable.tone,
                                  syllable.tone, syllable.language, syllable.guessed});
    return read;
}

QString spokenText(const language::Word& word)
{
    QStringList parts;
    for (const language::Syllable& syllable : word.syllables)
        parts.append(shown(syllable));
    return parts.join(isEnglish(word) ? QStringLiteral("·") : QStringLiteral(" "));
}

QString spokenDescription(const language::Word& word)
{
    if (!isEnglish(word))
        return spokenText(word);
    QStringList parts;
    for (const language::Syllable& syllable : word.syllables) {
        const QString text = fromUtf8(syllable.text);
        parts.append(syllable.stress == 1
                         ? QCoreApplication::translate("Lyrics", "%1 stressed", "a syllable").arg(text)
                         : text);
    }
    return parts.join(QStringLiteral(", "));
}

QString partedText(const session::SungLine& line)
{
    std::string text = line.text;
    std::size_t from = 0;
    for (const language::Word& word : line.words) {
        if (!isEnglish(word) || word.syllables.size() < 2)
            continue;
        const std::size_t at = text.find(word.text, from);
        if (at == std::string::npos)
            continue;
        std::string parted;
        for (const language::Syllable& syllable : word.syllables)
            parted += (parted.empty() ? "" : "·") + syllable.text;
        text.replace(at, word.text.size(), parted);
        from = at + parted.size();
    }
    return fromUtf8(text);
}

std::optional<bool> keepsRhyme(const song::Section& section, const song::Line& line)
{
    if (line.rhyme == 0 || line.words.empty())
        return std::nullopt;
    const std::string key = language::rhymeKey(readingOf(line.words.back()));
    bool alone = true;
    for (const song::Line& other : section.lines) {
        if (other.id == line.id || other.rhyme != line.rhyme || other.words.empty())
            continue;
        alone = false;
        if (language::rhymeKey(readingOf(other.words.back())) == key)
            return true;
    }
    return alone ? std::nullopt : std::optional(false);
}

} // namespace cantilena::ui
