#include "cli/exit_status.hpp"

namespace ds::cli {

ExitStatus exit_status_of(Code code) {
    switch (code) {
        case Code::invalid: return ExitStatus::usage;
        case Code::not_found: return ExitStatus::not_found;
        case Code::unauthenticated: return ExitStatus::not_signed_in;
        case Code::denied: return ExitStatus::refused;
        case Code::exists:
        case Code::stale:
        case Code::conflict: return ExitStatus::conflict;
        case Code::corrupt: return ExitStatus::damage;
        case Code::unavailable:
        case Code::timeout: return ExitStatus::unreachable;
        case Code::cancelled: return ExitStatus::interrupted;
        case Code::exhausted:
        case Code::unsupported:
        case Code::failed:
        case Code::internal: return ExitStatus::failed;
    }
    return ExitStatus::failed;
}

}  // namespace ds::cli
