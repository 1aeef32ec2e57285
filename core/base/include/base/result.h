#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace cantilena {

/// Why something could not be done: one sentence for a person, saying what failed, where, and what to do.
struct Error {
    std::string message;

    bool operator==(const Error&) const = default;
};

/// Either a value or an Error. Functions that can fail for a reason outside the program return it;
/// broken invariants inside the program are asserts.
template<typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool hasValue() const { return m_state.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template<> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool hasValue() const { return !m_error.has_value(); }
    explicit operator bool() const { return hasValue(); }
    const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace cantilena

#define CANTILENA_CONCAT_(a, b) a##b
#define CANTILENA_CONCAT(a, b) CANTILENA_CONCAT_(a, b)

/// TRY(declaration, expression): declares `declaration` from the value, or returns the error from the
/// function.
#define TRY(declaration, expression)                                                                         \
    auto CANTILENA_CONCAT(result_, __LINE__) = (expression);                                                 \
    if (!CANTILENA_CONCAT(result_, __LINE__))                                                                \
        return CANTILENA_CONCAT(result_, __LINE__).error();                                                  \
    declaration = *std::move(CANTILENA_CONCAT(result_, __LINE__))

/// TRY_VOID(expression): returns the error of a Result<void> (or any Result whose value is not wanted).
#define TRY_VOID(expression)                                                                                 \
    do {                                                                                                     \
        if (auto result_ = (expression); !result_)                                                           \
            return result_.error();                                                                          \
    } while (false)
