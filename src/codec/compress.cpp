#include <algorithm>

#include <zstd.h>

#include "codec/packing.hpp"
#include "codec/seek_table.hpp"

namespace ds::codec {
namespace {

stream::WorkMaker packer_of(const Compression& compression) {
    switch (compression.method) {
        case Method::zstd: return zstd::packer(compression.level);
        case Method::gzip: return gzip::packer(compression.level);
        case Method::lz4: return lz4::packer(compression.level);
        case Method::none: break;
    }
    DS_CHECK(false, "a method that packs");
    return {};
}

class PackSink final : public stream::Sink {
public:
    PackSink(const Compression& compression, stream::SinkPtr next, stream::Lanes lanes)
        : method_{compression.method},
          next_{std::move(next)},
          lanes_{lanes, packer_of(compression), [this](View frame) { return pass_on(frame); }} {}

    Status write(View bytes) override {
        while (!bytes.empty()) {
            if (block_.capacity() < frame_plain_bytes) {
                block_ = lanes_.buffer();
                block_.reserve(frame_plain_bytes);
            }
            const auto part =
                bytes.first(std::min(bytes.size(), frame_plain_bytes - block_.size()));
            append(block_, part);
            bytes = bytes.subspan(part.size());
            if (block_.size() == frame_plain_bytes) DS_DO(push());
        }
        return {};
    }

    Status finish() override {
        // Without any plaintext one empty frame still makes a stream that tools accept.
        if (!block_.empty() || !pushed_) DS_DO(push());
        DS_DO(lanes_.finish());
        if (method_ == Method::zstd && entries_.size() <= seek_entries_max * seek_entry_bytes) {
            DS_DO(next_->write(seek_table_frame(entries_)));
        }
        return next_->finish();
    }

private:
    const Method method_;
    stream::SinkPtr next_;
    Bytes entries_;  // of the seek table; 12 bytes for each 4 MiB
    Bytes block_;
    bool pushed_ = false;
    stream::OrderedSink lanes_;  // last, so that its threads end before what they use

    Status push() {
        pushed_ = true;
        return lanes_.push(std::exchange(block_, {}));
    }

    Status pass_on(View frame) {
        if (method_ == Method::zstd) {
            // The frame's own checksum is the very number that the table wants.
            append_entry(
                entries_,
                {static_cast<std::uint32_t>(frame.size()),
                 static_cast<std::uint32_t>(ZSTD_getFrameContentSize(frame.data(), frame.size())),
                 load_le32(frame.data() + frame.size() - 4)});
        }
        return next_->write(frame);
    }
};

}  // namespace

Result<stream::SinkPtr> compress(const Compression& compression, stream::SinkPtr next,
                                 stream::Lanes lanes) {
    if (compression.method == Method::none) return next;
    DS_TRY(const auto checked, Compression::parse(compression.text()));
    return std::make_unique<PackSink>(checked, std::move(next), lanes);
}

}  // namespace ds::codec
