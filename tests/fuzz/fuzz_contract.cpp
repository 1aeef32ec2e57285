#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "contract.h"

/// contract.json of a models folder, and the contract inside an archive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena::inference;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto contracts = contractsOf(text, "models")) {
        for (const Contract& contract : *contracts) {
            const auto body = normalisedContract(contract.body);
            if (!body || *body != contract.body || contract.weights.find('/') != std::string::npos)
                std::abort();
        }
    }
    if (const auto body = normalisedContract(text); body && normalisedContract(*body).hasValue() != true)
        std::abort();
    return 0;
}
