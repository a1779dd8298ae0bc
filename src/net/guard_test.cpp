#include "net/guard.hpp"

#include <gtest/gtest.h>

#include "net/http.hpp"
#include "net/smtp.hpp"
#include "net/testing/scripted_http.hpp"

namespace ds::net {
namespace {

Address at(std::string_view text) { return Address::parse(text).value(); }

bool lets(Reach reach, std::string_view text, const std::vector<std::string>& always = {}) {
    return check_outgoing({reach, parse_networks(always).value()}, at(text)).has_value();
}

TEST(Addresses, both_forms_of_an_ipv4_address_are_one) {
    EXPECT_EQ(at("::ffff:192.0.2.1"), at("192.0.2.1"));
    EXPECT_EQ(at("::ffff:192.0.2.1").shown(), "192.0.2.1");
    EXPECT_EQ(at("2001:DB8::1").shown(), "2001:db8::1");
    for (const char* text : {"", "1.2.3", "1.2.3.4.5", "0x7f.1", "2130706433", "fe80::1%eth0", "x"})
        EXPECT_FALSE(Address::parse(text)) << text;
}

TEST(Addresses, networks_hold_what_begins_alike) {
    const auto ten = Network::parse("10.0.0.0/8").value();
    EXPECT_TRUE(ten.contains(at("10.255.0.1")));
    EXPECT_TRUE(ten.contains(at("::ffff:10.1.1.1")));
    EXPECT_FALSE(ten.contains(at("11.0.0.0")));
    EXPECT_TRUE(Network::parse("2001:db8::/32")->contains(at("2001:db8:ffff::1")));
    EXPECT_TRUE(Network::parse("0.0.0.0/0")->contains(at("9.9.9.9")));
    EXPECT_FALSE(Network::parse("0.0.0.0/0")->contains(at("2001:db8::1")));
    EXPECT_TRUE(Network::parse("192.0.2.7")->contains(at("192.0.2.7")));
    for (const char* text : {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "::/129", "10/8", "x/8", ""})
        EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(Guard, metadata_services_and_link_local_addresses_are_never_called) {
    for (const char* text :
         {"169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fe80::1", "100.100.100.200",
          "168.63.129.16", "192.0.0.192", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
          "2002:a9fe:a9fe::1", "::169.254.169.254", "224.0.0.1", "255.255.255.255", "ff02::1"})
        EXPECT_FALSE(lets(Reach::machine, text)) << text;
    EXPECT_TRUE(lets(Reach::internet, "169.254.7.7", {"169.254.7.0/24"}));
    EXPECT_TRUE(lets(Reach::anything, "169.254.169.254"));
}

TEST(Guard, private_networks_and_this_machine_need_their_reach) {
    for (const char* text : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                             "100.64.0.1", "fc00::1", "fdab::1", "64:ff9b::a01:203"}) {
        EXPECT_FALSE(lets(Reach::internet, text)) << text;
        EXPECT_TRUE(lets(Reach::network, text)) << text;
    }
    for (const char* text : {"127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1",
                             "2002:7f00:1::", "::127.0.0.1"}) {
        EXPECT_FALSE(lets(Reach::network, text)) << text;
        EXPECT_TRUE(lets(Reach::machine, text)) << text;
    }
    for (const char* text : {"8.8.8.8", "172.32.0.1", "2a00:1450::1", "193.0.0.1"})
        EXPECT_TRUE(lets(Reach::internet, text)) << text;
}

TEST(Guard, a_name_is_judged_by_its_addresses) {
    const auto refused = checked_addresses({Reach::network, {}}, "localhost");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::denied);
    EXPECT_TRUE(checked_addresses({Reach::machine, {}}, "localhost"));
    // However an address is written: the resolver reads what inet_aton reads.
    for (const char* text : {"0x7f.1", "2130706433", "017700000001", "127.1", "[::1]"}) {
        const auto found = checked_addresses({Reach::network, {}}, text);
        EXPECT_FALSE(found) << text;
    }
}

TEST(Guard, nothing_is_sent_to_an_address_that_is_refused) {
    int heard = 0;
    testing::ScriptedHttp server{[&](const testing::Heard&) {
        ++heard;
        return testing::answer(200, "here");
    }};
    HttpRequest request;
    request.origin = server.origin();
    HttpClient guarded{{.outgoing = {Reach::network, {}}}};
    const auto refused = guarded.send(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::denied) << refused.error().message();
    const auto port = request.origin.substr(request.origin.rfind(':'));
    for (const char* host : {"localhost", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"}) {
        request.origin = "http://" + std::string{host} + port;
        EXPECT_FALSE(guarded.send(request)) << host;
    }
    EXPECT_EQ(heard, 0);
    request.origin = server.origin();
    HttpClient allowed{{.outgoing = {Reach::network, parse_networks({"127.0.0.0/8"}).value()}}};
    EXPECT_TRUE(allowed.send(request));
    EXPECT_EQ(heard, 1);
}

TEST(Guard, letters_are_guarded_as_well) {
    const SmtpClient client{{.outgoing = {Reach::network, {}}}};
    const auto sent = client.send({.host = "127.0.0.1", .port = 1}, {"a@b.c", {"d@e.f"}, "x"});
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), Code::denied);
}

}  // namespace
}  // namespace ds::net
