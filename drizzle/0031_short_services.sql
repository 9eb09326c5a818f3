ALTER TABLE "service" DROP CONSTRAINT "service_duration";--> statement-breakpoint
ALTER TABLE "service" DROP CONSTRAINT "service_grid";--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_duration" CHECK ("service"."duration_minutes" between 1 and 480 and "service"."buffer_minutes" between 0 and 120
        and "service"."buffer_before_minutes" between 0 and 120 and 1 <= all ("service"."other_durations") and 480 >= all ("service"."other_durations"));--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_grid" CHECK (case "service"."grid_anchor" when 'clock' then "service"."grid_minutes" in (3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
        when 'stretch' then "service"."grid_minutes" between 1 and 480 else false end);