import { callOf } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { formValues } from '../../web/form.ts';
import { formatDateTime, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { moveAppointment } from '../actions/move-appointment.ts';
import { bookingStrings } from '../strings.ts';
import { Calendar, loadMonth } from './calendar.tsx';
import { Chosen, instantFrom } from './parts.tsx';
import { openedAppointment, readPass } from './pass.ts';

export const movePages = createApi();

movePages.get('/appuntamento/sposta', async (c) => {
  const opened = await openedAppointment(c);
  if (!opened) return c.redirect('/appuntamento', 303);
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const chosen = c.req.query('inizio');
  const crumbs = [{ label: t('mineTitle'), href: '/appuntamento' }, { label: t('move') }];
  const now = formatDateTime(opened.startsAt, locale);
  if (chosen !== undefined) {
    const start = instantFrom(chosen);
    return page(
      c,
      { title: t('moveConfirm'), active: 'appointment', breadcrumbs: crumbs },
      <>
        <Card>
          <Chosen service={opened.service} office={opened.office} start={start} />
        </Card>
        <p class="mt-4">{t('moveInstead', { when: now })}</p>
        <div class="actions">
          <PostButton
            action="/appuntamento/sposta"
            fields={{ id: opened.id, versione: String(opened.version), inizio: toRfc3339(start) }}
          >
            {t('moveYes')}
          </PostButton>
          <LinkButton look="outline" href="/appuntamento/sposta">
            {t('otherTimes')}
          </LinkButton>
        </div>
      </>,
    );
  }
  return page(
    c,
    {
      title: t('moveTitle'),
      lead: t('moveLead', { when: now, office: opened.office.name }),
      active: 'appointment',
      breadcrumbs: crumbs,
    },
    <>
      {c.req.query('preso') !== undefined && (
        <Alert kind="warning" live>
          {t('moveTaken', { when: now })}
        </Alert>
      )}
      <Calendar
        loaded={
          await loadMonth(call, opened.service, opened.office, c.req.query(), {
            moving: opened,
          })
        }
        action="/appuntamento/sposta"
        keep={{}}
        time={(start) => (
          <LinkButton
            look="outline"
            href={`/appuntamento/sposta?${new URLSearchParams({ inizio: toRfc3339(start) })}`}
          >
            {formatTime(start, locale)}
          </LinkButton>
        )}
      />
    </>,
  );
});

movePages.post('/appuntamento/sposta', async (c) => {
  const [opened, pass] = [await openedAppointment(c), await readPass(c)];
  if (!opened) return c.redirect('/appuntamento', 303);
  const { id, inizio, versione } = await formValues(c);
  // The form names the appointment and its version: one changed meanwhile is shown, not moved.
  if (id !== opened.id || versione !== String(opened.version))
    return c.redirect('/appuntamento', 303);
  const start = instantFrom(typeof inizio === 'string' ? inizio : undefined);
  try {
    await moveAppointment(callOf(c), { id: opened.id, start, pass, version: opened.version });
  } catch (error) {
    const refused = error instanceof Problem ? error.kind.slug : undefined;
    if (refused === 'slot-taken' || refused === 'slot-not-offered') {
      return c.redirect('/appuntamento/sposta?preso', 303);
    }
    if (refused === 'edited-meanwhile') return c.redirect('/appuntamento', 303);
    throw error;
  }
  return c.redirect('/appuntamento', 303);
});
