#pragma once

#include <string>

#include "model/event.hpp"

namespace ds::notify::email {

/// The letter for programs that show HTML. Nothing is loaded from elsewhere.
std::string html_text(const model::Event& event);

}  // namespace ds::notify::email
