#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include <base/result.h>
#include <session/studio.h>

#include "job_runner.h"

namespace cantilena::session {

/// Questions that a worker thread answers with the workshop, numbered by kind. A new question of a kind drops
/// the older one: its answer never comes. Destroying it drops every question. For the interface thread, where
/// the answers arrive.
template<std::size_t Kinds> class Questions {
public:
    template<typename T> using Answer = std::function<void(const Result<T>&)>;

    Questions(std::shared_ptr<Workshop> workshop, PostToInterface post)
        : m_workshop(std::move(workshop)), m_post(std::move(post))
    {
    }
    ~Questions()
    {
        *m_alive = false;
        for (const JobContext& job : m_jobs)
            job.cancel();
    }
    Questions(const Questions&) = delete;
    Questions& operator=(const Questions&) = delete;

    /// `work` is called as work(workshop, job) on the runner's thread.
    template<typename T, typename Work>
    void ask(std::size_t kind, JobRunner& runner, Work work, Answer<T> answer)
    {
        JobContext& asked = m_jobs[kind];
        asked.cancel();
        asked = JobContext();
        runner.post(asked, [workshop = m_workshop, post = m_post, alive = m_alive, work = std::move(work),
                            answer = std::move(answer)](const JobContext& job) {
            if (job.cancelled())
                return;
            post([alive, job, answer, result = work(*workshop, job)] {
                if (*alive && !job.cancelled())
                    answer(result);
            });
        });
    }

    void cancel(std::size_t kind) { m_jobs[kind].cancel(); }

private:
    std::shared_ptr<Workshop> m_workshop;
    PostToInterface m_post;
    /// What it points to is the interface thread's.
    const std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    std::array<JobContext, Kinds> m_jobs;
};

} // namespace cantilena::session
