CREATE TABLE "spent_challenge" (
	"signature" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "spent_challenge_expires_at" ON "spent_challenge" USING btree ("expires_at");