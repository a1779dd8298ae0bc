#pragma once

#include <exception>
#include <type_traits>

#include "base/result.hpp"

namespace ds {

/// Runs `work`, which returns a Result or Status; what it throws (no memory, a library's surprise)
/// becomes Code::internal. For the top of a thread, from where nothing may escape.
template <class Work>
auto guarded(Work&& work) -> std::invoke_result_t<Work> {
    try {
        return work();
    } catch (const std::exception& thrown) {
        return fail(Code::internal, std::string{"something unexpected happened: "} + thrown.what());
    }
}

}  // namespace ds
