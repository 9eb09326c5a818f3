CREATE TABLE "channel_reading" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"channel" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"formal" boolean NOT NULL,
	"needs_proof" boolean NOT NULL,
	"source" text NOT NULL,
	"source_date" date NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	"confirmation" text,
	"withdrawn_by" text,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "channel_reading_channel" CHECK ("channel_reading"."channel" in ('email', 'sms', 'app_io', 'pec', 'registered', 'letter', 'by_hand', 'agreed_in_pact')),
	CONSTRAINT "channel_reading_proof" CHECK ("channel_reading"."formal" or not "channel_reading"."needs_proof"),
	CONSTRAINT "channel_reading_days" CHECK ("channel_reading"."valid_until" is null or "channel_reading"."valid_from" <= "channel_reading"."valid_until"),
	CONSTRAINT "channel_reading_confirmed" CHECK (("channel_reading"."confirmed_at" is null) = ("channel_reading"."confirmed_by" is null) and ("channel_reading"."confirmed_at" is null) = ("channel_reading"."confirmation" is null))
);
--> statement-breakpoint
ALTER TABLE "delivery_proof" ADD COLUMN "notice_id" uuid;--> statement-breakpoint
ALTER TABLE "delivery_proof" ADD COLUMN "event_id" uuid;--> statement-breakpoint
ALTER TABLE "notice_delivery" ADD COLUMN "receipt" text;--> statement-breakpoint
CREATE INDEX "channel_reading_of" ON "channel_reading" USING btree ("region","channel","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_proof_event_unique" ON "delivery_proof" USING btree ("event_id");--> statement-breakpoint
-- What regions wrote until now held for every day; who had it verified vouches for it.
INSERT INTO "channel_reading" ("id", "region", "channel", "valid_from", "formal", "needs_proof",
  "source", "source_date", "written_by", "written_at", "confirmed_by", "confirmed_at", "confirmation")
SELECT gen_random_uuid(), "region", "channel", '2015-01-01', "formal", "needs_proof", "source",
  "source_date", "updated_by", "updated_at",
  CASE WHEN "verified" THEN "updated_by" END, CASE WHEN "verified" THEN "updated_at" END,
  CASE WHEN "verified" THEN 'Segnata come verificata quando fu scritta' END
FROM "channel_rule";
