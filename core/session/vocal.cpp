#include "vocal.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include <base/hash.h>
#include <session/vocals.h>
#include <sound/buffer.h>
#include <voice/expression.h>
#include <voice/phrase.h>

#include "backing.h"

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
                                   singer.brightness, singer.tension, singer.clarity, seed);
    text += fmt::format("|{}", singer.consonants);
    for (const std::vector<float>* timbre : {&singer.timbreEnglish, &singer.timbreMandarin})
        for (const float weight : *timbre)
            text += fmt::format("|{}", weight);
    for (const double value : {colour.breath, colour.tension, colour.brightness, colour.gender,
                               colour.consonants, colour.growl, style.vibrato, style.rate, style.delay,
                               style.scoop, style.drift, style.glide, style.overshoot, style.fall})
        text += fmt::format("|{}", value);
    return sha256(text);
}

} // namespace

Result<SungVocal> singPhrases(const song::Song& song, const voice::Singer& singer,
                              const std::vector<compose::Style>& styles, const voice::PhraseCache& cache,
                              const JobContext& job, music::Tick from,
                              const Workshop::VocalListener& listener, int threads)
{
    const song::Vocal& vocal = song.head.vocal;
    const voice::SingerInfo* info = singer.find(vocal.singer);
    if (!info) {
        if (singer.singers().empty())
            return Error{"No singer is installed; install Cantilena again."};
        info = &singer.singers().front();
    }
    voice::Colour colour;
    colour.breath = vocal.breath;
    colour.tension = vocal.tension;
    colour.brightness = vocal.brightness;
    colour.consonants = vocal.consonants;
    colour.growl = vocal.growl;
    colour.gender = vocal.gender;
    const voice::PitchStyle style = pitchStyleOf(song, *info, styles);

    // What is to be sung: the lead's phrases, then those of the second voices.
    struct Part {
        voice::Phrase phrase;
        sound::VocalPart part = sound::VocalPart::Lead;
        voice::PitchStyle style;
        voice::Colour colour;
        std::uint64_t seed = 0;
    };
    std::vector<Part> parts;
    for (voice::Phrase& phrase : voice::phrasesOf(song))
        parts.push_back({std::move(phrase), sound::VocalPart::Lead, style, colour, song.head.seed});
    for (BackingTake& take : backingTakes(song, *info)) {
        Part part{{}, take.part, style, colour, take.seed};
        part.style.drift *= take.drift;
        part.colour.gender = std::clamp(colour.gender + take.gender, 0.0, 1.0);
        for (voice::Phrase& phrase : take.phrases) {
            part.phrase = std::move(phrase);
            parts.push_back(part);
        }
    }
    std::vector<std::shared_ptr<const std::vector<float>>> sung(parts.size());
    std::vector<std::string> keys(parts.size());
    std::mutex mutex; // guards sung, ready, failure; held while the listener runs
    std::size_t ready = 0;
    std::optional<Error> failure;

    const auto pieces = [&] {
        SungVocal result;
        result.phrases = parts.size();
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (sung[i])
                result.pieces.push_back({{std::llround(parts[i].phrase.start.value * sound::kSampleRate)},
                                         sung[i],
                                         parts[i].part});
        return result;
    };

    // What was sung before costs a file read; it sounds at once.
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Part& part = parts[i];
        TRY(const std::string fingerprint, singer.fingerprint(part.phrase.language));
        keys[i] = cacheKey(part.phrase, fingerprint, *info, part.colour, part.style, part.seed);
        if (auto samples = cache.find(keys[i])) {
            sung[i] = std::make_shared<const std::vector<float>>(*std::move(samples));
            ++ready;
        }
        if (job.cancelled())
            return job.cancelledError();
    }
    if (listener && ready > 0)
        listener(pieces());

    std::vector<std::size_t> order;
    for (const bool lead : {true, false}) {
        const auto take = [&](bool later) {
            for (std::size_t i = 0; i < parts.size(); ++i)
                if ((parts[i].part == sound::VocalPart::Lead) == lead &&
                    (parts[i].phrase.last > from) == later)
                    order.push_back(i);
        };
        take(true);
        take(false);
    }
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
            const Part& part = parts[i];
            const voice::Singing singing = voice::singingOf(part.phrase, part.style, part.seed);
            Result<std::vector<float>> samples = singer.sing(singing, *info, part.colour, part.seed, job);
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
            job.progress("voice", static_cast<double>(ready) / static_cast<double>(parts.size()));
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
