-- Small, but with something of most kinds that a dump treats in its own way.
CREATE ROLE golden_owner;
CREATE EXTENSION hstore;
CREATE SCHEMA "Odd ""name""";
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mood mood, tags hstore);
INSERT INTO people (name, mood, tags) SELECT 'Person ' || g, (ARRAY['sad', 'ok', 'happy'])[1 + g % 3]::mood, hstore('n', g::text)
    FROM generate_series(1, 500) g;
CREATE TABLE "Odd ""name"""."tab	le" (a double precision, b bytea, c text);
INSERT INTO "Odd ""name"""."tab	le" VALUES ('NaN', '\x00ff', E'line\nline\\'), ('-Infinity', NULL, 'größer'), (0.1, '', '');
CREATE TABLE parts (k integer, v text) PARTITION BY LIST (k);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2);
INSERT INTO parts SELECT 1 + g % 2, repeat('x', g) FROM generate_series(1, 100) g;
CREATE TABLE empty (a integer);
CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) FROM people GROUP BY mood;
CREATE INDEX ON people USING gin (tags);
SELECT lo_from_bytea(0, 'a large object');
ALTER TABLE people OWNER TO golden_owner;
GRANT SELECT ON parts TO golden_owner;
ALTER DATABASE golden SET work_mem = '8MB';
