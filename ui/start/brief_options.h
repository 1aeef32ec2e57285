#pragma once

#include <QVariantList>

#include <session/studio.h>

#include "brief_model.h"

namespace cantilena::ui {

/// What can be chosen in a matter of the brief, in the window's language: a list of {id, name}. For numbers,
/// some usual ones.
QVariantList briefOptions(BriefModel::Matter matter, const session::Studio& studio);

/// The id of the voice that is none.
const QString& instrumentalVoice();

} // namespace cantilena::ui
