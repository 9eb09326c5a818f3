import { defineNotice, type Notice, type NoticeKind } from '../notices/kind.ts';
import { toEach } from '../notices/reach.ts';
import type { Instant } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Locale } from '../platform/locale.ts';
import { formatDate, formatDateTime } from '../web/format.ts';
import { defineStrings } from '../web/strings.ts';
import type { Justification } from './store/justifications.ts';

/** What a message about a justification says; texts are in the reader's language already. */
interface JustificationFacts {
  readonly service: string;
  readonly office: string;
  readonly startsAt: Instant;
  /** What the office asks, or why it does not accept. */
  readonly answer: string | null;
}

const strings = defineStrings('justification-notices', {
  it: {
    open: 'Per vedere la giustificazione apri il tuo appuntamento con il codice e la tua e-mail o il tuo telefono:',
  },
  en: {
    open: 'To see the justification, open your appointment with its code and your e-mail or telephone number:',
  },
});

const common = {
  words: (facts: JustificationFacts, locale: Locale) => ({
    service: facts.service,
    office: facts.office,
    when: formatDateTime(facts.startsAt, locale),
    day: formatDate(facts.startsAt, locale),
    answer: facts.answer,
  }),
  mandatory: ['when'],
  link: (_: JustificationFacts, locale: Locale, config: Config) => ({
    text: strings(locale)('open'),
    href: `${config.publicUrl}/appuntamento`,
  }),
  sample: {
    service: 'Primo colloquio',
    office: 'Cpi di Palermo',
    startsAt: Date.parse('2027-03-08T08:30:00Z'),
    answer: 'Serve il certificato con la data.',
  } satisfies JustificationFacts,
};

const ABOUT_IT = 'Appuntamento: {{service}}, {{when}}, {{office}}';
const ABOUT_EN = 'Appointment: {{service}}, {{when}}, {{office}}';

export const justificationReceived = defineNotice<JustificationFacts>('justification-received', {
  ...common,
  title: { it: 'Giustificazione ricevuta', en: 'Justification received' },
  it: {
    subject: 'Giustificazione ricevuta: {{day}}',
    paragraphs: [
      'Buongiorno,',
      'abbiamo ricevuto la tua giustificazione. Finché non è decisa, l’assenza non ha effetti.',
      ABOUT_IT,
    ],
  },
  en: {
    subject: 'Justification received: {{day}}',
    paragraphs: [
      'Hello,',
      'we have received your justification. Until it is decided, the absence has no effect.',
      ABOUT_EN,
    ],
  },
});

export const justificationAccepted = defineNotice<JustificationFacts>('justification-accepted', {
  ...common,
  title: { it: 'Giustificazione accolta', en: 'Justification accepted' },
  it: {
    subject: 'Giustificazione accolta: {{day}}',
    paragraphs: [
      'Buongiorno,',
      'la tua giustificazione è stata accolta: l’assenza non conta. Puoi prenotare un altro appuntamento.',
      ABOUT_IT,
    ],
  },
  en: {
    subject: 'Justification accepted: {{day}}',
    paragraphs: [
      'Hello,',
      'your justification has been accepted: the absence does not count. You can book another appointment.',
      ABOUT_EN,
    ],
  },
});

export const justificationRejected = defineNotice<JustificationFacts>('justification-rejected', {
  ...common,
  title: { it: 'Giustificazione non accolta', en: 'Justification not accepted' },
  it: {
    subject: 'Giustificazione non accolta: {{day}}',
    paragraphs: [
      'Buongiorno,',
      'la tua giustificazione non è stata accolta.',
      'Motivo: {{answer}}',
      ABOUT_IT,
      'Puoi inviarne un’altra con nuovi documenti, o parlarne con l’ufficio.',
    ],
  },
  en: {
    subject: 'Justification not accepted: {{day}}',
    paragraphs: [
      'Hello,',
      'your justification has not been accepted.',
      'Reason: {{answer}}',
      ABOUT_EN,
      'You can send another with new documents, or talk to the office.',
    ],
  },
});

export const justificationQuestion = defineNotice<JustificationFacts>('justification-question', {
  ...common,
  title: { it: 'Giustificazione da completare', en: 'Justification to be completed' },
  it: {
    subject: 'Giustificazione da completare: {{day}}',
    paragraphs: ['Buongiorno,', 'per decidere l’ufficio chiede: {{answer}}', ABOUT_IT],
  },
  en: {
    subject: 'Justification to be completed: {{day}}',
    paragraphs: ['Hello,', 'in order to decide, the office asks: {{answer}}', ABOUT_EN],
  },
});

/** The message about a justification, to whom the appointment's messages go; none without contact. */
export function justificationNotices(
  kind: NoticeKind<JustificationFacts>,
  about: Pick<
    Justification,
    | 'appointmentId'
    | 'contactEmail'
    | 'contactPhone'
    | 'alsoBy'
    | 'personId'
    | 'locale'
    | 'serviceId'
    | 'serviceName'
    | 'officeId'
    | 'officeName'
    | 'startsAt'
  >,
  answer?: string,
): Notice[] {
  const reach = {
    contactEmail: about.contactEmail ?? undefined,
    contactPhone: about.contactPhone ?? undefined,
    alsoBy: about.alsoBy ?? undefined,
    person: about.personId === null ? undefined : { id: about.personId },
  };
  return toEach(kind, reach, {
    facts: {
      service: about.serviceName[about.locale],
      office: about.officeName,
      startsAt: about.startsAt,
      answer: answer ?? null,
    },
    locale: about.locale,
    subjectId: about.appointmentId,
    serviceId: about.serviceId,
    officeId: about.officeId,
  });
}
