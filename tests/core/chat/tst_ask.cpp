#include <chat/ask.h>

#include <array>
#include <condition_variable>
#include <cstring>

#include <dlfcn.h>
#include <netdb.h>

#include <QElapsedTimer>
#include <QTest>

#include "chat_server.h"

using namespace cantilena;
using namespace cantilena::chat;

namespace {

constexpr const char* kKey = "sk-test-0123456789";
constexpr const char* kSlowHost = "slow-names.test";

std::mutex gateMutex;
std::condition_variable gate;
bool gateOpen = false;
std::atomic<int> lookups{0};

} // namespace

/// Stands before the system's function for the whole program: one name is looked up until the test lets go.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result)
{
    if (name && std::strcmp(name, kSlowHost) == 0) {
        ++lookups;
        std::unique_lock lock(gateMutex);
        gate.wait_for(lock, std::chrono::seconds(3), [] { return gateOpen; });
        return EAI_NONAME;
    }
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto system = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return system(name, service, hints, result);
}

class TestAsk : public QObject {
    Q_OBJECT

    static Endpoint endpointOf(const ChatServer& server)
    {
        Endpoint endpoint{server.url() + "/v1", "test-model", kKey};
        endpoint.timeout = std::chrono::milliseconds(5000);
        return endpoint;
    }
    /// The sentence of a failed question, which never holds the key.
    static std::string failure(const Endpoint& endpoint, const JobContext& job = {})
    {
        const std::array<std::string, 1> turns{"Write a line."};
        const Result<std::string> answer = ask(endpoint, turns, job);
        if (answer)
            return "";
        if (answer.error().message.find(kKey) != std::string::npos)
            return "";
        return answer.error().message;
    }

private Q_SLOTS:
    void theConversationIsSentAndTheAnswerReturned()
    {
        const ChatServer server(
            [](const ChatServer::Request&, std::size_t) { return ChatServer::saying("雨 falls — “so”\n"); });
        const std::array<std::string, 3> turns{"Ask \"this\"\n", "That", std::string("again \xff")};
        Endpoint endpoint = endpointOf(server);
        endpoint.url += "/?api-version=7";
        const Result<std::string> answer = ask(endpoint, turns, {});
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(*answer, std::string("雨 falls — “so”\n"));
        const ChatServer::Request request = server.requests().at(0);
        QVERIFY2(request.head.starts_with("POST /v1/chat/completions?api-version=7 HTTP/1.1"),
                 request.head.c_str());
        QVERIFY(request.head.find(std::string("Authorization: Bearer ") + kKey) != std::string::npos);
        QVERIFY(request.body.find(kKey) == std::string::npos);
        const auto body = nlohmann::json::parse(request.body);
        QCOMPARE(body["model"].get<std::string>(), std::string("test-model"));
        QCOMPARE(body["messages"].size(), std::size_t{3});
        QCOMPARE(body["messages"][0]["role"].get<std::string>(), std::string("user"));
        QCOMPARE(body["messages"][1]["role"].get<std::string>(), std::string("assistant"));
        QCOMPARE(body["messages"][0]["content"].get<std::string>(), turns[0]);
    }

    void withoutAKeyNoneIsSent()
    {
        const ChatServer server(
            [](const ChatServer::Request&, std::size_t) { return ChatServer::saying("yes"); });
        Endpoint endpoint = endpointOf(server);
        endpoint.key.clear();
        const std::array<std::string, 1> turns{"?"};
        QVERIFY(ask(endpoint, turns, {}));
        QVERIFY(server.requests().at(0).head.find("Authorization") == std::string::npos);
    }

    void errorsAreOneClearSentence_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("part");
        const QByteArray leak = QByteArray("{\"error\":{\"message\":\"Incorrect key: ") + kKey + "\"}}";
        QTest::newRow("401") << 401 << leak << "refused the key";
        QTest::newRow("402") << 402 << leak << "payment";
        QTest::newRow("404") << 404 << leak << "no such address or model";
        QTest::newRow("400") << 400 << leak << "status 400";
        QTest::newRow("429") << 429 << leak << "too often";
        QTest::newRow("500") << 500 << leak << "status 500";
        QTest::newRow("empty body") << 200 << QByteArray() << "no chat answer";
        QTest::newRow("a web page") << 200 << QByteArray("<html>hello</html>") << "no chat answer";
        QTest::newRow("cut JSON") << 200 << QByteArray("{\"choices\":[{\"message\":{\"content\":\"a")
                                  << "no chat answer";
        QTest::newRow("other JSON") << 200 << QByteArray("[1,2,{\"choices\":[]}]") << "no chat answer";
        QTest::newRow("no choices") << 200 << QByteArray("{\"choices\":[]}") << "no chat answer";
        QTest::newRow("deep") << 200 << QByteArray(400'000, '[') << "no chat answer";
        QTest::newRow("content is null")
            << 200 << QByteArray("{\"choices\":[{\"message\":{\"content\":null}}]}") << "empty answer";
        QTest::newRow("content is spaces")
            << 200 << QByteArray("{\"choices\":[{\"message\":{\"content\":\" \\n \"}}]}") << "empty answer";
        QTest::newRow("long content")
            << 200
            << QByteArray("{\"choices\":[{\"message\":{\"content\":\"") + QByteArray(600'000, 'a') + "\"}}]}"
            << "far more";
    }
    void errorsAreOneClearSentence()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, part);
        const ChatServer server([&](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.status = status;
            reply.body = body.toStdString();
            return reply;
        });
        const std::string sentence = failure(endpointOf(server));
        QVERIFY2(QString::fromStdString(sentence).contains(part), sentence.c_str());
        QVERIFY(sentence.starts_with(server.host()) && sentence.ends_with('.'));
        QCOMPARE(std::count(sentence.begin(), sentence.end(), '\n'), 0);
    }

    void aServerThatWantsAKey()
    {
        const ChatServer server([](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.status = 401;
            return reply;
        });
        Endpoint endpoint = endpointOf(server);
        endpoint.key.clear();
        QVERIFY(failure(endpoint).find("asks for a key") != std::string::npos);
    }

    void nothingListens()
    {
        std::string url;
        {
            const ChatServer server(
                [](const ChatServer::Request&, std::size_t) { return ChatServer::saying(""); });
            url = server.url();
        }
        QVERIFY(failure({url, "m", kKey}).find("takes no connection") != std::string::npos);
        QVERIFY(failure({"http://nobody.invalid", "m", ""}).find("not found") != std::string::npos);
    }

    void noSecureConnection()
    {
        const ChatServer server(
            [](const ChatServer::Request&, std::size_t) { return ChatServer::saying("plain"); });
        Endpoint endpoint = endpointOf(server);
        endpoint.url.replace(0, 4, "https");
        const std::string sentence = failure(endpoint);
        QVERIFY2(sentence.find("secure connection") != std::string::npos, sentence.c_str());
    }

    void answersOfOtherKinds()
    {
        ChatServer::Reply::Kind kind = ChatServer::Reply::Endless;
        const ChatServer server([&](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.kind = kind;
            reply.body = "{\"choices\":";
            return reply;
        });
        QVERIFY(failure(endpointOf(server)).find("far more") != std::string::npos);
        kind = ChatServer::Reply::Cut;
        QVERIFY(failure(endpointOf(server)).find("broke off") != std::string::npos);
    }

    void anotherServerGetsNeitherKeyNorWords_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {301, 302, 303, 307, 308})
            QTest::newRow(std::to_string(status).c_str()) << status;
    }
    void anotherServerGetsNeitherKeyNorWords()
    {
        QFETCH(int, status);
        const ChatServer other(
            [](const ChatServer::Request&, std::size_t) { return ChatServer::saying("hello"); });
        const ChatServer server([&](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.status = status;
            reply.headers = "Location: " + other.url() + "/v1/chat/completions?key=" + kKey + "\r\n";
            return reply;
        });
        const std::string sentence = failure(endpointOf(server));
        QVERIFY2(sentence.find(other.host()) != std::string::npos, sentence.c_str());
        QCOMPARE(other.count(), std::size_t{0});
        QCOMPARE(server.count(), std::size_t{1});
    }

    void aLateAnswerIsNotWaitedFor()
    {
        const ChatServer server([](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.kind = ChatServer::Reply::Silent;
            return reply;
        });
        Endpoint endpoint = endpointOf(server);
        endpoint.timeout = std::chrono::milliseconds(300);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(failure(endpoint).find("in time") != std::string::npos);
        QVERIFY2(timer.elapsed() >= 290 && timer.elapsed() < 1500, std::to_string(timer.elapsed()).c_str());
    }

    void cancelActsAtOnce_data()
    {
        QTest::addColumn<bool>("slowName");
        QTest::newRow("while the server is silent") << false;
        QTest::newRow("while the name is looked up") << true;
    }
    void cancelActsAtOnce()
    {
        QFETCH(bool, slowName);
        {
            const std::lock_guard lock(gateMutex);
            gateOpen = false;
        }
        const ChatServer server([](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.kind = ChatServer::Reply::Silent;
            return reply;
        });
        Endpoint endpoint = endpointOf(server);
        endpoint.timeout = std::chrono::milliseconds(60'000);
        if (slowName)
            endpoint.url = std::string("https://") + kSlowHost;
        const JobContext job;
        QElapsedTimer timer;
        std::thread person([&] {
            while (slowName ? lookups == 0 : server.count() == 0)
                std::this_thread::yield();
            timer.start();
            job.cancel();
        });
        const std::array<std::string, 1> turns{"?"};
        const Result<std::string> answer = ask(endpoint, turns, job);
        person.join();
        const qint64 elapsed = timer.elapsed();
        {
            const std::lock_guard lock(gateMutex);
            gateOpen = true;
        }
        gate.notify_all();
        QVERIFY(!answer && isCancelled(answer.error()));
        QVERIFY2(elapsed < 300, std::to_string(elapsed).c_str());
    }

    void aCancelledJobAsksNobody()
    {
        const ChatServer server(
            [](const ChatServer::Request&, std::size_t) { return ChatServer::saying("yes"); });
        const JobContext job;
        job.cancel();
        const std::array<std::string, 1> turns{"?"};
        const Result<std::string> answer = ask(endpointOf(server), turns, job);
        QVERIFY(!answer && isCancelled(answer.error()));
        QCOMPARE(server.count(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestAsk)
#include "tst_ask.moc"
