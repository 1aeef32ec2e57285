#pragma once

#include <mutex>
#include <optional>
#include <utility>

#include <base/result.h>

namespace cantilena::session {

/// A thing that loads on first use, once, for all threads. A failed load is tried again the next time, since
/// the person may have mended the cause.
template<typename T> class Loaded {
public:
    /// The thing, loaded by `load` (a function that returns Result<T>) when nobody did before.
    template<typename Load> Result<const T*> get(const Load& load)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_value) {
            Result<T> result = load();
            if (!result)
                return result.error();
            m_value.emplace(*std::move(result));
        }
        return static_cast<const T*>(&*m_value);
    }

private:
    std::mutex m_mutex;
    std::optional<T> m_value;
};

} // namespace cantilena::session
