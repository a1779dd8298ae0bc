#include "archive/manifest.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "archive/layout.hpp"
#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t parts_max = 64;
constexpr std::size_t recipients_max = 64;
constexpr std::size_t hash_letters = 64;

bool is_hash(std::string_view text) {
    return text.size() == hash_letters &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Error broken(std::string what) { return fail(Code::corrupt, "manifest: " + std::move(what)); }

Status check_part(const PartRecord& part) {
    if (!is_plain_name(part.name)) return broken("a part has an impossible name");
    if (!is_plain_name(part.object) || part.object == manifest_object ||
        part.object == signature_object) {
        return broken(fmt::format("part {} has an impossible object name", part.name));
    }
    if (!is_hash(part.sha256)) return broken(fmt::format("part {} has no SHA-256", part.name));
    return {};
}

Status check(const Manifest& m) {
    if (m.format != format_name) return broken("not a manifest of ours");
    if (m.version > format_version) {
        return fail(
            Code::unsupported,
            fmt::format("manifest: format version {} is newer than this program", m.version),
            "Use the version of dumpstation that wrote it, or a newer one.");
    }
    if (m.version < 1) return broken("impossible format version");
    if (!sys::is_ulid(m.id)) return broken("the id is not a ULID");
    if (!is_plain_name(m.name)) return broken("impossible backup name");
    if (!is_plain_name(m.source)) return broken("impossible source name");
    if (m.parts.empty() || m.parts.size() > parts_max) return broken("impossible number of parts");
    if (m.recipients.size() > recipients_max) return broken("too many recipients");
    for (const auto& time : {m.started, m.finished}) {
        if (!from_rfc3339(time)) return broken("impossible time");
    }
    if (m.previous && (!sys::is_ulid(m.previous->id) || !is_hash(m.previous->manifest_sha256))) {
        return broken("impossible reference to the previous backup");
    }
    for (const auto& part : m.parts) {
        DS_DO(check_part(part));
        const auto same = [&](const PartRecord& p) {
            return p.name == part.name || p.object == part.object;
        };
        if (std::count_if(m.parts.begin(), m.parts.end(), same) != 1)
            return broken("a part is listed twice");
    }
    return {};
}

}  // namespace

std::uint64_t Manifest::stored_bytes() const {
    std::uint64_t total = 0;
    for (const auto& part : parts) total += part.bytes;
    return total;
}

std::uint64_t Manifest::plain_bytes() const {
    std::uint64_t total = 0;
    for (const auto& part : parts) total += part.plain_bytes;
    return total;
}

const PartRecord* Manifest::find(std::string_view part) const {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const auto& p) { return p.name == part; });
    return found == parts.end() ? nullptr : &*found;
}

std::string write_manifest(const Manifest& manifest) { return json::write(manifest, true); }

Result<Manifest> read_manifest(std::string_view text) {
    auto manifest = json::read<Manifest>(text);
    if (!manifest) return std::move(manifest.error()).while_doing("manifest");
    DS_DO(check(*manifest));
    return manifest;
}

}  // namespace ds::archive
