-- A bit of everything that pg_dump puts into an archive. Needs the roles of format_roles.sql.
CREATE SCHEMA sales AUTHORIZATION alice;
CREATE TYPE public.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN public.positive AS int CHECK (VALUE > 0);
CREATE TYPE public.pair AS (a int, b text);
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE FUNCTION public.double(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i*2';

CREATE TABLE public.customers (
    id serial PRIMARY KEY, name text NOT NULL, mood public.mood DEFAULT 'ok');
CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer int REFERENCES public.customers (id), amount public.positive, note text,
    doubled int GENERATED ALWAYS AS (public.double(1)) STORED, CHECK (note <> 'x'));
ALTER TABLE public.orders ADD CONSTRAINT later CHECK (amount < 1000000) NOT VALID;
CREATE INDEX orders_note ON public.orders (lower(note));
CREATE UNIQUE INDEX orders_u ON public.orders (id, customer);
ALTER TABLE public.orders REPLICA IDENTITY USING INDEX orders_pkey;
ALTER TABLE public.orders CLUSTER ON orders_u;
CREATE STATISTICS public.orders_st (dependencies) ON customer, amount FROM public.orders;
ALTER TABLE public.orders ALTER COLUMN note SET STATISTICS 300;
CREATE TRIGGER touch_it BEFORE UPDATE ON public.orders
    FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE RULE quiet AS ON DELETE TO public.orders DO INSTEAD NOTHING;
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON public.orders TO alice, "Bob O""Neil"
    USING (customer IN (SELECT id FROM public.customers));
CREATE POLICY hers ON public.orders TO carol USING (note = 'TO carol');
COMMENT ON TABLE public.orders IS 'orders';
COMMENT ON COLUMN public.orders.note IS 'a; note';
COMMENT ON INDEX public.orders_note IS 'index';
COMMENT ON CONSTRAINT later ON public.orders IS 'constraint';
COMMENT ON TRIGGER touch_it ON public.orders IS 'trigger';
COMMENT ON POLICY mine ON public.orders IS 'policy';

GRANT SELECT ON public.orders TO alice;
GRANT UPDATE ON public.orders TO PUBLIC;
GRANT SELECT (id, note) ON public.orders TO "Bob O""Neil" WITH GRANT OPTION;
SET ROLE "Bob O""Neil";
GRANT SELECT (id) ON public.orders TO carol;
RESET ROLE;
GRANT USAGE ON SCHEMA sales TO carol;
ALTER DEFAULT PRIVILEGES FOR ROLE alice IN SCHEMA sales GRANT SELECT ON TABLES TO "Bob O""Neil";
ALTER DEFAULT PRIVILEGES FOR ROLE carol REVOKE ALL ON FUNCTIONS FROM PUBLIC;

CREATE TABLE sales.events (id int, at date NOT NULL, body text) PARTITION BY RANGE (at);
CREATE TABLE sales.events_2025 PARTITION OF sales.events
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE sales.events_2026 PARTITION OF sales.events
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (id);
CREATE TABLE sales.events_2026_1 PARTITION OF sales.events_2026 FOR VALUES IN (1);
CREATE TABLE sales.events_rest PARTITION OF sales.events DEFAULT;
CREATE INDEX events_at ON sales.events (at);
ALTER TABLE sales.events ADD PRIMARY KEY (id, at);
ALTER TABLE sales.events OWNER TO alice;

CREATE TABLE public.parent (a int);
CREATE TABLE public.child (b int) INHERITS (public.parent);
CREATE TABLE public.nothing ();
CREATE TABLE public.empty (a int);
CREATE TABLE public.odd (t text, b bytea);
CREATE TABLE public."we ird ""name"".x" (a int);
CREATE UNLOGGED TABLE public.unlogged AS SELECT 1 AS a;
CREATE SEQUENCE public.free_seq START 5;
SELECT nextval('public.free_seq');
CREATE TABLE public.lines (
    order_id bigint REFERENCES public.orders (id), n int DEFAULT nextval('public.free_seq'),
    p public.pair);
CREATE VIEW public.big_orders AS SELECT * FROM public.orders WHERE amount > 100;
CREATE MATERIALIZED VIEW public.totals AS SELECT count(*) FROM public.orders;

INSERT INTO public.customers (name) SELECT 'c' || i FROM generate_series(1, 500) i;
INSERT INTO public.orders (customer, amount, note) SELECT i, i, 'n' || i FROM generate_series(1, 500) i;
INSERT INTO sales.events SELECT 1, date '2025-01-01' + i, 'b' || i FROM generate_series(0, 900) i;
INSERT INTO public.lines VALUES (1, DEFAULT, (1, E'x"\\'));
INSERT INTO public.parent VALUES (1);
INSERT INTO public.child VALUES (2, 3);
INSERT INTO public.nothing DEFAULT VALUES;
INSERT INTO public.nothing DEFAULT VALUES;
INSERT INTO public.odd VALUES
    (NULL, NULL), ('', ''), (E'\\.', E'\\x00'), (E'a\nb\tc\\d\re', '\x0a0d5c2e'), (E'\\N', NULL),
    ('\.', NULL), (E'\n\\.\n', NULL), ('größe', NULL);
INSERT INTO public."we ird ""name"".x" VALUES (1);

SELECT lo_from_bytea(0, 'hello'), lo_from_bytea(0, ''),
    lo_from_bytea(3000000000, decode(repeat('00ff0a5c2e0a', 4000), 'hex'));
GRANT SELECT ON LARGE OBJECT 3000000000 TO carol;
