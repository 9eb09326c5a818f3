ALTER TABLE "opening" DROP CONSTRAINT "opening_recurrence";--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_recurrence" CHECK (case "opening"."recurrence" when 'weeks' then "opening"."nth" between 1 and 52
        when 'month-week' then "opening"."nth" between 1 and 6 or "opening"."nth" = -1
        when 'month-weekday' then "opening"."nth" between 1 and 5 or "opening"."nth" = -1 else false end);