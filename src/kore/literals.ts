import type {
  AuditStatus,
  ContactDirection,
  ConversationChannel,
  DurationStatus,
  EvaluationStatus,
  Qualification,
} from '../model/conversation.ts';

/** The published literals of the wire, folded, and what they mean. Contract sections 2.3 and 2.4. */
export type Literals<T extends string> = ReadonlyMap<string, T>;

export const contactDirections: Literals<ContactDirection> = new Map([
  ['inbound', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
]);

export const channels: Literals<ConversationChannel> = new Map([
  ['voice', 'VOICE'],
  ['chat', 'CHAT'],
]);

export const durationStatuses: Literals<DurationStatus> = new Map([
  ['evaluated', 'EVALUATED'],
  ['belowthreshold', 'BELOW_THRESHOLD'],
  ['durationunavailable', 'DURATION_UNAVAILABLE'],
]);

export const evaluationStatuses: Literals<EvaluationStatus> = new Map([
  ['pass', 'PASS'],
  ['fail', 'FAIL'],
  ['notevaluated', 'NOT_EVALUATED'],
]);

/** `-` is a manual metric that nobody has answered yet. */
export const qualifications: Literals<Qualification> = new Map([
  ['yes', 'YES'],
  ['no', 'NO'],
  ['na', 'NA'],
  ['n/a', 'NA'],
  ['-', 'PENDING'],
]);

/** The sample says Unassigned, the table Not Assigned, the screens the rest. */
export const auditStatuses: Literals<AuditStatus> = new Map([
  ['unassigned', 'UNASSIGNED'],
  ['notassigned', 'UNASSIGNED'],
  ['assigned', 'ASSIGNED'],
  ['pendingagentreview', 'PENDING_AGENT_REVIEW'],
  ['pendingsupervisorreview', 'PENDING_SUPERVISOR_REVIEW'],
  ['resolved', 'RESOLVED'],
  ['closed', 'CLOSED'],
  ['audited', 'AUDITED'],
]);
