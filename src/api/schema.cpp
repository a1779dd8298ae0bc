#include "api/schema.hpp"

namespace ds::api::detail {

std::string short_name(std::string_view type) {
    const auto colons = type.rfind("::");
    return std::string{colons == std::string_view::npos ? type : type.substr(colons + 2)};
}

}  // namespace ds::api::detail
