import { idOfSerial, segmentSerials, serialOfId } from './ids.ts';
import { type Direction, type Layout, makeLayout, type RowRef } from './layout.ts';
import type { Data } from './listing.ts';
import { type Insertion, insertRow, makeOverlay, type Overlay, removeRow, touchRow } from './overlay.ts';
import { makeRow, partnerOf, type SimulatedRow } from './row.ts';
import { changeSwitches, defaultSwitches, type Switches } from './switches.ts';
import { makeTenant, type Tenant } from './tenant.ts';
import { spellRow } from './wire.ts';

/** The data and the switches of one simulator: all that it knows, without a socket. */
export type World = {
  readonly layout: Layout;
  readonly tenant: Tenant;
  readonly overlay: Overlay;
  readonly data: Data;
  switches: Switches;
  /** JSON texts of rows by serial, a bounded memory: they cost most of a page's time. */
  readonly texts: Map<number, string>;
};

const textCountMax = 20_000;

/** A world whose data is a function of the layout's options and of what is later inserted, removed and touched. */
export function makeWorld(options: Parameters<typeof makeLayout>[0], switches: Partial<Switches>): World {
  const layout = makeLayout(options);
  const overlay = makeOverlay(layout);
  const world: World = {
    layout,
    tenant: makeTenant(layout.seed),
    overlay,
    data: { layout, overlay, idOf: (row) => idOfSerial(layout.seed, partnerOf(sourceOf(world), row.serial)) },
    switches: changeSwitches(defaultSwitches, switches),
    texts: new Map(),
  };
  return world;
}

/** Changes switches; rows are spelled anew from then on. */
export function setSwitches(world: World, changes: Partial<Switches>): void {
  world.switches = changeSwitches(world.switches, changes);
  world.texts.clear();
}

/** The facts of a row as it stands now. */
export function rowOf(world: World, row: RowRef): SimulatedRow {
  return makeRow(sourceOf(world), row, world.overlay.versions.get(row.serial) ?? 0);
}

/** A row's JSON text as the switches spell it. */
export function textOf(world: World, row: RowRef): string {
  const known = world.texts.get(row.serial);
  if (known !== undefined) return known;
  const text = JSON.stringify(spellRow(rowOf(world, row), world.switches));
  if (world.texts.size >= textCountMax) world.texts.clear();
  world.texts.set(row.serial, text);
  return text;
}

/** The classes that a request's filters let through. A row that states no direction matches no direction. */
export function classesFor(
  world: World,
  filters: { readonly direction: Direction | null; readonly includeBelowThreshold: boolean },
): readonly number[] {
  const unstated = world.switches.quirks ? null : 'inbound';
  return world.layout.classes.flatMap((kind, index) => {
    const isIn = filters.includeBelowThreshold || !kind.isBelowThreshold;
    return isIn && (filters.direction === null || (kind.direction ?? unstated) === filters.direction) ? [index] : [];
  });
}

/** Adds rows that start at one instant; their conversation ids. */
export function insertRows(world: World, insertion: Insertion & { readonly count?: number }): readonly string[] {
  return Array.from({ length: insertion.count ?? 1 }, () => {
    const row = insertRow(world.layout, world.overlay, insertion);
    return world.data.idOf(row);
  });
}

/** Takes every row away that bears an id; false if none does. */
export function removeConversation(world: World, conversationId: string): boolean {
  return serialsOf(world, conversationId)
    .map((serial) => removeRow(world.layout, world.overlay, serial))
    .includes(true);
}

/** Moves the audit of every row that bears an id on by one state, which changes its bytes; false if none does. */
export function touchConversation(world: World, conversationId: string): boolean {
  const serials = serialsOf(world, conversationId);
  for (const serial of serials) world.texts.delete(serial);
  return serials.map((serial) => touchRow(world.layout, world.overlay, serial)).includes(true);
}

function serialsOf(world: World, conversationId: string): readonly number[] {
  const serial = serialOfId(world.layout.seed, conversationId);
  if (serial === null) return [];
  const { quirks, segments } = world.switches;
  if (!quirks || !segments || world.overlay.insertedBySerial.has(serial)) return [serial];
  return segmentSerials(world.layout, serial);
}

function sourceOf({ layout, tenant, switches }: World) {
  return { layout, tenant, quirks: switches.quirks, segments: switches.segments };
}
