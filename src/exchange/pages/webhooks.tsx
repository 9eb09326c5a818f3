import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, notFound, Problem } from '../../platform/problem.ts';
import { email, isoDate } from '../../reference/fields.ts';
import {
  LinkButton,
  PostButton,
  SubmitButton,
  SurePostButton,
} from '../../web/components/buttons.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { CheckboxGroup, ErrorSummary, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { changeEndpoint } from '../actions/change-endpoint.ts';
import {
  listDeliveries,
  listWebhookEndpoints,
  readWebhookEndpoint,
} from '../actions/list-endpoints.ts';
import { registerEndpoint } from '../actions/register-endpoint.ts';
import { removeEndpoint } from '../actions/remove-endpoint.ts';
import { replayDeliveries } from '../actions/replay-deliveries.ts';
import { rotateSecret } from '../actions/rotate-secret.ts';
import { exportWindow } from '../export-window.ts';
import { EVENT_KINDS } from '../rules/events.ts';
import type { WebhookEndpoint } from '../store/webhooks.ts';
import { exchangeStrings } from '../strings.ts';
import { Deliveries, State } from './webhook-parts.tsx';

export const webhookPages = createApi();

const PATH = '/amministrazione/collegamenti';
const ONE = `${PATH}/:id{[0-9a-f-]{36}}`;
const SHOWN = 50;

/** A secret that was just made: shown this once. */
interface Shown {
  readonly title: string;
  readonly help: string;
  readonly secret: string;
}

webhookPages.get(PATH, (c) => endpointsPage(c, {}));

const endpointForm = z.object({
  indirizzo: z.url().max(500),
  contatto: email,
  eventi: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : (value ?? [])),
    z.array(z.enum(EVENT_KINDS)).min(1),
  ),
});

webhookPages.post(PATH, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'administrator');
  const t = exchangeStrings(call.locale);
  const values = await formValues(c);
  const parsed = endpointForm.safeParse(values);
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, call.locale);
    return endpointsPage(c, { form: { values, errors } });
  }
  const { indirizzo, contatto, eventi } = parsed.data;
  try {
    const details = { url: indirizzo, contactEmail: contatto, kinds: eventi };
    const { secret } = await registerEndpoint(call, details);
    return endpointsPage(c, {
      shown: { title: t('registered'), help: t('secretHelp'), secret },
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return endpointsPage(c, { form: { values, errors: { indirizzo: t('refused') } } });
  }
});

webhookPages.get(ONE, (c) => endpointPage(c, {}));

const CHANGES = {
  spegni: { active: false },
  accendi: { active: true },
} as const;

webhookPages.post(`${ONE}/:azione`, async (c) => {
  const call = callOf(c);
  const t = exchangeStrings(call.locale);
  const { id, azione } = c.req.param();
  if (azione === 'spegni' || azione === 'accendi') {
    await changeEndpoint(call, id, CHANGES[azione]);
    return c.redirect(`${PATH}/${id}`, 303);
  }
  if (azione === 'elimina') {
    await removeEndpoint(call, id);
    return c.redirect(PATH, 303);
  }
  if (azione === 'segreto') {
    const { secret } = await rotateSecret(call, id);
    return endpointPage(c, { shown: { title: t('rotated'), help: t('rotatedHelp'), secret } });
  }
  if (azione !== 'ripeti') throw notFound();
  const values = await formValues(c);
  const one = z.object({ evento: z.uuid() }).safeParse(values);
  if (one.success) {
    return endpointPage(c, {
      replayed: await replayDeliveries(call, id, { eventId: one.data.evento }),
    });
  }
  const days = z.object({ dal: isoDate, al: isoDate }).safeParse(values);
  if (!days.success) throw malformed();
  const period = exportWindow(days.data.dal, days.data.al, c.get('locale'));
  return endpointPage(c, { replayed: await replayDeliveries(call, id, { period }) });
});

async function endpointsPage(c: AppContext, told: { form?: FormState; shown?: Shown }) {
  const call = callOf(c);
  const endpoints = await listWebhookEndpoints(call);
  const t = exchangeStrings(call.locale);
  const { form = EMPTY_FORM } = told;
  return page(
    c,
    { title: t('webhooksTitle'), lead: t('webhooksLead'), status: told.form ? 422 : 200 },
    <>
      <ErrorSummary form={form} />
      {told.shown && <Secret {...told.shown} />}
      {endpoints.length === 0 ? (
        <EmptyState title={t('noEndpoints')} icon="it-exchange-circle">
          <p>{t('noEndpointsHelp')}</p>
        </EmptyState>
      ) : (
        <Endpoints list={endpoints} />
      )}
      <form method="post" action={PATH} class="form-block">
        <h2>{t('newEndpoint')}</h2>
        <TextField name="indirizzo" label={t('url')} form={form} maxlength={500} required />
        <TextField
          name="contatto"
          label={t('contact')}
          hint={t('contactHint')}
          type="email"
          form={form}
          required
        />
        <CheckboxGroup
          name="eventi"
          label={t('kinds')}
          form={form}
          required
          options={EVENT_KINDS.map((kind) => ({ value: kind, label: kind }))}
        />
        <SubmitButton>{t('register')}</SubmitButton>
      </form>
    </>,
  );
}

async function endpointPage(c: AppContext, told: { shown?: Shown; replayed?: number }) {
  const call = callOf(c);
  const id = c.req.param('id') ?? '';
  const endpoint = await readWebhookEndpoint(call, id);
  const deliveries = await listDeliveries(call, id, { limit: SHOWN });
  const t = exchangeStrings(call.locale);
  const address = `${PATH}/${id}`;
  return page(
    c,
    {
      title: t('log'),
      lead: endpoint.url,
      wide: true,
      breadcrumbs: [{ label: t('webhooksTitle'), href: PATH }, { label: t('log') }],
    },
    <>
      {told.shown && <Secret {...told.shown} />}
      {told.replayed !== undefined && (
        <Alert kind="success" live>
          {t('replayed', { count: told.replayed })}
        </Alert>
      )}
      <p>
        <State endpoint={endpoint} /> {endpoint.kinds.join(', ')}
      </p>
      <div class="actions mb-4">
        <PostButton action={`${address}/segreto`} look="outline" small>
          {t('rotate')}
        </PostButton>
        <PostButton
          action={`${address}/${endpoint.active ? 'spegni' : 'accendi'}`}
          look="outline"
          small
        >
          {t(endpoint.active ? 'switchOff' : 'switchOn')}
        </PostButton>
        <SurePostButton
          action={`${address}/elimina`}
          ask={t('remove')}
          sure={t('removeSure')}
          small
        />
        <LinkButton href={PATH} look="plain" small>
          {t('back')}
        </LinkButton>
      </div>
      {deliveries.length === 0 ? (
        <EmptyState title={t('noDeliveries')}>
          <p>{t('noDeliveriesHelp')}</p>
        </EmptyState>
      ) : (
        <Deliveries list={deliveries} action={`${address}/ripeti`} />
      )}
      <form method="post" action={`${address}/ripeti`} class="form-block">
        <h2>{t('replayPeriod')}</h2>
        <p>{t('replayHelp')}</p>
        <div class="field-row">
          <TextField name="dal" label={t('from')} type="date" required />
          <TextField name="al" label={t('to')} type="date" required />
        </div>
        <SubmitButton look="outline" icon="it-refresh">
          {t('replay')}
        </SubmitButton>
      </form>
    </>,
  );
}

function Secret({ title, help, secret }: Shown) {
  return (
    <Alert kind="success" live title={title}>
      <p>{help}</p>
      <p>
        <code>{secret}</code>
      </p>
    </Alert>
  );
}

function Endpoints({ list }: { list: readonly WebhookEndpoint[] }) {
  const t = exchangeStrings(useLocale());
  return (
    <Table caption={t('endpoints', { count: list.length })}>
      <thead>
        <tr>
          <th scope="col">{t('url')}</th>
          <th scope="col">{t('kinds')}</th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((endpoint) => (
          <tr>
            <th scope="row">
              <a href={`${PATH}/${endpoint.id}`}>{endpoint.url}</a>
            </th>
            <td>{endpoint.kinds.join(', ')}</td>
            <td>
              <State endpoint={endpoint} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
