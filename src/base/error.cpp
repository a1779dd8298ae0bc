#include "base/error.hpp"

#include <array>
#include <utility>

namespace ds {
namespace {

constexpr std::array<std::pair<Code, std::string_view>, 15> names{{
    {Code::invalid, "invalid"},
    {Code::not_found, "not_found"},
    {Code::exists, "exists"},
    {Code::denied, "denied"},
    {Code::unauthenticated, "unauthenticated"},
    {Code::unavailable, "unavailable"},
    {Code::timeout, "timeout"},
    {Code::cancelled, "cancelled"},
    {Code::exhausted, "exhausted"},
    {Code::corrupt, "corrupt"},
    {Code::unsupported, "unsupported"},
    {Code::conflict, "conflict"},
    {Code::stale, "stale"},
    {Code::failed, "failed"},
    {Code::internal, "internal"},
}};

}  // namespace

std::string_view name_of(Code code) {
    for (const auto& [one, name] : names) {
        if (one == code) return name;
    }
    return "internal";
}

std::optional<Code> code_named(std::string_view name) {
    for (const auto& [code, one] : names) {
        if (one == name) return code;
    }
    return {};
}

std::string Error::message() const {
    std::string whole;
    for (auto step = trail_.rbegin(); step != trail_.rend(); ++step) whole += *step + ": ";
    return whole + message_;
}

Error&& Error::while_doing(std::string what) && {
    trail_.push_back(std::move(what));
    return std::move(*this);
}

Error&& Error::hinting(std::string hint) && {
    if (hint_.empty()) hint_ = std::move(hint);
    return std::move(*this);
}

Error&& Error::waiting(long seconds) && {
    wait_seconds_ = seconds;
    return std::move(*this);
}

}  // namespace ds
