#include <fstream>

#include "api/openapi.hpp"
#include "server/testing/server_story.hpp"

// Everything that the document says can be sent, sent wrong. Made from the document: a new route or
// field is attacked by itself.
namespace ds::server::testing {
namespace {

using json::bj::array;
using json::bj::object;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

/// What no field wants, as JSON text.
const std::vector<std::string>& hostile_values() {
    static const std::vector<std::string> values{
        "null",
        "true",
        "-1",
        "1.5",
        "1e999",
        "99999999999999999999999999",
        R"("")",
        R"("\u0000")",
        R"("a\u0000b")",
        R"("\ud800")",
        "\"\xff\xfe\"",
        R"("../../../../etc/passwd")",
        R"("file:///etc/passwd")",
        R"("'; DROP TABLE servers; --")",
        R"("\" OR \"\"=\"")",
        R"("x\r\nX-Injected: yes\r\n\r\n<script>alert(1)</script>")",
        R"("${jndi:ldap://127.0.0.1/x} {{7*7}} %n%n%n $(reboot) `reboot`")",
        "\"" + std::string(100'000, 'A') + "\"",
        "[]",
        "{}",
        R"([null, {"a": [1, "b"]}])",
        R"({"__proto__": {"x": 1}, "": null})",
        nested(30),
        nested(10'000)};
    return values;
}

/// Paths and options, ready for an address.
const std::vector<std::string>& hostile_words() {
    static const std::vector<std::string> words{"%00",
                                                "..%2f..%2fetc%2fpasswd",
                                                "'%20OR%201%3D1--",
                                                "%ff%fe",
                                                "%0d%0aX-Injected:%20yes",
                                                "%25n%25n",
                                                std::string(4'000, 'a'),
                                                "-1",
                                                "1e999",
                                                "%F0%9F%98%80",
                                                "%22%3B%20DROP%20TABLE%20servers%3B--"};
    return words;
}

std::uint64_t resident_bytes() {
    std::ifstream file{"/proc/self/statm"};
    std::uint64_t pages = 0, resident = 0;
    file >> pages >> resident;
    return resident * 4096;
}

class Hostile : public PlanStory {
protected:
    json::Value document;
    std::uint64_t sent = 0;

    void SetUp() override {
        PlanStory::SetUp();
        document = api::openapi_document(server->api().routes());
    }

    const json::Value& resolved(const json::Value& schema) const {
        const auto* reference = schema.as_object().if_contains("$ref");
        if (reference == nullptr) return schema;
        const std::string path{reference->as_string()};
        return document.at("components").at("schemas").at(path.substr(path.rfind('/') + 1));
    }

    /// A value of a schema that is not obviously wrong.
    json::Value some(const json::Value& given, int depth = 0) const {
        const auto& schema = resolved(given).as_object();
        if (const auto* words = schema.if_contains("enum")) return words->as_array().at(0);
        const auto* type = schema.if_contains("type");
        if (type == nullptr || depth > 4) return {};
        if (*type == "string") return "x";
        if (*type == "integer" || *type == "number") return 1;
        if (*type == "boolean") return false;
        if (*type == "array") return array{};
        object made;
        if (const auto* properties = schema.if_contains("properties")) {
            for (const auto& [name, inner] : properties->as_object())
                made[name] = some(inner, depth + 1);
        }
        return made;
    }

    /// A row that there is, for "/api/v1/plans/{id}/…"; else a name that nobody has.
    std::string filled(const std::string& pattern) {
        const auto place = pattern.find("/{");
        if (place == std::string::npos) return pattern;
        const auto rows = ask("GET", pattern.substr(0, place) + "?limit=1");
        std::string id = "01AAAAAAAAAAAAAAAAAAAAAAAA";
        const auto page = json::parse(rows.body);
        if (rows.status == 200 && page && !page->at("items").as_array().empty())
            id = text(page->at("items").at(0), "id");
        return pattern.substr(0, place + 1) + id + pattern.substr(pattern.find('}') + 1);
    }

    /// What is no request any more is refused before anybody knows of routes, in plain text.
    Answer tried(const std::string& method, const std::string& target,
                 const std::string& body = {}) {
        http::Headers headers{{"Authorization", "Bearer " + token}};
        if (!body.empty()) headers.add("Content-Type", "application/json");
        const auto path = target.starts_with('/') ? target : "/api/v1/" + target;
        auto answer = http::testing::fetch(server->port(), method, path, headers, body);
        const bool ours = !answer.header("Content-Type").starts_with("text/plain");
        const auto complaint = ours ? conformance->complaint(method, path, body, answer) : "";
        EXPECT_EQ(complaint, "") << method << ' ' << printable(path, 200) << '\n' << answer.body;
        return answer;
    }

    void send(const std::string& method, const std::string& target, const std::string& body) {
        const auto answer = tried(method, target, body);
        ++sent;
        const auto shown =
            fmt::format("{} {} {}", method, printable(target, 300), printable(body, 300));
        EXPECT_GE(answer.status, 200) << "no answer: " << shown;
        // A database server that is asked for what it does not have is somebody else's trouble.
        const bool elsewhere = answer.status == 503 && target.ends_with("/role-sql");
        EXPECT_TRUE(answer.status < 500 || elsewhere) << shown << '\n' << answer.body;
        EXPECT_EQ(answer.headers.find("X-Injected"), nullptr) << shown;
        EXPECT_EQ(answer.body.find("root:x:0:0"), std::string::npos) << shown;
    }

    /// Each field in turn, with each value; `around` writes the object that has it.
    void attack_fields(const std::string& method, const std::string& target,
                       const json::Value& given, int depth,
                       const std::function<std::string(const std::string&)>& around) {
        const auto* properties = resolved(given).as_object().if_contains("properties");
        if (properties == nullptr || depth > 2) return;
        for (const auto& [name, schema] : properties->as_object()) {
            const auto with = [&, key = std::string{name}](const std::string& value) {
                auto rest = some(given).as_object();
                rest.erase(key);
                auto text = json::to_text(rest);
                text.pop_back();
                text += (rest.empty() ? "" : ",") + json::to_text(json::to_value(key)) + ":";
                return around(text + value + "}");
            };
            for (const auto& value : hostile_values()) send(method, target, with(value));
            attack_fields(method, target, schema, depth + 1, with);
            if (const auto* items = resolved(schema).as_object().if_contains("items")) {
                attack_fields(method, target, *items, depth + 1,
                              [&](const std::string& value) { return with("[" + value + "]"); });
            }
        }
    }

    void attack_body(const std::string& method, const std::string& target,
                     const json::Value& operation) {
        for (const auto& value : hostile_values()) send(method, target, value);
        for (const char* broken : {"{", "{\"a\":", "{\"a\":1,}", "\xef\xbb\xbf{}", "nonsense", " "})
            send(method, target, broken);
        const auto* body = operation.as_object().if_contains("requestBody");
        if (body == nullptr) return;
        const auto& schema = body->at("content").as_object().begin()->value().at("schema");
        attack_fields(method, target, schema, 0, [](const std::string& value) { return value; });
    }

    void attack_path(const std::string& method, const std::string& pattern) {
        if (pattern.find('{') == std::string::npos) return;
        for (const auto& word : hostile_words()) {
            auto target = pattern;
            target.replace(target.find('{'), target.find('}') - target.find('{') + 1, word);
            const auto answer = tried(method, target);
            ++sent;
            EXPECT_TRUE(answer.status >= 400 && answer.status < 500)
                << method << ' ' << printable(target, 200) << ' ' << answer.status << answer.body;
        }
    }

    void attack_options(const std::string& target, const json::Value& operation) {
        for (const auto& parameter : operation.at("parameters").as_array()) {
            if (parameter.at("in") != "query") continue;
            for (const auto& word : hostile_words())
                send("GET", target + "?" + text(parameter, "name") + "=" + word, {});
        }
        send("GET", target + "?nonsense=1", {});
    }

    static bool is_conversation(std::string_view path) { return path.ends_with("/live"); }
    /// What works, whatever is sent with it, and changes what the attack stands on.
    static bool is_left_alone(std::string_view method, std::string_view path) {
        return method == "DELETE" || path.ends_with("rotate-master-key");
    }
};

TEST_F(Hostile, every_field_of_every_route_is_refused_or_taken_and_nothing_breaks) {
    const auto before = resident_bytes();
    for (const auto& [path, methods] : document.at("paths").as_object()) {
        const std::string pattern{path};
        for (const auto& [key, operation] : methods.as_object()) {
            std::string method;
            for (const char c : key) method += static_cast<char>(std::toupper(c));
            SCOPED_TRACE(method + " " + pattern);
            attack_path(method, pattern);
            if (is_conversation(pattern) || is_left_alone(method, pattern)) continue;
            const auto target = filled(pattern);
            if (method == "GET")
                attack_options(target, operation);
            else
                attack_body(method, target, operation);
        }
    }
    EXPECT_GT(sent, 5'000U);
    EXPECT_EQ(ask("GET", "/healthz").status, 200);
    EXPECT_EQ(get("servers").at("items").as_array().empty(), false) << "nothing was dropped";
    EXPECT_LT(resident_bytes(), before + 256 * MiB);
}

TEST_F(Hostile, S17_bodies_heads_and_forms_have_limits) {
    const auto large = std::string(2 * MiB, ' ') + "{}";
    EXPECT_EQ(tried("POST", "servers", large).status, 413);
    EXPECT_EQ(tried("GET", "servers?q=" + std::string(20'000, 'a')).status, 414);
    http::Headers many;
    for (int number = 0; number < 200; ++number) many.add("X-A", "b");
    EXPECT_EQ(http::testing::fetch(server->port(), "GET", "/healthz", many).status, 431);
    EXPECT_EQ(tried("GET", "runs?limit=1000000").status, 400);
    http::Headers headers{{"Authorization", "Bearer " + token}, {"Content-Type", "text/plain"}};
    EXPECT_EQ(http::testing::fetch(server->port(), "POST", "/api/v1/servers", headers, "{}").status,
              400);
}

/// Behind a proxy these would let one request hide in another. What follows is never answered.
TEST_F(Hostile, requests_that_two_readers_could_understand_differently_are_refused) {
    const std::string head = "POST /api/v1/session HTTP/1.1\r\nHost: h\r\n";
    const std::string hidden = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    const std::string chunk = "0\r\n\r\n";
    const std::vector<std::string> tricks{
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk,
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunk,
        "Content-Length: 5\r\nContent-Length: 0\r\n\r\n" + chunk,
        "Content-Length: 5, 0\r\n\r\n" + chunk,
        "Content-Length: 5\r\n Transfer-Encoding: chunked\r\n\r\n" + chunk,
        "X: y\r\n\tContent-Length: 5\r\n\r\n" + chunk,
        "Transfer-Encoding : chunked\r\n\r\n" + chunk,
        "Transfer-Encoding: xchunked\r\n\r\n" + chunk,
        "Transfer-Encoding: chunked, identity\r\n\r\n" + chunk,
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk,
        "Transfer-Encoding:\x0b chunked\r\n\r\n" + chunk,
        "Transfer-Encoding: chunked\n\r\n" + chunk,
        "Content-Length: 0\nX: y\r\n\r\n",
        "Content-Length: +5\r\n\r\n" + chunk,
        "Content-Length: 0x5\r\n\r\n" + chunk,
        "Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\nZ\r\nQ\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n" + chunk};
    for (const auto& trick : tricks) {
        http::testing::Client client{server->port()};
        client.send(head + trick + hidden);
        const auto answer = client.read();
        EXPECT_TRUE(answer.status == 400 || answer.status == 501) << answer.status << '\n' << trick;
        EXPECT_EQ(client.read().status, 0) << "something hid in\n" << trick;
    }
}

}  // namespace
}  // namespace ds::server::testing
