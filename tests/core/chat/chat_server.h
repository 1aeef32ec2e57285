#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

/// A chat endpoint on a port of this computer that answers as a test wants it; one connection at a time, on a
/// thread of its own.
class ChatServer {
public:
    struct Request {
        std::string head; ///< request line and headers
        std::string body;
        /// The last thing that was said.
        std::string said() const
        {
            const auto json = nlohmann::json::parse(body, nullptr, false);
            return json.is_object() ? json["messages"].back()["content"].get<std::string>() : std::string();
        }
    };
    struct Reply {
        enum Kind { Plain, Silent, Endless, Cut } kind = Plain;
        int status = 200;
        std::string body;
        std::string headers; ///< more of them, each with \r\n
    };
    using Answer = std::function<Reply(const Request&, std::size_t index)>;

    explicit ChatServer(Answer answer) : m_answer(std::move(answer))
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof place;
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&place), size) == 0 &&
            ::listen(m_listener, 8) == 0 &&
            ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&place), &size) == 0 &&
            ::pipe2(m_stop, O_CLOEXEC) == 0)
            m_port = ntohs(place.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~ChatServer()
    {
        (void)!::write(m_stop[1], "x", 1);
        m_thread.join();
        for (const int descriptor : {m_listener, m_stop[0], m_stop[1]})
            ::close(descriptor);
    }
    ChatServer(const ChatServer&) = delete;
    ChatServer& operator=(const ChatServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    std::string host() const { return "127.0.0.1:" + std::to_string(m_port); }
    std::vector<Request> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    std::size_t count() const { return requests().size(); }

    /// A well-formed reply whose text is `content`.
    static Reply saying(const std::string& content)
    {
        Reply reply;
        const nlohmann::json message = {{"role", "assistant"}, {"content", content}};
        reply.body =
            nlohmann::json{
                {"id", "1"},
                {"object", "chat.completion"},
                {"choices",
                 nlohmann::json::array({{{"index", 0}, {"message", message}, {"finish_reason", "stop"}}})}}
                .dump();
        return reply;
    }

private:
    /// False when the test is over.
    bool waitFor(int descriptor, short events)
    {
        pollfd waits[2] = {{descriptor, events, 0}, {m_stop[0], POLLIN, 0}};
        return ::poll(waits, 2, -1) > 0 && (waits[1].revents & POLLIN) == 0;
    }
    void run()
    {
        while (waitFor(m_listener, POLLIN)) {
            const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0)
                continue;
            serve(connection);
            ::close(connection);
        }
    }
    bool receive(int connection, std::string& text)
    {
        char bytes[4096];
        if (!waitFor(connection, POLLIN))
            return false;
        const ssize_t count = ::recv(connection, bytes, sizeof bytes, 0);
        if (count <= 0)
            return false;
        text.append(bytes, static_cast<std::size_t>(count));
        return true;
    }
    bool sendAll(int connection, const std::string& text)
    {
        for (std::size_t at = 0; at < text.size();) {
            if (!waitFor(connection, POLLOUT))
                return false;
            const ssize_t count =
                ::send(connection, text.data() + at, text.size() - at, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count <= 0)
                return false;
            at += static_cast<std::size_t>(count);
        }
        return true;
    }
    void serve(int connection)
    {
        std::string text;
        std::size_t end = 0;
        while ((end = text.find("\r\n\r\n")) == std::string::npos) {
            if (!receive(connection, text) || text[0] == '\x16') // the beginning of TLS
                return;
        }
        Request request;
        request.head = text.substr(0, end);
        request.body = text.substr(end + 4);
        std::size_t length = 0;
        if (const std::size_t at = request.head.find("Content-Length: "); at != std::string::npos)
            length = std::stoul(request.head.substr(at + 16));
        while (request.body.size() < length) {
            if (!receive(connection, request.body))
                return;
        }
        std::size_t index = 0;
        {
            const std::lock_guard lock(m_mutex);
            index = m_requests.size();
            m_requests.push_back(request);
        }
        const Reply reply = m_answer(request, index);
        const std::string head =
            "HTTP/1.1 " + std::to_string(reply.status) + " X\r\nConnection: close\r\n" + reply.headers;
        switch (reply.kind) {
        case Reply::Plain:
            sendAll(connection,
                    head + "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body);
            break;
        case Reply::Silent: {
            std::string ignored;
            while (receive(connection, ignored)) {
            }
            break;
        }
        case Reply::Endless:
            if (!sendAll(connection, head + "\r\n"))
                return;
            while (sendAll(connection, std::string(65536, ' '))) {
            }
            break;
        case Reply::Cut:
            sendAll(connection, head + "Content-Length: 1000\r\n\r\n" + reply.body);
            break;
        }
    }

    Answer m_answer;
    int m_listener = -1;
    int m_stop[2] = {-1, -1};
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<Request> m_requests;
    std::thread m_thread;
};
