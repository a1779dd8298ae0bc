-- Many small tables, each with a key, an index and ten rows:
--   psql -X -v ON_ERROR_STOP=1 -v count=5000 -d DATABASE -f many_tables.sql
-- Commits every 500, since one transaction could run out of locks.
\if :{?count}
\else
    \set count 5000
\endif
CREATE SCHEMA many;
CREATE PROCEDURE many.make(wanted integer) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1..wanted LOOP
        EXECUTE format('CREATE TABLE many.t%s (id integer PRIMARY KEY, label text NOT NULL DEFAULT ''x'', at timestamptz)', i);
        EXECUTE format('CREATE INDEX ON many.t%s (at)', i);
        EXECUTE format('INSERT INTO many.t%s SELECT n, ''label '' || n, ''2024-01-01 00:00+00'' FROM generate_series(1, 10) n', i);
        IF i % 500 = 0 THEN COMMIT; END IF;
    END LOOP;
END $$;
CALL many.make(:count);
