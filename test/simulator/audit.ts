import { hash } from './hash.ts';
import { auditorNames } from './names.ts';

/** An audit as the row states it. `date` keeps the form it has on the wire: ISO, blank-separated, or epoch milliseconds. */
export type Audit = {
  readonly status: string;
  readonly date: string | number | null;
  readonly auditorName: string | null;
  /** By how many points the auditor differs from the Auto QA score. */
  readonly correction: number;
  readonly isCompleted: boolean;
};

/** The states that a touch walks through, in order (contract 5.1). */
const states = [
  'Unassigned',
  'Assigned',
  'Pending Agent Review',
  'Pending Supervisor Review',
  'Resolved',
  'Closed',
  'Audited',
];
const completed = ['Resolved', 'Closed', 'Audited'];

/** The audit of a row after it was touched `version` times. Each touch changes the status, so it changes the row's bytes. */
export function auditOf(seed: number, serial: number, version: number, startMs: number, quirks: boolean): Audit {
  const drawn = hash(seed, serial, 401);
  const first = drawn % 100 < 78 ? 0 : 1 + ((drawn >>> 8) % (states.length - 1));
  const status = states[(first + version) % states.length] ?? '';
  if (version === 0 && quirks && (drawn >>> 16) % 97 === 0) return untouched('Not Assigned');
  if (version === 0 && quirks && (drawn >>> 16) % 97 === 1) return untouched('Escalated to QA Guild');
  if (status === 'Unassigned') return untouched(status);
  const auditorName = auditorNames[(drawn >>> 4) % auditorNames.length] ?? null;
  if (!completed.includes(status)) return { status, date: null, auditorName, correction: 0, isCompleted: false };
  const dateMs = startMs + (1 + version) * 86_400_000 + (drawn % 3_600_000);
  return {
    status,
    date: dateInSomeForm(dateMs, quirks ? (drawn >>> 20) % 16 : 15),
    auditorName,
    correction: ((drawn >>> 12) % 11) - 5,
    isCompleted: true,
  };
}

function untouched(status: string): Audit {
  return { status, date: null, auditorName: null, correction: 0, isCompleted: false };
}

// No sample shows a date; ISO is assumed, the two others are to be tolerated (contract 2.3, AuditDate).
function dateInSomeForm(dateMs: number, form: number): string | number {
  const iso = new Date(dateMs).toISOString();
  if (form === 0) return dateMs;
  return form === 1 ? iso.slice(0, 19).replace('T', ' ') : iso;
}
