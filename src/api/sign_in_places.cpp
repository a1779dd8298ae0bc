#include "api/sign_in_places.hpp"

#include <array>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::api {
namespace {

constexpr std::int64_t places_max = 50;  // of one user
constexpr std::size_t agent_bytes_max = 200;

Result<std::int64_t> count_places(catalog::Session& session, const model::User& user) {
    DS_TRY(
        const auto rows,
        session.run("SELECT count(*) FROM sign_in_places WHERE organization = ? AND \"user\" = ?",
                    {user.organization, user.id}));
    return sql::number_of(rows.at(0).at(0));
}

/// True when the place is new. Two sign-ins at the same moment make it once.
Result<bool> enter(catalog::Session& session, const model::SignInPlace& place) {
    DS_TRY([[maybe_unused]] const auto seen,
           session.run(
               "UPDATE sign_in_places SET seen = ? WHERE organization = ? AND \"user\" = ? AND "
               "network = ? AND agent = ?",
               {place.seen, place.organization, place.user, place.network, place.agent}));
    if (session.changed() > 0) return false;
    DS_TRY([[maybe_unused]] const auto entered,
           session.run(
               fmt::format("INSERT INTO sign_in_places ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
                           "CONFLICT DO NOTHING",
                           catalog::column_list<model::SignInPlace>()),
               catalog::to_columns(place)));
    return session.changed() == 1;
}

Status forget_the_oldest(catalog::Session& session, const model::SignInPlace& newest) {
    DS_TRY([[maybe_unused]] const auto gone,
           session.run("DELETE FROM sign_in_places WHERE id IN (SELECT id FROM sign_in_places "
                       "WHERE organization = "
                       "? AND \"user\" = ? ORDER BY seen DESC, id DESC LIMIT 1000 OFFSET ?)",
                       {newest.organization, newest.user, places_max}));
    return {};
}

model::Event event_of(const model::User& user, const std::string& address,
                      const std::string& agent) {
    auto event = model::event_of("sign_in.new_place", user.organization, user.name,
                                 fmt::format("{} signed in from a new place", user.name));
    event.text = "If that was not you: change the password, and remove the sessions and tokens.";
    event.fields = {{"address", address}, {"program", agent.empty() ? "not told" : agent}};
    return event;
}

}  // namespace

std::string network_of(const std::string& address) {
    std::array<unsigned char, 16> bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
        return fmt::format("{}.{}.{}.0/24", bytes[0], bytes[1], bytes[2]);
    }
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return printable(address, 60);
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    return std::string{text.data()} + "/64";
}

std::string agent_of(std::string_view user_agent) {
    std::string words;
    for (const char c : printable(user_agent, agent_bytes_max)) {
        const bool number = (c >= '0' && c <= '9') || c == '.';
        if (!number) words += c;
    }
    return words;
}

Status note_place(const Services& services, catalog::Session& session, const model::User& user,
                  const http::Request& request) {
    const auto* told = request.headers.find("User-Agent");
    const auto agent = told == nullptr ? std::string{} : printable(*told, agent_bytes_max);
    model::SignInPlace place;
    catalog::begin_record(place, user.organization, services.now());
    place.user = user.id;
    place.network = network_of(request.peer);
    place.agent = agent_of(agent);
    place.seen = place.created;
    DS_TRY(const auto known, count_places(session, user));
    DS_TRY(const bool is_new, enter(session, place));
    if (!is_new) return {};
    DS_DO(forget_the_oldest(session, place));
    if (known == 0) return {};
    return services.events.raise(session, event_of(user, request.peer, agent));
}

}  // namespace ds::api
