import { z } from 'zod';
import { instantAt } from '../../network/rules/openings.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, toRfc3339, wall } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { malformed, notFound, Problem } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { TextArea, TextField } from '../../web/components/fields.tsx';
import { formValues } from '../../web/form.ts';
import { formatDateTime, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { cancelAppointment } from '../actions/cancel-appointment.ts';
import { readAppointment } from '../actions/look-up-appointment.ts';
import { moveAppointment } from '../actions/move-appointment.ts';
import { bookingStrings } from '../strings.ts';
import { agendaAddress } from './agenda.tsx';
import { Calendar, loadMonth } from './calendar.tsx';
import { instantFrom } from './parts.tsx';

/** The desk gives an appointment another time, or cancels it, for the person. */
export const staffMovePages = createApi();

const ID = z.uuid();

staffMovePages.get('/operatore/sposta', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const id = ID.safeParse(c.req.query('id'));
  if (!id.success) throw notFound();
  const asked = agendaAddress.safeParse(c.req.query('ritorno'));
  const back = asked.success ? asked.data : '/operatore';
  const found = await readAppointment(call, id.data);
  const who = found.person
    ? `${found.person.givenName} ${found.person.familyName}`
    : t('anonymous');
  const fields = { id: found.id, versione: String(found.version), ritorno: back };
  return page(
    c,
    {
      title: t('staffMoveTitle', { who }),
      active: 'operator',
      breadcrumbs: [{ label: t('agendaTitle'), href: back }, { label: t('move') }],
    },
    <>
      {c.req.query('preso') !== undefined && (
        <Alert kind="warning" live>
          {t('staffMoveTaken', { when: formatDateTime(found.startsAt, locale) })}
        </Alert>
      )}
      <Card>
        <DefinitionList
          items={[
            [t('service'), found.service.name[locale]],
            [t('when'), formatDateTime(found.startsAt, locale)],
            [t('operator'), found.operatorName],
            [t('note'), found.note],
          ]}
        />
      </Card>
      <h2 class="h4 mt-4">{t('staffMoveTyped')}</h2>
      <form method="post" action="/operatore/sposta" class="form-block">
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="field-row">
          <TextField
            name="giorno"
            label={t('agendaDay')}
            type="date"
            value={c.req.query('giorno') ?? dayOf(found.startsAt)}
            required
          />
          <TextField
            name="ora"
            label={t('hour')}
            type="time"
            value={c.req.query('ora') || wall(found.startsAt).toFormat('HH:mm')}
            required
          />
        </div>
        <SubmitButton>{t('move')}</SubmitButton>
      </form>
      <h2 class="h4 mt-4">{t('staffMoveChoose')}</h2>
      <Calendar
        loaded={
          await loadMonth(call, found.service, found.office, c.req.query(), {
            moving: found,
          })
        }
        action="/operatore/sposta"
        keep={{ id: found.id, ritorno: back }}
        form={{ action: '/operatore/sposta', fields }}
        time={(start) => (
          <button
            type="submit"
            name="inizio"
            value={toRfc3339(start)}
            class="btn btn-outline-primary"
          >
            {formatTime(start, locale)}
          </button>
        )}
      />
      <h2 class="h4 mt-5">{t('cancel')}</h2>
      <form method="post" action="/operatore/annulla" class="form-block">
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <TextArea
          name="motivo"
          label={t('cancelReason')}
          hint={t('staffCancelHint')}
          maxlength={500}
          rows={2}
        />
        <div class="actions">
          <SubmitButton look="danger">{t('cancel')}</SubmitButton>
          <LinkButton look="plain" href={back}>
            {t('backToAgenda')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
});

const moveForm = z.object({
  id: z.uuid(),
  versione: z.string().regex(/^\d{1,9}$/),
  ritorno: agendaAddress,
  inizio: z.string().max(40).optional(),
  giorno: isoDate.optional(),
  ora: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
});

staffMovePages.post('/operatore/sposta', async (c) => {
  const parsed = moveForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, versione, ritorno, inizio, giorno, ora } = parsed.data;
  const start =
    giorno !== undefined && ora !== undefined
      ? instantAt(giorno, ora, 'first')
      : instantFrom(inizio ?? '');
  try {
    await moveAppointment(callOf(c), { id, start, version: Number(versione) });
  } catch (error) {
    const refused = error instanceof Problem ? error.kind.slug : undefined;
    if (refused !== 'slot-taken' && refused !== 'slot-not-offered') throw error;
    const day = dayOf(start);
    const query = { id, ritorno, preso: '', mese: day.slice(0, 7), giorno: day, ora: ora ?? '' };
    return c.redirect(`/operatore/sposta?${new URLSearchParams(query)}`, 303);
  }
  const query = new URLSearchParams(ritorno.split('?')[1]);
  query.set('giorno', dayOf(start));
  return c.redirect(`/operatore?${query}`, 303);
});

const cancelForm = moveForm
  .omit({ inizio: true, giorno: true, ora: true })
  .extend({ motivo: z.string().max(500) });

staffMovePages.post('/operatore/annulla', async (c) => {
  const parsed = cancelForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, ritorno, motivo } = parsed.data;
  await cancelAppointment(callOf(c), { id, reason: motivo.trim() || undefined });
  return c.redirect(ritorno, 303);
});
