#pragma once

#include <string_view>

namespace cantilena::voice {

/// Where a consonant stands in its syllable.
enum class ConsonantPlace { Onset, OnsetCluster, Coda, CodaCluster, Final };
/// What sounds after it.
enum class AfterConsonant { Vowel, Sonorant, Noise, Pause };

/// Length of a consonant in seconds, as models/voice/lengths.py learned it from recordings: by phone, place
/// and what follows, and by the room in seconds from the start of the vowel before it to the end of the one
/// after it. Bounded to what singing bears: 0.7 to 1.5 of typicalSeconds(); unknown phones have just that.
double consonantSeconds(std::string_view phone, ConsonantPlace place, AfterConsonant after, double room);

/// The log lengths of the table that consonantSeconds() uses, for the test that compares it with the file; 0
/// for a phone that has none.
double consonantLogLength(std::string_view phone);

} // namespace cantilena::voice
