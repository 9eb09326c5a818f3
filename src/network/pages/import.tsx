import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formParts } from '../../web/form.ts';
import { formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import type { NetworkChanged } from '../actions/change-network.ts';
import { type ImportOutcome, importNetwork } from '../actions/import-network.ts';
import type { Column } from '../rules/columns.ts';
import { FILE_NAMES, FILES, type FileName } from '../rules/import-files.ts';
import type { NetworkFiles } from '../rules/parse-network.ts';
import type { ImportFault } from '../rules/read-csv.ts';
import { networkStrings } from '../strings.ts';

/** Faults a page shows; the first ones are put right first. */
const SHOWN = 200;

const TITLES = {
  categories: 'fileCategories',
  offices: 'fileOffices',
  comuni: 'fileComuni',
  operators: 'fileOperators',
  'opening-hours': 'fileOpeningHours',
  'street-zones': 'fileStreetZones',
} as const satisfies Record<FileName, string>;

export function importPages(changed: NetworkChanged) {
  const pages = createApi();

  pages.get('/amministrazione/importa', (c) => {
    authorise(callOf(c).actor, 'administrator');
    return importPage(c, 200);
  });

  pages.post('/amministrazione/importa', async (c) => {
    const call = callOf(c);
    authorise(call.actor, 'administrator');
    const files = await uploadedFiles(c);
    if (Object.keys(files).length === 0) return importPage(c, 422, 'none');
    const outcome = await importNetwork(call, files);
    if (outcome.kind === 'imported') await changed(call);
    return importPage(c, outcome.kind === 'imported' ? 200 : 422, outcome);
  });

  return pages;
}

/** The files that were chosen, as text. */
async function uploadedFiles(c: AppContext): Promise<NetworkFiles> {
  const form = await formParts(c);
  const files: NetworkFiles = {};
  for (const name of FILE_NAMES) {
    const sent = form[name];
    if (sent instanceof File && sent.size > 0) files[name] = decoded(await sent.arrayBuffer());
  }
  return files;
}

/** UTF-8; what is not, is what Italian spreadsheets write when they are not asked for it. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function importPage(c: AppContext, status: 200 | 422, outcome?: ImportOutcome | 'none') {
  const t = networkStrings(c.get('locale'));
  return page(
    c,
    { title: t('importTitle'), lead: t('importLead'), wide: true, status },
    <>
      {outcome === 'none' && (
        <Alert kind="danger" live>
          {t('noFile')}
        </Alert>
      )}
      {outcome !== undefined && outcome !== 'none' && <Outcome outcome={outcome} />}
      <UploadForm />
      <Columns />
    </>,
  );
}

function Outcome({ outcome }: { outcome: ImportOutcome }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  if (outcome.kind === 'refused') {
    return (
      <>
        <Alert kind="danger" live title={t('refused', { count: outcome.faults.length })}>
          <p>{t('refusedHelp')}</p>
        </Alert>
        <Faults list={outcome.faults} caption={t('refused', { count: outcome.faults.length })} />
      </>
    );
  }
  const written = FILE_NAMES.filter((file) => outcome.counts[file] > 0);
  const list = written.map(
    (file) => `${t(TITLES[file])} ${formatNumber(outcome.counts[file], locale)}`,
  );
  return (
    <>
      <Alert kind="success" live title={t('imported')}>
        <p>
          {t('importedRows', { list: list.join(', ') })} {t('importedFollow')}
        </p>
      </Alert>
      {outcome.warnings.length > 0 && (
        <Faults
          list={outcome.warnings}
          caption={t('warnings', { count: outcome.warnings.length })}
        />
      )}
    </>
  );
}

function Faults({ list, caption }: { list: readonly ImportFault[]; caption: string }) {
  const locale = useLocale();
  const t = networkStrings(locale);
  return (
    <>
      <Table caption={caption}>
        <thead>
          <tr>
            <th scope="col">{t('file')}</th>
            <th scope="col" class="numeric">
              {t('line')}
            </th>
            <th scope="col">{t('column')}</th>
            <th scope="col">{t('fault')}</th>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, SHOWN).map(({ file, line, column, message }) => (
            <tr>
              <td>{t(TITLES[file])}</td>
              <td class="numeric">{formatNumber(line, locale)}</td>
              <td>{column && <code>{column}</code>}</td>
              <td>{message[locale]}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {list.length > SHOWN && <p>{t('onlyFirst', { shown: SHOWN })}</p>}
    </>
  );
}

function UploadForm() {
  const t = networkStrings(useLocale());
  return (
    <form
      method="post"
      action="/amministrazione/importa"
      enctype="multipart/form-data"
      class="form-block"
    >
      <h2>{t('importFiles')}</h2>
      <p>{t('importFilesHelp')}</p>
      {FILE_NAMES.map((file) => (
        <div class="field">
          <label class="field-label" for={`file-${file}`}>
            {t(TITLES[file])}
          </label>
          <div class="field-hint">
            <a
              href={`/v1/network-import-templates/${file}`}
              download={`${file}.csv`}
              aria-label={t('templateOf', { file: t(TITLES[file]) })}
            >
              {t('template')}
            </a>
          </div>
          <input
            id={`file-${file}`}
            class="form-control field-control"
            type="file"
            name={file}
            accept=".csv,text/csv"
          />
        </div>
      ))}
      <div class="actions">
        <SubmitButton icon="it-upload">{t('importNow')}</SubmitButton>
        <LinkButton look="outline" href="/uffici">
          {t('offices')}
        </LinkButton>
      </div>
    </form>
  );
}

function Columns() {
  const locale = useLocale();
  const t = networkStrings(locale);
  return (
    <section class="mt-5" aria-labelledby="colonne">
      <h2 id="colonne">{t('columns')}</h2>
      {FILE_NAMES.map((file) => {
        const columns: [string, Column<unknown>][] = Object.entries(FILES[file]);
        return (
          <details class="mb-3">
            <summary>{t(TITLES[file])}</summary>
            <Table caption={t('columnsOf', { file: t(TITLES[file]) })} hideCaption>
              <thead>
                <tr>
                  <th scope="col">{t('column')}</th>
                  <th scope="col">{t('meaning')}</th>
                  <th scope="col">{t('example')}</th>
                </tr>
              </thead>
              <tbody>
                {columns.map(([name, { about, required, example }]) => (
                  <tr>
                    <th scope="row">
                      <code>{name}</code>
                      {required && <span class="text-secondary"> ({t('mandatory')})</span>}
                    </th>
                    <td>{about[locale]}</td>
                    <td>{example && <code>{example}</code>}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </details>
        );
      })}
    </section>
  );
}
