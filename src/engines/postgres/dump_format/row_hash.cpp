#include "engines/postgres/dump_format/row_hash.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace ds::engines::postgres {

void RowHash::add(View line) {
    const auto hash = XXH3_128bits(line.data(), line.size());
    add_hash(hash.low64, hash.high64);
}

std::string RowHash::hex() const { return fmt::format("{:016x}{:016x}", high_, low_); }

void RowPieces::Free::operator()(void* state) const {
    XXH3_freeState(static_cast<XXH3_state_t*>(state));
}

RowPieces::RowPieces() : state_{XXH3_createState()} {
    DS_CHECK(state_ != nullptr, "no memory for a hash state");
    XXH3_128bits_reset(static_cast<XXH3_state_t*>(state_.get()));
}
RowPieces::~RowPieces() = default;
RowPieces::RowPieces(RowPieces&&) noexcept = default;
RowPieces& RowPieces::operator=(RowPieces&&) noexcept = default;

void RowPieces::push(View piece) {
    XXH3_128bits_update(static_cast<XXH3_state_t*>(state_.get()), piece.data(), piece.size());
}

void RowPieces::finish(RowHash& sum) {
    auto* state = static_cast<XXH3_state_t*>(state_.get());
    const auto hash = XXH3_128bits_digest(state);
    sum.add_hash(hash.low64, hash.high64);
    XXH3_128bits_reset(state);
}

}  // namespace ds::engines::postgres
