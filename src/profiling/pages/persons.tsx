import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { TextField } from '../../web/components/fields.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { listPersons } from '../actions/list-persons.ts';
import { profilingStrings } from '../strings.ts';

export const personPages = createApi();

const NAME_MAX = 100;

personPages.get('/operatore/persone', (c) => show(c, ''));

// By POST: what is looked for must not stand in an address.
personPages.post('/operatore/persone', async (c) => {
  const { nome } = await formValues(c);
  return show(c, typeof nome === 'string' ? nome.slice(0, NAME_MAX) : '');
});

async function show(c: AppContext, name: string) {
  const t = profilingStrings(c.get('locale'));
  const { persons, more } = await listPersons(callOf(c), name);
  return page(
    c,
    { title: t('persons'), lead: t('personsLead'), active: 'persons', wide: true },
    <>
      <form method="post" action="/operatore/persone" class="form-block">
        <TextField
          name="nome"
          type="search"
          label={t('searchName')}
          hint={t('searchHint')}
          value={name}
          maxlength={NAME_MAX}
          autocomplete="off"
        />
        <div class="actions">
          <SubmitButton icon="it-search">{t('search')}</SubmitButton>
        </div>
      </form>
      {persons.length === 0 ? (
        <EmptyState title={t('noPersons')} icon="it-user">
          <p>{t('noPersonsHelp')}</p>
        </EmptyState>
      ) : (
        <Table caption={t('persons')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('comune')}</th>
              <th scope="col">{t('contact')}</th>
            </tr>
          </thead>
          <tbody>
            {persons.map((person) => (
              <tr>
                <th scope="row">
                  <a href={`/operatore/persone/${person.id}`}>
                    {person.familyName} {person.givenName}
                  </a>{' '}
                  {person.demo && <Tag>{t('demo')}</Tag>}
                </th>
                <td>{person.comuneName}</td>
                <td>{person.phone ?? person.email}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {more && <p>{t('morePersons')}</p>}
    </>,
  );
}
