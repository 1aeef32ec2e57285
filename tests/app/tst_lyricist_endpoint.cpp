#include "program.h"

#include <csignal>

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>

#include "../core/chat/chat_server.h"
#include "../core/chat/lyric_pen.h"

using nlohmann::json;

namespace {

constexpr const char* kKey = "sk-test-0123456789";

} // namespace

/// `cantilena compose` with a language model as lyricist, against a server of the test's own.
class TestLyricistEndpoint : public QObject {
    Q_OBJECT

    static QMap<QString, QString> environment(const ChatServer& server)
    {
        return {{"CANTILENA_LYRICIST_URL", QString::fromStdString(server.url() + "/v1?token=query-secret")},
                {"CANTILENA_LYRICIST_MODEL", "test-model"},
                {"CANTILENA_LYRICIST_KEY", kKey}};
    }
    static QStringList request(const Program& program, const QString& prompt = "a letter from the sea")
    {
        return {"compose",  "--prompt", prompt,
                "--length", "30",       "--seed",
                "4",        "-o",       program.path("a.cantilena")};
    }
    static json info(const Program& program)
    {
        const auto outcome = program.run({"info", program.path("a.cantilena"), "--json"});
        return json::parse(outcome.out.toStdString(), nullptr, false);
    }
    /// Lines by who wrote them.
    static int linesBy(const json& object, const std::string& name)
    {
        int lines = 0;
        for (const json& origin : object["provenance"]["origins"])
            lines += origin["name"] == name ? origin["lines"].get<int>() : 0;
        return lines;
    }
    static void verifyEverySyllableIsSung(const json& object)
    {
        int syllables = 0;
        for (const json& section : object["sections"])
            for (const json& line : section["lines"])
                for (const json& syllable : line["syllables"]) {
                    ++syllables;
                    QVERIFY(!syllable["notes"].empty());
                }
        QVERIFY(syllables > 20);
    }
    /// Neither in what was printed nor in any file of the person's.
    static void verifyNoKey(const Program& program, const Program::Outcome& outcome)
    {
        for (const QByteArray secret : {kKey, "query-secret"}) {
            QVERIFY(!outcome.out.contains(secret) && !outcome.err.contains(secret));
            QDirIterator files(program.path("."), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(!file.readAll().contains(secret), file.fileName().toUtf8().constData());
            }
        }
    }

private Q_SLOTS:
    void aGoodAnswerIsSung_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("English") << QString("a letter from the sea");
        QTest::newRow("Mandarin") << QString("写一首关于夏天海边的轻快的歌");
    }
    void aGoodAnswerIsSung()
    {
        QFETCH(QString, prompt);
        const ChatServer server([](const ChatServer::Request& asked, std::size_t) {
            LyricPen pen(asked.said());
            return ChatServer::saying("```json\n" + LyricPen::json("Lamp and Glass", pen.lines()) + "\n```");
        });
        const Program program;
        const auto outcome = program.run(request(program, prompt), environment(server));
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY(!outcome.err.contains("own models"));
        QVERIFY(outcome.out.startsWith("Lamp and Glass\n"));
        QVERIFY(server.requests().at(0).head.find(std::string("Bearer ") + kKey) != std::string::npos);
        const json object = info(program);
        QVERIFY(linesBy(object, "test-model") >= 3);
        bool named = false;
        for (const json& origin : object["provenance"]["origins"])
            named = named || origin["origin"] == "test-model at " + server.host();
        QVERIFY(named);
        verifyEverySyllableIsSung(object);
        verifyNoKey(program, outcome);
    }

    void wrongCountsAreMended()
    {
        LyricPen::Lines good;
        const ChatServer server([&](const ChatServer::Request& asked, std::size_t index) {
            if (index > 0)
                return ChatServer::saying(LyricPen::json("Lamp", good));
            LyricPen pen(asked.said());
            LyricPen::Lines bent = good = pen.lines();
            for (auto& section : bent)
                section[0] += " and more and more";
            return ChatServer::saying(LyricPen::json("Lamp", bent));
        });
        const Program program;
        const auto outcome = program.run(request(program), environment(server));
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QCOMPARE(server.count(), std::size_t{2});
        QVERIFY(!outcome.out.contains("and more"));
        verifyEverySyllableIsSung(info(program));
        verifyNoKey(program, outcome);
    }

    void whenItFailsOurModelsWrite_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("part");
        QTest::newRow("401") << 401 << int{ChatServer::Reply::Plain} << "refused the key";
        QTest::newRow("429") << 429 << int{ChatServer::Reply::Plain} << "too often";
        QTest::newRow("500") << 500 << int{ChatServer::Reply::Plain} << "status 500";
        QTest::newRow("redirection") << 307 << int{ChatServer::Reply::Plain} << "https://other.example.org";
        QTest::newRow("garbage") << 200 << int{ChatServer::Reply::Plain} << "Too few lines";
        QTest::newRow("huge") << 200 << int{ChatServer::Reply::Endless} << "far more";
        QTest::newRow("late") << 200 << int{ChatServer::Reply::Silent} << "in time";
    }
    void whenItFailsOurModelsWrite()
    {
        QFETCH(int, status);
        QFETCH(int, kind);
        QFETCH(QString, part);
        const ChatServer server([&](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply = ChatServer::saying(std::string("\x01 {[ your key is ") + kKey);
            reply.status = status;
            reply.kind = static_cast<ChatServer::Reply::Kind>(kind);
            if (status == 307)
                reply.headers = std::string("Location: https://other.example.org/v1?key=") + kKey + "\r\n";
            return reply;
        });
        const Program program;
        auto variables = environment(server);
        if (kind == ChatServer::Reply::Silent)
            variables["CANTILENA_LYRICIST_TIMEOUT"] = "1";
        const auto outcome = program.run(request(program), variables);
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY2(outcome.err.contains("The lyrics are by Cantilena's own models: ") &&
                     outcome.err.contains(part.toUtf8()),
                 outcome.err.constData());
        const json object = info(program);
        QCOMPARE(linesBy(object, "test-model"), 0);
        QVERIFY(linesBy(object, "lyrics-en") >= 3);
        verifyNoKey(program, outcome);
    }

    void anInterruptEndsTheWaiting()
    {
        const ChatServer server([](const ChatServer::Request&, std::size_t) {
            ChatServer::Reply reply;
            reply.kind = ChatServer::Reply::Silent;
            return reply;
        });
        const Program program;
        Program::Outcome outcome;
        QElapsedTimer timer;
        std::thread person;
        outcome = program.run(request(program), environment(server), [&](qint64 process) {
            person = std::thread([&, process] {
                while (server.count() == 0)
                    std::this_thread::yield();
                timer.start();
                ::kill(static_cast<pid_t>(process), SIGINT);
            });
        });
        const qint64 elapsed = timer.elapsed();
        person.join();
        QCOMPARE(outcome.status, 1);
        QVERIFY2(elapsed < 2000,
                 std::to_string(elapsed).c_str()); // with the time that the program takes to end
        QVERIFY(outcome.err.contains("cancelled"));
        QVERIFY(!QFile::exists(program.path("a.cantilena")));
        verifyNoKey(program, outcome);
    }

    void settingsThatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("address") << "CANTILENA_LYRICIST_URL"
                                 << "ftp://example.org";
        QTest::newRow("model") << "CANTILENA_LYRICIST_MODEL"
                               << "";
        QTest::newRow("key") << "CANTILENA_LYRICIST_KEY"
                             << "two words";
        QTest::newRow("time-out") << "CANTILENA_LYRICIST_TIMEOUT"
                                  << "soon";
    }
    void settingsThatCannotBeUsed()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const ChatServer server(
            [](const ChatServer::Request&, std::size_t) { return ChatServer::saying("{}"); });
        const Program program;
        auto variables = environment(server);
        variables[name] = value;
        const auto outcome = program.run(request(program), variables);
        QVERIFY2(Program::isOneSentence(outcome), outcome.err.constData());
        QVERIFY(!QFile::exists(program.path("a.cantilena")));
        QCOMPARE(server.count(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestLyricistEndpoint)
#include "tst_lyricist_endpoint.moc"
