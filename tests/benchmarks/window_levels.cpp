#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include <unistd.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include <store/song_file.h>

#include "piano_roll.h"
#include "window.h"
#include "workspace.h"

// Prints how long the window takes from the start of the process to its first frame with the keyboard in the
// text field, and how long the piano roll takes a frame with 5,000 notes at 1280 x 800.

using namespace cantilena;

namespace {

/// Seconds since the kernel started this process, to 10 ms.
double processAge()
{
    std::ifstream stat("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    std::size_t at = text.rfind(')') + 2;
    for (int field = 3; field < 22; ++field)
        at = text.find(' ', at) + 1;
    const double started = std::stod(text.substr(at)) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    double uptime = 0;
    std::ifstream("/proc/uptime") >> uptime;
    return uptime - started;
}

song::SongPtr bigSong(int notes)
{
    auto song = std::make_shared<song::Song>();
    song->head.title = "5,000 notes";
    song::Section section;
    section.id = song->ids.make<song::SectionId>();
    section.bars = notes / 16;
    section.name = "Verse";
    song->sections.push_back(std::make_shared<const song::Section>(section));
    song::Track track;
    track.head.id = song->ids.make<song::TrackId>();
    track.head.name = "Piano";
    for (int i = 0; i < notes; ++i) {
        song::Note note;
        note.id = song->ids.make<song::NoteId>();
        note.onset = music::kSixteenth * i;
        note.duration = music::kSixteenth * (1 + i % 3);
        note.pitch = {48 + i * 7 % 30};
        note.velocity = 50 + i % 60;
        track.notes.push_back(note);
    }
    song->tracks.push_back(std::make_shared<const song::Track>(track));
    return song;
}

void print(const char* name, std::vector<double> ms)
{
    std::sort(ms.begin(), ms.end());
    std::printf("%-44s mean %6.2f ms   95 %% under %6.2f ms   worst %6.2f ms\n", name,
                std::accumulate(ms.begin(), ms.end(), 0.0) / static_cast<double>(ms.size()),
                ms[ms.size() * 95 / 100], ms.back());
}

template<typename Function> double milliseconds(Function&& function)
{
    QElapsedTimer timer;
    timer.start();
    function();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

ui::PianoRoll* findRoll(QQuickItem* item)
{
    if (auto* roll = qobject_cast<ui::PianoRoll*>(item))
        return roll;
    for (QQuickItem* child : item->childItems())
        if (ui::PianoRoll* roll = findRoll(child))
            return roll;
    return nullptr;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QUICK_BACKEND", "software");
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir home;
    const std::filesystem::path folder = home.path().toStdString();
    const std::filesystem::path source = CANTILENA_SOURCE_DIR;
    const std::filesystem::path file = folder / "big.cantilena";

    QGuiApplication app(argc, argv);
    ui::prepareApplication();
    auto studio = session::Studio::open(
        {source / "models", source / "resources", {}, folder / "cache", folder / "data", folder / "config"},
        [&app](std::function<void()> function) {
            QMetaObject::invokeMethod(&app, std::move(function), Qt::QueuedConnection);
        });
    if (!studio) {
        std::fprintf(stderr, "%s\n", studio.error().message.c_str());
        return 1;
    }
    ui::Workspace workspace(**studio);
    QQmlApplicationEngine engine;
    if (!ui::openWindow(engine, workspace))
        return 1;
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    int frames = 0;
    QObject::connect(window, &QQuickWindow::frameSwapped, window, [&frames] { ++frames; });
    while (frames == 0 || !window->activeFocusItem())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    std::printf("%-44s %.2f s\n", "start of the process to a usable window", processAge());

    if (!store::SongFile::save(*bigSong(5'000), file) || !(*studio)->openFile(file))
        return 1;
    window->resize(1280, 800);
    QTest::qWait(500);
    ui::PianoRoll* roll = findRoll(window->contentItem());
    if (!roll)
        return 1;
    for (const bool everything : {false, true}) {
        roll->zoomBy(everything ? 0.001 : 1);
        std::vector<double> paints, windows;
        QImage image(1280, 800, QImage::Format_ARGB32_Premultiplied);
        for (int i = 0; i < 100; ++i) {
            roll->scrollToX(i * 0.006);
            paints.push_back(milliseconds([&] {
                QPainter painter(&image);
                roll->paint(&painter);
            }));
        }
        for (int i = 0; i < 40; ++i) {
            roll->scrollToX(i * 0.006);
            windows.push_back(milliseconds([&] { (void)window->grabWindow(); }));
        }
        print(everything ? "roll, 5,000 notes, zoomed out: paint" : "roll, 5,000 notes: paint", paints);
        print(everything ? "  whole window while scrolling" : "  whole window while scrolling", windows);
    }
    roll->zoomBy(1'000);
    roll->zoomBy(0.15);
    roll->scrollToX(0.1);
    QTest::qWait(100);
    roll->selectNeighbour(1);
    // Whole frames while a note is dragged: pointer event, drawing and showing.
    const ui::RollGeometry& g = roll->geometry();
    const song::TrackPtr track = (*studio)->song()->tracks[0];
    const song::NoteId selected = (*studio)->selection().notes.at(0);
    const song::Note note = *(*studio)->song()->note(track->head.id, selected);
    QPointF at = roll->mapToScene(g.noteRect(note.onset, note.duration, note.pitch.midi).center());
    QTest::mousePress(window, Qt::LeftButton, {}, at.toPoint());
    std::vector<double> drags;
    for (int i = 0; i < 100; ++i) {
        at += QPointF(i % 20 < 10 ? 6 : -6, i % 12 < 6 ? 4 : -4);
        drags.push_back(milliseconds([&] {
            QTest::mouseMove(window, at.toPoint());
            (void)window->grabWindow();
        }));
    }
    QTest::mouseRelease(window, Qt::LeftButton, {}, at.toPoint());
    print("  whole window while a note is dragged", drags);
    return 0;
}
