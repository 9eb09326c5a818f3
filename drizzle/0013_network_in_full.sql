CREATE TABLE "hours_period" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"operator_id" uuid,
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	CONSTRAINT "hours_period_order" CHECK ("hours_period"."valid_from" <= "hours_period"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "opening_exception" (
	"opening_id" uuid NOT NULL,
	"day" date NOT NULL,
	"starts" time(0),
	"ends" time(0),
	CONSTRAINT "opening_exception_pk" PRIMARY KEY("opening_id","day"),
	CONSTRAINT "opening_exception_hours" CHECK (("opening_exception"."starts" is null and "opening_exception"."ends" is null) or coalesce("opening_exception"."starts" < "opening_exception"."ends", false))
);
--> statement-breakpoint
CREATE TABLE "resource" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"capacity" smallint,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "resource_kind" CHECK ("resource"."kind" ~ '^[a-z0-9-]{2,40}$'),
	CONSTRAINT "resource_capacity" CHECK ("resource"."capacity" between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "street_zone" (
	"id" uuid PRIMARY KEY NOT NULL,
	"comune" text NOT NULL,
	"name" text NOT NULL,
	"street" text NOT NULL,
	"number_from" integer DEFAULT 1 NOT NULL,
	"number_to" integer,
	"side" text DEFAULT 'all' NOT NULL,
	"office_id" uuid NOT NULL,
	CONSTRAINT "street_zone_side" CHECK ("street_zone"."side" in ('all', 'odd', 'even')),
	CONSTRAINT "street_zone_numbers" CHECK ("street_zone"."number_from" >= 1 and ("street_zone"."number_to" is null or "street_zone"."number_from" <= "street_zone"."number_to"))
);
--> statement-breakpoint
ALTER TABLE "closure" ADD COLUMN "kind" text DEFAULT 'closure' NOT NULL;--> statement-breakpoint
ALTER TABLE "office" ADD COLUMN "open_on_holidays" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "kind" text DEFAULT 'ordinary' NOT NULL;--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "period_id" uuid;--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "recurrence" text DEFAULT 'weeks' NOT NULL;--> statement-breakpoint
ALTER TABLE "opening" ADD COLUMN "nth" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "hours_period" ADD CONSTRAINT "hours_period_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hours_period" ADD CONSTRAINT "hours_period_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_exception" ADD CONSTRAINT "opening_exception_opening_fk" FOREIGN KEY ("opening_id") REFERENCES "public"."opening"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource" ADD CONSTRAINT "resource_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "street_zone" ADD CONSTRAINT "street_zone_comune_fk" FOREIGN KEY ("comune") REFERENCES "public"."comune"("istat_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "street_zone" ADD CONSTRAINT "street_zone_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hours_period_office" ON "hours_period" USING btree ("office_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_name_unique" ON "resource" USING btree ("office_id","kind",lower("name"));--> statement-breakpoint
CREATE INDEX "street_zone_office" ON "street_zone" USING btree ("office_id");--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_period_fk" FOREIGN KEY ("period_id") REFERENCES "public"."hours_period"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure" ADD CONSTRAINT "closure_kind" CHECK ("closure"."kind" in ('closure', 'leave', 'illness', 'training', 'duty', 'other'));--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_kind" CHECK ("opening"."kind" in ('ordinary', 'extra', 'pause'));--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_recurrence" CHECK (case "opening"."recurrence" when 'weeks' then "opening"."nth" between 1 and 52
        when 'month-week' then "opening"."nth" between 1 and 6 or "opening"."nth" = -1
        when 'month-weekday' then "opening"."nth" between 1 and 4 or "opening"."nth" = -1 else false end);--> statement-breakpoint
ALTER TABLE "street_zone" ADD CONSTRAINT "street_zone_no_overlap" EXCLUDE USING gist (
	"comune" WITH =,
	"street" WITH =,
	int4range("number_from", "number_to", '[]') WITH &&,
	(CASE "side" WHEN 'odd' THEN int4range(1, 2) WHEN 'even' THEN int4range(0, 1) ELSE int4range(0, 2) END) WITH &&
);
