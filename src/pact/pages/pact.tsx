import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { filePath, personIdOf } from '../../profiling/pages/path.ts';
import { LinkButton, PostButton, PrintButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { errorsByField, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { draftPact } from '../actions/draft-pact.ts';
import { editPact } from '../actions/edit-pact.ts';
import { type PersonFile, readPersonFile } from '../actions/read-person-file.ts';
import { reopenPact } from '../actions/reopen-pact.ts';
import { type Signature, signPact } from '../actions/sign-pact.ts';
import { pactPatchSchema, toContent } from '../schemas.ts';
import type { Pact } from '../store.ts';
import { pactStrings } from '../strings.ts';
import { PactDocument } from './document.tsx';
import { compacted, PactForm, toBody, valuesOf } from './pact-form.tsx';

export const pactPages = createApi();

pactPages.get('/operatore/persone/:person/patto', async (c) => {
  const file = await readPersonFile(callOf(c), personIdOf(c));
  const asked = Number(c.req.query('versione'));
  const pact = file.pacts.find((one) => one.version === asked) ?? file.pacts[0];
  const t = pactStrings(c.get('locale'));
  return page(
    c,
    { ...shell(c, file), title: t('pactTitle'), wide: true },
    pact ? <PactView file={file} pact={pact} /> : <NotYet file={file} />,
  );
});

pactPages.post('/operatore/persone/:person/patto', async (c) => {
  const personId = personIdOf(c);
  await draftPact(callOf(c), personId);
  return c.redirect(filePath(personId, '/patto/modifica'), 303);
});

pactPages.get('/operatore/persone/:person/patto/modifica', async (c) => {
  const file = await readPersonFile(callOf(c), personIdOf(c));
  const draft = openVersion(file);
  return showForm(c, file, draft, { values: valuesOf(draft), errors: {} });
});

pactPages.post('/operatore/persone/:person/patto/modifica', async (c) => {
  const call = callOf(c);
  const file = await readPersonFile(call, personIdOf(c));
  const draft = openVersion(file);
  const values = compacted(await formValues(c));
  const parsed = pactPatchSchema.safeParse(toBody(values));
  if (!parsed.success) {
    return showForm(c, file, draft, { values, errors: zodErrors(parsed.error, call.locale) }, 422);
  }
  const { data } = parsed;
  try {
    await editPact(call, {
      pactId: draft.id,
      revision: Number(values.revision) || 0,
      startsOn: data.starts_on,
      endsOn: data.ends_on,
      content: toContent(data.content),
      actions: data.actions.map(({ due_on, legal_letter, ...terms }) => ({
        ...terms,
        dueOn: due_on,
        letter: legal_letter ?? null,
      })),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    const errors = errorsByField(error.extra.errors ?? []);
    return showForm(c, file, draft, { values, errors }, 422);
  }
  return c.redirect(filePath(file.person.id, '/patto'), 303);
});

pactPages.post('/operatore/persone/:person/patto/firma', async (c) => {
  const call = callOf(c);
  const file = await readPersonFile(call, personIdOf(c));
  const values = await formValues(c);
  const signature: Signature = values.firma === 'persona' ? 'person_desk' : 'operator';
  const revision = Number(values.revision) || 0;
  await signPact(call, { pactId: openVersion(file).id, revision, signature });
  return c.redirect(filePath(file.person.id, '/patto'), 303);
});

pactPages.post('/operatore/persone/:person/patto/riapri', async (c) => {
  const call = callOf(c);
  const file = await readPersonFile(call, personIdOf(c));
  const { revision } = await formValues(c);
  await reopenPact(call, { pactId: openVersion(file).id, revision: Number(revision) || 0 });
  return c.redirect(filePath(file.person.id, '/patto/modifica'), 303);
});

/** The version that still waits for a signature. */
function openVersion(file: PersonFile): Pact {
  const open = file.pacts.find((pact) => pact.state !== 'signed');
  if (!open) throw notFound();
  return open;
}

function shell(c: AppContext, file: PersonFile) {
  const t = pactStrings(c.get('locale'));
  const name = `${file.person.givenName} ${file.person.familyName}`;
  return {
    active: 'persons' as const,
    breadcrumbs: [
      { label: t('persons'), href: '/operatore/persone' },
      { label: name, href: filePath(file.person.id) },
      { label: t('pact') },
    ],
  };
}

function showForm(c: AppContext, file: PersonFile, draft: Pact, form: FormState, status?: 422) {
  const t = pactStrings(c.get('locale'));
  return page(
    c,
    { ...shell(c, file), title: t('editTitle'), lead: t('editLead'), status },
    <PactForm form={form} revision={draft.revision} />,
  );
}

function NotYet({ file }: { file: PersonFile }) {
  const t = pactStrings(useLocale());
  return (
    <EmptyState title={t('pactNotYet')} icon="it-file-signed">
      <p>{t('pactNotYetHelp')}</p>
      <PostButton action={filePath(file.person.id, '/patto')}>{t('prepare')}</PostButton>
    </EmptyState>
  );
}

function PactView({ file, pact }: { file: PersonFile; pact: Pact }) {
  const t = pactStrings(useLocale());
  return (
    <>
      <p>
        {t('pactVersion', { version: String(pact.version) })} <Tag>{t(`state_${pact.state}`)}</Tag>
      </p>
      <div class="no-print">
        {pact.state === 'awaiting_person' && <Alert kind="info">{t('waiting')}</Alert>}
        {pact.state === 'signed' && <Alert kind="success">{t('final')}</Alert>}
      </div>
      <PactDocument
        pact={pact}
        person={file.person}
        profile={file.profiles.find((profile) => profile.id === pact.profileId)}
        did={file.did}
      />
      <Buttons file={file} pact={pact} />
      {file.pacts.length > 1 && (
        <nav class="no-print" aria-label={t('versions')}>
          <h2>{t('versions')}</h2>
          <ul>
            {file.pacts.map((one) => (
              <li>
                <a href={`${filePath(file.person.id, '/patto')}?versione=${one.version}`}>
                  {t('pactVersion', { version: String(one.version) })}
                </a>
                : {t(`state_${one.state}`)}
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  );
}

function Buttons({ file, pact }: { file: PersonFile; pact: Pact }) {
  const t = pactStrings(useLocale());
  const at = (part: string) => filePath(file.person.id, part);
  const revision = String(pact.revision);
  return (
    <div class="actions no-print">
      {pact.state === 'draft' && (
        <>
          <PostButton action={at('/patto/firma')} fields={{ revision }} icon="it-file-signed">
            {t('signNow')}
          </PostButton>
          <LinkButton href={at('/patto/modifica')} look="outline">
            {t('edit')}
          </LinkButton>
        </>
      )}
      {pact.state === 'awaiting_person' && (
        <>
          <PostButton
            action={at('/patto/firma')}
            fields={{ revision, firma: 'persona' }}
            icon="it-file-signed"
          >
            {t('signDesk')}
          </PostButton>
          <PostButton action={at('/patto/riapri')} fields={{ revision }} look="outline">
            {t('reopen')}
          </PostButton>
        </>
      )}
      {pact.state === 'signed' && pact === file.pacts[0] && (
        <PostButton action={at('/patto')} look="outline">
          {t('prepareNext')}
        </PostButton>
      )}
      <PrintButton look="outline">{t('print')}</PrintButton>
    </div>
  );
}
