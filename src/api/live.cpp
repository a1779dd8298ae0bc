#include "api/routes.hpp"
#include "api/user_sessions.hpp"

namespace ds::api {
namespace {

using namespace std::chrono_literals;

/// From where on the client wants to hear.
Result<std::uint64_t> first_sequence(const Services& services, const Call& call) {
    const auto text = call.option("after");
    return text.empty() ? services.events.newest() : parse_unsigned(text, "after");
}

/// Tells changes until the client is gone. A client that fell behind what is remembered hears
/// "reload" and goes on from now.
class Teller {
public:
    Teller(const Services& services, Caller caller, std::uint64_t after)
        : services_{services}, caller_{std::move(caller)}, after_{after} {}

    /// Asked before anything is told, and now and then: whoever was shut out hears no more.
    bool may_tell(bool news) {
        const auto now = services_.now();
        if (!news && now < look_again_) return true;
        look_again_ = now + 10s;
        return is_still_good(services_, caller_);
    }

    /// Messages that are to be sent now, after waiting for some up to `wait`.
    std::vector<std::string> next(std::chrono::milliseconds wait, const std::stop_token& stop) {
        const auto changes = services_.events.behind(after_, caller_.organization, wait, stop);
        if (!changes) {
            after_ = services_.events.newest();
            return {json::to_text(json::bj::object{{"sequence", after_}, {"topic", "reload"}})};
        }
        std::vector<std::string> messages;
        for (const auto& change : changes->told) messages.push_back(json::write(change));
        after_ = changes->upto;
        return messages;
    }

private:
    const Services& services_;
    Caller caller_;
    std::uint64_t after_;
    catalog::Time look_again_;
};

http::Response over_websocket(Teller teller) {
    http::Response response;
    response.websocket = [teller = std::move(teller)](http::WebSocket& socket) mutable {
        while (!socket.stop().stop_requested()) {
            const auto messages = teller.next(1s, socket.stop());
            if (!teller.may_tell(!messages.empty())) return socket.close(1008, "signed out");
            for (const auto& message : messages) {
                if (!socket.send(message)) return;
            }
            if (!socket.receive(0ms)) return;
        }
    };
    return response;
}

http::Response over_events(Teller teller) {
    auto response = http::stream_response(
        "text/event-stream", [teller = std::move(teller)](http::Writer& writer) mutable -> Status {
            DS_DO(writer.write(": here\n\n"));
            auto quiet = 0s;
            while (!writer.stop().stop_requested()) {
                const auto messages = teller.next(1s, writer.stop());
                if (!teller.may_tell(!messages.empty())) return {};
                quiet = messages.empty() ? quiet + 1s : 0s;
                for (const auto& message : messages)
                    DS_DO(writer.write("data: " + message + "\n\n"));
                if (quiet >= 15s) {
                    DS_DO(writer.write(": still here\n\n"));
                    quiet = 0s;
                }
            }
            return {};
        });
    response.headers.add("Cache-Control", "no-store");
    return response;
}

Result<Reply> live(const Services& services, const Call& call) {
    DS_TRY(const auto after, first_sequence(services, call));
    Teller teller{services, call.caller, after};
    Reply reply;
    reply.raw = call.request.wants_websocket() ? over_websocket(std::move(teller))
                                               : over_events(std::move(teller));
    return reply;
}

}  // namespace

void add_live(Router& router, const Services& services) {
    router.add({"GET",
                "/api/v1/live",
                Scope::read,
                "live",
                "Changes as they happen, as a WebSocket or as server-sent events; ?after=SEQUENCE "
                "resumes",
                {},
                {},
                200,
                false,
                [&services](const Call& call) { return live(services, call); },
                {{"after", "Go on behind this sequence number"}}});
}

}  // namespace ds::api
