#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "sys/process.hpp"

/// Real PostgreSQL servers for live tests, from tests/servers/testbed. Each server lives in a
/// directory of its own, is stopped when its object goes, and by the testbed when this process
/// dies.
namespace ds::sys::testing {

namespace fs = std::filesystem;

inline fs::path testbed_directory() {
    const char* set = std::getenv("DS_TESTBED");
    return set != nullptr && *set != '\0' ? set : "/var/tmp/dumpstation-testbed";
}

/// DS_SOURCE_DIR comes from the build: the root of the checkout.
inline fs::path source_directory() { return DS_SOURCE_DIR; }

inline bool has_pg(int major, bool full = false) {
    const auto bin =
        testbed_directory() / "pg" / std::to_string(major) / (full ? "full" : "server");
    return fs::exists(bin / "bin" / "postgres");
}

/// Client tools of the newest version, as DumpRequest::tool_dirs wants them.
inline std::vector<std::string> tool_dirs() { return {(testbed_directory() / "pg").string()}; }

/// Runs a program to its end and returns its output; throws with its stderr when it fails, which
/// fails the test with that text.
inline std::string must_run(std::vector<std::string> arguments,
                            std::map<std::string, std::string> environment = {},
                            std::optional<int> input = {}) {
    sys::Command command;
    command.arguments = std::move(arguments);
    command.environment = sys::clean_environment();
    command.environment.merge(environment);
    command.environment["DS_TESTBED"] = testbed_directory().string();
    command.input = input;
    auto done = sys::run_command(command, 64 * MiB);
    if (!done) throw std::runtime_error{done.error().message()};
    if (!done->exit.ok()) {
        throw std::runtime_error{command.arguments[0] + ": " + done->exit.text() + ": " +
                                 done->errors};
    }
    return std::move(done->output);
}

struct PgOptions {
    int major = 17;
    bool full = false;  // Debian's build with contrib, where there is one: 13 15 17 18
    bool tls = false;
    std::optional<std::string> password;  // scram-sha-256 with this password; otherwise trust
    std::vector<std::string> settings;    // "shared_buffers=16MB"
};

class PgServer {
public:
    explicit PgServer(PgOptions options)
        : options_{std::move(options)}, directory_{make_directory()} {
        start();
    }
    ~PgServer() {
        try {
            stop();
        } catch (const std::exception& problem) {
            ADD_FAILURE() << problem.what();
        }
        std::error_code ignored;
        fs::remove_all(directory_, ignored);
    }
    PgServer(const PgServer&) = delete;
    PgServer& operator=(const PgServer&) = delete;

    /// Again after stop(): the same cluster on the same port.
    void start() {
        std::vector<std::string> arguments{testbed(),
                                           "pg",
                                           "start",
                                           std::to_string(options_.major),
                                           directory_.string(),
                                           "--owner",
                                           std::to_string(::getpid())};
        if (options_.full) arguments.emplace_back("--full");
        if (options_.tls) arguments.emplace_back("--tls");
        for (const auto& setting : options_.settings)
            arguments.insert(arguments.end(), {"--set", setting});
        if (options_.password) {
            const auto file = directory_ / "password.txt";
            if (auto written = sys::write_file(file, view_of(*options_.password + "\n"), 0600);
                !written) {
                throw std::runtime_error{written.error().message()};
            }
            arguments.insert(arguments.end(),
                             {"--auth", "scram-sha-256", "--password-file", file.string()});
        }
        const auto line = must_run(arguments);
        const auto words = split(trimmed(line), ' ');
        if (words.size() != 4) throw std::runtime_error{"unexpected line from testbed: " + line};
        port_ = std::stoi(words[1]);
        pid_ = std::stoi(words[2]);
        socket_directory_ = words[3];
    }
    /// `crash` kills it as a power cut would.
    void stop(bool crash = false) {
        std::vector<std::string> arguments{testbed(), "pg", "stop", directory_.string()};
        if (crash) arguments.emplace_back("--crash");
        must_run(arguments);
    }

    int major() const { return options_.major; }
    int port() const { return port_; }
    int pid() const { return pid_; }
    const std::string& socket_directory() const { return socket_directory_; }
    const fs::path& directory() const { return directory_; }

    /// `database`, `user` and `password` are percent-encoded already.
    Secret url(const std::string& database = "postgres", const std::string& user = "postgres",
               const std::string& password = {}) const {
        const auto word = password.empty() ? options_.password.value_or("") : password;
        return Secret{fmt::format("postgres://{}{}{}@127.0.0.1:{}/{}", user,
                                  word.empty() ? "" : ":", word, port_, database)};
    }

    /// psql as the superuser, stopping at the first error; output unaligned, without headings.
    std::string psql(const std::string& database, std::vector<std::string> arguments) const {
        const auto bin = testbed_directory() / "pg/18/bin/psql";
        std::vector<std::string> all{bin.string(),
                                     "-X",
                                     "-q",
                                     "-A",
                                     "-t",
                                     "-v",
                                     "ON_ERROR_STOP=1",
                                     "-d",
                                     "dbname='" + database + "' client_encoding=UTF8"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        std::map<std::string, std::string> environment{
            {"PGHOST", "127.0.0.1"},
            {"PGPORT", std::to_string(port_)},
            {"PGUSER", "postgres"},
            {"PGOPTIONS", "-c client_min_messages=warning"}};
        if (options_.password) environment["PGPASSWORD"] = *options_.password;
        return must_run(all, environment);
    }
    /// One transaction. Returns the output without its final newline.
    std::string sql(const std::string& database, const std::string& statement) const {
        return std::string{trimmed(psql(database, {"-c", statement}))};
    }
    void load(const std::string& database, const fs::path& file) const {
        psql(database, {"-f", file.string()});
    }
    void create_database(const std::string& name) const {
        sql("postgres", "CREATE DATABASE \"" + name + "\"");
    }

private:
    PgOptions options_;
    fs::path directory_;
    int port_ = 0, pid_ = 0;
    std::string socket_directory_;

    static std::string testbed() { return (source_directory() / "tests/servers/testbed").string(); }
    static fs::path make_directory() {
        std::string name = (fs::temp_directory_path() / "dspg-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot create " + name};
        return name;
    }
};

}  // namespace ds::sys::testing

/// Skips visibly when the testbed lacks that server.
#define DS_NEEDS_PG(major, full)                                \
    if (!::ds::engines::testing::has_pg(major, full))           \
    GTEST_SKIP() << "no PostgreSQL " << (major) << " in "       \
                 << ::ds::engines::testing::testbed_directory() \
                 << ": run tests/servers/testbed setup"
