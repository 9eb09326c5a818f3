import { z } from 'zod';
import { Calendar } from '../../booking/pages/calendar.tsx';
import { Chosen, instantFrom, WhatToBring } from '../../booking/pages/parts.tsx';
import { keepPass } from '../../booking/pages/pass.ts';
import { formatCode } from '../../booking/rules/code.ts';
import { passOf } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import { type Instant, toRfc3339 } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import { email } from '../../reference/fields.ts';
import { asset } from '../../web/assets.ts';
import { LinkButton, PrintButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextArea, TextField } from '../../web/components/fields.tsx';
import {
  EMPTY_FORM,
  type FormState,
  formValues,
  isShownAgain,
  TYPED_FORM,
  zodErrors,
} from '../../web/form.ts';
import { formatDate, formatDateTime, formatTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { bookByInvitation } from '../actions/book-by-invitation.ts';
import {
  type OpenInvitation,
  openInvitation,
  redeemInvitation,
} from '../actions/open-invitation.ts';
import { openConvocationByCode } from '../actions/read-convocation.ts';
import { personStrings } from '../strings.ts';
import { forgetCode, keepCode, readCode } from './code-pass.ts';
import { monthWithin } from './months.ts';

/** The invited person's way from the code to the appointment. */
export const invitationPages = createApi();

const codeForm = z.object({
  codice: z
    .string()
    .min(10)
    .max(24)
    .regex(/^[0-9A-Za-z -]+$/),
});

invitationPages.get('/invito', (c) => codePage(c, EMPTY_FORM));

invitationPages.post(
  '/invito',
  rateLimit({ scope: 'invitation-codes', perMinute: 30 }),
  async (c) => {
    const values = await formValues(c);
    const t = personStrings(c.get('locale'));
    const wrong = { values, errors: { codice: t('wrong') } };
    const parsed = codeForm.safeParse(values);
    if (!parsed.success) return codePage(c, wrong, 422);
    const { codice } = parsed.data;
    const place = await whatOpens(c, codice);
    if (place === undefined) return codePage(c, wrong, 422);
    await keepCode(c, codice);
    return c.redirect(place, 303);
  },
);

/** The page that a code leads to; undefined when it opens nothing. */
async function whatOpens(c: AppContext, code: string): Promise<string | undefined> {
  const call = callOf(c);
  const found = await Promise.all([
    opens(() => redeemInvitation(call, code)),
    opens(() => openConvocationByCode(call, code)),
  ]);
  if (found[0]) return '/invito/orario';
  return found[1] ? '/convocazione' : undefined;
}

async function opens<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}

function codePage(c: AppContext, form: FormState, status: 200 | 422 = 200) {
  const t = personStrings(c.get('locale'));
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      active: 'book',
      status,
      head: <script src={asset('code.js')} defer />,
    },
    <>
      <form method="post" action="/invito" class="form-block" novalidate data-code>
        <ErrorSummary form={form} />
        <TextField
          name="codice"
          label={t('code')}
          hint={t('codeHint')}
          form={form}
          required
          code
          maxlength={24}
          width="narrow"
          autocomplete="off"
        />
        <div class="actions">
          <SubmitButton>{t('open')}</SubmitButton>
        </div>
      </form>
      <p class="mt-4">
        {t('already')} <a href="/appuntamento">{t('openMine')}</a>
      </p>
    </>,
  );
}

/** The invitation that the code on this device opens; undefined when none does. */
async function remembered(c: AppContext): Promise<(OpenInvitation & { code: string }) | undefined> {
  const code = await readCode(c);
  if (code === undefined) return undefined;
  const opened = await opens(() => openInvitation(callOf(c), code));
  return opened && { ...opened, code };
}

invitationPages.get('/invito/orario', async (c) => {
  const opened = await remembered(c);
  if (!opened) return c.redirect('/invito', 303);
  const call = callOf(c);
  const { locale } = call;
  const t = personStrings(locale);
  const { invited, campaign, window } = opened;
  const asked = c.req.query('ufficio');
  const office =
    campaign.offices.find(({ code }) => code === asked) ??
    campaign.offices.find(({ id }) => id === invited.officeId) ??
    campaign.offices[0]!;
  const loaded = await monthWithin(call, campaign.service, office, c.req.query(), window);
  const keep = { ufficio: office.code };
  const others = campaign.offices.filter(({ id }) => id !== office.id);
  const until = formatDate(window.end - 1, locale);
  return page(
    c,
    {
      title: t('chooseTitle'),
      lead: t('chooseLead', { service: campaign.service.name[locale], until }),
      active: 'book',
      breadcrumbs: [{ label: t('title'), href: '/invito' }, { label: t('chooseTitle') }],
    },
    <>
      <p>
        {t('greeting', { name: invited.givenName })} <strong>{office.name}</strong>
      </p>
      {c.req.query('preso') !== undefined && (
        <Alert kind="warning" live>
          {t('taken')}
        </Alert>
      )}
      {loaded.days.size === 0 && invited.asksForTime ? (
        <EmptyState title={t('none')} icon="it-calendar">
          <p>{t('noneHelp', { until: formatDate(invited.expiresAt! - 1, locale) })}</p>
        </EmptyState>
      ) : (
        <Calendar
          loaded={loaded}
          action="/invito/orario"
          keep={keep}
          time={(start) => (
            <LinkButton
              look="outline"
              href={`/invito/conferma?${new URLSearchParams({ ...keep, inizio: toRfc3339(start) })}`}
            >
              {formatTime(start, locale)}
            </LinkButton>
          )}
        />
      )}
      {others.length > 0 && (
        <section aria-labelledby="altri-uffici">
          <h2 id="altri-uffici" class="h4 mt-4">
            {t('elsewhere')}
          </h2>
          <ul>
            {others.map((other) => (
              <li>
                <a href={`/invito/orario?${new URLSearchParams({ ufficio: other.code })}`}>
                  {other.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>,
  );
});

invitationPages.get('/invito/conferma', async (c) => {
  const opened = await remembered(c);
  if (!opened) return c.redirect('/invito', 303);
  const { ufficio, inizio } = c.req.query();
  return confirmPage(c, opened, { ufficio, inizio }, EMPTY_FORM);
});

function confirmPage(
  c: AppContext,
  opened: OpenInvitation,
  choice: { ufficio: string | undefined; inizio: string | undefined },
  form: FormState,
  status: 200 | 422 = 200,
) {
  const t = personStrings(c.get('locale'));
  const { invited, campaign } = opened;
  const office =
    campaign.offices.find(({ code }) => code === choice.ufficio) ?? campaign.offices[0]!;
  const start = instantFrom(choice.inizio);
  return page(
    c,
    {
      title: t('confirmTitle'),
      active: 'book',
      status,
      showsAgain: '/invito/conferma',
      breadcrumbs: [
        { label: t('chooseTitle'), href: '/invito/orario' },
        { label: t('confirmTitle') },
      ],
    },
    <>
      <Card>
        <Chosen
          service={campaign.service}
          office={{ name: office.name, address: undefined }}
          start={start}
          who={`${invited.givenName} ${invited.familyName}`}
        />
        <WhatToBring service={campaign.service} />
      </Card>
      <form
        id={TYPED_FORM}
        method="post"
        action="/invito/conferma"
        class="form-block mt-4"
        novalidate
      >
        <ErrorSummary form={form} />
        <input type="hidden" name="ufficio" value={office.code} />
        <input type="hidden" name="inizio" value={toRfc3339(start)} />
        <TextField
          name="email"
          type="email"
          label={t('email')}
          hint={t('emailHint')}
          form={form}
          autocomplete="email"
          maxlength={254}
        />
        <TextArea name="note" label={t('note')} form={form} maxlength={500} rows={3} />
        <div class="actions">
          <SubmitButton icon="it-check">{t('confirm')}</SubmitButton>
          <LinkButton look="outline" href="/invito/orario">
            {t('other')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
}

const confirmForm = z.object({
  ufficio: z.string().max(60),
  inizio: z.string().max(35),
  email: z.union([z.literal(''), email]).optional(),
  note: z.string().max(500).optional(),
});

invitationPages.post('/invito/conferma', async (c) => {
  const opened = await remembered(c);
  if (!opened) return c.redirect('/invito', 303);
  const values = await formValues(c);
  const one = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const choice = { ufficio: one('ufficio'), inizio: one('inizio') };
  if (isShownAgain(c)) return confirmPage(c, opened, choice, { values, errors: {} });
  const parsed = confirmForm.safeParse(values);
  if (!parsed.success) {
    const errors = zodErrors(parsed.error, c.get('locale'));
    return confirmPage(c, opened, choice, { values, errors }, 422);
  }
  const { ufficio, inizio, note } = parsed.data;
  const start: Instant = instantFrom(inizio);
  try {
    const booked = await bookByInvitation(callOf(c), {
      code: opened.code,
      officeId: opened.campaign.offices.find(({ code }) => code === ufficio)?.id,
      start,
      email: parsed.data.email || undefined,
      note: note || undefined,
    });
    forgetCode(c);
    await keepPass(c, passOf(booked));
    return bookedPage(c, booked);
  } catch (error) {
    const refused = error instanceof Problem ? error.kind.slug : undefined;
    if (refused === 'slot-taken' || refused === 'slot-not-offered') {
      return c.redirect('/invito/orario?preso', 303);
    }
    if (refused === 'already-booked') return c.redirect('/appuntamento', 303);
    throw error;
  }
});

function bookedPage(c: AppContext, booked: Awaited<ReturnType<typeof bookByInvitation>>) {
  const locale = c.get('locale');
  const t = personStrings(locale);
  return page(
    c,
    {
      title: t('doneTitle'),
      lead: t('doneLead', { when: formatDateTime(booked.startsAt, locale) }),
      active: 'appointment',
    },
    <>
      <Card>
        <Chosen service={booked.service} office={booked.office} start={booked.startsAt} />
        <DefinitionList items={[[t('bookingCode'), formatCode(booked.code)]]} />
        <WhatToBring service={booked.service} />
      </Card>
      <p class="mt-4">{t('doneHelp')}</p>
      <div class="actions">
        <LinkButton href="/appuntamento">{t('openMine')}</LinkButton>
        <PrintButton look="outline">{t('print')}</PrintButton>
      </div>
    </>,
  );
}
