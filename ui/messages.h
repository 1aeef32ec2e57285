#pragma once

#include <QString>

namespace cantilena::ui {

/// A sentence of the core in the language of the window. Sentences that have no translation stay as they are.
QString translatedMessage(const QString& sentence);

} // namespace cantilena::ui
