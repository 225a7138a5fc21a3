import { hash } from './hash.ts';

/** One set of dispositions that a contact was wrapped up with (contract 2.5). */
export type SimulatedDisposition = {
  readonly setId: string;
  readonly setName: string;
  readonly codes: readonly { readonly id: string; readonly name: string; readonly colour: string }[];
};

const resolution = ['Resolved', 'Unresolved', 'Folow up needed'];
const reasons = ['Refund', 'Chargeback', 'Überweisung', 'Login issue', 'Other'];

/** The dispositions of a row: none, one or two sets; the follow-up set has never a code. */
export function dispositionsOf(seed: number, serial: number): readonly SimulatedDisposition[] {
  const drawn = hash(seed, serial, 801);
  if (drawn % 5 < 2) return [];
  const sets = [
    dispositionSet('dst-42ee086-0001', 'Resolution', 'ds-ae97b50-', resolution, [(drawn >>> 4) % resolution.length]),
  ];
  if (drawn % 5 === 3) sets.push(dispositionSet('dst-d8863d8-0001', 'Follow-up', 'ds-', [], []));
  if (drawn % 5 === 4) {
    const first = (drawn >>> 6) % reasons.length;
    const both = (drawn >>> 10) % 4 === 0 ? [first, (first + 1) % reasons.length] : [first];
    sets.push(dispositionSet('dst-7c01b3e-0001', 'Reason', 'ds-5f20c11-', reasons, both));
  }
  return sets;
}

/** Custom fields: empty for most, a flat map of strings, numbers among them as text (contract 2.3). */
export function customFieldsOf(seed: number, serial: number): Readonly<Record<string, string>> {
  const drawn = hash(seed, serial, 802);
  if (drawn % 5 !== 0) return {};
  const region = ['EMEA', 'APAC', 'LATAM', 'Ibérica'][(drawn >>> 4) % 4] ?? '';
  const fields: Record<string, string> = { Duration_minutes: String(1 + ((drawn >>> 8) % 40)), Region: region };
  if (drawn % 3 === 0) fields['Ticket #'] = String(100_000 + (drawn % 900_000));
  return fields;
}

/** The id given at ingestion, null for most; a few are shared by many rows (contract 2.3: uniqueness is not promised). */
export function customConversationIdOf(seed: number, serial: number, startMs: number, quirks: boolean): string | null {
  const drawn = hash(seed, serial, 803);
  if (drawn % 17 !== 0) return null;
  if (quirks && drawn % 23 === 0) return 'feb2102';
  return `EXP-${new Date(startMs).toISOString().slice(0, 10).replaceAll('-', '')}-${serial}`;
}

function dispositionSet(
  setId: string,
  setName: string,
  idPrefix: string,
  names: readonly string[],
  chosen: readonly number[],
): SimulatedDisposition {
  const codes = chosen.map((place) => ({
    id: `${idPrefix}${String(place + 1).padStart(4, '0')}`,
    name: names[place] ?? '',
    colour: ['#800080', '#008000', '#FF8C00', '#1E90FF', '#696969'][place] ?? '#000000',
  }));
  return { setId, setName, codes };
}
