#include <QtTest>

#include <cstdio>

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>

#include "../song/example_song.h"
#include <store/song_file.h>

using namespace cantilena;
using namespace cantilena::store;
namespace fs = std::filesystem;
using song::Entry;
using song::exampleSong;
using song::History;
using song::SongPtr;
using song::Transaction;

namespace {

constexpr int kKills = 100;
constexpr std::uint64_t kReopenEvery =
    12; ///< gestures after which the child closes the file and opens it again

/// Gesture `number`, the same in the child and in the test. The title tells which one was the last.
void gesture(History& history, std::uint64_t number)
{
    Transaction t(history.song(), "gesture");
    song::SongHead head = history.song()->head;
    head.title = std::to_string(number);
    t.setHead(head);
    for (std::uint64_t step = 0; step < 4; ++step)
        randomGesture(t, Random(11, "recovery").at({number, step}));
    head = t.song().head;
    head.title = std::to_string(number);
    t.setHead(head);
    (void)history.commit(t);
}

/// The child: edits for ever, and says on standard output which gestures are on the disk.
int edit(const fs::path& path)
{
    for (std::uint64_t number = 1;;) {
        auto opened = SongFile::open(path);
        if (!opened) {
            std::fprintf(stderr, "%s\n", opened.error().message.c_str());
            return 1;
        }
        const std::unique_ptr<SongFile> file = *std::move(opened);
        History history = file->history();
        history.setListener([&](const Entry& applied) { file->append(applied, history.song()); });
        do {
            gesture(history, number);
            if (!file->flush())
                return 1;
            const std::string line = std::to_string(number) + "\n";
            if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
                return 1;
        } while (number++ % kReopenEvery != 0);
    }
}

struct Child {
    pid_t process = -1;
    int output = -1;
};

Child start(const fs::path& path)
{
    int ends[2] = {};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return {};
    const pid_t process = ::fork();
    if (process == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execl("/proc/self/exe", "tst_recovery", "--edit", path.c_str(), nullptr);
        ::_exit(2);
    }
    ::close(ends[1]);
    return {process, ends[0]};
}

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments()
    {
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "song.cantilena";
        const SongPtr first = exampleSong();
        std::vector<SongPtr> expected = {first};
        History history(first);
        std::uint64_t inProgress = 0;
        for (std::uint64_t kill = 0; kill < kKills; ++kill) {
            QVERIFY(SongFile::save(*first, path));
            const Random random = Random(12, "kill").at({kill});
            const Child child = start(path);
            QVERIFY(child.process > 0);

            // Let it work for a random number of gestures and a random moment more.
            const std::size_t enough = random.index(30);
            std::string heard;
            const auto listen = [&] {
                char buffer[256];
                const ssize_t count = ::read(child.output, buffer, sizeof buffer);
                if (count > 0)
                    heard.append(buffer, static_cast<std::size_t>(count));
                return count > 0;
            };
            while (static_cast<std::size_t>(std::count(heard.begin(), heard.end(), '\n')) < enough)
                QVERIFY2(listen(), "the child ended by itself");
            ::usleep(static_cast<useconds_t>(random.uniform(0, 6000, 1)));
            QCOMPARE(::kill(child.process, SIGKILL), 0);
            int status = 0;
            QCOMPARE(::waitpid(child.process, &status, 0), child.process);
            QVERIFY(WIFSIGNALED(status));
            while (listen()) {
            }
            ::close(child.output);
            const auto acknowledged =
                static_cast<std::uint64_t>(std::count(heard.begin(), heard.end(), '\n'));

            while (expected.size() <= acknowledged + 1) {
                gesture(history, expected.size());
                expected.push_back(history.song());
            }
            const auto read = SongFile::read(path);
            QVERIFY2(read, read ? "" : read.error().message.c_str());
            const std::string& title = (*read)->head.title;
            const std::uint64_t found = **read == *first ? 0 : std::stoull(title);
            QVERIFY2(found == acknowledged || found == acknowledged + 1,
                     (std::to_string(found) + " of " + std::to_string(acknowledged)).c_str());
            QVERIFY(**read == *expected[found]);
            inProgress += found > acknowledged;

            const auto opened = SongFile::open(path);
            QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
            QVERIFY(*(*opened)->song() == *expected[found]);
            // What the journal still holds can be undone.
            History again = (*opened)->history();
            if (again.canUndo()) {
                again.undo();
                QVERIFY(*again.song() == *expected[found - 1]);
            }
        }
        qInfo("killed %d times, %llu times with the gesture in progress already on the disk", kKills,
              static_cast<unsigned long long>(inProgress));
        QCOMPARE(std::distance(fs::directory_iterator(folder.path().toStdString()), fs::directory_iterator()),
                 std::ptrdiff_t{1});
    }
};

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--edit")
        return edit(argv[2]);
    QCoreApplication app(argc, argv);
    TestRecovery test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_recovery.moc"
