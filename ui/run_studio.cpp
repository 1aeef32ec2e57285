#include <ui/run_studio.h>

#include <cstdio>

#include <QGuiApplication>

#include "window.h"

namespace cantilena::ui {

int runStudio(int& argc, char** argv, const ResourcePaths& paths)
{
    QGuiApplication::setApplicationName(QStringLiteral("Cantilena"));
    QGuiApplication::setDesktopFileName(QStringLiteral("cantilena"));
    QGuiApplication app(argc, argv);
    prepareApplication();

    auto studio = session::Studio::open(paths, [&app](std::function<void()> function) {
        QMetaObject::invokeMethod(&app, std::move(function), Qt::QueuedConnection);
    });
    if (!studio) {
        std::fprintf(stderr, "%s\n", studio.error().message.c_str());
        return 1;
    }
    Workspace workspace(**studio);
    QQmlApplicationEngine engine;
    if (!openWindow(engine, workspace)) {
        std::fprintf(stderr, "The window could not be made; the program is not completely installed.\n");
        return 1;
    }
    // A song's file as the only argument, as a file manager gives it.
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() == 2)
        workspace.start()->openRecent(arguments.last());
    return QGuiApplication::exec();
}

} // namespace cantilena::ui
