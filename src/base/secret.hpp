#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

namespace ds {

/// Text that must never be shown: prints as ***; only reveal() gives it out, and the memory is
/// wiped.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_{std::move(text)} {}
    Secret(const Secret&) = default;
    // A moved-from short string keeps its letters: copy, then wipe.
    Secret(Secret&& other) noexcept { *this = std::move(other); }
    Secret& operator=(const Secret& other) {
        if (this != &other) {
            wipe();
            text_ = other.text_;
        }
        return *this;
    }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            *this = static_cast<const Secret&>(other);
            other.wipe();
        }
        return *this;
    }
    ~Secret() { wipe(); }

    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

private:
    void wipe() {
        // `volatile` keeps the compiler from dropping writes to memory that is about to go.
        volatile char* p = text_.data();
        for (std::size_t i = 0; i < text_.size(); ++i) p[i] = 0;
        text_.clear();
    }

    std::string text_;
};

}  // namespace ds

template <>
struct fmt::formatter<ds::Secret> : fmt::formatter<std::string_view> {
    auto format(const ds::Secret&, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format("***", context);
    }
};
