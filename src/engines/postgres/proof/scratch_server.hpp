#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "sys/files.hpp"
#include "sys/process.hpp"
#include "sys/run.hpp"

namespace ds::engines::postgres {

namespace fs = sys::fs;

struct ScratchRequest {
    fs::path bin_directory;          // has initdb and postgres of the wanted version
    fs::path state_directory;        // the server lives in scratch/<id> below it
    std::uint64_t bytes_needed = 0;  // what the data will take; less free space is Code::exhausted
    std::string
        account;  // whom to run it as; empty: ourselves, or unprivileged_account() when root
    /// Writes a data directory into an empty one, which the server will see under another path;
    /// without it the server begins with initdb.
    std::function<Status(const fs::path& data, const std::string& seen_as)> fill = {};
    std::string user = "postgres";  // who connects; must exist
};

/// A private PostgreSQL server for one rehearsal: no network address, its own empty network
/// namespace where the kernel permits, a socket that only its account and ours can reach, no fsync,
/// and gone without a trace when the object goes. It dies with the thread that started it; what a
/// killed process left behind is swept by the next start.
class ScratchServer {
public:
    static Result<std::unique_ptr<ScratchServer>> start(const ScratchRequest& request,
                                                        const sys::Run& run);
    ~ScratchServer();
    ScratchServer(const ScratchServer&) = delete;
    ScratchServer& operator=(const ScratchServer&) = delete;

    /// As the request's user, a superuser unless it says otherwise. Good in this process and in its
    /// children, for as long as the object lives.
    Secret url(const std::string& database) const;
    const fs::path& directory() const { return directory_; }
    int pid() const { return server_->pid(); }
    /// Unavailable, with the server's last words, when it is no longer running.
    Status check_alive() const;

private:
    ScratchServer() = default;
    fs::path directory_;  // scratch/<id>, with data/ in it
    sys::Fd lock_;        // held for as long as we live: others see that the directory is in use
    sys::Fd data_;        // opened data directory, see url()
    std::string user_;
    std::unique_ptr<sys::Child> server_;

    Status make_directory(const ScratchRequest& request);
    std::string seen_as() const;
    Status fill(const ScratchRequest& request) const;
    Status initialize(const ScratchRequest& request, const sys::Run& run);
    Status launch(const ScratchRequest& request, const sys::Run& run);
    sys::Command command(const ScratchRequest& request, const char* program) const;
};

/// The account to run servers as when we are root: "postgres" where it exists, else "nobody". Empty
/// when we are not root.
std::string unprivileged_account();

/// Ends scratch servers below `state_directory` whose owner is gone and removes their directories.
/// Returns how many there were.
Result<std::size_t> sweep_scratch_servers(const fs::path& state_directory);

}  // namespace ds::engines::postgres
