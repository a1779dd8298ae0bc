#include "base/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace ds::detail {

void check_failed(const char* condition, const char* text, const char* file, int line) {
    std::fprintf(stderr, "dumpstation: bug: %s (%s) at %s:%d\n", text, condition, file, line);
    std::abort();
}

}  // namespace ds::detail
