import { z } from 'zod';
import { channelErrors, PersonFields, personLabels } from '../../booking/pages/person-fields.tsx';
import { readOwnPerson } from '../../identity/actions/read-own-person.ts';
import { ALSO_BY, offeredBesides } from '../../identity/also-by.ts';
import { passOf } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { email, familyName, givenName, phone } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary } from '../../web/components/fields.tsx';
import {
  EMPTY_FORM,
  type FormState,
  formValues,
  isShownAgain,
  TYPED_FORM,
  zodErrors,
} from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { readSession } from '../actions/read-sessions.ts';
import { register } from '../actions/register.ts';
import { isFull } from '../rules/registration.ts';
import type { GroupSession } from '../session.ts';
import { workshopStrings } from '../strings.ts';
import { SessionFacts } from './parts.tsx';
import { keepPass } from './pass.ts';

export const registerPages = createApi();

const blankOr = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const strangerForm = z.object({
  nome: givenName,
  cognome: familyName,
  email,
  telefono: blankOr(phone),
  canale: blankOr(z.enum(ALSO_BY)),
  lista: z.literal('si').optional(),
});
/** A signed-in jobseeker's name is known: only contact details are read. */
const knownForm = strangerForm.partial({ nome: true, cognome: true });

registerPages.get('/incontri/:id/iscrizione', async (c) =>
  registerPage(c, await sessionOf(c), EMPTY_FORM),
);

registerPages.post('/incontri/:id/iscrizione', async (c) => {
  const call = callOf(c);
  const session = await sessionOf(c);
  const values = await formValues(c);
  if (isShownAgain(c)) return registerPage(c, session, { values, errors: {} });
  const parsed = (call.actor.kind === 'jobseeker' ? knownForm : strangerForm).safeParse(values);
  if (!parsed.success) {
    return registerPage(c, session, { values, errors: zodErrors(parsed.error, call.locale) }, 422);
  }
  const { data } = parsed;
  const person = {
    givenName: data.nome ?? '',
    familyName: data.cognome ?? '',
    email: data.email,
    phone: data.telefono,
    alsoBy: data.canale,
    taxCode: undefined,
    domicile: undefined,
  };
  try {
    const orQueue = data.lista === 'si';
    const made = await register(call, { sessionId: session.id, person, orQueue });
    await keepPass(c, passOf(made));
    return c.redirect('/incontri/iscrizione?nuova=1', 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { slug } = error.kind;
    if (slug === 'invalid-request') {
      const errors = channelErrors(error, call.locale);
      return registerPage(c, session, { values, errors }, 422);
    }
    if (slug === 'registration-closed') return c.redirect(`/incontri/${session.id}`, 303);
    if (slug !== 'session-full' && slug !== 'already-registered') throw error;
    const seen = slug === 'session-full' ? { ...session, taken: session.seats } : session;
    return registerPage(c, seen, { values, errors: {} }, 409, slug);
  }
});

async function sessionOf(c: AppContext): Promise<GroupSession> {
  const id = z.uuid().safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  const session = await readSession(callOf(c), id.data);
  if (session.state === 'draft') throw notFound();
  return session;
}

async function registerPage(
  c: AppContext,
  session: GroupSession,
  form: FormState,
  status: 200 | 409 | 422 = 200,
  refused?: 'session-full' | 'already-registered',
) {
  const call = callOf(c);
  const { locale } = call;
  const t = workshopStrings(locale);
  const known = call.actor.kind === 'jobseeker' ? await readOwnPerson(call) : undefined;
  const full = isFull(session);
  return page(
    c,
    {
      title: t(full ? 'joinQueue' : 'registerTitle'),
      lead: session.title[locale],
      active: 'sessions',
      status,
      showsAgain: `/incontri/${session.id}/iscrizione`,
      breadcrumbs: [
        { label: t('listTitle'), href: '/incontri' },
        { label: session.title[locale], href: `/incontri/${session.id}` },
        { label: t(full ? 'joinQueue' : 'register') },
      ],
    },
    <>
      {refused === 'already-registered' && (
        <Alert kind="warning" live>
          {t('already')} <a href="/incontri/iscrizione">{t('openMine')}</a>
        </Alert>
      )}
      {refused === 'session-full' && (
        <Alert kind="warning" live>
          {t('filledMeanwhile')}
        </Alert>
      )}
      <Card>
        <SessionFacts session={session} />
      </Card>
      <form
        id={TYPED_FORM}
        method="post"
        action={`/incontri/${session.id}/iscrizione`}
        class="form-block mt-4"
        novalidate
      >
        <ErrorSummary form={form} labels={personLabels(locale)} />
        {full && (
          <>
            <p>
              {t('queueLead')} {session.waiting > 0 && t('queueLength', { count: session.waiting })}
            </p>
            <input type="hidden" name="lista" value="si" />
          </>
        )}
        <PersonFields
          form={form}
          known={known}
          signedInAs={
            known ? t('signedInAs', { name: `${known.givenName} ${known.familyName}` }) : ''
          }
          emailHint={t('emailHint')}
          phoneHint={t('optional')}
          channels={offeredBesides(call.config, known !== undefined)}
        />
        <p>
          {t('privacy')}
          <a href="/privacy">{t('privacyLink')}</a>.
        </p>
        <div class="actions">
          <SubmitButton>{t(full ? 'joinQueue' : 'register')}</SubmitButton>
          <LinkButton look="plain" href={`/incontri/${session.id}`}>
            {t('cancelNo')}
          </LinkButton>
        </div>
      </form>
    </>,
  );
}
