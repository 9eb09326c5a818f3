import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import type { Locale } from '../../platform/locale.ts';
import { notFound } from '../../platform/problem.ts';
import { Tag } from '../../web/components/content.tsx';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type DemoLetter, listDemoMail, readDemoMail } from '../actions/list-demo-mail.ts';
import { LetterBody } from '../letters/letter-body.tsx';
import type { StoredNotice } from '../store/outbox.ts';
import { noticeStrings } from '../strings.ts';
import { ChannelTag, PhoneMessage, Reader } from './parts.tsx';

export const demoMailboxPages = createApi();

/** The mailbox of the demonstration: what a person would find in their own. */
demoMailboxPages.get('/posta-demo', async (c) => {
  const call = callOf(c);
  const letters = await listDemoMail(call);
  const t = noticeStrings(call.locale);
  return page(
    c,
    {
      title: t('mailboxTitle'),
      lead: t(call.config.smtpUrl === undefined ? 'mailboxLead' : 'mailboxSent'),
    },
    letters.length === 0 ? (
      <>
        <p>{t('mailboxEmpty')}</p>
        <p>
          <a class="btn btn-primary" href="/prenota">
            {t('mailboxBook')}
          </a>
        </p>
      </>
    ) : (
      letters.map((letter) => (
        <LetterCard letter={letter} locale={call.locale} now={call.clock.now()} />
      ))
    ),
  );
});

/** An attachment of one of its messages. */
demoMailboxPages.get('/posta-demo/:id/:index{[0-9]}', async (c) => {
  const { id, index } = c.req.param();
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound();
  const { letter } = await readDemoMail(callOf(c), id);
  const attachment = letter?.attachments[Number(index)];
  if (!attachment) throw notFound();
  return c.body(attachment.content, 200, {
    'Content-Type': attachment.mediaType,
    'Content-Disposition': `attachment; filename="${attachment.name}"`,
    'Cache-Control': 'no-store',
  });
});

function LetterCard(props: { letter: DemoLetter; locale: Locale; now: number }) {
  const { notice, letter } = props.letter;
  const t = noticeStrings(props.locale);
  const heading = `messaggio-${notice.id}`;
  return (
    <article class="card border mb-4 p-4" aria-labelledby={heading} lang={notice.locale}>
      <p lang={props.locale}>
        <ChannelTag channel={notice.channel} /> <Tag tone="warning">{t('demoTag')}</Tag>
      </p>
      <h2 class="h5" id={heading}>
        {letter?.subject ?? notice.kind}
      </h2>
      <p lang={props.locale}>
        {t('to')}: <Reader notice={notice} />
        <br />
        {t('state')}: {stateText(notice, props.locale, props.now)}
      </p>
      {!letter && <p lang={props.locale}>{t('unknownKind')}</p>}
      {letter &&
        (notice.channel === 'sms' ? (
          <PhoneMessage short={letter.short} />
        ) : (
          <LetterBody letter={letter} />
        ))}
      {notice.channel !== 'sms' &&
        letter?.attachments.map((attachment, index) => (
          <p lang={props.locale}>
            <a href={`/posta-demo/${notice.id}/${index}`}>
              {t('attachment', { name: attachment.name })}
            </a>
          </p>
        ))}
    </article>
  );
}

function stateText(notice: StoredNotice, locale: Locale, now: number): string {
  const t = noticeStrings(locale);
  switch (notice.state) {
    case 'sent':
      return t('stateSent', { when: formatDateTime(notice.sentAt ?? notice.dueAt, locale) });
    case 'dropped':
      return t('stateDropped');
    case 'failed':
      return t('stateFailed');
    case 'waiting':
      return notice.dueAt > now
        ? t('stateScheduled', { when: formatDateTime(notice.dueAt, locale) })
        : t('stateWaiting');
  }
}
