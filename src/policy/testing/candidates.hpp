#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policy/retention.hpp"

namespace ds::policy::testing {

inline Candidate good(std::string id, TimePoint taken) {
    return {.id = std::move(id), .taken = taken, .bytes = 10, .good = true};
}

inline Candidate child(std::string id, TimePoint taken, std::string parent) {
    auto candidate = good(std::move(id), taken);
    candidate.parent = std::move(parent);
    return candidate;
}

inline Candidate broken(std::string id, TimePoint taken) {
    auto candidate = good(std::move(id), taken);
    candidate.good = false;
    return candidate;
}

/// One good backup a day, "d0" now, "d1" yesterday …
inline std::vector<Candidate> daily(int count, TimePoint now) {
    std::vector<Candidate> list;
    for (int i = 0; i < count; ++i)
        list.push_back(good("d" + std::to_string(i), now - i * std::chrono::days{1}));
    return list;
}

}  // namespace ds::policy::testing
