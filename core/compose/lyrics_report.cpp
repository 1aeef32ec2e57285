#include <compose/lyrics.h>

#include <algorithm>
#include <set>

#include <language/rhyme.h>

#include "lyrics_corpus.h"
#include "lyrics_text.h"
#include "lyrics_theme.h"

namespace cantilena::compose {

using namespace lyric;

LyricReport measureLyrics(const Lyrics& lyrics, const song::Brief& brief, const Form& form,
                          const LyricModels& models, const language::Reader& reader)
{
    LyricReport report;
    const Corpus& corpus = models.corpus();
    const Theme theme = Theme::of(brief, corpus, reader);
    std::set<std::string> pairs;
    std::size_t pairCount = 0;
    std::vector<int> tail;
    // What a person typed may be known; nothing runs on through it.
    const auto heard = [&](const LyricLine& line) {
        if (line.origin != LineOrigin::Person)
            return false;
        report.longestCopied = std::max(report.longestCopied, corpus.guard.longestKnown(tail));
        tail.clear();
        return true;
    };
    std::string hook = lyrics.title;
    for (std::size_t s = 0; s < form.sections.size() && s < lyrics.sections.size(); ++s) {
        const SectionPlan& plan = form.sections[s];
        const std::vector<LyricLine>& lines = lyrics.sections[s].lines;
        const bool chorus = plan.kind == song::SectionKind::Chorus || plan.kind == song::SectionKind::Hook;
        if (plan.sameLyricsAs >= 0) {
            // Sung again: what follows it stands beside it.
            for (const LyricLine& line : lines) {
                if (heard(line))
                    continue;
                for (const std::string& unit : wordUnits(line.words, corpus.language))
                    tail.push_back(corpus.token(unit));
            }
            continue;
        }
        for (std::size_t i = 0; i < lines.size() && i < plan.lines.size(); ++i) {
            const LyricLine& line = lines[i];
            ++report.lines;
            report.exactLines +=
                reader.countSyllables(line.text, corpus.language) == plan.lines[i].syllables ? 1 : 0;
            report.generatedLines += line.origin == LineOrigin::Generated ? 1 : 0;
            if (chorus)
                hook += " " + line.text;
            for (std::size_t j = i + 1; plan.lines[i].rhyme != 0 && j < lines.size(); ++j) {
                if (plan.lines[j].rhyme != plan.lines[i].rhyme)
                    continue;
                ++report.rhymePairs;
                // The same vowel and what follows it, in another word.
                if (!line.words.empty() && !lines[j].words.empty() &&
                    line.words.back().text != lines[j].words.back().text)
                    report.trueRhymes +=
                        language::rhyme(line.words.back(), lines[j].words.back()) >= language::Rhyme::True
                            ? 1
                            : 0;
                break;
            }
            if (heard(line))
                continue;
            const std::vector<std::string> units = wordUnits(line.words, corpus.language);
            for (std::size_t k = 0; k < units.size(); ++k) {
                tail.push_back(corpus.token(units[k]));
                if (k > 0 && !chorus) {
                    pairs.insert(units[k - 1] + ' ' + units[k]);
                    ++pairCount;
                }
            }
        }
    }
    report.distinct2 =
        pairCount == 0 ? 1.0 : static_cast<double>(pairs.size()) / static_cast<double>(pairCount);
    report.longestCopied = std::max(report.longestCopied, corpus.guard.longestKnown(tail));
    for (const std::string& word : corpus.space->split(hook)) {
        const int row = corpus.space->find(corpus.language, word);
        for (const Query& query : theme.queries) {
            if (word == query.text || (row >= 0 && query.row >= 0 && query.weight >= 0.5 &&
                                       corpus.space->similarity(row, query.row) > 0.6))
                report.themeInHook = true;
        }
    }
    return report;
}

} // namespace cantilena::compose
