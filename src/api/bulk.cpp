#include <array>

#include "api/resource.hpp"
#include "api/routes.hpp"

// What may be done to one row may be done to many: for each, a bulk request does what the route of
// one row does, with its rules, and tells what came of it.
namespace ds::api {

struct BulkQuestion {
    std::string action;
    std::optional<std::vector<std::string>> ids;
    /// Instead of ids: options of the list, {"taken.lt": "2026-01-01T00:00:00Z"}.
    std::optional<std::map<std::string, std::string>> filter;
    model::Labels labels;                    // label: these are set
    std::vector<std::string> remove_labels;  // label: these go
    std::uint64_t level = 4;                 // verify
    bool dry_run = false;                    // tell what it would be done to
};
BOOST_DESCRIBE_STRUCT(BulkQuestion, (),
                      (action, ids, filter, labels, remove_labels, level, dry_run))

struct BulkOutcome {
    std::string id;
    std::string outcome;             // "done", "refused" or, of a dry run, "chosen"
    std::vector<std::string> runs;   // that were entered for it
    std::string code, detail, hint;  // why it was refused
};
BOOST_DESCRIBE_STRUCT(BulkOutcome, (), (id, outcome, runs, code, detail, hint))

struct BulkAnswer {
    std::string action;
    std::vector<BulkOutcome> items;
    std::uint64_t done = 0;
    std::uint64_t refused = 0;
    bool more = false;  // the filter fits more rows: ask again
};
BOOST_DESCRIBE_STRUCT(BulkAnswer, (), (action, items, done, refused, more))

namespace {

constexpr std::size_t rows_max = catalog::listing_limit_max;

/// The route of one row that an action stands for, and the body it is given.
struct Action {
    std::string_view name;
    std::string_view method;
    std::string_view behind_id;  // "/verify"
    std::string_view body;       // JSON; "" when `write` makes it
    json::bj::object (*write)(const BulkQuestion&, const json::Value& row) = nullptr;
};

json::bj::object with_labels(const BulkQuestion& question, const json::Value& row) {
    auto labels = row.at("labels").get_object();
    for (const auto& name : question.remove_labels) labels.erase(name);
    for (const auto& [name, value] : question.labels) labels[name] = value;
    return {{"labels", std::move(labels)}};
}

json::bj::object with_level(const BulkQuestion& question, const json::Value&) {
    return {{"level", question.level}};
}

constexpr Action label{"label", "PATCH", "", "", with_labels};
constexpr Action pause_one{"pause", "PATCH", "", R"({"paused":true})"};
constexpr Action resume_one{"resume", "PATCH", "", R"({"paused":false})"};

struct Subject {
    std::string_view path;  // "backups"
    std::vector<Action> actions;
};

std::vector<Subject> subjects() {
    return {{"backups",
             {{"pin", "PATCH", "", R"({"pinned":true})"},
              {"unpin", "PATCH", "", R"({"pinned":false})"},
              label,
              {"verify", "POST", "/verify", "", with_level},
              {"remove", "POST", "/remove", "{}"},
              {"keep", "POST", "/keep", "{}"}}},
            {"plans", {pause_one, resume_one, {"run", "POST", "/run", "{}"}, label}},
            {"runs", {{"cancel", "POST", "/cancel", "{}"}, {"retry", "POST", "/retry", "{}"}}},
            {"databases",
             {pause_one,
              resume_one,
              {"archive", "PATCH", "", R"({"archived":true})"},
              {"unarchive", "PATCH", "", R"({"archived":false})"},
              label}},
            {"servers", {label}},
            {"stores", {pause_one, resume_one, label}},
            {"keys", {label}},
            {"channels", {pause_one, resume_one, label}},
            {"notifications",
             {{"seen", "PATCH", "", R"({"seen":true})"},
              {"unseen", "PATCH", "", R"({"seen":false})"}}}};
}

std::vector<std::string> runs_in(const Reply& reply) {
    if (reply.status != 202) return {};
    const auto& body = reply.body.get_object();
    if (const auto* id = body.if_contains("id")) return {std::string{id->get_string()}};
    std::vector<std::string> runs;
    for (const auto& id : body.at("runs").get_array()) runs.emplace_back(id.get_string());
    return runs;
}

class Bulk {
public:
    Bulk(const Router& router, const Subject& subject, const Call& call)
        : router_{router}, all_{"/api/v1/" + std::string{subject.path}}, call_{call} {}

    Result<BulkAnswer> execute(const Action& action, const BulkQuestion& question) {
        const auto& route =
            router_.at(action.method, all_ + "/{id}" + std::string{action.behind_id});
        if (call_.caller.scope < route.scope)
            return fail(Code::denied,
                        fmt::format("{} needs more rights than this token has", action.name));
        BulkAnswer answer;
        answer.action = question.action;
        DS_TRY(const auto ids, chosen(question, answer.more));
        for (const auto& id : ids) {
            DS_DO(check_still_wanted());
            answer.items.push_back(question.dry_run ? BulkOutcome{id, "chosen", {}, {}, {}, {}}
                                                    : outcome(route, action, question, id));
            answer.done += answer.items.back().outcome == "done" ? 1 : 0;
            answer.refused += answer.items.back().outcome == "refused" ? 1 : 0;
        }
        return answer;
    }

private:
    const Router& router_;
    const std::string all_;
    const Call& call_;

    Status check_still_wanted() const {
        if (!call_.stop.stop_requested()) return {};
        return fail(Code::cancelled, "the server stops");
    }

    Result<std::vector<std::string>> chosen(const BulkQuestion& question, bool& more) const {
        if (question.ids.has_value() == question.filter.has_value())
            return fail(Code::invalid, "ids: either ids or a filter says which rows");
        if (question.filter) return filtered(*question.filter, more);
        if (question.ids->empty() || question.ids->size() > rows_max)
            return fail(Code::invalid, fmt::format("ids: from 1 to {}", rows_max));
        return *question.ids;
    }

    Result<std::vector<std::string>> filtered(const std::map<std::string, std::string>& filter,
                                              bool& more) const {
        if (filter.empty())
            return fail(Code::invalid, "filter: has no condition",
                        "What is meant for all rows has one too: {\"id.gte\": \"\"}.");
        http::Request request;
        request.query = {{"limit", std::to_string(rows_max)}};
        for (const auto& [name, value] : filter) {
            if (name == "limit" || name == "cursor")
                return fail(Code::invalid, "filter." + name + ": is not for a filter");
            request.query.emplace_back(name, value);
        }
        DS_TRY(const auto page,
               router_.at("GET", all_).handle({request, {}, call_.caller, call_.stop}));
        std::vector<std::string> ids;
        for (const auto& row : page.body.at("items").get_array())
            ids.emplace_back(row.at("id").get_string());
        more = page.body.get_object().contains("next");
        return ids;
    }

    BulkOutcome outcome(const Route& route, const Action& action, const BulkQuestion& question,
                        const std::string& id) const {
        BulkOutcome outcome{id, "done", {}, {}, {}, {}};
        const auto reply = perform(route, action, question, id);
        if (reply) {
            outcome.runs = runs_in(*reply);
        } else {
            outcome.outcome = "refused";
            outcome.code = name_of(reply.error().code());
            outcome.detail = reply.error().message();
            outcome.hint = reply.error().hint();
        }
        return outcome;
    }

    Result<Reply> perform(const Route& route, const Action& action, const BulkQuestion& question,
                          const std::string& id) const {
        const std::map<std::string, std::string> path{{"id", id}};
        http::Request request;
        request.peer = call_.request.peer;
        request.body = action.body;
        if (action.write != nullptr) {
            DS_TRY(const auto row, router_.at("GET", all_ + "/{id}")
                                       .handle({request, path, call_.caller, call_.stop}));
            request.body = json::to_text(action.write(question, row.body));
            // What it is based upon must not change in between.
            if (const auto* etag = row.headers.find("ETag")) request.headers.add("If-Match", *etag);
        }
        return route.handle({request, path, call_.caller, call_.stop});
    }
};

Result<Reply> bulk(const Router& router, const Subject& subject, const Call& call) {
    DS_TRY(const auto question, read_body<BulkQuestion>(call));
    for (const auto& action : subject.actions) {
        if (action.name != question.action) continue;
        DS_TRY(const auto answer, Bulk(router, subject, call).execute(action, question));
        return Reply{200, json::to_value(answer), {}, {}};
    }
    std::vector<std::string> names;
    for (const auto& action : subject.actions) names.emplace_back(action.name);
    return fail(Code::invalid, "action: there is no such one", "Actions: " + join(names, ", "));
}

Scope least_scope(const Router& router, const Subject& subject) {
    auto least = Scope::administer;
    for (const auto& action : subject.actions) {
        const auto pattern = fmt::format("/api/v1/{}/{{id}}{}", subject.path, action.behind_id);
        least = std::min(least, router.at(action.method, pattern).scope);
    }
    return least;
}

std::string summary_of(const Subject& subject) {
    std::vector<std::string> names;
    for (const auto& action : subject.actions) names.emplace_back(action.name);
    return fmt::format("Do something to up to {} {}: {}", rows_max, subject.path,
                       join(names, ", "));
}

}  // namespace

void add_bulk(Router& router) {
    for (const auto& subject : subjects()) {
        router.add({"POST", fmt::format("/api/v1/{}/bulk", subject.path),
                    least_scope(router, subject), std::string{subject.path}, summary_of(subject),
                    asked(shape<BulkQuestion>(), {"action"}), shape<BulkAnswer>(), 200, false,
                    [&router, subject](const Call& call) { return bulk(router, subject, call); }});
    }
}

}  // namespace ds::api
