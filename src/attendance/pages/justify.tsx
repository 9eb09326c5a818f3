import { z } from 'zod';
import { openedAppointment, readPass } from '../../booking/pages/pass.ts';
import type { AppointmentView } from '../../booking/store/appointments.ts';
import type { Pass } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import {
  ErrorSummary,
  FileField,
  SelectField,
  TextArea,
  TextField,
} from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import {
  EMPTY_FORM,
  type FormState,
  formValues,
  isShownAgain,
  TYPED_FORM,
  uploadedFile,
  zodErrors,
} from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { ownJustification } from '../actions/read-justifications.ts';
import { sendJustification } from '../actions/send-justification.ts';
import { documentRefused } from '../problems.ts';
import { justificationDeadline } from '../rules/deadline.ts';
import { judgeSending } from '../rules/decide.ts';
import { MEDIA_TYPES } from '../rules/document.ts';
import { GROUNDS } from '../rules/grounds.ts';
import type { Justification } from '../store/justifications.ts';
import { justificationStrings } from '../strings.ts';

export const justifyPages = createApi();

const PATH = '/appuntamento/giustifica';

const sendingForm = z.object({
  motivo: z.enum(GROUNDS),
  racconto: z
    .string()
    .min(1)
    .max(2000)
    .regex(/^[^\0]*$/u),
  fino: z.preprocess((value) => (value === '' ? undefined : value), isoDate.optional()),
});

justifyPages.get(PATH, async (c) => {
  const opened = await openedAppointment(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  return justifyPage(c, opened, EMPTY_FORM);
});

justifyPages.post(PATH, rateLimit({ scope: 'justify', perMinute: 10 }), async (c) => {
  const opened = await openedAppointment(c);
  const pass = await readPass(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  const values = await formValues(c);
  if (isShownAgain(c)) return justifyPage(c, opened, { values, errors: {} });
  const parsed = sendingForm.safeParse(values);
  const refused = (errors: FormState['errors']) => justifyPage(c, opened, { values, errors }, 422);
  if (!parsed.success) return refused(zodErrors(parsed.error, c.get('locale')));
  try {
    await sendJustification(callOf(c), {
      appointmentId: opened.id,
      pass,
      ground: parsed.data.motivo,
      statement: parsed.data.racconto,
      impedimentEndsOn: parsed.data.fino,
      document: await uploadedFile(c, 'documento'),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.kind.slug !== documentRefused().kind.slug) throw error;
    return refused({ documento: error.kind.explanation[c.get('locale')] });
  }
  return c.redirect(PATH, 303);
});

async function justifyPage(
  c: AppContext,
  appointment: AppointmentView,
  form: FormState,
  status: 200 | 422 = 200,
) {
  const call = callOf(c);
  const t = justificationStrings(call.locale);
  const pass: Pass | undefined = await readPass(c);
  const latest = await ownJustification(call, { id: appointment.id, pass });
  const verdict = judgeSending(appointment, latest?.state, call.clock.now());
  const ahead = appointment.state === 'confirmed';
  const sendable = verdict === 'allowed' || verdict === 'answers';
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      active: 'appointment',
      status,
      ...(sendable && { showsAgain: PATH }),
      breadcrumbs: [{ label: t('which'), href: '/appuntamento' }, { label: t('title') }],
    },
    <>
      <Card title={appointment.service.name[call.locale]}>
        <DefinitionList
          items={[
            [t('when'), formatDateTime(appointment.startsAt, call.locale)],
            [t('where'), appointment.office.name],
          ]}
        />
      </Card>
      {latest && <Latest justification={latest} />}
      {sendable && <SendingForm appointment={appointment} form={form} now={call.clock.now()} />}
      {!sendable && !latest && (
        <EmptyState title={t(ahead ? 'tooEarly' : 'nothing')} icon="it-calendar">
          <p>{t(ahead ? 'tooEarlyHelp' : 'nothingHelp')}</p>
        </EmptyState>
      )}
      {!sendable && (
        <div class="actions mt-4">
          <LinkButton look="outline" href="/appuntamento">
            {t('back')}
          </LinkButton>
        </div>
      )}
    </>,
  );
}

function Latest({ justification }: { justification: Justification }) {
  const locale = useLocale();
  const t = justificationStrings(locale);
  const { state, question, decisionReason } = justification;
  const kind = state === 'accepted' || state === 'sent' ? 'success' : 'warning';
  return (
    <Alert kind={kind} title={state === 'sent' ? t('sentTitle') : t(`state_${state}`)} live>
      <p>
        {t('sentOn')}: {formatDateTime(justification.sentAt, locale)}{' '}
        {justification.late && <Tag tone="warning">{t('late')}</Tag>}
      </p>
      {justification.documents.map(({ name }) => (
        <p>
          {t('document')}: {name}
        </p>
      ))}
      {state === 'sent' && <p>{t('frozen')}</p>}
      {state === 'accepted' && <p>{t('accepted')}</p>}
      {state === 'asked' && <p>{t('asks', { question: question ?? '' })}</p>}
      {state === 'rejected' && <p>{t('rejectedBecause', { reason: decisionReason ?? '' })}</p>}
    </Alert>
  );
}

function SendingForm(props: { appointment: AppointmentView; form: FormState; now: number }) {
  const { appointment, form, now } = props;
  const locale = useLocale();
  const t = justificationStrings(locale);
  const deadline = justificationDeadline(appointment.startsAt, undefined);
  // The last minute that is still in time is what people read.
  const when = formatDateTime(deadline - MINUTE, locale);
  return (
    <form
      id={TYPED_FORM}
      method="post"
      action={PATH}
      enctype="multipart/form-data"
      class="form-block mt-4"
      novalidate
    >
      <ErrorSummary
        form={form}
        labels={{
          motivo: t('ground'),
          racconto: t('statement'),
          fino: t('until'),
          documento: t('document'),
        }}
      />
      <p>{now < deadline ? t('inTime', { when }) : t('tooLate', { when })}</p>
      <SelectField
        name="motivo"
        label={t('ground')}
        required
        form={form}
        options={GROUNDS.map((ground) => ({ value: ground, label: t(`ground_${ground}`) }))}
      />
      <TextArea
        name="racconto"
        label={t('statement')}
        hint={t('statementHint')}
        required
        form={form}
        maxlength={2000}
        rows={4}
      />
      <TextField
        name="fino"
        type="date"
        label={t('until')}
        hint={t('untilHint')}
        form={form}
        width="narrow"
      />
      <FileField
        name="documento"
        label={t('document')}
        hint={t('documentHint')}
        form={form}
        accept={MEDIA_TYPES.join(',')}
      />
      <p class="text-secondary">{t('bySource')}</p>
      <div class="actions">
        <SubmitButton>{t('send')}</SubmitButton>
        <LinkButton look="outline" href="/appuntamento">
          {t('back')}
        </LinkButton>
      </div>
    </form>
  );
}
