// Prints the measures of melody and harmony on generated songs.
//
//     melody_report [--songs N] [--show] [--language en|zh] [--style ID] [--seed N] [--length SECONDS]
//                   [--tunes FILE]
//
// --tunes writes one JSON object a song, as models/melody/evaluate.py and judge.py read them.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <base/random.h>
#include <compose/form.h>
#include <compose/harmony.h>
#include <compose/melody.h>
#include <language/reader.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

const char* const kEnglish[] = {"I still keep your letter",
                                "the rain is on the window",
                                "and I wonder where you are",
                                "hold me until the morning",
                                "we were running through the city",
                                "with the lanterns in our hands",
                                "every little thing you told me",
                                "is a light along the road",
                                "I hear the river calling",
                                "under the silver moon",
                                "come back to the garden",
                                "where the summer never ends",
                                "nobody knows me better",
                                "than the wind upon the sea",
                                "take it slow tonight",
                                "let the music carry us home",
                                "I remember your kitchen",
                                "and the steam above the tea",
                                "all of my life I was waiting",
                                "for the sound of your name",
                                "so we dance in the dark",
                                "like the stars in the water",
                                "you are never far away",
                                "when I open up my eyes",
                                "somewhere beyond the mountains",
                                "there is a house with a light",
                                "and the children are singing",
                                "through the middle of the night",
                                "oh my heart is a harbour",
                                "every ship is coming in",
                                "stay",
                                "don't go",
                                "love is all around us",
                                "and I will not be afraid to lose",
                                "tomorrow is another day for us",
                                "a photograph in black and white",
                                "the trains go by without a sound"};

const char* const kMandarin[] = {
    "外婆的小院还在",   "雨落在西湖边",   "我又想起那一年",   "灯火慢慢亮起来",   "海风吹过夏天",
    "你笑着跑向我",     "浪花拍打着沙滩", "把心事都告诉月亮", "时间走得太慢",     "我在窗前等你",
    "一杯茶的温暖",     "照着回家的路",   "天空像一封信",     "写满蓝色的想念",   "我们唱着老歌",
    "穿过长长的街",     "风筝飞得很高",   "落叶铺满了台阶",   "别再问我为什么",   "星星都在听",
    "今夜的城市很安静", "谁还记得那首歌", "阳光洒在你的肩膀", "我愿意陪你去远方", "再见",
    "桂花香",           "等雨停",         "梦里的船慢慢靠岸", "听见你叫我的名字"};

struct Words {
    std::map<std::size_t, std::vector<std::vector<song::Word>>> byCount;
};

std::vector<song::Word> toSong(const std::vector<language::Word>& words)
{
    std::vector<song::Word> result;
    for (const language::Word& word : words) {
        song::Word out{word.text, {}};
        for (const language::Syllable& s : word.syllables) {
            song::Syllable syllable;
            syllable.text = s.text;
            syllable.phonemes = s.phonemes;
            syllable.stress = s.stress;
            syllable.tone = s.sungTone;
            syllable.language = s.language;
            out.syllables.push_back(syllable);
        }
        result.push_back(out);
    }
    return result;
}

std::vector<song::Word> pick(const Words& words, int count, const Random& random)
{
    for (int away = 0; away < 20; ++away) {
        for (const int n : {count - away, count + away}) {
            const auto found = words.byCount.find(static_cast<std::size_t>(std::max(1, n)));
            if (found != words.byCount.end())
                return found->second[random.index(found->second.size())];
        }
    }
    return {};
}

/// How one style's tunes move.
struct StyleTotals {
    double notes = 0, off = 0, sixteenth = 0, songs = 0;
    std::map<int, double> gaps, intervals;
};

/// Shares of the histogram's classes, whose upper limits are given.
void printShares(const std::map<int, double>& histogram, std::initializer_list<int> limits)
{
    double total = 0;
    for (const auto& [value, n] : histogram)
        total += n;
    int above = -1;
    for (const int limit : limits) {
        double share = 0;
        for (const auto& [value, n] : histogram)
            share += value > above && value <= limit ? n / std::max(1.0, total) : 0;
        std::printf(" %.2f", share);
        above = limit;
    }
}

struct Totals {
    double strong = 0, chordStrong = 0, pairs = 0, stressed = 0, ends = 0, stable = 0, finals = 0,
           finalOk = 0;
    double tonePairs = 0, toneOk = 0, up = 0, down = 0, wantUp = 0, wantDown = 0, sounding = 0;
    double lifted = 0, chorusSongs = 0, songs = 0, syllables = 0, sung = 0, repeats = 0, exact = 0;
    double notes = 0, off = 0, seconds = 0, slowest = 0, cadence = 0;
    int narrowest = 100, widest = 0;
    std::map<int, double> gaps, intervals;
};

int levelWeight(const music::Meter& meter, std::int64_t inBar)
{
    return static_cast<int>(std::lround(meter.weight({inBar}) * 100));
}

/// A note that begins within an eighth before a stronger beat and is held over it counts for that beat.
int heldWeight(const music::Meter& meter, const song::Note& note)
{
    const std::int64_t bar = meter.barLength().value;
    int best = levelWeight(meter, note.onset.value % bar);
    for (const std::int64_t ahead : {240, 320, 480})
        if (ahead < note.duration.value && (note.onset.value + ahead) % meter.pulse().value == 0)
            best = std::max(best, levelWeight(meter, (note.onset.value + ahead) % bar) - 5);
    return best;
}

int toneHeight10(int tone, int before)
{
    switch (tone) {
    case 1:
        return 50;
    case 2:
        return 39;
    case 3:
        return 17;
    case 4:
        return 34;
    default:
        return before == 3 ? 36 : 20;
    }
}

void show(const Form& form, const std::vector<song::SectionPtr>& sections,
          const std::vector<song::ChordEvent>& chords, const std::vector<song::Note>& notes)
{
    const std::int64_t bar = form.meter.barLength().value;
    std::map<std::uint64_t, std::string> text;
    for (const auto& section : sections)
        for (const auto& line : section->lines)
            for (const auto& word : line.words)
                for (const auto& s : word.syllables)
                    text[s.id.value] = s.text;
    std::int64_t start = 0;
    for (std::size_t i = 0; i < form.sections.size(); ++i) {
        const std::int64_t end = start + form.sections[i].bars * bar;
        std::printf("  [%s] %d bars |", form.sections[i].name.c_str(), form.sections[i].bars);
        for (const auto& c : chords)
            if (c.onset.value >= start && c.onset.value < end)
                std::printf(" %s(%.3g)", c.chord.symbol().c_str(),
                            static_cast<double>(c.duration.value) / static_cast<double>(bar));
        std::printf("\n");
        std::int64_t lineBar = -1;
        for (const auto& line : sections[i]->lines) {
            std::printf("    ");
            for (const auto& note : notes) {
                const std::int64_t at = note.onset.value - start - line.start.value;
                if (at < 0 || at >= line.length.value || note.onset.value >= end)
                    continue;
                if (note.onset.value / bar != lineBar) {
                    lineBar = note.onset.value / bar;
                    std::printf("| ");
                }
                std::printf("%s:%g/%g:%s ", text[note.syllable.value].c_str(),
                            static_cast<double>(note.onset.value % bar) / 240.0,
                            static_cast<double>(note.duration.value) / 240.0,
                            music::pitchName(note.pitch).c_str());
            }
            std::printf("\n");
        }
        start = end;
    }
}

/// One line of JSON: notes as onset and length in sixteenths, semitones from the tonic, line of the song and
/// whether a syllable begins; chords as onset and pitch classes above the tonic.
void writeTune(std::FILE* file, const Form& form, const Style& style,
               const std::vector<song::SectionPtr>& sections, const std::vector<song::ChordEvent>& chords,
               const std::vector<song::Note>& notes)
{
    std::map<std::uint64_t, int> lineOf;
    int number = 0;
    for (const auto& section : sections)
        for (const auto& line : section->lines) {
            for (const auto& word : line.words)
                for (const auto& s : word.syllables)
                    lineOf[s.id.value] = number;
            ++number;
        }
    std::fprintf(file, "{\"style\":\"%s\",\"beats\":%d,\"unit\":%d,\"minor\":%d,\"notes\":[",
                 style.id.c_str(), form.meter.beats, form.meter.unit,
                 form.key.mode == music::Mode::Minor ? 1 : 0);
    std::uint64_t before = 0;
    const int tonic = 60 + form.key.tonic;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const song::Note& n = notes[i];
        std::fprintf(file, "%s[%lld,%lld,%d,%d,%d]", i > 0 ? "," : "",
                     static_cast<long long>(n.onset.value / 240),
                     static_cast<long long>(std::max<std::int64_t>(1, (n.duration.value + 120) / 240)),
                     n.pitch.midi - tonic, lineOf[n.syllable.value], n.syllable.value != before ? 1 : 0);
        before = n.syllable.value;
    }
    std::fprintf(file, "],\"chords\":[");
    for (std::size_t i = 0; i < chords.size(); ++i) {
        std::fprintf(file, "%s[%lld,[", i > 0 ? "," : "",
                     static_cast<long long>(chords[i].onset.value / 240));
        bool first = true;
        for (const int pc : chords[i].chord.pitchClasses()) {
            std::fprintf(file, "%s%d", first ? "" : ",", ((pc - form.key.tonic) % 12 + 12) % 12);
            first = false;
        }
        std::fprintf(file, "]]");
    }
    std::fprintf(file, "],\"sections\":[");
    for (std::size_t i = 0; i < form.sections.size(); ++i)
        std::fprintf(file, "%s[\"%s\",%d]", i > 0 ? "," : "",
                     std::string(song::code(form.sections[i].kind)).c_str(), form.sections[i].bars);
    std::fprintf(file, "]}\n");
}

} // namespace

int main(int argc, char** argv)
{
    int songs = 20;
    bool display = false;
    std::string onlyLanguage, onlyStyle, tunesFile;
    std::uint64_t firstSeed = 1;
    double length = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        const auto value = [&]() -> std::string { return i + 1 < argc ? argv[++i] : ""; };
        if (option == "--songs")
            songs = std::atoi(value().c_str());
        else if (option == "--show")
            display = true;
        else if (option == "--language")
            onlyLanguage = value();
        else if (option == "--tunes")
            tunesFile = value();
        else if (option == "--style")
            onlyStyle = value();
        else if (option == "--seed")
            firstSeed = std::strtoull(value().c_str(), nullptr, 10);
        else if (option == "--length")
            length = std::atof(value().c_str());
        else {
            std::fprintf(stderr, "unknown option %s\n", option.c_str());
            return 2;
        }
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> tuneFile(
        tunesFile.empty() ? nullptr : std::fopen(tunesFile.c_str(), "w"), &std::fclose);
    if (!tunesFile.empty() && !tuneFile) {
        std::fprintf(stderr, "cannot write %s\n", tunesFile.c_str());
        return 1;
    }
    const std::filesystem::path source = CANTILENA_SOURCE_DIR;
    const auto styles = loadStyles(source / "resources" / "styles");
    const auto harmony = HarmonyModels::load(source / "models");
    const auto melody = MelodyModels::load(source / "models");
    const auto reader = language::Reader::open();
    if (!styles || !harmony || !melody || !reader) {
        std::fprintf(stderr, "%s\n",
                     (!styles    ? styles.error()
                      : !harmony ? harmony.error()
                      : !melody  ? melody.error()
                                 : reader.error())
                         .message.c_str());
        return 1;
    }
    for (const auto language : {language::Language::English, language::Language::Mandarin}) {
        if (!onlyLanguage.empty() && onlyLanguage != language::code(language))
            continue;
        Words words;
        const auto add = [&](const char* line) {
            auto read = toSong((*reader)->read(line, language));
            std::size_t count = 0;
            for (const auto& w : read)
                count += w.syllables.size();
            if (count > 0)
                words.byCount[count].push_back(read);
        };
        if (language == language::Language::English)
            for (const char* line : kEnglish)
                add(line);
        else
            for (const char* line : kMandarin)
                add(line);

        Totals t;
        std::map<std::string, StyleTotals> byStyle;
        for (int number = 0; number < songs; ++number) {
            const std::uint64_t seed = firstSeed + static_cast<std::uint64_t>(number);
            const Random random(seed, "report");
            song::Brief brief;
            brief.language = language;
            brief.valence = random.uniform(-0.9, 0.9, 1);
            brief.arousal = random.uniform(-0.8, 0.8, 2);
            if (length > 0)
                brief.length = music::Seconds{length};
            const Style& style = onlyStyle.empty()
                                     ? (*styles)[static_cast<std::size_t>(number) % styles->size()]
                                     : *findStyle(*styles, onlyStyle);
            brief.style = style.id;
            const VocalRange range = number % 2 == 0 ? VocalRange{{57}, {74}} : VocalRange{{45}, {64}};
            const Form form = planForm(brief, style, range, seed);
            const auto chords = writeHarmony({form, style, brief.valence, brief.arousal, seed}, *harmony, {});
            if (!chords) {
                std::fprintf(stderr, "%s\n", chords.error().message.c_str());
                return 1;
            }
            std::vector<song::SectionPtr> sections;
            song::IdSource ids;
            for (std::size_t i = 0; i < form.sections.size(); ++i) {
                auto section = std::make_shared<song::Section>();
                const auto places = linePlaces(form.sections[i], form.meter);
                for (std::size_t l = 0; l < places.size(); ++l) {
                    song::Line line;
                    line.start = places[l].start;
                    line.length = places[l].length;
                    const int same = form.sections[i].sameLyricsAs;
                    line.words = same >= 0
                                     ? sections[static_cast<std::size_t>(same)]->lines[l].words
                                     : pick(words, form.sections[i].lines[l].syllables, random.at({i, l}));
                    for (auto& word : line.words)
                        for (auto& s : word.syllables)
                            s.id = ids.make<song::SyllableId>();
                    section->lines.push_back(line);
                }
                sections.push_back(section);
            }
            MelodyRequest request{form,  sections,      *chords,       style, range,
                                  false, brief.arousal, brief.valence, 0.5,   seed};
            const std::clock_t begun = std::clock();
            const auto written = writeMelody(request, *melody, {});
            const double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
            if (!written) {
                std::fprintf(stderr, "%s\n", written.error().message.c_str());
                return 1;
            }
            const std::vector<song::Note>& notes = *written;
            if (tuneFile)
                writeTune(tuneFile.get(), form, style, sections, *chords, notes);
            if (display) {
                std::printf("song %llu: %s, %s, %g bpm, %d/%d, %d bars, %.2f s\n",
                            static_cast<unsigned long long>(seed), style.id.c_str(), form.key.name().c_str(),
                            form.tempo.value, form.meter.beats, form.meter.unit, form.totalBars(), seconds);
                show(form, sections, *chords, notes);
            }
            StyleTotals& own = byStyle[style.id];
            ++own.songs;
            ++t.songs;
            t.seconds += seconds;
            t.slowest = std::max(t.slowest, seconds);
            std::map<std::uint64_t, const song::Note*> bySyllable;
            int low = 127, high = 0;
            for (const auto& n : notes) {
                bySyllable.try_emplace(n.syllable.value, &n);
                low = std::min(low, n.pitch.midi);
                high = std::max(high, n.pitch.midi);
            }
            if (!notes.empty()) {
                t.narrowest = std::min(t.narrowest, high - low);
                t.widest = std::max(t.widest, high - low);
            }
            const std::int64_t bar = form.meter.barLength().value;
            const auto chordAt = [&](std::int64_t at) {
                music::Chord chord;
                for (const auto& c : *chords)
                    if (c.onset.value <= at)
                        chord = c.chord;
                return chord;
            };
            const auto stable = [&](int pc) {
                const auto degree = form.key.degree(pc);
                return degree && (*degree == 1 || *degree == 3 || *degree == 5);
            };
            std::map<song::SectionKind, std::pair<double, double>> means;
            std::vector<std::vector<std::pair<std::int64_t, int>>> tunes(sections.size());
            std::int64_t start = 0;
            for (std::size_t i = 0; i < sections.size(); ++i) {
                for (const auto& line : sections[i]->lines) {
                    const song::Note* before = nullptr;
                    const song::Syllable* beforeSyllable = nullptr;
                    int beforeTone = 0;
                    for (const auto& word : line.words) {
                        for (const auto& s : word.syllables) {
                            ++t.syllables;
                            const auto found = bySyllable.find(s.id.value);
                            if (found == bySyllable.end())
                                continue;
                            ++t.sung;
                            const song::Note& n = *found->second;
                            tunes[i].emplace_back(n.onset.value - start, n.pitch.midi);
                            means[form.sections[i].kind].first += n.pitch.midi;
                            means[form.sections[i].kind].second += 1;
                            ++t.notes;
                            const std::int64_t inBar = n.onset.value % bar;
                            t.off += inBar % form.meter.pulse().value != 0;
                            ++own.notes;
                            own.off += inBar % form.meter.pulse().value != 0;
                            own.sixteenth += inBar % 480 != 0 && inBar % 320 != 0;
                            if (heldWeight(form.meter, n) >= 45) {
                                ++t.strong;
                                std::int64_t heard = n.onset.value;
                                if (inBar % 960 != 0)
                                    heard += 480;
                                t.chordStrong += chordAt(n.onset.value).contains(n.pitch.pitchClass()) ||
                                                 chordAt(heard).contains(n.pitch.pitchClass());
                            }
                            if (before != nullptr) {
                                const int step = n.pitch.midi - before->pitch.midi;
                                t.gaps[static_cast<int>((n.onset.value - before->onset.value) / 240)] += 1;
                                t.intervals[std::abs(step)] += 1;
                                own.gaps[static_cast<int>((n.onset.value - before->onset.value) / 240)] += 1;
                                own.intervals[std::abs(step)] += 1;
                                if (s.language == language::Language::English &&
                                    ((s.stress == 1) != (beforeSyllable->stress == 1)) && s.stress != 2 &&
                                    beforeSyllable->stress != 2) {
                                    ++t.pairs;
                                    const int a = heldWeight(form.meter, *before),
                                              b = heldWeight(form.meter, n);
                                    t.stressed += a != b && (a < b) == (s.stress == 1);
                                }
                                if (s.tone && beforeSyllable->tone) {
                                    const int want = toneHeight10(s.tone, beforeSyllable->tone) -
                                                     toneHeight10(beforeSyllable->tone, beforeTone);
                                    ++t.sounding;
                                    t.up += step > 0;
                                    t.down += step < 0;
                                    if (std::abs(want) >= 8) {
                                        ++t.tonePairs;
                                        t.wantUp += want > 0;
                                        t.wantDown += want < 0;
                                        t.toneOk += step != 0 && (step > 0) == (want > 0);
                                    }
                                }
                            }
                            beforeTone = beforeSyllable ? beforeSyllable->tone : 0;
                            before = &n;
                            beforeSyllable = &s;
                        }
                    }
                    if (before != nullptr) {
                        ++t.ends;
                        t.stable += stable(before->pitch.pitchClass());
                    }
                }
                const int same = form.sections[i].sameLyricsAs;
                if (same >= 0) {
                    ++t.repeats;
                    auto a = tunes[i], b = tunes[static_cast<std::size_t>(same)];
                    if (!a.empty() && !b.empty() && a.size() == b.size()) {
                        a.back().second = b.back().second = 0;
                        t.exact += a == b;
                    }
                }
                start += form.sections[i].bars * bar;
            }
            if (!notes.empty()) {
                ++t.finals;
                const song::Note& last = notes.back();
                t.finalOk +=
                    stable(last.pitch.pitchClass()) &&
                    chordAt(last.onset.value + last.duration.value - 1).contains(last.pitch.pitchClass());
                // The chord under the last sung note, and the one before it.
                music::Chord final = chordAt(last.onset.value + last.duration.value - 1), previous = final;
                for (const auto& c : *chords)
                    if (c.onset.value < last.onset.value + last.duration.value && !(c.chord == final))
                        previous = c.chord;
                const int step = (previous.root - form.key.tonic + 12) % 12;
                t.cadence += final.root == form.key.tonic && (step == 7 || step == 5);
            }
            if (means.contains(song::SectionKind::Chorus) && means.contains(song::SectionKind::Verse)) {
                ++t.chorusSongs;
                const auto& [a, n] = means[song::SectionKind::Chorus];
                const auto& [b, m] = means[song::SectionKind::Verse];
                t.lifted += a / n > b / m + 1;
            }
        }
        const auto share = [](double a, double b) { return b > 0 ? a / b : 0; };
        std::printf("%s: %d songs, %.2f s of one processor a song's melody, slowest %.2f s\n",
                    std::string(language::code(language)).c_str(), songs, t.seconds / t.songs, t.slowest);
        std::printf("  syllables sung              %.4f of %.0f\n", share(t.sung, t.syllables), t.syllables);
        std::printf("  chord tones on strong beats %.3f\n", share(t.chordStrong, t.strong));
        if (t.pairs > 0)
            std::printf("  stress on stronger position %.3f of %.0f pairs\n", share(t.stressed, t.pairs),
                        t.pairs);
        if (t.tonePairs > 0) {
            const double chance = share(t.wantUp, t.tonePairs) * share(t.up, t.sounding) +
                                  share(t.wantDown, t.tonePairs) * share(t.down, t.sounding);
            std::printf("  tone direction              %.3f of %.0f pairs, chance %.3f\n",
                        share(t.toneOk, t.tonePairs), t.tonePairs, chance);
        }
        std::printf("  range                       %d to %d semitones\n", t.narrowest, t.widest);
        std::printf("  phrase ends on 1 3 5        %.3f\n", share(t.stable, t.ends));
        std::printf("  last note on 1 3 5 in chord %.3f, after V or IV to I %.3f\n",
                    share(t.finalOk, t.finals), share(t.cadence, t.finals));
        std::printf("  chorus above verse          %.3f of %.0f songs\n", share(t.lifted, t.chorusSongs),
                    t.chorusSongs);
        std::printf("  same words, same notes      %.3f of %.0f sections (but for the last note)\n",
                    share(t.exact, t.repeats), t.repeats);
        std::printf("  onsets off the beat         %.3f\n", share(t.off, t.notes));
        double total = 0;
        for (const auto& [gap, n] : t.gaps)
            total += n;
        std::printf("  gaps in sixteenths         ");
        for (const auto& [gap, n] : t.gaps)
            if (n / total > 0.004)
                std::printf(" %d:%.3f", gap, n / total);
        total = 0;
        for (const auto& [size, n] : t.intervals)
            total += n;
        std::printf("\n  intervals in semitones     ");
        for (const auto& [size, n] : t.intervals)
            if (n / total > 0.004)
                std::printf(" %d:%.3f", size, n / total);
        std::printf("\n  by style          off the beat, sixteenths | gaps 1 2 3 4 5-7 8+ | intervals 0 1-2 "
                    "3-4 5-7 8+\n");
        for (const auto& [id, own] : byStyle) {
            std::printf("  %-17s %.2f %.2f |", id.c_str(), share(own.off, own.notes),
                        share(own.sixteenth, own.notes));
            printShares(own.gaps, {1, 2, 3, 4, 7, 1000});
            std::printf(" |");
            printShares(own.intervals, {0, 2, 4, 7, 1000});
            std::printf("\n");
        }
    }
    return 0;
}
