#include "policy/chance.hpp"

namespace ds::policy {

std::uint64_t chance_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char letter : text) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x100000001b3;
    }
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
    hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
    return hash ^ hash >> 33;
}

std::uint64_t chance_below(std::string_view text, std::uint64_t size) {
    return size == 0 ? 0 : chance_of(text) % size;
}

}  // namespace ds::policy
