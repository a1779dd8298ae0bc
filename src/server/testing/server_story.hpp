#pragma once

#include <thread>

#include <gtest/gtest.h>

#include "crypto/age.hpp"
#include "http/testing/http_client.hpp"
#include "server/server.hpp"
#include "server/testing/conformance.hpp"
#include "sys/testing/pg_server.hpp"
#include "sys/testing/temp_directory.hpp"

/// The product over its API, as a program sees it: a real PostgreSQL, a real store, real runs.
namespace ds::server::testing {

using namespace std::chrono_literals;
using http::testing::Answer;
using sys::testing::PgServer;
using sys::testing::TempDirectory;

inline constexpr const char* password = "correct horse battery";
inline constexpr auto patience = 60s;

class ServerStory : public ::testing::Test {
protected:
    TempDirectory directory;
    std::unique_ptr<Server> server;
    std::unique_ptr<Conformance> conformance;
    std::string token;
    std::string admin_password = password;  // empty: nobody is there yet

    void SetUp() override {
        start();
        sign_in();
    }

    virtual void sign_in() {
        token = post("session", {{"name", "admin"}, {"password", password}}, 201)
                    .at("token")
                    .as_string();
    }

    /// Empty: SQLite in the state directory.
    virtual Secret catalog_url() { return {}; }
    /// For stories in which time passes.
    virtual sys::Clock& clock() { return sys::system_clock(); }

    /// What a story wants otherwise.
    virtual void choose(Options&) {}

    void start() {
        Options options{.clock = clock()};
        options.state = directory / "state";
        options.catalog_url = catalog_url();
        options.admin_password = Secret{admin_password};
        options.tool_dirs = sys::testing::tool_dirs();
        options.runner.beat = 100ms;
        options.runner.idle = 100ms;
        options.prune_grace = 0s;
        options.rates = {.address = 0, .sign_in = 0, .user = 0, .token = 0};
        options.outgoing.channels.reach = net::Reach::machine;
        choose(options);
        auto started = Server::start(std::move(options));
        ASSERT_TRUE(started) << started.error().message();
        server = std::move(*started);
        conformance = std::make_unique<Conformance>(server->api().routes());
    }

    /// One request; every answer is held against the OpenAPI document.
    Answer ask(std::string_view method, const std::string& path, const std::string& body = {},
               http::Headers headers = {}) {
        if (!token.empty()) headers.add("Authorization", "Bearer " + token);
        if (!body.empty()) headers.add("Content-Type", "application/json");
        const auto target = path.starts_with('/') ? path : "/api/v1/" + path;
        auto answer = http::testing::fetch(server->port(), method, target, headers, body);
        const auto complaint = conformance->complaint(std::string{method}, target, body, answer);
        EXPECT_EQ(complaint, "") << method << ' ' << target << '\n' << answer.body;
        return answer;
    }
    json::Value call(std::string_view method, const std::string& path, const std::string& body,
                     int status) {
        const auto answer = ask(method, path, body);
        EXPECT_EQ(answer.status, status) << method << ' ' << path << '\n' << answer.body;
        if (answer.body.empty()) return {};
        return json::parse(answer.body).value_or(json::Value{});
    }
    json::Value post(const std::string& path, const json::bj::object& body, int status) {
        return call("POST", path, json::to_text(body), status);
    }
    json::Value get(const std::string& path) { return call("GET", path, {}, 200); }

    json::Value wait_for(const std::string& run) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (std::chrono::steady_clock::now() < until) {
            auto row = get("runs/" + run);
            const auto state = row.at("state").as_string();
            if (state != "queued" && state != "running") return row;
            std::this_thread::sleep_for(50ms);
        }
        ADD_FAILURE() << "run " << run << " does not end";
        return get("runs/" + run);
    }
};

inline std::string text(const json::Value& value, std::string_view field) {
    return std::string{value.at(field).as_string()};
}

/// The field that a problem is about.
inline std::string field_of(const json::Value& problem) { return text(problem, "field"); }

/// What a person enters once: server, database, store, key and plan.
class PlanStory : public ServerStory {
protected:
    PgServer pg{{.major = 17}};
    std::string server_id, database, store, key, plan;

    void SetUp() override {
        ServerStory::SetUp();
        pg.create_database("shop");
        pg.sql("shop", "CREATE TABLE orders AS SELECT g AS id FROM generate_series(1, 1000) g");
        server_id =
            text(post("servers", {{"name", "db"}, {"url", pg.url("").reveal()}}, 201), "id");
        database = text(post("databases", {{"name", "shop"}, {"server", server_id}}, 201), "id");
        store = text(post("stores", {{"name", "disk"}, {"url", store_url()}}, 201), "id");
        const auto identity = crypto::Identity::generate();
        key = text(post("keys",
                        {{"name", "main"},
                         {"recipient", identity.recipient()},
                         {"secret", identity.text().reveal()}},
                        201),
                   "id");
        plan = text(post("plans",
                         {{"name", "nightly"},
                          {"databases", json::bj::array{database}},
                          {"destinations", json::bj::array{json::bj::object{{"store", store}}}},
                          {"keys", json::bj::array{key}},
                          {"schedule", "30 2 * * *"},
                          {"zone", "Europe/Berlin"},
                          {"verify_schedule", "@weekly"}},
                         201),
                    "id");
    }

    std::string store_url() const { return "file://" + (directory / "store").string(); }

    json::Value back_up() {
        const auto accepted = post("plans/" + plan + "/run", {}, 202);
        return wait_for(std::string{accepted.at("runs").at(0).as_string()});
    }
};

}  // namespace ds::server::testing
