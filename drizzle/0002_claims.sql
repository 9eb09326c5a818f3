-- The last referee of every claim. Holds and confirmed appointments share this table, so nothing
-- slips between two states, and partial overlaps cannot pass. Always insert with ON CONFLICT DO
-- NOTHING: without it, clients that contend for one slot deadlock on the index.
ALTER TABLE "occupied" ADD CONSTRAINT "occupied_no_overlap"
  EXCLUDE USING gist ("resource_id" WITH =, "during" WITH &&) WHERE ("active");
--> statement-breakpoint
-- Counts of a minute's requests are not worth a write to disk at each request: after a crash of the
-- server they begin anew.
ALTER TABLE "rate_limit" SET UNLOGGED;
