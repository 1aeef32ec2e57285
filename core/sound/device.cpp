#include "device.h"

#include <algorithm>
#include <cstdarg>

#include <dlfcn.h>
#include <portaudio.h>
#ifdef __linux__
#include <pa_linux_alsa.h>
#endif

#include <sound/buffer.h>

namespace cantilena::sound {

namespace {

void silentAlsa(const char*, int, const char*, int, const char*, ...) {}
void silentJack(const char*) {}

/// ALSA and JACK write pages to standard error when there is no device. They come in through PortAudio, so
/// their switches are looked up instead of linked.
void silenceDrivers()
{
    using AlsaHandler = void (*)(const char*, int, const char*, int, const char*, ...);
    if (auto* set = reinterpret_cast<int (*)(AlsaHandler)>(dlsym(RTLD_DEFAULT, "snd_lib_error_set_handler")))
        set(silentAlsa);
    using JackHandler = void (*)(const char*);
    for (const char* name : {"jack_set_error_function", "jack_set_info_function"})
        if (auto* set = reinterpret_cast<void (*)(JackHandler)>(dlsym(RTLD_DEFAULT, name)))
            set(silentJack);
}

Error noDevice(const std::string& why)
{
    return Error{"There is no sound device (" + why + "), so playback is silent; export still works."};
}

} // namespace

struct OutputDevice::Impl {
    bool initialised = false;
    PaStream* stream = nullptr;
    std::string name;
    double latency = 0;
    Fill fill;
    std::function<void()> underrun;

    ~Impl()
    {
        if (stream) {
            Pa_AbortStream(stream);
            Pa_CloseStream(stream);
        }
        if (initialised)
            Pa_Terminate();
    }

    static int callback(const void*, void* output, unsigned long frames, const PaStreamCallbackTimeInfo*,
                        PaStreamCallbackFlags flags, void* self)
    {
        auto* impl = static_cast<Impl*>(self);
        if (flags & paOutputUnderflow)
            impl->underrun();
        impl->fill(static_cast<float*>(output), frames);
        return paContinue;
    }
};

OutputDevice::OutputDevice() : m_impl(std::make_unique<Impl>()) {}
OutputDevice::~OutputDevice() = default;

Result<std::unique_ptr<OutputDevice>> OutputDevice::open(int framesPerBlock, Fill fill,
                                                         std::function<void()> underrun)
{
    silenceDrivers();
    std::unique_ptr<OutputDevice> device(new OutputDevice);
    Impl& impl = *device->m_impl;
    impl.fill = std::move(fill);
    impl.underrun = std::move(underrun);
    if (const PaError error = Pa_Initialize(); error != paNoError)
        return noDevice(Pa_GetErrorText(error));
    impl.initialised = true;
    const PaDeviceIndex index = Pa_GetDefaultOutputDevice();
    const PaDeviceInfo* info = index == paNoDevice ? nullptr : Pa_GetDeviceInfo(index);
    if (!info || info->maxOutputChannels < 2)
        return noDevice("none was found");
    impl.name = info->name;
    PaStreamParameters parameters = {};
    parameters.device = index;
    parameters.channelCount = 2;
    parameters.sampleFormat = paFloat32;
    // Other programs of a two-core machine want the processor too: 80 ms ride over what they take.
    parameters.suggestedLatency = std::max(info->defaultLowOutputLatency, 0.08);
    PaError error =
        Pa_OpenStream(&impl.stream, nullptr, &parameters, kSampleRate,
                      static_cast<unsigned long>(framesPerBlock), paNoFlag, &Impl::callback, &impl);
    if (error != paNoError) {
        impl.stream = nullptr;
        return noDevice(impl.name + ": " + Pa_GetErrorText(error));
    }
#ifdef __linux__
    // Where the system allows it, the callback goes before other work; where not, this does nothing.
    if (Pa_GetHostApiInfo(info->hostApi)->type == paALSA)
        PaAlsa_EnableRealtimeScheduling(impl.stream, 1);
#endif
    if (error = Pa_StartStream(impl.stream); error != paNoError)
        return noDevice(impl.name + ": " + Pa_GetErrorText(error));
    if (const PaStreamInfo* stream = Pa_GetStreamInfo(impl.stream))
        impl.latency = stream->outputLatency;
    return device;
}

const std::string& OutputDevice::name() const
{
    return m_impl->name;
}
double OutputDevice::latencySeconds() const
{
    return m_impl->latency;
}
bool OutputDevice::running() const
{
    return Pa_IsStreamActive(m_impl->stream) == 1;
}

} // namespace cantilena::sound
