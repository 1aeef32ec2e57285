#include "job_runner.h"

namespace cantilena::session {

JobRunner::JobRunner() : m_thread([this] { run(); }) {}

JobRunner::~JobRunner()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_waiting.clear();
        m_running.cancel();
    }
    m_wake.notify_all();
    m_thread.join();
}

void JobRunner::post(JobContext context, Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.emplace_back(std::move(context), std::move(job));
    }
    m_wake.notify_all();
}

void JobRunner::cancelAll()
{
    const std::lock_guard lock(m_mutex);
    m_waiting.clear();
    m_running.cancel();
}

void JobRunner::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_stop || !m_waiting.empty(); });
        if (m_stop)
            return;
        auto [context, job] = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running = context;
        lock.unlock();
        job(context);
        job = nullptr;
        lock.lock();
    }
}

} // namespace cantilena::session
