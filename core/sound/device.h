#pragma once

#include <functional>
#include <memory>
#include <string>

#include <base/result.h>

namespace cantilena::sound {

/// The default output device, through PortAudio. One thread makes, asks and destroys it.
class OutputDevice {
public:
    /// Fills interleaved stereo; called on the device's own thread; must not allocate, lock or throw.
    using Fill = std::function<void(float* interleaved, unsigned long frames)>;

    /// Opens and starts the device. An error says in one sentence why there is none.
    static Result<std::unique_ptr<OutputDevice>> open(int framesPerBlock, Fill fill,
                                                      std::function<void()> underrun);
    ~OutputDevice();
    OutputDevice(const OutputDevice&) = delete;
    OutputDevice& operator=(const OutputDevice&) = delete;

    const std::string& name() const;
    double latencySeconds() const;
    bool running() const; ///< false when the device has gone

private:
    OutputDevice();

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::sound
