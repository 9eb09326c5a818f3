CREATE TABLE "desk_duty" (
	"operator_id" uuid NOT NULL,
	"day" date NOT NULL,
	"desk" text NOT NULL,
	CONSTRAINT "desk_duty_pk" PRIMARY KEY("operator_id","day"),
	CONSTRAINT "desk_duty_desk" CHECK (char_length("desk_duty"."desk") between 1 and 40)
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"day" date NOT NULL,
	"series" text NOT NULL,
	"number" smallint NOT NULL,
	"state" text NOT NULL,
	"appointment_id" uuid,
	"due_at" timestamp (3) with time zone,
	"priority" boolean DEFAULT false NOT NULL,
	"bound_to" uuid,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"rank_at" timestamp (3) with time zone NOT NULL,
	"called_at" timestamp (3) with time zone,
	"operator_id" uuid,
	"desk" text,
	"calls" smallint DEFAULT 0 NOT NULL,
	"skips" smallint DEFAULT 0 NOT NULL,
	"served_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"locale" text DEFAULT 'it' NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "ticket_state" CHECK ("ticket"."state" in ('waiting', 'called', 'serving', 'finished', 'skipped', 'left')),
	CONSTRAINT "ticket_series" CHECK (("ticket"."series" = 'P') = ("ticket"."due_at" is not null) and "ticket"."series" in ('A', 'P')),
	CONSTRAINT "ticket_number" CHECK ("ticket"."number" between 1 and 999),
	CONSTRAINT "ticket_attended" CHECK ("ticket"."state" not in ('called', 'serving') or ("ticket"."operator_id" is not null and "ticket"."called_at" is not null)),
	CONSTRAINT "ticket_finished_times" CHECK ("ticket"."state" <> 'finished' or "ticket"."ended_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "ticket_sequence" (
	"office_id" uuid NOT NULL,
	"day" date NOT NULL,
	"series" text NOT NULL,
	"last" smallint NOT NULL,
	CONSTRAINT "ticket_sequence_pk" PRIMARY KEY("office_id","day","series")
);
--> statement-breakpoint
CREATE TABLE "ticket_step" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"before" jsonb NOT NULL,
	"version" integer NOT NULL,
	"undone" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk_duty" ADD CONSTRAINT "desk_duty_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_service_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_bound_fk" FOREIGN KEY ("bound_to") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_sequence" ADD CONSTRAINT "ticket_sequence_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_step" ADD CONSTRAINT "ticket_step_ticket_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_number_unique" ON "ticket" USING btree ("office_id","day","series","number");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_appointment_unique" ON "ticket" USING btree ("appointment_id") WHERE "ticket"."appointment_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_operator_unique" ON "ticket" USING btree ("operator_id") WHERE "ticket"."state" in ('called', 'serving');--> statement-breakpoint
CREATE INDEX "ticket_finished" ON "ticket" USING btree ("office_id","service_id","ended_at") WHERE "ticket"."state" = 'finished';--> statement-breakpoint
CREATE INDEX "ticket_step_operator" ON "ticket_step" USING btree ("operator_id","at");--> statement-breakpoint
CREATE INDEX "ticket_step_ticket" ON "ticket_step" USING btree ("ticket_id");