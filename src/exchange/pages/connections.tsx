import { z } from 'zod';
import { findOffice } from '../../booking/actions/find-office.ts';
import { authorise } from '../../identity/authorise.ts';
import { findOffices } from '../../network/actions/find-offices.ts';
import { type Call, callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { csvHeaders } from '../../platform/csv.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, Problem } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, SubmitButton, SurePostButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { formatShortDate } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { createFeedPassword } from '../actions/create-feed-password.ts';
import { exportAppointments } from '../actions/export-appointments.ts';
import { exportOutcomes } from '../actions/export-outcomes.ts';
import { listFeedPasswords } from '../actions/list-feed-passwords.ts';
import { revokeFeedPassword } from '../actions/revoke-feed-password.ts';
import { exportWindow } from '../export-window.ts';
import type { FeedPassword } from '../store/passwords.ts';
import { exchangeStrings } from '../strings.ts';
import { FEED_PATH } from './feed.ts';

export const connectionPages = createApi();

const PATH = '/operatore/collegamenti';

/** What was just done, told at the top. */
interface Told {
  readonly made?: { readonly username: string; readonly password: string };
  readonly revoked?: boolean;
  readonly passwordForm?: FormState;
  readonly exportForm?: FormState;
}

connectionPages.get(PATH, (c) => connections(c, { revoked: c.req.query('fatto') === 'revocata' }));

const passwordForm = z.object({ nome: z.string().min(1).max(60) });

connectionPages.post(`${PATH}/password`, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'operator');
  const values = await formValues(c);
  const parsed = passwordForm.safeParse(values);
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, call.locale);
    return connections(c, { passwordForm: { values, errors } });
  }
  return connections(c, { made: await createFeedPassword(call, parsed.data.nome) });
});

connectionPages.post(`${PATH}/revoca`, async (c) => {
  const parsed = z.object({ id: z.uuid() }).safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  await revokeFeedPassword(callOf(c), parsed.data.id);
  return c.redirect(`${PATH}?fatto=revocata`, 303);
});

const periodQuery = z.object({ ufficio: z.string().max(60), dal: isoDate, al: isoDate });

const FILES = { appuntamenti: exportAppointments, esiti: exportOutcomes } as const;

for (const [name, write] of Object.entries(FILES)) {
  connectionPages.get(`${PATH}/${name}.csv`, async (c) => {
    const call = callOf(c);
    authorise(call.actor, 'operator', 'administrator');
    const values = c.req.query();
    const parsed = periodQuery.safeParse(values);
    const t = exchangeStrings(call.locale);
    const badPeriod = () =>
      connections(c, { exportForm: { values, errors: { dal: t('badPeriod') } } });
    if (!parsed.success) return badPeriod();
    const { ufficio, dal, al } = parsed.data;
    const { id: officeId } = await findOffice(call, ufficio);
    try {
      const text = await write(call, { officeId, window: exportWindow(dal, al, call.locale) });
      return c.body(text, 200, csvHeaders(`${name}-${ufficio}-${dal}-${al}`));
    } catch (error) {
      if (error instanceof Problem && error.status === 422) return badPeriod();
      throw error;
    }
  });
}

async function connections(c: AppContext, told: Told) {
  const call = callOf(c);
  authorise(call.actor, 'operator', 'administrator');
  const t = exchangeStrings(call.locale);
  const own = call.actor.kind === 'operator' ? await listFeedPasswords(call) : undefined;
  const wrong = told.passwordForm ?? told.exportForm;
  return page(
    c,
    {
      title: t('connectionsTitle'),
      lead: t('connectionsLead'),
      active: 'operator',
      status: wrong ? 422 : 200,
    },
    <>
      {wrong && <ErrorSummary form={wrong} />}
      {told.revoked && (
        <Alert kind="success" live>
          {t('revoked')}
        </Alert>
      )}
      {told.made && (
        <Alert kind="success" live title={t('passwordMade')}>
          <p>{t('passwordMadeHelp')}</p>
          <DefinitionList
            items={[
              [t('username'), <code>{told.made.username}</code>],
              [t('password'), <code>{told.made.password}</code>],
            ]}
          />
        </Alert>
      )}
      {own && (
        <FeedSection
          passwords={own}
          address={`${call.config.publicUrl}${FEED_PATH}`}
          form={told.passwordForm}
        />
      )}
      {call.actor.kind === 'administrator' && (
        <p>
          <LinkButton href="/amministrazione/collegamenti" look="outline">
            {t('webhooksTitle')}
          </LinkButton>
        </p>
      )}
      <ExportSection
        offices={await ownOffices(call)}
        today={dayOf(call.clock.now())}
        form={told.exportForm}
      />
    </>,
  );
}

/** The offices whose data the reader may take out. */
async function ownOffices(call: Call) {
  const { actor } = call;
  const all = (await findOffices(call, {})).map(({ office }) => office);
  return actor.kind === 'operator' ? all.filter(({ id }) => actor.officeIds.includes(id)) : all;
}

function FeedSection(props: {
  passwords: readonly FeedPassword[];
  address: string;
  form: FormState | undefined;
}) {
  const locale = useLocale();
  const t = exchangeStrings(locale);
  const { passwords, address, form = EMPTY_FORM } = props;
  return (
    <section aria-labelledby="calendario" class="mb-5">
      <h2 id="calendario">{t('feed')}</h2>
      <p>{t('feedHelp')}</p>
      <DefinitionList items={[[t('feedAddress'), <code>{address}</code>]]} />
      {passwords.length === 0 ? (
        <EmptyState title={t('noPasswords')} icon="it-key">
          <p>{t('noPasswordsHelp')}</p>
        </EmptyState>
      ) : (
        <Table caption={t('passwords', { count: passwords.length })}>
          <thead>
            <tr>
              <th scope="col">{t('passwordName')}</th>
              <th scope="col">{t('username')}</th>
              <th scope="col">{t('created')}</th>
              <th scope="col">{t('lastUsed')}</th>
              <th scope="col">{t('actions')}</th>
            </tr>
          </thead>
          <tbody>
            {passwords.map(({ id, name, username, createdAt, lastUsedAt }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>
                  <code>{username}</code>
                </td>
                <td>{formatShortDate(createdAt, locale)}</td>
                <td>{lastUsedAt === null ? t('never') : formatShortDate(lastUsedAt, locale)}</td>
                <td>
                  <SurePostButton
                    action={`${PATH}/revoca`}
                    fields={{ id }}
                    ask={t('revoke')}
                    sure={t('revokeSure')}
                    about={name}
                    small
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <form method="post" action={`${PATH}/password`} class="form-block">
        <TextField
          name="nome"
          label={t('passwordName')}
          hint={t('passwordNameHint')}
          form={form}
          maxlength={60}
          required
        />
        <SubmitButton icon="it-key">{t('createPassword')}</SubmitButton>
      </form>
    </section>
  );
}

function ExportSection(props: {
  offices: readonly { readonly code: string; readonly name: string }[];
  today: string;
  form: FormState | undefined;
}) {
  const t = exchangeStrings(useLocale());
  const { offices, today, form = EMPTY_FORM } = props;
  return (
    <section aria-labelledby="file">
      <h2 id="file">{t('exports')}</h2>
      <p>{t('exportsHelp')}</p>
      <form method="get" action={`${PATH}/appuntamenti.csv`} class="form-block">
        <SelectField
          name="ufficio"
          label={t('office')}
          form={form}
          value={offices[0]?.code}
          options={offices.map(({ code, name }) => ({ value: code, label: name }))}
          empty={false}
        />
        <div class="field-row">
          <TextField name="dal" label={t('from')} type="date" form={form} value={today} required />
          <TextField name="al" label={t('to')} type="date" form={form} value={today} required />
        </div>
        <div class="actions">
          <SubmitButton icon="it-file-csv">{t('downloadAppointments')}</SubmitButton>
          <SubmitButton look="outline" icon="it-file-csv" formaction={`${PATH}/esiti.csv`}>
            {t('downloadOutcomes')}
          </SubmitButton>
        </div>
      </form>
    </section>
  );
}
