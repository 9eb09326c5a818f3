import { callOf } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { createApi, knownAddress } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import { challengeScript } from '../../web/challenge.tsx';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { formValues } from '../../web/form.ts';
import { formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findOffice } from '../actions/find-office.ts';
import { findService } from '../actions/find-service.ts';
import { holdStart, newHoldToken } from '../actions/hold-start.ts';
import { listLanguages } from '../actions/list-languages.ts';
import { operatorWhoFollows } from '../actions/who-comes.ts';
import { placeStrings } from '../place-strings.ts';
import { bookingStrings } from '../strings.ts';
import { Calendar, loadMonth } from './calendar.tsx';
import { keepHold, readHold } from './kept-start.ts';
import { asked, links, wishesFrom } from './links.ts';
import { notServedHere } from './own-office.tsx';
import { instantFrom, Steps } from './parts.tsx';
import { anythingToWish, WishFields } from './place-form.tsx';

export const chooseTimePages = createApi();

chooseTimePages.get('/prenota/orario', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const place = placeStrings(locale);
  const [service, office] = await Promise.all([
    findService(call, c.req.query('servizio')),
    findOffice(call, c.req.query('ufficio')),
  ]);
  const elsewhere = await notServedHere(c, service, office);
  if (elsewhere) return elsewhere;
  const wishes = wishesFrom(c.req.query());
  const choice = { servizio: service.code, ufficio: office.code };
  const [languages, follows] = await Promise.all([listLanguages(call), operatorWhoFollows(call)]);
  const wishFields = { service, wishes, languages, ownOperator: follows !== undefined };
  const holdToken = (await readHold(c))?.token;
  return page(
    c,
    {
      title: t('timeTitle'),
      lead: t('timeLead', { service: service.name[locale], office: office.name }),
      active: 'book',
      head: challengeScript(c),
      breadcrumbs: [
        { label: t('book'), href: '/prenota' },
        { label: t('stepPlace'), href: links.place({ servizio: service.code, ...wishes }) },
        { label: t('stepTime') },
      ],
    },
    <>
      <Steps current={3} />
      {c.req.query('preso') !== undefined && (
        <Alert kind="warning" live>
          {t('takenLead')}
        </Alert>
      )}
      {anythingToWish(wishFields) && (
        <form method="get" action="/prenota/orario" class="form-inline-block">
          {Object.entries(choice).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <WishFields {...wishFields}>
            <SubmitButton look="outline">{place('apply')}</SubmitButton>
          </WishFields>
        </form>
      )}
      <Calendar
        loaded={
          await loadMonth(call, service, office, c.req.query(), {
            ...asked(wishes),
            holdToken,
          })
        }
        action="/prenota/orario"
        keep={{ ...choice, ...wishes }}
        form={{
          action: '/prenota/orario',
          // Quick clicks on one page are one person’s, before any cookie can say so.
          fields: { ...choice, ...wishes, tenuta: holdToken ?? newHoldToken() },
        }}
        time={(start) => (
          <button
            type="submit"
            name="inizio"
            value={toRfc3339(start)}
            class="btn btn-outline-primary"
          >
            {formatTime(start, locale)}
          </button>
        )}
        otherwise={
          <ul class="list-unstyled mt-4">
            {Object.keys(wishes).length > 0 && (
              <li class="mb-2">
                <a href={links.time(choice)}>{place('tryPlain')}</a>
              </li>
            )}
            {service.waitingList && (
              <li class="mb-2">
                <a href={links.wait(choice)}>{t('nothingSuits')}</a>
              </li>
            )}
            <li>
              <a href={links.place({ servizio: service.code, ...wishes })}>{t('otherOffices')}</a>
            </li>
          </ul>
        }
      />
    </>,
  );
});

/** The token that a page was made with; a new one is given to whoever brings none. */
const tokenFrom = (text: string | undefined) =>
  text !== undefined && /^[0-9a-f]{32}$/.test(text) ? text : undefined;

/** A minute's choices of one person; more is not choosing. Ours. */
const CHOICES_PER_MINUTE = 30;

/** Choosing a start keeps it while the form is filled in. */
chooseTimePages.post(
  '/prenota/orario',
  rateLimit({ scope: 'hold', perMinute: CHOICES_PER_MINUTE }),
  async (c) => {
    const call = callOf(c);
    const values = await formValues(c);
    const one = (name: string) => {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    };
    const [service, office] = await Promise.all([
      findService(call, one('servizio')),
      findOffice(call, one('ufficio')),
    ]);
    const wishes = wishesFrom(values);
    const choice = { servizio: service.code, ufficio: office.code, ...wishes };
    const start = instantFrom(one('inizio'));
    const fromPage = call.actor.kind === 'jobseeker' ? undefined : tokenFrom(one('tenuta'));
    try {
      const kept = await holdStart(call, {
        serviceId: service.id,
        officeId: office.id,
        start,
        ...asked(wishes),
        token: (await readHold(c))?.token ?? fromPage,
        network: knownAddress(c),
        solution: one('soluzione') || undefined,
      });
      await keepHold(c, kept, office.code);
    } catch (error) {
      const refused = error instanceof Problem ? error.kind.slug : undefined;
      // Not kept, but still free: the form goes on, and books it as anybody would.
      const goesOn = refused === 'too-many-kept' || refused === 'challenge-unsolved';
      if (!goesOn && refused !== 'slot-taken' && refused !== 'slot-not-offered') throw error;
      if (!goesOn) return c.redirect(`${links.time(choice)}&preso`, 303);
    }
    return c.redirect(links.person({ ...choice, inizio: toRfc3339(start) }), 303);
  },
);
