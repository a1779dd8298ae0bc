#include "stores/s3/config.hpp"

#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "stores/s3/credentials.hpp"
#include "stores/s3/part_plan.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::stores::s3 {
namespace {

using Variables = std::map<std::string, std::string>;

class S3Config : public ::testing::Test {
protected:
    sys::testing::TempDirectory directory;

    std::string write(const std::string& name, std::string_view text) {
        const auto path = directory.path() / name;
        std::ofstream{path} << text;
        return path.string();
    }
    Result<Config> read(const std::string& text, Variables variables = {}) {
        variables.try_emplace("HOME", directory.path().string());
        const auto url = net::Url::parse(text);
        if (!url) return Error{url.error()};
        return read_config(*url,
                           [variables](const std::string& name) -> std::optional<std::string> {
                               const auto found = variables.find(name);
                               if (found == variables.end()) return {};
                               return found->second;
                           });
    }
    Config must(const std::string& options, Variables variables = {}) {
        auto config =
            read("s3://bucket/pre?access_key=a&secret_key=s" + options, std::move(variables));
        EXPECT_TRUE(config) << options << config.error().message();
        return config ? *config : Config{};
    }
    std::string refusal(const std::string& text, Variables variables = {}) {
        const auto config = read(text, std::move(variables));
        EXPECT_FALSE(config) << text;
        return config ? "" : config.error().message() + " / " + config.error().hint();
    }
};

TEST_F(S3Config, knows_the_endpoints_of_the_presets) {
    struct Row {
        const char* options;
        const char* origin;
        const char* region;
        const char* path;
    };
    const Row rows[] = {
        {"", "https://bucket.s3.us-east-1.amazonaws.com", "us-east-1", "/k"},
        {"&region=eu-west-1", "https://bucket.s3.eu-west-1.amazonaws.com", "eu-west-1", "/k"},
        {"&preset=r2&account=acc", "https://acc.r2.cloudflarestorage.com", "auto", "/bucket/k"},
        {"&preset=minio&endpoint=http://m:9000", "http://m:9000", "us-east-1", "/bucket/k"},
        {"&preset=b2&region=us-west-004", "https://s3.us-west-004.backblazeb2.com", "us-west-004",
         "/bucket/k"},
        {"&preset=wasabi", "https://s3.us-east-1.wasabisys.com", "us-east-1", "/bucket/k"},
        {"&preset=spaces&region=fra1", "https://bucket.fra1.digitaloceanspaces.com", "fra1", "/k"},
        {"&preset=ceph&endpoint=https://c", "https://c", "us-east-1", "/bucket/k"},
        {"&endpoint=https://any.example:8443/", "https://any.example:8443", "us-east-1",
         "/bucket/k"},
        {"&endpoint=https://x&path_style=false", "https://bucket.x", "us-east-1", "/k"},
    };
    for (const auto& row : rows) {
        const auto config = must(row.options);
        EXPECT_EQ(config.origin, row.origin) << row.options;
        EXPECT_EQ(config.region, row.region) << row.options;
        EXPECT_EQ(config.path_of("k"), row.path) << row.options;
        EXPECT_EQ(config.prefix, "pre/");
    }
}

TEST_F(S3Config, recognizes_providers_by_their_host_names) {
    EXPECT_TRUE(must("&endpoint=https://acc.r2.cloudflarestorage.com").equal_parts);
    EXPECT_EQ(must("&endpoint=https://acc.r2.cloudflarestorage.com").region, "auto");
    EXPECT_EQ(must("&endpoint=https://s3.eu-west-1.amazonaws.com").conditional,
              Conditional::always);
    EXPECT_EQ(must("&endpoint=https://localhost:9000").conditional, Conditional::never);
}

TEST_F(S3Config, addresses_buckets_with_dots_by_path) {
    const auto config = read("s3://my.bucket?access_key=a&secret_key=s");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->origin, "https://s3.us-east-1.amazonaws.com");
    EXPECT_EQ(config->path_of(""), "/my.bucket");
}

TEST_F(S3Config, says_what_a_preset_needs) {
    EXPECT_NE(refusal("s3://bucket?access_key=a&secret_key=s&preset=r2").find("account="),
              std::string::npos);
    EXPECT_NE(refusal("s3://bucket?access_key=a&secret_key=s&preset=minio").find("endpoint="),
              std::string::npos);
    EXPECT_NE(refusal("s3://bucket?access_key=a&secret_key=s&preset=b2").find("region="),
              std::string::npos);
    EXPECT_NE(refusal("s3://bucket?access_key=a&secret_key=s&preset=x").find("aws, r2, minio"),
              std::string::npos);
}

TEST_F(S3Config, refuses_what_cannot_be_a_bucket_a_prefix_or_a_number) {
    for (const char* text :
         {"s3://", "s3://ab", "s3://Bucket", "s3://a_b%2fc", "s3:///x", "s3://bucket:9000/x"}) {
        EXPECT_FALSE(read(std::string{text} + "?access_key=a&secret_key=s")) << text;
    }
    EXPECT_FALSE(read("s3://bucket/a/../b?access_key=a&secret_key=s"));
    EXPECT_FALSE(read("s3://bucket/a%20b?access_key=a&secret_key=s"));
    for (const char* option :
         {"part_mib=4", "part_mib=5121", "parallel=0", "parallel=65", "list_page=1001"}) {
        EXPECT_FALSE(read(std::string{"s3://bucket?access_key=a&secret_key=s&"} + option))
            << option;
    }
    for (const char* option :
         {"part_mib=5", "part_mib=5120", "parallel=1", "parallel=64", "list_page=1000"}) {
        EXPECT_TRUE(read(std::string{"s3://bucket?access_key=a&secret_key=s&"} + option)) << option;
    }
}

TEST_F(S3Config, takes_the_region_of_aws_from_url_environment_or_profile) {
    write("config", "[default]\nregion = eu-central-1\n[profile work]\nregion=eu-north-1\n");
    std::filesystem::create_directory(directory.path() / ".aws");
    std::filesystem::rename(directory.path() / "config", directory.path() / ".aws/config");
    EXPECT_EQ(must("").region, "eu-central-1");
    EXPECT_EQ(must("", {{"AWS_PROFILE", "work"}}).region, "eu-north-1");
    EXPECT_EQ(must("", {{"AWS_DEFAULT_REGION", "eu-west-2"}}).region, "eu-west-2");
    EXPECT_EQ(must("", {{"AWS_REGION", "eu-west-1"}, {"AWS_DEFAULT_REGION", "x"}}).region,
              "eu-west-1");
    EXPECT_EQ(must("&region=us-west-1", {{"AWS_REGION", "eu-west-1"}}).region, "us-west-1");
    EXPECT_EQ(must("&preset=wasabi", {{"AWS_REGION", "eu-west-1"}}).region, "us-east-1");
}

TEST_F(S3Config, takes_keys_from_the_first_place_that_has_them) {
    const auto secret_file = write("secret", "from-file\n");
    const auto credentials =
        write("credentials",
              "# comment\n[default]\naws_access_key_id = d\naws_secret_access_key = ds\n"
              "[work]\naws_access_key_id=w\naws_secret_access_key=ws\naws_session_token=wt\n");
    const Variables files{{"AWS_SHARED_CREDENTIALS_FILE", credentials}};
    const auto keys = [&](const std::string& url, Variables variables) {
        variables.insert(files.begin(), files.end());
        const auto config = read(url, variables);
        EXPECT_TRUE(config) << url << config.error().message();
        const auto found = config->keys();
        EXPECT_TRUE(found);
        return found->access_key + ":" + found->secret_key.reveal() + ":" +
               found->session_token.reveal();
    };
    const Variables env{
        {"AWS_ACCESS_KEY_ID", "e"}, {"AWS_SECRET_ACCESS_KEY", "es"}, {"AWS_SESSION_TOKEN", "et"}};
    EXPECT_EQ(keys("s3://bucket?access_key=a&secret_key=s&session_token=t", env), "a:s:t");
    EXPECT_EQ(keys("s3://bucket?access_key=a&secret_key_file=" + secret_file, env), "a:from-file:");
    EXPECT_EQ(keys("s3://bucket?profile=work", env), "w:ws:wt");
    EXPECT_EQ(keys("s3://bucket", env), "e:es:et");
    EXPECT_EQ(keys("s3://bucket", {{"AWS_PROFILE", "work"}}), "w:ws:wt");
    EXPECT_EQ(keys("s3://bucket", {}), "d:ds:");
}

TEST_F(S3Config, says_how_to_give_keys_when_there_are_none) {
    EXPECT_NE(refusal("s3://bucket").find("AWS_ACCESS_KEY_ID"), std::string::npos);
    EXPECT_NE(refusal("s3://bucket?profile=gone").find("profile 'gone'"), std::string::npos);
    EXPECT_NE(refusal("s3://bucket?access_key=a").find("belong together"), std::string::npos);
    EXPECT_NE(refusal("s3://bucket?secret_key=a").find("belong together"), std::string::npos);
    EXPECT_NE(refusal("s3://bucket?access_key=a&secret_key=b&secret_key_file=c").find("both"),
              std::string::npos);
    EXPECT_FALSE(read("s3://bucket?access_key=a&secret_key_file=/does/not/exist"));
    EXPECT_FALSE(read("s3://bucket", {{"AWS_ACCESS_KEY_ID", "e"}}));
}

TEST(Ini, is_read_leniently) {
    const auto sections = parse_ini("a=1\n[x]\n b = c = d \n;n\n[profile y ]\nQ=2\nrubbish\n[\n");
    EXPECT_EQ(sections.at("").at("a"), "1");
    EXPECT_EQ(sections.at("x").at("b"), "c = d");
    EXPECT_EQ(sections.at("y").at("q"), "2");
}

TEST(PartPlan, holds_a_third_more_than_estimated_in_equal_parts) {
    Config config;
    config.equal_parts = true;
    for (const std::uint64_t estimate : {1 * GiB, 80 * GiB, 640 * GiB, 3000 * GiB}) {
        const auto plan = plan_parts(estimate, config);
        EXPECT_EQ(plan.bytes_of(1), plan.bytes_of(parts_max));
        EXPECT_GE(plan.capacity(), estimate + estimate / 3);
        EXPECT_GE(plan.bytes_of(1), 8 * MiB);
        EXPECT_EQ(plan.bytes_of(1) % MiB, 0U);
    }
    EXPECT_EQ(plan_parts(80 * GiB, config).bytes_of(1), 11 * MiB);
    EXPECT_EQ(plan_parts(100, config).bytes_of(1), 8 * MiB);
}

TEST(PartPlan, grows_late_where_parts_may_differ) {
    const auto plan = plan_parts(80 * GiB, Config{});
    EXPECT_EQ(plan.bytes_of(8000), 11 * MiB);
    EXPECT_EQ(plan.bytes_of(8001), 44 * MiB);
    EXPECT_EQ(plan.bytes_of(9001), 176 * MiB);
    EXPECT_GE(plan.capacity(), 240 * GiB);
    EXPECT_GE(plan_parts(0, Config{}).capacity(), 400 * GiB);
}

TEST(PartPlan, never_passes_what_s3_takes) {
    EXPECT_EQ(plan_parts(UINT64_MAX / 2, Config{}).bytes_of(parts_max), 5 * GiB);
    Config config;
    config.part_bytes = 5 * MiB;
    EXPECT_EQ(plan_parts(1000 * GiB, config).bytes_of(1), 5 * MiB);
}

}  // namespace
}  // namespace ds::stores::s3
