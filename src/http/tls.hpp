#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <openssl/types.h>

#include "base/result.hpp"
#include "http/transport.hpp"

namespace ds::http {

/// A certificate chain and its key from two PEM files, read again when one of them changes. For
/// one thread. The process ignores SIGPIPE: OpenSSL writes to sockets without MSG_NOSIGNAL.
class Certificates {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Told = std::function<void(const Error&)>;

    /// Errors: invalid, with the file's name.
    static Result<std::unique_ptr<Certificates>> load(std::string certificate_file,
                                                      std::string key_file);

    /// For one new connection. Looks at the files at most every two seconds; while they are not
    /// usable the ones before stay and `told` hears why.
    Result<Session> new_session(Time now, const Told& told);

private:
    struct Free {
        void operator()(SSL_CTX* context) const;
    };
    using Context = std::unique_ptr<SSL_CTX, Free>;
    using Stamp = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;

    Certificates(std::string certificate_file, std::string key_file)
        : certificate_file_{std::move(certificate_file)}, key_file_{std::move(key_file)} {}
    Result<Context> read() const;
    Stamp stamp() const;

    const std::string certificate_file_;
    const std::string key_file_;
    Context context_;
    Stamp stamp_;
    Time next_look_;
};

}  // namespace ds::http
