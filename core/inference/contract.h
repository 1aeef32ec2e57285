#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <inference/model.h>

namespace cantilena::inference {

/// One example call with its expected result.
struct Golden {
    std::string method;
    std::vector<Tensor> inputs;
    std::vector<Tensor> outputs;
    double tolerance = 1e-3; ///< largest allowed absolute difference
};

struct Asset {
    std::string file; ///< a name inside the folder
    std::string sha256;
};

/// One entry of a contract.json, as models/common/contract.py writes it.
struct Contract {
    ModelInfo info;
    std::string weights; ///< file name of the archive inside the folder
    std::vector<Asset> assets;
    Golden golden;
    std::string
        body; ///< the entry without `weights` and `sha256`, normalised: what the archive carries inside
};

/// Reads a folder's contract.json. Sizes are bounded; file names may not leave the folder.
Result<std::vector<Contract>> readContracts(const std::filesystem::path& folder);

/// The same from the text of the file. The error goes on from "The model contract ... ".
Result<std::vector<Contract>> contractsOf(std::string_view text, const std::filesystem::path& folder);

/// The text that the archive's own contract must equal, key order and spacing aside.
Result<std::string> normalisedContract(std::string_view json);

} // namespace cantilena::inference
