import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, Problem } from '../../platform/problem.ts';
import { isoDate, uuid } from '../../reference/fields.ts';
import { SubmitButton, SurePostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextArea, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import {
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  zodErrors,
} from '../../web/form.ts';
import { formatDate, formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import {
  confirmReading,
  listReadingHistory,
  listReadings,
  readingRegions,
  withdrawReading,
  writeReading,
} from '../actions/channel-readings.ts';
import { deliveryStrings } from '../delivery-strings.ts';
import { type ChannelReading, USUAL_READING } from '../rules/channels.ts';
import { CHANNELS } from '../rules/kinds.ts';
import type { OwnReading } from '../store/readings.ts';
import { deskStrings } from '../strings.ts';
import { HOME } from './parts.tsx';

const PATH = '/amministrazione/canali';

export const channelReadingPages = createApi();

channelReadingPages.get(PATH, (c) => readingsPage(c, c.req.query('regione'), EMPTY_FORM));

/** One source stands behind all the usual readings: it is shown once, below the table. */
const [{ source: words, sourceDate: day } = { source: '', sourceDate: '' }] = USUAL_READING;
const USUAL_SOURCE = { words, day };

const DONE = ['written', 'confirmed', 'withdrawnDone'] as const;

async function readingsPage(
  c: AppContext,
  asked: string | undefined,
  form: FormState,
  status: 200 | 422 = 200,
) {
  const call = callOf(c);
  const t = deliveryStrings(call.locale);
  const regions = await readingRegions(call);
  const region = regions.find((one) => one === asked) ?? regions[0];
  const done = DONE.find((one) => one === c.req.query('fatto'));
  const history = region === undefined ? [] : await listReadingHistory(call, region);
  return page(
    c,
    {
      title: t('readings'),
      lead: t('readingsLead'),
      active: 'operator',
      wide: true,
      status,
      breadcrumbs: [
        { label: deskStrings(call.locale)('title'), href: HOME },
        { label: t('readings') },
      ],
    },
    region === undefined ? (
      <EmptyState title={t('noRegions')}>
        <p>{t('noRegionsHelp')}</p>
      </EmptyState>
    ) : (
      <>
        <ErrorSummary form={form} />
        {done && (
          <Alert kind="success" live>
            {t(done)}
          </Alert>
        )}
        {regions.length > 1 && <RegionChoice regions={regions} region={region} />}
        <p>{t('readingsHelp')}</p>
        <h2>
          {region}: {t('inForce')}
        </h2>
        <Readings list={await listReadings(call, region)} caption={t('inForce')} />
        <p class="text-secondary">
          {t('usualSource', { day: formatDay(USUAL_SOURCE.day, call.locale) })} {USUAL_SOURCE.words}
        </p>
        {call.actor.kind === 'administrator' && (
          <div class="two-columns no-print">
            <WriteForm region={region} form={form} today={dayOf(call.clock.now())} />
            <ConfirmForm region={region} form={form} history={history} />
          </div>
        )}
        <h2>{t('history')}</h2>
        {history.length === 0 ? (
          <p>{t('historyEmpty')}</p>
        ) : (
          <Readings
            list={history}
            caption={t('history')}
            withdraws={call.actor.kind === 'administrator'}
          />
        )}
      </>
    ),
  );
}

function RegionChoice({ regions, region }: { regions: readonly string[]; region: string }) {
  const t = deliveryStrings(useLocale());
  return (
    <form method="get" action={PATH} class="form-block">
      <SelectField
        name="regione"
        label={t('region')}
        value={region}
        submits
        options={regions.map((value) => ({ value, label: value }))}
      />
      <SubmitButton look="outline">{t('show')}</SubmitButton>
    </form>
  );
}

function Readings(props: {
  list: readonly (ChannelReading | OwnReading)[];
  caption: string;
  withdraws?: boolean;
}) {
  const locale = useLocale();
  const t = deliveryStrings(locale);
  const formats = deskStrings(locale);
  return (
    <Table caption={props.caption} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('channel')}</th>
          <th scope="col">{t('canSustain')}</th>
          <th scope="col">{t('validity')}</th>
          <th scope="col">{t('source')}</th>
          <th scope="col">{t('checked')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map((one) => (
          <tr>
            <th scope="row">{formats(`format_${one.channel}`)}</th>
            <td>{t(one.formal ? (one.needsProof ? 'formalProof' : 'formal') : 'informal')}</td>
            <td>{validity(one, locale)}</td>
            <td>
              {'id' in one ? `${one.source} (${formatDay(one.sourceDate, locale)})` : t('usual')}
            </td>
            <td>
              <Check one={one} />
              {props.withdraws && 'id' in one && one.withdrawnAt === undefined && (
                <SurePostButton
                  action={`${PATH}/ritira`}
                  fields={{ id: one.id }}
                  ask={t('withdraw')}
                  sure={t('withdrawSure')}
                  about={formats(`format_${one.channel}`)}
                  small
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function validity(one: ChannelReading, locale: 'it' | 'en'): string {
  const t = deliveryStrings(locale);
  if (one.validFrom === undefined) return t('always');
  const from = formatDay(one.validFrom, locale);
  return one.validUntil === undefined
    ? t('from', { from })
    : t('fromTo', { from, until: formatDay(one.validUntil, locale) });
}

function Check({ one }: { one: ChannelReading | OwnReading }) {
  const locale = useLocale();
  const t = deliveryStrings(locale);
  if ('id' in one && one.withdrawnAt !== undefined) return <Tag>{t('withdrawn')}</Tag>;
  if (!('id' in one) || one.confirmedAt === undefined)
    return <Tag tone="warning">{t('unverified')}</Tag>;
  return (
    <>
      {t('confirmedBy', {
        who: one.confirmedBy ?? '',
        day: formatDate(one.confirmedAt, locale),
        ground: one.confirmation ?? '',
      })}
    </>
  );
}

const WHAT = ['none', 'formal', 'proof'] as const;

function WriteForm(props: { region: string; form: FormState; today: string }) {
  const locale = useLocale();
  const t = deliveryStrings(locale);
  const formats = deskStrings(locale);
  const { form } = props;
  return (
    <form method="post" action={PATH} class="form-block" novalidate>
      <h2>{t('write')}</h2>
      <p>{t('writeHelp')}</p>
      <input type="hidden" name="region" value={props.region} />
      <SelectField
        name="channel"
        label={t('channel')}
        required
        form={form}
        options={CHANNELS.map((value) => ({ value, label: formats(`format_${value}`) }))}
      />
      <SelectField
        name="what"
        label={t('sustains')}
        required
        form={form}
        options={WHAT.map((value) => ({ value, label: t(`what_${value}`) }))}
      />
      <div class="field-row">
        <TextField
          name="valid_from"
          type="date"
          label={t('validFrom')}
          required
          form={form}
          value={props.today}
        />
        <TextField
          name="valid_until"
          type="date"
          label={t('validUntil')}
          hint={t('validUntilHint')}
          form={form}
        />
      </div>
      <TextArea
        name="source"
        label={t('source')}
        hint={t('sourceHint')}
        required
        form={form}
        maxlength={500}
        rows={3}
      />
      <TextField name="source_date" type="date" label={t('sourceDate')} required form={form} />
      <SubmitButton>{t('save')}</SubmitButton>
    </form>
  );
}

function ConfirmForm(props: { region: string; form: FormState; history: readonly OwnReading[] }) {
  const locale = useLocale();
  const t = deliveryStrings(locale);
  const formats = deskStrings(locale);
  const open = props.history.filter((one) => !one.verified && one.withdrawnAt === undefined);
  if (open.length === 0) return <div />;
  return (
    <form method="post" action={`${PATH}/conferma`} class="form-block" novalidate>
      <h2>{t('confirm')}</h2>
      <p>{t('confirmHelp')}</p>
      <input type="hidden" name="region" value={props.region} />
      <SelectField
        name="id"
        label={t('which')}
        required
        form={props.form}
        options={open.map((one) => ({
          value: one.id,
          label: `${formats(`format_${one.channel}`)}, ${validity(one, locale)}`,
        }))}
      />
      <TextArea
        name="ground"
        label={t('ground')}
        hint={t('groundHint')}
        required
        form={props.form}
        maxlength={500}
        rows={3}
      />
      <SubmitButton look="outline">{t('confirm')}</SubmitButton>
    </form>
  );
}

const optional = (value: unknown) => (value === '' ? undefined : value);

const writeForm = z.object({
  region: z.string().min(1).max(60),
  channel: z.enum(CHANNELS),
  what: z.enum(WHAT),
  valid_from: isoDate,
  valid_until: z.preprocess(optional, isoDate.optional()),
  source: z.string().min(1).max(500),
  source_date: isoDate,
});

channelReadingPages.post(PATH, (c) =>
  settle(c, writeForm, 'written', async (data) => {
    await writeReading(callOf(c), data.region, {
      channel: data.channel,
      formal: data.what !== 'none',
      needsProof: data.what === 'proof',
      source: data.source,
      sourceDate: data.source_date,
      validFrom: data.valid_from,
      validUntil: data.valid_until,
    });
    return data.region;
  }),
);

const confirmForm = z.object({
  region: z.string().min(1).max(60),
  id: uuid,
  ground: z.string().min(1).max(500),
});

channelReadingPages.post(`${PATH}/conferma`, (c) =>
  settle(c, confirmForm, 'confirmed', async ({ region, id, ground }) => {
    await confirmReading(callOf(c), id, ground);
    return region;
  }),
);

channelReadingPages.post(`${PATH}/ritira`, async (c) => {
  const id = uuid.safeParse((await formValues(c)).id);
  if (!id.success) throw malformed();
  await withdrawReading(callOf(c), id.data);
  return c.redirect(`${PATH}?fatto=withdrawnDone`, 303);
});

/** Does it and shows the region’s readings; what was typed wrong is said beside the field. */
async function settle<S extends z.ZodType>(
  c: AppContext,
  schema: S,
  done: (typeof DONE)[number],
  act: (data: z.output<S>) => Promise<string>,
) {
  const values = await formValues(c);
  const parsed = schema.safeParse(values);
  const region = typeof values.region === 'string' ? values.region : undefined;
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, c.get('locale'));
    return readingsPage(c, region, { values, errors }, 422);
  }
  try {
    const query = new URLSearchParams({ regione: await act(parsed.data), fatto: done });
    return c.redirect(`${PATH}?${query}`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    const errors = errorsByField(error.extra.errors ?? []);
    return readingsPage(c, region, { values, errors }, 422);
  }
}
