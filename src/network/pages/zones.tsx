import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { TextField } from '../../web/components/fields.tsx';
import { Table } from '../../web/components/table.tsx';
import { page } from '../../web/layout.tsx';
import { listStreetZones } from '../actions/list-street-zones.ts';
import { networkStrings } from '../strings.ts';

/** Streets shown at once. */
const SHOWN = 300;

export const zonesPages = createApi();

zonesPages.get('/pianificazione/vie', async (c) => {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const text = (c.req.query('cerca') ?? '').trim().slice(0, 100);
  const zones = await listStreetZones(call, text, SHOWN);
  return page(
    c,
    { title: t('zonesTitle'), lead: t('zonesLead'), wide: true },
    <>
      <form method="get" action="/pianificazione/vie" class="form-block">
        <TextField
          name="cerca"
          type="search"
          label={t('zonesSearch')}
          value={text}
          maxlength={100}
        />
        <SubmitButton icon="it-search">{t('search')}</SubmitButton>
      </form>
      {zones.length === 0 ? (
        <EmptyState title={t('zonesNone')} icon="it-search">
          <p>{t('zonesNoneHelp')}</p>
          {call.actor.kind === 'administrator' && (
            <LinkButton look="outline" href="/amministrazione/importa">
              {t('importTitle')}
            </LinkButton>
          )}
        </EmptyState>
      ) : (
        <Table caption={t('zonesTitle')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('comune')}</th>
              <th scope="col">{t('street')}</th>
              <th scope="col">{t('numbers')}</th>
              <th scope="col">{t('office')}</th>
            </tr>
          </thead>
          <tbody>
            {zones.map((zone) => (
              <tr>
                <td>{zone.comuneName}</td>
                <th scope="row">{zone.name}</th>
                <td>
                  {zone.numberTo === null
                    ? t('numbersFrom', { from: zone.numberFrom })
                    : `${zone.numberFrom}–${zone.numberTo}`}{' '}
                  {t(`side_${zone.side}`)}
                </td>
                <td>
                  <a href={`/uffici/${zone.officeCode}`}>{zone.officeName}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </>,
  );
});
