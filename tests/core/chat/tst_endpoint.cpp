#include <chat/endpoint.h>

#include <QTest>

using namespace cantilena;
using namespace cantilena::chat;

class TestEndpoint : public QObject {
    Q_OBJECT

    static std::string problem(const Endpoint& endpoint)
    {
        const Result<void> result = check(endpoint);
        return result ? std::string() : result.error().message;
    }

private Q_SLOTS:
    void addressesThatCanBeUsed_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("origin");
        QTest::newRow("a service") << "https://api.deepseek.com"
                                   << "api.deepseek.com"
                                   << "https://api.deepseek.com:443";
        QTest::newRow("a path, a query") << "https://API.example.org/v1/?version=2#x"
                                         << "api.example.org"
                                         << "https://api.example.org:443";
        QTest::newRow("this computer") << "http://localhost:11434/v1"
                                       << "localhost:11434"
                                       << "http://localhost:11434";
        QTest::newRow("IPv6") << "http://[::1]:8080"
                              << "[::1]:8080"
                              << "http://[::1]:8080";
        QTest::newRow("the whole path") << "https://api.example.org/v1/chat/completions"
                                        << "api.example.org"
                                        << "https://api.example.org:443";
    }
    void addressesThatCanBeUsed()
    {
        QFETCH(QString, url);
        QFETCH(QString, host);
        QFETCH(QString, origin);
        const Endpoint endpoint{url.toStdString(), "model", "k-1"};
        QVERIFY2(check(endpoint), problem(endpoint).c_str());
        QCOMPARE(hostOf(endpoint.url), host.toStdString());
        QCOMPARE(originOf(endpoint.url), origin.toStdString());
    }

    void addressesThatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("url");
        for (const char* url :
             {"", "api.deepseek.com", "localhost:8080/v1", "ftp://example.org", "file:///etc/passwd",
              "gopher://example.org", "https://", "http:///v1", "https://s3cret@example.org",
              "https://me:s3cret@example.org", "https://example.org:99999", "https://exa mple.org",
              "https://example.org/\r\nX: s3cret", "javascript:alert(1)", "https://例子.中国"})
            QTest::newRow(url) << QString::fromUtf8(url);
        QTest::newRow("long") << "https://example.org/" + QString(5000, 'a');
    }
    void addressesThatCannotBeUsed()
    {
        QFETCH(QString, url);
        const std::string sentence = problem({url.toStdString(), "model", ""});
        QVERIFY(sentence.ends_with('.') && sentence.size() > 30);
        QVERIFY(sentence.find("s3cret") == std::string::npos);
    }

    void modelsAndKeysThatCannotBeUsed()
    {
        const std::string url = "https://example.org";
        QVERIFY(!problem({url, "", ""}).empty());
        QVERIFY(!problem({url, std::string(300, 'm'), ""}).empty());
        QVERIFY(!problem({url, "a\nb", ""}).empty());
        for (const char* key : {"s3cret\r\nX-Other: 1", "s3 cret", "s3cret\xc3\xa9"}) {
            const std::string sentence = problem({url, "m", key});
            QVERIFY(!sentence.empty());
            QVERIFY(sentence.find("s3") == std::string::npos);
        }
    }

    void aKeyGoesUnencryptedToTheLocalNetworkOnly()
    {
        for (const char* host : {"localhost", "127.0.0.1", "[::1]", "192.168.1.20:8000", "10.1.2.3",
                                 "172.16.0.9", "[fe80::1]", "[fd00::7]", "gpubox", "gpubox.local"})
            QCOMPARE(problem({"http://" + std::string(host), "m", "key"}), std::string());
        for (const char* host : {"api.deepseek.com", "8.8.8.8", "172.32.0.1", "192.169.0.1", "[2001:db8::1]",
                                 "localhost.example.org", "10.example.org"}) {
            QVERIFY(!problem({"http://" + std::string(host), "m", "key"}).empty());
            QCOMPARE(problem({"http://" + std::string(host), "m", ""}), std::string());
        }
    }
};

QTEST_APPLESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
