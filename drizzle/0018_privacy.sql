CREATE TABLE "erasure_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"answer" text,
	CONSTRAINT "erasure_request_state" CHECK ("erasure_request"."state" in ('asked', 'erased', 'refused')),
	CONSTRAINT "erasure_request_decided" CHECK (("erasure_request"."state" = 'asked') = ("erasure_request"."decided_at" is null) and ("erasure_request"."decided_at" is null) = ("erasure_request"."decided_by" is null)),
	CONSTRAINT "erasure_request_reason" CHECK ("erasure_request"."state" <> 'refused' or "erasure_request"."answer" is not null)
);
--> statement-breakpoint
ALTER TABLE "person" DROP CONSTRAINT "person_contact";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_request_one_asked" ON "erasure_request" USING btree ("person_id") WHERE "erasure_request"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "erasure_request_asked" ON "erasure_request" USING btree ("asked_at");--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_erased" CHECK ("person"."erased_at" is null or num_nonnulls("person"."email", "person"."phone", "person"."tax_code_cipher", "person"."domicile") = 0);--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_contact" CHECK ("person"."email" is not null or "person"."phone" is not null or "person"."demo" or "person"."erased_at" is not null);