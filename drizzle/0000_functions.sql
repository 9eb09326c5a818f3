-- What the tables lean on and drizzle cannot express.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
-- Length of the longest stretch of free time, in whole minutes: a search steps over full days by it.
CREATE FUNCTION longest_minutes(free tstzmultirange) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(max(floor(extract(epoch FROM upper(stretch) - lower(stretch)) / 60)), 0)::smallint
    FROM unnest(free) AS stretch
  );
