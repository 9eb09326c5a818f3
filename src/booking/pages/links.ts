import { ACCESS_FEATURE_NAMES, type AccessFeature } from '../../network/rules/accessibility.ts';

/** What may be asked for besides service, place and time. */
export type Wishes = {
  /** Language of the operator, ISO 639-1. */
  readonly lingua?: string;
  /** Length in minutes. */
  readonly durata?: string;
  /** Only with the operator who follows the reader. */
  readonly mio?: 'si';
  /** What the office must be known to have, names of features with commas between them. */
  readonly accesso?: string;
};

/** What a query or a form says of {@link Wishes}; what is not one is left out. */
export function wishesFrom(fields: Readonly<Record<string, unknown>>): Wishes {
  const { lingua, durata, mio } = fields;
  const features = ACCESS_FEATURE_NAMES.filter((name) =>
    [fields.accesso].flat().some((given) => String(given).split(',').includes(name)),
  );
  return {
    ...(typeof lingua === 'string' && /^[a-z]{2}$/.test(lingua) && { lingua }),
    ...(typeof durata === 'string' && /^[1-9]\d{0,2}$/.test(durata) && { durata }),
    ...(mio === 'si' && { mio }),
    ...(features.length > 0 && { accesso: features.join(',') }),
  };
}

/** The same as actions take them. */
export function asked({ lingua, durata, mio, accesso }: Wishes) {
  return {
    language: lingua,
    minutes: durata === undefined ? undefined : Number(durata),
    ownOperator: mio === 'si',
    features: accesso?.split(',') as AccessFeature[] | undefined,
  };
}

/** Addresses of the booking journey. Queries carry choices only, never who is booking. */
export const links = {
  place: (query: { servizio: string; comune?: string; raggio?: string; vicino?: 'si' } & Wishes) =>
    address('/prenota/luogo', query),
  time: (query: { servizio: string; ufficio: string; mese?: string; giorno?: string } & Wishes) =>
    address('/prenota/orario', query),
  person: (query: { servizio: string; ufficio: string; inizio: string } & Wishes) =>
    address('/prenota/dati', query),
  /** Where one waits for freed time; the room of the waiting list keeps it. */
  wait: (query: { servizio: string; ufficio?: string; comune?: string }) =>
    address('/attesa', query),
};

function address(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${path}?${new URLSearchParams(given)}`;
}
