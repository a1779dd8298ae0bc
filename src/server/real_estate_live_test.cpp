#include "server/testing/server_story.hpp"
#include "stores/testing/s3_server.hpp"

// The same product with its catalog in PostgreSQL and its backups in a bucket.
namespace ds::server {
namespace {

using namespace testing;

class RealEstate : public PlanStory {
protected:
    std::string bucket;

    void SetUp() override {
        const auto* s3 = stores::testing::S3Server::get();
        if (s3 == nullptr) GTEST_SKIP() << "this machine has no S3 server";
        pg.create_database("catalog");
        PlanStory::SetUp();
        bucket =
            text(post("stores",
                      {{"name", "bucket"},
                       {"url", fmt::format("s3://{}/estate?preset=ceph&endpoint={}&access_key={}",
                                           s3->bucket, s3->endpoint(), s3->access_key())},
                       {"secrets", json::bj::object{{"secret_key", s3->secret_key()}}}},
                      201),
                 "id");
    }
    Secret catalog_url() override { return pg.url("catalog"); }
};

TEST_F(RealEstate, one_reading_goes_to_both_stores_and_comes_back_from_the_bucket) {
    const auto tested = post("stores/" + bucket + "/test", {}, 200);
    for (const auto& check : tested.at("checks").as_array())
        EXPECT_TRUE(check.at("ok").as_bool()) << json::to_text(check);
    const json::bj::array both{json::bj::object{{"store", store}},
                               json::bj::object{{"store", bucket}}};
    call("PATCH", "plans/" + plan, json::to_text(json::bj::object{{"destinations", both}}), 200);
    const auto run = back_up();
    ASSERT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
    const auto backup = text(run, "backup");
    EXPECT_EQ(get("copies?backup=" + backup).at("items").as_array().size(), 2U);

    const json::bj::object order{
        {"store", bucket}, {"into_server", server_id}, {"into_database", "from_bucket"}};
    const auto restored = wait_for(text(post("backups/" + backup + "/restore", order, 202), "id"));
    EXPECT_EQ(text(restored, "state"), "succeeded") << json::to_text(restored);
    EXPECT_EQ(pg.sql("from_bucket", "SELECT count(*) FROM orders"), "1000");
    const auto proof = wait_for(
        text(post("backups/" + backup + "/verify", {{"level", 2}, {"store", bucket}}, 202), "id"));
    EXPECT_EQ(text(proof, "state"), "succeeded") << json::to_text(proof);
}

TEST_F(RealEstate, a_bucket_that_is_away_leaves_the_other_copy_whole) {
    const json::bj::array both{json::bj::object{{"store", store}},
                               json::bj::object{{"store", bucket}}};
    call("PATCH", "plans/" + plan, json::to_text(json::bj::object{{"destinations", both}}), 200);
    call("PATCH", "stores/" + bucket, R"({"secrets": {"secret_key": "wrong"}})", 200);
    const auto run = back_up();
    EXPECT_EQ(text(run, "state"), "partly") << json::to_text(run);
    EXPECT_NE(text(run, "error").find("secret key"), std::string::npos) << json::to_text(run);
    const auto copies = get("copies?backup=" + text(run, "backup") + "&state=complete");
    ASSERT_EQ(copies.at("items").as_array().size(), 1U);
    EXPECT_EQ(text(copies.at("items").at(0), "store"), store);
    const auto bell = get("notifications?kind=backup.partly");
    EXPECT_EQ(bell.at("items").as_array().size(), 1U);
}

}  // namespace
}  // namespace ds::server
