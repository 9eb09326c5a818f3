import { callOf } from '../../platform/call.ts';
import { DAY, toRfc3339 } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import type { Point } from '../../reference/distance.ts';
import type { Comune } from '../../reference/store.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState } from '../../web/form.ts';
import {
  formatDate,
  formatDateTime,
  formatDays,
  formatDistance,
  formatWait,
} from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type EarliestOffers, findEarliest } from '../actions/find-earliest.ts';
import { findService } from '../actions/find-service.ts';
import { listLanguages } from '../actions/list-languages.ts';
import { matchComuni } from '../actions/match-comuni.ts';
import type { Service } from '../service.ts';
import { bookingStrings } from '../strings.ts';
import { links, type Wishes, wishesFrom } from './links.ts';
import { Steps } from './parts.tsx';

const RADII = [10, 20, 30, 50, 100] as const;
const USUAL_RADIUS = 30;
const SHOWN = 20;

export const choosePlacePages = createApi();

choosePlacePages.get('/prenota/luogo', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const service = await findService(call, c.req.query('servizio'));
  const typed = (c.req.query('comune') ?? '').trim().slice(0, 100);
  const radius = radiusFrom(c.req.query('raggio'));
  const point = pointFrom(c.req.query('lat'), c.req.query('lon'));
  const wishes = wishesFrom(c.req.query());
  const languages = await listLanguages(call);

  const matches = typed === '' ? [] : await matchComuni(call, typed);
  const comune = matches.length === 1 ? matches[0] : undefined;
  const unknown = typed !== '' && matches.length === 0;
  const missing = typed === '' && !point && c.req.query('comune') !== undefined;
  const form: FormState = {
    values: {
      comune: comune?.name ?? typed,
      raggio: radius === undefined ? 'tutti' : String(radius),
      lingua: wishes.lingua ?? '',
    },
    errors: unknown
      ? { comune: t('comuneUnknown', { typed }) }
      : missing
        ? { comune: t('comuneMissing') }
        : {},
  };
  const found =
    comune || point
      ? await findEarliest(call, {
          serviceId: service.id,
          place: { comune: comune?.istatCode, point: comune ? undefined : point, withinKm: radius },
          limit: SHOWN,
          language: wishes.lingua,
        })
      : undefined;

  return page(
    c,
    {
      title: t('placeTitle'),
      lead: t('placeLead'),
      active: 'book',
      status: unknown || missing ? 422 : 200,
      breadcrumbs: [{ label: t('book'), href: '/prenota' }, { label: t('stepPlace') }],
    },
    <>
      <Steps current={2} />
      <PlaceForm service={service} form={form} languages={languages} />
      {matches.length > 1 && (
        <WhichComune service={service} matches={matches} radius={form.values['raggio'] as string} />
      )}
      {found && <Offers found={found} place={comune} now={call.clock.now()} wishes={wishes} />}
    </>,
  );
});

function radiusFrom(text: string | undefined): number | undefined {
  if (text === 'tutti') return undefined;
  return RADII.find((km) => String(km) === text) ?? USUAL_RADIUS;
}

function pointFrom(lat: string | undefined, lon: string | undefined): Point | undefined {
  const latitude = Number.parseFloat(lat ?? '');
  const longitude = Number.parseFloat(lon ?? '');
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return valid ? { latitude, longitude } : undefined;
}

function PlaceForm({
  service,
  form = EMPTY_FORM,
  languages,
}: {
  service: Service;
  form: FormState;
  languages: readonly string[];
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return (
    <form method="get" action="/prenota/luogo" class="form-block">
      <ErrorSummary form={form} />
      <input type="hidden" name="servizio" value={service.code} />
      <TextField
        name="comune"
        label={t('comune')}
        hint={t('comuneHint')}
        form={form}
        autocomplete="address-level2"
        maxlength={100}
      />
      <SelectField
        name="raggio"
        label={t('radius')}
        hint={t('radiusHint')}
        form={form}
        empty={false}
        options={[
          ...RADII.map((km) => ({ value: String(km), label: t('radiusKm', { km }) })),
          { value: 'tutti', label: t('radiusAll') },
        ]}
      />
      {languages.length > 1 && (
        <SelectField
          name="lingua"
          label={t('spokenBy')}
          form={form}
          empty={false}
          options={[
            { value: '', label: t('anyLanguage') },
            ...languages.map((code) => ({ value: code, label: names.of(code) ?? code })),
          ]}
        />
      )}
      <div class="actions">
        <SubmitButton icon="it-search">{t('search')}</SubmitButton>
        <button type="button" class="btn btn-outline-primary" data-locate hidden>
          {t('nearMe')}
        </button>
      </div>
    </form>
  );
}

function WhichComune(props: { service: Service; matches: readonly Comune[]; radius: string }) {
  const t = bookingStrings(useLocale());
  return (
    <nav aria-label={t('comuneWhich')} class="mt-4">
      <h2 class="h4">{t('comuneWhich')}</h2>
      <ul>
        {props.matches.map((comune) => (
          <li>
            <a
              href={links.place({
                servizio: props.service.code,
                comune: comune.istatCode,
                raggio: props.radius,
              })}
            >
              {comune.name} ({comune.province})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Offers({
  found,
  place,
  now,
  wishes,
}: {
  found: EarliestOffers;
  place: Comune | undefined;
  now: number;
  wishes: Wishes;
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const until = formatDate(found.horizonEnd, locale);
  const [own] = found.offers;
  const soonest = own?.competent
    ? found.offers.slice(1).find((offer) => offer.start < own.start)
    : undefined;
  const waiting = found.service.waitingList && (
    <p>
      <a href={links.wait({ servizio: found.service.code, comune: place?.istatCode })}>
        {t('nothingSuits')}
      </a>
    </p>
  );
  return (
    <section aria-labelledby="risultati" class="mt-5">
      <h2 id="risultati" class="h3">
        {place ? t('resultsNear', { place: place.name }) : t('resultsPoint')}
      </h2>
      {found.competentWithout && (
        <Alert kind="warning">
          {t('competentFull', { office: found.competentWithout.name, until })}
        </Alert>
      )}
      {found.service.audience === 'own_cpi' && <Alert kind="info">{t('onlyOwn')}</Alert>}
      {own && soonest && soonest.km !== undefined && own.start - soonest.start >= DAY && (
        <Alert kind="info">
          {t('earlierElsewhere', {
            office: soonest.office.name,
            distance: formatDistance(soonest.km, locale),
            days: formatDays(own.start - soonest.start, locale),
          })}
        </Alert>
      )}
      {found.offers.length === 0 ? (
        <EmptyState title={t('nothingFree')}>
          <p>{t('nothingFreeHelp', { count: found.searched, until })}</p>
          {waiting}
        </EmptyState>
      ) : (
        <>
          <ol class="offers">
            {found.offers.map((offer) => (
              <li>
                <Card
                  level={3}
                  title={offer.office.name}
                  footer={
                    <div class="actions">
                      <PostButton
                        action="/prenota/orario"
                        fields={{
                          servizio: found.service.code,
                          ufficio: offer.office.code,
                          inizio: toRfc3339(offer.start),
                          ...wishes,
                        }}
                      >
                        {t('takeFirst')}
                        <span class="visually-hidden">
                          : {offer.office.name}, {formatDateTime(offer.start, locale)}
                        </span>
                      </PostButton>
                      <LinkButton
                        look="outline"
                        href={links.time({
                          servizio: found.service.code,
                          ufficio: offer.office.code,
                          ...wishes,
                        })}
                      >
                        {t('otherTimes')}
                        <span class="visually-hidden">: {offer.office.name}</span>
                      </LinkButton>
                    </div>
                  }
                >
                  {offer.competent && <Tag tone="info">{t('yourCpi')}</Tag>}
                  <DefinitionList
                    items={[
                      [
                        t('firstFree'),
                        <>
                          <strong>{formatDateTime(offer.start, locale)}</strong> (
                          {formatWait(offer.start, now, locale)})
                        </>,
                      ],
                      [
                        t('distance'),
                        offer.km === undefined
                          ? undefined
                          : offer.km < 1
                            ? t('inYourComune')
                            : formatDistance(offer.km, locale),
                      ],
                      [t('address'), offer.office.address],
                    ]}
                  />
                </Card>
              </li>
            ))}
          </ol>
          <p class="text-secondary">{t('searched', { count: found.searched })}</p>
          {waiting}
        </>
      )}
    </section>
  );
}
