import { listDividedComuni } from '../../network/actions/list-divided-comuni.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import type { Point } from '../../reference/distance.ts';
import type { Comune } from '../../reference/store.ts';
import { challengeScript } from '../../web/challenge.tsx';
import { type FormState, formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { findEarliest } from '../actions/find-earliest.ts';
import { findService } from '../actions/find-service.ts';
import { listFeatures } from '../actions/list-features.ts';
import { listLanguages } from '../actions/list-languages.ts';
import { listBookableServices } from '../actions/list-services.ts';
import { matchComuni } from '../actions/match-comuni.ts';
import { operatorWhoFollows } from '../actions/who-comes.ts';
import { placeStrings } from '../place-strings.ts';
import type { Service } from '../service.ts';
import { bookingStrings } from '../strings.ts';
import { addressOf, keepWhereabouts, knownDomicile, knownPoint } from './domicile.ts';
import { asked, links, type Wishes, wishesFrom } from './links.ts';
import { Steps } from './parts.tsx';
import { PlaceForm, RADII, WhichComune } from './place-form.tsx';
import { PlaceResults } from './place-results.tsx';

const USUAL_RADIUS = 30;
/** Offices shown before the reader asks for all of them, and at most. */
const SHOWN = 8;
const ALL = 100;

export const choosePlacePages = createApi();

/** What the page is about; what is searched is undefined until it is known. */
interface Choosing {
  readonly service: Service;
  readonly wishes: Wishes;
  /** As chosen: kilometres, or `tutti`. */
  readonly radius: string;
  readonly typed: { readonly comune: string; readonly via: string; readonly civico: string };
  readonly comune?: Comune;
  readonly point?: Point;
  /** Several comuni that may be meant. */
  readonly matches?: readonly Comune[];
  readonly errors?: Record<string, string>;
}

choosePlacePages.get('/prenota/luogo', async (c) => {
  const call = callOf(c);
  const query = c.req.query();
  const service = await findService(call, query.servizio);
  const choosing = { service, wishes: wishesFrom(query), radius: radiusFrom(query.raggio) };
  const point = query.vicino === 'si' ? await knownPoint(c) : undefined;
  if (point) return placePage(c, { ...choosing, typed: NOTHING, point });
  const known = await knownDomicile(c);
  const comune = (query.comune ?? known?.comune ?? '').trim().slice(0, 100);
  if (query.comune === undefined && !known) return placePage(c, { ...choosing, typed: NOTHING });
  const found = await searched(c, comune);
  // The street was typed for one comune: it says nothing of another.
  const street = known && found.comune?.istatCode === known.comune ? known : undefined;
  return placePage(c, {
    ...choosing,
    ...found,
    typed: { comune, via: street?.street ?? '', civico: street?.number ?? '' },
  });
});

/** Where one lives is sent by POST and remembered sealed, so that no address of a page tells it. */
choosePlacePages.post('/prenota/luogo', async (c) => {
  const call = callOf(c);
  const values = await formValues(c);
  const one = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value.slice(0, 100) : '';
  };
  const service = await findService(call, one('servizio'));
  const choosing = { service, wishes: wishesFrom(values), radius: radiusFrom(one('raggio')) };
  const onward = { servizio: service.code, raggio: choosing.radius, ...choosing.wishes };
  const point = pointFrom(one('lat'), one('lon'));
  if (point) {
    await keepWhereabouts(c, point);
    return c.redirect(`${links.place({ ...onward, vicino: 'si' })}#risultati`, 303);
  }
  const typed = { comune: one('comune'), via: one('via'), civico: one('civico').slice(0, 20) };
  const found = await searched(c, typed.comune);
  if (!found.comune) return placePage(c, { ...choosing, ...found, typed });
  const { istatCode: comune, name } = found.comune;
  const divided = (await listDividedComuni(call)).includes(name);
  const [street, number] = divided ? [typed.via, typed.civico] : ['', ''];
  await keepWhereabouts(c, { comune, street, number });
  return c.redirect(`${links.place({ ...onward, comune })}#risultati`, 303);
});

const NOTHING = { comune: '', via: '', civico: '' };

async function searched(
  c: AppContext,
  typed: string,
): Promise<Pick<Choosing, 'comune' | 'matches' | 'errors'>> {
  const call = callOf(c);
  const t = placeStrings(call.locale);
  if (typed === '') return { errors: { comune: t('comuneMissing') } };
  const matches = await matchComuni(call, typed);
  if (matches.length === 0) return { errors: { comune: t('comuneUnknown', { typed }) } };
  return matches.length === 1 ? { comune: matches[0]! } : { matches };
}

function radiusFrom(text: string | undefined): string {
  if (text === 'tutti') return text;
  return String(RADII.find((km) => String(km) === text) ?? USUAL_RADIUS);
}

function pointFrom(lat: string, lon: string): Point | undefined {
  const [latitude, longitude] = [Number.parseFloat(lat), Number.parseFloat(lon)];
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return valid ? { latitude, longitude } : undefined;
}

async function placePage(c: AppContext, choosing: Choosing) {
  const call = callOf(c);
  const { locale } = call;
  const t = placeStrings(locale);
  const { service, wishes, radius, typed, comune, point, matches, errors = {} } = choosing;
  const [languages, divided, follows, services, features] = await Promise.all([
    listLanguages(call),
    listDividedComuni(call),
    operatorWhoFollows(call),
    listBookableServices(call),
    listFeatures(call),
  ]);
  const withinKm = radius === 'tutti' ? undefined : Number(radius);
  const { via: street, civico: number } = typed;
  const address = addressOf({ comune: '', street, number });
  const found =
    comune || (point && service.audience !== 'own_cpi')
      ? await findEarliest(call, {
          serviceId: service.id,
          place: { comune: comune?.istatCode, address, point, withinKm },
          limit: c.req.query('tutte') === 'si' ? ALL : SHOWN,
          ...asked(wishes),
        })
      : undefined;
  const form: FormState = {
    values: { ...typed, comune: comune?.name ?? typed.comune, raggio: radius, ...wishes },
    errors,
  };
  return page(
    c,
    {
      title: t('title'),
      lead: t(service.audience === 'own_cpi' ? 'leadOwn' : 'lead'),
      active: 'book',
      head: challengeScript(c),
      status: Object.keys(errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: bookingStrings(locale)('book'), href: '/prenota' },
        { label: bookingStrings(locale)('stepPlace') },
      ],
    },
    <>
      <Steps current={2} />
      {matches && <WhichComune service={service} matches={matches} form={form} />}
      <PlaceForm
        service={service}
        form={form}
        wishes={wishes}
        languages={languages}
        divided={divided}
        features={features}
        ownOperator={follows !== undefined}
      />
      {found && (
        <PlaceResults
          found={found}
          place={comune}
          point={point}
          street={street}
          now={call.clock.now()}
          query={{
            servizio: service.code,
            raggio: radius,
            ...(comune ? { comune: comune.istatCode } : { vicino: 'si' as const }),
            ...wishes,
          }}
          wishes={wishes}
          openServices={services.filter(
            ({ audience, id }) => audience === 'anyone' && id !== service.id,
          )}
        />
      )}
    </>,
  );
}
