#include "stores/s3/upload_sink.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "net/xml.hpp"
#include "stores/s3/linked_stop.hpp"
#include "stores/s3/objects.hpp"
#include "stores/s3/part_plan.hpp"
#include "stream/ordered.hpp"
#include "sys/random.hpp"

namespace ds::stores::s3 {
namespace {

using namespace std::chrono_literals;

// A block begins with its part's number, since blocks are worked on out of order.
constexpr std::size_t number_bytes = 4;
// Putting 10,000 parts together takes some servers minutes during which nothing moves.
constexpr auto complete_stall_max = 600s;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

class UploadSink final : public stream::Sink {
public:
    UploadSink(Client& client, const sys::Run& run, std::string key, const PutOptions& options)
        : client_{client},
          run_{run},
          key_{std::move(key)},
          only_if_absent_{options.only_if_absent},
          plan_{plan_parts(options.bytes_estimate, client.config())},
          mark_{to_hex(sys::random_bytes(16))},
          stop_{run.stop} {
        begin_block();
    }

    ~UploadSink() override {
        stop_.request_stop();
        parts_.reset();
        if (upload_id_.empty() || complete_) return;
        if (const auto aborted = abort_upload(client_, key_, upload_id_, {}); !aborted) {
            run_.progress.warn(
                fmt::format("an unfinished upload stays behind until the next sweep: {}",
                            aborted.error().message()));
        }
    }

    Status write(View bytes) override {
        DS_DO(run_.check());
        while (!bytes.empty()) {
            const auto part_bytes = plan_.bytes_of(number_);
            if (block_.size() - number_bytes == part_bytes) {
                DS_DO(ship());
                continue;
            }
            const auto count =
                std::min<std::uint64_t>(bytes.size(), part_bytes - (block_.size() - number_bytes));
            append(block_, bytes.first(static_cast<std::size_t>(count)));
            bytes = bytes.subspan(static_cast<std::size_t>(count));
            total_bytes_ += count;
        }
        return {};
    }

    Status finish() override {
        DS_DO(run_.check());
        if (upload_id_.empty()) return put_whole();
        if (block_.size() > number_bytes) DS_DO(parts_->push(std::move(block_)));
        DS_DO(parts_->finish());
        return complete();
    }

private:
    Client& client_;
    const sys::Run run_;
    const std::string key_;
    const bool only_if_absent_;
    const PartPlan plan_;
    const std::string mark_;
    LinkedStop stop_;

    std::uint64_t total_bytes_ = 0;
    unsigned number_ = 1;  // of the part that `block_` becomes
    Bytes block_;
    std::string upload_id_;  // empty until the object turns out to be larger than a part
    std::vector<std::string> etags_;
    bool complete_ = false;
    std::unique_ptr<stream::OrderedSink> parts_;

    void begin_block() { append_le32(block_, number_); }

    std::string what() const { return fmt::format("uploading {}", key_); }

    Status ship() {
        if (upload_id_.empty()) DS_DO(begin_upload());
        DS_DO(parts_->push(std::move(block_)));
        if (number_ == parts_max) {
            return fail(Code::exhausted,
                        fmt::format("{} is larger than {}, which {} parts of this size can hold",
                                    key_, human_bytes(plan_.capacity()), parts_max),
                        "Give the store a larger part_mib.");
        }
        ++number_;
        block_ = parts_->buffer();
        begin_block();
        return {};
    }

    Status begin_upload() {
        const Call call{.what = what(),
                        .permission = "s3:PutObject",
                        .method = "POST",
                        .key = key_,
                        .query = {{"uploads", ""}},
                        .headers = {{"content-type", "application/octet-stream"},
                                    {std::string{write_mark}, mark_}}};
        DS_TRY(const auto response, client_.call(call, stop_.token()));
        const auto answer = net::parse_xml(text_of(response.body));
        if (answer) upload_id_ = answer->text_of("UploadId");
        if (upload_id_.empty()) {
            return fail(Code::corrupt, "the server names no upload").while_doing(what());
        }
        const auto parallel = client_.config().parallel;
        parts_ = std::make_unique<stream::OrderedSink>(
            stream::Lanes{parallel, parallel},
            [this] { return [this](Bytes& in, Bytes& out) { return send_part(in, out); }; },
            [this](View etag) -> Status {
                etags_.emplace_back(text_of(etag));
                return {};
            });
        return {};
    }

    /// Runs on the upload threads, so it touches nothing that changes.
    Status send_part(const Bytes& in, Bytes& etag) const {
        const auto number = load_le32(in.data());
        const Call call{.what = fmt::format("uploading part {} of {}", number, key_),
                        .permission = "s3:PutObject",
                        .method = "PUT",
                        .key = key_,
                        .query = {{"partNumber", std::to_string(number)}, {"uploadId", upload_id_}},
                        .body = View{in}.subspan(number_bytes)};
        DS_TRY(const auto response, client_.call(call, stop_.token()));
        const auto given = response.header("etag");
        if (!given) return fail(Code::corrupt, "the server gives no ETag").while_doing(call.what);
        append(etag, view_of(*given));
        return {};
    }

    Status put_whole() {
        const bool conditional = client_.config().conditional != Conditional::never;
        DS_DO(look_first(conditional));
        Call call{.what = what(),
                  .permission = "s3:PutObject",
                  .method = "PUT",
                  .key = key_,
                  .headers = {{"content-type", "application/octet-stream"},
                              {std::string{write_mark}, mark_}},
                  .body = View{block_}.subspan(number_bytes)};
        if (only_if_absent_ && conditional) call.headers.emplace_back("If-None-Match", "*");
        return settle(client_.call(call, stop_.token()));
    }

    Status complete() {
        const bool conditional = client_.config().conditional == Conditional::always;
        DS_DO(look_first(conditional));
        std::string body = "<CompleteMultipartUpload>";
        for (std::size_t i = 0; i < etags_.size(); ++i) {
            body += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>", i + 1,
                                escaped(etags_[i]));
        }
        body += "</CompleteMultipartUpload>";
        Call call{.what = fmt::format("completing the upload of {}", key_),
                  .permission = "s3:PutObject",
                  .method = "POST",
                  .key = key_,
                  .query = {{"uploadId", upload_id_}},
                  .headers = {{"content-type", "application/xml"}},
                  .body = view_of(body),
                  .stall_max = complete_stall_max,
                  .error_in_body = true};
        if (only_if_absent_ && conditional) call.headers.emplace_back("If-None-Match", "*");
        DS_DO(settle(client_.call(call, stop_.token())));
        complete_ = true;
        return check_size();
    }

    /// Where the server cannot refuse to replace, looking before is the best that can be done.
    Status look_first(bool conditional) {
        if (!only_if_absent_ || conditional) return {};
        const auto head = head_object(client_, key_, stop_.token());
        if (head) return already_there();
        if (head.error().code() == Code::not_found) return {};
        return Error{head.error()};
    }

    Error already_there() const {
        return fail(Code::exists, fmt::format("{} exists already", key_));
    }

    /// An answer that got lost, or an attempt that was repeated after it had succeeded, looks like
    /// a failure: the mark on the object tells.
    Status settle(Result<net::HttpResponse> outcome) {
        if (outcome) return {};
        const auto code = outcome.error().code();
        const bool unclear = outcome.error().transient() || code == Code::exists ||
                             code == Code::conflict || code == Code::not_found;
        if (unclear) {
            const auto head = head_object(client_, key_, stop_.token());
            if (head && head->mark == mark_ && head->bytes == total_bytes_) return {};
        }
        if (code == Code::exists) return already_there();
        return Error{std::move(outcome.error())};
    }

    Status check_size() {
        const auto head = head_object(client_, key_, stop_.token());
        if (!head && head.error().code() == Code::denied) {
            run_.progress.warn(fmt::format("{} could not be looked at after its upload: {}", key_,
                                           head.error().message()));
            return {};
        }
        if (!head && head.error().code() == Code::not_found) {
            return fail(Code::unavailable,
                        fmt::format("the server acknowledged {} but does not have it", key_));
        }
        if (!head) return Error{head.error()};
        if (head->bytes == total_bytes_) return {};
        return fail(Code::corrupt, fmt::format("the server holds {} bytes of {}, but {} were sent",
                                               head->bytes, key_, total_bytes_));
    }
};

}  // namespace

stream::SinkPtr upload_object(Client& client, const sys::Run& run, const std::string& key,
                              const PutOptions& options) {
    return std::make_unique<UploadSink>(client, run, key, options);
}

}  // namespace ds::stores::s3
