import { DateTime } from 'luxon';
import { type Instant, ZONE } from '../../platform/clock.ts';
import { useLocale } from '../../web/components/locale-context.tsx';
import { courtesyStrings } from '../delivery-strings.ts';

/**
 * Languages that a letter may carry below its Italian text. They are no languages of the pages: a
 * short text each, ours. The French one was not checked by a native speaker, and says so.
 */
export const COURTESY = ['en', 'fr'] as const;
export type CourtesyLanguage = (typeof COURTESY)[number];

/** The language asked for in an address, or the reader's own when it has one here. */
export function courtesyLanguage(
  asked: string | undefined,
  own: string,
): CourtesyLanguage | undefined {
  return COURTESY.find((one) => one === (asked ?? own));
}

interface Matter {
  readonly subject: 'invitation' | 'convocation';
  readonly service: string;
  /** When it is, or until when a time can be chosen. */
  readonly at: Instant;
  readonly where: string;
}

interface Texts {
  readonly note: string;
  /** As luxon writes it. */
  readonly pattern: string;
  readonly invitation: (matter: { service: string; when: string }) => readonly string[];
  readonly convocation: (matter: {
    service: string;
    when: string;
    where: string;
  }) => readonly string[];
}

const TEXTS: Readonly<Record<CourtesyLanguage, Texts>> = {
  en: {
    note: 'Courtesy translation: the Italian text alone counts.',
    pattern: "cccc d LLLL yyyy 'at' H:mm",
    invitation: ({ service, when }) => [
      `We invite you to choose the day and time of an appointment (${service}) by ${when}.`,
      'Scan the square above with a telephone, or type the code beside it.',
      'No internet? Call the office, or come with this letter.',
    ],
    convocation: ({ service, when, where }) => [
      `We convoke you for: ${service}.`,
      `When and where: ${when}, ${where}.`,
      'If you do not come without a justified reason there may be consequences for your benefits (art. 21 D.Lgs. 150/2015). No decision is automatic, and you can appeal against it.',
      'If you cannot come, tell the office beforehand, and by the next day at the latest; bring or send the document that proves why.',
    ],
  },
  fr: {
    note: 'Traduction de courtoisie, non vérifiée par une personne de langue maternelle : seul le texte italien fait foi.',
    pattern: "cccc d LLLL yyyy 'à' H'h'mm",
    invitation: ({ service, when }) => [
      `Nous vous invitons à choisir le jour et l’heure d’un rendez-vous (${service}) avant la date suivante : ${when}.`,
      'Scannez le carré ci-dessus avec un téléphone, ou tapez le code écrit à côté.',
      'Vous n’avez pas internet ? Appelez le bureau ou venez avec cette lettre.',
    ],
    convocation: ({ service, when, where }) => [
      `Nous vous convoquons pour : ${service}.`,
      `Quand et où : ${when}, ${where}.`,
      'Si vous ne venez pas, sans motif justifié, il peut y avoir des conséquences sur vos prestations (art. 21 du D.Lgs. 150/2015). Aucune décision n’est automatique et vous pouvez la contester.',
      'Si vous ne pouvez pas venir, prévenez le bureau avant le rendez-vous, et au plus tard le jour suivant ; apportez ou envoyez le document qui le prouve.',
    ],
  },
};

/** The same letter in short, in the language of whoever reads it. */
export function Courtesy({ language, matter }: { language: CourtesyLanguage; matter: Matter }) {
  const { note, pattern, ...texts } = TEXTS[language];
  const { subject, at, ...said } = matter;
  const when = DateTime.fromMillis(at, { zone: ZONE, locale: language }).toFormat(pattern);
  return (
    <section class="sheet-courtesy" lang={language}>
      <p>
        <small>{note}</small>
      </p>
      {texts[subject]({ ...said, when }).map((line) => (
        <p>{line}</p>
      ))}
    </section>
  );
}

/** Which language is printed below the Italian one. */
export function CourtesyChoice(props: { path: string; chosen: CourtesyLanguage | undefined }) {
  const t = courtesyStrings(useLocale());
  return (
    <p>
      {t('courtesy')}{' '}
      {(['no', ...COURTESY] as const).map((one, index) => (
        <>
          {index > 0 && ' · '}
          {one === (props.chosen ?? 'no') ? (
            <strong>{t(`courtesy_${one}`)}</strong>
          ) : (
            <a href={`${props.path}?lingua=${one}`}>{t(`courtesy_${one}`)}</a>
          )}
        </>
      ))}
    </p>
  );
}
