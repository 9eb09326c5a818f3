CREATE TABLE "operator_transfer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"operator_id" uuid NOT NULL,
	"from_office_id" uuid NOT NULL,
	"to_office_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"settled" boolean DEFAULT false NOT NULL,
	CONSTRAINT "operator_transfer_moves" CHECK ("operator_transfer"."from_office_id" <> "operator_transfer"."to_office_id")
);
--> statement-breakpoint
ALTER TABLE "disruption" DROP CONSTRAINT "disruption_kind";--> statement-breakpoint
ALTER TABLE "free_time" DROP CONSTRAINT "free_time_operator_fk";
--> statement-breakpoint
ALTER TABLE "operator" DROP CONSTRAINT "operator_id_office_unique";--> statement-breakpoint
ALTER TABLE "operator_transfer" ADD CONSTRAINT "operator_transfer_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_transfer" ADD CONSTRAINT "operator_transfer_from_fk" FOREIGN KEY ("from_office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_transfer" ADD CONSTRAINT "operator_transfer_to_fk" FOREIGN KEY ("to_office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "operator_transfer_one_ahead" ON "operator_transfer" USING btree ("operator_id") WHERE not "operator_transfer"."settled";--> statement-breakpoint
ALTER TABLE "free_time" ADD CONSTRAINT "free_time_operator_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "free_time" ADD CONSTRAINT "free_time_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disruption" ADD CONSTRAINT "disruption_kind" CHECK ("disruption"."kind" in ('closure', 'cancellation', 'relocation', 'hours', 'transfer'));