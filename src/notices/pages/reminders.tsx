import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import {
  chooseReminders,
  listReminders,
  type ReminderChoice,
  type ServiceDirectory,
} from '../actions/choose-reminders.ts';
import { deskStrings } from '../desk-strings.ts';
import { reminderChoiceSchema } from '../schemas.ts';

const PATH = '/operatore/messaggi/promemoria';

export function reminderPages(services: ServiceDirectory) {
  const pages = createApi();

  pages.get(PATH, (c) => remindersPage(c, services, 200, EMPTY_FORM));

  pages.post(PATH, async (c) => {
    const values = await formValues(c);
    const call = callOf(c);
    const choices = await listReminders(call, services);
    const read = choices.map((choice) => ({
      ...choice,
      days: readDays(values[choice.serviceId]),
    }));
    const wrong = read.filter(({ days }) => days === undefined);
    if (wrong.length > 0) {
      const sentence = deskStrings(call.locale)('daysWrong');
      const errors = Object.fromEntries(wrong.map(({ serviceId }) => [serviceId, sentence]));
      return remindersPage(c, services, 422, { values, errors });
    }
    for (const [index, { serviceId, days }] of read.entries()) {
      if (days && days.join() !== choices[index]?.days.join())
        await chooseReminders(call, services, { serviceId, days });
    }
    return c.redirect(`${PATH}?salvato`, 303);
  });

  return pages;
}

/** "7, 2" as numbers, the farthest first; undefined when it cannot be read. */
function readDays(typed: string | string[] | undefined): readonly number[] | undefined {
  if (typeof typed !== 'string') return undefined;
  const parts = typed.split(/[\s,;]+/).filter(Boolean);
  const parsed = reminderChoiceSchema.safeParse({ days: parts.map(Number) });
  return parsed.success ? [...new Set(parsed.data.days)].sort((a, b) => b - a) : undefined;
}

async function remindersPage(
  c: AppContext,
  services: ServiceDirectory,
  status: 200 | 422,
  form: FormState,
) {
  const call = callOf(c);
  const t = deskStrings(call.locale);
  const choices = await listReminders(call, services);
  return page(
    c,
    {
      title: t('reminders'),
      lead: t('remindersLead'),
      active: 'operator',
      status,
      breadcrumbs: [
        { label: t('desk'), href: '/operatore' },
        { label: t('title'), href: '/operatore/messaggi' },
        { label: t('reminders') },
      ],
    },
    <>
      {c.req.query('salvato') !== undefined && (
        <Alert kind="success" live>
          {t('remindersSaved')}
        </Alert>
      )}
      <ErrorSummary form={form} />
      <p>{t('daysHelp')}</p>
      <form method="post" action={PATH} class="form-block">
        {choices.map((choice) => (
          <Days choice={choice} form={form} />
        ))}
        <SubmitButton>{t('save')}</SubmitButton>
      </form>
    </>,
  );
}

function Days({ choice, form }: { choice: ReminderChoice; form: FormState }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <TextField
      name={choice.serviceId}
      label={choice.name[locale]}
      hint={choice.chosen ? undefined : <Tag>{t('byDefault')}</Tag>}
      value={choice.days.join(', ')}
      form={form}
      width="narrow"
      maxlength={40}
    />
  );
}
