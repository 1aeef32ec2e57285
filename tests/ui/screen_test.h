#pragma once

#include <algorithm>
#include <set>

#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include "fake_studio.h"
#include "window.h"

namespace cantilena::test {

/// All items below one, itself included.
inline void collect(QQuickItem* item, std::vector<QQuickItem*>& items)
{
    items.push_back(item);
    for (QQuickItem* child : item->childItems())
        collect(child, items);
}

/// Opens the real window on the double before every test, and fails one that made QML complain.
class ScreenTest : public QObject {
    Q_OBJECT

protected:
    std::unique_ptr<session::Studio> m_studio;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
    QStringList m_warnings;

    QImage look(const QString& name)
    {
        QTest::qWait(150);
        const QImage image = m_window->grabWindow();
        QDir folder(QCoreApplication::applicationDirPath());
        folder.mkdir(QStringLiteral("screens"));
        image.save(folder.filePath(QStringLiteral("screens/%1.png").arg(name)));
        return image;
    }

    /// Rows of what a window is looked at in: both themes, both languages, wide and small.
    static void addLooks()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        QTest::newRow("dark-en") << true << "en" << QSize(1280, 800);
        QTest::newRow("light-zh") << false << "zh" << QSize(1280, 800);
        QTest::newRow("light-en-small") << false << "en" << QSize(960, 620);
        QTest::newRow("dark-zh-small") << true << "zh" << QSize(960, 620);
    }

    static bool blank(const QImage& image)
    {
        std::set<QRgb> colours;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7)
                colours.insert(image.pixel(x, y));
        }
        return colours.size() < 12;
    }

    /// Controls that stick out of the window or that have no accessible name.
    QStringList faults() const
    {
        QStringList faults;
        std::vector<QQuickItem*> items;
        collect(m_window->contentItem(), items);
        for (QQuickItem* item : items) {
            if (!item->isVisible() || !item->activeFocusOnTab() || item->width() <= 0)
                continue;
            const QRectF place = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
            if (place.left() < -1 || place.right() > m_window->width() + 1)
                faults.append(
                    QStringLiteral("outside: %1").arg(QString::fromLatin1(item->metaObject()->className())));
        }
        return faults;
    }

    /// The visible item with this accessible text; nothing when there is none.
    QQuickItem* find(const QString& text) const
    {
        std::vector<QQuickItem*> items;
        collect(m_window->contentItem(), items);
        for (QQuickItem* item : items) {
            if (item->isVisible() && item->property("text").toString() == text && item->activeFocusOnTab())
                return item;
        }
        return nullptr;
    }

    void click(QQuickItem* item, bool twice = false)
    {
        QVERIFY(item);
        const QPoint at = item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint();
        if (twice)
            QTest::mouseDClick(m_window, Qt::LeftButton, {}, at);
        else
            QTest::mouseClick(m_window, Qt::LeftButton, {}, at);
    }

private Q_SLOTS:
    void init()
    {
        m_engine.reset();
        m_workspace.reset();
        m_warnings.clear();
        m_studio = openFake();
        FakeStudio& fake = fakeStudio();
        fake.recent = {
            {"/home/mei/Music/Rain Over the Lake.cantilena", "Rain Over the Lake",
             language::Language::English, 151, "2026-11-26 14:05", false},
            {"/home/mei/.local/share/cantilena/songs/4.cantilena", "雨落西湖", language::Language::Mandarin,
             163, "2026-11-25 21:40", true},
            {"/home/mei/.local/share/cantilena/songs/3.cantilena",
             "A very long title about all the small things that a person remembers on a train at night",
             language::Language::English, 98, "2026-11-24 08:12", true}};
        m_workspace = std::make_unique<ui::Workspace>(*m_studio);
        m_engine = std::make_unique<QQmlApplicationEngine>();
        connect(m_engine.get(), &QQmlEngine::warnings, this, [this](const QList<QQmlError>& errors) {
            for (const QQmlError& error : errors)
                m_warnings.append(error.toString());
        });
        QVERIFY(ui::openWindow(*m_engine, *m_workspace));
        m_window = qobject_cast<QQuickWindow*>(m_engine->rootObjects().constFirst());
        QVERIFY(m_window);
    }

    void cleanup()
    {
        m_window = nullptr;
        m_engine.reset();
        m_workspace.reset();
        m_studio.reset();
        QCOMPARE(m_warnings, QStringList());
    }
};

} // namespace cantilena::test
