CREATE TABLE "archived_person" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"archived_by" text NOT NULL,
	"archived_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"service_id" uuid NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"format" text NOT NULL,
	"opens_on" date NOT NULL,
	"closes_on" date NOT NULL,
	"template" text DEFAULT '' NOT NULL,
	"wave_size" integer,
	"wave_days" smallint DEFAULT 7 NOT NULL,
	"convokes" boolean DEFAULT false NOT NULL,
	"convocation_channel" text DEFAULT 'registered' NOT NULL,
	"term_days" smallint DEFAULT 15 NOT NULL,
	"notice_days" smallint DEFAULT 7 NOT NULL,
	"forecast" jsonb,
	"override_reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"launched_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "campaign_state" CHECK ("campaign"."state" in ('draft', 'launched', 'stopped')),
	CONSTRAINT "campaign_format" CHECK ("campaign"."format" in ('email', 'sms', 'app_io', 'pec', 'registered', 'letter')),
	CONSTRAINT "campaign_channel" CHECK ("campaign"."convocation_channel" in ('email', 'sms', 'app_io', 'pec', 'registered', 'letter', 'by_hand', 'agreed_in_pact')),
	CONSTRAINT "campaign_window" CHECK ("campaign"."opens_on" <= "campaign"."closes_on"),
	CONSTRAINT "campaign_waves" CHECK (("campaign"."wave_size" is null or "campaign"."wave_size" between 1 and 100000) and "campaign"."wave_days" between 1 and 90),
	CONSTRAINT "campaign_terms" CHECK ("campaign"."term_days" between 1 and 365 and "campaign"."notice_days" between 1 and 60),
	CONSTRAINT "campaign_launched" CHECK (("campaign"."state" = 'draft') = ("campaign"."launched_at" is null))
);
--> statement-breakpoint
CREATE TABLE "campaign_office" (
	"campaign_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	CONSTRAINT "campaign_office_pk" PRIMARY KEY("campaign_id","office_id")
);
--> statement-breakpoint
CREATE TABLE "channel_rule" (
	"region" text NOT NULL,
	"channel" text NOT NULL,
	"formal" boolean NOT NULL,
	"needs_proof" boolean NOT NULL,
	"source" text NOT NULL,
	"source_date" date NOT NULL,
	"verified" boolean DEFAULT false NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_rule_pk" PRIMARY KEY("region","channel"),
	CONSTRAINT "channel_rule_channel" CHECK ("channel_rule"."channel" in ('email', 'sms', 'app_io', 'pec', 'registered', 'letter', 'by_hand', 'agreed_in_pact')),
	CONSTRAINT "channel_rule_proof" CHECK ("channel_rule"."formal" or not "channel_rule"."needs_proof")
);
--> statement-breakpoint
CREATE TABLE "convocation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"campaign_id" uuid,
	"state" text DEFAULT 'seating' NOT NULL,
	"channel" text NOT NULL,
	"recipient" text,
	"postal_address" text,
	"notice_days" smallint NOT NULL,
	"code_digest" text NOT NULL,
	"appointment_id" uuid NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retry_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"printed_at" timestamp (3) with time zone,
	CONSTRAINT "convocation_state" CHECK ("convocation"."state" in ('seating', 'open', 'closed')),
	CONSTRAINT "convocation_channel" CHECK ("convocation"."channel" in ('email', 'sms', 'app_io', 'pec', 'registered', 'letter', 'by_hand', 'agreed_in_pact')),
	CONSTRAINT "convocation_sent" CHECK ("convocation"."state" <> 'open' or "convocation"."sent_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "delivery_proof" (
	"id" uuid PRIMARY KEY NOT NULL,
	"convocation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"happened_on" date NOT NULL,
	"reference" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_proof_kind" CHECK ("delivery_proof"."kind" in ('pec_accepted', 'pec_delivered', 'registered_posted', 'registered_received', 'registered_unclaimed', 'handed_over', 'pact_signed'))
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"format" text NOT NULL,
	"state" text DEFAULT 'listed' NOT NULL,
	"refusal" text,
	"recipient" text,
	"postal_address" text,
	"term_from" date,
	"code_digest" text NOT NULL,
	"appointment_id" uuid NOT NULL,
	"send_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	"printed_at" timestamp (3) with time zone,
	CONSTRAINT "invitation_state" CHECK ("invitation"."state" in ('listed', 'queued', 'sent', 'refused', 'withdrawn')),
	CONSTRAINT "invitation_format" CHECK ("invitation"."format" in ('email', 'sms', 'app_io', 'pec', 'registered', 'letter')),
	CONSTRAINT "invitation_sent_whole" CHECK (("invitation"."state" = 'sent') <= ("invitation"."sent_at" is not null and "invitation"."expires_at" is not null)),
	CONSTRAINT "invitation_refusal" CHECK (("invitation"."state" = 'refused') = ("invitation"."refusal" is not null))
);
--> statement-breakpoint
CREATE TABLE "opening_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"invitation_id" uuid,
	"missing" integer NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by" text,
	CONSTRAINT "opening_request_missing" CHECK ("opening_request"."missing" between 1 and 1000000)
);
--> statement-breakpoint
CREATE TABLE "postponement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"convocation_id" uuid NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"answer" text,
	CONSTRAINT "postponement_state" CHECK ("postponement"."state" in ('asked', 'approved', 'declined')),
	CONSTRAINT "postponement_decided" CHECK (("postponement"."state" = 'asked') = ("postponement"."decided_at" is null))
);
--> statement-breakpoint
ALTER TABLE "archived_person" ADD CONSTRAINT "archived_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_office" ADD CONSTRAINT "campaign_office_campaign_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_office" ADD CONSTRAINT "campaign_office_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convocation" ADD CONSTRAINT "convocation_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convocation" ADD CONSTRAINT "convocation_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convocation" ADD CONSTRAINT "convocation_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convocation" ADD CONSTRAINT "convocation_campaign_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_proof" ADD CONSTRAINT "delivery_proof_convocation_fk" FOREIGN KEY ("convocation_id") REFERENCES "public"."convocation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_campaign_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_request" ADD CONSTRAINT "opening_request_campaign_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaign"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_request" ADD CONSTRAINT "opening_request_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_request" ADD CONSTRAINT "opening_request_invitation_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postponement" ADD CONSTRAINT "postponement_convocation_fk" FOREIGN KEY ("convocation_id") REFERENCES "public"."convocation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_created" ON "campaign" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "campaign_office_office" ON "campaign_office" USING btree ("office_id");--> statement-breakpoint
CREATE UNIQUE INDEX "convocation_one_open" ON "convocation" USING btree ("person_id","service_id") WHERE "convocation"."state" in ('seating', 'open');--> statement-breakpoint
CREATE UNIQUE INDEX "convocation_code_unique" ON "convocation" USING btree ("code_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "convocation_appointment_unique" ON "convocation" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "convocation_seating" ON "convocation" USING btree ("retry_at") WHERE "convocation"."state" = 'seating';--> statement-breakpoint
CREATE INDEX "convocation_office_created" ON "convocation" USING btree ("office_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_proof_unique" ON "delivery_proof" USING btree ("convocation_id","kind","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_person_unique" ON "invitation" USING btree ("campaign_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_code_unique" ON "invitation" USING btree ("code_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_appointment_unique" ON "invitation" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "invitation_due" ON "invitation" USING btree ("send_at") WHERE "invitation"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "invitation_sent" ON "invitation" USING btree ("sent_at") WHERE "invitation"."state" = 'sent';--> statement-breakpoint
CREATE INDEX "invitation_of_person" ON "invitation" USING btree ("person_id","service_id");--> statement-breakpoint
CREATE UNIQUE INDEX "opening_request_one_open" ON "opening_request" USING btree ("campaign_id","office_id",coalesce("invitation_id", "campaign_id")) WHERE "opening_request"."settled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "postponement_one_asked" ON "postponement" USING btree ("convocation_id") WHERE "postponement"."state" = 'asked';