#include "session_bridge.h"

#include <base/job.h>

#include "messages.h"

namespace cantilena::ui {

SessionBridge::SessionBridge(session::Studio& studio, QObject* parent) : QObject(parent), m_studio(studio)
{
    m_studio.setObserver(this);
}

SessionBridge::~SessionBridge()
{
    m_studio.setObserver(nullptr);
}

bool SessionBridge::report(const Result<void>& result)
{
    if (result)
        return true;
    tell(QString::fromStdString(result.error().message));
    return false;
}

void SessionBridge::exported(const std::filesystem::path& file)
{
    tell(tr("Exported as %1.").arg(QString::fromStdString(file.string())));
}

void SessionBridge::tell(const QString& sentence)
{
    if (sentence.isEmpty() || sentence.toStdString() == kCancelledMessage)
        return;
    Q_EMIT messageRaised(translatedMessage(sentence));
}

} // namespace cantilena::ui
