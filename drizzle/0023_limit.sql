ALTER TABLE "service" ADD COLUMN "limit_count" smallint;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "limit_days" smallint;--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_limit" CHECK (("service"."limit_count" is null) = ("service"."limit_days" is null)
        and "service"."limit_count" between 1 and 100 and "service"."limit_days" between 1 and 400);