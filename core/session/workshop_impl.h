#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <compose/arrangement.h>
#include <compose/harmony.h>
#include <compose/melody.h>
#include <session/vocals.h>
#include <session/workshop.h>

#include "loaded.h"

namespace cantilena::session {

struct ComposeModels {
    compose::HarmonyModels harmony;
    compose::MelodyModels melody;
    compose::ArrangementModels arrangement;
};

/// The one whose gender, kind of voice and styles fit the brief best, the first of equals; nullptr when there
/// is none.
const voice::SingerInfo* chooseSinger(const std::vector<voice::SingerInfo>& singers,
                                      const song::Brief& brief);

/// What a workshop holds; everything loads on first use.
struct Workshop::Impl {
    ResourcePaths paths;
    std::vector<compose::Style> styles;
    std::vector<voice::SingerInfo> singers;

    Loaded<std::unique_ptr<language::Reader>> reader;
    Loaded<std::shared_ptr<const compose::WordSpace>> words;
    Loaded<compose::LyricModels> lyricsEnglish;
    Loaded<compose::LyricModels> lyricsMandarin;
    Loaded<ComposeModels> models;
    Loaded<std::shared_ptr<const voice::Singer>> singer;

    Result<const language::Reader*> theReader()
    {
        TRY(const auto* loaded, reader.get([] { return language::Reader::open(); }));
        return loaded->get();
    }
    Result<const compose::LyricModels*> lyricModels(language::Language language)
    {
        TRY(const language::Reader* theReader_, theReader());
        TRY(const auto* space, words.get([&] { return compose::WordSpace::load(paths.models); }));
        auto& slot = language == language::Language::English ? lyricsEnglish : lyricsMandarin;
        return slot.get(
            [&] { return compose::LyricModels::load(paths.models, language, *space, *theReader_); });
    }
    Result<const ComposeModels*> composeModels()
    {
        return models.get([&]() -> Result<ComposeModels> {
            TRY(auto harmony, compose::HarmonyModels::load(paths.models));
            TRY(auto melody, compose::MelodyModels::load(paths.models));
            TRY(auto arrangement, compose::ArrangementModels::load(paths.models));
            return ComposeModels{harmony, melody, arrangement};
        });
    }
    Result<const voice::Singer*> theSinger()
    {
        TRY(const auto* loaded, singer.get([&] { return voice::Singer::open(paths); }));
        return loaded->get();
    }
};

} // namespace cantilena::session
