#pragma once

#include <deque>
#include <functional>
#include <mutex>

#include <QElapsedTimer>
#include <QTest>

#include <session/studio.h>

/// The interface thread's queue, run by the test.
class Queue {
public:
    cantilena::session::PostToInterface poster()
    {
        return [this](std::function<void()> function) {
            const std::lock_guard lock(m_mutex);
            m_functions.push_back(std::move(function));
        };
    }
    void run()
    {
        while (true) {
            std::function<void()> next;
            {
                const std::lock_guard lock(m_mutex);
                if (m_functions.empty())
                    return;
                next = std::move(m_functions.front());
                m_functions.pop_front();
            }
            next();
        }
    }
    template<typename Condition> bool runUntil(const Condition& condition, int milliseconds = 120'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < milliseconds) {
            run();
            if (condition())
                return true;
            QTest::qWait(5);
        }
        return false;
    }

private:
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_functions;
};
