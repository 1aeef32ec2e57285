// Sings phrases that a text file describes; models/voice/evaluate.py drives it.
//
// usage: voice_render MODELS RESOURCES < phrases
// Lines: "singer ID", "language en|zh", "phone NAME START END" (seconds), "frame F0 LOUDNESS" (Hz, dB), and
// "render FILE", which writes the phrase as raw 32-bit floats, prints its seconds of sound and of processor
// time, and clears the phrase. "vocode IN OUT [SEED]" turns raw rows of 32-bit floats (the envelope's bands,
// those of the aperiodicity, F0 in Hz, a row a frame) into raw sound: copy synthesis; "vocode-plain" does so
// without the trained refiner.

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <voice/refiner.h>
#include <voice/singer.h>
#include <voice/vocoder.h>

using namespace cantilena;

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: voice_render MODELS RESOURCES < phrases\n";
        return 2;
    }
    ResourcePaths paths;
    paths.models = argv[1];
    paths.resources = argv[2];
    const auto singer = voice::Singer::open(paths);
    if (!singer) {
        std::cerr << singer.error().message << '\n';
        return 1;
    }
    const auto refiner = voice::Refiner::load(paths.models);
    if (!refiner) {
        std::cerr << refiner.error().message << '\n';
        return 1;
    }
    const voice::SingerInfo* who = &(*singer)->singers().front();
    voice::Singing phrase;
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream fields(line);
        std::string word;
        fields >> word;
        if (word == "singer") {
            std::string id;
            fields >> id;
            who = (*singer)->find(id);
            if (!who) {
                std::cerr << "There is no singer " << id << ".\n";
                return 1;
            }
        } else if (word == "language") {
            std::string code;
            fields >> code;
            phrase.language = language::languageOfCode(code).value_or(language::Language::English);
        } else if (word == "phone") {
            voice::TimedPhone phone;
            fields >> phone.phone >> phone.start.value >> phone.end.value;
            phrase.phones.push_back(phone);
        } else if (word == "frame") {
            float f0 = 0;
            float loudness = 0;
            fields >> f0 >> loudness;
            phrase.f0.push_back(f0);
            phrase.loudness.push_back(loudness);
        } else if (word == "vocode" || word == "vocode-plain") {
            std::string from, to;
            std::uint64_t seed = 1;
            fields >> from >> to >> seed;
            constexpr std::size_t kRow = voice::kBands + voice::kNoiseBands + 1;
            std::ifstream in(from, std::ios::binary);
            std::vector<float> row(kRow);
            voice::VocoderFrames frames;
            while (in.read(reinterpret_cast<char*>(row.data()), kRow * sizeof(float))) {
                frames.envelope.insert(frames.envelope.end(), row.begin(), row.begin() + voice::kBands);
                frames.noise.insert(frames.noise.end(), row.begin() + voice::kBands, row.end() - 1);
                frames.f0.push_back(row.back());
            }
            if (word == "vocode") {
                if (const auto refined = (*refiner)->refine(frames); !refined) {
                    std::cerr << refined.error().message << '\n';
                    return 1;
                }
            }
            const auto sound = voice::vocode(frames, fields ? seed : 1);
            std::ofstream(to, std::ios::binary)
                .write(reinterpret_cast<const char*>(sound->data()),
                       static_cast<std::streamsize>(sound->size() * sizeof(float)));
        } else if (word == "render") {
            std::string file;
            fields >> file;
            const std::clock_t begin = std::clock();
            const auto sound = (*singer)->sing(phrase, *who, {}, 1);
            const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
            if (!sound) {
                std::cerr << sound.error().message << '\n';
                return 1;
            }
            std::ofstream(file, std::ios::binary)
                .write(reinterpret_cast<const char*>(sound->data()),
                       static_cast<std::streamsize>(sound->size() * sizeof(float)));
            std::printf("%s %.3f %.3f\n", file.c_str(),
                        static_cast<double>(sound->size()) / voice::kVoiceRate, took);
            phrase = {};
        }
    }
    return 0;
}
