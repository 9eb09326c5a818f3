CREATE TABLE "disruption" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"office_id" uuid NOT NULL,
	"operator_id" uuid,
	"during" "tstzrange" NOT NULL,
	"reason" text NOT NULL,
	"new_address" text,
	"closure_id" uuid,
	"state" text NOT NULL,
	"made_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "disruption_kind" CHECK ("disruption"."kind" in ('closure', 'cancellation', 'relocation')),
	CONSTRAINT "disruption_state" CHECK ("disruption"."state" in ('running', 'done', 'withdrawn')),
	CONSTRAINT "disruption_not_empty" CHECK (not isempty("disruption"."during")),
	CONSTRAINT "disruption_address" CHECK (("disruption"."kind" = 'relocation') = ("disruption"."new_address" is not null))
);
--> statement-breakpoint
CREATE TABLE "disruption_item" (
	"disruption_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"fate" text NOT NULL,
	"seat" jsonb,
	"outcome" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "disruption_item_pk" PRIMARY KEY("disruption_id","appointment_id"),
	CONSTRAINT "disruption_item_fate" CHECK ("disruption_item"."fate" in ('reseat', 'displace', 'revoke', 'keep', 'tell')),
	CONSTRAINT "disruption_item_outcome" CHECK ("disruption_item"."outcome" in ('reseat', 'displace', 'revoke', 'keep', 'tell', 'gone')
        and ("disruption_item"."outcome" is null) = ("disruption_item"."settled_at" is null)),
	CONSTRAINT "disruption_item_seat" CHECK (("disruption_item"."fate" = 'reseat') = ("disruption_item"."seat" is not null))
);
--> statement-breakpoint
ALTER TABLE "disruption" ADD CONSTRAINT "disruption_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disruption" ADD CONSTRAINT "disruption_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disruption" ADD CONSTRAINT "disruption_closure_fk" FOREIGN KEY ("closure_id") REFERENCES "public"."closure"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disruption_item" ADD CONSTRAINT "disruption_item_disruption_fk" FOREIGN KEY ("disruption_id") REFERENCES "public"."disruption"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disruption_item" ADD CONSTRAINT "disruption_item_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "disruption_office" ON "disruption" USING btree ("office_id","created_at");--> statement-breakpoint
CREATE INDEX "disruption_running" ON "disruption" USING btree ("created_at") WHERE "disruption"."state" = 'running';--> statement-breakpoint
CREATE INDEX "disruption_item_waiting" ON "disruption_item" USING btree ("disruption_id") WHERE "disruption_item"."outcome" is null;--> statement-breakpoint
CREATE INDEX "disruption_item_appointment" ON "disruption_item" USING btree ("appointment_id");