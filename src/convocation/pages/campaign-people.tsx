import type { AppContext } from '../../platform/http.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDateTime, formatShortDate } from '../../web/format.ts';
import type { CampaignFile, Followed } from '../actions/read-campaign.ts';
import { MOST_PEOPLE } from '../people-list.ts';
import { FOLLOW_UPS, type FollowUp } from '../rules/follow-up.ts';
import { deskStrings } from '../strings.ts';
import { FOLLOW_UP_TONES, HOME, nextWords, refusalWords } from './parts.tsx';

/** Rows shown at once; the export has them all. */
const SHOWN = 100;

/** Which of the people are looked at. */
export interface Seen {
  readonly followUp: FollowUp | undefined;
  /** Rows before the first one shown. */
  readonly from: number;
}

export function seenOf(c: AppContext): Seen {
  const from = Number(c.req.query('da') ?? 0);
  return {
    followUp: FOLLOW_UPS.find((one) => one === c.req.query('stato')),
    from: Number.isInteger(from) && from > 0 && from < MOST_PEOPLE ? from : 0,
  };
}

/** A row for each person: where they stand and what is next; a hundred at a time. */
export function PeopleTable({ file, seen }: { file: CampaignFile; seen: Seen }) {
  const { followUp, from } = seen;
  const wanted = file.people.filter((one) => followUp === undefined || one.followUp === followUp);
  return (
    <>
      <Filter file={file} seen={seen} />
      <Rows file={file} people={wanted.slice(from, from + SHOWN)} />
      <Pages campaignId={file.campaign.id} seen={seen} all={wanted.length} />
    </>
  );
}

function Filter({ file, seen }: { file: CampaignFile; seen: Seen }) {
  const t = deskStrings(useLocale());
  const counts = new Map<FollowUp, number>();
  for (const { followUp } of file.people) counts.set(followUp, (counts.get(followUp) ?? 0) + 1);
  if (counts.size < 2) return null;
  return (
    <form method="get" action={`${HOME}/${file.campaign.id}`} class="form-block no-print">
      <SelectField
        name="stato"
        label={t('state')}
        value={seen.followUp ?? ''}
        empty={t('everyState')}
        submits
        options={FOLLOW_UPS.filter((one) => counts.has(one)).map((value) => ({
          value,
          label: `${t(`status_${value}`)} (${counts.get(value)})`,
        }))}
      />
      <SubmitButton look="outline" icon="it-funnel">
        {t('show')}
      </SubmitButton>
    </form>
  );
}

function Pages(props: { campaignId: string; seen: Seen; all: number }) {
  const t = deskStrings(useLocale());
  const { from, followUp } = props.seen;
  if (props.all <= SHOWN && from === 0) return null;
  const href = (start: number) => {
    const query = new URLSearchParams({
      ...(followUp && { stato: followUp }),
      da: String(Math.max(0, start)),
    });
    return `${HOME}/${props.campaignId}?${query}`;
  };
  return (
    <div class="actions no-print">
      <span>
        {t('rows', { from: from + 1, to: Math.min(from + SHOWN, props.all), all: props.all })}
      </span>
      {from > 0 && (
        <LinkButton look="outline" href={href(from - SHOWN)}>
          {t('before')}
        </LinkButton>
      )}
      {from + SHOWN < props.all && (
        <LinkButton look="outline" href={href(from + SHOWN)}>
          {t('after')}
        </LinkButton>
      )}
    </div>
  );
}

function Rows({ file, people }: { file: CampaignFile; people: readonly Followed[] }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const { campaign } = file;
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
        {people.map((one) => (
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
