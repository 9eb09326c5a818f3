import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { csvHeaders } from '../../platform/csv.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { istatCode, uuid } from '../../reference/fields.ts';
import { LinkButton, PostButton, SurePostButton } from '../../web/components/buttons.tsx';
import { DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState, Progress } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState, formParts, formValues, zodErrors } from '../../web/form.ts';
import { formatDay, formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { archivePerson } from '../actions/archive-person.ts';
import { askForOpenings } from '../actions/ask-for-openings.ts';
import { choosePeople, clearPeople } from '../actions/choose-people.ts';
import { convocable, convokePeople } from '../actions/convoke-people.ts';
import { forecastCapacity } from '../actions/forecast-capacity.ts';
import { importPeople } from '../actions/import-people.ts';
import { launchCampaign, stopCampaign } from '../actions/launch-campaign.ts';
import { type CampaignFile, readCampaign } from '../actions/read-campaign.ts';
import { peopleCsv } from '../people-csv.ts';
import { MOST_PEOPLE } from '../people-list.ts';
import { isPostal } from '../rules/sending.ts';
import { deskStrings } from '../strings.ts';
import { Draft, type DraftState } from './campaign-draft.tsx';
import { PeopleTable, type Seen, seenOf } from './campaign-people.tsx';
import { HOME, STATE_TONES } from './parts.tsx';

export const campaignPages = createApi();

function idOf(c: AppContext): string {
  const id = uuid.safeParse(c.req.param('id'));
  if (!id.success) throw notFound();
  return id.data;
}

campaignPages.get(`${HOME}/:id`, async (c) => {
  const done = c.req.query('fatto');
  const count = Number(c.req.query('quanti') ?? 0);
  return campaignPage(c, { form: EMPTY_FORM, faults: [], done, count });
});

async function campaignPage(c: AppContext, state: DraftState, status: 200 | 409 | 422 = 200) {
  const call = callOf(c);
  const file = await readCampaign(call, idOf(c));
  const { campaign } = file;
  const t = deskStrings(call.locale);
  const editing = campaign.state === 'draft';
  return page(
    c,
    {
      title: campaign.title,
      active: 'operator',
      wide: true,
      status,
      breadcrumbs: [{ label: t('title'), href: HOME }, { label: campaign.title }],
    },
    <>
      <Outcome done={state.done} count={state.count} />
      <Facts file={file} />
      {editing ? (
        <Draft
          file={file}
          forecast={file.people.length > 0 ? await forecastCapacity(call, campaign.id) : undefined}
          state={state}
        />
      ) : (
        <Running file={file} seen={seenOf(c)} />
      )}
    </>,
  );
}

const DONE = {
  avviata: 'launched',
  orari: 'askedOpenings',
} as const;
const COUNTED = {
  aggiunte: 'added',
  fermata: 'stopped',
  convocate: 'convoked',
  stampate: 'printed',
} as const;

/** What was just done, said once. */
function Outcome({ done, count }: { done: string | undefined; count: number }) {
  const t = deskStrings(useLocale());
  const plain = Object.entries(DONE).find(([key]) => key === done)?.[1];
  const counted = Object.entries(COUNTED).find(([key]) => key === done)?.[1];
  if (!plain && !counted) return null;
  return (
    <Alert kind="success" live>
      {plain ? t(plain) : counted && t(counted, { count: Number.isFinite(count) ? count : 0 })}
    </Alert>
  );
}

function Facts({ file: { campaign } }: { file: CampaignFile }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <>
      <p>
        <Tag tone={STATE_TONES[campaign.state]}>{t(`state_${campaign.state}`)}</Tag>{' '}
        {campaign.demo && <Tag>{t('demo')}</Tag>}
      </p>
      <DefinitionList
        items={[
          [t('service'), campaign.service.name[locale]],
          [t('offices'), campaign.offices.map(({ name }) => name).join(', ')],
          [
            t('window'),
            t('fromTo', {
              from: formatDay(campaign.opensOn, locale),
              to: formatDay(campaign.closesOn, locale),
            }),
          ],
          [t('format'), t(`format_${campaign.format}`)],
          [t('channel'), t(`format_${campaign.convocationChannel}`)],
        ]}
      />
      {campaign.overrideReason && (
        <Alert kind="warning">{t('overridden', { reason: campaign.overrideReason })}</Alert>
      )}
    </>
  );
}

function Running({ file, seen }: { file: CampaignFile; seen: Seen }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const { campaign, people, funnel } = file;
  const here = `${HOME}/${campaign.id}`;
  const left = people.filter(({ state }) => state !== 'queued').length;
  const steps = ['invited', 'opened', 'booked', 'seen', 'expired'] as const;
  return (
    <>
      <Progress
        id="partiti"
        label={t('progress')}
        value={left}
        max={people.length}
        note={t('progressNote', {
          done: formatNumber(left, locale),
          all: formatNumber(people.length, locale),
        })}
      />
      <h2 class="h4 mt-4">{t('funnel')}</h2>
      {steps.map((step) => (
        <Progress
          id={`imbuto-${step}`}
          label={t(step)}
          value={funnel[step]}
          max={Math.max(1, funnel.people)}
          note={t('progressNote', {
            done: formatNumber(funnel[step], locale),
            all: formatNumber(funnel.people, locale),
          })}
        />
      ))}
      <div class="actions mt-4 mb-4 no-print">
        <LinkButton href={`${here}/convoca`}>{t('convoke')}</LinkButton>
        {isPostal(campaign.format) && (
          <LinkButton look="outline" href={`${here}/lettere`} icon="it-print">
            {t('letters')}
          </LinkButton>
        )}
        <LinkButton look="outline" href={`${here}/esporta`} icon="it-file-csv">
          {t('exportCsv')}
        </LinkButton>
        {campaign.state === 'launched' && left < people.length && (
          <SurePostButton action={`${here}/ferma`} ask={t('stop')} sure={t('stopSure')} />
        )}
      </div>
      <PeopleTable file={file} seen={seen} />
    </>
  );
}

const filterForm = z.object({
  history: z.enum(['any', 'never', 'absent']),
  comune: z.preprocess((value) => (value === '' ? undefined : value), istatCode.optional()),
  limit: z.coerce.number().int().min(1).max(MOST_PEOPLE),
});

campaignPages.post(`${HOME}/:id/persone`, async (c) => {
  const values = await formValues(c);
  const parsed = filterForm.safeParse(values);
  if (!parsed.success)
    return again(c, { values, errors: zodErrors(parsed.error, c.get('locale')) });
  const added = await choosePeople(callOf(c), idOf(c), parsed.data);
  return done(c, 'aggiunte', added);
});

campaignPages.post(`${HOME}/:id/elenco`, async (c) => {
  const values = await formValues(c);
  const { file } = await formParts(c);
  const uploaded = file instanceof File && file.size > 0 ? await file.text() : undefined;
  const text = uploaded ?? (typeof values.csv === 'string' ? values.csv : '');
  const outcome = await importPeople(callOf(c), idOf(c), text);
  if (outcome.kind === 'imported') return done(c, 'aggiunte', outcome.added);
  const state = { form: { values: { csv: text }, errors: {} }, faults: outcome.faults, count: 0 };
  return campaignPage(c, { ...state, done: undefined }, 422);
});

campaignPages.post(`${HOME}/:id/svuota`, async (c) => {
  await clearPeople(callOf(c), idOf(c));
  return done(c, '', 0);
});

campaignPages.post(`${HOME}/:id/orari`, async (c) => {
  await askForOpenings(callOf(c), idOf(c));
  return done(c, 'orari', 0);
});

campaignPages.post(`${HOME}/:id/avvia`, async (c) => {
  const values = await formValues(c);
  const version = z.coerce.number().int().safeParse(values.version).data;
  const reason = typeof values.motivo === 'string' ? values.motivo.slice(0, 500) : '';
  try {
    await launchCampaign(callOf(c), {
      id: idOf(c),
      version,
      overrideReason: reason || undefined,
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
    // Whoever came second finds the campaign launched: that is what they wanted.
    if (error.kind.slug === 'campaign-not-draft') return done(c, '', 0);
    const form = { values, errors: { motivo: error.kind.explanation[c.get('locale')] } };
    return again(c, form);
  }
  return done(c, 'avviata', 0);
});

campaignPages.post(`${HOME}/:id/ferma`, async (c) => {
  return done(c, 'fermata', await stopCampaign(callOf(c), idOf(c)));
});

const archiveForm = z.object({ invito: uuid, motivo: z.string().max(300) });

campaignPages.post(`${HOME}/:id/archivia`, async (c) => {
  const parsed = archiveForm.safeParse(await formValues(c));
  if (!parsed.success) return done(c, '', 0);
  await archivePerson(callOf(c), parsed.data.invito, parsed.data.motivo || undefined);
  return done(c, '', 0);
});

campaignPages.get(`${HOME}/:id/esporta`, async (c) => {
  const { people } = await readCampaign(callOf(c), idOf(c));
  return c.body(peopleCsv(people, c.get('locale')), 200, {
    ...csvHeaders('inviti'),
    'Cache-Control': 'no-store',
  });
});

campaignPages.get(`${HOME}/:id/convoca`, async (c) => {
  const call = callOf(c);
  const id = idOf(c);
  const { campaign } = await readCampaign(call, id);
  const people = await convocable(call, id);
  const t = deskStrings(call.locale);
  const back = `${HOME}/${id}`;
  return page(
    c,
    {
      title: t('convoke'),
      active: 'operator',
      breadcrumbs: [
        { label: t('title'), href: HOME },
        { label: campaign.title, href: back },
        { label: t('convoke') },
      ],
    },
    people.length === 0 ? (
      <EmptyState title={t('convokeNone')}>
        <p>{t('convokeNoneHelp')}</p>
        <LinkButton href={back}>{t('back')}</LinkButton>
      </EmptyState>
    ) : (
      <>
        <h2 class="h4">{t('convokePreview', { count: people.length })}</h2>
        <p>
          {t('convokePreviewLead', {
            days: campaign.noticeDays,
            channel: t(`format_${campaign.convocationChannel}`),
          })}
        </p>
        <ul>
          {people.map((one) => (
            <li>
              {one.familyName} {one.givenName}, {t(`status_${one.followUp}`)}
            </li>
          ))}
        </ul>
        <div class="actions">
          <PostButton action={`${back}/convoca`}>
            {t('convokeAll', { count: people.length })}
          </PostButton>
          <LinkButton look="outline" href={back}>
            {t('back')}
          </LinkButton>
        </div>
      </>
    ),
  );
});

campaignPages.post(`${HOME}/:id/convoca`, async (c) => {
  return done(c, 'convocate', await convokePeople(callOf(c), { campaignId: idOf(c) }));
});

function done(c: AppContext, what: string, count: number) {
  const said = what === '' ? '' : `?fatto=${what}&quanti=${count}`;
  return c.redirect(`${HOME}/${idOf(c)}${said}`, 303);
}

function again(c: AppContext, form: FormState) {
  return campaignPage(c, { form, faults: [], done: undefined, count: 0 }, 422);
}
