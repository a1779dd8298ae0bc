#include "server/testing/news_story.hpp"

// What people are told, from a real backup that fails to servers that are as strict as the
// vendors'.
namespace ds::server::testing {
namespace {

class EveryChannel : public NewsStory {
protected:
    StrictChannel discord{Vendor::discord}, telegram{Vendor::telegram}, slack{Vendor::slack};
    std::unique_ptr<MailServer> mail;
    Listener ping;

    void choose(Options& options) override {
        NewsStory::choose(options);
        if (mail) options.outside = mail->outside();
    }
    void SetUp() override {
        if (!MailServer::is_there()) GTEST_SKIP() << "python3-aiosmtpd is not installed";
        mail = std::make_unique<MailServer>("starttls");
        NewsStory::SetUp();
        add_channel("discord", "discord", {}, {{"webhook_url", discord.webhook_url()}});
        add_channel("slack", "slack", {}, {{"webhook_url", slack.webhook_url()}});
        add_channel("telegram", "telegram", {{"chat_id", "-1001"}, {"api_url", telegram.origin()}},
                    {{"bot_token", StrictChannel::bot_token()}});
        Object options;
        for (const auto& [name, value] : mail->settings()) {
            if (name != "password") options[name] = value;
        }
        add_channel("mail", "email", options, {{"password", MailServer::password()}});
        add_webhook();
        add_channel("switch", "ping", {{"url", ping.url()}}, {},
                    {{"kinds", json::bj::array{"backup.failed"}}});
    }
};

TEST_F(EveryChannel, R09_S19_a_failing_backup_is_told_everywhere_whatever_the_names_look_like) {
    const std::string awkward = "sh_op *<b>& \"x\" 漢";
    const auto database =
        text(post("databases", {{"name", awkward}, {"server", server_id}}, 201), "id");
    call("PATCH", "plans/" + plan, json::to_text(Object{{"databases", json::bj::array{database}}}),
         200);
    break_server();
    discord.next_too_many(0.2);
    EXPECT_EQ(text(back_up(), "state"), "failed");

    EXPECT_TRUE(comes([&] { return slack.accepted() == 1 && telegram.accepted() == 1; }));
    EXPECT_TRUE(comes([&] { return mail->has_received(1) && webhook.heard().size() == 1; }));
    EXPECT_TRUE(comes([&] { return ping.heard().size() == 1 && discord.accepted() == 1; }));
    for (const auto* strict : {&discord, &telegram, &slack}) EXPECT_EQ(strict->complaints(), "");
    EXPECT_EQ(mail->received(1).subject, "[DumpStation] Backup of " + awkward + " failed");
    EXPECT_EQ(mail->received(1).defects, std::vector<std::string>{});
    EXPECT_EQ(ping.heard().at(0).target, "/listen/fail");
    const auto event = json::read<model::Event>(text_of(webhook.heard().at(0).body));
    ASSERT_TRUE(event) << event.error().message();
    EXPECT_EQ(event->kind, "backup.failed");
    EXPECT_EQ(event->subject, awkward);

    EXPECT_TRUE(comes([&] {
        const auto all = deliveries();
        return all.as_array().size() == 6 &&
               std::all_of(all.as_array().begin(), all.as_array().end(),
                           [](const auto& one) { return text(one, "state") == "delivered"; });
    })) << json::to_text(deliveries());
    EXPECT_EQ(mail->received(1).text.find("hush-hush-7"), std::string::npos);
    EXPECT_EQ(json::write(*event).find("hush-hush-7"), std::string::npos);
    EXPECT_EQ(text(get("notifications").at("items").at(0), "kind"), "backup.failed");
}

TEST_F(NewsStory, R09_a_channel_that_hangs_holds_up_no_backup) {
    webhook.reply = net::testing::act(Act::Kind::hang);
    add_webhook({{"kinds", json::bj::array{"backup.*"}}});
    const auto begin = std::chrono::steady_clock::now();
    for (int at = 0; at < 3; ++at) EXPECT_EQ(text(back_up(), "state"), "succeeded");
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_TRUE(comes([&] { return !webhook.heard().empty(); }));
    // One answer alone is waited for for longer than that.
    EXPECT_LT(took, 15s) << "nothing may wait for a channel";
    const auto all = deliveries("&state=waiting");
    EXPECT_EQ(all.as_array().size(), 6U) << json::to_text(all);
    const auto stopping = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - stopping, 10s);
}

TEST_F(NewsStory, a_channel_that_is_down_is_reported_on_another_and_its_message_can_be_replayed) {
    Listener other;
    webhook.reply = net::testing::answer(404, "no such hook");
    const auto hook = add_webhook();
    add_channel("spare", "webhook", {{"url", other.url()}}, {},
                {{"kinds", json::bj::array{"proof.failed"}}});
    break_server();
    back_up();
    ASSERT_TRUE(comes([&] { return !other.heard().empty(); }));
    EXPECT_EQ(other.kinds(), std::vector<std::string>{"channel.down"});
    EXPECT_NE(text_of(other.heard().at(0).body).find("Backup of shop failed"), std::string::npos);
    EXPECT_NE(text(get("channels/" + hook), "down_since"), "");
    EXPECT_EQ(text(get("channels/" + hook), "trouble").find("the webhook answers 404"), 0U);

    webhook.reply = net::testing::answer(200, "heard");
    const auto lost = text(deliveries("&channel=" + hook).at(0), "id");
    const auto again = ask("POST", "deliveries/" + lost + "/replay");
    ASSERT_EQ(again.status, 202) << again.body;
    const auto place = again.header("Location");
    EXPECT_TRUE(comes([&] { return text(get(place), "state") == "delivered"; }));
    const auto row = get(place);
    EXPECT_EQ(text(row, "replay_of"), lost);
    EXPECT_EQ(text(row.at("tries").at(0), "answer"), "heard");
    EXPECT_EQ(webhook.kinds().back(), "backup.failed");
    EXPECT_EQ(text(get("channels/" + hook), "down_since"), "");
    call("POST", "deliveries/nothing/replay", {}, 404);
    call("DELETE", "channels/" + hook, {}, 204);
    call("POST", "deliveries/" + lost + "/replay", {}, 409);
}

TEST_F(NewsStory, the_bell_is_read_one_by_one_and_all_at_once) {
    break_server();
    for (int at = 0; at < 3; ++at) back_up();
    const auto unread = [&] { return get("unread-notifications").at("unread").to_number<int>(); };
    EXPECT_EQ(unread(), 3);
    const auto newest = text(get("notifications?sort=-id").at("items").at(0), "id");
    call("PATCH", "notifications/" + newest, R"({"seen": true})", 200);
    EXPECT_EQ(unread(), 2);
    const auto oldest = text(get("notifications?sort=id").at("items").at(0), "id");
    EXPECT_EQ(post("notifications/read-all", {{"upto", oldest}}, 200).at("unread").to_number<int>(),
              1);
    EXPECT_EQ(post("notifications/read-all", {}, 200).at("unread").to_number<int>(), 0);
    EXPECT_TRUE(get("notifications?seen=0").at("items").as_array().empty());
}

TEST_F(NewsStory, a_store_that_nears_its_cap_is_told_once) {
    add_webhook({{"kinds", json::bj::array{"store.*", "backup.started"}}});
    back_up();
    call("PATCH", "stores/" + store, R"({"bytes_max": 100})", 200);
    EXPECT_TRUE(comes([&] { return webhook.kinds().size() == 2; }));
    std::this_thread::sleep_for(600ms);  // the desk looks again
    EXPECT_EQ(webhook.kinds(), (std::vector<std::string>{"backup.started", "store.nearly_full"}));
}

TEST_F(NewsStory, the_digest_is_chosen_and_previewed) {
    back_up();
    EXPECT_EQ(text(get("digest"), "schedule"), "0 8 * * 1");
    const auto changed =
        call("PATCH", "digest", R"({"schedule": "0 7 * * 5", "zone": "Europe/Berlin"})", 200);
    EXPECT_NE(text(changed, "next"), "");
    EXPECT_EQ(text(get("digest"), "zone"), "Europe/Berlin");
    EXPECT_EQ(text(call("PATCH", "digest", R"({"zone": "Mars"})", 400), "field"), "zone");
    EXPECT_EQ(text(call("PATCH", "digest", R"({"schedule": "x"})", 400), "field"), "schedule");
    const auto preview = get("digest/preview");
    EXPECT_NE(text(preview, "title").find("database"), std::string::npos);
    EXPECT_EQ(text(preview.at("fields").at(1), "value"), "1 made, 0 failed");
}

TEST_F(NewsStory, a_sign_in_from_a_new_place_is_told_but_not_the_first) {
    add_webhook({{"kinds", json::bj::array{"sign_in.*"}}});
    const auto sign_in = [&](const std::string& agent) {
        const auto answer =
            ask("POST", "session", json::to_text(Object{{"name", "admin"}, {"password", password}}),
                {{"User-Agent", agent}});
        EXPECT_EQ(answer.status, 201) << answer.body;
    };
    sign_in("Browser/1.0 (Linux)");  // the first sign-in was the story's own, without an agent
    EXPECT_TRUE(comes([&] { return webhook.kinds().size() == 1; }));
    sign_in("Browser/2.5 (Linux)");
    sign_in("Other/1.0 (Phone)");
    EXPECT_TRUE(comes([&] { return webhook.kinds().size() == 2; }));
    for (int at = 0; at < 60; ++at)
        sign_in("Many-" + std::string(1 + static_cast<size_t>(at), 'x'));
    const auto rows = server->office().catalog.read([](catalog::Session& session) {
        return session.run("SELECT count(*) FROM sign_in_places");
    });
    ASSERT_TRUE(rows);
    EXPECT_LE(catalog::sql::number_of(rows->at(0).at(0)), 50);
    post("session", {{"name", "admin"}, {"password", "wrong"}}, 401);
}

}  // namespace
}  // namespace ds::server::testing
