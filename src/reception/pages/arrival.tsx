import { z } from 'zod';
import { findOffice } from '../../booking/actions/find-office.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextField } from '../../web/components/fields.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { checkIn } from '../actions/check-in.ts';
import { readHall } from '../actions/read-hall.ts';
import { takeTicket } from '../actions/take-ticket.ts';
import { ARRIVALS_PER_MINUTE } from '../routes.ts';
import { receptionStrings } from '../strings.ts';
import { keepTicket } from './held-ticket.ts';
import { waitWords } from './parts.tsx';

/** Where somebody who came in says so: at the kiosk, or on their own phone by the poster's code. */
export const arrivalPages = createApi();

const limited = rateLimit({ scope: 'arrivals', perMinute: ARRIVALS_PER_MINUTE });

arrivalPages.get('/arrivo/:ufficio', (c) => arrivalPage(c, EMPTY_FORM));

arrivalPages.post('/arrivo/:ufficio/conferma', limited, async (c) => {
  const call = callOf(c);
  const office = await findOffice(call, c.req.param('ufficio'));
  const values = await formValues(c);
  const code = typeof values.codice === 'string' ? values.codice.slice(0, 20) : '';
  try {
    await keepTicket(c, (await checkIn(call, { officeId: office.id, code })).id);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { explanation, status } = error.kind;
    const form = { values, errors: { codice: explanation[call.locale] } };
    return arrivalPage(c, form, status === 404 ? 404 : 409);
  }
  return c.redirect('/biglietto', 303);
});

arrivalPages.post('/arrivo/:ufficio/numero', limited, async (c) => {
  const call = callOf(c);
  const office = await findOffice(call, c.req.param('ufficio'));
  const parsed = z.object({ servizio: z.uuid() }).safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const made = await takeTicket(call, { officeId: office.id, serviceId: parsed.data.servizio });
  await keepTicket(c, made.id);
  return c.redirect('/biglietto', 303);
});

async function arrivalPage(c: AppContext, form: FormState, status: 200 | 404 | 409 = 200) {
  const call = callOf(c);
  const { locale } = call;
  const t = receptionStrings(locale);
  const office = await findOffice(call, c.req.param('ufficio'));
  const { services } = await readHall(call, { id: office.id });
  const address = `/arrivo/${office.code}`;
  return page(
    c,
    { title: t('arrivalTitle'), lead: t('arrivalLead', { office: office.name }), status },
    <>
      <section aria-labelledby="prenotato">
        <h2 id="prenotato">{t('haveBooked')}</h2>
        <form method="post" action={`${address}/conferma`} class="form-block" novalidate>
          <ErrorSummary form={form} />
          <TextField
            name="codice"
            label={t('code')}
            hint={t('bookedHelp')}
            form={form}
            required
            code
            maxlength={20}
            width="narrow"
            autocomplete="off"
          />
          <div class="actions">
            <SubmitButton>{t('imHere')}</SubmitButton>
          </div>
        </form>
      </section>
      <section aria-labelledby="senza">
        <h2 id="senza">{t('notBooked')}</h2>
        {services.length === 0 ? (
          <EmptyState title={t('noServices')} icon="it-clock">
            <p>{t('noServicesHelp')}</p>
            <LinkButton href="/prenota">{t('bookInstead')}</LinkButton>
          </EmptyState>
        ) : (
          <>
            <p>{t('notBookedHelp')}</p>
            <div class="cards">
              {services.map(({ service, estimate }) => (
                <Card
                  level={3}
                  title={service.name[locale]}
                  footer={
                    estimate.today ? (
                      <PostButton action={`${address}/numero`} fields={{ servizio: service.id }}>
                        {t('takeNumber')}
                        <span class="visually-hidden">: {service.name[locale]}</span>
                      </PostButton>
                    ) : (
                      <LinkButton look="outline" href="/prenota">
                        {t('bookInstead')}
                        <span class="visually-hidden">: {service.name[locale]}</span>
                      </LinkButton>
                    )
                  }
                >
                  <p>
                    <strong>{waitWords(estimate, locale)}</strong>
                  </p>
                </Card>
              ))}
            </div>
          </>
        )}
      </section>
    </>,
  );
}
