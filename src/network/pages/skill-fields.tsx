import { Checkbox, CheckboxGroup, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { FormState } from '../../web/form.ts';
import { skillByCode } from '../rules/skills.ts';
import type { StaffMember } from '../staff-store.ts';
import { networkStrings } from '../strings.ts';

/** What an operator can do and speaks, and whether they receive by appointment. */
export function SkillFields(props: {
  form: FormState;
  member: Pick<StaffMember, 'skills' | 'languages' | 'bookable'>;
}) {
  const locale = useLocale();
  const t = networkStrings(locale);
  const { form, member } = props;
  return (
    <>
      <CheckboxGroup
        name="skills"
        label={t('skills')}
        form={{ ...form, values: { skills: [...member.skills], ...form.values } }}
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
        value={member.skills.filter((code) => !skillByCode.has(code)).join(' ')}
        maxlength={1300}
      />
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

/** The same as they were typed, for the schema. */
export function skillsTyped(values: Readonly<Record<string, string | string[]>>) {
  const words = (...texts: (string | string[] | undefined)[]) =>
    texts
      .flat()
      .flatMap((text) => text?.split(/[\s,|]+/u) ?? [])
      .filter((word) => word !== '');
  return {
    skills: words(values.skills, values.other_skills),
    languages: words(values.languages),
    bookable: values.bookable !== undefined,
  };
}

/** A list is one field of the form: the fault of one of its words is the field's. */
export function byField(errors: FormState['errors']): Record<string, string> {
  const fields = Object.entries(errors).map(([name, told]) => [name.split('.')[0], told]);
  return Object.fromEntries(fields);
}
