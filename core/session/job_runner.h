#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include <base/job.h>

namespace cantilena::session {

/// One worker thread that runs jobs in order. Destroying it cancels the running job, drops the waiting ones
/// and waits.
class JobRunner {
public:
    using Job = std::function<void(const JobContext&)>;

    JobRunner();
    ~JobRunner();
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;

    /// Queues a job. Any thread.
    void post(JobContext context, Job job);
    /// Cancels the running job and drops the waiting ones. Any thread.
    void cancelAll();

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::pair<JobContext, Job>> m_waiting;
    JobContext m_running;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace cantilena::session
