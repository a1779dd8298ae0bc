#include "crypto/age.hpp"
#include "crypto/age_header.hpp"
#include "crypto/age_payload.hpp"
#include "sys/random.hpp"

namespace ds::crypto {
namespace {

struct Place {
    std::uint64_t first_chunk;
    bool final;  // the block's last chunk is the file's last
};

/// Seals where the plaintext stands: the tags' gaps are there already, so no byte is copied.
stream::WorkMaker make_sealer(const Key32& key) {
    return [key] {
        return [aead = std::make_shared<Aead>(key)](Bytes& in, Bytes& out) -> Status {
            const auto place = pop_tail<Place>(in);
            auto chunk = place.first_chunk;
            for (Room rest{in}; !rest.empty(); ++chunk) {
                const auto sealed = rest.first(std::min(rest.size(), chunk_sealed_bytes));
                rest = rest.subspan(sealed.size());
                aead->seal(chunk_nonce(chunk, place.final && rest.empty()),
                           sealed.first(sealed.size() - Aead::tag_bytes), sealed);
            }
            out.swap(in);
            return {};
        };
    };
}

class SealSink final : public stream::Sink {
public:
    SealSink(const Key32& key, stream::SinkPtr next, stream::Lanes lanes)
        : next_{std::move(next)},
          lanes_{lanes, make_sealer(key), [this](View bytes) { return next_->write(bytes); }} {}

    Status write(View bytes) override {
        while (!bytes.empty()) {
            // A full chunk waits here until more comes, for only then it is known not to be the
            // last.
            if (chunk_bytes_ == chunk_plain_bytes) DS_DO(next_chunk());
            if (block_.capacity() == 0) block_ = fresh_block();
            const auto part = bytes.first(std::min(bytes.size(), chunk_plain_bytes - chunk_bytes_));
            append(block_, part);
            chunk_bytes_ += part.size();
            bytes = bytes.subspan(part.size());
        }
        return {};
    }

    Status finish() override {
        close_chunk();
        DS_DO(push(true));
        DS_DO(lanes_.finish());
        return next_->finish();
    }

private:
    stream::SinkPtr next_;
    stream::OrderedSink lanes_;
    Bytes block_;
    std::size_t chunk_bytes_ = 0;      // plaintext in the chunk at the end of block_
    std::size_t chunks_ = 0;           // closed chunks in block_
    std::uint64_t chunks_before_ = 0;  // in the blocks before

    Bytes fresh_block() {
        auto block = lanes_.buffer();
        block.reserve(chunks_per_block * chunk_sealed_bytes + sizeof(Place));
        return block;
    }

    void close_chunk() {
        block_.resize(block_.size() + Aead::tag_bytes);
        chunk_bytes_ = 0;
        ++chunks_;
    }

    Status next_chunk() {
        close_chunk();
        return chunks_ == chunks_per_block ? push(false) : Status{};
    }

    Status push(bool final) {
        push_tail(block_, Place{chunks_before_, final});
        chunks_before_ += std::exchange(chunks_, 0);
        return lanes_.push(std::exchange(block_, {}));
    }
};

}  // namespace

Result<stream::SinkPtr> seal(const std::vector<Recipient>& recipients, stream::SinkPtr next,
                             stream::Lanes lanes) {
    FileKey file_key;
    sys::fill_random(file_key.room());
    DS_TRY(const auto header, AgeHeader::write(recipients, file_key));
    const auto nonce = sys::random_bytes(payload_nonce_bytes);
    DS_DO(next->write(view_of(header)));
    DS_DO(next->write(nonce));
    return std::make_unique<SealSink>(payload_key(file_key.view(), nonce), std::move(next), lanes);
}

}  // namespace ds::crypto
