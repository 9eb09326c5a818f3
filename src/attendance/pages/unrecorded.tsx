import { z } from 'zod';
import { recordOutcome } from '../../booking/actions/record-outcome.ts';
import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { malformed } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findDeskOffice } from '../actions/find-desk-office.ts';
import { listUnrecorded, type ToRecord } from '../actions/list-unrecorded.ts';
import { recordAbsences } from '../actions/record-absences.ts';
import { revokeUnreceived } from '../actions/revoke-unreceived.ts';
import { absenceStrings } from '../desk-strings.ts';

export const unrecordedPages = createApi();

const PATH = '/operatore/esiti';

unrecordedPages.get(PATH, async (c) => {
  const call = callOf(c);
  const office = await findDeskOffice(callOf(c), c.req.query('ufficio'));
  const list = await listUnrecorded(call, office.id);
  const t = absenceStrings(call.locale);
  const count = (name: string) => {
    const value = Number(c.req.query(name));
    return Number.isInteger(value) && value > 0 && value <= 500 ? value : 0;
  };
  const back = `${PATH}?ufficio=${office.code}`;
  return page(
    c,
    {
      title: t('toRecord'),
      lead: `${office.name}. ${t('toRecordLead')}`,
      active: 'operator',
      wide: true,
    },
    <>
      {count('registrati') > 0 && (
        <Alert kind="success" live>
          {t('recorded', { count: count('registrati') })}
        </Alert>
      )}
      {count('rifiutati') > 0 && (
        <Alert kind="warning" live>
          {t('notRecorded', { count: count('rifiutati') })}
        </Alert>
      )}
      {list.length === 0 ? (
        <EmptyState title={t('nothingToRecord')} icon="it-check">
          <p>{t('nothingToRecordHelp')}</p>
          <LinkButton href="/operatore/giustificazioni">{t('inbox')}</LinkButton>
        </EmptyState>
      ) : (
        <>
          <form id="assenti" method="post" action={PATH}>
            <input type="hidden" name="ritorno" value={office.code} />
          </form>
          <ToRecordTable list={list} back={office.code} caption={t('toRecord')} />
          <div class="actions mt-3">
            <button type="submit" form="assenti" class="btn btn-primary">
              {t('markAbsent')}
            </button>
            <LinkButton look="plain" href={back}>
              {t('toRecord')}
            </LinkButton>
          </div>
        </>
      )}
    </>,
  );
});

function ToRecordTable(props: { list: readonly ToRecord[]; back: string; caption: string }) {
  const locale = useLocale();
  const t = absenceStrings(locale);
  return (
    <Table caption={props.caption}>
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('appointment')}</th>
          <th scope="col">{t('operator')}</th>
          <th scope="col">{t('proposal')}</th>
          <th scope="col">{t('decide')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map((one) => (
          <tr>
            <th scope="row">
              {one.familyName ?? '—'} {one.givenName}
            </th>
            <td>
              {formatDateTime(one.startsAt, locale)}
              <div class="text-secondary">{one.serviceName[locale]}</div>
            </td>
            <td>{one.operatorName}</td>
            <td>
              {one.proposal === 'absent' ? (
                <label>
                  <input type="checkbox" form="assenti" name="assente" value={one.id} checked />{' '}
                  {t('proposal_absent')}
                  <span class="visually-hidden">: {one.familyName}</span>
                </label>
              ) : (
                <Tag tone="warning">{t(`proposal_${one.proposal}`)}</Tag>
              )}
            </td>
            <td>
              <Others one={one} back={props.back} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Others({ one, back }: { one: ToRecord; back: string }) {
  const t = absenceStrings(useLocale());
  const outcomes =
    one.proposal === 'revoke'
      ? ([['revoke', t('revoke')]] as const)
      : ([
          ['seen', t('seen')],
          ['late', t('cameLate')],
        ] as const);
  return (
    <div class="actions actions-tight">
      {outcomes.map(([outcome, label]) => (
        <PostButton
          action={`${PATH}/uno`}
          fields={{ id: one.id, esito: outcome, ritorno: back }}
          look="outline"
          small
        >
          {label}
          <span class="visually-hidden">: {one.familyName}</span>
        </PostButton>
      ))}
    </div>
  );
}

const code = z
  .string()
  .max(60)
  .regex(/^[a-z0-9-]+$/);
const confirmForm = z.object({
  assente: z
    .union([uuid.transform((one) => [one]), z.array(uuid).max(500)])
    .optional()
    .default([]),
  ritorno: code,
});

unrecordedPages.post(PATH, async (c) => {
  const parsed = confirmForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { recorded, refused } = await recordAbsences(callOf(c), parsed.data.assente);
  const query = new URLSearchParams({
    ufficio: parsed.data.ritorno,
    registrati: String(recorded),
    rifiutati: String(refused.length),
  });
  return c.redirect(`${PATH}?${query}`, 303);
});

const oneForm = z.object({ id: uuid, esito: z.enum(['seen', 'late', 'revoke']), ritorno: code });

unrecordedPages.post(`${PATH}/uno`, async (c) => {
  const parsed = oneForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, esito, ritorno } = parsed.data;
  if (esito === 'revoke') await revokeUnreceived(callOf(c), id);
  else await recordOutcome(callOf(c), { id, outcome: esito });
  return c.redirect(`${PATH}?ufficio=${ritorno}`, 303);
});
