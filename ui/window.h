#pragma once

#include <QQmlApplicationEngine>

#include "workspace.h"

namespace cantilena::ui {

/// Fonts and the style of Qt's own dialogs; once, after the application object was made.
void prepareApplication();

/// Loads the window into the engine and keeps its language in step with the workspace, which must outlive the
/// engine. False when the window could not be made.
bool openWindow(QQmlApplicationEngine& engine, Workspace& workspace);

} // namespace cantilena::ui
