import type { Child } from 'hono/jsx';
import type { AppointmentView } from '../../booking/store/appointments.ts';
import { type Instant, MINUTE } from '../../platform/clock.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatTime } from '../../web/format.ts';
import type { Queue } from '../actions/read-queue.ts';
import type { Candidate } from '../rules/order.ts';
import { receptionStrings } from '../strings.ts';
import type { Ticket } from '../ticket.ts';

export const DESK = '/operatore/coda';

/** The part of the queue's page that renews itself. */
export function QueueView(props: {
  queue: Queue;
  /** Where buttons lead back to. */
  action: string;
  /** Where everybody who is expected today is shown, and whether they are. */
  everybody: string;
  all: boolean;
}) {
  const t = receptionStrings(useLocale());
  const { queue, action } = props;
  return (
    <>
      <InHand queue={queue} action={action} />
      <h2>{t('next')}</h2>
      {queue.next.length === 0 ? (
        <EmptyState title={t('nobodyWaits')} icon="it-user">
          <p>{t('nobodyWaitsHelp')}</p>
        </EmptyState>
      ) : (
        <NextTable queue={queue} action={action} />
      )}
      <People title={t('others')} tickets={queue.others} queue={queue} action={action} callable />
      <People title={t('elsewhere')} tickets={queue.elsewhere} queue={queue} action={action} />
      <People title={t('gone')} tickets={queue.gone} queue={queue} action={action} callable />
      <Expected {...props} />
    </>
  );
}

/** One button that does one thing; the key that presses it stands on it. */
function Do(props: {
  action: string;
  what: string;
  id?: string;
  shortcut?: string;
  look?: 'primary' | 'outline' | 'danger' | 'plain';
  big?: boolean;
  children: Child;
}) {
  const looks = {
    primary: 'btn btn-primary',
    outline: 'btn btn-outline-primary',
    danger: 'btn btn-outline-danger',
    plain: 'btn btn-link',
  };
  return (
    <form method="post" action={props.action} class="post-button">
      <input type="hidden" name="azione" value={props.what} />
      {props.id && <input type="hidden" name="id" value={props.id} />}
      <button
        type="submit"
        class={`${looks[props.look ?? 'outline']} ${props.big ? 'btn-lg' : 'btn-sm'}`}
        data-shortcut={props.shortcut}
        data-focus-key={`${props.what} ${props.id ?? ''}`}
      >
        {props.children}
      </button>
    </form>
  );
}

function InHand({ queue, action }: { queue: Queue; action: string }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  const { inHand: ticket } = queue;
  return (
    <section class="panel queue-now" aria-labelledby="allo-sportello">
      <h2 id="allo-sportello" class="panel-title">
        {t('atYourDesk')}
        {queue.desk && `: ${queue.desk}`}
      </h2>
      {ticket ? (
        <>
          <p class="queue-number">
            <strong>{ticket.label}</strong> {ticket.person ?? t('noName')}
          </p>
          <p>
            {ticket.service.name[locale]} · {t('calledTimes', { count: ticket.calls })}{' '}
            <Tag tone={ticket.state === 'serving' ? 'success' : 'info'}>{t(ticket.state)}</Tag>
          </p>
          <div class="actions">
            {ticket.state === 'called' && (
              <>
                <Do action={action} what="start" id={ticket.id} shortcut="i" look="primary" big>
                  {t('start')}
                </Do>
                <Do action={action} what="recall" id={ticket.id} shortcut="r" big>
                  {t('recall')}
                </Do>
                <Do action={action} what="skip" id={ticket.id} shortcut="s" look="danger" big>
                  {t('skip')}
                </Do>
              </>
            )}
            {ticket.state === 'serving' && (
              <>
                <Do action={action} what="finish" id={ticket.id} shortcut="c" look="primary" big>
                  {t('finish')}
                </Do>
                <Do action={action} what="extend" id={ticket.id} big>
                  {t('extend')}
                </Do>
              </>
            )}
          </div>
          <Transfer queue={queue} ticket={ticket} action={action} />
        </>
      ) : (
        <>
          <p>{t('nobodyAtDesk')}</p>
          <Do action={action} what="prossimo" shortcut="n" look="primary" big>
            {t('callNext')}
          </Do>
        </>
      )}
      {queue.canUndo && (
        <Do action={action} what="annulla" look="plain">
          {t('undo')}
        </Do>
      )}
    </section>
  );
}

function Transfer(props: { queue: Queue; ticket: Ticket; action: string }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  const { queue, ticket } = props;
  return (
    <details class="mt-3">
      <summary>{t('transfer')}</summary>
      <form method="post" action={props.action} class="form-block">
        <input type="hidden" name="azione" value="transfer" />
        <input type="hidden" name="id" value={ticket.id} />
        <SelectField
          name="operatore"
          label={t('transferTo')}
          empty={t('anyone')}
          options={queue.operators.map(({ operatorId, name }) => ({
            value: operatorId,
            label: name,
          }))}
        />
        <SelectField
          name="servizio"
          label={t('transferService')}
          empty={t('sameService')}
          options={queue.services.map(({ id, name }) => ({ value: id, label: name[locale] }))}
        />
        <SubmitButton look="outline">{t('transfer')}</SubmitButton>
      </form>
    </details>
  );
}

function NextTable({ queue, action }: { queue: Queue; action: string }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  return (
    <Table caption={t('next')} hideCaption>
      <Head last={t('why')} />
      <tbody>
        {queue.next.map((one) => (
          <tr>
            <Who ticket={one.ticket} now={queue.now} />
            <td>
              <Why candidate={one} />
            </td>
            <td>
              {!queue.inHand && (
                <Do action={action} what="call" id={one.ticket.id}>
                  {t('call')}
                  <span class="visually-hidden"> {one.ticket.label}</span>
                </Do>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Head({ last }: { last: string }) {
  const t = receptionStrings(useLocale());
  return (
    <thead>
      <tr>
        <th scope="col">{t('number')}</th>
        <th scope="col">{t('person')}</th>
        <th scope="col">{t('since')}</th>
        <th scope="col">{last}</th>
        <th scope="col">{t('action')}</th>
      </tr>
    </thead>
  );
}

function Who({ ticket, now }: { ticket: Ticket; now: Instant }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  return (
    <>
      <th scope="row">{ticket.label}</th>
      <td>
        {ticket.person ?? t('noName')}
        <div class="text-secondary">{ticket.service.name[locale]}</div>
      </td>
      <td>{t('minutes', { count: Math.max(0, Math.floor((now - ticket.arrivedAt) / MINUTE)) })}</td>
    </>
  );
}

/** Why somebody stands where they stand, and what keeps them from being called now. */
function Why({ candidate }: { candidate: Candidate<Ticket> }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  const { ticket, reason, blockedAt } = candidate;
  const hour = ticket.dueAt === undefined ? '' : formatTime(ticket.dueAt, locale);
  const words = {
    booked: t('reason_booked', { hour }),
    priority: t('reason_priority'),
    'in-order': t('reason_in-order'),
    'before-the-hour': t('reason_before-the-hour', { hour }),
  };
  return (
    <>
      {words[reason]}
      {blockedAt !== undefined && (
        <div>
          <Tag tone="warning">{t('blocked', { hour: formatTime(blockedAt, locale) })}</Tag>
        </div>
      )}
    </>
  );
}

function People(props: {
  title: string;
  tickets: readonly Ticket[];
  queue: Queue;
  action: string;
  callable?: boolean;
}) {
  const t = receptionStrings(useLocale());
  if (props.tickets.length === 0) return null;
  return (
    <Table caption={props.title}>
      <Head last={t('state')} />
      <tbody>
        {props.tickets.map((ticket) => (
          <tr>
            <Who ticket={ticket} now={props.queue.now} />
            <td>
              {t(ticket.state)}
              {ticket.desk && ` (${ticket.desk})`}
            </td>
            <td>
              {props.callable && !props.queue.inHand && (
                <Do action={props.action} what="call" id={ticket.id}>
                  {t('call')}
                  <span class="visually-hidden"> {ticket.label}</span>
                </Do>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** People come early rather than hours before: those due later are a click away. */
const SOON = 90 * MINUTE;

function Expected(props: { queue: Queue; action: string; everybody: string; all: boolean }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  const { expected, now } = props.queue;
  if (expected.length === 0) return null;
  const soon = props.all ? expected : expected.filter(({ startsAt }) => startsAt < now + SOON);
  const later = expected.length - soon.length;
  return (
    <>
      {soon.length > 0 && <ExpectedTable list={soon} action={props.action} />}
      {later > 0 && (
        <p>
          <a href={props.everybody} data-focus-key="attesi">
            {t('expectedLater', { count: later, hour: formatTime(now + SOON, locale) })}
          </a>
        </p>
      )}
    </>
  );
}

function ExpectedTable(props: { list: readonly AppointmentView[]; action: string }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  return (
    <Table caption={t('expected')}>
      <thead>
        <tr>
          <th scope="col">{t('dueAt')}</th>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('action')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map((one) => (
          <tr>
            <th scope="row">{formatTime(one.startsAt, locale)}</th>
            <td>
              {one.person && `${one.person.givenName} ${one.person.familyName}`}
              <div class="text-secondary">{one.service.name[locale]}</div>
            </td>
            <td>
              <Do action={props.action} what="arrivato" id={one.id}>
                {t('arrived')}
                <span class="visually-hidden">: {one.person?.familyName}</span>
              </Do>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
