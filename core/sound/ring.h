#pragma once

#include <array>
#include <atomic>
#include <cstddef>

namespace cantilena::sound {

/// A queue between one writing and one reading thread; no locks, no allocation. Capacity is a power of two.
template<typename T, std::size_t Capacity> class Ring {
    static_assert((Capacity & (Capacity - 1)) == 0);

public:
    /// Writing thread: false when the ring is full.
    bool push(const T& value)
    {
        const std::size_t tail = m_tail.load(std::memory_order_relaxed);
        if (tail - m_head.load(std::memory_order_acquire) == Capacity)
            return false;
        m_items[tail % Capacity] = value;
        m_tail.store(tail + 1, std::memory_order_release);
        return true;
    }
    /// Writing thread.
    bool full() const
    {
        return m_tail.load(std::memory_order_relaxed) - m_head.load(std::memory_order_acquire) == Capacity;
    }
    /// Reading thread: false when the ring is empty.
    bool pop(T& value)
    {
        const std::size_t head = m_head.load(std::memory_order_relaxed);
        if (head == m_tail.load(std::memory_order_acquire))
            return false;
        value = m_items[head % Capacity];
        m_head.store(head + 1, std::memory_order_release);
        return true;
    }

private:
    std::array<T, Capacity> m_items{};
    alignas(64) std::atomic<std::size_t> m_head{0};
    alignas(64) std::atomic<std::size_t> m_tail{0};
};

} // namespace cantilena::sound
