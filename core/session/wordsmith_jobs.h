#pragma once

#include <memory>

#include <session/studio.h>
#include <session/wordsmith.h>

namespace cantilena::session {

/// A wordsmith that asks the workshop on threads of its own. Destroying it drops every question.
std::unique_ptr<Wordsmith> makeWordsmith(std::shared_ptr<Workshop> workshop, PostToInterface post);

} // namespace cantilena::session
