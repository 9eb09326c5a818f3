CREATE TABLE "absence_measure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"appointment_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"benefit" text NOT NULL,
	"ordinal" smallint NOT NULL,
	"step" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawal_reason" text,
	CONSTRAINT "absence_measure_benefit" CHECK ("absence_measure"."benefit" in ('naspi', 'dis_coll')),
	CONSTRAINT "absence_measure_ordinal" CHECK ("absence_measure"."ordinal" >= 1),
	CONSTRAINT "absence_measure_step" CHECK ("absence_measure"."step" = case "absence_measure"."ordinal" when 1 then 'quarter_month' when 2 then 'month' else 'benefit_and_status' end),
	CONSTRAINT "absence_measure_state" CHECK ("absence_measure"."state" in ('adopted', 'declined', 'withdrawn')),
	CONSTRAINT "absence_measure_reason" CHECK (length(btrim("absence_measure"."reason")) > 0),
	CONSTRAINT "absence_measure_withdrawn" CHECK (num_nonnulls("absence_measure"."withdrawn_by", "absence_measure"."withdrawn_at", "absence_measure"."withdrawal_reason")
        = case when "absence_measure"."state" = 'withdrawn' then 3 else 0 end)
);
--> statement-breakpoint
CREATE TABLE "attendance_model" (
	"id" uuid PRIMARY KEY NOT NULL,
	"fitted_at" timestamp (3) with time zone NOT NULL,
	"card" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "justification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"appointment_id" uuid NOT NULL,
	"ground" text NOT NULL,
	"statement" text,
	"impediment_ends_on" date,
	"state" text DEFAULT 'sent' NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"deadline" timestamp (3) with time zone NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"question" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text,
	"state_before" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "justification_state" CHECK ("justification"."state" in ('sent', 'asked', 'accepted', 'rejected')),
	CONSTRAINT "justification_ground" CHECK ("justification"."ground" in ('illness', 'service', 'pregnancy', 'court', 'family', 'mobility', 'force_majeure')),
	CONSTRAINT "justification_decided" CHECK (("justification"."state" in ('accepted', 'rejected')) = ("justification"."decided_at" is not null and "justification"."decided_by" is not null)),
	CONSTRAINT "justification_rejection_has_reason" CHECK ("justification"."state" <> 'rejected' or "justification"."decision_reason" is not null),
	CONSTRAINT "justification_question" CHECK ("justification"."state" <> 'asked' or "justification"."question" is not null)
);
--> statement-breakpoint
CREATE TABLE "justification_document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"justification_id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "justification_document_type" CHECK ("justification_document"."media_type" in ('application/pdf', 'image/jpeg', 'image/png', 'image/heic')),
	CONSTRAINT "justification_document_size" CHECK ("justification_document"."size" between 1 and 5242880)
);
--> statement-breakpoint
CREATE TABLE "overbooked" (
	"appointment_id" uuid PRIMARY KEY NOT NULL,
	"beside_id" uuid NOT NULL,
	"booked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "overbooking_rule" (
	"office_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"active" boolean NOT NULL,
	"tolerance" smallint NOT NULL,
	"risk" double precision NOT NULL,
	"public" boolean NOT NULL,
	"reason" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "overbooking_rule_pk" PRIMARY KEY("office_id","service_id"),
	CONSTRAINT "overbooking_rule_tolerance" CHECK ("overbooking_rule"."tolerance" between 0 and 5),
	CONSTRAINT "overbooking_rule_risk" CHECK ("overbooking_rule"."risk" between 0.001 and 0.5),
	CONSTRAINT "overbooking_rule_reason" CHECK (length(btrim("overbooking_rule"."reason")) > 0)
);
--> statement-breakpoint
ALTER TABLE "absence_measure" ADD CONSTRAINT "absence_measure_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absence_measure" ADD CONSTRAINT "absence_measure_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "justification" ADD CONSTRAINT "justification_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "justification_document" ADD CONSTRAINT "justification_document_fk" FOREIGN KEY ("justification_id") REFERENCES "public"."justification"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overbooked" ADD CONSTRAINT "overbooked_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overbooked" ADD CONSTRAINT "overbooked_beside_fk" FOREIGN KEY ("beside_id") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overbooking_rule" ADD CONSTRAINT "overbooking_rule_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overbooking_rule" ADD CONSTRAINT "overbooking_rule_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "absence_measure_appointment_unique" ON "absence_measure" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "absence_measure_person" ON "absence_measure" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attendance_model_newest" ON "attendance_model" USING btree ("fitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "justification_one_standing" ON "justification" USING btree ("appointment_id") WHERE "justification"."state" <> 'rejected';--> statement-breakpoint
CREATE INDEX "justification_open" ON "justification" USING btree ("deadline") WHERE "justification"."state" in ('sent', 'asked');--> statement-breakpoint
CREATE INDEX "justification_appointment" ON "justification" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "justification_document_of" ON "justification_document" USING btree ("justification_id");--> statement-breakpoint
CREATE INDEX "overbooked_beside" ON "overbooked" USING btree ("beside_id");