#include <algorithm>

#include "http/loop.hpp"

namespace ds::http {
namespace {

constexpr std::uint64_t listener_key = 0;
constexpr int accepts_in_a_row = 64;  // then the others have their turn
constexpr std::chrono::milliseconds accept_pause{100};

/// Who is closed first for a new client: who said nothing, then who is still talking.
auto rank(const Connection& connection) {
    return std::tuple{connection.reader.in_body(), !connection.reader.idle(), connection.since};
}

}  // namespace

void Loop::tell(const Error& error) const {
    if (options_.on_error) options_.on_error(error);
}

void Loop::accept_all() {
    if (draining_) return;
    for (int i = 0; i < accepts_in_a_row; ++i) {
        if (connections_.size() >= connections_max_) {
            // Only the first is known to be there; for it alone somebody may have to go.
            if (i > 0) return;
            if (!make_room()) return pause_accepting();
        }
        auto accepted = listener_.accept();
        if (accepted.verdict == Listener::Verdict::none) return;
        if (accepted.verdict == Listener::Verdict::full) {
            tell(accepted.why);
            make_room();
            return pause_accepting();
        }
        admit(std::move(accepted.socket), accepted.peer);
    }
}

void Loop::admit(sys::Fd socket, const std::string& peer) {
    Session session;
    if (certificates_) {
        auto made = certificates_->new_session(now_, options_.on_error);
        if (!made) return tell(made.error());
        session = std::move(*made);
    }
    const auto id = ++last_id_;
    auto connection =
        std::make_unique<Connection>(id, std::move(socket), std::move(session), limits_, peer);
    connection->since = now_;
    if (!poller_.add(connection->transport.fd(), id, EPOLLIN | EPOLLRDHUP | EPOLLONESHOT)) return;
    connections_.emplace(id, std::move(connection));
}

/// Closes those that wait longest without a complete request: several at once, so that looking
/// through all is rare.
bool Loop::make_room() {
    std::vector<Connection*> waiting;
    for (const auto& [id, connection] : connections_) {
        if (connection->phase == Phase::reading || connection->phase == Phase::lingering) {
            waiting.push_back(connection.get());
        }
    }
    if (waiting.empty()) return false;
    const auto count = static_cast<std::ptrdiff_t>(waiting.size() / 32 + 1);
    std::ranges::partial_sort(waiting, waiting.begin() + count, {},
                              [](const Connection* one) { return rank(*one); });
    waiting.resize(static_cast<std::size_t>(count));
    for (auto* connection : waiting) close(*connection);
    return true;
}

void Loop::pause_accepting() {
    accept_again_ = now_ + accept_pause;
    poller_.change(listener_.fd(), listener_key, 0);
}

}  // namespace ds::http
