#pragma once

#include <functional>
#include <stop_token>

namespace ds::stores::s3 {

/// A stop of one's own that also fires when another one does.
class LinkedStop {
public:
    explicit LinkedStop(const std::stop_token& other)
        : link_{other, [this] { own_.request_stop(); }} {}
    LinkedStop(const LinkedStop&) = delete;
    LinkedStop& operator=(const LinkedStop&) = delete;
    std::stop_token token() const { return own_.get_token(); }
    void request_stop() { own_.request_stop(); }

private:
    std::stop_source own_;
    std::stop_callback<std::function<void()>> link_;
};

}  // namespace ds::stores::s3
