import type { AppContext } from '../../platform/http.ts';
import type { HoursChange } from '../actions/change-network.ts';

/** The form that asks for a change of hours. */
export interface ChangeForm {
  /** Where it was sent, and is sent again once it is decided what becomes of appointments. */
  readonly action: string;
  readonly values: Readonly<Record<string, string | string[]>>;
  /** The page it stands on. */
  readonly back: { readonly label: string; readonly href: string };
}

/**
 * Carries a change of hours out, as a later room does who knows appointments. Answers with a page of
 * its own where appointments are in the way, or were seen to; with nothing where none were.
 */
export type CarryOnPage = (
  c: AppContext,
  change: HoursChange,
  form: ChangeForm,
) => Promise<Response | undefined>;
