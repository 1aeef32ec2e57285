#include <sound/render.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>

#include <sndfile.h>

#include <base/file.h>
#include <base/hash.h>

namespace cantilena::sound {

namespace {

struct FileDeleter {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using FilePtr = std::unique_ptr<SNDFILE, FileDeleter>;

constexpr std::size_t kChunk = 4096;

int formatCode(AudioFormat format, SampleType type)
{
    const int pcm = type == SampleType::Int16 ? SF_FORMAT_PCM_16 : SF_FORMAT_PCM_24;
    switch (format) {
    case AudioFormat::Wav:
        return SF_FORMAT_WAV | (type == SampleType::Float32 ? int{SF_FORMAT_FLOAT} : pcm);
    case AudioFormat::Flac:
        return SF_FORMAT_FLAC | pcm;
    case AudioFormat::Ogg:
        return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    case AudioFormat::Mp3:
        return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
    }
    return 0;
}

/// Triangular dither of one step of 16 bits, from the sample's place, so that a file is the same each time.
/// Digital silence stays silent.
float dithered(float sample, std::uint64_t place)
{
    if (sample == 0)
        return sample;
    const std::uint64_t bits = mix64(place);
    const auto low = static_cast<double>(bits & 0xFFFFFFFFU);
    const auto high = static_cast<double>(bits >> 32);
    return sample + static_cast<float>((low - high) * 0x1p-32 / 32768.0);
}

} // namespace

Result<AudioFormat> audioFormatOf(const std::filesystem::path& file)
{
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (ending == ".wav")
        return AudioFormat::Wav;
    if (ending == ".flac")
        return AudioFormat::Flac;
    if (ending == ".ogg")
        return AudioFormat::Ogg;
    if (ending == ".mp3")
        return AudioFormat::Mp3;
    return Error{"Cannot tell the kind of sound file from " + file.string() +
                 ": the name has to end in .wav, .flac, .ogg or .mp3."};
}

Result<void> writeAudio(const StereoBuffer& audio, const std::filesystem::path& file, SampleType type,
                        const AudioTags& tags)
{
    TRY(const AudioFormat format, audioFormatOf(file));
    TRY(AtomicFile target, AtomicFile::create(file));
    SF_INFO info = {};
    info.samplerate = kSampleRate;
    info.channels = 2;
    info.format = formatCode(format, type);
    FilePtr sink(sf_open(target.temporary().c_str(), SFM_WRITE, &info));
    if (!sink)
        return Error{"Cannot write " + file.string() + ": " + sf_strerror(nullptr) + "."};
    // The chunk carries the time of writing, which would make equal songs differ.
    sf_command(sink.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    sf_command(sink.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
    if (format == AudioFormat::Ogg || format == AudioFormat::Mp3) {
        double quality = format == AudioFormat::Ogg ? 0.7 : 0.2;
        sf_command(sink.get(),
                   format == AudioFormat::Ogg ? SFC_SET_VBR_ENCODING_QUALITY : SFC_SET_COMPRESSION_LEVEL,
                   &quality, sizeof quality);
    }
    const auto tag = [&](int kind, const std::string& text) {
        if (!text.empty())
            sf_set_string(sink.get(), kind, text.c_str());
    };
    tag(SF_STR_TITLE, tags.title);
    tag(SF_STR_ARTIST, tags.artist);
    tag(SF_STR_COMMENT, tags.comment);

    const bool dither =
        type == SampleType::Int16 && (format == AudioFormat::Wav || format == AudioFormat::Flac);
    std::vector<float> interleaved(2 * kChunk);
    for (std::size_t start = 0; start < audio.frames(); start += kChunk) {
        const std::size_t count = std::min(kChunk, audio.frames() - start);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t place = 2 * (start + i);
            interleaved[2 * i] = dither ? dithered(audio.left[start + i], place) : audio.left[start + i];
            interleaved[2 * i + 1] =
                dither ? dithered(audio.right[start + i], place + 1) : audio.right[start + i];
        }
        const auto written = sf_writef_float(sink.get(), interleaved.data(), static_cast<sf_count_t>(count));
        if (written != static_cast<sf_count_t>(count))
            return Error{"Cannot write " + file.string() + ": the disk is full or cannot be written."};
    }
    if (sf_close(sink.release()) != 0)
        return Error{"Cannot write " + file.string() + ": the disk is full or cannot be written."};
    return target.commit();
}

} // namespace cantilena::sound
