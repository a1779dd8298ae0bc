#include "http/testing/tls_client.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include "http/testing/http_client.hpp"

namespace ds::http::testing {
namespace {

struct FreeKey {
    void operator()(EVP_PKEY* key) const { ::EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

struct FreeCertificate {
    void operator()(X509* certificate) const { ::X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

Certificate make_certificate(EVP_PKEY* key, const std::string& common_name) {
    Certificate made{::X509_new()};
    ::X509_set_version(made.get(), X509_VERSION_3);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(made.get()), 1);
    ::X509_gmtime_adj(::X509_getm_notBefore(made.get()), -3600);
    ::X509_gmtime_adj(::X509_getm_notAfter(made.get()), 3600);
    X509_NAME* const name = ::X509_get_subject_name(made.get());
    ::X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(common_name.c_str()), -1,
                                 -1, 0);
    ::X509_set_issuer_name(made.get(), name);
    ::X509_set_pubkey(made.get(), key);
    DS_CHECK(::X509_sign(made.get(), key, ::EVP_sha256()) > 0, "cannot sign a certificate");
    return made;
}

template <class Write>
void write_pem(const std::string& path, Write write) {
    const std::unique_ptr<std::FILE, CloseFile> file{std::fopen(path.c_str(), "w")};
    DS_CHECK(file && write(file.get()) == 1, "cannot write a PEM file");
}

std::string common_name_of(const X509* certificate) {
    if (certificate == nullptr) return {};
    std::array<char, 256> room{};
    ::X509_NAME_get_text_by_NID(::X509_get_subject_name(certificate), NID_commonName, room.data(),
                                room.size());
    return room.data();
}

sys::Fd connected_socket(std::uint16_t port) {
    auto socket = open_socket();
    const timeval patience{10, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    DS_CHECK(connect_to(socket, port), "the server does not listen");
    return socket;
}

}  // namespace

CertificateFiles write_certificate(const std::filesystem::path& directory,
                                   const std::string& common_name) {
    const CertificateFiles files{directory / "cert.pem", directory / "key.pem"};
    const Key key{::EVP_EC_gen("P-256")};
    const auto certificate = make_certificate(key.get(), common_name);
    write_pem(files.key, [&](std::FILE* file) {
        return ::PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    write_pem(files.certificate,
              [&](std::FILE* file) { return ::PEM_write_X509(file, certificate.get()); });
    return files;
}

void lock_key(const std::string& file, const std::string& password) {
    const std::unique_ptr<std::FILE, CloseFile> in{std::fopen(file.c_str(), "r")};
    const Key key{::PEM_read_PrivateKey(in.get(), nullptr, nullptr, nullptr)};
    write_pem(file, [&](std::FILE* out) {
        return ::PEM_write_PrivateKey(out, key.get(), ::EVP_aes_256_cbc(),
                                      reinterpret_cast<const unsigned char*>(password.data()),
                                      static_cast<int>(password.size()), nullptr, nullptr);
    });
}

std::string peer_common_name(const SSL* session) {
    return common_name_of(::SSL_get0_peer_certificate(session));
}

std::string own_common_name(const SSL* session) {
    return common_name_of(::SSL_get_certificate(session));
}

void TlsClient::Free::operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }

TlsClient::TlsClient(std::uint16_t port, const Wishes& wishes)
    : socket_{connected_socket(port)},
      context_{::SSL_CTX_new(::TLS_client_method())},
      session_{::SSL_new(context_.get())} {
    // So that versions can be offered that OpenSSL does not offer by itself any more.
    ::SSL_set_security_level(session_.get(), 0);
    ::SSL_set_min_proto_version(session_.get(), TLS1_VERSION);
    ::SSL_set_max_proto_version(session_.get(), wishes.version_max);
    if (!wishes.protocol.empty()) {
        const auto list = static_cast<char>(wishes.protocol.size()) + wishes.protocol;
        ::SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(list.data()),
                              static_cast<unsigned>(list.size()));
    }
    ::SSL_set_fd(session_.get(), socket_.get());
    connected_ = ::SSL_connect(session_.get()) == 1;
}

std::string TlsClient::version() const { return ::SSL_get_version(session_.get()); }

std::string TlsClient::protocol() const {
    const unsigned char* chosen = nullptr;
    unsigned length = 0;
    ::SSL_get0_alpn_selected(session_.get(), &chosen, &length);
    return {reinterpret_cast<const char*>(chosen), length};
}

bool TlsClient::send(std::string_view bytes) {
    return ::SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
}

std::string TlsClient::read(std::size_t bytes_max) {
    std::string text;
    std::array<char, 16384> room;
    while (text.size() < bytes_max) {
        const auto wanted = std::min(room.size(), bytes_max - text.size());
        const int got = ::SSL_read(session_.get(), room.data(), static_cast<int>(wanted));
        if (got <= 0) break;
        text.append(room.data(), static_cast<std::size_t>(got));
    }
    return text;
}

}  // namespace ds::http::testing
