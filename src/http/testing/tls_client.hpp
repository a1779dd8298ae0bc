#pragma once

#include <filesystem>
#include <memory>

#include <openssl/types.h>

#include "http/transport.hpp"

/// The other end of TLS, for tests.
namespace ds::http::testing {

/// A new key and a certificate for it that it signed itself.
struct CertificateFiles {
    std::string certificate;
    std::string key;
};
/// Writes both as PEM into the directory, over what is there.
CertificateFiles write_certificate(const std::filesystem::path& directory,
                                   const std::string& common_name);

/// Puts a password on the key in the file.
void lock_key(const std::string& file, const std::string& password);

/// What a certificate of the other side of the session, or of our own, says it is for.
std::string peer_common_name(const SSL* session);
std::string own_common_name(const SSL* session);

/// A client that trusts everybody. Nothing waits longer than ten seconds.
class TlsClient {
public:
    struct Wishes {
        int version_max = 0;   // as OpenSSL numbers them; 0: the newest
        std::string protocol;  // ALPN; one name
    };
    explicit TlsClient(std::uint16_t port) : TlsClient{port, Wishes{}} {}
    TlsClient(std::uint16_t port, const Wishes& wishes);

    /// The handshake succeeded.
    bool connected() const { return connected_; }
    std::string common_name() const { return peer_common_name(session_.get()); }
    std::string version() const;
    std::string protocol() const;
    bool send(std::string_view bytes);
    /// Up to the end, or to so many bytes.
    std::string read(std::size_t bytes_max = SIZE_MAX);

private:
    struct Free {
        void operator()(SSL_CTX* context) const;
    };

    sys::Fd socket_;
    std::unique_ptr<SSL_CTX, Free> context_;
    Session session_;
    bool connected_ = false;
};

}  // namespace ds::http::testing
