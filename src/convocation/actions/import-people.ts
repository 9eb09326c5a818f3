import { audit } from '../../identity/audit.ts';
import { identityKey } from '../../identity/person.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import type { Bilingual } from '../../platform/problem.ts';
import { comuneByCode } from '../../reference/store.ts';
import { type ListedPerson, type ListFault, MOST_PEOPLE, readPeople } from '../people-list.ts';
import { recipientBy } from '../rules/addresses.ts';
import type { Campaign } from '../store/campaigns.ts';
import { knownKeys, rememberPeople } from '../store/invitations.ts';
import { type Standing, standingOf } from '../store/people.ts';
import { addToList, type Listing, roomOnList } from './choose-people.ts';
import { campaignToChange } from './reach.ts';

export type ImportOutcome =
  | { readonly kind: 'refused'; readonly faults: readonly ListFault[] }
  | { readonly kind: 'imported'; readonly added: number; readonly lines: number };

/**
 * Puts the people of a CSV list on a campaign's, all or nobody: a list with a fault is refused whole,
 * with every fault and its line. People are known by their codice fiscale.
 * @throws {Problem} 401, 403; 404; 409 launched already
 */
export async function importPeople(
  call: Call,
  campaignId: string,
  text: string,
): Promise<ImportOutcome> {
  const campaign = await campaignToChange(call, campaignId);
  const { people, faults } = readPeople(text);
  if (faults.length > 0) return { kind: 'refused', faults };
  const keyed = await withKeys(call, people);
  const unusable = [...(await unknownComuni(call, people)), ...(await withoutContact(call, keyed))];
  if (unusable.length > 0) return { kind: 'refused', faults: inOrder(unusable) };

  const refused = new Error('the list is refused');
  let late: ListFault[] = [];
  try {
    return await call.database.transaction(async (opened) => {
      const transaction = opened as Database;
      const ids = await rememberPeople(transaction, await personRows(call, keyed));
      const standing = await standingOf(
        transaction,
        campaign.service.id,
        [...ids.values()],
        call.clock.now(),
      );
      const listings: Listing[] = [];
      late = [];
      for (const one of keyed) {
        const personId = ids.get(one.key)!;
        const office = officeFor(campaign, standing.get(personId)!);
        if ('fault' in office) late.push({ line: one.line, message: office.fault });
        else listings.push(listing(campaign, one, personId, office.id));
      }
      if (late.length > 0) throw refused;
      const room = await roomOnList(transaction, campaign.id);
      const beyond = listings.length > room ? keyed[room] : undefined;
      if (beyond) {
        late.push(listFull(beyond.line));
        throw refused;
      }
      const added = await addToList(transaction, call, campaign, listings);
      await audit(transaction, call, {
        action: 'import-people',
        subjectKind: 'campaign',
        subjectId: campaignId,
        detail: { lines: people.length, added },
      });
      return { kind: 'imported', added, lines: people.length };
    });
  } catch (error) {
    if (error === refused) return { kind: 'refused', faults: late };
    throw error;
  }
}

const listFull = (line: number): ListFault => ({
  line,
  message: {
    it: `da qui la campagna avrebbe più di ${MOST_PEOPLE} persone: dividila in due`,
    en: `from here on the campaign would have more than ${MOST_PEOPLE} people: split it in two`,
  },
});

type Keyed = ListedPerson & { readonly key: string };

async function withKeys(call: Call, people: readonly ListedPerson[]): Promise<Keyed[]> {
  return Promise.all(
    people.map(async (one) => {
      const { email, phone, domicile } = one;
      const key = await identityKey(call.secrets, { ...one, email, phone, domicile });
      return { ...one, key };
    }),
  );
}

async function unknownComuni(call: Call, people: readonly ListedPerson[]): Promise<ListFault[]> {
  const faults: ListFault[] = [];
  const known = new Map<string, boolean>();
  for (const { line, domicile } of people) {
    if (domicile === undefined) continue;
    if (!known.has(domicile)) {
      known.set(domicile, (await comuneByCode(call.database, domicile)) !== undefined);
    }
    if (!known.get(domicile)) {
      faults.push({
        line,
        column: 'comune',
        message: { it: 'comune sconosciuto', en: 'unknown comune' },
      });
    }
  }
  return faults;
}

/** Whoever the service does not know yet must leave a contact. */
async function withoutContact(call: Call, people: readonly Keyed[]): Promise<ListFault[]> {
  const silent = people.filter((one) => one.email === undefined && one.phone === undefined);
  if (silent.length === 0) return [];
  const known = await knownKeys(
    call.database,
    silent.map(({ key }) => key),
  );
  return silent
    .filter(({ key }) => !known.has(key))
    .map(({ line }) => ({
      line,
      message: {
        it: 'persona nuova senza e-mail né telefono',
        en: 'new person with neither e-mail nor telephone',
      },
    }));
}

async function personRows(call: Call, people: readonly Keyed[]) {
  return Promise.all(
    people.map(async (one) => ({
      id: call.ids(),
      identityKey: one.key,
      givenName: one.givenName,
      familyName: one.familyName,
      email: one.email ?? null,
      phone: one.phone ?? null,
      taxCodeCipher: await call.secrets.seal(one.taxCode),
      domicile: one.domicile ?? null,
      createdAt: call.clock.now(),
    })),
  );
}

/** The office that receives a person: the competent one; where that is unknown, the only one. */
function officeFor(
  campaign: Campaign,
  standing: Standing,
): { readonly id: string } | { readonly fault: Bilingual } {
  if (standing.archived) return { fault: { it: 'persona archiviata', en: 'archived person' } };
  const competent = standing.competentOfficeId;
  if (competent === null) {
    const [only, ...others] = campaign.offices;
    return only && others.length === 0
      ? only
      : { fault: { it: 'serve il comune di domicilio', en: 'the comune of domicile is needed' } };
  }
  return (
    campaign.offices.find(({ id }) => id === competent) ?? {
      fault: {
        it: 'appartiene al bacino di un altro ufficio',
        en: 'belongs to the bacino of another office',
      },
    }
  );
}

function listing(campaign: Campaign, one: Keyed, personId: string, officeId: string): Listing {
  const { email, phone, pec, postalAddress } = one;
  return {
    personId,
    officeId,
    recipient: recipientBy(campaign.format, { personId, email, phone, pec, postalAddress }),
    postalAddress: postalAddress ?? null,
    termFrom: one.termFrom ?? null,
  };
}

function inOrder(faults: readonly ListFault[]): ListFault[] {
  return [...faults].sort((a, b) => a.line - b.line);
}
