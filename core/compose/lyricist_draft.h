#pragma once

#include <compare>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <compose/plan.h>
#include <language/reader.h>
#include <song/brief.h>

#include "lyrics_corpus.h"

namespace cantilena::compose::lyric {

/// A planned line with words of its own.
struct LineSite {
    std::size_t section = 0, line = 0;

    auto operator<=>(const LineSite&) const = default;
};

/// What is proposed for each line, best first.
using Wordings = std::map<LineSite, std::vector<std::string>>;

/// Lyrics that come together line by line. What is put into it keeps the levels of our own lyrics: planned
/// syllables, rhymes, nothing that the copy guard knows across any line break of the song, no word that is
/// not sung, no line twice outside a hook.
class LyricDraft {
public:
    LyricDraft(const song::Brief& brief, const Form& form, const Corpus& corpus,
               const language::Reader& reader);

    /// The lines to be written, in the order of the song; sections that repeat an earlier one have none.
    const std::vector<LineSite>& sites() const { return m_sites; }
    const LinePlan& plan(LineSite site) const { return m_form.sections[site.section].lines[site.line]; }

    /// Puts the wordings that fit where nothing stands yet. Which sound a rhyme letter has is decided by what
    /// most of its lines can offer, the first time that any can.
    void take(const Wordings& wordings);
    /// Puts lines that rhyme among themselves into a whole section, in place of what stood there; false, with
    /// nothing changed, when they do not fit beside their neighbours.
    bool replaceSection(std::size_t section, const std::vector<std::string>& lines);

    bool filled(LineSite site) const { return !at(site).text.empty(); }
    const std::string& text(LineSite site) const { return at(site).text; }
    const std::vector<language::Word>& words(LineSite site) const { return at(site).words; }
    /// What is wrong with a wording, to be told to who wrote it, after "the line ...": "has 9 syllables
    /// instead of 8". Empty when it fits.
    std::string fault(LineSite site, const std::string& wording) const;
    /// The fault of a title; empty when it can be one.
    std::string titleFault(const std::string& title) const;
    /// A line that stands and has the site's rhyme; empty when there is none.
    std::string rhymesWith(LineSite site) const;
    /// The line before it in its section, and so on, as far as they stand.
    std::vector<std::string> before(LineSite site) const;

private:
    struct Standing {
        std::string text;
        std::vector<language::Word> words;
        std::vector<int> tokens; ///< as the guard counts them
    };
    Standing read(const std::string& text) const;
    const Standing& at(LineSite site) const { return m_lines[site.section][site.line]; }
    /// Of the line by itself.
    std::string ownFault(LineSite site, const Standing& line) const;
    std::string rhymeFault(LineSite site, const Standing& line) const;
    bool repeats(LineSite site, const Standing& line) const;
    /// Whether a guarded run goes through the line, wherever the song sings it.
    bool copies(LineSite site, const Standing& line) const;
    void chooseRhymes(const Wordings& wordings);
    std::string faultOf(LineSite site, const Standing& line) const;

    const Form& m_form;
    const Corpus& m_corpus;
    const language::Reader& m_reader;
    std::string m_prompt; ///< lower case
    std::vector<LineSite> m_sites;
    std::vector<std::vector<Standing>> m_lines;                   ///< parallel to the form
    std::map<std::pair<std::size_t, char>, std::string> m_rhymes; ///< section and letter: rhyme key
};

} // namespace cantilena::compose::lyric
