import { as, json, type TestServices, testApp } from './app.ts';

const OFFICES = ['pa-palermo', 'pa-bagheria', 'me-messina'] as const;
const NETWORK = {
  categories: 'code,level,name,valid_from,source\nC,3,C,2020-01-01,contract\n',
  offices: `code,name,seat_istat\n${OFFICES[0]},Cpi di Palermo,082053\n${OFFICES[1]},Cpi di Bagheria,082006\n${OFFICES[2]},Cpi di Messina,083048\n`,
  comuni: `comune_istat,office_code\n082053,${OFFICES[0]}\n082006,${OFFICES[1]}\n083048,${OFFICES[2]}\n`,
  operators: `staff_number,office_code,given_name,family_name,category,skills,languages,bookable\n${[
    ['P1', OFFICES[0], 'Maria', 'it|fr'],
    ['P2', OFFICES[0], 'Ugo', 'it'],
    ['B1', OFFICES[1], 'Ida', 'it'],
    ['M1', OFFICES[2], 'Leo', 'it'],
  ]
    .map(([number, office, name, languages]) =>
      [number, office, name, 'Prova', 'C', 'accoglienza', languages, 'yes'].join(','),
    )
    .join('\n')}\n`,
  opening_hours: `office_code,staff_number,weekday,starts,ends,valid_from\n${OFFICES.flatMap(
    (office) => [1, 2, 3, 4, 5].map((day) => `${office},,${day},09:00,12:00,2026-01-01\n`),
  ).join('')}`,
  street_zones: `comune_istat,street,number_from,number_to,side,office_code\n082053,Via Roma,1,99,dispari,${OFFICES[1]}\n082053,Via Roma,100,,tutti,${OFFICES[2]}\n`,
};

// biome-ignore lint/suspicious/noExplicitAny: answers are read as whoever calls from outside reads them
export type Answer = { status: number; body: any; headers: Headers };

/**
 * Three offices, two operators in Palermo and one in each other, open on weekdays from nine to noon:
 * made, and asked, as another system would, through the API alone.
 */
export async function worldByApi(services: TestServices) {
  const app = testApp(services);
  const administrator = () => as(services, { kind: 'administrator', userId: 'administrator' });
  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const init = body === undefined ? { method, headers } : json(method as 'POST', body, headers);
    const answer = await app.request(path, init);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      body: isJson && text !== '' ? JSON.parse(text) : text,
      headers: answer.headers,
    };
  }
  const manage = async (method: string, path: string, body?: unknown) =>
    ask(method, path, body, await administrator());

  await manage('POST', '/v1/network-imports', NETWORK);
  const { items } = (await ask('GET', '/v1/offices')).body;
  const [palermo, bagheria, messina] = OFFICES.map(
    (code) => items.find((office: { code: string }) => office.code === code).id as string,
  ) as [string, string, string];
  const staff = (await manage('GET', `/v1/offices/${palermo}/operators`)).body.items;
  const [maria, ugo] = ['P1', 'P2'].map(
    (number) => staff.find((one: { staff_number: string }) => one.staff_number === number).id,
  ) as [string, string];

  let made = 0;
  async function service(given: object = {}): Promise<string> {
    made += 1;
    const settings = { duration_minutes: 30, grid_minutes: 30, skill: 'accoglienza' };
    const answer = await manage('POST', '/v1/services', {
      code: `servizio-${made}`,
      name: { it: 'Colloquio', en: 'Interview' },
      min_category: 'C',
      ...settings,
      ...given,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.id;
  }
  let people = 0;
  const person = (given: object = {}) => {
    people += 1;
    return {
      given_name: 'Rosa',
      family_name: 'Prova',
      email: `persona${people}@example.org`,
      ...given,
    };
  };
  return {
    ask,
    manage,
    palermo,
    bagheria,
    messina,
    maria,
    ugo,
    service,
    person,
    desk: () => as(services, { kind: 'operator', operatorId: maria, officeIds: [palermo] }),
    book: (serviceId: string, startsAt: string, more: object = {}, headers = {}) =>
      ask(
        'POST',
        '/v1/appointments',
        {
          service_id: serviceId,
          office_id: palermo,
          starts_at: startsAt,
          person: person(),
          ...more,
        },
        headers,
      ),
    /** Starts of a day as `09:00x2`: the wall clock, and how many can be received when several. */
    async starts(serviceId: string, day: string, office = palermo): Promise<string> {
      const path = `/v1/offices/${office}/starts?service_id=${serviceId}&from=${day}&to=${day}`;
      const { body } = await ask('GET', path);
      return body.items
        .map(({ starts_at, operators }: { starts_at: string; operators: number }) => {
          const wall = new Date(starts_at).toLocaleTimeString('it-IT', {
            timeZone: 'Europe/Rome',
            hour: '2-digit',
            minute: '2-digit',
          });
          return operators > 1 ? `${wall}x${operators}` : wall;
        })
        .join(' ');
    },
  };
}
