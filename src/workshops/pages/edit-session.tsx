import { z } from 'zod';
import { findDeskOffice } from '../../booking/actions/find-desk-office.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import {
  Checkbox,
  ErrorSummary,
  SelectField,
  TextArea,
  TextField,
} from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { type FormState, formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { createSessions } from '../actions/create-sessions.ts';
import { editSession } from '../actions/edit-session.ts';
import { listPossibleLeaders, readAttendanceList } from '../actions/read-sessions.ts';
import { workshopStrings } from '../strings.ts';
import { parseSessionForm, sessionValues } from './session-form.ts';

export const editSessionPages = createApi();

const DESK = '/operatore/incontri';

/** The session being edited; undefined for a new one. */
interface Target {
  readonly officeId: string;
  readonly officeCode: string;
  readonly id?: string;
}

editSessionPages.get(`${DESK}/nuovo`, async (c) => {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const values = {
    apre: dayOf(call.clock.now()),
    chiude_ore: '1',
    posti: '12',
    pubblica: 'si',
    conduce: call.actor.kind === 'operator' ? call.actor.operatorId : '',
  };
  return formPage(c, { officeId: office.id, officeCode: office.code }, { values, errors: {} });
});

editSessionPages.post(`${DESK}/nuovo`, async (c) => {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const target = { officeId: office.id, officeCode: office.code };
  const values = await formValues(c);
  const parsed = parseSessionForm(values, call.locale);
  if ('errors' in parsed) return formPage(c, target, { values, errors: parsed.errors }, 422);
  try {
    const [made] = await createSessions(call, {
      officeId: office.id,
      details: parsed.details,
      published: parsed.published,
      ...(parsed.series && { series: parsed.series }),
    });
    return c.redirect(`${DESK}/${made!.id}`, 303);
  } catch (error) {
    return formPage(c, target, { values, errors: refusal(c, error) }, 409);
  }
});

editSessionPages.get(`${DESK}/:id/modifica`, async (c) => {
  const { session } = await readAttendanceList(callOf(c), idOf(c));
  const { office, id } = session;
  const form = { values: sessionValues(session), errors: {} };
  return formPage(c, { officeId: office.id, officeCode: office.code, id }, form);
});

editSessionPages.post(`${DESK}/:id/modifica`, async (c) => {
  const call = callOf(c);
  const { session } = await readAttendanceList(call, idOf(c));
  const { office, id } = session;
  const target = { officeId: office.id, officeCode: office.code, id };
  const values = await formValues(c);
  const parsed = parseSessionForm(values, call.locale);
  if ('errors' in parsed) return formPage(c, target, { values, errors: parsed.errors }, 422);
  try {
    await editSession(call, { id, details: parsed.details, published: parsed.published });
    return c.redirect(`${DESK}/${id}`, 303);
  } catch (error) {
    return formPage(c, target, { values, errors: refusal(c, error) }, 409);
  }
});

/** The field that a refusal is about, with the sentence that explains it. */
function refusal(c: AppContext, error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) throw error;
  const words = error.kind.explanation[c.get('locale')];
  switch (error.kind.slug) {
    case 'leader-busy':
      return { conduce: words };
    case 'seats-taken':
      return { posti: words };
    case 'invalid-request':
    case 'session-closed':
      return { giorno: words };
    default:
      throw error;
  }
}

function idOf(c: AppContext): string {
  const id = z.uuid().safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  return id.data;
}

async function formPage(
  c: AppContext,
  target: Target,
  form: FormState,
  status: 200 | 409 | 422 = 200,
) {
  const call = callOf(c);
  const t = workshopStrings(call.locale);
  const leaders = await listPossibleLeaders(call, target.officeId);
  const title = t(target.id ? 'editTitle' : 'newSession');
  return page(
    c,
    {
      title,
      active: 'operator',
      status,
      breadcrumbs: [
        { label: t('deskTitle'), href: `${DESK}?ufficio=${target.officeCode}` },
        { label: title },
      ],
    },
    <form
      method="post"
      action={
        target.id ? `${DESK}/${target.id}/modifica` : `${DESK}/nuovo?ufficio=${target.officeCode}`
      }
      class="form-block"
      novalidate
    >
      <ErrorSummary form={form} />
      <Contents form={form} />
      <Times form={form} leaders={leaders} isNew={target.id === undefined} />
      <Checkbox name="pubblica" label={t('publishNow')} form={form} />
      <div class="actions">
        <SubmitButton>{t(target.id ? 'save' : 'create')}</SubmitButton>
        <LinkButton look="plain" href={`${DESK}?ufficio=${target.officeCode}`}>
          {t('cancelNo')}
        </LinkButton>
      </div>
    </form>,
  );
}

function Contents({ form }: { form: FormState }) {
  const t = workshopStrings(useLocale());
  return (
    <>
      <TextField name="titolo" label={t('title')} required form={form} maxlength={200} />
      <TextField
        name="titolo_en"
        label={t('titleEn')}
        hint={t('englishHint')}
        form={form}
        maxlength={200}
      />
      <TextArea
        name="descrizione"
        label={t('description')}
        required
        form={form}
        maxlength={2000}
        rows={3}
      />
      <TextArea
        name="descrizione_en"
        label={t('descriptionEn')}
        hint={t('englishHint')}
        form={form}
        maxlength={2000}
        rows={3}
      />
      <TextArea
        name="portare"
        label={t('bring')}
        hint={t('bringHint')}
        form={form}
        maxlength={2000}
        rows={3}
      />
    </>
  );
}

function Times(props: {
  form: FormState;
  leaders: readonly { readonly id: string; readonly name: string }[];
  isNew: boolean;
}) {
  const t = workshopStrings(useLocale());
  const { form } = props;
  const leaders = props.leaders.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <TextField name="sala" label={t('room')} required form={form} maxlength={200} />
      <div class="field-row">
        <TextField name="giorno" type="date" label={t('day')} required form={form} width="narrow" />
        <TextField name="dalle" type="time" label={t('from')} required form={form} width="narrow" />
        <TextField name="alle" type="time" label={t('to')} required form={form} width="narrow" />
      </div>
      <div class="field-row">
        <TextField
          name="posti"
          type="number"
          label={t('seats')}
          required
          form={form}
          min={1}
          max={500}
          width="short"
        />
        <TextField
          name="apre"
          type="date"
          label={t('opensOn')}
          required
          form={form}
          width="narrow"
        />
        <TextField
          name="chiude_ore"
          type="number"
          label={t('closesHours')}
          required
          form={form}
          min={0}
          max={336}
          width="short"
        />
      </div>
      <SelectField
        name="conduce"
        label={t('leader')}
        hint={t('leaderHint')}
        form={form}
        options={leaders}
      />
      <SelectField
        name="insieme"
        label={t('leaderTwo')}
        hint={t('optional')}
        form={form}
        options={leaders}
      />
      {props.isNew && (
        <div class="field-row">
          <TextField
            name="volte"
            type="number"
            label={t('repeatTimes')}
            hint={t('repeatHint')}
            form={form}
            value="1"
            min={1}
            max={26}
            width="short"
          />
          <TextField
            name="settimane"
            type="number"
            label={t('repeatWeeks')}
            form={form}
            value="1"
            min={1}
            max={8}
            width="short"
          />
        </div>
      )}
    </>
  );
}
