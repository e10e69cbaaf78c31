-- What every lab's PostgreSQL holds from the start. No role has a password here, so nobody can log in over the
-- network: each lab sets its own when a node becomes primary (roles.sql of its Patroni).
CREATE ROLE gitlab LOGIN;
CREATE ROLE gitlab_replicator LOGIN REPLICATION;
CREATE ROLE pgbouncer LOGIN;

-- PgBouncer's auth_query: the verifier of one role, for PgBouncer's own role only. In template1, so that every
-- database made later has it too.
\connect template1
CREATE FUNCTION public.pg_shadow_lookup(IN i_username text, OUT username text, OUT password text)
  RETURNS record LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT usename::text, passwd FROM pg_catalog.pg_shadow WHERE usename = i_username $$;
REVOKE ALL ON FUNCTION public.pg_shadow_lookup(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.pg_shadow_lookup(text) TO pgbouncer;

CREATE DATABASE gitlabhq_production OWNER gitlab;
\connect gitlabhq_production
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION amcheck;
