/** Addresses of the booking journey. Queries carry choices only, never who is booking. */
export const links = {
  place: (query: { servizio: string; comune?: string; raggio?: string }) =>
    address('/prenota/luogo', query),
  time: (query: { servizio: string; ufficio: string; mese?: string; giorno?: string }) =>
    address('/prenota/orario', query),
  person: (query: { servizio: string; ufficio: string; inizio: string }) =>
    address('/prenota/dati', query),
};

function address(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${path}?${new URLSearchParams(given)}`;
}
