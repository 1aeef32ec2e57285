// The language model that the person may set as lyricist.

#include "lyricist_key.h"
#include "studio_state.h"

namespace cantilena::session {

namespace {

constexpr const char* kEnabled = "lyricist.enabled";
constexpr const char* kUrl = "lyricist.url";
constexpr const char* kModel = "lyricist.model";

/// Without the spaces and line breaks that come along when it is pasted.
std::string trimmed(const std::string& text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

LyricistSettings Studio::Impl::lyricistSettings() const
{
    LyricistSettings settings;
    settings.enabled = library->setting(kEnabled) == "1";
    settings.url = library->setting(kUrl).value_or("");
    settings.model = library->setting(kModel).value_or("");
    settings.keyKept = !keptKey(workshop->paths().config, settings.url).empty();
    return settings;
}

chat::Endpoint Studio::Impl::endpointOf(const LyricistSettings& settings,
                                        const std::optional<std::string>& key) const
{
    chat::Endpoint endpoint;
    endpoint.url = trimmed(settings.url);
    endpoint.model = trimmed(settings.model);
    endpoint.key = key ? trimmed(*key) : keptKey(workshop->paths().config, endpoint.url);
    return endpoint;
}

Result<std::optional<chat::Endpoint>> Studio::Impl::endpoint() const
{
    TRY(std::optional<chat::Endpoint> named, endpointFromEnvironment());
    if (named)
        return named;
    const LyricistSettings settings = lyricistSettings();
    if (!settings.enabled)
        return std::optional<chat::Endpoint>{};
    return std::optional(endpointOf(settings, std::nullopt));
}

LyricistSettings Studio::lyricist() const
{
    const Result<std::optional<chat::Endpoint>> named = endpointFromEnvironment();
    if (named && !*named)
        return m_impl->lyricistSettings();
    LyricistSettings settings;
    settings.enabled = true;
    settings.fromEnvironment = true;
    if (named) {
        settings.url = (*named)->url;
        settings.model = (*named)->model;
        settings.keyKept = !(*named)->key.empty();
    }
    return settings;
}

Result<void> Studio::setLyricist(const LyricistSettings& settings, const std::optional<std::string>& key)
{
    const chat::Endpoint endpoint = m_impl->endpointOf(settings, key);
    // With the switch off a model may be wanting; an address never holds a password, since the library keeps
    // it.
    chat::Endpoint checked = endpoint;
    if (!settings.enabled && checked.model.empty())
        checked.model = "none yet";
    if (settings.enabled || !endpoint.url.empty() || (key && !endpoint.key.empty()))
        TRY_VOID(chat::check(checked));
    if (key)
        TRY_VOID(keepKey(m_impl->workshop->paths().config, endpoint.url, endpoint.key));
    TRY_VOID(m_impl->library->setSetting(kUrl, endpoint.url));
    TRY_VOID(m_impl->library->setSetting(kModel, endpoint.model));
    return m_impl->library->setSetting(kEnabled, settings.enabled ? "1" : "0");
}

void Studio::testLyricist(const LyricistSettings& settings, const std::optional<std::string>& key)
{
    Impl* impl = m_impl.get();
    impl->trying.cancel();
    impl->trying = JobContext();
    const Result<std::optional<chat::Endpoint>> named = endpointFromEnvironment();
    const chat::Endpoint endpoint = named && *named ? **named : impl->endpointOf(settings, key);
    impl->trier.post(impl->trying, [impl, endpoint](const JobContext& job) {
        const Result<std::string> answer = tryEndpoint(endpoint, job);
        impl->onInterface([impl, job, answer] {
            if (!job.cancelled() && impl->observer)
                impl->observer->lyricistTested(answer.hasValue(), answer ? *answer : answer.error().message);
        });
    });
}

void Studio::cancelLyricistTest()
{
    m_impl->trying.cancel();
}

} // namespace cantilena::session
