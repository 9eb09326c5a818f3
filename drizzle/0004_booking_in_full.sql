CREATE TABLE "freed_time" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"withheld_by" uuid,
	"freed_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "freed_time_not_empty" CHECK (not isempty("freed_time"."during"))
);
--> statement-breakpoint
ALTER TABLE "appointment" DROP CONSTRAINT "appointment_state";--> statement-breakpoint
ALTER TABLE "service" DROP CONSTRAINT "service_duration";--> statement-breakpoint
ALTER TABLE "service" DROP CONSTRAINT "service_grid";--> statement-breakpoint
DROP INDEX "appointment_person_service_unique";--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "holder" text;--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "promised" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "visit_id" uuid;--> statement-breakpoint
ALTER TABLE "occupied" ADD COLUMN "releases_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "other_durations" smallint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "buffer_before_minutes" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "grid_anchor" text DEFAULT 'clock' NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "operators" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "own_operator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "resource_kind" text;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "hold_minutes" smallint DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "release_delay_minutes" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "waiting_list" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "freed_time" ADD CONSTRAINT "freed_time_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "freed_time" ADD CONSTRAINT "freed_time_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "freed_time" ADD CONSTRAINT "freed_time_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "freed_time" ADD CONSTRAINT "freed_time_appointment_fk" FOREIGN KEY ("withheld_by") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "freed_time_unsettled" ON "freed_time" USING btree ("freed_at") WHERE "freed_time"."settled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "appointment_holder_unique" ON "appointment" USING btree ("holder","service_id") WHERE "appointment"."state" = 'held' and "appointment"."holder" is not null;--> statement-breakpoint
CREATE INDEX "appointment_visit" ON "appointment" USING btree ("visit_id") WHERE "appointment"."visit_id" is not null;--> statement-breakpoint
CREATE INDEX "occupied_lapsing" ON "occupied" USING btree ("releases_at") WHERE "occupied"."releases_at" is not null and "occupied"."active";--> statement-breakpoint
CREATE UNIQUE INDEX "appointment_person_service_unique" ON "appointment" USING btree ("person_id","service_id") WHERE "appointment"."state" in ('held', 'confirmed', 'displaced') and "appointment"."person_id" is not null;--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_held" CHECK ("appointment"."state" <> 'held' or "appointment"."expires_at" is not null);--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_state" CHECK ("appointment"."state" in ('held', 'confirmed', 'displaced', 'seen', 'late', 'absent', 'excused', 'cancelled', 'revoked', 'expired'));--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_operators" CHECK ("service"."operators" between 1 and 4);--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_keeping" CHECK ("service"."hold_minutes" between 1 and 120 and "service"."release_delay_minutes" between 0 and 10080);--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_duration" CHECK ("service"."duration_minutes" between 5 and 480 and "service"."buffer_minutes" between 0 and 120
        and "service"."buffer_before_minutes" between 0 and 120 and 5 <= all ("service"."other_durations") and 480 >= all ("service"."other_durations"));--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_grid" CHECK (case "service"."grid_anchor" when 'clock' then "service"."grid_minutes" in (5, 10, 15, 20, 30, 60)
        when 'stretch' then "service"."grid_minutes" between 1 and 480 else false end);