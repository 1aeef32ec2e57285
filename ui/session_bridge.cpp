#include "session_bridge.h"

#include <QCoreApplication>

#include <base/job.h>

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

void SessionBridge::tell(const QString& sentence)
{
    if (sentence.isEmpty() || sentence.toStdString() == kCancelledMessage)
        return;
    // Sentences without a variable part have a translation; the others stay as the core wrote them.
    Q_EMIT messageRaised(QCoreApplication::translate("Messages", sentence.toUtf8().constData()));
}

} // namespace cantilena::ui
