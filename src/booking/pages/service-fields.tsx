import {
  Checkbox,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import { serviceStrings } from '../service-strings.ts';

interface Props {
  form: FormState;
  /** Its code is given and stays. */
  named: boolean;
}

/** All that is set of a service. */
export function ServiceFields({ form, named }: Props) {
  const t = serviceStrings(useLocale());
  const version = form.values.version;
  return (
    <>
      {typeof version === 'string' && <input type="hidden" name="version" value={version} />}
      <h2 class="h4">{t('what')}</h2>
      <TextField name="name.it" label={t('name')} form={form} maxlength={200} required />
      <TextField name="name.en" label={t('nameEn')} form={form} maxlength={200} required />
      {!named && (
        <TextField
          name="code"
          label={t('code')}
          hint={t('codeHint')}
          form={form}
          maxlength={60}
          required
        />
      )}
      <TextArea
        name="description.it"
        label={t('description')}
        form={form}
        maxlength={2000}
        rows={3}
      />
      <TextArea
        name="description.en"
        label={t('descriptionEn')}
        form={form}
        maxlength={2000}
        rows={3}
      />
      <TextArea
        name="what_to_bring.it"
        label={t('bring')}
        hint={t('linesHint')}
        form={form}
        rows={4}
      />
      <TextArea
        name="what_to_bring.en"
        label={t('bringEn')}
        hint={t('linesHint')}
        form={form}
        rows={4}
      />
      <h2 class="h4 mt-4">{t('time')}</h2>
      <Figure name="duration_minutes" label={t('duration')} form={form} min={1} max={480} />
      <TextField
        name="other_durations"
        label={t('otherDurations')}
        hint={t('otherDurationsHint')}
        form={form}
        width="narrow"
      />
      <Figure name="buffer_before_minutes" label={t('bufferBefore')} form={form} max={120} />
      <Figure
        name="buffer_minutes"
        label={t('buffer')}
        hint={t('bufferHint')}
        form={form}
        max={120}
      />
      <Figure
        name="grid_minutes"
        label={t('grid')}
        hint={t('gridHint')}
        form={form}
        min={1}
        max={480}
      />
      <RadioGroup
        name="grid_anchor"
        label={t('anchor')}
        form={form}
        options={[
          { value: 'clock', label: t('anchorClock') },
          { value: 'stretch', label: t('anchorStretch') },
        ]}
      />
      <Checkbox name="compact_starts" label={t('compact')} hint={t('compactHint')} form={form} />
      <Figure
        name="min_notice_minutes"
        label={t('notice')}
        hint={t('noticeHint')}
        form={form}
        step="any"
      />
      <Figure name="horizon_days" label={t('horizon')} form={form} min={1} max={400} />
      <h2 class="h4 mt-4">{t('who')}</h2>
      <RadioGroup
        name="audience"
        label={t('audience')}
        form={form}
        options={[
          { value: 'anyone', label: t('audienceAnyone') },
          { value: 'own_cpi', label: t('audienceOwn') },
          { value: 'invited', label: t('audienceInvited') },
          { value: 'staff', label: t('audienceStaff') },
        ]}
      />
      <Checkbox name="tax_code_required" label={t('taxCode')} form={form} />
      <Checkbox name="own_operator" label={t('ownOperator')} form={form} />
      <Figure
        name="limit.appointments"
        label={t('limit')}
        hint={t('limitHint')}
        form={form}
        min={1}
        max={100}
        optional
      />
      <Figure name="limit.days" label={t('limitDays')} form={form} min={1} max={400} optional />
      <Checkbox
        name="waiting_list"
        label={t('waitingList')}
        hint={t('waitingListHint')}
        form={form}
      />
      <Figure
        name="hold_minutes"
        label={t('hold')}
        hint={t('holdHint')}
        form={form}
        min={1}
        max={120}
      />
      <Figure
        name="release_delay_minutes"
        label={t('release')}
        hint={t('releaseHint')}
        form={form}
        step="any"
      />
      <h2 class="h4 mt-4">{t('how')}</h2>
      <SelectField
        name="mode"
        label={t('mode')}
        form={form}
        empty={false}
        options={[
          { value: 'desk', label: t('modeDesk') },
          { value: 'phone', label: t('modePhone') },
          { value: 'video', label: t('modeVideo') },
          { value: 'outreach', label: t('modeOutreach') },
        ]}
      />
      <TextField
        name="video_address"
        label={t('videoAddress')}
        hint={t('videoAddressHint')}
        form={form}
        maxlength={300}
      />
      <TextField
        name="skill"
        label={t('skill')}
        hint={t('skillHint')}
        form={form}
        maxlength={40}
        required
      />
      <TextField
        name="min_category"
        label={t('category')}
        hint={t('categoryHint')}
        form={form}
        maxlength={40}
        width="short"
        required
      />
      <Figure name="operators" label={t('operators')} form={form} min={1} max={4} />
      <TextField
        name="resource_kind"
        label={t('resource')}
        hint={t('resourceHint')}
        form={form}
        maxlength={40}
        width="narrow"
      />
      <TextField
        name="lep"
        label={t('lep')}
        hint={t('lepHint')}
        form={form}
        maxlength={10}
        width="short"
      />
      <Figure name="position" label={t('position')} form={form} max={10_000} />
      <Checkbox name="active" label={t('active')} hint={t('activeHint')} form={form} />
    </>
  );
}

function Figure(props: {
  name: string;
  label: string;
  hint?: string;
  form: FormState;
  min?: number;
  max?: number;
  step?: string;
  optional?: boolean;
}) {
  const { optional, ...field } = props;
  return (
    <TextField
      {...field}
      type="number"
      inputmode="numeric"
      min={props.min ?? 0}
      width="short"
      required={!optional}
    />
  );
}
