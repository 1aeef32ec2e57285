#include <QtTest>

#include <fstream>
#include <map>
#include <sstream>

#include <voice/phone_set.h>

using namespace cantilena;
using namespace cantilena::voice;

namespace {

using Strings = std::vector<std::string>;

std::vector<Strings> rowsOf(const char* file)
{
    std::ifstream in(std::string(CANTILENA_SOURCE_DIR "/models/voice/") + file);
    std::vector<Strings> rows;
    std::string line;
    while (std::getline(in, line)) {
        Strings row;
        std::istringstream fields(line);
        std::string field;
        while (std::getline(fields, field, '\t'))
            row.push_back(field);
        rows.push_back(row);
    }
    return rows;
}

Strings flat(const SyllablePhones& phones)
{
    Strings result = phones.onset;
    result.push_back(phones.nucleus);
    result.insert(result.end(), phones.coda.begin(), phones.coda.end());
    return result;
}

} // namespace

class TestPhoneSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void english()
    {
        using language::Language;
        QCOMPARE(singerPhones({"s", "t", "r", "iy", "t"}, Language::English),
                 (SyllablePhones{{"s", "t", "r"}, "iy", {"t"}}));
        QCOMPARE(singerPhones({"ay"}, Language::English), (SyllablePhones{{}, "ay", {}}));
        QCOMPARE(singerPhones({"ax", "m"}, Language::English), (SyllablePhones{{}, "m", {}}));
        QCOMPARE(singerPhones({"n"}, Language::English), (SyllablePhones{{}, "n", {}}));
        QCOMPARE(singerPhones({"s"}, Language::English), (SyllablePhones{{"s"}, "ax", {}}));
        QCOMPARE(singerPhones({}, Language::English), (SyllablePhones{{}, "ax", {}}));
        QCOMPARE(singerPhones({"??", "b", "iy"}, Language::English), (SyllablePhones{{"b"}, "iy", {}}));
    }
    void mandarin()
    {
        using language::Language;
        QCOMPARE(singerPhones({"h", "ang"}, Language::Mandarin), (SyllablePhones{{"c_h"}, "c_ang", {"ng"}}));
        QCOMPARE(singerPhones({"x", "ian"}, Language::Mandarin),
                 (SyllablePhones{{"c_x", "y"}, "c_ie", {"n"}}));
        QCOMPARE(singerPhones({"van"}, Language::Mandarin), (SyllablePhones{{"c_yu"}, "c_ie", {"n"}}));
        QCOMPARE(singerPhones({"h", "ui", "r"}, Language::Mandarin),
                 (SyllablePhones{{"c_h", "w"}, "c_ei", {"r"}}));
        QCOMPARE(singerPhones({"sh", "ir"}, Language::Mandarin), (SyllablePhones{{"c_sh"}, "c_iii", {}}));
        QCOMPARE(singerPhones({"s", "iz"}, Language::Mandarin), (SyllablePhones{{"s"}, "c_ii", {}}));
        QVERIFY(!singerPhones({}, Language::Mandarin).nucleus.empty());
    }
    void agreesWithTheModelsMapping()
    {
        // The spellings that core/language gives; the model's file has others beside them.
        std::map<std::string, Strings> initials;
        std::size_t compared = 0;
        for (const Strings& row : rowsOf("mandarin.tsv")) {
            if (row.size() < 3)
                continue;
            Strings expected;
            std::istringstream words(row[2]);
            for (std::string word; words >> word;)
                expected.push_back(word);
            if (row[0] == "initial") {
                QCOMPARE(singerPhones({row[1], "a"}, language::Language::Mandarin).onset, expected);
                ++compared;
            }
            const bool used = row[1] != "ii" && row[1] != "iii" && row[1] != "iou" && row[1] != "uei" &&
                              row[1] != "uen" && row[1] != "io" && row[1] != "iai" && row[1] != "ue";
            if (row[0] == "final" && used &&
                isSungVowel(singerPhones({row[1]}, language::Language::Mandarin).nucleus) &&
                singerPhones({row[1]}, language::Language::Mandarin) !=
                    singerPhones({}, language::Language::Mandarin)) {
                QCOMPARE(flat(singerPhones({row[1]}, language::Language::Mandarin)), expected);
                ++compared;
            }
        }
        QVERIFY(compared >= 21 + 36);
    }
    void agreesWithTheModelsTable()
    {
        std::size_t compared = 0;
        for (const Strings& row : rowsOf("phone_table.tsv")) {
            if (row.size() < 5 || row[0] == "phone" || row[0] == "pau" || row[0] == "br" ||
                row[0].starts_with("j_"))
                continue;
            QVERIFY2(std::abs(typicalSeconds(row[0]) - std::stod(row[4]) / 1000) < 1e-9, row[0].c_str());
            QCOMPARE(isSungVowel(row[0]), row[1] == "vowel" || row[1] == "diphthong");
            const bool sonorant = row[1] == "vowel" || row[1] == "diphthong" || row[1] == "glide" ||
                                  row[1] == "liquid" || row[1] == "nasal";
            QCOMPARE(isSonorantPhone(row[0]), sonorant);
            ++compared;
        }
        QVERIFY(compared > 60);
    }
};

QTEST_GUILESS_MAIN(TestPhoneSet)
#include "tst_phone_set.moc"
