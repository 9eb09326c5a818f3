CREATE TABLE "inbound_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"answer" text,
	"appointment_id" uuid,
	"received_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inbound_message_answer" CHECK ("inbound_message"."answer" in ('cancelled', 'cancelled-already', 'confirmed', 'imposed', 'closed', 'which', 'code-unknown', 'none', 'not-understood'))
);
--> statement-breakpoint
ALTER TABLE "inbound_message" ADD CONSTRAINT "inbound_message_appointment_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointment"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_message_unique" ON "inbound_message" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "inbound_message_appointment" ON "inbound_message" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "outbox_sms_reader" ON "outbox" USING btree ("recipient") WHERE "outbox"."channel" = 'sms';