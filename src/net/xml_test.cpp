#include "net/xml.hpp"

#include <gtest/gtest.h>

namespace ds::net {
namespace {

TEST(Xml, reads_a_listing) {
    const auto root = parse_xml(R"(<?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment -->
        <s3:List xmlns:s3="http://s3.example/"><IsTruncated>true</IsTruncated>
        <Contents><Key> a&amp;b </Key><ETag>&quot;x&#34;&#x41;</ETag></Contents>
        <Contents><Key><![CDATA[<raw>]]></Key></Contents><Empty/></s3:List>)");
    ASSERT_TRUE(root) << root.error().message();
    EXPECT_EQ(root->name, "List");
    EXPECT_EQ(root->text_of("IsTruncated"), "true");
    ASSERT_EQ(root->children.size(), 4U);
    EXPECT_EQ(root->children[1].text_of("Key"), "a&b");
    EXPECT_EQ(root->children[1].text_of("ETag"), "\"x\"A");
    EXPECT_EQ(root->children[2].text_of("Key"), "<raw>");
    EXPECT_EQ(root->text_of("missing"), "");
}

TEST(Xml, refuses_what_is_torn_or_hostile) {
    for (const char* text : {"",
                             "  ",
                             "text",
                             "<a>",
                             "<a",
                             "<a><b></a></b>",
                             "</a>",
                             "<a></a><b/>",
                             "<a>&nbsp;</a>",
                             "<a>&amp</a>",
                             "<a>&#0;</a>",
                             "<a>&#xD800;</a>",
                             "<a>&#x110000;</a>",
                             "<a x>1</a>",
                             "<a x=1/>",
                             "<a x='1/>",
                             "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                             "<a><![CDATA[x</a>",
                             "<a><!-- </a>",
                             "<>",
                             "< a/>",
                             "<a></a >x",
                             "<a></ a>",
                             "<?xml",
                             "<a>&#12345678901;</a>"}) {
        const auto root = parse_xml(text);
        ASSERT_FALSE(root) << text;
        EXPECT_EQ(root.error().code(), Code::corrupt) << text;
    }
}

TEST(Xml, bounds_the_depth_and_the_number_of_elements) {
    const auto nested = [](int levels) {
        std::string text;
        for (int i = 0; i < levels; ++i) text += "<a>";
        for (int i = 0; i < levels; ++i) text += "</a>";
        return parse_xml(text).has_value();
    };
    EXPECT_TRUE(nested(32));
    EXPECT_FALSE(nested(33));
    std::string many = "<a>";
    for (int i = 0; i < 200'000; ++i) many += "<b/>";
    EXPECT_FALSE(parse_xml(many + "</a>"));
}

TEST(Xml, survives_every_cut_and_every_flipped_byte) {
    const std::string whole =
        "<?xml version='1.0'?><r a=\"1\"><!-- c --><k>&amp;&#65;</k><![CDATA[z]]><e/></r>";
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        EXPECT_FALSE(parse_xml(whole.substr(0, cut))) << cut;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            auto text = whole;
            text[at] = static_cast<char>(text[at] ^ (1 << bit));
            const auto root = parse_xml(text);  // any answer is fine, it only must come back
            if (root) EXPECT_FALSE(root->name.empty());
        }
    }
}

}  // namespace
}  // namespace ds::net
