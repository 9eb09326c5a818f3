CREATE TABLE "feed_password" (
	"id" uuid PRIMARY KEY NOT NULL,
	"operator_id" uuid NOT NULL,
	"name" text NOT NULL,
	"username" text NOT NULL,
	"salt" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "feed_password_name" CHECK (length("feed_password"."name") between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"endpoint_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_delivery_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"body" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"response_status" integer,
	"last_error" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_delivery_pk" PRIMARY KEY("endpoint_id","event_id"),
	CONSTRAINT "webhook_delivery_state" CHECK ("webhook_delivery"."state" in ('waiting', 'delivered', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"contact_email" text NOT NULL,
	"subscriptions" jsonb NOT NULL,
	"secret_cipher" text NOT NULL,
	"previous_cipher" text,
	"previous_until" timestamp (3) with time zone,
	"active" boolean DEFAULT true NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"given_up_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_endpoint_url" CHECK ("webhook_endpoint"."url" ~ '^https?://' and length("webhook_endpoint"."url") <= 500),
	CONSTRAINT "webhook_endpoint_rotation" CHECK (("webhook_endpoint"."previous_cipher" is null) = ("webhook_endpoint"."previous_until" is null))
);
--> statement-breakpoint
ALTER TABLE "feed_password" ADD CONSTRAINT "feed_password_operator_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoint"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "feed_password_username_unique" ON "feed_password" USING btree ("username");--> statement-breakpoint
CREATE INDEX "feed_password_operator" ON "feed_password" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" USING btree ("due_at") WHERE "webhook_delivery"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_delivery_log" ON "webhook_delivery" USING btree ("endpoint_id","sequence");--> statement-breakpoint
-- What an event tells: what happened, when, to which thing; of an appointment also where it stands
-- after it. Identifiers only: who they are is asked of the API, by those who may know.
CREATE FUNCTION webhook_body(kind text, at timestamptz, subject_kind text, subject_id text)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'type', kind,
    'timestamp', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', jsonb_build_object(
      'id', subject_id,
      'subject', replace(subject_kind, '-', '_'),
      'reason', CASE WHEN kind LIKE '%.erased' THEN 'rgpd' END
    ) || coalesce((
      SELECT jsonb_build_object(
        'version', a.version, 'state', a.state, 'office_id', a.office_id, 'service_id', a.service_id,
        'starts_at', to_char(a.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'ends_at', to_char(a.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
      FROM appointment a
      WHERE a.id = CASE WHEN subject_kind = 'appointment' AND subject_id ~ '^[0-9a-f-]{36}$' THEN subject_id::uuid END
    ), '{}')
  ))::text
$$;
--> statement-breakpoint
CREATE FUNCTION promise_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_delivery (endpoint_id, event_id, kind, body, occurred_at, due_at)
  SELECT e.id, f.id, e.subscriptions ->> f.action,
    webhook_body(e.subscriptions ->> f.action, f.at, f.subject_kind, f.subject_id), f.at, f.at
  FROM fresh f JOIN webhook_endpoint e ON e.active AND e.subscriptions ? f.action;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- In the transaction of the event itself: no cursor could be sure that no earlier row commits later.
CREATE TRIGGER audit_event_webhooks AFTER INSERT ON "audit_event"
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION promise_webhooks();
