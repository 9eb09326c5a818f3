CREATE TABLE "notice_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"outbox_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"provider_id" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "notice_delivery_unique" UNIQUE("outbox_id","status","provider_id"),
	CONSTRAINT "notice_delivery_status" CHECK ("notice_delivery"."status" in ('sent', 'accepted', 'delivered', 'read', 'bounced', 'failed')),
	CONSTRAINT "notice_delivery_channel" CHECK ("notice_delivery"."channel" in ('email', 'sms', 'app_io', 'pec'))
);
--> statement-breakpoint
CREATE TABLE "notice_reminder" (
	"service_id" uuid PRIMARY KEY NOT NULL,
	"days" smallint[] NOT NULL,
	"edited_by" text,
	"edited_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notice_reminder_days" CHECK (cardinality("notice_reminder"."days") <= 5 and 0 < all ("notice_reminder"."days"))
);
--> statement-breakpoint
CREATE TABLE "notice_template" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"service_id" uuid,
	"locale" text NOT NULL,
	"version" integer NOT NULL,
	"subject" text,
	"paragraphs" jsonb,
	"short" text,
	"edited_by" text,
	"edited_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notice_template_version" UNIQUE NULLS NOT DISTINCT("kind","service_id","locale","version"),
	CONSTRAINT "notice_template_whole" CHECK (("notice_template"."subject" is null) = ("notice_template"."paragraphs" is null)),
	CONSTRAINT "notice_template_first" CHECK ("notice_template"."version" >= 1)
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "office_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "ask_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_outbox_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_delivery_provider" ON "notice_delivery" USING btree ("channel","provider_id");--> statement-breakpoint
CREATE INDEX "appointment_contact_open" ON "appointment" USING btree ("contact_email") WHERE "appointment"."state" in ('confirmed', 'displaced');--> statement-breakpoint
CREATE INDEX "outbox_created" ON "outbox" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "outbox_ask" ON "outbox" USING btree ("ask_at") WHERE "outbox"."ask_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_reminder_unique" ON "outbox" USING btree ("kind","subject_id","recipient","channel","due_at") WHERE "outbox"."kind" like '%-reminder' and "outbox"."state" in ('waiting', 'sent');