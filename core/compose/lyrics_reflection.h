#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/random.h>
#include <compose/lyrics.h>
#include <compose/lyrics_words.h>
#include <compose/opening.h>
#include <language/reader.h>
#include <song/brief.h>

#include "lyrics_named.h"

/// Songs that answer what somebody tells, whatever it is. Most particular requests ("we rescued a donkey from
/// a closed-down circus and she only walks to music") have no story in the corpus; the story of another
/// animal would contradict them. Songs of reflection were written for those: they know the feeling, not the
/// deed, and sing of what the teller does because of it, while the teller's own line is the hook of the
/// chorus.
namespace cantilena::compose::lyric {

class Corpus;
struct Story;

enum class Feeling : std::uint8_t {
    Proud,
    Grateful,
    Funny,
    Grief,
    Memory,
    Sorry,
    Worry,
    Relief,
    Start,
    Angry,
    Love,
    Lonely,
    Wonder,
};
inline constexpr std::size_t kFeelings = 13;

/// The codes of corpus and model, in the order of Feeling.
inline constexpr std::array<std::string_view, kFeelings> kFeelingCodes = {
    "proud",  "grateful", "funny", "grief", "memory", "sorry", "worry",
    "relief", "start",    "angry", "love",  "lonely", "wonder"};

/// Of whom a telling or a reflection speaks.
enum class Whom : std::uint8_t {
    Anything, ///< a reflection: of the news itself, so it answers every telling
    Third,    ///< of one person or animal: she, he, 他
    You,
};

struct Reflection {
    Whom of = Whom::Anything;
    Calls calls;
    // By readers, 0..1.
    std::array<float, kFeelings> answers{}; ///< how well it answers what is told with a feeling
    float close = 0;                        ///< how far each of its lines is heard as about what was told
    float anywhere = 0;                     ///< how few tellings could contradict it
};

/// From the corpus's field, "she close:8 anywhere:6 funny:9 grateful:4" (of 9); nothing when it is damaged.
std::optional<Reflection> parseReflection(std::string_view field);

/// The line or two of what a person tells that a chorus can repeat: the last whole statement that is
/// short enough, since what is told comes to its point at the end; none where nothing is said of anybody
/// ("driving home on a dirt road").
std::vector<std::string> hookOf(const Opening& opening, language::Language language,
                                const language::Reader& reader, const WordSpace& space);

/// For each line of an opening, whether a statement begins with it that needs nothing before it: not "and
/// cried into the tomatoes".
std::vector<bool> statementsOf(const Opening& opening, language::Language language, const WordSpace& space);

/// "And she only walks to music" without its "and"; other lines as they are.
std::string withoutJoin(const std::string& line);

/// Of whom a person's lines tell, of which `hook` is the heart: what the teller does is no story of another.
struct Told {
    Whom of = Whom::Anything;
    int gender = 0; ///< of the third person: 1 she, -1 he, 0 it
    int named = 0;  ///< the same of whom it names, who can be called again; 0: nobody
};
Told toldOf(const std::vector<std::string>& lines, const std::vector<std::string>& hook, const Named& named,
            language::Language language, const WordSpace& space);

/// The feelings with which something is told, with hardly a joke left where somebody has died, unless the
/// request itself laughs.
std::vector<float> soberAfterDeath(std::vector<float> feelings, const std::string& request);

/// The same for what happened yesterday or today: nobody looks back on it from afar yet.
std::vector<float> freshFeelings(std::vector<float> feelings, const std::string& request);

/// Reflections on what was told with its feelings (of each of kFeelings a probability), best first, at most
/// `count`: none that calls whom or what `named` lacks. Chance decides among those that are about as good.
std::vector<Story> rankReflections(const Corpus& corpus, const song::Brief& brief,
                                   const std::vector<float>& feelings, const Told& telling,
                                   const Named& named, const Random& random, std::size_t count);

/// Reflections are written of "her"; sings them of him or it where the telling does, syllable for syllable.
std::string spokenOf(const std::string& line, const Told& telling, language::Language language);

} // namespace cantilena::compose::lyric
