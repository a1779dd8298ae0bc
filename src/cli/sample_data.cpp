#include "cli/sample_data.hpp"

#include <string_view>

#include <fmt/format.h>

namespace ds::cli {
namespace {

constexpr std::string_view schema = R"(
CREATE SCHEMA shop;
CREATE TYPE shop.order_state AS ENUM ('new', 'paid', 'shipped', 'returned');
CREATE DOMAIN shop.email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE shop.customers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email shop.email UNIQUE,
    country char(2), joined timestamptz NOT NULL);
CREATE TABLE shop.products (
    id serial PRIMARY KEY, name text NOT NULL, price numeric(10, 2) NOT NULL CHECK (price > 0), details jsonb);
CREATE TABLE shop.orders (
    id bigint PRIMARY KEY, customer integer NOT NULL REFERENCES shop.customers, state shop.order_state NOT NULL,
    placed timestamptz NOT NULL, note text);
CREATE TABLE shop.order_lines (
    "order" bigint NOT NULL REFERENCES shop.orders, product integer NOT NULL REFERENCES shop.products,
    quantity integer NOT NULL, price numeric(10, 2) NOT NULL);
CREATE TABLE shop.events (id bigint NOT NULL, at timestamptz NOT NULL, kind text, payload jsonb) PARTITION BY RANGE (id);
CREATE TABLE shop.events_old PARTITION OF shop.events FOR VALUES FROM (0) TO (1000000);
CREATE TABLE shop.events_new PARTITION OF shop.events FOR VALUES FROM (1000000) TO (MAXVALUE);
CREATE VIEW shop.revenue AS
    SELECT date_trunc('month', o.placed) AS month, sum(l.quantity * l.price) AS total
    FROM shop.orders o JOIN shop.order_lines l ON l."order" = o.id GROUP BY 1;
)";

constexpr std::string_view finish = R"(
CREATE INDEX ON shop.orders (customer, placed);
CREATE INDEX ON shop.order_lines ("order");
CREATE INDEX ON shop.events (at);
CREATE MATERIALIZED VIEW shop.best_sellers AS
    SELECT product, sum(quantity) AS sold FROM shop.order_lines GROUP BY product ORDER BY 2 DESC LIMIT 100;
SELECT lo_from_bytea(0, decode(repeat(md5(g::text), 2000), 'hex')) FROM generate_series(1, 5) g;
ANALYZE;
)";

/// Rows per MB of dumped text, so that the whole comes out near what was asked for.
std::vector<std::string> fill(unsigned megabytes) {
    const auto rows = [&](double per_megabyte) {
        return static_cast<std::uint64_t>(per_megabyte * megabytes) + 1;
    };
    const auto customers = rows(300), products = rows(20), orders = rows(1200), lines = rows(3600),
               events = rows(3800);
    return {
        fmt::format("INSERT INTO shop.customers (name, email, country, joined) SELECT 'Customer ' "
                    "|| md5(g::text), "
                    "'c' || g || '@example.com', (ARRAY['DE','FR','US','JP','BR'])[1 + g % 5], "
                    "now() - g * interval '1 minute' "
                    "FROM generate_series(1, {}) g",
                    customers),
        fmt::format("INSERT INTO shop.products (name, price, details) SELECT 'Product ' || g, 1 + "
                    "(g * 37 % 9900) / 100.0, "
                    "jsonb_build_object('colour', (ARRAY['red','green','blue'])[1 + g % 3], "
                    "'weight', g % 100, 'tags', "
                    "jsonb_build_array(md5(g::text), 'sale')) FROM generate_series(1, {}) g",
                    products),
        fmt::format(
            "INSERT INTO shop.orders SELECT g, 1 + g % {}, "
            "(ARRAY['new','paid','shipped','returned'])[1 + g % 4]"
            "::shop.order_state, now() - g * interval '7 seconds', CASE WHEN g % 10 = 0 THEN "
            "E'please ring\\ntwice, thank you, ' || md5(g::text) END FROM generate_series(1, {}) g",
            customers, orders),
        fmt::format("INSERT INTO shop.order_lines SELECT 1 + g % {}, 1 + g % {}, 1 + g % 5, 1 + (g "
                    "* 37 % 9900) / 100.0 "
                    "FROM generate_series(1, {}) g",
                    orders, products, lines),
        fmt::format("INSERT INTO shop.events SELECT g, now() - g * interval '1 second', "
                    "(ARRAY['view','search','basket','buy'])[1 + g % 4], "
                    "jsonb_build_object('session', md5((g / 7)::text), "
                    "'page', '/product/' || g % {}, 'ms', g % 977, 'agent', 'Mozilla/5.0 (X11; "
                    "Linux x86_64)') "
                    "FROM generate_series(1, {}) g",
                    products, events),
    };
}

}  // namespace

Status load_sample_data(engines::postgres::Connection& connection, unsigned megabytes,
                        const sys::Run& run) {
    DS_DO(connection.exec(std::string{schema}));
    for (const auto& statement : fill(megabytes)) {
        DS_DO(run.check());
        DS_DO(connection.exec(statement));
    }
    return connection.exec(std::string{finish});
}

}  // namespace ds::cli
