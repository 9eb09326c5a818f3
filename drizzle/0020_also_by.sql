ALTER TABLE "appointment" ADD COLUMN "also_by" text;--> statement-breakpoint
ALTER TABLE "waiting_entry" ADD COLUMN "also_by" text;--> statement-breakpoint
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_also_by" CHECK ("appointment"."also_by" in ('sms', 'app_io'));--> statement-breakpoint
ALTER TABLE "waiting_entry" ADD CONSTRAINT "waiting_entry_also_by" CHECK ("waiting_entry"."also_by" in ('sms', 'app_io'));