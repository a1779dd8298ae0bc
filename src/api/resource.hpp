#pragma once

#include "api/fields.hpp"
#include "api/listing_query.hpp"
#include "api/route.hpp"
#include "api/row_rules.hpp"
#include "api/services.hpp"
#include "catalog/tables.hpp"

namespace ds::api {

/// A resource that is created, read, listed, changed and removed in the usual ways.
template <class T>
struct Resource {
    catalog::Table<T> table;
    std::string path;     // "stores": below /api/v1, and the tag
    std::string one;      // "store"
    Names writable;       // what a body may set
    Names search;         // columns that ?q= looks into
    Names hidden = {};    // what never leaves the server, besides organization and sealed
    Names required = {};  // what the body of a new one cannot do without
    /// The field of a body that holds secrets, "" = none: an object of texts, or one text. What is
    /// left out keeps its value; what is null is removed.
    std::string secret = {};
    bool secret_is_text = false;
    Scope reads = Scope::read;
    Scope writes = Scope::administer;
    /// Fills what a body leaves out when an item is made.
    std::function<Result<json::bj::object>(catalog::Session&, const Caller&, json::bj::object)>
        defaults = {};
    /// Checks and completes an item that is to be written.
    std::function<Status(catalog::Session&, const Caller&, T&, bool is_new)> check = {};
    /// Refuses or prepares a removal.
    std::function<Status(catalog::Session&, const T&)> before_removal = {};
    bool creates = true, removes = true;
};

std::string etag_of(std::uint64_t version);
/// An If-Match that names another version is Code::stale.
Status check_if_match(const Call& call, std::uint64_t version);

/// Merges a body's secrets into what is sealed already.
Result<std::string> merged_secret(const Services& services, const std::string& sealed,
                                  const std::string& row, const json::Value& value, bool is_text);
/// The names of the secrets that are set, for people to see that they are.
std::vector<std::string> secrets_set(const Services& services, const std::string& sealed,
                                     const std::string& row, bool is_text);

/// Schema of a page: {"items": […], "next": "…"}.
Shape page_of(Shape item);
/// {"items": […]} of a list that has no pages.
Shape list_of(Shape item);
/// The same shape without some of its fields, under the same name.
Shape without(Shape whole, Names hidden);
/// What a body may hold: the `writable` fields, and a field of this name and schema with secrets.
struct BodyShape {
    std::string name;
    Names writable;
    Names required = {};
    std::string secret = {};
    bool secret_is_text = false;
};
Shape body_of(Shape whole, BodyShape body);
/// What a body holds that is no row: all of a struct's fields, of which only these must be there.
Shape asked(Shape whole, Names required = {});

/// A page as it is answered, with each row as `view` shows it.
template <class T, class View>
Reply page_reply(const catalog::Page<T>& page, View&& view) {
    json::bj::array items;
    items.reserve(page.items.size());
    for (const auto& item : page.items) items.push_back(view(item));
    Reply reply;
    reply.body = json::bj::object{{"items", std::move(items)}};
    if (page.next) reply.body.get_object()["next"] = *page.next;
    return reply;
}

template <class T>
class ResourceRoutes {
public:
    ResourceRoutes(Router& router, const Services& services, Resource<T> resource)
        : services_{services}, resource_{std::make_shared<Resource<T>>(std::move(resource))} {
        auto& hidden = resource_->hidden;
        for (const char* name : {"organization", "sealed"}) {
            if (!has(hidden, name)) hidden.emplace_back(name);
        }
        shape_ = without(shape<T>(), hidden);
        BodyShape body{
            resource_->one, resource_->writable, {}, resource_->secret, resource_->secret_is_text};
        change_ = body_of(shape<T>(), body);
        body.name = "new_" + resource_->one;
        body.required = resource_->required;
        new_ = body_of(shape<T>(), std::move(body));
        add(router);
    }

private:
    const Services& services_;
    std::shared_ptr<Resource<T>> resource_;
    Shape shape_, new_, change_;

    void add(Router& router) {
        const auto& r = *resource_;
        const auto all = "/api/v1/" + r.path;
        const auto one = all + "/{id}";
        router.add({"GET",
                    all,
                    r.reads,
                    r.path,
                    "List " + r.path,
                    {},
                    page_of(shape_),
                    200,
                    true,
                    [self = *this](const Call& call) { return self.list(call); },
                    options_of(columns_of(r.table, r.hidden), !r.search.empty())});
        router.add({"GET",
                    one,
                    r.reads,
                    r.path,
                    "Show a " + r.one,
                    {},
                    shape_,
                    200,
                    false,
                    [self = *this](const Call& call) { return self.get(call); }});
        if (r.creates) {
            router.add({"POST", all, r.writes, r.path, "Add a " + r.one, new_, shape_, 201, false,
                        [self = *this](const Call& call) { return self.create(call); }});
        }
        if (!r.writable.empty()) {
            router.add({"PATCH", one, r.writes, r.path, "Change a " + r.one, change_, shape_, 200,
                        false, [self = *this](const Call& call) { return self.change(call); }});
        }
        if (r.removes) {
            router.add({"DELETE",
                        one,
                        r.writes,
                        r.path,
                        "Remove a " + r.one,
                        {},
                        {},
                        204,
                        false,
                        [self = *this](const Call& call) { return self.remove(call); }});
        }
    }

    std::string row_of(const T& item) const {
        return std::string{resource_->table.name()} + "/" + item.id;
    }

    json::Value view(const T& item) const {
        auto value = shown(item, resource_->hidden);
        if constexpr (requires { item.sealed; }) {
            value.get_object()["secrets_set"] = json::to_value(
                secrets_set(services_, item.sealed, row_of(item), resource_->secret_is_text));
        }
        return value;
    }

    Reply reply(int status, const T& item) const {
        Reply reply;
        reply.status = status;
        reply.body = view(item);
        reply.headers.add("ETag", etag_of(item.version));
        if (status == 201)
            reply.headers.add("Location", "/api/v1/" + resource_->path + "/" + item.id);
        return reply;
    }

    Result<Reply> list(const Call& call) const {
        DS_TRY(const auto listing,
               read_listing(call.request, columns_of(resource_->table, resource_->hidden),
                            resource_->search));
        DS_TRY(const auto page, services_.read([&](catalog::Session& session) {
            return resource_->table.list(session, call.caller.organization, listing);
        }));
        return page_reply(page, [this](const T& item) { return view(item); });
    }

    Result<Reply> get(const Call& call) const {
        DS_TRY(const auto item, services_.read([&](catalog::Session& session) {
            return resource_->table.get(session, call.caller.organization, call.id());
        }));
        return reply(200, item);
    }

    Status fill(T& item, const json::bj::object& body) const {
        Names besides;
        if (!resource_->secret.empty()) besides.push_back(resource_->secret);
        DS_DO(apply(item, body, resource_->writable, besides));
        if constexpr (requires { item.sealed; }) {
            const auto* secret = body.if_contains(resource_->secret);
            if (secret != nullptr) {
                DS_TRY(item.sealed, merged_secret(services_, item.sealed, row_of(item), *secret,
                                                  resource_->secret_is_text));
            }
        }
        if constexpr (requires { item.labels; }) DS_DO(check_labels(item.labels, "labels"));
        if constexpr (requires { item.notes; }) DS_DO(check_notes(item.notes));
        return {};
    }

    Result<Reply> create(const Call& call) const {
        DS_TRY(auto body, call.body());
        if (resource_->defaults) {
            DS_TRY(body, services_.read([&](catalog::Session& session) {
                return resource_->defaults(session, call.caller, std::move(body));
            }));
        }
        T item;
        catalog::begin_record(item, call.caller.organization, services_.now());
        DS_DO(fill(item, body));
        DS_DO(services_.write([&](catalog::Session& session) -> Status {
            if (resource_->check) DS_DO(resource_->check(session, call.caller, item, true));
            return named_conflict(resource_->table.insert(session, item));
        }));
        services_.events.changed(item.organization, resource_->one, item.id);
        return reply(201, item);
    }

    Result<Reply> change(const Call& call) const {
        DS_TRY(const auto body, call.body());
        T item;
        DS_DO(services_.write([&](catalog::Session& session) -> Status {
            DS_TRY(item, resource_->table.get(session, call.caller.organization, call.id()));
            DS_DO(check_if_match(call, item.version));
            DS_DO(fill(item, body));
            item.changed = rfc3339(services_.now());
            if (resource_->check) DS_DO(resource_->check(session, call.caller, item, false));
            return named_conflict(resource_->table.update(session, item));
        }));
        services_.events.changed(item.organization, resource_->one, item.id);
        return reply(200, item);
    }

    Result<Reply> remove(const Call& call) const {
        DS_DO(services_.write([&](catalog::Session& session) -> Status {
            DS_TRY(const auto item,
                   resource_->table.get(session, call.caller.organization, call.id()));
            DS_DO(check_if_match(call, item.version));
            if (resource_->before_removal) DS_DO(resource_->before_removal(session, item));
            return resource_->table.remove(session, item.organization, item.id);
        }));
        services_.events.changed(call.caller.organization, resource_->one, call.id());
        Reply reply;
        reply.status = 204;
        return reply;
    }

    /// What the database says of a unique rule, in words.
    Status named_conflict(Status status) const {
        if (status || status.error().code() != Code::exists) return status;
        return fail(Code::exists, "name: there is a " + resource_->one + " of this name already");
    }
};

/// Adds the routes of a resource; they keep what they need.
template <class T>
void add_resource(Router& router, const Services& services, Resource<T> resource) {
    const ResourceRoutes<T> routes{router, services, std::move(resource)};
}

}  // namespace ds::api
