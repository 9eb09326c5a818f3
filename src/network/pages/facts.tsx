import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import type { Provenance } from '../rules/provenance.ts';
import { networkStrings } from '../strings.ts';

const TONES = { sourced: 'success', computed: 'warning', declared: 'info' } as const;
const NAMES = {
  sourced: 'kindSourced',
  computed: 'kindComputed',
  declared: 'kindDeclared',
} as const;

/** Whether a fact is published, worked out by a rule, or stated by the administration. */
export function Kind({ kind }: { kind: Provenance['kind'] }) {
  const t = networkStrings(useLocale());
  return <Tag tone={TONES[kind]}>{t(NAMES[kind])}</Tag>;
}

/** The same with its sources, folded away where they are long. */
export function Ground({ of }: { of: Provenance }) {
  const t = networkStrings(useLocale());
  const sources = of.source.split(/\s*;\s+/).filter((source) => source !== '');
  return (
    <div class="mb-3">
      <Kind kind={of.kind} />{' '}
      {of.date && <span class="text-secondary">{t('sourceDate', { date: of.date })}</span>}
      <details>
        <summary>{t('sources')}</summary>
        <ul>
          {sources.map((source) => (
            <li>
              <WithLinks text={source} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** Text whose web addresses can be followed. */
function WithLinks({ text }: { text: string }) {
  return (
    <span class="text-break">
      {text.split(/(https?:\/\/[^\s)]+)/).map((part) =>
        /^https?:/.test(part) ? (
          <a href={part} rel="external noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </span>
  );
}
