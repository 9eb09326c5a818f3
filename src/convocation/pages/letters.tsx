import type { Child } from 'hono/jsx';
import { callOf } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { type Bilingual, notFound } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LinkButton, PostButton, PrintButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { Qr } from '../../web/components/qr.tsx';
import { formatDate, formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { convocationLetter, listLetters, markPrinted } from '../actions/print-letters.ts';
import { formatGroups } from '../rules/code.ts';
import { deskStrings, personStrings } from '../strings.ts';
import { Courtesy, CourtesyChoice, type CourtesyLanguage, courtesyLanguage } from './courtesy.tsx';
import { HOME } from './parts.tsx';

/** Letters on paper: a sheet each, with the code to scan and to type. */
export const letterPages = createApi();

function idOf(c: AppContext): string {
  const id = uuid.safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  return id.data;
}

letterPages.get(`${HOME}/:id/lettere`, async (c) => {
  const call = callOf(c);
  const { campaign, letters } = await listLetters(call, idOf(c));
  const asked = c.req.query('lingua');
  const { locale } = call;
  const t = deskStrings(locale);
  const back = `${HOME}/${campaign.id}`;
  return page(
    c,
    {
      title: t('lettersTitle'),
      active: 'operator',
      heading: false,
      breadcrumbs: [
        { label: t('title'), href: HOME },
        { label: campaign.title, href: back },
        { label: t('lettersTitle') },
      ],
    },
    <>
      <div class="no-print">
        <h1 class="site-title">{t('lettersTitle')}</h1>
        {letters.length === 0 ? (
          <EmptyState title={t('lettersNone')} icon="it-print">
            <p>{t('lettersNoneHelp')}</p>
            <LinkButton href={back}>{t('back')}</LinkButton>
          </EmptyState>
        ) : (
          <>
            <p class="lead">{t('lettersLead', { count: letters.length })}</p>
            <CourtesyChoice path={`${back}/lettere`} chosen={courtesyLanguage(asked, 'it')} />
            <div class="actions">
              <PrintButton>{t('print')}</PrintButton>
              <PostButton action={`${back}/lettere`} look="outline">
                {t('markPrinted')}
              </PostButton>
            </div>
          </>
        )}
      </div>
      {letters.map(({ invited, code }) => (
        <Sheet
          to={`${invited.givenName} ${invited.familyName}`}
          address={invited.postalAddress}
          from={invited.officeName}
          code={code}
          publicUrl={call.config.publicUrl}
          subject="invitation"
          courtesy={courtesyLanguage(asked, invited.locale)}
          matter={{
            service: campaign.service.name,
            at: invited.expiresAt! - 1,
            where: invited.officeName,
          }}
        >
          <p>
            {personStrings('it')('letterInvite', {
              service: campaign.service.name.it,
              until: formatDate(invited.expiresAt! - 1, 'it'),
            })}
          </p>
          {campaign.template !== '' && <p>{campaign.template}</p>}
        </Sheet>
      ))}
    </>,
  );
});

letterPages.post(`${HOME}/:id/lettere`, async (c) => {
  const id = idOf(c);
  const printed = await markPrinted(callOf(c), id);
  return c.redirect(`${HOME}/${id}?fatto=stampate&quanti=${printed}`, 303);
});

letterPages.get(`${HOME}/atti/:id/lettera`, async (c) => {
  const call = callOf(c);
  const { convocation: one, code } = await convocationLetter(call, idOf(c));
  const { locale } = call;
  const t = deskStrings(locale);
  // The office writes in Italian, whoever prints.
  const words = personStrings('it');
  const courtesy = courtesyLanguage(c.req.query('lingua'), one.locale);
  const where = [one.officeName, one.officeAddress, one.officePhone].filter(Boolean).join(', ');
  return page(
    c,
    {
      title: t('printLetter'),
      active: 'operator',
      heading: false,
      breadcrumbs: [
        { label: t('convocations'), href: `${HOME}/atti` },
        { label: `${one.familyName} ${one.givenName}`, href: `${HOME}/atti/${one.id}` },
        { label: t('printLetter') },
      ],
    },
    <>
      <div class="no-print">
        <h1 class="site-title">{t('printLetter')}</h1>
        <CourtesyChoice path={`${HOME}/atti/${one.id}/lettera`} chosen={courtesy} />
        <div class="actions">
          <PrintButton>{t('print')}</PrintButton>
        </div>
      </div>
      <Sheet
        to={`${one.givenName} ${one.familyName}`}
        address={one.postalAddress}
        from={[one.officeName, one.officeAddress].filter(Boolean).join(', ')}
        code={code}
        publicUrl={call.config.publicUrl}
        subject="convocation"
        courtesy={courtesy}
        matter={{ service: one.serviceName, at: one.startsAt!, where }}
      >
        <p>{words('letterConvoke', { service: one.serviceName.it })}</p>
        <p>
          <strong>{formatDateTime(one.startsAt!, 'it')}</strong>
          <br />
          {where}
        </p>
        <p>{words('ifNotLaw')}</p>
        <p>{words('ifNotWho')}</p>
        <p>{words('ifNotUnverified')}</p>
        <p>{words('excuseHelp')}</p>
      </Sheet>
    </>,
  );
});

/** A sheet of A4: address where the window of an envelope is, the matter, the code. */
function Sheet(props: {
  to: string;
  address: string | null;
  from: string;
  code: string;
  publicUrl: string;
  subject: 'invitation' | 'convocation';
  courtesy: CourtesyLanguage | undefined;
  matter: { service: Bilingual; at: Instant; where: string };
  children: Child;
}) {
  const t = personStrings('it');
  const { code, publicUrl, courtesy, matter } = props;
  return (
    <article class="sheet" aria-label={props.to} lang="it">
      <p class="sheet-from">{props.from}</p>
      <address class="sheet-to">
        <strong>{props.to}</strong>
        {(props.address ?? '').split('\n').map((line) => (
          <>
            <br />
            {line}
          </>
        ))}
      </address>
      <p>
        <strong>{t('letterObject', { what: t(props.subject) })}</strong>
      </p>
      <p>{t('greeting', { name: props.to })}</p>
      {props.children}
      <div class="sheet-code">
        <Qr text={`${publicUrl}/invito#${code}`} />
        <div>
          <p>{t('letterScan', { address: `${publicUrl.replace(/^https?:\/\//, '')}/invito` })}</p>
          <p class="sheet-typed">
            <span class="visually-hidden">{t('letterCode')}: </span>
            {formatGroups(code)}
          </p>
        </div>
      </div>
      <p>{t('letterNoNet')}</p>
      {courtesy && (
        <Courtesy
          language={courtesy}
          matter={{
            ...matter,
            subject: props.subject,
            service: matter.service[courtesy === 'en' ? 'en' : 'it'],
          }}
        />
      )}
    </article>
  );
}
