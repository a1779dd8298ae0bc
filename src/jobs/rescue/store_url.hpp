#pragma once

#include "model/estate.hpp"

namespace ds::jobs {

/// A store's URL as a row keeps it: its secret options apart.
struct StoreUrl {
    std::string plain;
    model::Labels secrets;
};
Result<StoreUrl> without_secrets(const std::string& url);

}  // namespace ds::jobs
