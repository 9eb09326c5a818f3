-- What is free for a service's skill and for whoever asks: limits name stretches that are for some
-- skills, or for the public only from an instant on ("seen", in seconds, is when it asks). Where two
-- of them meet, each gives what it allows.
CREATE FUNCTION free_for(free tstzmultirange, limits jsonb, skill text, seen float8)
RETURNS tstzmultirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select free - (
    coalesce(range_agg(during) filter (where not allowed), '{}')
      - coalesce(range_agg(during) filter (where allowed), '{}'))
  from (
    select tstzrange(to_timestamp((one->>'from')::float8), to_timestamp((one->>'until')::float8)) as during,
      (one->'skills' is null or one->'skills' ? skill)
        and coalesce((one->>'public_from')::float8, 0) <= seen as allowed
    from jsonb_array_elements(limits) as one
  ) as stretches
$$;
--> statement-breakpoint
ALTER TABLE "free_time" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "skills" text[];--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "staff_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "public_hours_before" smallint;--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_skills" CHECK (cardinality("opening"."skills") > 0);--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_public" CHECK ("opening"."public_hours_before" is null or ("opening"."staff_only" and "opening"."public_hours_before" between 0 and 2000));