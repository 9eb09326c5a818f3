import { z } from 'zod';
import { findDeskOffice } from '../../booking/actions/find-desk-office.ts';
import type { OfficeSummary } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { csvHeaders } from '../../platform/csv.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { Checkbox, SelectField, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Qr } from '../../web/components/qr.tsx';
import { formValues } from '../../web/form.ts';
import { formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { Live, liveAnswer, liveScript } from '../../web/live.tsx';
import { callNext, callTicket } from '../actions/call-person.ts';
import { checkInAtDesk } from '../actions/check-in.ts';
import { listVisits } from '../actions/list-visits.ts';
import { type Queue, readQueue } from '../actions/read-queue.ts';
import { setDesk } from '../actions/set-desk.ts';
import { takeStep } from '../actions/take-step.ts';
import { takeTicket } from '../actions/take-ticket.ts';
import { undoStep } from '../actions/undo-step.ts';
import { TICKET_ACTIONS } from '../rules/lifecycle.ts';
import { deskName } from '../schemas.ts';
import { receptionStrings } from '../strings.ts';
import { visitsCsv } from '../visits-csv.ts';
import { DESK, QueueView } from './queue-view.tsx';

/** The queue as the desk works on it. */
export const deskPages = createApi();

const EVERY_SECONDS = 4;

deskPages.get(DESK, (c) => queuePage(c));

deskPages.get(`${DESK}/vivo`, async (c) => {
  const { office, queue } = await read(c);
  return liveAnswer(c, <QueueView queue={queue} {...shown(c, office)} />);
});

/** What the forms of the page ask for; each leads back to it. */
const form = z.discriminatedUnion('azione', [
  z.object({ azione: z.literal('prossimo') }),
  z.object({ azione: z.literal('annulla') }),
  z.object({ azione: z.literal('sportello'), sportello: deskName }),
  z.object({ azione: z.literal('arrivato'), id: z.uuid() }),
  z.object({
    azione: z.literal('numero'),
    servizio: z.uuid(),
    precedenza: z.literal('si').optional(),
  }),
  z.object({
    azione: z.enum(TICKET_ACTIONS),
    id: z.uuid(),
    servizio: z.union([z.uuid(), z.literal('')]).optional(),
    operatore: z.union([z.uuid(), z.literal('')]).optional(),
  }),
]);

deskPages.post(DESK, async (c) => {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const parsed = form.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const asked = parsed.data;
  try {
    switch (asked.azione) {
      case 'prossimo':
        await callNext(call, office.id);
        break;
      case 'annulla':
        await undoStep(call);
        break;
      case 'sportello':
        await setDesk(call, asked.sportello);
        break;
      case 'arrivato':
        await checkInAtDesk(call, asked.id);
        break;
      case 'numero':
        await takeTicket(call, {
          officeId: office.id,
          serviceId: asked.servizio,
          priority: asked.precedenza === 'si',
        });
        break;
      case 'call':
        await callTicket(call, asked.id);
        break;
      default:
        await takeStep(call, {
          id: asked.id,
          action: asked.azione,
          ...(asked.servizio && { serviceId: asked.servizio }),
          ...(asked.operatore && { operatorId: asked.operatore }),
        });
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    return queuePage(c, error);
  }
  return c.redirect(addressOf(c), 303);
});

deskPages.get(`${DESK}/visite.csv`, async (c) => {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const visits = await listVisits(call, { officeId: office.id, day: dayOf(call.clock.now()) });
  return c.body(visitsCsv(visits, call.locale), 200, {
    ...csvHeaders('visite'),
    'Cache-Control': 'no-store',
  });
});

deskPages.get(`${DESK}/cartello`, async (c) => {
  const call = callOf(c);
  const t = receptionStrings(call.locale);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  const address = `${call.config.publicUrl}/arrivo/${office.code}`;
  return page(
    c,
    { title: t('posterTitle'), lead: office.name, active: 'operator' },
    <div class="poster">
      <Qr text={address} />
      <p>{t('posterHow', { address: address.replace(/^https?:\/\//, '') })}</p>
      <ul>
        <li>{t('posterBooked')}</li>
        <li>{t('posterWalkIn')}</li>
        <li>{t('posterNoPhone')}</li>
      </ul>
    </div>,
  );
});

/** An administrator names the office, an operator has one; whom to show of the expected stays too. */
function addressOf(c: AppContext, path = DESK): string {
  const { ufficio, attesi } = c.req.query();
  const kept = { ...(ufficio !== undefined && { ufficio }), ...(attesi === 'tutti' && { attesi }) };
  const query = new URLSearchParams(kept).toString();
  return query === '' ? path : `${path}?${query}`;
}

async function read(c: AppContext): Promise<{ office: OfficeSummary; queue: Queue }> {
  const call = callOf(c);
  const office = await findDeskOffice(call, c.req.query('ufficio'));
  return { office, queue: await readQueue(call, office.id) };
}

/** How the queue is shown, and where its buttons lead back to. */
function shown(c: AppContext, office: OfficeSummary) {
  const all = c.req.query('attesi') === 'tutti';
  const own = `${DESK}?ufficio=${office.code}`;
  return { action: all ? `${own}&attesi=tutti` : own, everybody: `${own}&attesi=tutti`, all };
}

async function queuePage(c: AppContext, refused?: Problem) {
  const { locale } = callOf(c);
  const t = receptionStrings(locale);
  const { office, queue } = await read(c);
  const isOperator = callOf(c).actor.kind === 'operator';
  return page(
    c,
    {
      title: t('queueTitle'),
      lead: t('queueLead', { office: office.name, day: formatDay(dayOf(queue.now), locale) }),
      active: 'operator',
      wide: true,
      head: liveScript(),
      status: refused ? 409 : 200,
    },
    <>
      {refused && (
        <Alert kind="danger" title={refused.kind.title[locale]} live>
          <p>{refused.kind.explanation[locale]}</p>
        </Alert>
      )}
      {isOperator && (
        <p class="shortcuts" hidden>
          <label>
            <input type="checkbox" data-shortcuts /> {t('shortcutsOn')}
          </label>
        </p>
      )}
      <p class="no-print">
        <a href="#numero">{t('giveNumber')}</a>
        {isOperator && (
          <>
            {' · '}
            <a href="#sportello">{t('yourDesk')}</a>
          </>
        )}
      </p>
      <Live href={addressOf(c, `${DESK}/vivo`)} every={EVERY_SECONDS}>
        <QueueView queue={queue} {...shown(c, office)} />
      </Live>
      <div class="two-columns">
        <Registration queue={queue} address={addressOf(c)} />
        {isOperator && <OwnDesk desk={queue.desk} address={addressOf(c)} />}
      </div>
      <div class="actions mt-4 no-print">
        <LinkButton look="outline" small icon="it-refresh" href={addressOf(c)}>
          {t('refresh')}
        </LinkButton>
        <LinkButton look="outline" small href={`/sala/${office.code}`}>
          {t('hallScreen')}
        </LinkButton>
        <LinkButton look="outline" small href={addressOf(c, `${DESK}/cartello`)}>
          {t('poster')}
        </LinkButton>
        <LinkButton
          look="outline"
          small
          icon="it-file-csv"
          href={addressOf(c, `${DESK}/visite.csv`)}
          download
        >
          {t('visitsCsv')}
        </LinkButton>
      </div>
    </>,
  );
}

/** Somebody without a booking, in two clicks. */
function Registration({ queue, address }: { queue: Queue; address: string }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  return (
    <section aria-labelledby="numero">
      <h2 id="numero">{t('giveNumber')}</h2>
      <form method="post" action={address} class="form-block">
        <input type="hidden" name="azione" value="numero" />
        <SelectField
          name="servizio"
          label={t('service')}
          empty={false}
          options={queue.services.map(({ id, name }) => ({ value: id, label: name[locale] }))}
        />
        <Checkbox name="precedenza" label={t('priority')} />
        <SubmitButton look="outline">{t('giveNumber')}</SubmitButton>
      </form>
    </section>
  );
}

function OwnDesk({ desk, address }: { desk: string | undefined; address: string }) {
  const t = receptionStrings(useLocale());
  return (
    <section aria-labelledby="sportello">
      <h2 id="sportello">{t('yourDesk')}</h2>
      <form method="post" action={address} class="form-block">
        <input type="hidden" name="azione" value="sportello" />
        <TextField
          name="sportello"
          label={t('desk')}
          hint={t('deskHint')}
          value={desk}
          required
          maxlength={40}
          width="narrow"
        />
        <SubmitButton look="outline">{t('save')}</SubmitButton>
      </form>
    </section>
  );
}
