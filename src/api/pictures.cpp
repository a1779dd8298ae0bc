#include <array>

#include "api/adding.hpp"
#include "api/people_rules.hpp"
#include "api/routes.hpp"
#include "base/bytes.hpp"

// Pictures of people. What a picture is, its first bytes say, not whoever sends it.
namespace ds::api {

struct PictureQuestion {
    std::string image;  // base64
};
BOOST_DESCRIBE_STRUCT(PictureQuestion, (), (image))

namespace {

constexpr std::size_t picture_bytes_max = 256 * KiB;

struct Magic {
    std::string_view type, begins;
    std::string_view then = {};  // from the ninth byte on
};
constexpr std::array magics{Magic{"image/png", "\x89PNG\r\n\x1a\n"},
                            Magic{"image/jpeg", "\xff\xd8\xff"}, Magic{"image/gif", "GIF87a"},
                            Magic{"image/gif", "GIF89a"}, Magic{"image/webp", "RIFF", "WEBP"}};

/// "" for what is no picture that browsers show safely.
std::string_view type_of(std::string_view bytes) {
    for (const auto& magic : magics) {
        if (bytes.starts_with(magic.begins) &&
            (magic.then.empty() || (bytes.size() > 12 && bytes.substr(8).starts_with(magic.then))))
            return magic.type;
    }
    return {};
}

Result<Reply> put_picture(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<PictureQuestion>(call));
    if (question.image.size() > picture_bytes_max / 3 * 4 + 4)
        return fail(Code::invalid, "image: at most 256 KiB");
    const auto bytes = from_base64(question.image);
    if (!bytes) return fail(Code::invalid, "image: not base64");
    if (bytes->size() > picture_bytes_max) return fail(Code::invalid, "image: at most 256 KiB");
    const auto type = type_of(text_of(*bytes));
    if (type.empty()) return fail(Code::invalid, "image: not a PNG, JPEG, GIF or WebP picture");
    model::Picture row;
    catalog::begin_record(row, call.caller.organization, services.now());
    row.id = call.caller.user;
    row.type = type;
    row.data = question.image;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY([[maybe_unused]] const auto old,
               session.run("DELETE FROM pictures WHERE organization = ? AND id = ?",
                           {row.organization, row.id}));
        return catalog::pictures.insert(session, row);
    }));
    services.events.changed(row.organization, "member", row.id);
    return Reply{204, {}, {}, {}};
}

Result<Reply> remove_picture(const Services& services, const Call& call) {
    DS_DO(services.write([&](catalog::Session& session) {
        return catalog::pictures.remove(session, call.caller.organization, call.caller.user);
    }));
    services.events.changed(call.caller.organization, "member", call.caller.user);
    return Reply{204, {}, {}, {}};
}

Result<Reply> show_picture(const Services& services, const Call& call) {
    DS_TRY(const auto row, services.read([&](catalog::Session& session) {
        return catalog::pictures.get(session, call.caller.organization, call.id());
    }));
    DS_TRY(const auto bytes, from_base64(row.data));
    http::Response response;
    response.headers.add("Content-Type", row.type);
    response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.add("Cache-Control", "private, max-age=300");
    response.body = std::string{text_of(bytes)};
    return Reply{200, {}, {}, std::move(response)};
}

}  // namespace

void add_pictures(Router& router, const Services& services) {
    Adding add{router, services, "profile"};
    add("PUT", "profile/picture", Scope::signed_in,
        "Show a picture of me: PNG, JPEG, GIF or WebP, at most 256 KiB", shape<PictureQuestion>(),
        {}, 204, put_picture)
        .person = true;
    add("DELETE", "profile/picture", Scope::signed_in, "Show no picture of me", {}, {}, 204,
        remove_picture)
        .person = true;
    add("GET", "members/{id}/picture", Scope::read, "A member's picture", {}, {}, 200,
        show_picture);
}

}  // namespace ds::api
