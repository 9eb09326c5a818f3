import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type FoundOffice, findOffices } from '../actions/find-offices.ts';
import { networkStrings } from '../strings.ts';
import { Kind } from './facts.tsx';

/** Names shown of the comuni that matched; the rest are counted. */
const NAMED = 4;

export const officesPages = createApi();

officesPages.get('/uffici', async (c) => {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const text = (c.req.query('cerca') ?? '').trim().slice(0, 100);
  const found = await findOffices(call, { text });
  return page(
    c,
    { title: t('offices'), lead: t('officesLead'), active: 'offices', wide: true },
    <>
      <form method="get" action="/uffici" class="form-block">
        <TextField
          name="cerca"
          type="search"
          label={t('searchLabel')}
          hint={t('searchHint')}
          value={text}
          maxlength={100}
        />
        <div class="actions">
          <SubmitButton icon="it-search">{t('search')}</SubmitButton>
          {(call.actor.kind === 'planner' || call.actor.kind === 'administrator') && (
            <LinkButton look="outline" href="/pianificazione/vie">
              {t('zonesTitle')}
            </LinkButton>
          )}
        </div>
      </form>
      {found.length === 0 ? (
        <EmptyState title={t('noneFound', { text })} icon="it-search">
          <p>{t('noneFoundHelp')}</p>
          <LinkButton look="outline" href="/uffici">
            {t('showAll')}
          </LinkButton>
        </EmptyState>
      ) : (
        <Found found={found} />
      )}
    </>,
  );
});

function Found({ found }: { found: readonly FoundOffice[] }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  return (
    <Table caption={t('found', { count: found.length })}>
      <thead>
        <tr>
          <th scope="col">{t('office')}</th>
          <th scope="col">{t('seat')}</th>
          <th scope="col" class="numeric">
            {t('comuniServed')}
          </th>
          <th scope="col" class="numeric">
            {t('population')}
          </th>
          <th scope="col">{t('origin')}</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ office, serves }) => (
          <tr>
            <th scope="row">
              <a href={`/uffici/${office.code}`}>{office.name}</a>
              {serves.length > 0 && (
                <div class="fw-normal text-secondary">
                  {t('serves', { comuni: names(serves.map(({ name }) => name)) })}
                </div>
              )}
            </th>
            <td>
              {office.seatName} ({office.province})
            </td>
            <td class="numeric">{formatNumber(office.comuni, locale)}</td>
            <td class="numeric">{formatNumber(office.population, locale)}</td>
            <td>
              <Kind kind={office.seatKind} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function names(list: readonly string[]): string {
  const more = list.length - NAMED;
  return `${list.slice(0, NAMED).join(', ')}${more > 0 ? ` +${more}` : ''}`;
}
