#include "http/tls.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace ds::http {
namespace {

constexpr std::chrono::seconds look_every{2};

Error unusable(const std::string& file) {
    const char* reason = ::ERR_reason_error_string(::ERR_peek_last_error());
    return fail(Code::invalid, fmt::format("cannot use '{}' for TLS: {}", file,
                                           reason == nullptr ? "unknown reason" : reason));
}

/// HTTP/1.1 to those who offer more (RFC 7301).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* in, unsigned int in_length, void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    const int found =
        ::SSL_select_next_proto(&chosen, out_length, ours, sizeof ours - 1, in, in_length);
    if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

/// A key that is locked is refused; OpenSSL would ask at the terminal.
int no_password(char*, int, int, void*) { return -1; }

}  // namespace

void Certificates::Free::operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }

Result<std::unique_ptr<Certificates>> Certificates::load(std::string certificate_file,
                                                         std::string key_file) {
    std::unique_ptr<Certificates> made{
        new Certificates{std::move(certificate_file), std::move(key_file)}};
    made->stamp_ = made->stamp();
    DS_TRY(made->context_, made->read());
    return made;
}

Certificates::Stamp Certificates::stamp() const {
    // A file that is missing for a moment has the stamp of its error; reading tells the reason.
    std::error_code ignored;
    return {std::filesystem::last_write_time(certificate_file_, ignored),
            std::filesystem::last_write_time(key_file_, ignored)};
}

Result<Certificates::Context> Certificates::read() const {
    ::ERR_clear_error();
    Context context{::SSL_CTX_new(::TLS_server_method())};
    if (!context) return unusable(certificate_file_);
    ::SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    ::SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                             SSL_OP_CIPHER_SERVER_PREFERENCE |
                                             SSL_OP_IGNORE_UNEXPECTED_EOF);
    ::SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                          SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                          SSL_MODE_RELEASE_BUFFERS);
    ::SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    ::SSL_CTX_set_default_passwd_cb(context.get(), no_password);
    ::SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    if (::SSL_CTX_use_certificate_chain_file(context.get(), certificate_file_.c_str()) != 1) {
        return unusable(certificate_file_);
    }
    if (::SSL_CTX_use_PrivateKey_file(context.get(), key_file_.c_str(), SSL_FILETYPE_PEM) != 1 ||
        ::SSL_CTX_check_private_key(context.get()) != 1) {
        return unusable(key_file_);
    }
    return context;
}

Result<Session> Certificates::new_session(Time now, const Told& told) {
    if (now >= next_look_) {
        next_look_ = now + look_every;
        const auto seen = stamp();
        if (seen != stamp_) {
            stamp_ = seen;
            auto fresh = read();
            if (fresh) context_ = std::move(*fresh);
            if (!fresh && told) told(fresh.error());
        }
    }
    Session session{::SSL_new(context_.get())};
    if (!session) return fail(Code::exhausted, "no memory for TLS");
    return session;
}

}  // namespace ds::http
