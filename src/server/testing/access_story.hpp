#pragma once

#include "catalog/access_tables.hpp"
#include "crypto/password.hpp"
#include "server/testing/late_clock.hpp"
#include "server/testing/server_story.hpp"

namespace ds::server::testing {

/// Stories of people who sign in, in which time passes.
class AccessStory : public ServerStory {
protected:
    LateClock late;

    sys::Clock& clock() override { return late; }
    /// The server must not outlive its clock.
    void TearDown() override { server.reset(); }

    json::Value signed_in(const std::string& name = "admin", const std::string& secret = password,
                          int status = 201) {
        const auto mine = std::exchange(token, "");
        auto answer = post("session", {{"name", name}, {"password", secret}}, status);
        token = mine;
        return answer;
    }
    json::Value refreshed(const json::Value& from, int status = 200) {
        const auto mine = std::exchange(token, "");
        auto answer = post("session/refresh", {{"refresh", text(from, "refresh")}}, status);
        token = mine;
        return answer;
    }
    /// The status of a request with this token.
    int status_with(const std::string& other, const std::string& path = "session") {
        const auto mine = std::exchange(token, other);
        const auto status = ask("GET", path).status;
        token = mine;
        return status;
    }
    template <class Work>
    auto as(const std::string& other, Work&& work) {
        const auto mine = std::exchange(token, other);
        struct Back {
            std::string& token;
            const std::string& mine;
            ~Back() { token = mine; }
        } const back{token, mine};
        return work();
    }
};

}  // namespace ds::server::testing
