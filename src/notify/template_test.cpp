#include "notify/template.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"
#include "notify/wording.hpp"

namespace ds::notify {
namespace {

using testing::some_event;

TEST(Template, html_is_escaped_and_what_an_event_brings_is_never_a_placeholder) {
    auto event = some_event();
    event.title = "Immich <script>{{text}}</script> & \"co\"";
    EXPECT_EQ(filled_in("<h1 title=\"{{title}}\">{{ title }}</h1>", Form::html, event).value(),
              "<h1 title=\"Immich &lt;script&gt;{{text}}&lt;/script&gt; &amp; &quot;co&quot;\">"
              "Immich &lt;script&gt;{{text}}&lt;/script&gt; &amp; &quot;co&quot;</h1>");
}

TEST(Template, has_a_bounded_number_of_placeholders) {
    std::string pattern;
    for (std::size_t at = 0; at < placeholders_max; ++at) pattern += "{{title}}";
    EXPECT_TRUE(check_template(pattern, Form::plain));
    const auto wrong = check_template(pattern + "{{title}}", Form::plain);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message(), "has more than 100 placeholders");
}

TEST(Template, what_would_be_too_long_is_shortened_and_stays_json) {
    testing::RandomEvents events{3};
    std::string pattern = "[1";
    for (std::size_t at = 0; at < placeholders_max; ++at) pattern += ",{{event}}";
    pattern += "]";
    for (int round = 0; round < 20; ++round) {
        const auto event = cleaned(events.next());
        const auto body = filled_in(pattern, Form::json, event, 200 * KiB);
        ASSERT_TRUE(body) << body.error().message();
        EXPECT_LE(body->size(), 200 * KiB);
        EXPECT_EQ(json::parse(*body).value().as_array().size(), placeholders_max + 1);
    }
}

TEST(Template, the_beginning_of_a_long_text_stays) {
    auto event = some_event();
    event.text = "pg_dump: error: disk full " + std::string(50'000, 'x');
    const auto body = filled_in("{{text}}", Form::plain, event, 20'000).value();
    EXPECT_TRUE(body.starts_with("pg_dump: error: disk full xxx"));
    EXPECT_TRUE(body.ends_with("…"));
    EXPECT_GT(body.size(), 9000U);
}

}  // namespace
}  // namespace ds::notify
