import { type Direction, dayMs } from './layout.ts';
import type { Refusal } from './refusal.ts';
import { evaluationLagMs } from './row.ts';
import type { Switches } from './switches.ts';

/** What a request body asks for, its dates turned into a half-open window of start times. */
export type Question = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offset: number;
  readonly limit: number;
  readonly direction: Direction | null;
  readonly includeBelowThreshold: boolean;
};

type Read<Value> = { readonly value: Value } | { readonly refusal: Refusal };

/** Reads a request body by contract 1.2, or says why it is refused: 412 for a missing or invalid argument, 403 for a bad literal. */
export function readQuestion(body: unknown, switches: Switches): Read<Question> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return invalid('body');
  const fields = new Map<string, unknown>(Object.entries(body));
  const window = readWindow(fields, switches);
  if ('refusal' in window) return window;
  const paging = readPaging(fields, switches);
  if ('refusal' in paging) return paging;
  const threshold = readThreshold(fields.get('include_below_threshold'), switches);
  if ('refusal' in threshold) return threshold;
  const direction = fields.get('contact_direction') ?? null;
  if (direction !== null && direction !== 'inbound' && direction !== 'outbound') {
    return { refusal: { kind: 'refused-body', status: 403, message: 'Invalid values in the body', code: 403 } };
  }
  return { value: { ...window.value, ...paging.value, includeBelowThreshold: threshold.value, direction } };
}

function readWindow(fields: Map<string, unknown>, switches: Switches): Read<Pick<Question, 'fromMs' | 'untilMs'>> {
  const startMs = readDate(fields.get('startDate'), switches);
  const endMs = readDate(fields.get('endDate'), switches);
  if (startMs === null || endMs === null || endMs < startMs) return invalid('date');
  if (switches.maxRangeDays !== null && endMs - startMs > switches.maxRangeDays * dayMs) return invalid('range');
  const shiftMs = switches.zoneOffsetMinutes * 60_000 + (switches.dateField === 'evaluated' ? evaluationLagMs : 0);
  const endWidthMs = { 'inclusive-second': 1000, 'inclusive-ms': 1, exclusive: 0 }[switches.windowEnd];
  return { value: { fromMs: startMs - shiftMs, untilMs: endMs - shiftMs + endWidthMs } };
}

const blankDate = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

// UTC in both forms. A day that no month has is invalid, not a day of the next month.
function readDate(text: unknown, { dates }: Switches): number | null {
  if (typeof text !== 'string') return null;
  const isAccepted = (dates !== 'iso' && blankDate.test(text)) || (dates !== 'blank' && isoDate.test(text));
  if (!isAccepted) return null;
  const instantMs = Date.parse(text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(instantMs)) return null;
  return new Date(instantMs).toISOString().slice(0, 10) === text.slice(0, 10) ? instantMs : null;
}

const pageSizeMax = 100;

function readPaging(fields: Map<string, unknown>, switches: Switches): Read<Pick<Question, 'offset' | 'limit'>> {
  const offset = fields.get('offset') ?? 0;
  const limit = fields.get('limit') ?? pageSizeMax;
  if (!isCount(offset) || !isCount(limit) || limit === 0) return invalid('page');
  if (limit > pageSizeMax && switches.limitOver === 'error') return invalid('limit');
  const size = switches.limitIgnored ?? Math.min(limit, pageSizeMax);
  const cap = switches.offsetCap;
  if (cap === null || offset <= cap.at) return { value: { offset, limit: size } };
  if (cap.behaviour === 'error') return invalid('offset');
  return { value: { offset: cap.behaviour === 'clamp' ? cap.at : Number.MAX_SAFE_INTEGER - size, limit: size } };
}

function readThreshold(value: unknown, { thresholdForm, thresholdRequired }: Switches): Read<boolean> {
  if (value === undefined || value === null) return thresholdRequired ? invalid('threshold') : { value: false };
  if (typeof value === 'boolean' && thresholdForm !== 'string') return { value };
  if ((value === 'true' || value === 'false') && thresholdForm !== 'boolean') return { value: value === 'true' };
  return invalid('threshold');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function invalid(_argument: string): { readonly refusal: Refusal } {
  return { refusal: { kind: 'refused-body', status: 412, message: 'Validation errors/ Invalid arguments', code: 412 } };
}
