#include "base/error.hpp"

namespace ds {

std::string_view name_of(Code code) {
    switch (code) {
        case Code::invalid: return "invalid";
        case Code::not_found: return "not_found";
        case Code::exists: return "exists";
        case Code::denied: return "denied";
        case Code::unauthenticated: return "unauthenticated";
        case Code::unavailable: return "unavailable";
        case Code::timeout: return "timeout";
        case Code::cancelled: return "cancelled";
        case Code::exhausted: return "exhausted";
        case Code::corrupt: return "corrupt";
        case Code::unsupported: return "unsupported";
        case Code::conflict: return "conflict";
        case Code::stale: return "stale";
        case Code::failed: return "failed";
        case Code::internal: return "internal";
    }
    return "internal";
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
