#pragma once

#include <memory>

#include <openssl/evp.h>

#include "base/bytes.hpp"

/// What the files of this folder share to call OpenSSL; nobody else includes it.
namespace ds::crypto {

template <auto free_function>
struct FreeWith {
    template <class T>
    void operator()(T* item) const {
        free_function(item);
    }
};

using PkeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;

inline const unsigned char* raw(View bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* raw(Room bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace ds::crypto
