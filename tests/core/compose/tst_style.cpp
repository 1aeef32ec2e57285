#include <QtTest/QTest>

#include <fstream>
#include <set>
#include <sstream>

#include <compose/style.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

const std::filesystem::path kStyles = std::filesystem::path(CANTILENA_SOURCE_DIR) / "resources" / "styles";

std::string fileText(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

} // namespace

class TestStyle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shippedStylesLoad()
    {
        const auto styles = loadStyles(kStyles);
        QVERIFY2(styles, styles ? "" : styles.error().message.c_str());
        const std::set<std::string> expected = {
            "pop",        "rock",  "folk",    "country",     "rnb",      "indie",
            "ballad",     "dance", "hip-hop", "jazz",        "lullaby",  "musical",
            "electronic", "waltz", "bossa",   "gospel-soul", "children", "singer-songwriter"};
        std::set<std::string> ids;
        for (const Style& style : *styles) {
            ids.insert(style.id);
            QVERIFY(!style.name.english.empty() && !style.name.chinese.empty());
            QVERIFY(style.slowest <= style.usual && style.usual <= style.fastest);
            QVERIFY2(style.parts.size() >= 4, style.id.c_str());
            for (const StylePart& part : style.parts)
                QVERIFY(part.high.midi - part.low.midi >= 12);
        }
        QCOMPARE(ids, expected);
        QVERIFY(findStyle(*styles, "waltz"));
        QCOMPARE(findStyle(*styles, "waltz")->meters.front(), (music::Meter{3, 4}));
        QVERIFY(!findStyle(*styles, "polka"));
        QCOMPARE(findStyle(*styles, "pop")->name.in(language::Language::Mandarin), std::string("流行"));
    }

    void wrongFilesGetOneSentence_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const std::string good = fileText(kStyles / "pop.json");
        const auto row = [&](const char* name, const std::string& text, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(expected);
        };
        row("not json", "{", "it is not JSON");
        row("empty", "", "it is not JSON");
        row("a list", "[]", "must be an object");
        row("nothing in it", "{}", "has no id");
        row("bad id", replaced(good, "\"pop\"", "\"Pop Rock\""), "lower-case");
        row("name without Chinese", replaced(good, "\"zh\"", "\"xx\""), "name");
        row("tempo of text", replaced(good, "\"usual\": 108", "\"usual\": \"fast\""),
            "usual must be a number");
        row("usual outside the range", replaced(good, "\"usual\": 108", "\"usual\": 400"),
            "usual must be a number");
        row("meter", replaced(good, "\"4/4\"", "\"four\""), "meters must be");
        row("meter of zero", replaced(good, "\"4/4\"", "\"0/4\""), "meters must be");
        row("swing", replaced(good, "\"swing\": 0.5", "\"swing\": 7"),
            "swing must be a number from 0.5 to 0.75");
        row("program", replaced(good, "\"program\": 33", "\"program\": 128"),
            "program must be a number from 0 to 127");
        row("role", replaced(good, "\"role\": \"bass\"", "\"role\": \"melody\""), "role must be");
        row("figure", replaced(good, "\"figure\": \"bass\"", "\"figure\": \"walk\""), "figure must be");
        row("descending range", replaced(good, "\"range\": [28, 50]", "\"range\": [50, 28]"),
            "range must ascend");
        row("narrow range", replaced(good, "\"range\": [28, 50]", "\"range\": [28, 33]"), "range must span");
        row("unknown member", replaced(good, "\"swing\"", "\"sving\": 1, \"swing\""), "unknown member");
        row("twice the same part", replaced(good, "\"id\": \"comp\"", "\"id\": \"bass\""), "twice");
        row("no mix", replaced(good, "\"mix\"", "\"mixx\""), "drums");
    }
    void wrongFilesGetOneSentence()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto style = parseStyle(text.toStdString(), "pop.json");
        QVERIFY(!style);
        const std::string message = style.error().message;
        QVERIFY2(message.find(expected.toStdString()) != std::string::npos, message.c_str());
        QVERIFY2(message.starts_with("The style pop.json cannot be used: "), message.c_str());
        QCOMPARE(message.find('\n'), std::string::npos);
    }

    void deepNestingIsRefused()
    {
        const std::string deep = std::string(200, '[') + std::string(200, ']');
        QVERIFY(!parseStyle(deep, "deep.json"));
    }

    void missingFolder()
    {
        const auto styles = loadStyles(kStyles / "nowhere");
        QVERIFY(!styles);
        QVERIFY(styles.error().message.find("No styles were found") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestStyle)
#include "tst_style.moc"
