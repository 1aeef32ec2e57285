#include <inference/model.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;
using namespace cantilena;
using namespace cantilena::inference;

namespace {

const fs::path kModels = fs::path(CANTILENA_SOURCE_DIR) / "models";
const fs::path kOwnModels =
    fs::path(CANTILENA_SOURCE_DIR) / "tests/core/inference"; // family "half", by make.py
constexpr const char* kFamily = "harmony";                   // the smallest

std::string readAll(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

void writeAll(const fs::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

class TestModel : public QObject {
    Q_OBJECT

private:
    std::string m_id;

    /// A copy of the smallest family in a folder of its own.
    fs::path copyOfModels(const QTemporaryDir& folder)
    {
        const fs::path copy = fs::path(folder.path().toStdString()) / "models";
        fs::create_directories(copy);
        fs::copy(kModels / kFamily, copy / kFamily, fs::copy_options::recursive);
        return copy;
    }

    fs::path weights(const fs::path& models) { return models / kFamily / (m_id + ".pt"); }

private Q_SLOTS:
    void initTestCase()
    {
        const auto names = listModels(kModels);
        QVERIFY2(names.hasValue(), names ? "" : names.error().message.c_str());
        for (const ModelName& name : *names)
            if (name.family == kFamily)
                m_id = name.id;
        QVERIFY(!m_id.empty());
    }

    void everyListedModelLoadsAndGivesItsGoldenValues()
    {
        const auto names = listModels(kModels);
        QVERIFY(names.hasValue());
        for (const ModelName& name : *names) {
            const auto model = Model::load(kModels, name.family, name.id);
            QVERIFY2(model.hasValue(), model ? "" : model.error().message.c_str());
            QCOMPARE((*model)->info().id, name.id);
            QCOMPARE((*model)->info().sha256.size(), std::size_t{64});
            QVERIFY(!(*model)->info().licence.empty());
            QVERIFY(!(*model)->info().trainingData.empty());
        }
    }

    void weightsInHalfPrecisionStepLikeTheSameOnesInFloat()
    {
        std::vector<std::vector<float>> results[2];
        for (int i = 0; i < 2; ++i) {
            const auto model = Model::load(kOwnModels, "half", i == 0 ? "half" : "wide");
            QVERIFY2(model.hasValue(), model ? "" : model.error().message.c_str());
            auto stepper = (*model)->start(2);
            QVERIFY(stepper.hasValue());
            for (std::int64_t token = 1; token < 5; ++token) {
                const std::vector<Tensor> inputs{Tensor::integers({2, 1}, {token, token + 5}),
                                                 Tensor::integers({2, 1}, {4 - token, token})};
                const auto outputs = stepper->step(inputs);
                QVERIFY2(outputs.hasValue(), outputs ? "" : outputs.error().message.c_str());
                results[i].push_back(outputs->at(0).asFloats());
                const std::vector<std::int64_t> swapped{1, 0};
                stepper->select(swapped);
            }
        }
        QVERIFY(results[0] == results[1]);
    }

    void oneChangedByteIsRefused()
    {
        const QTemporaryDir folder;
        const fs::path models = copyOfModels(folder);
        std::string bytes = readAll(weights(models));
        bytes[bytes.size() / 3] ^= 4;
        writeAll(weights(models), bytes);
        const auto model = Model::load(models, kFamily, m_id);
        QVERIFY(!model);
        QVERIFY(model.error().message.find("hash") != std::string::npos);
    }

    void aMissingFileIsSaid()
    {
        const QTemporaryDir folder;
        const fs::path models = copyOfModels(folder);
        fs::remove(weights(models));
        const auto model = Model::load(models, kFamily, m_id);
        QVERIFY(!model);
        QVERIFY(model.error().message.find("missing") != std::string::npos);
        QVERIFY(!Model::load(models, kFamily, "no-such-model"));
        QVERIFY(!Model::load(models, "no-such-family", m_id));
        QVERIFY(!Model::load(models / "nowhere", kFamily, m_id));
    }

    void aContractCutAtAnyPlaceIsRefused()
    {
        const QTemporaryDir folder;
        const fs::path models = copyOfModels(folder);
        const std::string contract = readAll(models / kFamily / "contract.json");
        for (int i = 0; i < 40; ++i) {
            writeAll(models / kFamily / "contract.json", contract.substr(0, contract.size() * i / 41));
            QVERIFY(!Model::load(models, kFamily, m_id));
        }
    }

    void aContractThatLeavesItsFolderIsRefused()
    {
        const QTemporaryDir folder;
        const fs::path models = copyOfModels(folder);
        std::string contract = readAll(models / kFamily / "contract.json");
        const std::string name = m_id + ".pt";
        contract.replace(contract.find(name), name.size(), "../" + name);
        writeAll(models / kFamily / "contract.json", contract);
        const auto model = Model::load(models, kFamily, m_id);
        QVERIFY(!model);
        QVERIFY(model.error().message.find("outside") != std::string::npos);
    }

    void aContractOfAnyShapeIsAnErrorNotACrash()
    {
        const QTemporaryDir folder;
        const fs::path models = copyOfModels(folder);
        const std::string contract = readAll(models / kFamily / "contract.json");
        const auto with = [&](const std::string& member, const std::string& value) {
            const std::size_t name = contract.find('"' + member + "\":");
            const std::size_t from = name + member.size() + 3;
            std::string changed = contract;
            changed.replace(from, changed.find_first_of(",\n", from) - from, value);
            writeAll(models / kFamily / "contract.json", changed);
            return describeModel(models, {kFamily, m_id}).hasValue();
        };
        QVERIFY(with("version", "\"1\""));
        constexpr std::size_t kDeep = 1'000'000;
        QVERIFY(!with("version", std::string(kDeep, '[') + std::string(kDeep, ']')));
        QVERIFY(!with("licence", std::string(kDeep, '[') + std::string(kDeep, ']')));
        QVERIFY(!with("seed", "1e300"));
        QVERIFY(!with("seed", "-1"));
        QVERIFY(!with("seed", "0.5"));
    }

    void wrongTensorsAreErrorsNotCrashes()
    {
        const auto model = Model::load(kModels, kFamily, m_id);
        QVERIFY(model.hasValue());
        const std::vector<Tensor> inconsistent{Tensor::integers({2, 3}, {1, 2})};
        QVERIFY(!(*model)->run("forward", inconsistent));
        const std::vector<Tensor> none;
        QVERIFY(!(*model)->run("forward", none));
        QVERIFY(!(*model)->run("no_such_method", none));
    }
};

QTEST_APPLESS_MAIN(TestModel)
#include "tst_model.moc"
