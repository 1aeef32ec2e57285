#pragma once

#include <chrono>
#include <string>

#include <base/result.h>

namespace cantilena::chat {

/// Where a language model answers, over the chat interface that OpenAI defined and others speak (DeepSeek,
/// llama.cpp's server, Ollama, vLLM).
struct Endpoint {
    /// http or https, such as "https://api.deepseek.com" or "http://localhost:11434/v1"; requests go to
    /// "/chat/completions" below it, or to itself when it ends so. A query stays, a fragment goes.
    std::string url;
    std::string model; ///< as the server names it, "deepseek-chat"
    std::string key;   ///< sent as "Authorization: Bearer KEY" and told nowhere else; empty: none is sent
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds timeout{120'000}; ///< of one whole question and answer
};

/// Whether the endpoint can be asked: an address with http or https, a host, no name or password in it; a
/// model's name; a key of printable ASCII. A key goes unencrypted only to this computer or the local network.
/// The error is one sentence for a person; it holds neither the address nor the key.
Result<void> check(const Endpoint& endpoint);

/// "api.deepseek.com", "localhost:11434": the host, with the port where the address names one. Empty when the
/// address cannot be read.
std::string hostOf(const std::string& url);

/// "https://api.deepseek.com:443": whom a key belongs to. Empty when the address cannot be read.
std::string originOf(const std::string& url);

} // namespace cantilena::chat
