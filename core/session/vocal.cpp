#include "vocal.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include <base/hash.h>
#include <sound/buffer.h>
#include <voice/expression.h>
#include <voice/phrase.h>

namespace cantilena::session {

namespace {

static_assert(voice::kVoiceRate == sound::kSampleRate, "vocal pieces are mixed without resampling");

/// All that a phrase's sound depends on, as text.
std::string cacheKey(const voice::Phrase& phrase, const std::string& fingerprint,
                     const voice::SingerInfo& singer, const voice::Colour& colour,
                     const voice::PitchStyle& style, std::uint64_t seed)
{
    std::string text = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", fingerprint, phrase.hash(), singer.id,
                                   singer.formantsEnglish, singer.formantsMandarin, singer.breath,
                                   singer.brightness, singer.vibrato, singer.clarity, seed);
    for (const std::vector<float>* timbre : {&singer.timbreEnglish, &singer.timbreMandarin})
        for (const float weight : *timbre)
            text += fmt::format("|{}", weight);
    text += fmt::format("|{}|{}|{}|{}|{}", colour.breath, colour.tension, colour.brightness, colour.gender,
                        style.vibrato);
    return sha256(text);
}

/// The order in which phrases are sung: from the first that ends after `from` to the last, then the earlier
/// ones.
std::vector<std::size_t> singingOrder(const std::vector<voice::Phrase>& phrases, music::Tick from)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < phrases.size(); ++i)
        if (phrases[i].last > from)
            order.push_back(i);
    for (std::size_t i = 0; i < phrases.size(); ++i)
        if (phrases[i].last <= from)
            order.push_back(i);
    return order;
}

} // namespace

Result<SungVocal> singPhrases(const song::Song& song, const voice::Singer& singer,
                              const voice::PhraseCache& cache, const JobContext& job, music::Tick from,
                              const Workshop::VocalListener& listener, int threads)
{
    const song::Vocal& vocal = song.head.vocal;
    const voice::SingerInfo* info = singer.find(vocal.singer);
    if (!info) {
        if (singer.singers().empty())
            return Error{"No singer is installed; install Cantilena again."};
        info = &singer.singers().front();
    }
    const voice::Colour colour{vocal.breath, vocal.tension, vocal.brightness, vocal.gender};
    voice::PitchStyle style;
    style.vibrato = info->vibrato * 2 * vocal.vibrato;

    const std::vector<voice::Phrase> phrases = voice::phrasesOf(song);
    std::vector<std::shared_ptr<const std::vector<float>>> sung(phrases.size());
    std::vector<std::string> keys(phrases.size());
    std::mutex mutex; // guards sung, ready, failure; held while the listener runs
    std::size_t ready = 0;
    std::optional<Error> failure;

    const auto pieces = [&] {
        SungVocal result;
        result.phrases = phrases.size();
        for (std::size_t i = 0; i < phrases.size(); ++i)
            if (sung[i])
                result.pieces.push_back(
                    {{std::llround(phrases[i].start.value * sound::kSampleRate)}, sung[i]});
        return result;
    };

    // What was sung before costs a file read; it sounds at once.
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        TRY(const std::string fingerprint, singer.fingerprint(phrases[i].language));
        keys[i] = cacheKey(phrases[i], fingerprint, *info, colour, style, song.head.seed);
        if (auto samples = cache.find(keys[i])) {
            sung[i] = std::make_shared<const std::vector<float>>(*std::move(samples));
            ++ready;
        }
        if (job.cancelled())
            return job.cancelledError();
    }
    if (listener && ready > 0)
        listener(pieces());

    const std::vector<std::size_t> order = singingOrder(phrases, from);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t k = next++; k < order.size(); k = next++) {
            const std::size_t i = order[k];
            {
                const std::lock_guard lock(mutex);
                if (failure)
                    return;
                if (sung[i])
                    continue;
            }
            const voice::Singing singing = voice::singingOf(phrases[i], style, song.head.seed);
            Result<std::vector<float>> samples = singer.sing(singing, *info, colour, song.head.seed, job);
            if (samples)
                (void)cache.keep(keys[i], *samples); // a full disk costs time, not the song
            const std::lock_guard lock(mutex);
            if (!samples) {
                if (!failure)
                    failure = samples.error();
                return;
            }
            sung[i] = std::make_shared<const std::vector<float>>(*std::move(samples));
            ++ready;
            job.progress("voice", static_cast<double>(ready) / static_cast<double>(phrases.size()));
            if (listener)
                listener(pieces());
        }
    };
    std::vector<std::thread> helpers;
    for (int t = 1; t < threads; ++t)
        helpers.emplace_back(work);
    work();
    for (std::thread& thread : helpers)
        thread.join();
    if (failure)
        return *failure;
    return pieces();
}

} // namespace cantilena::session
