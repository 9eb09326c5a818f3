import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { DAY, dayOf } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { isoDate, uuid } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import {
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  SelectField,
  TextArea,
  TextField,
} from '../../web/components/fields.tsx';
import { Stepper } from '../../web/components/stepper.tsx';
import { errorsByField, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { listChoices } from '../actions/list-choices.ts';
import { readCampaign } from '../actions/read-campaign.ts';
import { type CampaignPlan, saveCampaign } from '../actions/save-campaign.ts';
import { campaignNotDraft } from '../problems.ts';
import { CHANNELS, FORMATS } from '../rules/kinds.ts';
import { NOTICE_DAYS, TERM_DAYS } from '../rules/terms.ts';
import type { Campaign } from '../store/campaigns.ts';
import { deskStrings } from '../strings.ts';
import { HOME } from './parts.tsx';

export const campaignFormPages = createApi();

/** Days that a new campaign's window spans unless changed. Ours. */
const USUAL_WINDOW = 28;

campaignFormPages.get(`${HOME}/nuova`, (c) => {
  const today = c.get('services').clock.now();
  return formPage(c, undefined, {
    values: {
      opens_on: dayOf(today + DAY),
      closes_on: dayOf(today + USUAL_WINDOW * DAY),
      format: 'email',
      wave_days: '7',
      convocation_channel: 'registered',
      term_days: String(TERM_DAYS),
      notice_days: String(NOTICE_DAYS),
    },
    errors: {},
  });
});

campaignFormPages.post(`${HOME}/nuova`, (c) => save(c, undefined));

campaignFormPages.get(`${HOME}/:id/modifica`, async (c) => {
  const campaign = await draft(c);
  return formPage(c, campaign, { values: valuesOf(campaign), errors: {} });
});

campaignFormPages.post(`${HOME}/:id/modifica`, async (c) => save(c, await draft(c)));

async function draft(c: AppContext): Promise<Campaign> {
  const id = uuid.safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  const { campaign } = await readCampaign(callOf(c), id.data);
  if (campaign.state !== 'draft') throw campaignNotDraft();
  return campaign;
}

function valuesOf(one: Campaign): FormState['values'] {
  return {
    title: one.title,
    service_id: one.service.id,
    office_ids: one.offices.map(({ id }) => id),
    opens_on: one.opensOn,
    closes_on: one.closesOn,
    format: one.format,
    template: one.template,
    wave_size: one.waveSize === undefined ? '' : String(one.waveSize),
    wave_days: String(one.waveDays),
    convokes: one.convokes ? 'si' : undefined,
    convocation_channel: one.convocationChannel,
    term_days: String(one.termDays),
    notice_days: String(one.noticeDays),
    version: String(one.version),
  };
}

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const several = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : (value ?? [])),
  z.array(uuid).min(1).max(100),
);

const planForm = z.object({
  title: z.string().min(1).max(120),
  service_id: uuid,
  office_ids: several,
  opens_on: isoDate,
  closes_on: isoDate,
  format: z.enum(FORMATS),
  template: z.string().max(2000).default(''),
  wave_size: z.preprocess(
    (value) => (value === '' ? undefined : value),
    whole(1, 100_000).optional(),
  ),
  wave_days: whole(1, 90),
  convokes: z.string().optional(),
  convocation_channel: z.enum(CHANNELS),
  term_days: whole(1, 365),
  notice_days: whole(1, 60),
  version: whole(1, 1_000_000).optional(),
});

function toPlan(form: z.infer<typeof planForm>): CampaignPlan {
  return {
    title: form.title,
    serviceId: form.service_id,
    officeIds: form.office_ids,
    opensOn: form.opens_on,
    closesOn: form.closes_on,
    format: form.format,
    template: form.template,
    waveSize: form.wave_size,
    waveDays: form.wave_days,
    convokes: form.convokes !== undefined,
    convocationChannel: form.convocation_channel,
    termDays: form.term_days,
    noticeDays: form.notice_days,
  };
}

async function save(c: AppContext, existing: Campaign | undefined) {
  const values = await formValues(c);
  const parsed = planForm.safeParse(values);
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, c.get('locale'));
    return formPage(c, existing, { values, errors }, 422);
  }
  try {
    const before = existing && {
      id: existing.id,
      version: parsed.data.version ?? existing.version,
    };
    const saved = await saveCampaign(callOf(c), toPlan(parsed.data), before);
    return c.redirect(`${HOME}/${saved.id}`, 303);
  } catch (error) {
    if (!(error instanceof Problem && error.kind.slug === 'invalid-request')) throw error;
    return formPage(c, existing, { values, errors: errorsByField(error.extra.errors ?? []) }, 422);
  }
}

async function formPage(
  c: AppContext,
  existing: Campaign | undefined,
  form: FormState,
  status: 200 | 422 = 200,
) {
  const call = callOf(c);
  const { locale } = call;
  const t = deskStrings(locale);
  const { services, offices } = await listChoices(call);
  const title = existing ? t('formChange') : t('formTitle');
  const only = offices.length === 1 ? offices[0]?.id : undefined;
  return page(
    c,
    {
      title,
      lead: t('formLead'),
      active: 'operator',
      status,
      breadcrumbs: [{ label: t('title'), href: HOME }, { label: title }],
    },
    <>
      <Stepper steps={[t('step1'), t('step2'), t('step3')]} current={1} />
      <form
        method="post"
        action={existing ? `${HOME}/${existing.id}/modifica` : `${HOME}/nuova`}
        class="form-block"
        novalidate
      >
        <ErrorSummary form={form} />
        {existing && <input type="hidden" name="version" value={form.values.version as string} />}
        <TextField
          name="title"
          label={t('name')}
          hint={t('nameHint')}
          required
          form={form}
          maxlength={120}
        />
        <SelectField
          name="service_id"
          label={t('service')}
          required
          form={form}
          options={services.map(({ id, name }) => ({ value: id, label: name[locale] }))}
        />
        <CheckboxGroup
          name="office_ids"
          label={t('offices')}
          required
          form={form}
          value={only}
          options={offices.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <div class="field-row">
          <TextField
            name="opens_on"
            type="date"
            label={t('opensOn')}
            required
            form={form}
            width="narrow"
          />
          <TextField
            name="closes_on"
            type="date"
            label={t('closesOn')}
            hint={t('closesHint')}
            required
            form={form}
            width="narrow"
          />
        </div>
        <SelectField
          name="format"
          label={t('format')}
          required
          empty={false}
          form={form}
          options={FORMATS.map((value) => ({ value, label: t(`format_${value}`) }))}
        />
        <TextArea
          name="template"
          label={t('template')}
          hint={t('templateHint')}
          form={form}
          maxlength={2000}
        />
        <div class="field-row">
          <TextField
            name="wave_size"
            type="number"
            min={1}
            label={t('waveSize')}
            hint={t('waveHint')}
            form={form}
            width="short"
          />
          <TextField
            name="wave_days"
            type="number"
            min={1}
            max={90}
            label={t('waveDays')}
            required
            form={form}
            width="short"
          />
        </div>
        <Checkbox name="convokes" label={t('convokes')} form={form} />
        <SelectField
          name="convocation_channel"
          label={t('channel')}
          hint={t('channelHint')}
          required
          empty={false}
          form={form}
          options={CHANNELS.map((value) => ({ value, label: t(`format_${value}`) }))}
        />
        <div class="field-row">
          <TextField
            name="term_days"
            type="number"
            min={1}
            max={365}
            label={t('termDays')}
            hint={t('termHint')}
            required
            form={form}
            width="short"
          />
          <TextField
            name="notice_days"
            type="number"
            min={1}
            max={60}
            label={t('noticeDays')}
            required
            form={form}
            width="short"
          />
        </div>
        <div class="actions">
          <SubmitButton>{t('save')}</SubmitButton>
          <LinkButton look="plain" href={existing ? `${HOME}/${existing.id}` : HOME}>
            {t('title')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
}
