#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <QTest>

namespace fs = std::filesystem;

namespace {

const fs::path kSource = CANTILENA_SOURCE_DIR;

std::string readAll(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Folder -> folders it may include, from the table that the build uses.
std::map<std::string, std::set<std::string>> readArrows()
{
    std::map<std::string, std::set<std::string>> arrows;
    const std::string text = readAll(kSource / "cmake/CantilenaLibrary.cmake");
    const std::regex row("set\\(CANTILENA_ARROWS_(\\w+) \"([^\"]*)\"\\)");
    for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it) {
        std::set<std::string>& targets = arrows[(*it)[1]];
        targets.insert((*it)[1]);
        std::stringstream list((*it)[2]);
        for (std::string target; std::getline(list, target, ';');)
            targets.insert(target);
    }
    return arrows;
}

/// "file: header" for every #include of the C++ files below `folder`.
std::vector<std::pair<fs::path, std::string>> includesBelow(const fs::path& folder)
{
    std::vector<std::pair<fs::path, std::string>> includes;
    const std::regex row("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
    if (!fs::exists(folder))
        return includes;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string ending = entry.path().extension().string();
        if (ending != ".h" && ending != ".cpp")
            continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            std::smatch match;
            if (std::regex_search(line, match, row))
                includes.emplace_back(entry.path(), match[1]);
        }
    }
    return includes;
}

} // namespace

class TestArrows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableHasNoCycle()
    {
        const auto arrows = readArrows();
        QVERIFY(arrows.size() >= 12);
        for (const auto& [from, targets] : arrows) {
            for (const std::string& to : targets) {
                QVERIFY2(arrows.contains(to), (from + " names " + to).c_str());
                QVERIFY2(to == from || !arrows.at(to).contains(from), (from + " and " + to).c_str());
            }
        }
    }

    void coreIncludesFollowTheTable()
    {
        const auto arrows = readArrows();
        for (const auto& [library, targets] : arrows) {
            for (const auto& [file, header] : includesBelow(kSource / "core" / library)) {
                const std::string folder = header.substr(0, header.find('/'));
                if (header.find('/') == std::string::npos || !(arrows.contains(folder) || folder == "ui"))
                    continue;
                QVERIFY2(targets.contains(folder), (file.string() + " includes " + header).c_str());
            }
        }
    }

    void coreHasNoQt()
    {
        const std::regex qt("^(Q[A-Z]|Qt)");
        for (const auto& [file, header] : includesBelow(kSource / "core"))
            QVERIFY2(!std::regex_search(header, qt), (file.string() + " includes " + header).c_str());
    }

    void eachThirdPartyLibraryStaysInItsFolder()
    {
        const std::vector<std::pair<std::regex, std::set<std::string>>> rooms = {
            {std::regex("^(torch|ATen|c10)/"), {"inference"}},
            {std::regex("^sqlite3"), {"store"}},
            {std::regex("^curl/"), {"chat"}},
            {std::regex("^(fluidsynth|portaudio|ebur128)"), {"sound"}},
            {std::regex("^flite|^opencc|^unicode/"), {"language"}},
        };
        std::vector<std::pair<fs::path, std::string>> includes = includesBelow(kSource / "core");
        for (const char* other : {"ui", "app"}) {
            const auto more = includesBelow(kSource / other);
            includes.insert(includes.end(), more.begin(), more.end());
        }
        for (const auto& [file, header] : includes) {
            const fs::path relative = fs::relative(file, kSource);
            auto part = relative.begin();
            const std::string top = part->string();
            const std::string library = (++part)->string();
            for (const auto& [pattern, allowed] : rooms) {
                if (!std::regex_search(header, pattern))
                    continue;
                QVERIFY2(top == "core" && allowed.contains(library),
                         (relative.string() + " includes " + header).c_str());
                QVERIFY2(relative.string().find("/include/") == std::string::npos,
                         (relative.string() + " shows " + header + " in a public header").c_str());
            }
        }
    }

    void uiUsesTheFacadeOnly()
    {
        const std::set<std::string> closed = {"inference", "voice", "sound", "exchange", "store", "chat"};
        for (const auto& [file, header] : includesBelow(kSource / "ui"))
            QVERIFY2(!closed.contains(header.substr(0, header.find('/'))),
                     (file.string() + " includes " + header).c_str());
    }

    void nothingIncludesTheApp()
    {
        for (const char* folder : {"core", "ui"})
            for (const auto& [file, header] : includesBelow(kSource / folder))
                QVERIFY2(!header.starts_with("app/"), (file.string() + " includes " + header).c_str());
    }
};

QTEST_APPLESS_MAIN(TestArrows)
#include "tst_arrows.moc"
