#pragma once

#include "crypto/sha256.hpp"
#include "stream/stream.hpp"

namespace ds::archive {

/// Counts and hashes what goes through.
class MeasuredSink final : public stream::Sink {
public:
    struct Measure {
        std::uint64_t bytes = 0;
        std::string sha256;  // after finish()
    };
    /// `measure` belongs to the caller and outlives the sink.
    MeasuredSink(stream::SinkPtr next, Measure& measure)
        : next_{std::move(next)}, measure_{measure} {}

    Status write(View bytes) override {
        sha_.update(bytes);
        measure_.bytes += bytes.size();
        return next_->write(bytes);
    }
    Status finish() override {
        measure_.sha256 = sha_.finish_hex();
        return next_->finish();
    }

private:
    stream::SinkPtr next_;
    Measure& measure_;
    crypto::Sha256 sha_;
};

}  // namespace ds::archive
