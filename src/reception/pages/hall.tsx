import { raw } from 'hono/html';
import { findOffice } from '../../booking/actions/find-office.ts';
import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { asset } from '../../web/assets.ts';
import { LocaleContext, useLocale } from '../../web/components/locale-context.tsx';
import { Live, liveAnswer, liveScript } from '../../web/live.tsx';
import { type Hall, readHall } from '../actions/read-hall.ts';
import { receptionStrings } from '../strings.ts';
import { waitWords } from './parts.tsx';

/** The screen of the hall: numbers and desks in big letters, nobody's name. */
export const hallPages = createApi();

const EVERY_SECONDS = 3;

/** The few words of the screen in the languages of those who wait, all at once: nothing moves. */
const WORDS = [
  { lang: 'it', number: 'Numero', desk: 'Sportello', please: 'Prego' },
  { lang: 'en', number: 'Number', desk: 'Desk', please: 'Please come' },
  { lang: 'fr', number: 'Numéro', desk: 'Guichet', please: 'Venez, s’il vous plaît' },
  { lang: 'ar', number: 'رقم', desk: 'شباك', please: 'تفضل', dir: 'rtl' },
  { lang: 'uk', number: 'Номер', desk: 'Віконце', please: 'Прошу' },
] as const;

hallPages.get('/sala/:ufficio', async (c) => {
  const call = callOf(c);
  const t = receptionStrings(call.locale);
  const office = await findOffice(call, c.req.param('ufficio'));
  const hall = await readHall(call, { id: office.id });
  const title = t('hallTitle', { office: office.name });
  c.header('Cache-Control', 'no-store');
  return c.html(
    <LocaleContext.Provider value={call.locale}>
      {raw('<!doctype html>')}
      <html lang={call.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title}</title>
          <link rel="stylesheet" href={asset('sportello.css')} />
          <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
          {liveScript()}
        </head>
        <body class="hall">
          <main>
            <header class="hall-header">
              <h1>{office.name}</h1>
              <button type="button" class="btn btn-outline-light" data-sound hidden>
                {t('sound')}
              </button>
              <a class="btn btn-outline-light" href={`/sala/${office.code}`}>
                {t('refresh')}
              </a>
            </header>
            <Live href={`/sala/${office.code}/vivo`} every={EVERY_SECONDS}>
              <Calls hall={hall} />
            </Live>
          </main>
        </body>
      </html>
    </LocaleContext.Provider>,
  );
});

hallPages.get('/sala/:ufficio/vivo', async (c) => {
  const call = callOf(c);
  const office = await findOffice(call, c.req.param('ufficio'));
  return liveAnswer(c, <Calls hall={await readHall(call, { id: office.id })} />);
});

function Words({ which }: { which: 'number' | 'desk' | 'please' }) {
  return (
    <span class="hall-words">
      {WORDS.map((words) => (
        <span lang={words.lang} dir={'dir' in words ? words.dir : undefined}>
          {words[which]}
        </span>
      ))}
    </span>
  );
}

function Calls({ hall }: { hall: Hall }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  const [latest, ...before] = hall.calls;
  const booked = hall.waiting.filter(({ dueAt }) => dueAt !== undefined).slice(0, 6);
  return (
    <>
      {latest ? (
        <section
          class="hall-now"
          role="status"
          data-call={`${latest.label} ${latest.calledAt}`}
          aria-label={t('called')}
        >
          <div>
            <Words which="number" />
            <strong class="hall-number">{latest.label}</strong>
          </div>
          <div>
            <Words which="desk" />
            <strong class="hall-number">{latest.desk ?? '–'}</strong>
          </div>
          <Words which="please" />
        </section>
      ) : (
        <section class="hall-now" role="status">
          <strong>{t('noCalls')}</strong>
        </section>
      )}
      <div class="hall-below">
        <section>
          <h2>{t('lastCalls')}</h2>
          <ul>
            {before.slice(0, 5).map((call) => (
              <li>
                <strong>{call.label}</strong> <span>{call.desk ?? '–'}</span>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2>{t('waitingNow', { count: hall.waiting.length })}</h2>
          <Waits hall={hall} locale={locale} />
        </section>
        {booked.length > 0 && (
          <section>
            <h2>{t('nextBooked')}</h2>
            <ul>
              {booked.map(({ label }) => (
                <li>
                  <strong>{label}</strong>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function Waits({ hall, locale }: { hall: Hall; locale: Locale }) {
  return (
    <ul>
      {hall.services.slice(0, 5).map(({ service, estimate }) => (
        <li>
          <span>{service.name[locale]}</span> <strong>{waitWords(estimate, locale)}</strong>
        </li>
      ))}
    </ul>
  );
}
