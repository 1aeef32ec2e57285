#include "transfer.h"

#include <memory>

#include <curl/curl.h>

namespace cantilena::chat {

namespace {

constexpr int kPollMilliseconds = 50;
constexpr std::size_t kLongestHeaders = 256 * 1024;

struct Received {
    std::string body;
    std::size_t headerBytes = 0, longest = 0;
    bool tooLong = false;
};

std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* user)
{
    auto& received = *static_cast<Received*>(user);
    if (received.body.size() + size * count > received.longest) {
        received.tooLong = true;
        return 0; // ends the transfer
    }
    received.body.append(bytes, size * count);
    return size * count;
}

std::size_t onHeader(char*, std::size_t size, std::size_t count, void* user)
{
    auto& received = *static_cast<Received*>(user);
    received.headerBytes += size * count;
    if (received.headerBytes > kLongestHeaders) {
        received.tooLong = true;
        return 0;
    }
    return size * count;
}

TransferEnd endOf(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return TransferEnd::Replied;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return TransferEnd::NotFound;
    case CURLE_COULDNT_CONNECT:
        return TransferEnd::NoConnection;
    case CURLE_OPERATION_TIMEDOUT:
        return TransferEnd::Late;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return TransferEnd::NotSecure;
    case CURLE_UNSUPPORTED_PROTOCOL: // HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return TransferEnd::NoHttp;
    default:
        return TransferEnd::BrokeOff;
    }
}

/// Frees what one transfer holds, in the order that libcurl asks for.
struct Session {
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    curl_slist* headers = nullptr;

    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session()
    {
        if (multi && easy)
            curl_multi_remove_handle(multi, easy);
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
        curl_slist_free_all(headers);
    }
    void addHeader(const std::string& header) { headers = curl_slist_append(headers, header.c_str()); }
};

void prepare(Session& session, const Post& request, Received& received)
{
    CURL* easy = session.easy;
    session.addHeader("Content-Type: application/json");
    session.addHeader("Accept: application/json");
    session.addHeader("Expect:"); // without waiting for leave to send
    if (!request.key.empty())
        session.addHeader("Authorization: Bearer " + request.key);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, session.headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Cantilena");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A name server that does not answer must not hold up a cancel: its thread is left to end by itself.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    if (request.direct)
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &received);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &received);
}

} // namespace

Reply post(const Post& request, const JobContext& job)
{
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    Reply reply;
    Received received;
    received.longest = request.longestReply;
    Session session;
    if (!ready || !session.multi || !session.easy)
        return reply;
    prepare(session, request, received);
    if (curl_multi_add_handle(session.multi, session.easy) != CURLM_OK)
        return reply;
    while (true) {
        if (job.cancelled()) {
            reply.end = TransferEnd::Cancelled;
            return reply;
        }
        int running = 0;
        if (curl_multi_perform(session.multi, &running) != CURLM_OK)
            return reply;
        int left = 0;
        if (const CURLMsg* message = curl_multi_info_read(session.multi, &left);
            message && message->msg == CURLMSG_DONE) {
            reply.end = received.tooLong ? TransferEnd::TooLong : endOf(message->data.result);
            break;
        }
        if (curl_multi_poll(session.multi, nullptr, 0, kPollMilliseconds, nullptr) != CURLM_OK)
            return reply;
    }
    curl_easy_getinfo(session.easy, CURLINFO_RESPONSE_CODE, &reply.status);
    char* moved = nullptr;
    if (curl_easy_getinfo(session.easy, CURLINFO_REDIRECT_URL, &moved) == CURLE_OK && moved)
        reply.movedTo = moved;
    reply.body = std::move(received.body);
    return reply;
}

} // namespace cantilena::chat
