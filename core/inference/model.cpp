#include <inference/model.h>

#include <cmath>
#include <fstream>
#include <mutex>
#include <sstream>

#include <dlfcn.h>

#include <ATen/Parallel.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/script.h>

#include <base/hash.h>

#include "contract.h"

namespace cantilena::inference {

namespace {

constexpr std::uintmax_t kMaxWeightBytes = 256u << 20;

/// One thread a call, everywhere: a second thread makes a one-token step slower, and a sum split in another
/// way gives other bits. OpenBLAS keeps its own count, which torch does not set.
void useOneThread()
{
    static std::once_flag once;
    std::call_once(once, [] {
        at::set_num_threads(1);
        if (void* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
            reinterpret_cast<void (*)(int)>(symbol)(1);
    });
}

/// The graph optimiser specialises on the shapes of the first calls, so the third call could give other bits
/// than the first. Off, the graph runs as it was written.
struct RunGuard {
    c10::InferenceMode inference;
    torch::jit::GraphOptimizerEnabledGuard optimizer{false};
};

at::Tensor toTorch(const Tensor& tensor)
{
    if (const auto* floats = std::get_if<std::vector<float>>(&tensor.data))
        return torch::from_blob(const_cast<float*>(floats->data()), tensor.shape, torch::kFloat32).clone();
    const auto& integers = std::get<std::vector<std::int64_t>>(tensor.data);
    return torch::from_blob(const_cast<std::int64_t*>(integers.data()), tensor.shape, torch::kInt64).clone();
}

Tensor fromTorch(const at::Tensor& value)
{
    const at::Tensor tensor = value.contiguous();
    Tensor result;
    result.shape = tensor.sizes().vec();
    const auto count = static_cast<std::size_t>(tensor.numel());
    if (tensor.scalar_type() == torch::kInt64) {
        const auto* data = tensor.data_ptr<std::int64_t>();
        result.data = std::vector<std::int64_t>(data, data + count);
    } else {
        const at::Tensor floats = tensor.to(torch::kFloat32);
        const auto* data = floats.data_ptr<float>();
        result.data = std::vector<float>(data, data + count);
    }
    return result;
}

/// Archives may keep their weights in half precision, which halves their size; they compute in float32.
void widen(torch::jit::Module& module)
{
    const auto widenTensor = [](const at::Tensor& tensor) {
        if (tensor.scalar_type() == torch::kHalf)
            tensor.set_data(tensor.to(torch::kFloat32));
    };
    for (const at::Tensor& parameter : module.parameters())
        widenTensor(parameter);
    for (const at::Tensor& buffer : module.buffers())
        widenTensor(buffer);
}

/// The size that a tensor's data must have for its shape.
bool isConsistent(const Tensor& tensor)
{
    std::int64_t count = 1;
    for (const std::int64_t n : tensor.shape)
        count *= n;
    const std::size_t size = std::visit([](const auto& v) { return v.size(); }, tensor.data);
    return count >= 0 && static_cast<std::size_t>(count) == size;
}

/// Tensors of a result in order; `cache` takes the list of tensors, when there is one.
std::vector<Tensor> unpack(const torch::IValue& value, c10::List<at::Tensor>* cache)
{
    std::vector<Tensor> result;
    if (value.isTensor()) {
        result.push_back(fromTorch(value.toTensor()));
    } else if (value.isTuple()) {
        for (const torch::IValue& part : value.toTupleRef().elements()) {
            if (part.isTensor())
                result.push_back(fromTorch(part.toTensor()));
            else if (part.isTensorList() && cache)
                *cache = part.toTensorList();
        }
    }
    return result;
}

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

struct Model::Impl {
    Contract contract;
    torch::jit::Module module;

    Error failure(std::string_view method, const std::exception& error) const
    {
        return Error{"The model " + contract.info.id + " failed in " + std::string(method) + ": " +
                     firstLine(error.what())};
    }
};

struct Stepper::Impl {
    std::shared_ptr<const Model::Impl> model;
    c10::List<at::Tensor> cache;
};

Model::Model(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
Model::~Model() = default;

const ModelInfo& Model::info() const
{
    return m_impl->contract.info;
}

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& models, std::string_view family,
                                                 std::string_view id)
{
    useOneThread();
    const std::filesystem::path folder = models / family;
    const std::string advice = "; install Cantilena again or rebuild the model as models/README.md says.";
    TRY(std::vector<Contract> contracts, readContracts(folder));
    const auto found =
        std::find_if(contracts.begin(), contracts.end(), [&](const Contract& c) { return c.info.id == id; });
    if (found == contracts.end())
        return Error{"The model " + std::string(id) + " is not listed in " +
                     (folder / "contract.json").string() + advice};
    auto impl = std::make_unique<Impl>();
    impl->contract = std::move(*found);

    const std::filesystem::path file = folder / impl->contract.weights;
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        return Error{"The model file " + file.string() + " is missing" + advice};
    if (size > kMaxWeightBytes)
        return Error{"The model file " + file.string() + " is too large to be one" + advice};
    std::string bytes(size, '\0');
    std::ifstream in(file, std::ios::binary);
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
        return Error{"The model file " + file.string() + " cannot be read; check its permissions."};
    if (sha256(bytes) != impl->contract.info.sha256)
        return Error{"The model file " + file.string() +
                     " is not the one its contract describes (its hash differs)" + advice};
    for (const Asset& asset : impl->contract.assets) {
        TRY(const std::string hash, sha256OfFile(folder / asset.file));
        if (hash != asset.sha256)
            return Error{"The model file " + (folder / asset.file).string() +
                         " is not the one its contract describes (its hash differs)" + advice};
    }
    try {
        torch::jit::ExtraFilesMap extra{{"contract.json", ""}};
        std::istringstream stream(std::move(bytes));
        impl->module = torch::jit::load(stream, torch::kCPU, extra);
        impl->module.eval();
        widen(impl->module);
        const Result<std::string> inside = normalisedContract(extra["contract.json"]);
        if (!inside || *inside != impl->contract.body)
            return Error{"The contract inside " + file.string() + " differs from " +
                         (folder / "contract.json").string() + advice};
    } catch (const std::exception& e) {
        return Error{"The model file " + file.string() + " cannot be loaded (" + firstLine(e.what()) + ")" +
                     advice};
    }
    std::shared_ptr<const Model> model(new Model(std::move(impl)));
    TRY_VOID(model->checkGolden());
    return model;
}

Result<void> Model::checkGolden() const
{
    const Golden& golden = m_impl->contract.golden;
    std::vector<Tensor> outputs;
    if (golden.method == "step") {
        if (golden.inputs.empty() || golden.inputs.front().shape.empty())
            return Error{"The model " + info().id + " has a golden step without a batch; rebuild it."};
        TRY(Stepper stepper, start(golden.inputs.front().shape.front()));
        TRY(outputs, stepper.step(golden.inputs));
    } else {
        TRY(outputs, run(golden.method, golden.inputs));
    }
    if (outputs.size() != golden.outputs.size())
        return Error{"The model " + info().id + " gives another number of outputs than its contract says."};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].shape != golden.outputs[i].shape ||
            outputs[i].data.index() != golden.outputs[i].data.index())
            return Error{"The model " + info().id +
                         " gives an output of another shape than its contract says."};
        double worst = 0;
        if (outputs[i].data.index() == 0) {
            const auto& got = outputs[i].asFloats();
            const auto& expected = golden.outputs[i].asFloats();
            for (std::size_t k = 0; k < got.size(); ++k) {
                const double difference = std::abs(static_cast<double>(got[k]) - expected[k]);
                worst = std::isnan(difference) ? INFINITY : std::max(worst, difference);
            }
        } else if (outputs[i].asIntegers() != golden.outputs[i].asIntegers()) {
            worst = INFINITY;
        }
        if (!(worst <= golden.tolerance))
            return Error{"The model " + info().id + " computes other values than its contract says (off by " +
                         std::to_string(worst) + "); reinstall libtorch or rebuild the model."};
    }
    return {};
}

Result<std::vector<Tensor>> Model::run(std::string_view method, std::span<const Tensor> inputs) const
{
    try {
        const RunGuard guard;
        std::vector<torch::IValue> arguments;
        for (const Tensor& input : inputs) {
            if (!isConsistent(input))
                return Error{"The model " + info().id +
                             " was given a tensor whose data does not fit its shape."};
            arguments.emplace_back(toTorch(input));
        }
        return unpack(m_impl->module.get_method(std::string(method))(std::move(arguments)), nullptr);
    } catch (const std::exception& e) {
        return m_impl->failure(method, e);
    }
}

Result<Stepper> Model::start(std::int64_t batch) const
{
    try {
        const RunGuard guard;
        const torch::IValue cache = m_impl->module.get_method("initial_cache")({batch});
        return Stepper(std::make_unique<Stepper::Impl>(Stepper::Impl{m_impl, cache.toTensorList()}));
    } catch (const std::exception& e) {
        return m_impl->failure("initial_cache", e);
    }
}

Stepper::Stepper(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Stepper::Stepper(const Stepper& other)
    : m_impl(std::make_unique<Impl>(Impl{other.m_impl->model, other.m_impl->cache.copy()}))
{
}
Stepper& Stepper::operator=(const Stepper& other)
{
    *this = Stepper(other);
    return *this;
}
Stepper::Stepper(Stepper&&) noexcept = default;
Stepper& Stepper::operator=(Stepper&&) noexcept = default;
Stepper::~Stepper() = default;

Result<std::vector<Tensor>> Stepper::step(std::span<const Tensor> inputs)
{
    try {
        const RunGuard guard;
        std::vector<torch::IValue> arguments;
        for (const Tensor& input : inputs) {
            if (!isConsistent(input))
                return Error{"The model " + m_impl->model->contract.info.id +
                             " was given a tensor whose data does not fit its shape."};
            arguments.emplace_back(toTorch(input));
        }
        arguments.emplace_back(m_impl->cache);
        return unpack(m_impl->model->module.get_method("step")(std::move(arguments)), &m_impl->cache);
    } catch (const std::exception& e) {
        return m_impl->model->failure("step", e);
    }
}

void Stepper::select(std::span<const std::int64_t> rows)
{
    const RunGuard guard;
    const at::Tensor index = toTorch(Tensor::integers({static_cast<std::int64_t>(rows.size())},
                                                      std::vector<std::int64_t>(rows.begin(), rows.end())));
    c10::List<at::Tensor> selected;
    for (const at::Tensor& tensor : m_impl->cache.vec())
        selected.push_back(tensor.index_select(0, index));
    m_impl->cache = std::move(selected);
}

} // namespace cantilena::inference
