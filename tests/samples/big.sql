-- About `mb` megabytes of rows as applications have them, half of it in one table:
--   psql -X -v ON_ERROR_STOP=1 -v mb=1000 -d DATABASE -f big.sql
\if :{?mb}
\else
    \set mb 1000
\endif
CREATE SCHEMA big;
SELECT setseed(0.5);
CREATE TABLE big.orders (id bigint PRIMARY KEY, customer integer, status text, amount numeric(12, 2), placed timestamptz, note text);
INSERT INTO big.orders SELECT i, (random() * 1e6)::int, (ARRAY['new', 'paid', 'sent', 'returned'])[1 + i % 4],
    (random() * 1000)::numeric(12, 2), '2020-01-01 00:00+00'::timestamptz + i * interval '13 s', md5(i::text) || ' ' || md5((i * 7)::text)
    FROM generate_series(1, :mb * 3500) i;
CREATE TABLE big.readings (sensor integer, at timestamptz, value float8, flags integer);
INSERT INTO big.readings SELECT i % 1000, '2024-01-01 00:00+00'::timestamptz + i * interval '1 s', random() * 100, i % 7
    FROM generate_series(1, :mb * 4000) i;
CREATE TABLE big.documents (id integer PRIMARY KEY, body jsonb);
INSERT INTO big.documents SELECT i, jsonb_build_object('id', i, 'name', md5(i::text), 'tags', ARRAY[md5((i + 1)::text), md5((i + 2)::text)],
    'nested', jsonb_build_object('x', random(), 'y', repeat(md5(i::text), 8))) FROM generate_series(1, :mb * 400) i;
ANALYZE;
