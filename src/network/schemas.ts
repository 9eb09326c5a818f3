import { z } from '@hono/zod-openapi';
import type { Locale } from '../platform/locale.ts';
import { instant, istatCode, latitude, longitude, uuid } from '../reference/fields.ts';
import { dateIn } from '../reference/holidays.ts';
import type { Comune } from '../reference/store.ts';
import type { FoundOffice } from './actions/find-offices.ts';
import type { ImportCounts } from './import-store.ts';
import type { OfficeDetail } from './office-store.ts';
import { FILE_NAMES, type FileName } from './rules/import-files.ts';
import { type ImportFault, MAX_FILE_CHARACTERS } from './rules/read-csv.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const count = (max: number) => z.int().min(0).max(max);
const province = z
  .string()
  .min(2)
  .max(2)
  .regex(/^[A-Z]{2}$/u);
const officeCode = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9-]{2,60}$/u);
const km = z.number().min(0).max(20_100);
const wallTime = z
  .string()
  .min(5)
  .max(5)
  .regex(/^([01][0-9]|2[0-4]):[0-5][0-9]$/u)
  .openapi({ example: '09:00' });
const day = z
  .string()
  .min(10)
  .max(10)
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u)
  .openapi({ format: 'date' });

/** A number in a query, checked as text so that the document tells its form. */
const numeric = (pattern: RegExp, example: string) =>
  z.string().min(1).max(20).regex(pattern).optional().openapi({ example });

export const officesQuerySchema = z.strictObject({
  q: line(100)
    .optional()
    .openapi({ description: 'Part of an office’s name, or the beginning of a comune’s.' }),
  comune: istatCode
    .optional()
    .openapi({ description: 'ISTAT code; its competent office comes first.' }),
  latitude: numeric(/^-?[0-9]{1,2}(\.[0-9]{1,10})?$/u, '38.1157'),
  longitude: numeric(/^-?[0-9]{1,3}(\.[0-9]{1,10})?$/u, '13.3614'),
  within_km: numeric(/^[0-9]{1,4}(\.[0-9]{1,3})?$/u, '20'),
  cursor: officeCode
    .optional()
    .openapi({ description: 'Code of the last office of the page before.' }),
  limit: numeric(/^([1-9][0-9]?|100)$/u, '100'),
});

const officeSchema = z
  .strictObject({
    id: uuid,
    code: officeCode,
    name: line(200),
    seat: istatCode.openapi({ description: 'ISTAT code of the comune of the seat.' }),
    seat_name: line(100),
    province,
    address: line(300).optional(),
    phone: line(40).optional(),
    email: line(254).optional(),
    latitude,
    longitude,
    comuni: count(10_000).openapi({ description: 'How many comuni it serves.' }),
    population: count(100_000_000).openapi({ description: 'Inhabitants of those, census 2011.' }),
    demo: z.boolean(),
    km: km.optional().openapi({ description: 'From the place searched, as the crow flies.' }),
    competent: z.boolean().openapi({ description: 'Whether it serves the comune searched.' }),
  })
  .openapi('Office');

export const officesSchema = z
  .strictObject({
    items: z.array(officeSchema).max(100),
    next_cursor: officeCode.optional(),
  })
  .openapi('Offices');

export function toOfficeWire({ office, km: distance, competent }: FoundOffice) {
  return {
    id: office.id,
    code: office.code,
    name: office.name,
    seat: office.seat,
    seat_name: office.seatName,
    province: office.province,
    address: office.address,
    phone: office.phone,
    email: office.email,
    latitude: office.point.latitude,
    longitude: office.point.longitude,
    comuni: office.comuni,
    population: office.population,
    demo: office.demo,
    km: distance === undefined ? undefined : Math.round(distance * 1000) / 1000,
    competent,
  };
}

const provenance = z
  .strictObject({
    kind: z.enum(['sourced', 'computed', 'declared']),
    source: line(2100),
    date: line(40).optional(),
  })
  .openapi('Provenance');

export const officeDetailSchema = z
  .strictObject({
    id: uuid,
    code: officeCode,
    name: line(200),
    seat: istatCode,
    seat_name: line(100),
    province,
    address: line(300).optional(),
    phone: line(40).optional(),
    email: line(254).optional(),
    latitude,
    longitude,
    demo: z.boolean(),
    provenance: z.strictObject({
      seat: provenance,
      bacino: provenance,
      staff: provenance,
      hours: provenance,
    }),
    bacino: z
      .array(
        z
          .strictObject({
            comune: istatCode,
            name: line(100),
            province,
            population: count(10_000_000),
            provenance,
          })
          .openapi('ServedComune'),
      )
      .max(10_000),
    staff: z
      .array(
        z
          .strictObject({
            category: line(40),
            level: z.int().min(1).max(20),
            staff: count(100_000),
            bookable: count(100_000),
          })
          .openapi('StaffCount'),
      )
      .max(20),
    languages: z
      .array(
        z
          .string()
          .min(2)
          .max(2)
          .regex(/^[a-z]{2}$/u),
      )
      .max(100),
    openings: z
      .array(
        z
          .strictObject({
            weekday: z.int().min(1).max(7).openapi({ description: '1 Monday … 7 Sunday.' }),
            starts: wallTime,
            ends: wallTime,
            valid_from: day,
            valid_to: day.optional(),
          })
          .openapi('Opening'),
      )
      .max(1000),
    patron_feast: z
      .strictObject({
        saint: line(200),
        next: day.optional().openapi({ description: 'Its date in the current year.' }),
      })
      .optional(),
  })
  .openapi('OfficeDetail');

/** @param year of the feast’s date */
export function toOfficeDetailWire(
  office: OfficeDetail,
  year: number,
): z.infer<typeof officeDetailSchema> {
  return {
    id: office.id,
    code: office.code,
    name: office.name,
    seat: office.seat,
    seat_name: office.seatName,
    province: office.province,
    address: office.address,
    phone: office.phone,
    email: office.email,
    latitude: office.point.latitude,
    longitude: office.point.longitude,
    demo: office.demo,
    provenance: office.provenance,
    bacino: office.bacino.map(({ istatCode: comune, ...served }) => ({ comune, ...served })),
    staff: [...office.staff],
    languages: [...office.languages],
    openings: office.openings.map(({ validFrom, validTo, ...window }) => ({
      ...window,
      valid_from: validFrom,
      valid_to: validTo ?? undefined,
    })),
    patron_feast: office.patron && {
      saint: office.patron.saint,
      next: dateIn(year, office.patron.on),
    },
  };
}

export const comuniQuerySchema = z.strictObject({
  q: z
    .string()
    .min(2)
    .max(100)
    .regex(/^[^\p{Cc}]*$/u)
    .openapi({ description: 'The beginning of the name, accents or not.', example: 'paler' }),
  limit: numeric(/^([1-9]|[1-4][0-9]|50)$/u, '10'),
});

export const comuniSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            istat_code: istatCode,
            cadastral_code: z
              .string()
              .min(4)
              .max(4)
              .regex(/^[A-Z][0-9]{3}$/u),
            name: line(100),
            province,
            province_name: line(100),
            region: line(100),
            population: count(10_000_000),
            latitude: latitude.optional(),
            longitude: longitude.optional(),
            competent_office_id: uuid.optional(),
          })
          .openapi('Comune'),
      )
      .max(50),
  })
  .openapi('Comuni');

export function toComuneWire({ comune, officeId }: { comune: Comune; officeId?: string }) {
  return {
    istat_code: comune.istatCode,
    cadastral_code: comune.cadastralCode,
    name: comune.name,
    province: comune.province,
    province_name: comune.provinceName,
    region: comune.region,
    population: comune.population,
    latitude: comune.point?.latitude,
    longitude: comune.point?.longitude,
    competent_office_id: officeId,
  };
}

const csv = z
  .string()
  .max(MAX_FILE_CHARACTERS)
  .regex(/^[^\0]*$/u)
  .optional()
  .openapi({ description: 'CSV text; see the templates.' });

export const importSchema = z
  .strictObject({
    categories: csv,
    offices: csv,
    comuni: csv,
    operators: csv,
    opening_hours: csv,
    street_zones: csv,
  })
  .openapi('NetworkImport');

/** Files are told by name; on the wire names are properties. */
const propertyOf = (file: FileName) => file.replace('-', '_');

const rowCount = count(50_000);
const rowCounts = z
  .strictObject({
    categories: rowCount,
    offices: rowCount,
    comuni: rowCount,
    operators: rowCount,
    opening_hours: rowCount,
    street_zones: rowCount,
  })
  .openapi('ImportedRows', { description: 'Rows written, by file.' });

export const pastImportSchema = z
  .strictObject({ id: uuid, imported_at: instant, rows: rowCounts })
  .openapi('PastNetworkImport');

export function toRowCounts(counts: ImportCounts) {
  // Imports of before the streets were counted have no figure for them.
  const { 'opening-hours': hours, 'street-zones': zones = 0, ...rest } = counts;
  return { ...rest, opening_hours: hours, street_zones: zones };
}

export const importedSchema = z
  .strictObject({
    id: uuid,
    rows: rowCounts,
    warnings: z
      .array(
        z
          .strictObject({
            pointer: line(200).openapi({ description: 'File, line and column.' }),
            detail: line(500),
          })
          .openapi('ImportWarning'),
      )
      .max(100),
  })
  .openapi('NetworkImported');

export const templateParams = z.strictObject({
  template_name: z
    .string()
    .min(2)
    .max(40)
    .regex(/^[a-z-]+$/u)
    .openapi({
      param: { name: 'template_name', in: 'path' },
      description: `Which file of the network: ${FILE_NAMES.join(', ')}.`,
      example: 'offices',
    }),
});

/** A fault as problem documents tell it: `/opening_hours/12/starts`. */
export function toFieldFault(fault: ImportFault, locale: Locale) {
  const { file, line: at, column, message } = fault;
  const path = [propertyOf(file), String(at), ...(column === undefined ? [] : [column])];
  const pointer = `/${path.join('/')}`.slice(0, 200);
  return { pointer, detail: message[locale].slice(0, 500) };
}
