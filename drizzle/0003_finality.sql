-- What is evidence is appended and never edited. Each refusal carries the name of its trigger as
-- the constraint, so that it is mapped to a problem like any other.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is final', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
END $$;
--> statement-breakpoint
CREATE TRIGGER person_data_is_final BEFORE UPDATE OR DELETE ON "person_data"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER profile_is_final BEFORE UPDATE OR DELETE ON "profile"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER percorso_decision_is_final BEFORE UPDATE OR DELETE ON "percorso_decision"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER interview_complete_is_final BEFORE UPDATE OR DELETE ON "interview"
  FOR EACH ROW WHEN (OLD."state" = 'complete') EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER pact_signed_is_final BEFORE UPDATE OR DELETE ON "pact"
  FOR EACH ROW WHEN (OLD."state" = 'signed') EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION refuse_change_of_signed_actions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "pact" WHERE "state" <> 'draft'
      AND "id" = CASE WHEN TG_OP = 'DELETE' THEN OLD."pact_id" ELSE NEW."pact_id" END
  ) THEN
    RAISE EXCEPTION 'actions of a signed patto are final' USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER pact_action_is_final BEFORE INSERT OR UPDATE OR DELETE ON "pact_action"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_signed_actions();
