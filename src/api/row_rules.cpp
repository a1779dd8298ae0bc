#include "api/row_rules.hpp"

#include <algorithm>

namespace ds::api {
namespace {

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t notes_bytes_max = 10'000;
constexpr std::size_t metadata_bytes_max = 20'000;
constexpr std::size_t labels_max = 50;
constexpr std::size_t label_name_bytes_max = 63;
constexpr std::size_t label_value_bytes_max = 200;

bool is_label_name(std::string_view name) {
    return !name.empty() && name.size() <= label_name_bytes_max &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return std::islower(c) || std::isdigit(c) || c == '.' || c == '_' || c == '-' ||
                      c == '/';
           });
}

}  // namespace

Status check_name(const std::string& name) {
    if (name.empty()) return fail(Code::invalid, "name: missing");
    if (name.size() > name_bytes_max) return fail(Code::invalid, "name: longer than 200 bytes");
    return {};
}

Status check_notes(const std::string& notes) {
    if (notes.size() <= notes_bytes_max) return {};
    return fail(Code::invalid, "notes: longer than 10,000 bytes");
}

Status check_labels(const model::Labels& labels, const std::string& field) {
    if (labels.size() > labels_max)
        return fail(Code::invalid, fmt::format("{}: more than {}", field, labels_max));
    for (const auto& [name, value] : labels) {
        if (!is_label_name(name)) {
            return fail(Code::invalid,
                        fmt::format("{}: {} cannot be a name", field, printable(name, 80)),
                        "Up to 63 of a-z, 0-9 and . _ - / make a name.");
        }
        if (value.size() > label_value_bytes_max) {
            return fail(Code::invalid, fmt::format("{}.{}: longer than {} bytes", field, name,
                                                   label_value_bytes_max));
        }
    }
    return {};
}

Status check_metadata(const std::map<std::string, std::string>& metadata) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : metadata) {
        if (name.empty()) return fail(Code::invalid, "metadata: a name is empty");
        bytes += name.size() + value.size();
    }
    if (bytes <= metadata_bytes_max) return {};
    return fail(Code::invalid,
                fmt::format("metadata: more than {} bytes", human_count(metadata_bytes_max)));
}

Status check_unused(catalog::Session& session, std::string_view question, std::string_view what,
                    const std::string& organization, const std::string& parameter) {
    DS_TRY(const auto rows, session.run(question, {organization, parameter}));
    if (catalog::sql::number_of(rows.at(0).at(0)) == 0) return {};
    return fail(Code::conflict, fmt::format("it is still used by {}", what),
                "Change or remove those first.");
}

}  // namespace ds::api
