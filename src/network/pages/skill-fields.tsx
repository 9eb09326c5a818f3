import type { Locale } from '../../platform/locale.ts';
import { Checkbox, CheckboxGroup, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import type { OpeningLimits } from '../rules/openings.ts';
import { skillByCode } from '../rules/skills.ts';
import type { StaffMember } from '../staff-store.ts';
import { networkStrings } from '../strings.ts';

/** What an operator can do and speaks, and whether they receive by appointment. */
export function SkillFields(props: {
  form: FormState;
  member: Pick<StaffMember, 'skills' | 'languages' | 'bookable'>;
}) {
  const t = networkStrings(useLocale());
  const { form, member } = props;
  return (
    <>
      <Skills form={form} label={t('skills')} skills={member.skills} />
      <TextField
        name="languages"
        label={t('spoken')}
        hint={t('spokenHint')}
        form={form}
        value={member.languages.join(' ')}
        maxlength={60}
        required
      />
      <Checkbox name="bookable" label={t('receives')} checked={member.bookable} />
    </>
  );
}

/** Skills to be ticked, and a line for codes of the administration's own. */
function Skills(props: {
  form: FormState;
  label: string;
  hint?: string;
  skills: readonly string[];
}) {
  const locale = useLocale();
  const t = networkStrings(locale);
  const { form, skills } = props;
  return (
    <>
      <CheckboxGroup
        name="skills"
        label={props.label}
        hint={props.hint}
        form={{ ...form, values: { skills: [...skills], ...form.values } }}
        options={[...skillByCode.values()].map(({ code, name }) => ({
          value: code,
          label: name[locale],
        }))}
      />
      <TextField
        name="other_skills"
        label={t('otherSkills')}
        hint={t('wordsHint')}
        form={form}
        value={skills.filter((code) => !skillByCode.has(code)).join(' ')}
        maxlength={1300}
      />
    </>
  );
}

/** What an opening is not for: services by their skill, and the public. */
export function LimitFields(props: { form: FormState; limits: OpeningLimits | undefined }) {
  const t = networkStrings(useLocale());
  const { form, limits } = props;
  const hours = limits?.publicHoursBefore;
  return (
    <details
      class="more"
      open={
        limits !== undefined || ['skills', 'public_hours_before'].some((name) => form.errors[name])
      }
    >
      <summary class="more-head">{t('limits')}</summary>
      <Skills
        form={form}
        label={t('onlySkills')}
        hint={t('onlySkillsHint')}
        skills={limits?.skills ?? []}
      />
      <Checkbox
        name="staff_only"
        label={t('staffOnly')}
        hint={t('staffOnlyHint')}
        form={form}
        checked={limits?.staffOnly ?? false}
      />
      <TextField
        name="public_hours_before"
        label={t('publicHours')}
        hint={t('publicHoursHint')}
        type="number"
        min={0}
        max={2000}
        form={form}
        value={hours === undefined ? undefined : String(hours)}
        width="short"
      />
    </details>
  );
}

/** What an opening is not for, in words; nothing when it is for all. */
export function limitWords(limits: OpeningLimits, locale: Locale): string {
  const t = networkStrings(locale);
  const names = limits.skills?.map((code) => skillByCode.get(code)?.name[locale] ?? code);
  const hours = limits.publicHoursBefore;
  return [
    names && t('onlyFor', { skills: names.join(', ') }),
    limits.staffOnly && (hours === undefined ? t('forStaff') : t('forStaffUntil', { hours })),
  ]
    .filter(Boolean)
    .join('; ');
}

/** Words of several fields, with spaces, commas or bars between them. */
export const wordsOf = (...texts: (string | string[] | undefined)[]) =>
  texts
    .flat()
    .flatMap((text) => text?.split(/[\s,|]+/u) ?? [])
    .filter((word) => word !== '');

/** The same as they were typed, for the schema. */
export function skillsTyped(values: Readonly<Record<string, string | string[]>>) {
  return {
    skills: wordsOf(values.skills, values.other_skills),
    languages: wordsOf(values.languages),
    bookable: values.bookable !== undefined,
  };
}
