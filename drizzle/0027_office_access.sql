CREATE TABLE "office_access" (
	"office_id" uuid NOT NULL,
	"feature" text NOT NULL,
	"present" boolean NOT NULL,
	"source" text NOT NULL,
	"date" date NOT NULL,
	CONSTRAINT "office_access_pk" PRIMARY KEY("office_id","feature")
);
--> statement-breakpoint
ALTER TABLE "office_access" ADD CONSTRAINT "office_access_office_fk" FOREIGN KEY ("office_id") REFERENCES "public"."office"("id") ON DELETE cascade ON UPDATE no action;