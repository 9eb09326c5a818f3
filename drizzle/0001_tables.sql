CREATE TABLE "appointment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"service_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"person_id" uuid,
	"contact_email" text,
	"contact_phone" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"locale" text DEFAULT 'it' NOT NULL,
	"origin" text DEFAULT 'web' NOT NULL,
	"note" text,
	"cancel_reason" text,
	"late" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "appointment_order" CHECK ("appointment"."starts_at" < "appointment"."ends_at"),
	CONSTRAINT "appointment_state" CHECK ("appointment"."state" in ('held', 'confirmed', 'seen', 'absent', 'excused', 'cancelled', 'revoked', 'expired')),
	CONSTRAINT "appointment_code_form" CHECK ("appointment"."code" ~ '^[0-9A-HJKMNP-TV-Z]{10}$')
);
--> statement-breakpoint
CREATE TABLE "free_time" (
	"operator_id" uuid NOT NULL,
	"day" date NOT NULL,
	"office_id" uuid NOT NULL,
	"free" "tstzmultirange" NOT NULL,
	"longest_minutes" smallint GENERATED ALWAYS AS (longest_minutes(free)) STORED NOT NULL,
	CONSTRAINT "free_time_pk" PRIMARY KEY("operator_id","day")
);
--> statement-breakpoint
CREATE TABLE "occupied" (
	"appointment_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "occupied_pk" PRIMARY KEY("appointment_id","resource_id"),
	CONSTRAINT "occupied_not_empty" CHECK (not isempty("occupied"."during"))
);
--> statement-breakpoint
CREATE TABLE "service" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"what_to_bring" jsonb NOT NULL,
	"duration_minutes" smallint NOT NULL,
	"buffer_minutes" smallint DEFAULT 0 NOT NULL,
	"grid_minutes" smallint DEFAULT 15 NOT NULL,
	"min_notice_minutes" integer NOT NULL,
	"horizon_days" smallint NOT NULL,
	"mode" text DEFAULT 'desk' NOT NULL,
	"skill" text NOT NULL,
	"min_category" text NOT NULL,
	"lep" text,
	"audience" text DEFAULT 'anyone' NOT NULL,
	"tax_code_required" boolean DEFAULT false NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "service_duration" CHECK ("service"."duration_minutes" between 5 and 480 and "service"."buffer_minutes" between 0 and 120),
	CONSTRAINT "service_grid" CHECK ("service"."grid_minutes" in (5, 10, 15, 20, 30, 60)),
	CONSTRAINT "service_window" CHECK ("service"."min_notice_minutes" >= 0 and "service"."horizon_days" between 1 and 400 and "service"."min_notice_minutes" < "service"."horizon_days" * 1440),
	CONSTRAINT "service_mode" CHECK ("service"."mode" in ('desk', 'phone', 'video', 'outreach')),
	CONSTRAINT "service_audience" CHECK ("service"."audience" in ('anyone', 'own_cpi', 'invited', 'staff'))
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"correlation_id" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"email" text,
	"phone" text,
	"identity_key" text NOT NULL,
	"tax_code_cipher" text,
	"domicile" text,
	"locale" text DEFAULT 'it' NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_contact" CHECK ("person"."email" is not null or "person"."phone" is not null or "person"."demo")
);
--> statement-breakpoint
CREATE TABLE "bacino_comune" (
	"comune" text PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"provenance" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"operator_id" uuid,
	"during" "tstzrange" NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "closure_not_empty" CHECK (not isempty("closure"."during"))
);
--> statement-breakpoint
CREATE TABLE "office" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text DEFAULT 'cpi' NOT NULL,
	"name" text NOT NULL,
	"seat" text NOT NULL,
	"address" text,
	"phone" text,
	"email" text,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"provenance" jsonb NOT NULL,
	CONSTRAINT "office_code_form" CHECK ("office"."code" ~ '^[a-z0-9-]{2,60}$'),
	CONSTRAINT "office_coordinates" CHECK ("office"."latitude" between -90 and 90 and "office"."longitude" between -180 and 180)
);
--> statement-breakpoint
CREATE TABLE "opening" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"operator_id" uuid,
	"weekday" smallint NOT NULL,
	"starts" time(0) NOT NULL,
	"ends" time(0) NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "opening_weekday" CHECK ("opening"."weekday" between 1 and 7),
	CONSTRAINT "opening_order" CHECK ("opening"."starts" < "opening"."ends"),
	CONSTRAINT "opening_validity" CHECK ("opening"."valid_to" is null or "opening"."valid_from" <= "opening"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "operator" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_number" text NOT NULL,
	"office_id" uuid NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"category" text NOT NULL,
	"skills" text[] DEFAULT '{}' NOT NULL,
	"languages" text[] DEFAULT '{it}' NOT NULL,
	"bookable" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"provenance" jsonb NOT NULL,
	CONSTRAINT "operator_id_office_unique" UNIQUE("id","office_id")
);
--> statement-breakpoint
CREATE TABLE "patron_feast" (
	"comune" text PRIMARY KEY NOT NULL,
	"month" smallint,
	"day" smallint,
	"easter_offset" smallint,
	"saint" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "patron_feast_rule" CHECK (("patron_feast"."month" is not null and "patron_feast"."day" is not null) <> ("patron_feast"."easter_offset" is not null))
);
--> statement-breakpoint
CREATE TABLE "staff_category" (
	"code" text PRIMARY KEY NOT NULL,
	"level" integer NOT NULL,
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"source" text NOT NULL,
	"source_date" date,
	"verified" boolean DEFAULT false NOT NULL,
	CONSTRAINT "staff_category_level_positive" CHECK ("staff_category"."level" >= 1)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"channel" text DEFAULT 'email' NOT NULL,
	"recipient" text NOT NULL,
	"locale" text DEFAULT 'it' NOT NULL,
	"payload" jsonb NOT NULL,
	"subject_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"stale_at" timestamp (3) with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outbox_state" CHECK ("outbox"."state" in ('waiting', 'sent', 'dropped', 'failed')),
	CONSTRAINT "outbox_channel" CHECK ("outbox"."channel" in ('email', 'sms', 'app_io', 'pec'))
);
--> statement-breakpoint
CREATE TABLE "did" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"declared_on" date NOT NULL,
	"benefit" text DEFAULT 'none' NOT NULL,
	"benefit_claimed_on" date,
	"contacted_on" date,
	"ended_on" date,
	"registered_by" uuid NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "did_benefit" CHECK ("did"."benefit" in ('none', 'naspi', 'dis_coll', 'adi', 'sfl')),
	CONSTRAINT "did_claim" CHECK (("did"."benefit" = 'none') = ("did"."benefit_claimed_on" is null)),
	CONSTRAINT "did_end" CHECK ("did"."ended_on" is null or "did"."declared_on" <= "did"."ended_on")
);
--> statement-breakpoint
CREATE TABLE "pact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"did_id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"percorso" text NOT NULL,
	"office_id" uuid NOT NULL,
	"responsabile_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"content" jsonb NOT NULL,
	"drafted_by" uuid NOT NULL,
	"drafted_at" timestamp (3) with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"operator_signed_by" uuid,
	"operator_signed_at" timestamp (3) with time zone,
	"person_signed_at" timestamp (3) with time zone,
	"person_signed_how" text,
	CONSTRAINT "pact_state" CHECK ("pact"."state" in ('draft', 'awaiting_person', 'signed')),
	CONSTRAINT "pact_percorso" CHECK ("pact"."percorso" in ('P1', 'P2', 'P3', 'P4', 'P5')),
	CONSTRAINT "pact_dates" CHECK ("pact"."starts_on" <= "pact"."ends_on"),
	CONSTRAINT "pact_operator_signature" CHECK (num_nonnulls("pact"."operator_signed_by", "pact"."operator_signed_at") = case when "pact"."state" = 'draft' then 0 else 2 end),
	CONSTRAINT "pact_person_signature" CHECK (num_nonnulls("pact"."person_signed_at", "pact"."person_signed_how") = case when "pact"."state" = 'signed' then 2 else 0 end),
	CONSTRAINT "pact_signed_how" CHECK ("pact"."person_signed_how" is null or "pact"."person_signed_how" in ('desk', 'online'))
);
--> statement-breakpoint
CREATE TABLE "pact_action" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pact_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"measure" text,
	"who" text NOT NULL,
	"what" text NOT NULL,
	"due_on" date NOT NULL,
	"proof" text NOT NULL,
	"legal_letter" text,
	"lep" text,
	"appointment_id" uuid,
	CONSTRAINT "pact_action_who" CHECK ("pact_action"."who" in ('person', 'cpi', 'provider')),
	CONSTRAINT "pact_action_letter" CHECK ("pact_action"."legal_letter" is null or "pact_action"."legal_letter" in ('20.2.c', '20.2.d', '20.3.a', '20.3.b', '20.3.c')),
	CONSTRAINT "pact_action_obligation_cites_law" CHECK ("pact_action"."who" <> 'person' or "pact_action"."legal_letter" is not null),
	CONSTRAINT "pact_action_words" CHECK (length(btrim("pact_action"."what")) > 0 and length(btrim("pact_action"."proof")) > 0)
);
--> statement-breakpoint
CREATE TABLE "activity_standard" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name_it" text NOT NULL,
	"name_en" text NOT NULL,
	"minutes" double precision NOT NULL,
	"min_level" smallint NOT NULL,
	"lep" text,
	"service_code" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	"source_date" date,
	"verified" boolean DEFAULT false NOT NULL,
	CONSTRAINT "activity_standard_code_from_unique" UNIQUE("code","valid_from"),
	CONSTRAINT "activity_standard_minutes_positive" CHECK ("activity_standard"."minutes" > 0),
	CONSTRAINT "activity_standard_level_positive" CHECK ("activity_standard"."min_level" >= 1),
	CONSTRAINT "activity_standard_validity" CHECK ("activity_standard"."valid_to" is null or "activity_standard"."valid_to" > "activity_standard"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "allowance_standard" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name_it" text NOT NULL,
	"name_en" text NOT NULL,
	"share" double precision,
	"hours_per_year" double precision,
	"min_level" smallint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	"source_date" date,
	"verified" boolean DEFAULT false NOT NULL,
	CONSTRAINT "allowance_standard_code_from_unique" UNIQUE("code","valid_from"),
	CONSTRAINT "allowance_standard_one_kind" CHECK (num_nonnulls("allowance_standard"."share", "allowance_standard"."hours_per_year") = 1),
	CONSTRAINT "allowance_standard_share" CHECK ("allowance_standard"."share" is null or ("allowance_standard"."share" >= 0 and "allowance_standard"."share" < 1)),
	CONSTRAINT "allowance_standard_hours" CHECK ("allowance_standard"."hours_per_year" is null or "allowance_standard"."hours_per_year" >= 0),
	CONSTRAINT "allowance_standard_validity" CHECK ("allowance_standard"."valid_to" is null or "allowance_standard"."valid_to" > "allowance_standard"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "place_figure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid,
	"province" text,
	"region" text,
	"measure" text NOT NULL,
	"period_start" date NOT NULL,
	"period_end" date NOT NULL,
	"value" double precision NOT NULL,
	"nature" text NOT NULL,
	"source" text NOT NULL,
	"source_date" date,
	"verified" boolean DEFAULT true NOT NULL,
	CONSTRAINT "place_figure_unique" UNIQUE NULLS NOT DISTINCT("office_id","province","region","measure","period_start","period_end"),
	CONSTRAINT "place_figure_one_place" CHECK (num_nonnulls("place_figure"."office_id", "place_figure"."province", "place_figure"."region") = 1),
	CONSTRAINT "place_figure_period" CHECK ("place_figure"."period_end" > "place_figure"."period_start"),
	CONSTRAINT "place_figure_value" CHECK ("place_figure"."value" >= 0),
	CONSTRAINT "place_figure_nature" CHECK ("place_figure"."nature" in ('sourced', 'computed', 'demo'))
);
--> statement-breakpoint
CREATE TABLE "scenario" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner_id" text NOT NULL,
	"levers" jsonb NOT NULL,
	"results" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scenario_name_length" CHECK (char_length("scenario"."name") between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "working_time_standard" (
	"id" uuid PRIMARY KEY NOT NULL,
	"possible_days" double precision NOT NULL,
	"leave_days" double precision NOT NULL,
	"holiday_days" double precision NOT NULL,
	"sick_days" double precision NOT NULL,
	"other_days" double precision NOT NULL,
	"hours_per_day" double precision NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	"source_date" date,
	"verified" boolean DEFAULT false NOT NULL,
	CONSTRAINT "working_time_standard_from_unique" UNIQUE("valid_from"),
	CONSTRAINT "working_time_standard_days" CHECK (least("working_time_standard"."possible_days", "working_time_standard"."leave_days", "working_time_standard"."holiday_days", "working_time_standard"."sick_days", "working_time_standard"."other_days") >= 0
        and "working_time_standard"."possible_days" <= 366
        and "working_time_standard"."possible_days" > "working_time_standard"."leave_days" + "working_time_standard"."holiday_days" + "working_time_standard"."sick_days" + "working_time_standard"."other_days"),
	CONSTRAINT "working_time_standard_hours" CHECK ("working_time_standard"."hours_per_day" > 0 and "working_time_standard"."hours_per_day" <= 24),
	CONSTRAINT "working_time_standard_validity" CHECK ("working_time_standard"."valid_to" is null or "working_time_standard"."valid_to" > "working_time_standard"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_pk" PRIMARY KEY("scope","key"),
	CONSTRAINT "idempotency_key_length" CHECK (length("idempotency_key"."key") between 1 and 128)
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"client" text PRIMARY KEY NOT NULL,
	"hits" integer NOT NULL,
	"resets_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rate_limit_hits_positive" CHECK ("rate_limit"."hits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "explanation_reading" (
	"profile_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "explanation_reading_pk" PRIMARY KEY("profile_id","operator_id")
);
--> statement-breakpoint
CREATE TABLE "interview" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"questionnaire" text NOT NULL,
	"state" text NOT NULL,
	"answers" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"saved_by" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "interview_state" CHECK ("interview"."state" in ('draft', 'complete')),
	CONSTRAINT "interview_completed" CHECK (("interview"."state" = 'complete') = ("interview"."completed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "percorso_decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"interview_id" uuid NOT NULL,
	"rule_code" text NOT NULL,
	"proposed" text NOT NULL,
	"decided" text NOT NULL,
	"reason" text,
	"operator_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"explanation_opened_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "percorso_decision_proposed" CHECK ("percorso_decision"."proposed" in ('P1', 'P2', 'P3', 'P4', 'P5')),
	CONSTRAINT "percorso_decision_decided" CHECK ("percorso_decision"."decided" in ('P1', 'P2', 'P3', 'P4', 'P5')),
	CONSTRAINT "percorso_decision_departure_reason" CHECK ("percorso_decision"."proposed" = "percorso_decision"."decided" or length(btrim(coalesce("percorso_decision"."reason", ''))) >= 20),
	CONSTRAINT "percorso_decision_after_reading" CHECK ("percorso_decision"."explanation_opened_at" <= "percorso_decision"."decided_at")
);
--> statement-breakpoint
CREATE TABLE "person_data" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"data" jsonb NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_data_version_positive" CHECK ("person_data"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "profile" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"person_data_id" uuid NOT NULL,
	"model_id" text NOT NULL,
	"model_version" text NOT NULL,
	"model_hash" text NOT NULL,
	"inputs" jsonb NOT NULL,
	"linear_predictor" double precision NOT NULL,
	"score" double precision NOT NULL,
	"risk_class" smallint NOT NULL,
	"contributions" jsonb NOT NULL,
	"trigger" text NOT NULL,
	"computed_by" uuid,
	"computed_at" timestamp (3) with time zone NOT NULL,
	"next_update_due_on" date NOT NULL,
	"national_class" smallint,
	"national_code" text,
	"national_computed_on" date,
	CONSTRAINT "profile_version_positive" CHECK ("profile"."version" >= 1),
	CONSTRAINT "profile_score" CHECK ("profile"."score" between 0 and 1),
	CONSTRAINT "profile_risk_class" CHECK ("profile"."risk_class" between 1 and 3),
	CONSTRAINT "profile_trigger" CHECK ("profile"."trigger" in ('DID', '90D', 'DATA_CHANGE', 'MANUAL')),
	CONSTRAINT "profile_national" CHECK (num_nonnulls("profile"."national_class", "profile"."national_code", "profile"."national_computed_on") in (0, 3) and ("profile"."national_class" is null or "profile"."national_class" between 1 and 3))
);
--> statement-breakpoint
CREATE TABLE "comune" (
	"istat_code" text PRIMARY KEY NOT NULL,
	"cadastral_code" text NOT NULL,
	"name" text NOT NULL,
	"province" text NOT NULL,
	"province_name" text NOT NULL,
	"region" text NOT NULL,
	"population" integer NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	CONSTRAINT "comune_istat_code_form" CHECK ("comune"."istat_code" ~ '^[0-9]{6}$')
);
--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "free_time" ADD CONSTRAINT "free_time_operator_fk" FOREIGN KEY ("operator_id","office_id") REFERENCES "public"."operator"("id","office_id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "occupied" ADD CONSTRAINT "occupied_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_domicile_fk" FOREIGN KEY ("domicile") REFERENCES "public"."comune"("istat_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bacino_comune" ADD CONSTRAINT "bacino_comune_comune_fk" FOREIGN KEY ("comune") REFERENCES "public"."comune"("istat_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bacino_comune" ADD CONSTRAINT "bacino_comune_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure" ADD CONSTRAINT "closure_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure" ADD CONSTRAINT "closure_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office" ADD CONSTRAINT "office_seat_fk" FOREIGN KEY ("seat") REFERENCES "public"."comune"("istat_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator" ADD CONSTRAINT "operator_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator" ADD CONSTRAINT "operator_category_fk" FOREIGN KEY ("category") REFERENCES "public"."staff_category"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patron_feast" ADD CONSTRAINT "patron_feast_comune_fk" FOREIGN KEY ("comune") REFERENCES "public"."comune"("istat_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "did" ADD CONSTRAINT "did_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "did" ADD CONSTRAINT "did_operator_fk" FOREIGN KEY ("registered_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_did_fk" FOREIGN KEY ("did_id") REFERENCES "public"."did"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_profile_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profile"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_decision_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."percorso_decision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_responsabile_fk" FOREIGN KEY ("responsabile_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_drafted_by_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact" ADD CONSTRAINT "pact_operator_signature_fk" FOREIGN KEY ("operator_signed_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact_action" ADD CONSTRAINT "pact_action_pact_fk" FOREIGN KEY ("pact_id") REFERENCES "public"."pact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pact_action" ADD CONSTRAINT "pact_action_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_figure" ADD CONSTRAINT "place_figure_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanation_reading" ADD CONSTRAINT "explanation_reading_profile_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profile"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanation_reading" ADD CONSTRAINT "explanation_reading_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview" ADD CONSTRAINT "interview_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview" ADD CONSTRAINT "interview_operator_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "percorso_decision" ADD CONSTRAINT "percorso_decision_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "percorso_decision" ADD CONSTRAINT "percorso_decision_profile_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profile"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "percorso_decision" ADD CONSTRAINT "percorso_decision_interview_fk" FOREIGN KEY ("interview_id") REFERENCES "public"."interview"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "percorso_decision" ADD CONSTRAINT "percorso_decision_reading_fk" FOREIGN KEY ("profile_id","operator_id") REFERENCES "public"."explanation_reading"("profile_id","operator_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "percorso_decision" ADD CONSTRAINT "percorso_decision_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "percorso_decision" ADD CONSTRAINT "percorso_decision_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_data" ADD CONSTRAINT "person_data_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_data" ADD CONSTRAINT "person_data_operator_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile" ADD CONSTRAINT "profile_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile" ADD CONSTRAINT "profile_person_data_fk" FOREIGN KEY ("person_data_id") REFERENCES "public"."person_data"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile" ADD CONSTRAINT "profile_operator_fk" FOREIGN KEY ("computed_by") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appointment_code_unique" ON "appointment" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "appointment_person_service_unique" ON "appointment" USING btree ("person_id","service_id") WHERE "appointment"."state" in ('held', 'confirmed') and "appointment"."person_id" is not null;--> statement-breakpoint
CREATE INDEX "appointment_office_day" ON "appointment" USING btree ("office_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointment_operator_day" ON "appointment" USING btree ("operator_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointment_person" ON "appointment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "free_time_search" ON "free_time" USING btree ("office_id","day","longest_minutes") WHERE "free_time"."longest_minutes" > 0;--> statement-breakpoint
CREATE UNIQUE INDEX "service_code_unique" ON "service" USING btree ("code");--> statement-breakpoint
CREATE INDEX "audit_event_subject" ON "audit_event" USING btree ("subject_kind","subject_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "person_identity_unique" ON "person" USING btree ("identity_key");--> statement-breakpoint
CREATE INDEX "person_email" ON "person" USING btree ("email");--> statement-breakpoint
CREATE INDEX "person_family_name" ON "person" USING btree (lower("family_name"));--> statement-breakpoint
CREATE INDEX "bacino_comune_office" ON "bacino_comune" USING btree ("office_id");--> statement-breakpoint
CREATE INDEX "closure_office" ON "closure" USING btree ("office_id");--> statement-breakpoint
CREATE UNIQUE INDEX "office_code_unique" ON "office" USING btree ("code");--> statement-breakpoint
CREATE INDEX "opening_office" ON "opening" USING btree ("office_id");--> statement-breakpoint
CREATE UNIQUE INDEX "operator_staff_number_unique" ON "operator" USING btree ("staff_number");--> statement-breakpoint
CREATE INDEX "operator_office" ON "operator" USING btree ("office_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_category_level_unique" ON "staff_category" USING btree ("level");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("due_at") WHERE "outbox"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_subject" ON "outbox" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "did_one_open_unique" ON "did" USING btree ("person_id") WHERE "did"."ended_on" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "pact_version_unique" ON "pact" USING btree ("person_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "pact_one_open_unique" ON "pact" USING btree ("person_id") WHERE "pact"."state" <> 'signed';--> statement-breakpoint
CREATE UNIQUE INDEX "pact_action_position_unique" ON "pact_action" USING btree ("pact_id","position");--> statement-breakpoint
CREATE INDEX "pact_action_due" ON "pact_action" USING btree ("due_on");--> statement-breakpoint
CREATE INDEX "place_figure_measure" ON "place_figure" USING btree ("measure","period_start");--> statement-breakpoint
CREATE INDEX "scenario_owner_index" ON "scenario" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "interview_one_draft_unique" ON "interview" USING btree ("person_id") WHERE "interview"."state" = 'draft';--> statement-breakpoint
CREATE INDEX "interview_person" ON "interview" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "percorso_decision_person" ON "percorso_decision" USING btree ("person_id","decided_at");--> statement-breakpoint
CREATE UNIQUE INDEX "person_data_version_unique" ON "person_data" USING btree ("person_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "profile_version_unique" ON "profile" USING btree ("person_id","version");--> statement-breakpoint
CREATE INDEX "profile_due" ON "profile" USING btree ("next_update_due_on");--> statement-breakpoint
CREATE UNIQUE INDEX "comune_cadastral_code_unique" ON "comune" USING btree ("cadastral_code");--> statement-breakpoint
CREATE INDEX "comune_name" ON "comune" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "comune_province" ON "comune" USING btree ("province");