#include "catalog/portable/tables.hpp"

#include <array>

#include "catalog/access_tables.hpp"

namespace ds::catalog::portable {
namespace {

constexpr int log_days_max = 30;
constexpr int bell_days_max = 90;
constexpr int rows_at_once = 200;
constexpr std::size_t id_letters_max = 64;

template <class T>
std::vector<std::string> columns_of() {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { names.emplace_back(member.name); });
    return names;
}

template <class T, const Table<T>& table>
Status check_rows(Session& session) {
    std::string after;
    for (;;) {
        DS_TRY(const auto page,
               table.select(session, fmt::format("WHERE id > ? ORDER BY id LIMIT {}", rows_at_once),
                            {after}));
        if (page.empty()) return {};
        after = page.back().id;
    }
}

template <class T, const Table<T>& table>
KeptTable kept(std::string_view only = {}, int days_max = 0) {
    return {table.name(), columns_of<T>(), only, days_max, check_rows<T, table>};
}

}  // namespace

std::span<const KeptTable> kept_tables() {
    static const std::array all{
        kept<model::Organization, organizations>(),
        kept<model::Settings, settings>(),
        kept<model::User, users>(),
        kept<model::SecondFactor, second_factors>(),
        kept<model::Preferences, preferences>(),
        kept<model::Picture, pictures>(),
        kept<model::Token, tokens>(" AND kind = 'token'"),
        kept<model::Server, servers>(),
        kept<model::Database, databases>(),
        kept<model::Store, stores>(),
        kept<model::Key, keys>(),
        kept<model::Plan, plans>(),
        kept<model::Channel, channels>(),
        kept<model::Digest, digests>(),
        kept<model::Backup, backups>(),
        kept<model::Copy, copies>(),
        kept<model::Replacement, replacements>(),
        kept<model::Run, runs>(),
        kept<model::LogLine, log_lines>({}, log_days_max),
        kept<model::AuditRow, audit>(),
        kept<model::AuditHead, audit_heads>(),
        kept<model::Notification, notifications>({}, bell_days_max),
    };
    return all;
}

std::span<const std::string_view> left_tables() {
    static constexpr std::array<std::string_view, 7> all{
        "act_codes",   "answers",  "deliveries",    "download_codes",
        "invitations", "sessions", "sign_in_places"};
    return all;
}

bool is_plain_id(std::string_view text) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return !text.empty() && text.size() <= id_letters_max &&
           text.find_first_not_of(letters) == std::string_view::npos;
}

}  // namespace ds::catalog::portable
