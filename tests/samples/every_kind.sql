-- A database with an object of every kind that PostgreSQL 12 to 18 knows, and with names and values that
-- backup programs stumble over. Load it as a superuser into an empty UTF-8 database:
--   psql -X -v ON_ERROR_STOP=1 -d DATABASE -f every_kind.sql
-- What a version or build lacks is left out by the DO blocks.
SET client_min_messages = error;
SET check_function_bodies = on;

-- Roles belong to the server; they may be there from an earlier load.
DO $$
DECLARE role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['sample_owner', 'sample_reader', 'sample_writer', 'Sample "Quoted" Rôle'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
    END LOOP;
END $$;
GRANT sample_reader TO sample_writer;

-- Extensions, as far as this server has them.
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['hstore', 'pg_trgm', 'citext', 'btree_gist', 'file_fdw', 'postgres_fdw'] LOOP
        IF EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = wanted) THEN
            EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA public', wanted);
        END IF;
    END LOOP;
END $$;

-- Fifty schemas.
DO $$
BEGIN
    FOR i IN 1..50 LOOP
        EXECUTE format('CREATE SCHEMA s%s', i);
        EXECUTE format('CREATE TABLE s%s.items (id integer PRIMARY KEY, label text NOT NULL)', i);
        EXECUTE format('INSERT INTO s%s.items SELECT n, ''item '' || n FROM generate_series(1, %s) n', i, i);
    END LOOP;
END $$;
CREATE SCHEMA "Weird ""Schema"" ünïcode" AUTHORIZATION "Sample ""Quoted"" Rôle";
COMMENT ON SCHEMA "Weird ""Schema"" ünïcode" IS 'a name with quotes, a blank and letters beyond ASCII';

-- Types.
CREATE SCHEMA kinds AUTHORIZATION sample_owner;
CREATE TYPE kinds.mood AS ENUM ('sad', 'ok', 'it''s fine', 'happy');
ALTER TYPE kinds.mood ADD VALUE 'furious' BEFORE 'sad';
CREATE TYPE kinds.address AS (street text, zip varchar(10), geo point);
CREATE TYPE kinds.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE DOMAIN kinds.email AS text COLLATE "C" DEFAULT 'nobody@example.org' NOT NULL
    CONSTRAINT has_at CHECK (VALUE ~ '@') CHECK (length(VALUE) < 200);
CREATE DOMAIN kinds.status AS varchar(20) CHECK (VALUE IN ('new', 'paid', 'sent'));
CREATE COLLATION kinds.plain (provider = libc, locale = 'C');
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_collation WHERE collprovider = 'i') THEN
        CREATE COLLATION kinds.numeric_order (provider = icu, locale = 'en-u-kn-true');
    END IF;
END $$;

-- Functions, procedures, aggregates, operators, casts.
CREATE FUNCTION kinds.add_one(n integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT n + 1';
CREATE FUNCTION kinds."weird ""function""
with a newline"(a text DEFAULT E'it''s \\ "x"', VARIADIC b integer[] DEFAULT '{}') RETURNS text LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET work_mem = '8MB' AS $body$
BEGIN
    -- $$ inside, a backslash \ and 'quotes'
    RETURN a || $$ and $$ || coalesce(array_length(b, 1), 0);
END $body$;
CREATE FUNCTION kinds.rows_of(OUT id integer, OUT label text) RETURNS SETOF record LANGUAGE sql STABLE ROWS 7 COST 3
    AS $$ SELECT i, 'row ' || i FROM generate_series(1, 3) i $$;
CREATE PROCEDURE kinds.do_nothing(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
CREATE FUNCTION kinds.product_step(state numeric, value numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS 'SELECT coalesce(state, 1) * value';
CREATE AGGREGATE kinds.product(numeric) (sfunc = kinds.product_step, stype = numeric, initcond = '1');
CREATE FUNCTION kinds.close_to(a float8, b float8) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT abs(a - b) < 0.001';
CREATE OPERATOR kinds.~= (leftarg = float8, rightarg = float8, procedure = kinds.close_to, commutator = OPERATOR(kinds.~=));
CREATE FUNCTION kinds.zip_of(a kinds.address) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT (a).zip::text';
CREATE CAST (kinds.address AS text) WITH FUNCTION kinds.zip_of(kinds.address) AS ASSIGNMENT;
CREATE OPERATOR CLASS kinds.backwards FOR TYPE integer USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);
CREATE TEXT SEARCH DICTIONARY kinds.plain_words (TEMPLATE = simple, stopwords = english);
CREATE TEXT SEARCH CONFIGURATION kinds.english_too (COPY = english);
ALTER TEXT SEARCH CONFIGURATION kinds.english_too ALTER MAPPING FOR asciiword WITH kinds.plain_words, english_stem;
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 140000 THEN
        EXECUTE 'CREATE FUNCTION kinds.modern(n integer) RETURNS integer LANGUAGE sql '
                'BEGIN ATOMIC; SELECT kinds.add_one(modern.n) * 2; END';
        EXECUTE 'CREATE PROCEDURE kinds.out_arguments(OUT n integer) LANGUAGE sql AS ''SELECT 1''';
    END IF;
END $$;

-- Sequences: odd steps, downwards, cycling, never used, set but not called.
CREATE SEQUENCE kinds.odd INCREMENT BY 7 MINVALUE -100 START WITH -3 MAXVALUE 10000 CACHE 5;
SELECT nextval('kinds.odd'), nextval('kinds.odd');
CREATE SEQUENCE kinds.down AS smallint INCREMENT BY -2 MAXVALUE 100 MINVALUE -30000 START WITH 100;
SELECT nextval('kinds.down'), nextval('kinds.down');
CREATE SEQUENCE kinds.round MAXVALUE 3 CYCLE;
SELECT nextval('kinds.round'), nextval('kinds.round'), nextval('kinds.round'), nextval('kinds.round');
CREATE SEQUENCE kinds.untouched START WITH 500;
CREATE SEQUENCE kinds.set_not_called;
SELECT setval('kinds.set_not_called', 4711, false);
CREATE SEQUENCE kinds."Seq ""quoted""";
SELECT setval('kinds."Seq ""quoted"""', 9223372036854775807);

-- Tables: columns of every sort.
CREATE TABLE kinds.columns (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 10) PRIMARY KEY,
    again integer GENERATED BY DEFAULT AS IDENTITY,
    counted serial,
    doubled numeric GENERATED ALWAYS AS (price * 2) STORED,
    price numeric(12, 2) DEFAULT 9.99 NOT NULL,
    status varchar(20) DEFAULT 'new' CHECK (status IN ('new', 'paid', 'sent')),
    kind char(3) CHECK (kind IN ('abc', 'xyz')),
    mood kinds.mood DEFAULT 'ok',
    email kinds.email,
    home kinds.address,
    tags text[] DEFAULT ARRAY['a', 'b"c', NULL],
    document jsonb DEFAULT '{"a": [1, null, "é"]}',
    raw bytea,
    span kinds.float_range,
    during tstzrange,
    sorted text COLLATE "C",
    compact text,
    made timestamptz DEFAULT now(),
    CONSTRAINT "price is
positive" CHECK ((price >= 0) AND (price < 1e9 OR status = 'sent')) NOT VALID
);
ALTER TABLE kinds.columns ADD COLUMN gone integer;
INSERT INTO kinds.columns (price, status, kind, home, raw, span, during, sorted, compact)
SELECT i, 'paid', 'abc', ROW('Main "St", \1', '0815'::varchar(10), point(i, -i))::kinds.address, decode(repeat('00ff5c0a', i), 'hex'),
    kinds.float_range(i, i + 0.5), tstzrange('2024-02-29 12:00+02', 'infinity'), 'zß' || i, repeat('x', 5000)
FROM generate_series(1, 50) i;
ALTER TABLE kinds.columns DROP COLUMN gone;
ALTER TABLE kinds.columns ADD COLUMN later integer DEFAULT 42;
ALTER TABLE kinds.columns ALTER COLUMN compact SET STORAGE EXTERNAL;
ALTER TABLE kinds.columns ALTER COLUMN price SET STATISTICS 500;
ALTER TABLE kinds.columns ALTER COLUMN sorted SET (n_distinct = -0.5);
ALTER TABLE kinds.columns SET (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
CREATE UNIQUE INDEX ON kinds.columns (lower(sorted) DESC NULLS LAST, price) INCLUDE (id) WHERE status IN ('new', 'paid');
CREATE INDEX columns_by_document ON kinds.columns USING gin (document jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX columns_backwards ON kinds.columns (again kinds.backwards) WITH (fillfactor = 50);
ALTER TABLE kinds.columns CLUSTER ON columns_pkey;
CREATE STATISTICS kinds.price_and_status (ndistinct, dependencies) ON price, status FROM kinds.columns;
COMMENT ON TABLE kinds.columns IS E'line one\nline two; ''quotes'' and \\ backslashes \\. \\restrict';
COMMENT ON COLUMN kinds.columns.price IS 'before tax';
COMMENT ON CONSTRAINT columns_pkey ON kinds.columns IS 'the key';
COMMENT ON INDEX kinds.columns_by_document IS 'an index';
COMMENT ON TYPE kinds.mood IS 'how one feels';
COMMENT ON FUNCTION kinds.add_one(integer) IS 'adds one';
COMMENT ON SEQUENCE kinds.odd IS 'odd';
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 140000 THEN
        EXECUTE 'ALTER TABLE kinds.columns ALTER COLUMN compact SET COMPRESSION pglz';
        EXECUTE 'CREATE TABLE kinds.multiranges (m int4multirange, f kinds.float_multirange)';
        EXECUTE 'INSERT INTO kinds.multiranges VALUES (''{[1,3),[7,9)}'', ''{[1.5,2]}'')';
        EXECUTE 'CREATE STATISTICS kinds.expression_statistics ON lower(sorted) FROM kinds.columns';
    END IF;
    IF current_setting('server_version_num')::int >= 150000 THEN
        EXECUTE 'CREATE TABLE kinds.nulls_alike (a integer, UNIQUE NULLS NOT DISTINCT (a))';
        EXECUTE 'CREATE VIEW kinds.as_invoker WITH (security_invoker) AS SELECT id FROM kinds.columns';
        EXECUTE 'CREATE UNLOGGED SEQUENCE kinds.unlogged_sequence';
    END IF;
    IF current_setting('server_version_num')::int >= 180000 THEN
        EXECUTE 'CREATE TABLE kinds.newest (a integer, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL, '
                'c integer CONSTRAINT c_is_there NOT NULL NO INHERIT, CONSTRAINT loose CHECK (a > 0) NOT ENFORCED)';
        EXECUTE 'INSERT INTO kinds.newest (a, c) VALUES (1, 1), (-1, 2)';
        EXECUTE 'CREATE TABLE kinds.periods (id int, valid daterange, '
                'PRIMARY KEY (id, valid WITHOUT OVERLAPS))';
    END IF;
END $$;

-- Values that are hard to keep.
CREATE TABLE kinds.values (name text PRIMARY KEY, f8 float8, f4 float4, n numeric, t timestamptz, d date,
    i interval, b bytea, s text, x xml, j json, bits bit varying(20), net inet, m money, ts timestamp, tm timetz);
INSERT INTO kinds.values (name, f8, f4, n, t, d, i) VALUES
    ('nan', 'NaN', 'NaN', 'NaN', '-infinity', '-infinity', '-178000000 years'),
    ('infinity', 'Infinity', '-Infinity', 12345678901234567890.123456789, 'infinity', 'infinity', '1 mon -1 day 00:00:00.000001'),
    ('minus zero', '-0', '-0', -0.000, '4713-01-01 00:00:00+00 BC', '4713-01-01 BC', '0'),
    ('smallest', 5e-324, 1.4e-45, 1e-1000, '294276-12-31 23:59:59.999999+00', '5874897-12-31', '1 us'),
    ('third', 1.0::float8 / 3, 1.0::float4 / 3, 1.0 / 3, '2024-03-31 02:30:00+01', '2024-02-29', '1.5 days');
INSERT INTO kinds.values (name, b, s, j, bits, net, ts, tm) VALUES
    ('empty', '', '', '""', '', '0.0.0.0/0', 'epoch', '00:00+14'),
    ('control', '\x000a0d095c2e', E'tab\tnewline\nreturn\rbackslash\\ bell\a \\. \\N', '{"a":"\u0000"}', B'1010',
        '::ffff:1.2.3.4', '2000-01-01', '24:00:00-12'),
    ('end mark', '\x5c2e', '\.', '"\\."', B'1', '10.0.0.0/8', 'infinity', 'allballs'),
    ('null word', NULL, '\N', '"\\N"', NULL, NULL, NULL, NULL),
    (E'UTF-8 \U0001F418 ünï 日本 \u202E', '\xfffe', E'\U0010FFFF', '"🐘"', NULL, 'fe80::1', NULL, NULL);
INSERT INTO kinds.values (name, m) VALUES ('money', 1234.56);
INSERT INTO kinds.values (name, s, b) SELECT 'ten megabytes ' || i, string_agg(md5(g::text), E'\n'),
    convert_to(string_agg(md5(g::text), ''), 'UTF8') FROM generate_series(1, 2) i, generate_series(1, 320000) g GROUP BY i;
CREATE TABLE kinds.no_rows (a integer, b text);
CREATE TABLE kinds.no_columns ();
INSERT INTO kinds.no_columns SELECT FROM generate_series(1, 17);
CREATE TABLE kinds.only_generated (a integer GENERATED ALWAYS AS (1) STORED);
INSERT INTO kinds.only_generated SELECT FROM generate_series(1, 5);
CREATE UNLOGGED TABLE kinds.unlogged AS SELECT i FROM generate_series(1, 100) i;
CREATE TABLE kinds.of_type OF kinds.address (PRIMARY KEY (street));
INSERT INTO kinds.of_type VALUES ('Elm', '1', '(1,2)');

-- Names that are hard to quote.
CREATE TABLE "Weird ""Schema"" ünïcode"."tab	le ""with"" 'quotes'
and a newline; -- \ $$" ("select" integer, "a""b" text, "ünï
code" text, "%s %n {}" text, "x'); DROP TABLE y; --" text);
INSERT INTO "Weird ""Schema"" ünïcode"."tab	le ""with"" 'quotes'
and a newline; -- \ $$" SELECT i, 'b', 'c', 'd', 'e' FROM generate_series(1, 3) i;
CREATE TABLE kinds."日本語の表" ("名前" text);
INSERT INTO kinds."日本語の表" VALUES ('一'), ('二');
CREATE TABLE kinds."UPPER.and.dots" ("Order" integer);
CREATE TABLE kinds.table_with_a_name_that_is_exactly_as_long_as_names_may_be_at_63b (a integer);

-- Partitions of every sort, several levels deep.
CREATE SCHEMA parts;
CREATE TABLE parts.events (id bigint NOT NULL, at timestamptz NOT NULL, region text NOT NULL DEFAULT 'eu', amount numeric)
    PARTITION BY RANGE (at);
CREATE TABLE parts.events_2023 PARTITION OF parts.events FOR VALUES FROM ('2023-01-01 00:00+00') TO ('2024-01-01 00:00+00');
CREATE TABLE parts.events_2024 PARTITION OF parts.events FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00')
    PARTITION BY LIST (region);
CREATE TABLE parts.events_2024_eu PARTITION OF parts.events_2024 FOR VALUES IN ('eu', 'uk') PARTITION BY HASH (id);
CREATE TABLE parts.events_2024_eu_0 PARTITION OF parts.events_2024_eu FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts.events_2024_eu_1 PARTITION OF parts.events_2024_eu FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE parts.events_2024_us (at timestamptz NOT NULL, region text NOT NULL, dropped integer, amount numeric, id bigint NOT NULL);
ALTER TABLE parts.events_2024_us DROP COLUMN dropped;
ALTER TABLE parts.events_2024 ATTACH PARTITION parts.events_2024_us FOR VALUES IN ('us', 'ca');
CREATE TABLE parts.events_other PARTITION OF parts.events DEFAULT;
ALTER TABLE parts.events ADD PRIMARY KEY (id, at, region) NOT DEFERRABLE;
CREATE INDEX events_by_amount ON parts.events (amount);
INSERT INTO parts.events SELECT i, '2023-06-01 00:00+00'::timestamptz + i * interval '1 day',
    (ARRAY['eu', 'us', 'uk', 'ca'])[i % 4 + 1], i * 1.5 FROM generate_series(1, 1000) i;
CREATE TABLE parts.details (event_id bigint, event_at timestamptz, event_region text, note text,
    FOREIGN KEY (event_id, event_at, event_region) REFERENCES parts.events ON DELETE CASCADE);
INSERT INTO parts.details SELECT id, at, region, 'note' FROM parts.events WHERE id % 100 = 0;
CREATE TABLE parts.by_expression (a integer, b text) PARTITION BY RANGE ((a % 10), lower(b) COLLATE "C");
CREATE TABLE parts.by_expression_1 PARTITION OF parts.by_expression FOR VALUES FROM (MINVALUE, MINVALUE) TO (5, 'm');
CREATE TABLE parts.no_partitions (a integer) PARTITION BY LIST (a);

-- Inheritance, also of several parents and with columns of its own order.
CREATE SCHEMA family;
CREATE TABLE family.parent (id integer PRIMARY KEY, label text DEFAULT 'p' CHECK (length(label) < 50));
CREATE TABLE family.other_parent (extra integer NOT NULL);
CREATE TABLE family.child (own text) INHERITS (family.parent, family.other_parent);
ALTER TABLE family.parent ADD COLUMN late integer DEFAULT 7;
ALTER TABLE family.child ALTER COLUMN label SET DEFAULT 'c';
INSERT INTO family.parent VALUES (1), (2);
INSERT INTO family.child (id, extra, own) VALUES (3, 30, 'x'), (4, 40, 'y'), (5, 50, 'z');

-- Foreign keys in circles, deferred, to itself; exclusion; triggers; rules; row security; views.
CREATE SCHEMA web;
CREATE TABLE web.a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE web.b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES web.a DEFERRABLE INITIALLY DEFERRED,
    parent integer REFERENCES web.b ON DELETE SET NULL ON UPDATE CASCADE);
BEGIN;
INSERT INTO web.a SELECT i, i FROM generate_series(1, 20) i;
INSERT INTO web.b SELECT i, 21 - i, nullif(i - 1, 0) FROM generate_series(1, 20) i;
COMMIT;
ALTER TABLE web.a ADD CONSTRAINT a_to_b FOREIGN KEY (b_id) REFERENCES web.b (id) MATCH FULL NOT VALID;
CREATE TABLE web.bookings (room integer, during tsrange, active boolean DEFAULT true);
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'btree_gist') THEN
        EXECUTE 'ALTER TABLE web.bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist '
                '(room WITH =, during WITH &&) WHERE (active) DEFERRABLE';
    ELSE
        EXECUTE 'ALTER TABLE web.bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&)';
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'hstore') THEN
        EXECUTE 'CREATE TABLE web.maps (m public.hstore)';
        EXECUTE 'INSERT INTO web.maps VALUES (''a=>1, "b c"=>NULL'')';
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'citext') THEN
        EXECUTE 'CREATE TABLE web.people (name public.citext UNIQUE)';
        EXECUTE 'INSERT INTO web.people VALUES (''Ada''), (''grace'')';
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_trgm') THEN
        EXECUTE 'CREATE INDEX ON kinds.values USING gin (name public.gin_trgm_ops)';
    END IF;
END $$;
INSERT INTO web.bookings VALUES (1, '[2024-01-01, 2024-01-02)'), (1, '[2024-01-02, 2024-01-03)');

CREATE TABLE web.log (id serial, what text, at timestamptz DEFAULT now());
CREATE FUNCTION web.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO web.log (what) VALUES (TG_NAME || ' ' || TG_OP);
    RETURN NULL;
END $$;
CREATE TRIGGER after_a AFTER INSERT OR UPDATE OF b_id OR DELETE ON web.a FOR EACH ROW
    WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION web.note('an argument', 'it''s');
CREATE TRIGGER "Statement ""Trigger""" AFTER UPDATE ON web.a REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION web.note();
ALTER TABLE web.a DISABLE TRIGGER "Statement ""Trigger""";
CREATE CONSTRAINT TRIGGER late_b AFTER INSERT ON web.b DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION web.note();
ALTER TABLE web.b ENABLE ALWAYS TRIGGER late_b;
CREATE TRIGGER on_partitions AFTER INSERT ON parts.events FOR EACH ROW EXECUTE FUNCTION web.note();
UPDATE web.a SET b_id = b_id WHERE id = 1;

CREATE VIEW web.simple AS SELECT a.id, b.parent, CASE WHEN b.parent IN (1, 2, 3) THEN 'low' ELSE 'high' END AS level
    FROM web.a JOIN web.b ON b.a_id = a.id WHERE a.id NOT IN (SELECT id FROM web.log);
CREATE VIEW web.guarded WITH (security_barrier) AS SELECT * FROM kinds.columns WHERE status IN ('new', 'paid') AND price > 0
    WITH LOCAL CHECK OPTION;
ALTER VIEW web.guarded ALTER COLUMN status SET DEFAULT 'new';
CREATE RECURSIVE VIEW web.tree (id, depth) AS
    SELECT id, 0 FROM web.b WHERE parent IS NULL UNION ALL SELECT b.id, depth + 1 FROM tree t JOIN web.b b ON b.parent = t.id;
CREATE VIEW web.chicken AS SELECT 1 AS id;
CREATE VIEW web.egg AS SELECT id FROM web.chicken;
CREATE OR REPLACE VIEW web.chicken AS SELECT id FROM web.a;
CREATE MATERIALIZED VIEW web.totals AS SELECT region, count(*), sum(amount) FROM parts.events GROUP BY region;
CREATE UNIQUE INDEX ON web.totals (region);
CREATE MATERIALIZED VIEW web.unpopulated AS SELECT * FROM web.simple WITH NO DATA;
CREATE RULE keep_log AS ON DELETE TO web.log WHERE old.id < 10 DO INSTEAD NOTHING;
CREATE RULE insert_simple AS ON INSERT TO web.simple DO INSTEAD INSERT INTO web.a VALUES (new.id, NULL);

CREATE TABLE web.secrets (id integer PRIMARY KEY, owner name DEFAULT current_user, text text);
ALTER TABLE web.secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE web.secrets FORCE ROW LEVEL SECURITY;
INSERT INTO web.secrets SELECT i, 'sample_reader', 'secret ' || i FROM generate_series(1, 30) i;
CREATE POLICY own_rows ON web.secrets FOR SELECT TO sample_reader, "Sample ""Quoted"" Rôle" USING (owner = current_user);
CREATE POLICY no_big_ids ON web.secrets AS RESTRICTIVE FOR UPDATE USING (id < 20) WITH CHECK (id IN (1, 2, 3));

-- Large objects.
SELECT lo_from_bytea(0, decode(repeat('00ff10', 1000), 'hex')) FROM generate_series(1, 9);
SELECT lo_from_bytea(77777, convert_to(repeat('large ', 500000), 'UTF8'));
SELECT lo_create(88888);
COMMENT ON LARGE OBJECT 77777 IS 'a large one';
ALTER LARGE OBJECT 88888 OWNER TO sample_owner;
GRANT SELECT ON LARGE OBJECT 77777 TO sample_reader;

-- Foreign data.
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (debug 'true');
CREATE SERVER elsewhere TYPE 'none' VERSION '1' FOREIGN DATA WRAPPER nothing OPTIONS (host 'example.org');
CREATE USER MAPPING FOR sample_reader SERVER elsewhere OPTIONS ("user" 'u', password 'p');
CREATE FOREIGN TABLE web.far (id integer OPTIONS (column_name 'ID') NOT NULL, t text) SERVER elsewhere OPTIONS (path '/x');

-- What belongs to the database.
CREATE FUNCTION kinds.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER watch_ddl ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'CREATE VIEW') EXECUTE FUNCTION kinds.on_ddl();
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, delete');
CREATE PUBLICATION a_few FOR TABLE web.a, kinds.columns;
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 150000 THEN
        EXECUTE 'CREATE PUBLICATION filtered FOR TABLE web.b (id, a_id) WHERE (id > 5)';
        EXECUTE 'CREATE PUBLICATION whole_schema FOR TABLES IN SCHEMA family';
    END IF;
    EXECUTE format('ALTER DATABASE %I SET work_mem = ''12MB''', current_database());
    EXECUTE format('ALTER DATABASE %I SET search_path = "$user", public, kinds', current_database());
    EXECUTE format('ALTER DATABASE %I SET sample.setting = ''it''''s \ here''', current_database());
    EXECUTE format('ALTER ROLE sample_reader IN DATABASE %I SET statement_timeout = ''5min''', current_database());
    EXECUTE format('COMMENT ON DATABASE %I IS ''a sample''', current_database());
END $$;

-- Owners and grants.
ALTER TABLE kinds.no_rows OWNER TO sample_owner;
ALTER TABLE web.log OWNER TO "Sample ""Quoted"" Rôle";
ALTER FUNCTION kinds.add_one(integer) OWNER TO sample_owner;
ALTER TYPE kinds.mood OWNER TO sample_owner;
ALTER PUBLICATION a_few OWNER TO CURRENT_USER;
GRANT USAGE ON SCHEMA kinds, web, family TO sample_reader, "Sample ""Quoted"" Rôle";
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA web TO sample_writer WITH GRANT OPTION;
GRANT SELECT ON kinds.columns TO PUBLIC;
GRANT SELECT (id, price), UPDATE (status) ON kinds.columns TO "Sample ""Quoted"" Rôle";
GRANT ALL ON kinds.odd TO sample_writer;
REVOKE EXECUTE ON FUNCTION kinds.add_one(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kinds.add_one(integer) TO sample_reader;
REVOKE USAGE ON TYPE kinds.mood FROM PUBLIC;
GRANT USAGE ON FOREIGN SERVER elsewhere TO sample_reader;
GRANT SELECT ON kinds.no_columns TO sample_reader;
REVOKE SELECT ON kinds.no_columns FROM sample_reader;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner GRANT SELECT ON TABLES TO sample_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA kinds GRANT EXECUTE ON FUNCTIONS TO "Sample ""Quoted"" Rôle";
ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
