#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <base/result.h>

namespace cantilena {

/// The message of the Error that a stopped job returns; a person who pressed Cancel is not shown it.
inline constexpr std::string_view kCancelledMessage = "The job was cancelled.";

/// What a long function is given to say how far it is and to hear that it should stop. Copies share one
/// state. Every member may be called on any thread.
class JobContext {
public:
    /// Called with the stage's name (an English word such as "lyrics") and the stage's fraction, 0 to 1.
    using ProgressFunction = std::function<void(std::string_view stage, double fraction)>;

    JobContext() : m_cancelled(std::make_shared<std::atomic<bool>>(false)) {}
    explicit JobContext(ProgressFunction progress) : JobContext() { m_progress = std::move(progress); }

    void cancel() const { m_cancelled->store(true, std::memory_order_relaxed); }
    /// Asked at least every 100 ms by a job, so that a cancel acts within 200 ms.
    bool cancelled() const { return m_cancelled->load(std::memory_order_relaxed); }
    /// The same job, but everything below reports as stage `stage`, with its own fraction.
    JobContext nested(std::string_view stage) const
    {
        JobContext inner = *this;
        if (m_progress)
            inner.m_progress = [outer = m_progress, name = std::string(stage)](
                                   std::string_view, double fraction) { outer(name, fraction); };
        return inner;
    }
    Error cancelledError() const { return Error{std::string(kCancelledMessage)}; }

    void progress(std::string_view stage, double fraction) const
    {
        if (m_progress)
            m_progress(stage, fraction);
    }

private:
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    ProgressFunction m_progress;
};

inline bool isCancelled(const Error& error)
{
    return error.message == kCancelledMessage;
}

} // namespace cantilena
