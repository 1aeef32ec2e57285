#include <session/tunesmith.h>

#include <memory>
#include <utility>

#include "job_runner.h"
#include "questions.h"
#include "tunesmith_jobs.h"

namespace cantilena::session {

namespace {

class WorkshopTunesmith : public Tunesmith {
public:
    WorkshopTunesmith(std::shared_ptr<Workshop> workshop, PostToInterface post)
        : m_questions(std::move(workshop), std::move(post))
    {
    }

    void take(song::SongPtr song, const TakeWish& wish, Answer answer) override
    {
        m_questions.ask<MelodyTake>(
            0, m_runner,
            [song = std::move(song), wish](Workshop& workshop, const JobContext& job) {
                return workshop.melodyTake(*song, wish, job);
            },
            std::move(answer));
    }

    void cancel() override { m_questions.cancel(0); }

private:
    Questions<1> m_questions;
    JobRunner m_runner; ///< last: its thread ends before anything above goes
};

} // namespace

std::unique_ptr<Tunesmith> makeTunesmith(std::shared_ptr<Workshop> workshop, PostToInterface post)
{
    return std::make_unique<WorkshopTunesmith>(std::move(workshop), std::move(post));
}

} // namespace cantilena::session
