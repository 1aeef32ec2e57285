#pragma once

#include <QQuickImageProvider>

namespace cantilena::ui {

/// Serves image://icons/<name>/<colour>: the icon of resources/icons drawn in the colour ("#rrggbb" without
/// the hash) at the size that is asked for. Any thread.
class IconProvider : public QQuickImageProvider {
public:
    IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

} // namespace cantilena::ui
