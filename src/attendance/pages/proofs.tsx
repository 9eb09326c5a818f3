import type { Convocation } from '../../convocation/store/convocations.ts';
import { DefinitionList } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDateTime, formatDay } from '../../web/format.ts';
import { absenceStrings } from '../desk-strings.ts';

/** How a convocation went out, and what proves that it arrived. */
export function Proofs({ convocation }: { convocation: Convocation }) {
  const locale = useLocale();
  const t = absenceStrings(locale);
  const { channel, sentAt, proofs } = convocation;
  return (
    <DefinitionList
      items={[
        [t('channel'), t(`channel_${channel}`)],
        [t('convokedAt'), sentAt === null ? undefined : formatDateTime(sentAt, locale)],
        [
          t('proof'),
          proofs.length === 0 ? (
            t('noProof')
          ) : (
            <ul>
              {proofs.map(({ kind, happenedOn, reference }) => (
                <li>
                  {t(`proof_${kind}`)}, {formatDay(happenedOn, locale)} ({reference})
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}
