#pragma once

#include <base/job.h>
#include <base/result.h>
#include <session/workshop.h>
#include <song/song.h>
#include <voice/phrase_cache.h>
#include <voice/singer.h>

namespace cantilena::session {

/// Sings the phrases of a song with `threads` threads: those in the cache first, then the lead's others from
/// `from` on, then those before it, then the second voices (backing.h) in the same way. The listener is told
/// after each, one call at a time, on any of the threads. The pieces are in song order and do not depend on
/// the number of threads.
Result<SungVocal> singPhrases(const song::Song& song, const voice::Singer& singer,
                              const std::vector<compose::Style>& styles, const voice::PhraseCache& cache,
                              const JobContext& job, music::Tick from,
                              const Workshop::VocalListener& listener, int threads);

} // namespace cantilena::session
