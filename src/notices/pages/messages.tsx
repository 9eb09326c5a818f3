import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import {
  EMPTY_FORM,
  errorsByField,
  type FormState,
  formValues,
  zodErrors,
} from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { letterOf, listNotices, readNotice } from '../actions/read-notices.ts';
import { readReceipt } from '../actions/read-receipt.ts';
import { mayLeaveAgain, sendAgain } from '../actions/send-again.ts';
import { mayGoOtherwise, otherWays, sendOtherwise } from '../actions/send-otherwise.ts';
import { CHANNELS } from '../channel.ts';
import { deskStrings } from '../desk-strings.ts';
import { noticeKind } from '../kind.ts';
import type { Letter } from '../letters/letter.ts';
import { LetterBody } from '../letters/letter-body.tsx';
import { RECEIPT_HEADERS } from '../routes.ts';
import { LISTED_STATES, noticeStanding, provesDelivery } from '../rules/delivery.ts';
import { type Trouble, troubleOf } from '../rules/trouble.ts';
import type { FollowedNotice } from '../store/deliveries.ts';
import { troubleStrings } from '../trouble-strings.ts';
import { ChannelTag, PhoneMessage, Reader, StandingTag } from './parts.tsx';
import { History, OtherWayForm, TroubleAlert } from './trouble.tsx';

export const messagePages = createApi();

const SHOWN = 50;
const MESSAGE = '/operatore/messaggi/:id{[0-9a-f-]{36}}';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function asked(c: AppContext) {
  const cursor = c.req.query('dopo');
  return {
    state: LISTED_STATES.find((state) => state === c.req.query('stato')),
    channel: CHANNELS.find((channel) => channel === c.req.query('canale')),
    before: cursor && ID.test(cursor) ? cursor : undefined,
  };
}

messagePages.get('/operatore/messaggi', async (c) => {
  const call = callOf(c);
  const t = deskStrings(call.locale);
  const filter = asked(c);
  const found = await listNotices(call, { ...filter, limit: SHOWN });
  const shown = found.slice(0, SHOWN);
  const older = found.length > SHOWN ? shown.at(-1)?.notice.id : undefined;
  const query = new URLSearchParams();
  if (filter.state) query.set('stato', filter.state);
  if (filter.channel) query.set('canale', filter.channel);
  const href = (after?: string) =>
    `/operatore/messaggi?${new URLSearchParams([...query, ...(after ? [['dopo', after]] : [])])}`;
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      active: 'operator',
      wide: true,
      breadcrumbs: [{ label: t('desk'), href: '/operatore' }, { label: t('title') }],
    },
    <>
      {call.actor.kind === 'administrator' && (
        <div class="actions">
          <LinkButton look="outline" href="/operatore/messaggi/testi">
            {t('texts')}
          </LinkButton>
          <LinkButton look="outline" href="/operatore/messaggi/promemoria">
            {t('reminders')}
          </LinkButton>
        </div>
      )}
      <Filters state={filter.state} channel={filter.channel} />
      {shown.length === 0 ? (
        <EmptyState title={t('empty')} icon="it-mail">
          <p>{t('emptyHelp')}</p>
        </EmptyState>
      ) : (
        <Messages list={shown} />
      )}
      <div class="actions">
        {filter.before && (
          <LinkButton look="plain" href={href()}>
            {t('newest')}
          </LinkButton>
        )}
        {older && (
          <LinkButton look="outline" href={href(older)}>
            {t('older')}
          </LinkButton>
        )}
      </div>
    </>,
  );
});

function Filters(props: { state: string | undefined; channel: string | undefined }) {
  const t = deskStrings(useLocale());
  return (
    <form method="get" action="/operatore/messaggi" class="form-block">
      <div class="field-row">
        <SelectField
          name="stato"
          label={t('state')}
          value={props.state ?? ''}
          empty={t('anyState')}
          submits
          options={LISTED_STATES.map((value) => ({ value, label: t(`state_${value}`) }))}
        />
        <SelectField
          name="canale"
          label={t('channel')}
          value={props.channel ?? ''}
          empty={t('anyChannel')}
          submits
          options={CHANNELS.map((value) => ({ value, label: t(`channel_${value}`) }))}
        />
      </div>
      <SubmitButton look="outline" icon="it-funnel">
        {t('show')}
      </SubmitButton>
    </form>
  );
}

function Messages({ list }: { list: readonly FollowedNotice[] }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <Table caption={t('title')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('message')}</th>
          <th scope="col">{t('reader')}</th>
          <th scope="col">{t('channel')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('when')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ notice, told }) => (
          <tr>
            <th scope="row">
              <a href={`/operatore/messaggi/${notice.id}`}>{titleOf(notice.kind, locale)}</a>
            </th>
            <td>
              <Reader notice={notice} />
            </td>
            <td>
              <ChannelTag channel={notice.channel} />
            </td>
            <td>
              <StandingTag standing={noticeStanding(notice.state, told)} />
              <TroubleWords trouble={troubleOf(notice, told)} />
            </td>
            <td>{formatDateTime(notice.createdAt, locale)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function TroubleWords({ trouble }: { trouble: Trouble | undefined }) {
  const t = troubleStrings(useLocale());
  return trouble ? <div class="text-secondary">{t(`cause_${trouble.cause}`)}</div> : null;
}

const titleOf = (kind: string, locale: 'it' | 'en') => noticeKind(kind)?.title[locale] ?? kind;

messagePages.get(MESSAGE, (c) => messagePage(c, EMPTY_FORM));

async function messagePage(c: AppContext, form: FormState, status: 200 | 422 = 200) {
  const call = callOf(c);
  const { locale } = call;
  const t = deskStrings(locale);
  const id = idOf(c);
  const followed = await readNotice(call, id);
  const { notice, told } = followed;
  const title = titleOf(notice.kind, locale);
  const letter = await letterOf(call, followed);
  const trouble = troubleOf(notice, told);
  const now = call.clock.now();
  const arrived = ['delivered', 'read'].includes(noticeStanding(notice.state, told));
  const ways = mayGoOtherwise(notice, now) && !arrived ? await otherWays(call, notice) : undefined;
  return page(
    c,
    {
      title,
      active: 'operator',
      status,
      breadcrumbs: [
        { label: t('desk'), href: '/operatore' },
        { label: t('title'), href: '/operatore/messaggi' },
        { label: title },
      ],
    },
    <>
      <ErrorSummary form={form} />
      {c.req.query('rispedito') !== undefined && (
        <Alert kind="success" live>
          {t('sendAgainDone')}
        </Alert>
      )}
      {trouble && <TroubleAlert trouble={trouble} phone={ways?.phone} />}
      <Facts followed={followed} />
      {mayLeaveAgain(notice, now) && (
        <PostButton
          action={`/operatore/messaggi/${id}/rispedisci`}
          look="outline"
          icon="it-refresh"
        >
          {t('sendAgain')}
        </PostButton>
      )}
      {ways && <OtherWayForm notice={notice} ways={ways} form={form} />}
      <h2>{t('history')}</h2>
      <History followed={followed} />
      {letter && <AsRead followed={followed} letter={letter} />}
    </>,
  );
}

function idOf(c: AppContext, name = 'id'): string {
  const id = c.req.param(name) ?? '';
  if (!ID.test(id)) throw notFound();
  return id;
}

messagePages.post(`${MESSAGE}/rispedisci`, async (c) => {
  const copy = await sendAgain(callOf(c), idOf(c));
  return c.redirect(`/operatore/messaggi/${copy}?rispedito`, 303);
});

const otherWayForm = z.object({
  channel: z.enum(['email', 'sms', 'pec']),
  recipient: z.string().min(1).max(320),
});

messagePages.post(`${MESSAGE}/altra-via`, async (c) => {
  const call = callOf(c);
  const values = await formValues(c);
  const parsed = otherWayForm.safeParse(values);
  if (!parsed.success) {
    return messagePage(c, { values, errors: zodErrors(parsed.error, call.locale) }, 422);
  }
  try {
    const copy = await sendOtherwise(call, idOf(c), parsed.data);
    return c.redirect(`/operatore/messaggi/${copy}?rispedito`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return messagePage(c, { values, errors: errorsByField(error.extra.errors ?? []) }, 422);
  }
});

messagePages.get(`${MESSAGE}/ricevute/:event{[0-9a-f-]{36}}`, async (c) =>
  c.body(await readReceipt(callOf(c), idOf(c), idOf(c, 'event')), 200, RECEIPT_HEADERS),
);

function Facts({ followed: { notice, told } }: { followed: FollowedNotice }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const standing = noticeStanding(notice.state, told);
  const proof = provesDelivery(notice.channel, standing)
    ? t('proofYes')
    : t(notice.channel === 'pec' ? 'proofPending' : 'proofNo');
  return (
    <DefinitionList
      items={[
        [t('reader'), <Reader notice={notice} />],
        [t('channel'), <ChannelTag channel={notice.channel} />],
        [t('state'), <StandingTag standing={standing} />],
        [
          notice.sentAt === null ? t('due') : t('sent'),
          formatDateTime(notice.sentAt ?? notice.dueAt, locale),
        ],
        [t('attempts'), notice.attempts > 1 ? String(notice.attempts) : undefined],
        [t('error'), notice.lastError ?? undefined],
        [t('proof'), proof],
      ]}
    />
  );
}

function AsRead(props: { followed: FollowedNotice; letter: Letter }) {
  const t = deskStrings(useLocale());
  const { notice } = props.followed;
  return (
    <>
      <h2>{t('written')}</h2>
      <div lang={notice.locale}>
        {notice.channel === 'sms' ? (
          <PhoneMessage short={props.letter.short} />
        ) : (
          <Card title={props.letter.subject} level={3}>
            <LetterBody letter={props.letter} />
          </Card>
        )}
      </div>
    </>
  );
}
