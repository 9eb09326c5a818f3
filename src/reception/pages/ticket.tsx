import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import {
  LinkButton,
  PostButton,
  PrintButton,
  SurePostButton,
} from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { Live, liveAnswer, liveScript } from '../../web/live.tsx';
import { leaveQueue } from '../actions/leave-queue.ts';
import type { TicketView } from '../actions/read-ticket.ts';
import { mayFollow } from '../rules/lifecycle.ts';
import { receptionStrings } from '../strings.ts';
import { isPresent } from '../ticket.ts';
import { forgetTicket, heldTicket } from './held-ticket.ts';
import { basisWords, waitWords } from './parts.tsx';

/** The number on the phone of whoever waits; on paper where it is printed. */
export const ticketPages = createApi();

const EVERY_SECONDS = 6;

ticketPages.get('/biglietto', async (c) => {
  const t = receptionStrings(c.get('locale'));
  const held = await heldTicket(c);
  if (!held) {
    return page(
      c,
      { title: t('ticketTitle') },
      <EmptyState title={t('ticketNone')}>
        <p>{t('ticketNoneHelp')}</p>
        <LinkButton href="/prenota">{t('bookInstead')}</LinkButton>
      </EmptyState>,
    );
  }
  return page(
    c,
    { title: t('ticketTitle'), lead: held.office.name, head: liveScript() },
    <>
      <Live href="/biglietto/vivo" every={EVERY_SECONDS}>
        <TicketCard view={held} />
      </Live>
      <div class="actions mt-4 no-print">
        <LinkButton href="/biglietto" look="outline" icon="it-refresh">
          {t('refresh')}
        </LinkButton>
        <PrintButton look="outline">{t('print')}</PrintButton>
        {mayFollow('leave', held.ticket.state) && (
          <SurePostButton action="/biglietto/lascia" ask={t('leave')} sure={t('leaveSure')}>
            {t('leaveYes')}
          </SurePostButton>
        )}
        <PostButton action="/biglietto/chiudi" look="plain">
          {t('forget')}
        </PostButton>
      </div>
    </>,
  );
});

ticketPages.get('/biglietto/vivo', async (c) => {
  const held = await heldTicket(c);
  return liveAnswer(c, held && <TicketCard view={held} />);
});

ticketPages.post('/biglietto/lascia', async (c) => {
  const held = await heldTicket(c);
  if (held && isPresent(held.ticket)) await leaveQueue(callOf(c), held.ticket.id);
  return c.redirect('/biglietto', 303);
});

ticketPages.post('/biglietto/chiudi', (c) => {
  forgetTicket(c);
  return c.redirect('/', 303);
});

function TicketCard({ view }: { view: TicketView }) {
  const locale = useLocale();
  const t = receptionStrings(locale);
  const { ticket, estimate } = view;
  return (
    <Card>
      <p class="ticket-number">
        <span class="visually-hidden">{t('number')} </span>
        {ticket.label}
      </p>
      <p class="ticket-place" role="status">
        <Place view={view} />
      </p>
      <DefinitionList
        items={[
          [t('service'), ticket.service.name[locale]],
          [t('yourHour'), ticket.dueAt && formatTime(ticket.dueAt, locale)],
          [t('wait'), estimate && waitWords(estimate, locale)],
        ]}
      />
      {estimate && <p>{basisWords(view.measuredOn, locale)}</p>}
      {estimate?.today && !estimate.sure && <Alert kind="warning">{t('unsure')}</Alert>}
      {estimate && !estimate.today && (
        <LinkButton href="/prenota" look="outline">
          {t('bookInstead')}
        </LinkButton>
      )}
    </Card>
  );
}

function Place({ view: { ticket, ahead } }: { view: TicketView }) {
  const t = receptionStrings(useLocale());
  switch (ticket.state) {
    case 'waiting':
      return <>{ahead === 0 ? t('youAreNext') : t('ahead', { count: ahead })}</>;
    case 'called':
      return (
        <strong>
          {t('yourTurn')}. {ticket.desk ? t('goTo', { desk: ticket.desk }) : t('goToDesk')}
        </strong>
      );
    case 'serving':
      return <>{t('beingServed')}</>;
    case 'finished':
      return <>{t('visitOver')}</>;
    case 'skipped':
      return <>{t('youWereOut')}</>;
    case 'left':
      return <>{t('youLeft')}</>;
  }
}
