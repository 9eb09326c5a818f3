CREATE TABLE "waiting_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"person_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"contact_email" text,
	"contact_phone" text,
	"locale" text DEFAULT 'it' NOT NULL,
	"office_ids" uuid[] NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"weekdays" smallint[] NOT NULL,
	"parts" text[] NOT NULL,
	"appointment_id" uuid,
	"deadline" date,
	"deadline_kind" text,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "waiting_entry_state" CHECK ("waiting_entry"."state" in ('waiting', 'served', 'left', 'ended')),
	CONSTRAINT "waiting_entry_code_form" CHECK ("waiting_entry"."code" ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
	CONSTRAINT "waiting_entry_offices" CHECK (cardinality("waiting_entry"."office_ids") between 1 and 100),
	CONSTRAINT "waiting_entry_wish" CHECK ("waiting_entry"."from_day" <= "waiting_entry"."to_day" and cardinality("waiting_entry"."weekdays") > 0 and cardinality("waiting_entry"."parts") > 0),
	CONSTRAINT "waiting_entry_deadline" CHECK (("waiting_entry"."deadline" is null) = ("waiting_entry"."deadline_kind" is null))
);
--> statement-breakpoint
CREATE TABLE "waiting_offer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"freed_time_id" uuid,
	"held_by" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "waiting_offer_state" CHECK ("waiting_offer"."state" in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')),
	CONSTRAINT "waiting_offer_settled" CHECK (("waiting_offer"."state" = 'open') = ("waiting_offer"."settled_at" is null)),
	CONSTRAINT "waiting_offer_order" CHECK ("waiting_offer"."made_at" < "waiting_offer"."expires_at" and "waiting_offer"."starts_at" < "waiting_offer"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "group_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"series_id" uuid,
	"office_id" uuid NOT NULL,
	"title" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"what_to_bring" jsonb NOT NULL,
	"room" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"registration_opens_at" timestamp (3) with time zone NOT NULL,
	"registration_closes_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"cancel_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "group_session_order" CHECK ("group_session"."starts_at" < "group_session"."ends_at"),
	CONSTRAINT "group_session_registration" CHECK ("group_session"."registration_opens_at" < "group_session"."registration_closes_at" and "group_session"."registration_closes_at" <= "group_session"."starts_at"),
	CONSTRAINT "group_session_state" CHECK ("group_session"."state" in ('draft', 'published', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "session_registration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"code" text NOT NULL,
	"contact_email" text,
	"contact_phone" text,
	"locale" text DEFAULT 'it' NOT NULL,
	"state" text NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "session_registration_offer" CHECK (("session_registration"."state" = 'offered') = ("session_registration"."expires_at" is not null)),
	CONSTRAINT "session_registration_state" CHECK ("session_registration"."state" in ('registered', 'offered', 'waiting', 'came', 'absent', 'excused', 'cancelled', 'lapsed', 'revoked')),
	CONSTRAINT "session_registration_code_form" CHECK ("session_registration"."code" ~ '^[0-9A-HJKMNP-TV-Z]{10}$')
);
--> statement-breakpoint
CREATE TABLE "session_seat" (
	"session_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"registration_id" uuid,
	CONSTRAINT "session_seat_pk" PRIMARY KEY("session_id","number"),
	CONSTRAINT "session_seat_number" CHECK ("session_seat"."number" between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "session_leader" (
	"session_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"closure_id" uuid,
	CONSTRAINT "session_leader_pk" PRIMARY KEY("session_id","operator_id"),
	CONSTRAINT "session_leader_not_empty" CHECK (not isempty("session_leader"."during"))
);
--> statement-breakpoint
ALTER TABLE "waiting_entry" ADD CONSTRAINT "waiting_entry_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_entry" ADD CONSTRAINT "waiting_entry_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_entry" ADD CONSTRAINT "waiting_entry_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_offer" ADD CONSTRAINT "waiting_offer_entry_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."waiting_entry"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_offer" ADD CONSTRAINT "waiting_offer_freed_fk" FOREIGN KEY ("freed_time_id") REFERENCES "public"."freed_time"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_offer" ADD CONSTRAINT "waiting_offer_held_fk" FOREIGN KEY ("held_by") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_offer" ADD CONSTRAINT "waiting_offer_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_session" ADD CONSTRAINT "group_session_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_registration" ADD CONSTRAINT "session_registration_session_fk" FOREIGN KEY ("session_id") REFERENCES "public"."group_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_registration" ADD CONSTRAINT "session_registration_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_seat" ADD CONSTRAINT "session_seat_session_fk" FOREIGN KEY ("session_id") REFERENCES "public"."group_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_seat" ADD CONSTRAINT "session_seat_registration_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."session_registration"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_leader" ADD CONSTRAINT "session_leader_session_fk" FOREIGN KEY ("session_id") REFERENCES "public"."group_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_leader" ADD CONSTRAINT "session_leader_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_leader" ADD CONSTRAINT "session_leader_closure_fk" FOREIGN KEY ("closure_id") REFERENCES "public"."closure"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_entry_code_unique" ON "waiting_entry" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_entry_person_service_unique" ON "waiting_entry" USING btree ("person_id","service_id") WHERE "waiting_entry"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "waiting_entry_service" ON "waiting_entry" USING btree ("service_id") WHERE "waiting_entry"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_offer_entry_open_unique" ON "waiting_offer" USING btree ("entry_id") WHERE "waiting_offer"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_offer_held_open_unique" ON "waiting_offer" USING btree ("held_by") WHERE "waiting_offer"."state" = 'open';--> statement-breakpoint
CREATE INDEX "waiting_offer_entry" ON "waiting_offer" USING btree ("entry_id","made_at");--> statement-breakpoint
CREATE INDEX "waiting_offer_lapsing" ON "waiting_offer" USING btree ("expires_at") WHERE "waiting_offer"."state" = 'open';--> statement-breakpoint
CREATE INDEX "group_session_office" ON "group_session" USING btree ("office_id","starts_at");--> statement-breakpoint
CREATE INDEX "group_session_starts" ON "group_session" USING btree ("starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "session_registration_person_unique" ON "session_registration" USING btree ("session_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_registration_code_unique" ON "session_registration" USING btree ("code");--> statement-breakpoint
CREATE INDEX "session_registration_waiting" ON "session_registration" USING btree ("session_id","queued_at") WHERE "session_registration"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "session_registration_offered" ON "session_registration" USING btree ("expires_at") WHERE "session_registration"."state" = 'offered';--> statement-breakpoint
CREATE UNIQUE INDEX "session_seat_registration_unique" ON "session_seat" USING btree ("registration_id");--> statement-breakpoint
-- Nobody leads two sessions at once; time given back (no closure) no longer counts.
ALTER TABLE "session_leader" ADD CONSTRAINT "session_leader_no_overlap"
  EXCLUDE USING gist ("operator_id" WITH =, "during" WITH &&) WHERE ("closure_id" IS NOT NULL);
