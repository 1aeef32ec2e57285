#include "contract.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

namespace cantilena::inference {

namespace {

using nlohmann::json;

constexpr std::uintmax_t kMaxContractBytes = 16u << 20;
constexpr std::int64_t kMaxGoldenElements = 1 << 20;
constexpr int kMaxDepth = 64; ///< of lists in lists

/// The text as JSON, or nothing. Copying and writing JSON calls itself for each level, so the depth is
/// bounded.
std::optional<json> parse(std::string_view text)
{
    bool tooDeep = false;
    const auto bounded = [&](int depth, json::parse_event_t, json&) {
        tooDeep = tooDeep || depth > kMaxDepth;
        return !tooDeep;
    };
    json value = json::parse(text, bounded, false);
    if (tooDeep || value.is_discarded())
        return std::nullopt;
    return value;
}

/// Converting a fraction, or a number too large, to an integer would be undefined.
bool isInteger(const json& value)
{
    return value.is_number_integer();
}

Result<Tensor> tensorOf(const json& value)
{
    const Error bad{"a golden tensor is malformed"};
    if (!value.is_object() || !value.contains("shape") || !value.contains("data") || !value.contains("dtype"))
        return bad;
    Tensor tensor;
    std::int64_t count = 1;
    for (const json& size : value["shape"]) {
        if (!isInteger(size))
            return bad;
        const auto n = size.get<std::int64_t>();
        if (n < 0 || n > kMaxGoldenElements || (n > 0 && count > kMaxGoldenElements / n))
            return bad;
        count *= n;
        tensor.shape.push_back(n);
    }
    if (static_cast<std::int64_t>(value["data"].size()) != count)
        return bad;
    if (value["dtype"] == "int64" && std::all_of(value["data"].begin(), value["data"].end(), isInteger))
        tensor.data = value["data"].get<std::vector<std::int64_t>>();
    else if (value["dtype"] == "float32")
        tensor.data = value["data"].get<std::vector<float>>();
    else
        return bad;
    return tensor;
}

bool isPlainFileName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

Result<Contract> contractOf(const json& entry, const std::filesystem::path& folder)
{
    Contract contract;
    contract.info.id = entry.at("id").get<std::string>();
    contract.info.version =
        entry.at("version").is_string() ? entry.at("version").get<std::string>() : entry.at("version").dump();
    contract.info.task = entry.at("task").get<std::string>();
    contract.info.licence = entry.at("licence").get<std::string>();
    contract.info.sha256 = entry.at("sha256").get<std::string>();
    if (!entry.at("seed").is_number_unsigned())
        return Error{"gives a seed that is no whole number"};
    contract.info.seed = entry.at("seed").get<std::uint64_t>();
    for (const json& source : entry.at("training_data"))
        contract.info.trainingData.push_back(source.is_string() ? source.get<std::string>() : source.dump());
    contract.info.folder = folder;
    contract.weights = entry.at("weights").get<std::string>();
    if (!isPlainFileName(contract.weights))
        return Error{"names a weights file outside its folder"};
    for (const json& asset : entry.at("assets")) {
        contract.assets.push_back(
            {asset.at("file").get<std::string>(), asset.at("sha256").get<std::string>()});
        if (!isPlainFileName(contract.assets.back().file))
            return Error{"names an asset outside its folder"};
    }
    const json& golden = entry.at("golden");
    contract.golden.method = golden.at("method").get<std::string>();
    contract.golden.tolerance = golden.at("tolerance").get<double>();
    for (const json& value : golden.at("inputs")) {
        TRY(Tensor tensor, tensorOf(value));
        contract.golden.inputs.push_back(std::move(tensor));
    }
    for (const json& value : golden.at("outputs")) {
        TRY(Tensor tensor, tensorOf(value));
        contract.golden.outputs.push_back(std::move(tensor));
    }
    json body = entry;
    body.erase("weights");
    body.erase("sha256");
    contract.body = body.dump();
    return contract;
}

} // namespace

Result<std::vector<Contract>> readContracts(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "contract.json";
    const std::string advice = "; install Cantilena again or rebuild the model as models/README.md says.";
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        return Error{"The model contract " + file.string() + " is missing" + advice};
    if (size > kMaxContractBytes)
        return Error{"The model contract " + file.string() + " is too large to be one" + advice};
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in)
        return Error{"The model contract " + file.string() + " cannot be read; check its permissions."};
    Result<std::vector<Contract>> contracts = contractsOf(text.str(), folder);
    if (!contracts)
        return Error{"The model contract " + file.string() + " " + contracts.error().message + advice};
    return contracts;
}

Result<std::vector<Contract>> contractsOf(std::string_view text, const std::filesystem::path& folder)
{
    const std::optional<json> listing = parse(text);
    if (!listing)
        return Error{"is damaged"};
    try {
        std::vector<Contract> contracts;
        for (const json& entry : listing->at("models")) {
            TRY(Contract contract, contractOf(entry, folder));
            contracts.push_back(std::move(contract));
        }
        return contracts;
    } catch (const json::exception&) {
        return Error{"is damaged"};
    }
}

Result<std::string> normalisedContract(std::string_view text)
{
    const std::optional<json> contract = parse(text);
    if (!contract)
        return Error{"no contract inside"};
    return contract->dump();
}

Result<std::vector<ModelName>> listModels(const std::filesystem::path& models)
{
    std::error_code error;
    std::vector<std::filesystem::path> folders;
    for (std::filesystem::directory_iterator it(models, error), end; !error && it != end;
         it.increment(error)) {
        if (std::filesystem::exists(it->path() / "contract.json"))
            folders.push_back(it->path());
    }
    if (error)
        return Error{"The models folder " + models.string() + " cannot be read; install Cantilena again."};
    std::sort(folders.begin(), folders.end());
    std::vector<ModelName> names;
    for (const std::filesystem::path& folder : folders) {
        TRY(const std::vector<Contract> contracts, readContracts(folder));
        for (const Contract& contract : contracts)
            names.push_back({folder.filename().string(), contract.info.id});
    }
    return names;
}

Result<ModelInfo> describeModel(const std::filesystem::path& models, const ModelName& name)
{
    TRY(const std::vector<Contract> contracts, readContracts(models / name.family));
    for (const Contract& contract : contracts)
        if (contract.info.id == name.id)
            return contract.info;
    return Error{"The model " + name.id + " is not listed under " + (models / name.family).string() + "."};
}

} // namespace cantilena::inference
