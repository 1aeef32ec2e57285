#pragma once

#include <memory>

#include <session/studio.h>
#include <session/tunesmith.h>

namespace cantilena::session {

/// A tunesmith that asks the workshop on a thread of its own. Destroying it drops the question.
std::unique_ptr<Tunesmith> makeTunesmith(std::shared_ptr<Workshop> workshop, PostToInterface post);

} // namespace cantilena::session
