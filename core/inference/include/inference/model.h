#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <base/result.h>

namespace cantilena::inference {

/// A dense tensor in row-major order, of 64-bit integers or 32-bit floats.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::variant<std::vector<float>, std::vector<std::int64_t>> data;

    static Tensor floats(std::vector<std::int64_t> shape, std::vector<float> values)
    {
        return {std::move(shape), std::move(values)};
    }
    static Tensor integers(std::vector<std::int64_t> shape, std::vector<std::int64_t> values)
    {
        return {std::move(shape), std::move(values)};
    }
    const std::vector<float>& asFloats() const { return std::get<0>(data); }
    const std::vector<std::int64_t>& asIntegers() const { return std::get<1>(data); }
};

/// What the contract of a model says of it.
struct ModelInfo {
    std::string id;
    std::string version;
    std::string task;
    std::string licence;
    std::string sha256; ///< of the archive
    std::uint64_t seed = 0;
    std::vector<std::string> trainingData;
    std::filesystem::path folder; ///< where its assets (vocabularies ...) are
};

class Stepper;

/// One TorchScript archive, checked and ready. Calls run on the calling thread, one torch thread each, and
/// give the same bits every time. A Model may be shared by threads; a Stepper belongs to one.
class Model {
public:
    /// Loads `id` from `<models>/<family>/`, where contract.json lists it. Checks the archive's SHA-256, the
    /// assets' SHA-256, and that the contract inside the archive is the listed one. Errors name the file and
    /// what to do.
    static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& models,
                                                     std::string_view family, std::string_view id);
    ~Model();

    const ModelInfo& info() const;

    /// Runs the contract's golden input and compares; an error says by how much it differs.
    Result<void> checkGolden() const;

    /// Calls a method that takes tensors and returns a tensor or a tuple of tensors.
    Result<std::vector<Tensor>> run(std::string_view method, std::span<const Tensor> inputs) const;

    /// Starts autoregressive decoding of `batch` rows with `initial_cache` and `step`.
    Result<Stepper> start(std::int64_t batch) const;

private:
    friend class Stepper;
    struct Impl;
    explicit Model(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> m_impl; // shared with the steppers
};

/// The state of one decoding: the model's cache, which `step` extends. Cheap to copy (tensors are shared and
/// never changed in place), so a search can branch. Keeps its Model alive.
class Stepper {
public:
    Stepper(const Stepper&);
    Stepper& operator=(const Stepper&);
    Stepper(Stepper&&) noexcept;
    Stepper& operator=(Stepper&&) noexcept;
    ~Stepper();

    /// One step for all rows: passes `inputs` and the cache to the model's `step`, keeps the new cache,
    /// returns the other outputs (logits first).
    Result<std::vector<Tensor>> step(std::span<const Tensor> inputs);

    /// Keeps rows in this order, repeats allowed: rows[i] becomes row i. Used by beams and candidate
    /// sampling.
    void select(std::span<const std::int64_t> rows);

private:
    friend class Model;
    struct Impl;
    explicit Stepper(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Family and id of every model that the contract files under `models` list, ordered. A folder without
/// contract.json is skipped; one that cannot be read is an error.
struct ModelName {
    std::string family;
    std::string id;
};
Result<std::vector<ModelName>> listModels(const std::filesystem::path& models);

/// What the contract file says of a model, without loading it.
Result<ModelInfo> describeModel(const std::filesystem::path& models, const ModelName& name);

} // namespace cantilena::inference
