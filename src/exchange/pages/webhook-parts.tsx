import { PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDateTime, formatShortDate } from '../../web/format.ts';
import type { WebhookDelivery } from '../store/deliveries.ts';
import type { WebhookEndpoint } from '../store/webhooks.ts';
import { exchangeStrings } from '../strings.ts';

/** Whether anything is sent to an endpoint, and arrives. */
export function State({ endpoint }: { endpoint: WebhookEndpoint }) {
  const locale = useLocale();
  const t = exchangeStrings(locale);
  const { active, failingSince, givenUpAt } = endpoint;
  if (givenUpAt !== null)
    return <Tag tone="danger">{t('givenUp', { day: formatShortDate(givenUpAt, locale) })}</Tag>;
  if (!active) return <Tag>{t('off')}</Tag>;
  if (failingSince !== null)
    return <Tag tone="warning">{t('failing', { day: formatShortDate(failingSince, locale) })}</Tag>;
  return <Tag tone="success">{t('active')}</Tag>;
}

const TONES = { waiting: 'info', delivered: 'success', dead: 'danger' } as const;

/** What was sent, line by line, each with a button that sends it again. */
export function Deliveries(props: { list: readonly WebhookDelivery[]; action: string }) {
  const locale = useLocale();
  const t = exchangeStrings(locale);
  return (
    <Table caption={t('deliveries')}>
      <thead>
        <tr>
          <th scope="col">{t('event')}</th>
          <th scope="col">{t('happened')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" class="numeric">
            {t('attempts')}
          </th>
          <th scope="col">{t('answer')}</th>
          <th scope="col">{t('actions')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map((one) => (
          <tr>
            <th scope="row">{one.kind}</th>
            <td>{formatDateTime(one.occurredAt, locale)}</td>
            <td>
              <Tag tone={TONES[one.state]}>{t(`delivery_${one.state}`)}</Tag>
            </td>
            <td class="numeric">{one.attempts}</td>
            <td>{one.responseStatus ?? one.lastError ?? ''}</td>
            <td>
              <PostButton action={props.action} fields={{ evento: one.eventId }} look="plain" small>
                {t('replay')}
                <span class="visually-hidden">: {one.kind}</span>
              </PostButton>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
