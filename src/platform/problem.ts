/** A text in each language the service speaks; `it` is the fallback of every other. */
export interface Bilingual {
  readonly it: string;
  readonly en: string;
}

export type ProblemStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 410
  | 412
  | 413
  | 415
  | 422
  | 428
  | 429
  | 500
  | 503;

/**
 * What every kind of problem is: `type` pages are served from this registry, so that the URL in an
 * answer explains itself. Rooms add theirs with {@link defineProblem}.
 */
export interface ProblemKind {
  readonly slug: string;
  readonly status: ProblemStatus;
  readonly title: Bilingual;
  /** What it means and what to do next; shown on the `type` page. */
  readonly explanation: Bilingual;
}

const registry = new Map<string, ProblemKind>();

export function problemKinds(): readonly ProblemKind[] {
  return [...registry.values()].sort((a, b) => a.slug.localeCompare(b.slug));
}

export function problemKind(slug: string): ProblemKind | undefined {
  return registry.get(slug);
}

/** One thing wrong with one field; `pointer` is a JSON pointer into the body, or a parameter name. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemExtra {
  readonly detail?: Bilingual;
  readonly errors?: readonly FieldFault[];
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
  /** Further members of the problem document (RFC 9457 §3.2), snake_case. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A refusal with a reason (RFC 9457). Thrown by actions, answered by the HTTP shell. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly extra: ProblemExtra;

  constructor(kind: ProblemKind, extra: ProblemExtra = {}) {
    super(extra.detail?.en ?? kind.title.en);
    this.kind = kind;
    this.extra = extra;
  }

  get status(): ProblemStatus {
    return this.kind.status;
  }
}

/** Registers a kind of problem and returns its factory. */
export function defineProblem(kind: ProblemKind): (extra?: ProblemExtra) => Problem {
  if (registry.has(kind.slug)) throw new Error(`problem ${kind.slug} defined twice`);
  registry.set(kind.slug, kind);
  return (extra) => new Problem(kind, extra);
}

export const malformed = defineProblem({
  slug: 'malformed-request',
  status: 400,
  title: { it: 'Richiesta non leggibile', en: 'The request cannot be read' },
  explanation: {
    it: 'Il corpo o i parametri non hanno la forma attesa. Controlla i campi indicati in «errors» e riprova.',
    en: 'The body or the parameters do not have the expected form. Check the fields listed in “errors” and try again.',
  },
});

export const invalid = defineProblem({
  slug: 'invalid-request',
  status: 422,
  title: { it: 'I dati non sono validi', en: 'The data are not valid' },
  explanation: {
    it: 'La richiesta è leggibile, ma qualche valore non può essere accettato. Nulla è stato registrato.',
    en: 'The request can be read, but some value cannot be accepted. Nothing was recorded.',
  },
});

export const signInRequired = defineProblem({
  slug: 'sign-in-required',
  status: 401,
  title: { it: 'Occorre accedere', en: 'You need to sign in' },
  explanation: {
    it: 'Questa operazione richiede di essere riconosciuti. Accedi e ripeti la richiesta.',
    en: 'This operation needs to know who you are. Sign in and repeat the request.',
  },
});

export const forbidden = defineProblem({
  slug: 'forbidden',
  status: 403,
  title: { it: 'Operazione non consentita', en: 'Not allowed' },
  explanation: {
    it: 'Il tuo ruolo o il tuo ufficio non permette questa operazione.',
    en: 'Your role or your office does not allow this operation.',
  },
});

export const notFound = defineProblem({
  slug: 'not-found',
  status: 404,
  title: { it: 'Non trovato', en: 'Not found' },
  explanation: {
    it: 'Non esiste nulla a questo indirizzo, o non è visibile a chi lo chiede.',
    en: 'There is nothing at this address, or it is not visible to whoever asks.',
  },
});

export const methodNotAllowed = defineProblem({
  slug: 'method-not-allowed',
  status: 405,
  title: { it: 'Metodo non ammesso', en: 'Method not allowed' },
  explanation: {
    it: 'Questo indirizzo esiste, ma non accetta questo metodo HTTP.',
    en: 'This address exists, but does not accept this HTTP method.',
  },
});

export const conflict = defineProblem({
  slug: 'conflict',
  status: 409,
  title: { it: 'Conflitto con lo stato attuale', en: 'Conflict with the present state' },
  explanation: {
    it: 'Nel frattempo qualcosa è cambiato. Ricarica i dati e riprova.',
    en: 'Something changed meanwhile. Reload the data and try again.',
  },
});

export const editedMeanwhile = defineProblem({
  slug: 'edited-meanwhile',
  status: 412,
  title: { it: 'Modificato nel frattempo', en: 'Edited meanwhile' },
  explanation: {
    it: 'Un’altra persona ha modificato questi dati dopo che li hai letti. Ricaricali e ripeti la modifica.',
    en: 'Somebody else edited these data after you read them. Reload them and repeat the change.',
  },
});

export const tooLarge = defineProblem({
  slug: 'too-large',
  status: 413,
  title: { it: 'Richiesta troppo grande', en: 'The request is too large' },
  explanation: {
    it: 'Il corpo della richiesta supera la dimensione ammessa. Dividilo o riducilo.',
    en: 'The body of the request exceeds the size allowed. Split it or make it smaller.',
  },
});

export const unsupportedMediaType = defineProblem({
  slug: 'unsupported-media-type',
  status: 415,
  title: { it: 'Formato non accettato', en: 'Unsupported media type' },
  explanation: {
    it: 'Il «Content-Type» della richiesta non è tra quelli che questa operazione accetta.',
    en: 'The Content-Type of the request is not one that this operation accepts.',
  },
});

export const tooManyRequests = defineProblem({
  slug: 'too-many-requests',
  status: 429,
  title: { it: 'Troppe richieste', en: 'Too many requests' },
  explanation: {
    it: 'Hai superato il numero di richieste ammesse. Attendi i secondi indicati in «Retry-After» e riprova.',
    en: 'You exceeded the number of requests allowed. Wait the seconds given in Retry-After and try again.',
  },
});

export const internal = defineProblem({
  slug: 'internal-error',
  status: 500,
  title: { it: 'Errore del servizio', en: 'The service failed' },
  explanation: {
    it: 'Qualcosa non ha funzionato da parte nostra. La richiesta non è stata eseguita; riprova, e se si ripete segnala il codice di correlazione.',
    en: 'Something went wrong on our side. The request was not carried out; try again, and if it happens again report the correlation id.',
  },
});

export const unavailable = defineProblem({
  slug: 'unavailable',
  status: 503,
  title: { it: 'Servizio momentaneamente non disponibile', en: 'Service temporarily unavailable' },
  explanation: {
    it: 'La base dati non risponde. Riprova tra poco: nulla è andato perso.',
    en: 'The database does not answer. Try again shortly: nothing was lost.',
  },
});
