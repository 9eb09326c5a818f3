import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { malformed } from '../../platform/problem.ts';
import { uuid } from '../../reference/fields.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues } from '../../web/form.ts';
import { formatDateTime, formatDay, formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { settleOpeningRequest } from '../actions/ask-for-openings.ts';
import { type CampaignList, listCampaigns } from '../actions/read-campaign.ts';
import { deskStrings } from '../strings.ts';
import { HOME, STATE_TONES } from './parts.tsx';

export const campaignListPages = createApi();

campaignListPages.get(HOME, async (c) => {
  const list = await listCampaigns(callOf(c));
  const t = deskStrings(c.get('locale'));
  return page(
    c,
    { title: t('title'), lead: t('lead'), active: 'operator', wide: true },
    <>
      <div class="actions mb-4">
        <LinkButton href={`${HOME}/nuova`} icon="it-plus-circle">
          {t('newCampaign')}
        </LinkButton>
        <LinkButton look="outline" href={`${HOME}/atti`}>
          {t('convocations')}
        </LinkButton>
      </div>
      {list.requests.length > 0 && <Requests list={list} />}
      {list.campaigns.length === 0 ? (
        <EmptyState title={t('noCampaigns')} icon="it-mail">
          <p>{t('noCampaignsHelp')}</p>
        </EmptyState>
      ) : (
        <Campaigns list={list} />
      )}
    </>,
  );
});

campaignListPages.post(`${HOME}/posti`, async (c) => {
  const id = uuid.safeParse((await formValues(c)).id);
  if (!id.success) throw malformed();
  await settleOpeningRequest(callOf(c), id.data);
  return c.redirect(HOME, 303);
});

function Requests({ list }: { list: CampaignList }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  return (
    <Alert kind="warning" title={t('requestsTitle')}>
      <p>{t('requestsHelp')}</p>
      <ul>
        {list.requests.map((request) => {
          const about = {
            office: request.officeName,
            when: formatDateTime(request.askedAt, locale),
          };
          return (
            <li class="mb-2">
              <a href={`${HOME}/${request.campaignId}`}>{request.campaignTitle}</a>:{' '}
              {request.byPerson
                ? t('requestPerson', about)
                : t('requestDesk', { ...about, count: request.missing })}{' '}
              <PostButton action={`${HOME}/posti`} fields={{ id: request.id }} look="outline" small>
                {t('settle')}
                <span class="visually-hidden">: {request.campaignTitle}</span>
              </PostButton>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}

function Campaigns({ list }: { list: CampaignList }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const figure = (value: number) => <td class="numeric">{formatNumber(value, locale)}</td>;
  return (
    <Table caption={t('campaigns', { count: list.campaigns.length })}>
      <thead>
        <tr>
          <th scope="col">{t('campaign')}</th>
          <th scope="col">{t('window')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" class="numeric">
            {t('people')}
          </th>
          <th scope="col" class="numeric">
            {t('invited')}
          </th>
          <th scope="col" class="numeric">
            {t('booked')}
          </th>
          <th scope="col" class="numeric">
            {t('seen')}
          </th>
          <th scope="col" class="numeric">
            {t('expired')}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.campaigns.map(({ campaign, funnel }) => (
          <tr>
            <th scope="row">
              <a href={`${HOME}/${campaign.id}`}>{campaign.title}</a>
              {campaign.demo && (
                <>
                  {' '}
                  <Tag>{t('demo')}</Tag>
                </>
              )}
              <div class="text-secondary">
                {campaign.service.name[locale]}, {t(`format_${campaign.format}`)}
              </div>
            </th>
            <td>
              {t('fromTo', {
                from: formatDay(campaign.opensOn, locale),
                to: formatDay(campaign.closesOn, locale),
              })}
            </td>
            <td>
              <Tag tone={STATE_TONES[campaign.state]}>{t(`state_${campaign.state}`)}</Tag>
            </td>
            {figure(funnel.people)}
            {figure(funnel.invited)}
            {figure(funnel.booked)}
            {figure(funnel.seen)}
            {figure(funnel.expired)}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
