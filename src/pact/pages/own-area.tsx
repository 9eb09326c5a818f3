import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { LinkButton, PostButton, PrintButton } from '../../web/components/buttons.tsx';
import { Card, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { readPersonFile } from '../actions/read-person-file.ts';
import { signPact } from '../actions/sign-pact.ts';
import { pactStrings } from '../strings.ts';
import { PactDocument } from './document.tsx';
import { Deadlines } from './person-file.tsx';

export const ownAreaPages = createApi();

ownAreaPages.get('/area-personale', async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'jobseeker');
  const t = pactStrings(call.locale);
  const file = await readPersonFile(call, call.actor.personId);
  return page(
    c,
    { title: t('ownTitle'), lead: t('ownLead'), active: 'own' },
    <>
      <div class="cards">
        <Card title={t('ownProfile')} href="/area-personale/profilo">
          <p>{t('ownProfileText')}</p>
        </Card>
        <Card title={t('ownPact')} href="/area-personale/patto">
          <p>{t('ownPactText')}</p>
          {file.pacts[0] && <Tag>{t(`state_${file.pacts[0].state}`)}</Tag>}
        </Card>
        <Card title={t('ownData')} href="/area-personale/dati">
          <p>{t('ownDataText')}</p>
        </Card>
        <Card title={t('ownBook')} href="/prenota">
          <p>{t('ownBookText')}</p>
        </Card>
      </div>
      {file.deadlines.length > 0 && <Deadlines deadlines={file.deadlines} />}
    </>,
  );
});

ownAreaPages.get('/area-personale/patto', async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'jobseeker');
  const t = pactStrings(call.locale);
  const file = await readPersonFile(call, call.actor.personId);
  const [pact] = file.pacts;
  return page(
    c,
    {
      title: t('pactTitle'),
      active: 'own',
      wide: true,
      breadcrumbs: [{ label: t('ownTitle'), href: '/area-personale' }, { label: t('ownPact') }],
    },
    pact ? (
      <>
        <p>
          {t('pactVersion', { version: String(pact.version) })}{' '}
          <Tag>{t(`state_${pact.state}`)}</Tag>
        </p>
        <PactDocument
          pact={pact}
          person={file.person}
          profile={file.profiles.find((profile) => profile.id === pact.profileId)}
          did={file.did}
        />
        <h2>{t('contestTitle')}</h2>
        <p>{t('contest')}</p>
        {pact.state === 'awaiting_person' && <Alert kind="warning">{t('signOnlineNote')}</Alert>}
        <div class="actions no-print">
          {pact.state === 'awaiting_person' && (
            <PostButton
              action="/area-personale/patto/firma"
              fields={{ pact: pact.id, revision: String(pact.revision) }}
              icon="it-file-signed"
            >
              {t('signOnline')}
            </PostButton>
          )}
          <PrintButton look="outline">{t('print')}</PrintButton>
        </div>
      </>
    ) : (
      <EmptyState title={t('ownPactNone')} icon="it-file-signed">
        <p>{t('ownPactNoneHelp')}</p>
        <LinkButton href="/prenota">{t('ownBook')}</LinkButton>
      </EmptyState>
    ),
  );
});

ownAreaPages.post('/area-personale/patto/firma', async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'jobseeker');
  const { pact, revision } = await formValues(c);
  const file = await readPersonFile(call, call.actor.personId);
  const found = file.pacts.find((one) => one.id === pact);
  if (!found) throw notFound();
  await signPact(call, {
    pactId: found.id,
    revision: Number(revision) || 0,
    signature: 'person_online',
  });
  return c.redirect('/area-personale/patto', 303);
});
