import { DAY, type Instant, toRfc3339 } from '../../platform/clock.ts';
import type { Point } from '../../reference/distance.ts';
import type { Comune } from '../../reference/store.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import {
  formatDate,
  formatDateTime,
  formatDayMonth,
  formatDays,
  formatDistance,
  formatWait,
} from '../../web/format.ts';
import { PlaceMap } from '../../web/place-map.tsx';
import type { EarliestOffer, EarliestOffers } from '../actions/find-earliest.ts';
import { placeStrings } from '../place-strings.ts';
import type { Service } from '../service.ts';
import { links, type Wishes } from './links.ts';

interface ResultsProps {
  readonly found: EarliestOffers;
  readonly place: Comune | undefined;
  readonly point: Point | undefined;
  /** As it was typed; empty without one. */
  readonly street: string;
  readonly now: Instant;
  /** What the address of this page says. */
  readonly query: Parameters<typeof links.place>[0];
  readonly wishes: Wishes;
  /** Other services that anybody may have anywhere. */
  readonly openServices: readonly Service[];
}

/** The competent Cpi and why it is, then each office with its first free time, in a list and on a map. */
export function PlaceResults(props: ResultsProps) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { found, place, query } = props;
  const { offers } = found;
  const centre = place?.point ?? props.point;
  return (
    <section aria-labelledby="risultati" class="mt-5">
      <h2 id="risultati" class="h3">
        {place ? t('resultsComune', { place: place.name }) : t('resultsPoint')}
      </h2>
      <Competence {...props} />
      {offers.length === 0 ? (
        found.competence?.office === undefined &&
        found.service.audience === 'own_cpi' ? undefined : (
          <Nothing {...props} />
        )
      ) : (
        <div class="offers-and-map">
          <div>
            {offers.length > 2 && (
              <p class="to-map">
                <a href="#mappa">{t('toMap')}</a>
              </p>
            )}
            <ol class="offers">
              {offers.map((offer, index) => (
                <OfferItem {...props} offer={offer} number={index + 1} />
              ))}
            </ol>
            <p class="text-secondary">{t('searched', { count: found.searched })}</p>
            {found.total > offers.length && (
              <p>
                <a href={`${links.place(query)}&tutte=si#risultati`}>
                  {t('showAll', { count: found.total })}
                </a>
              </p>
            )}
            <Waiting {...props} />
          </div>
          <div id="mappa" class="offers-map" tabindex={-1}>
            <PlaceMap
              id="sedi"
              title={t('mapTitle')}
              description={t('mapDescription')}
              legend={t('mapLegend')}
              ownLegend={offers[0]?.competent ? t('mapOwn') : undefined}
              centre={
                centre && {
                  point: centre,
                  label: place ? t('mapCentre', { place: place.name }) : t('mapHere'),
                }
              }
              places={offers.map((offer, index) => ({
                number: index + 1,
                name: offer.office.name,
                label: `${t('firstFree')}: ${formatDateTime(offer.start, locale)}`,
                short: formatDayMonth(offer.start, locale),
                href: timesOf(props, offer),
                point: offer.office.point,
                own: offer.competent,
              }))}
            />
          </div>
        </div>
      )}
    </section>
  );
}

/** What the office must have is settled once it is chosen, and nobody else's business. */
function onward({ accesso: _, ...wishes }: Wishes): Omit<Wishes, 'accesso'> {
  return wishes;
}

function timesOf({ found, wishes }: ResultsProps, { office }: EarliestOffer): string {
  return links.time({ servizio: found.service.code, ufficio: office.code, ...onward(wishes) });
}

/** Which office is the reader's own, and what says so; or that none of these is. */
function Competence(props: ResultsProps) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { found, place, street, openServices } = props;
  const { competence, service } = found;
  if (!place || !competence) return <p>{t('pointOnly')}</p>;
  const { office } = competence;
  const comune = place.name;
  if (!office) {
    const open = service.audience === 'anyone';
    return (
      <Alert kind="warning" title={t('outsideTitle', { comune })}>
        <p>{t(open ? 'outsideOpen' : 'outsideOwn')}</p>
        {!open && (
          <OpenServices services={openServices} query={props.query} label={t('openServices')} />
        )}
      </Alert>
    );
  }
  const named = { office: office.name, comune, street };
  return (
    <>
      {competence.by === 'street' ? (
        <p>{t('becauseStreet', named)}</p>
      ) : !competence.divided ? (
        <p>{t('becauseComune', named)}</p>
      ) : (
        <Alert kind="info">
          {competence.numberMatters
            ? t('numberMatters', named)
            : t(street === '' ? 'divided' : 'streetOther', named)}
        </Alert>
      )}
      {service.audience === 'own_cpi' && <p>{t('onlyOwn')}</p>}
      <OwnOrEarlier {...props} />
    </>
  );
}

/** That the reader's own office is full, or that another has a place much earlier. */
function OwnOrEarlier({ found, query }: ResultsProps) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { competentWithout, competentUnsuited, service } = found;
  if (competentUnsuited) {
    return (
      <Alert kind="warning">
        {t('competentUnsuited', { office: competentUnsuited.name })}{' '}
        <a href={`/uffici/${competentUnsuited.code}`}>{t('seeOffice')}</a>
      </Alert>
    );
  }
  if (competentWithout) {
    const until = formatDate(found.horizonEnd, locale);
    return (
      <Alert kind="warning">
        {t('competentFull', { office: competentWithout.name, until })}{' '}
        {service.waitingList && (
          <a href={links.wait({ servizio: query.servizio, ufficio: competentWithout.code })}>
            {t('nothingSuits')}
          </a>
        )}
      </Alert>
    );
  }
  const [own, ...others] = found.offers;
  const soonest = own?.competent ? others.find(({ start }) => start < own.start) : undefined;
  if (!own || soonest?.km === undefined || own.start - soonest.start < DAY) return null;
  return (
    <Alert kind="info">
      {t('earlierElsewhere', {
        office: soonest.office.name,
        distance: formatDistance(soonest.km, locale),
        days: formatDays(own.start - soonest.start, locale),
      })}
    </Alert>
  );
}

/** Services that who lives elsewhere may have, each with the way to book it. */
export function OpenServices(props: {
  services: readonly Service[];
  query: Omit<Parameters<typeof links.place>[0], 'servizio'> | { ufficio: string };
  label: string;
}) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { services, query } = props;
  if (services.length === 0) return <p>{t('noOpenServices')}</p>;
  return (
    <>
      <p>{props.label}</p>
      <ul>
        {services.map(({ code, name }) => (
          <li>
            <a
              href={
                'ufficio' in query
                  ? links.time({ servizio: code, ufficio: query.ufficio })
                  : links.place({ ...query, servizio: code })
              }
            >
              {name[locale]}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function OfferItem(props: ResultsProps & { offer: EarliestOffer; number: number }) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { offer, number, found, wishes, now } = props;
  const { office, start, km } = offer;
  const where = [
    km === undefined
      ? undefined
      : km < 1
        ? t('inYourComune')
        : t('distance', { distance: formatDistance(km, locale) }),
    office.address,
  ].filter(Boolean);
  return (
    <li class="offer">
      <h3 class="offer-name">
        <span
          class={offer.competent ? 'offer-number offer-own' : 'offer-number'}
          aria-hidden="true"
        >
          {number}
        </span>
        {office.name}
      </h3>
      {offer.competent && (
        <p>
          <Tag tone="info">{t('yourCpi')}</Tag>
        </p>
      )}
      <p>
        {t('firstFree')}: <strong>{formatDateTime(start, locale)}</strong> (
        {formatWait(start, now, locale)})
        {where.length > 0 && (
          <>
            <br />
            <span class="text-secondary">{where.join(' · ')}</span>
          </>
        )}
      </p>
      <div class="actions">
        <PostButton
          action="/prenota/orario"
          fields={{
            servizio: found.service.code,
            ufficio: office.code,
            inizio: toRfc3339(start),
            ...onward(wishes),
          }}
        >
          {t('takeFirst')}
          <span class="visually-hidden">
            : {office.name}, {formatDateTime(start, locale)}
          </span>
        </PostButton>
        <LinkButton look="outline" href={timesOf(props, offer)}>
          {t('otherTimes')}
          <span class="visually-hidden">: {office.name}</span>
        </LinkButton>
      </div>
    </li>
  );
}

function Waiting({ found, query }: ResultsProps) {
  const t = placeStrings(useLocale());
  if (!found.service.waitingList) return null;
  return (
    <p>
      <a href={links.wait({ servizio: query.servizio, comune: query.comune })}>
        {t('nothingSuits')}
      </a>
    </p>
  );
}

/** Nothing is free: until when that was looked at, and everything that may still be tried. */
function Nothing(props: ResultsProps) {
  const locale = useLocale();
  const t = placeStrings(locale);
  const { found, query, wishes } = props;
  const until = formatDate(found.horizonEnd, locale);
  const plain = {
    ...query,
    lingua: undefined,
    durata: undefined,
    mio: undefined,
    accesso: undefined,
  };
  return (
    <EmptyState title={t('nothingFree')} icon="it-calendar">
      <p>
        {found.searched === 0
          ? t('noOffices')
          : found.searched === 1
            ? t('nothingOne', { until })
            : t('nothingNear', { count: found.searched, until })}
      </p>
      <ul class="list-unstyled">
        {Object.keys(wishes).length > 0 && (
          <li>
            <a href={links.place(plain)}>{t('tryPlain')}</a>
          </li>
        )}
        {query.raggio !== 'tutti' && found.service.audience !== 'own_cpi' && (
          <li>
            <a href={links.place({ ...query, raggio: 'tutti' })}>{t('tryWider')}</a>
          </li>
        )}
        <li>
          <a href="/prenota">{t('tryService')}</a>
        </li>
      </ul>
      {found.searched > 0 && <Waiting {...props} />}
    </EmptyState>
  );
}
