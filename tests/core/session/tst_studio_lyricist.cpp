#include <chat/endpoint.h>
#include <session/studio.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>

#include <QTemporaryDir>

#include "../chat/chat_server.h"
#include "../chat/lyric_pen.h"
#include "queue.h"

using namespace cantilena;
using namespace cantilena::session;

namespace fs = std::filesystem;

namespace {

constexpr const char* kKey = "sk-test-0123456789";

class Recorder : public Observer {
public:
    std::vector<std::string> messages;
    std::vector<std::pair<bool, std::string>> tests;

    void songOpened() override {}
    void songChanged() override {}
    void planReady(const PlanSummary&) override {}
    void jobChanged(const JobStatus&) override {}
    void saveStateChanged() override {}
    void recentChanged() override {}
    void lyricistTested(bool works, const std::string& sentence) override
    {
        tests.emplace_back(works, sentence);
    }
    void message(const std::string& sentence) override { messages.push_back(sentence); }
};

ChatServer::Reply goodAnswer(const ChatServer::Request& request, std::size_t)
{
    LyricPen pen(request.said());
    return ChatServer::saying(LyricPen::json("Lamp and Glass", pen.lines()));
}

/// Files below a folder that hold a text.
std::vector<std::string> filesWith(const fs::path& folder, const std::string& text)
{
    std::vector<std::string> found;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::stringstream bytes;
        bytes << in.rdbuf();
        if (bytes.str().find(text) != std::string::npos)
            found.push_back(fs::relative(entry.path(), folder).string());
    }
    return found;
}

} // namespace

class TestStudioLyricist : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    Queue m_queue;
    Recorder m_recorder;
    std::unique_ptr<Studio> m_studio;

    fs::path home() const { return m_home->path().toStdString(); }
    void open()
    {
        m_studio.reset();
        const fs::path source = CANTILENA_SOURCE_DIR;
        auto studio = Studio::open({source / "models",
                                    source / "resources",
                                    {},
                                    home() / "cache",
                                    home() / "data",
                                    home() / "config"},
                                   m_queue.poster());
        QVERIFY2(studio, studio ? "" : studio.error().message.c_str());
        m_studio = *std::move(studio);
        m_studio->setObserver(&m_recorder);
    }
    static compose::ComposeRequest request()
    {
        compose::ComposeRequest request;
        request.prompt = "a letter from the sea";
        request.length = music::Seconds{20};
        request.seed = 4;
        return request;
    }
    /// Lines of the song by who made them: on a server, by our models.
    std::pair<int, int> linesOf(const ChatServer& server) const
    {
        std::pair<int, int> count{0, 0};
        for (const song::SectionPtr& section : m_studio->song()->sections)
            for (const song::Line& line : section->lines) {
                const song::Origin* origin = m_studio->song()->origin(line.origin);
                ++(origin && origin->name == "test-model" && origin->version == server.host() ? count.first
                                                                                              : count.second);
            }
        return count;
    }

private Q_SLOTS:
    void init()
    {
        for (const char* name : {"CANTILENA_LYRICIST_URL", "CANTILENA_LYRICIST_MODEL",
                                 "CANTILENA_LYRICIST_KEY", "CANTILENA_LYRICIST_TIMEOUT"})
            qunsetenv(name);
        m_home = std::make_unique<QTemporaryDir>();
        m_recorder = {};
        open();
    }
    void cleanup() { m_studio.reset(); }

    void offByDefaultAndKept()
    {
        QVERIFY(m_studio->lyricist() == LyricistSettings{});
        QVERIFY(
            m_studio->setLyricist({true, " https://api.example.org/v1\n", "m-1 "}, std::string(kKey) + "\n"));
        open();
        const LyricistSettings kept = m_studio->lyricist();
        QVERIFY((kept == LyricistSettings{true, "https://api.example.org/v1", "m-1", true, false}));
        QCOMPARE(m_studio->setting("lyricist.url", ""), kept.url);
        // The key is in one file, which only the person can read.
        QCOMPARE(filesWith(home(), kKey), std::vector<std::string>{"config/lyricist-key"});
        struct stat status = {};
        QCOMPARE(::stat((home() / "config/lyricist-key").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t{0600});

        // No new key: the kept one stays, but for its server only.
        QVERIFY(m_studio->setLyricist({true, "https://api.example.org", "m-2"}, std::nullopt));
        QVERIFY(m_studio->lyricist().keyKept);
        QVERIFY(m_studio->setLyricist({true, "https://other.example.org", "m-2"}, std::nullopt));
        QVERIFY(!m_studio->lyricist().keyKept);
        QVERIFY(m_studio->setLyricist({false, "https://api.example.org", "m-2"}, std::string()));
        QVERIFY(!m_studio->lyricist().enabled && !m_studio->lyricist().keyKept);
        QVERIFY(filesWith(home(), kKey).empty());
    }

    void whatCannotBeUsedIsRefused()
    {
        QVERIFY(!m_studio->setLyricist({true, "", "m"}, std::nullopt));
        QVERIFY(!m_studio->setLyricist({true, "https://example.org", ""}, std::nullopt));
        QVERIFY(!m_studio->setLyricist({false, "https://me:secret@example.org", ""}, std::nullopt));
        QVERIFY(!m_studio->setLyricist({true, "http://example.org", "m"}, std::string(kKey)));
        QVERIFY(m_studio->lyricist() == LyricistSettings{});
        QVERIFY(m_studio->setLyricist({false, "", ""}, std::nullopt));
        QVERIFY(m_studio->setLyricist({false, "https://example.org", ""}, std::nullopt));
    }

    void theEnvironmentWins()
    {
        QVERIFY(m_studio->setLyricist({true, "https://api.example.org", "m-1"}, std::string(kKey)));
        qputenv("CANTILENA_LYRICIST_URL", "http://localhost:1/v1");
        qputenv("CANTILENA_LYRICIST_MODEL", "local");
        QVERIFY(
            (m_studio->lyricist() == LyricistSettings{true, "http://localhost:1/v1", "local", false, true}));
        const auto endpoint = endpointFromEnvironment();
        QVERIFY(endpoint && *endpoint);
        QVERIFY((*endpoint)->key.empty()); // the kept one is for another server
        qputenv("CANTILENA_LYRICIST_TIMEOUT", "7");
        QVERIFY((*endpointFromEnvironment())->timeout == std::chrono::seconds(7));
        for (const char* wrong : {"0", "x", "7s", "100000", "-1"}) {
            qputenv("CANTILENA_LYRICIST_TIMEOUT", wrong);
            QVERIFY(!endpointFromEnvironment());
        }
    }

    void aSongByALanguageModel()
    {
        const ChatServer server(goodAnswer);
        QVERIFY(m_studio->setLyricist({true, server.url() + "/v1?token=query-secret", "test-model"},
                                      std::string(kKey)));
        QVERIFY(m_studio->compose(request()));
        QVERIFY(m_queue.runUntil([&] { return m_studio->song() != nullptr; }));
        QVERIFY2(m_recorder.messages.empty(),
                 m_recorder.messages.empty() ? "" : m_recorder.messages[0].c_str());
        QVERIFY(server.requests().at(0).head.find(std::string("Bearer ") + kKey) != std::string::npos);
        const auto [theirs, ours] = linesOf(server);
        QVERIFY2(theirs >= 2, std::to_string(theirs).c_str());
        QVERIFY(ours <= 1); // the guard has false alarms
        QCOMPARE(m_studio->song()->head.title, std::string("Lamp and Glass"));
        const fs::path file = home() / "mine.cantilena";
        QVERIFY(m_studio->saveAs(file));
        QVERIFY(m_studio->exportMidi(home() / "mine.mid"));
        m_studio.reset();
        QCOMPARE(filesWith(home(), kKey), std::vector<std::string>{"config/lyricist-key"});
        for (const std::string& name : filesWith(home(), "query-secret"))
            QVERIFY2(name.starts_with("data/library.sqlite"), name.c_str());
    }

    void switchedOffNobodyIsAsked()
    {
        const ChatServer server(goodAnswer);
        QVERIFY(m_studio->setLyricist({false, server.url(), "test-model"}, std::nullopt));
        QVERIFY(m_studio->compose(request()));
        QVERIFY(m_queue.runUntil([&] { return m_studio->song() != nullptr; }));
        QCOMPARE(server.count(), std::size_t{0});
    }

    void whenItFailsOurModelsWriteAndThePersonIsTold()
    {
        const ChatServer server([](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.status = 401;
            reply.body = std::string("{\"error\": {\"message\": \"bad key ") + kKey + "\"}}";
            return reply;
        });
        QVERIFY(m_studio->setLyricist({true, server.url(), "test-model"}, std::string(kKey)));
        QVERIFY(m_studio->compose(request()));
        QVERIFY(m_queue.runUntil([&] { return m_studio->song() != nullptr; }));
        QCOMPARE(m_recorder.messages,
                 std::vector<std::string>{"The lyrics are by Cantilena's own models: " + server.host() +
                                          " refused the key; check it."});
        QCOMPARE(linesOf(server).first, 0);
        QVERIFY(linesOf(server).second >= 2);
    }

    void cancelActsWhileTheServerIsSilent()
    {
        const ChatServer server([](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.kind = ChatServer::Reply::Silent;
            return reply;
        });
        QVERIFY(m_studio->setLyricist({true, server.url(), "test-model"}, std::string(kKey)));
        QVERIFY(m_studio->compose(request()));
        QVERIFY(m_queue.runUntil([&] { return server.count() == 1; }));
        QElapsedTimer timer;
        timer.start();
        m_studio->cancelJob();
        m_studio.reset(); // waits for the job's thread
        // The server would stay silent until the question times out; a loaded machine takes a second.
        QVERIFY2(timer.elapsed() < chat::Endpoint().timeout.count() / 20,
                 std::to_string(timer.elapsed()).c_str());
        m_queue.run();
        QVERIFY(m_recorder.messages.empty());
    }

    void theEndpointIsTested()
    {
        const ChatServer server([](const ChatServer::Request& asked, std::size_t) {
            ChatServer::Reply reply = ChatServer::saying("ready");
            if (asked.head.find(std::string("Bearer ") + kKey) == std::string::npos)
                reply.status = 401;
            return reply;
        });
        m_studio->testLyricist({false, server.url(), "test-model"}, std::string(kKey));
        QVERIFY(m_queue.runUntil([&] { return m_recorder.tests.size() == 1; }));
        QVERIFY2(m_recorder.tests[0].first, m_recorder.tests[0].second.c_str());
        QCOMPARE(m_recorder.tests[0].second, "test-model at " + server.host() + " answers.");
        m_studio->testLyricist({false, server.url(), "test-model"}, std::nullopt);
        QVERIFY(m_queue.runUntil([&] { return m_recorder.tests.size() == 2; }));
        QVERIFY(!m_recorder.tests[1].first);
        QCOMPARE(m_recorder.tests[1].second,
                 server.host() + " asks for a key; give the one of your account there.");
        m_studio->testLyricist({false, "nonsense", ""}, std::nullopt);
        QVERIFY(m_queue.runUntil([&] { return m_recorder.tests.size() == 3; }));
        QVERIFY(!m_recorder.tests[2].first);
        // A test leaves nothing behind.
        QVERIFY(m_studio->lyricist() == LyricistSettings{});
        QVERIFY(filesWith(home(), kKey).empty());
    }
};

QTEST_GUILESS_MAIN(TestStudioLyricist)
#include "tst_studio_lyricist.moc"
