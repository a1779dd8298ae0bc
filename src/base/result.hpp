#pragma once

#include <utility>

#include <tl/expected.hpp>

#include "base/error.hpp"

namespace ds {

/// A value or an Error. Must be looked at.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
    Result(Error error) : tl::expected<T, Error>{tl::unexpect, std::move(error)} {}

    /// Adds context to the error, if there is one.
    Result&& while_doing(std::string what) && {
        if (!this->has_value()) std::move(this->error()).while_doing(std::move(what));
        return std::move(*this);
    }
};

using Status = Result<void>;

/// Builds an error to return: `return fail(Code::invalid, "no such part", "See `show`.")`.
inline Error fail(Code code, std::string message, std::string hint = {}) {
    return Error{code, std::move(message), std::move(hint)};
}

namespace detail {
[[noreturn]] void check_failed(const char* condition, const char* text, const char* file, int line);
}

}  // namespace ds

#define DS_CONCAT_INNER(a, b) a##b
#define DS_CONCAT(a, b) DS_CONCAT_INNER(a, b)

/// `DS_TRY(auto size, file.size());` unwraps the value or returns the error.
#define DS_TRY(declaration, expression) \
    DS_TRY_AS(DS_CONCAT(ds_result_, __COUNTER__), declaration, expression)
#define DS_TRY_AS(result, declaration, expression)              \
    auto result = (expression);                                 \
    if (!result) return ::ds::Error(std::move(result.error())); \
    declaration = std::move(*result)

/// `DS_DO(file.sync());` returns the error of a Status, if there is one.
#define DS_DO(expression)                                                 \
    do {                                                                  \
        auto ds_status = (expression);                                    \
        if (!ds_status) return ::ds::Error(std::move(ds_status.error())); \
    } while (false)

/// A rule of our own code that must hold; on in every build. Never on user input or what came over
/// a wire.
#define DS_CHECK(condition, text) \
    (static_cast<bool>(condition) \
         ? void()                 \
         : ::ds::detail::check_failed(#condition, text, __FILE__, __LINE__))
