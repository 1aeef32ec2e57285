#include <session/studio.h>

#include <sound/soundfont.h>

#include "studio_state.h"

namespace cantilena::session {

namespace fs = std::filesystem;

void Studio::Impl::onInterface(std::function<void()> function) const
{
    post([alive = alive, function = std::move(function)] {
        if (*alive)
            function();
    });
}

void Studio::Impl::say(const std::string& sentence) const
{
    if (observer && !sentence.empty())
        observer->message(sentence);
}

Studio::Studio(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Studio::~Studio()
{
    m_impl->observer = nullptr;
    *m_impl->alive = false;
    for (JobRunner* runner :
         {&m_impl->composer, &m_impl->singer, &m_impl->exporter, &m_impl->finder, &m_impl->trier})
        runner->cancelAll();
    m_impl->close();
}

Result<std::unique_ptr<Studio>> Studio::open(ResourcePaths paths, PostToInterface post)
{
    auto impl = std::make_unique<Impl>();
    TRY(impl->workshop, Workshop::open(std::move(paths)));
    impl->post = std::move(post);
    impl->wordsmith = makeWordsmith(impl->workshop, impl->post);
    impl->tunesmith = makeTunesmith(impl->workshop, impl->post);
    std::error_code error;
    fs::create_directories(impl->untitledFolder(), error);
    if (error)
        return Error{"The folder " + impl->untitledFolder().string() + " cannot be made (" + error.message() +
                     "); check the disk and its permissions."};
    TRY(impl->library, store::Library::open(impl->workshop->paths().data / "library.sqlite"));

    impl->findUntitledSongs();

    sound::Engine::Options options;
    const Result<fs::path> soundFont = sound::findSoundFont(impl->workshop->paths().soundFont);
    if (soundFont)
        options.soundFont = *soundFont;
    else
        impl->deviceNotice = soundFont.error().message;
    Impl* raw = impl.get();
    impl->engine = std::make_unique<sound::Engine>(options, [raw](const sound::Engine::Device& device) {
        raw->onInterface([raw, device] {
            raw->deviceName = device.silent ? std::string() : device.sentence;
            raw->deviceNotice = device.silent ? device.sentence : std::string();
            if (raw->observer)
                raw->observer->saveStateChanged();
        });
    });
    return std::unique_ptr<Studio>(new Studio(std::move(impl)));
}

void Studio::setObserver(Observer* observer)
{
    m_impl->observer = observer;
}

std::vector<Choice> Studio::styles() const
{
    std::vector<Choice> choices;
    for (const compose::Style& style : m_impl->workshop->styles())
        choices.push_back({style.id, style.name.english, style.name.chinese});
    return choices;
}

std::vector<Choice> Studio::singers() const
{
    std::vector<Choice> choices;
    for (const voice::SingerInfo& singer : m_impl->workshop->singers())
        choices.push_back({singer.id, singer.name, singer.nameChinese});
    return choices;
}

std::vector<SingerCard> Studio::singerCards() const
{
    std::vector<SingerCard> cards;
    for (const voice::SingerInfo& singer : m_impl->workshop->singers()) {
        SingerCard card;
        card.name = {singer.id, singer.name, singer.nameChinese};
        card.style = singer.style;
        card.styleZh = singer.styleChinese;
        card.description = singer.description;
        card.descriptionZh = singer.descriptionChinese;
        if (!singer.portrait.empty())
            card.portrait = m_impl->workshop->paths().resources / "singers" / singer.portrait;
        card.lowest = singer.comfortLowest;
        card.highest = singer.comfortHighest;
        cards.push_back(std::move(card));
    }
    return cards;
}

std::string Studio::setting(const std::string& key, const std::string& fallback) const
{
    return m_impl->library->setting(key).value_or(fallback);
}

void Studio::setSetting(const std::string& key, const std::string& value)
{
    if (const Result<void> result = m_impl->library->setSetting(key, value); !result)
        m_impl->say(result.error().message);
}

} // namespace cantilena::session
