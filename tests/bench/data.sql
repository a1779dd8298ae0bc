-- About :scale MB of dumped text: a large table of mixed types, one of JSON, one of names. Deterministic.
CREATE TABLE orders (id bigint PRIMARY KEY, customer int, state text, placed timestamptz, note text, total numeric(12, 2));
INSERT INTO orders SELECT g, g % 100000, (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + g % 4],
    timestamptz '2026-01-01' + g * interval '7 seconds', 'note ' || md5(g::text) || ' ' || md5((g * 7)::text), (g * 37 % 99000) / 100.0
    FROM generate_series(1, :scale * 4400) g;
CREATE TABLE events (id bigint, at timestamptz, kind text, payload jsonb);
INSERT INTO events SELECT g, timestamptz '2026-01-01' + g * interval '1 second', (ARRAY['view', 'search', 'basket', 'buy'])[1 + g % 4],
    jsonb_build_object('session', md5((g / 7)::text), 'page', '/product/' || g % 5000, 'ms', g % 977, 'agent', 'Mozilla/5.0 (X11; Linux x86_64)')
    FROM generate_series(1, :scale * 2400) g;
CREATE TABLE customers (id int PRIMARY KEY, name text, email text);
INSERT INTO customers SELECT g, 'Customer ' || md5(g::text), 'c' || g || '@example.com' FROM generate_series(1, :scale * 400) g;
CREATE INDEX ON orders (customer);
CREATE INDEX ON events (at);
VACUUM ANALYZE;
