import { PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDateTime, formatShortDate } from '../../web/format.ts';
import type { CampaignFile, Followed } from '../actions/read-campaign.ts';
import { deskStrings } from '../strings.ts';
import { FOLLOW_UP_TONES, HOME, nextWords, refusalWords } from './parts.tsx';

/** Rows shown at once; the export has them all. */
const SHOWN = 500;

/** A row for each person: where they stand and what is next. */
export function PeopleTable({ file }: { file: CampaignFile }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const { campaign, people } = file;
  return (
    <Table caption={t('people')}>
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('next')}</th>
          <th scope="col">{t('sentOn')}</th>
          <th scope="col">{t('validUntil')}</th>
          <th scope="col">{t('appointmentOn')}</th>
          <th scope="col" class="no-print">
            {t('archive')}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.slice(0, SHOWN).map((one) => (
          <tr>
            <th scope="row">
              {one.familyName} {one.givenName}
              {campaign.offices.length > 1 && <div class="text-secondary">{one.officeName}</div>}
            </th>
            <td>
              <Tag tone={FOLLOW_UP_TONES[one.followUp]}>{t(`status_${one.followUp}`)}</Tag>
              {one.refusal !== null && <div>{refusalWords(one.refusal, locale)}</div>}
              {one.asksForTime && <div>{t('asksForTime')}</div>}
              {one.archived && <div>{t('archived')}</div>}
            </td>
            <td>
              {one.convocation ? (
                <a href={`${HOME}/atti/${one.convocation.id}`}>{nextWords(one, locale)}</a>
              ) : (
                nextWords(one, locale)
              )}
            </td>
            <td>{one.sentAt === null ? '' : formatShortDate(one.sentAt, locale)}</td>
            <td>{one.expiresAt === null ? '' : formatShortDate(one.expiresAt - 1, locale)}</td>
            <td>{one.appointment ? formatDateTime(one.appointment.startsAt, locale) : ''}</td>
            <td class="no-print">
              <Archiving one={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Archiving({ one }: { one: Followed }) {
  const t = deskStrings(useLocale());
  const action = `${HOME}/${one.campaignId}/archivia`;
  const name = `${one.familyName} ${one.givenName}`;
  if (one.archived) {
    return (
      <PostButton action={action} fields={{ invito: one.id, motivo: '' }} look="plain" small>
        {t('unarchive')}
        <span class="visually-hidden">: {name}</span>
      </PostButton>
    );
  }
  return (
    <details>
      <summary>
        {t('archive')}
        <span class="visually-hidden">: {name}</span>
      </summary>
      <form method="post" action={action}>
        <input type="hidden" name="invito" value={one.id} />
        <label for={`archivia-${one.id}`}>{t('archiveReason')}</label>
        <input
          id={`archivia-${one.id}`}
          name="motivo"
          class="form-control field-control"
          required
          maxlength={300}
        />
        <SubmitButton small>{t('archive')}</SubmitButton>
      </form>
    </details>
  );
}
